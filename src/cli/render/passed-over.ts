import { type Text, text } from '../../base/text.ts';
import type { InputFile, PassedOver } from '../../tables/tables.ts';
import type { Translate } from '../terminal/language.ts';
import { grouped } from './yen-words.ts';

const WORDS: Readonly<Record<PassedOver, Text>> = {
  empty: text('空行', 'empty rows'),
  total: text('合計の行', 'rows of totals'),
  unsent: text('まだ送っていない支払い', 'payouts not sent yet'),
  undecided: text('判断が空の行', 'rows without a decision'),
  header: text('繰り返しの見出し', 'repeated headers'),
  left_out: text('profile が外した行', 'rows that the profile leaves out'),
  answered: text('決定済みと示すだけの行', 'rows that only show an answer'),
};

/** Records of a file that count for none, by what they are. */
export const passedOverWords = (passedOver: InputFile['passedOver'], t: Translate): readonly string[] =>
  (Object.keys(WORDS) as PassedOver[]).flatMap((what) => {
    const rows = passedOver[what] ?? 0;
    return rows === 0
      ? []
      : [t(text(`ほかに${WORDS[what].ja} ${grouped(rows)}`, `besides ${WORDS[what].en} ${grouped(rows)}`))];
  });
