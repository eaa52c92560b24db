import { type Text, text } from '../../base/text.ts';

/** What is asked of a person, without what to do: what is wrong, as it fits into a row. */
export const shortWords = ({ ja, en }: Text): Text => {
  const first = ja.split('。')[0] ?? ja;
  return text(first.replace(/\([^()]*\)/g, ''), (en.split(';')[0] ?? en).replace(/ \([^()]*\)/g, ''));
};
