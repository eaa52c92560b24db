/**
 * Whether a text that should be a number of the system\u2019s own could be how to reach somebody, or who somebody is: an
 * e-mail address, a telephone number of Japan, or a name. Such a text is
 * never shown: columns are taken for others, and accounts are named by addresses.
 */
export const mayBePersonal = (text: string): boolean => isContact(text) || LETTERS_OF_NAMES.test(text);

const isContact = (text: string): boolean => text.includes('@') || PHONE.test(text.replace(/[-() ]/g, ''));

/** Ten digits of a landline, eleven of a mobile phone; `+81` in place of the zero. */
const PHONE = /^(?:\+?81|0)(?:[1-9]\d{8}|[5-9]0\d{8})$/;
/** Kana, kanji and other letters beyond ASCII; full-width ones have been made ASCII before. */
const LETTERS_OF_NAMES = /(?![ -~])[\p{L}\p{M}\p{N}]/u;

/** The text, or its shape where it may be personal: digits as 9, letters as a, all others as ア or 字. */
export const shownUnlessPersonal = (text: string): string => (mayBePersonal(text) ? `<${shapeOf(text)}>` : text);

/**
 * The number of a claim or an application, or its shape where it is how to reach somebody, or could be who: forms without
 * numbers of their own are told apart by addresses, and columns are taken for others. Such numbers may be in any script, but
 * they have a digit, which names have not.
 */
export const shownId = (id: string): string => (isContact(id) || isNameLike(id) ? `<${shapeOf(id)}>` : id);

/** Letters beyond ASCII, or several words. */
const isNameLike = (text: string): boolean =>
  // Nearly all have a plain digit, which is found at once.
  !/\d/.test(text) && !/\p{N}/u.test(text) && (LETTERS_OF_NAMES.test(text) || SEVERAL_WORDS.test(text));
const SEVERAL_WORDS = /\p{L}\s+\p{L}/u;

const MOST_SHOWN = 24;

/** What can be said of a text without saying it: digits as 9, letters as a, kana as ア, other signs of Japanese as 字. */
export function shapeOf(text: string): string {
  const shape = [...text]
    .map((character) => {
      if (/\p{Nd}/u.test(character)) return '9';
      if (/\p{Script=Latin}/u.test(character)) return 'a';
      if (/[\p{Script=Katakana}\p{Script=Hiragana}ーｰ]/u.test(character)) return 'ア';
      if (/\p{L}|\p{N}|\p{M}/u.test(character)) return '字';
      return /[\x20-\x7e]/.test(character) ? character : '.';
    })
    .join('');
  return shape.length > MOST_SHOWN ? `${shape.slice(0, MOST_SHOWN)}…` : shape;
}
