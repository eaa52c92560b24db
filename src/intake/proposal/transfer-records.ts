import { cutByWidth } from '../mapping/table-begin.ts';

/**
 * A file of transfers in the form of Zengin (全銀協 総合振込): records of 120 characters without a header. 1 says who pays,
 * 2 is a transfer, 8 sums up, 9 is the end.
 */
export const TRANSFER_FORM = {
  header: 'none' as const,
  fixedWidth: [
    { name: 'データ区分', from: 1, length: 1 },
    { name: '振込金額', from: 81, length: 10 },
    { name: 'EDI情報', from: 92, length: 20 },
  ],
};
export const [RECORD_TYPE, TRANSFER_YEN, TRANSFER_NOTE] = ['データ区分', '振込金額', 'EDI情報'] as const;
export const TRANSFER = '2';

const LENGTH = 120;
const FIRST = /^121\d/;
const ORDER = /^12+8?9?$/;

/** The transfers among the records of such a file, each as its fields. Undefined of any other. */
export function transfersOf(
  records: readonly { readonly fields: readonly string[] }[],
): readonly (readonly string[])[] | undefined {
  const lines = records.map(({ fields }) => fields.join(','));
  const types = lines.map((line) => line.slice(0, 1)).join('');
  const isOne = FIRST.test(lines[0] ?? '') && lines.every(({ length }) => length === LENGTH) && ORDER.test(types);
  if (!isOne) return undefined;
  return lines.filter((line) => line.startsWith(TRANSFER)).map((line) => cutByWidth(line, TRANSFER_FORM.fixedWidth));
}
