import type { Explanation, Otherwise } from '../../audit/explain/explanation.ts';
import { type Text, text } from '../../base/text.ts';
import type { Translate } from '../terminal/language.ts';

/** That the run has published something else of a coupon than comes out now, cell by cell, and why. Mostly nothing. */
export function otherwisePart(
  { publishedOtherwise: cells }: Explanation,
  otherwise: Otherwise,
  t: Translate,
): readonly string[] {
  if (cells.length === 0) return [];
  const head = text(
    '注意: この実行が公開した内容は、いま計算し直した下の答えと違います。',
    'CAUTION: the run has published something else than the answer below, which was worked out anew.',
  );
  const shown = (value: string): string => (value === '' ? t(text('(なし)', '(none)')) : value);
  return [
    t(head),
    ...cells.map(
      ({ file, column, published, workedOut }) =>
        `  ${file} ${column}: ${t(text(`公開 ${shown(published)} → 再計算 ${shown(workedOut)}`, `published ${shown(published)}, worked out ${shown(workedOut)}`))}`,
    ),
    `  ${t(whyWords(otherwise))}`,
  ];
}

function whyWords({ because, altered, madeBy }: Otherwise): Text {
  if (because === 'altered') {
    const files = altered.join(', ');
    return text(
      `${files} は、この実行が書いたままではありません。verify で確かめ、控えから戻してください。`,
      `${files}: no longer as the run wrote it. See verify, and restore the run from a copy.`,
    );
  }
  if (because === 'program') {
    const program = `${madeBy.version}, ${madeBy.revision}`;
    return text(
      `この実行は別の版のプログラム(${program})が作りました。支払いは公開された内容によります。その理由は、作った版の explain が示します。`,
      `The run was made by another program (version ${program}). What it has published is what is paid; why, the explain of that version says.`,
    );
  }
  return text(
    '記録では、同じプログラムが同じ入力から作った実行です。manifest.json も書き換えられたか、プログラムの誤りです。verify で確かめるまで、どちらの内容も伝えないでください。',
    'By its record the run was made by this program from these inputs: its manifest.json was altered too, or the program is at fault. Until verify has shown which, tell nobody either.',
  );
}
