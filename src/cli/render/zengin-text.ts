import { formatDate } from '../../base/instants.ts';
import { type Text, text } from '../../base/text.ts';
import type { OrderedTransfers, TransferRequest } from '../../disbursement/order-transfers.ts';
import { totalYenOf } from '../../disbursement/zengin/transfer.ts';
import type { Translate } from '../terminal/language.ts';
import { grouped, yenText } from './yen-words.ts';

export interface ToldTransfers extends OrderedTransfers, Pick<TransferRequest, 'transferDate' | 'rows' | 'lineEnd'> {
  readonly file: string;
  readonly ordersFile: string;
  /** How old the list of banks and branches is. */
  readonly directoryDate: string;
  /** On the bank and branch that pay. */
  readonly payerNotices: readonly Text[];
}

/** What was ordered and what was not, for a program. No personal data. */
export const transfersJson = ({ prepared, ...told }: ToldTransfers): unknown => ({
  outcome: told.outcome,
  file: told.file,
  fileSha256: told.fileSha256 ?? null,
  transferDate: formatDate(told.transferDate),
  lineEnd: told.lineEnd,
  count: prepared.transfers.length,
  totalYen: totalYenOf(prepared.transfers),
  orders: told.ordersFile,
  otherRoutes: told.rows.filter(({ route }) => route !== 'bank_transfer').length,
  notYetDue: { count: prepared.notYetDue.length, from: firstDay(prepared.notYetDue) ?? null },
  lapsed: prepared.lapsed.map(({ payoutId }) => payoutId),
  alreadyOrdered: prepared.alreadyOrdered,
  unusable: prepared.unusable,
  notices: prepared.notices,
  payerNotices: told.payerNotices,
  bankDirectory: told.directoryDate,
});

/** The same for a person. */
export function transfersText(told: ToldTransfers, t: Translate): string {
  const { prepared } = told;
  const lines = [
    ...headOf(told, t),
    ...leftOutOf(told, t),
    ...prepared.notices.map(({ payoutId, what }) => `  ${payoutId}: ${t(what)}`),
    ...told.payerNotices.map((what) => t(text(`  依頼人の口座: ${what.ja}`, `  the account that pays: ${what.en}`))),
    t(
      text(
        `銀行・支店コードは ${told.directoryDate} の一覧で照合。一覧にないもの・名前が変わったものも除いていません`,
        `bank and branch codes were looked up as of ${told.directoryDate}; unknown and renamed ones are told, and left out of nothing`,
      ),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function headOf(
  { outcome, prepared, transferDate, file, fileSha256, ordersFile }: ToldTransfers,
  t: Translate,
): readonly string[] {
  const day = formatDate(transferDate);
  if (outcome === 'nothing to send')
    return [
      t(
        text(
          `振込指定日 ${day} に出す振込はありません。ファイルは作っていません`,
          `nothing to transfer on ${day}; no file was made`,
        ),
      ),
    ];
  const count = prepared.transfers.length;
  const yen = yenText(totalYenOf(prepared.transfers), t);
  return [
    t(
      text(
        `振込指定日 ${day}: ${grouped(count)} 件、${yen}`,
        `transfer date ${day}: ${grouped(count)} transfers, ${yen}`,
      ),
    ),
    outcome === 'unchanged'
      ? t(text(`前に作ったファイルと同じです: ${file}`, `the same file as before: ${file}`))
      : t(text(`書き出しました: ${file}`, `written to: ${file}`)),
    `  SHA-256 ${fileSha256 ?? ''}`,
    t(text(`振込依頼の控え: ${ordersFile}`, `noted as ordered in: ${ordersFile}`)),
  ];
}

/** Of payouts that wait, the first on which one of them may go; undefined of none. */
const firstDay = (rows: ToldTransfers['prepared']['notYetDue']): string | undefined =>
  rows.length === 0 ? undefined : formatDate(Math.min(...rows.map(({ notBefore }) => notBefore)));

function leftOutOf({ prepared, rows }: ToldTransfers, t: Translate): readonly string[] {
  const { notYetDue, lapsed, alreadyOrdered, unusable } = prepared;
  const others = rows.filter(({ route }) => route !== 'bank_transfer').length;
  const line = (count: number, ja: string, en: string): readonly string[] =>
    count === 0 ? [] : [t(text(`${ja}: ${grouped(count)} 件`, `${en}: ${grouped(count)}`))];
  return [
    ...line(others, '銀行振込でない支払', 'payouts by other routes'),
    ...line(
      notYetDue.length,
      `まだ送れない振込(${firstDay(notYetDue)} から)`,
      `not yet due (from ${firstDay(notYetDue)})`,
    ),
    ...line(alreadyOrdered.length, '前に振込依頼に入れたため除いた', 'left out, for they were ordered before'),
    ...alreadyOrdered.map(({ payoutId, orderedAt, file }) => `  ${payoutId}: ${orderedAt} ${file}`),
    ...line(lapsed.length, '受取期限を過ぎたため除いた', 'left out, for they had to be received before'),
    ...lapsed.map(({ payoutId }) => `  ${payoutId}`),
    ...line(unusable.length, '書けないため除いた', 'left out, for they cannot be written'),
    ...unusable.flatMap(({ payoutId, reasons }) =>
      reasons.map(({ field, what }) => `  ${payoutId}: ${t(field)}: ${t(what)}`),
    ),
  ];
}
