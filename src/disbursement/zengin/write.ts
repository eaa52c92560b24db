import { civilDate } from '../../base/instants.ts';
import { jisBytes } from './kana.ts';
import { DATA, END, type Field, HEADER, RECORD_LENGTH, TRAILER, TYPE_CODE } from './layout.ts';
import { ediOf, type PayingAccount, type Transfer, type TransferFile, totalYenOf } from './transfer.ts';

/** `none`: records follow each other without anything between, which is what the rules of the format say. */
export type LineEnd = 'crlf' | 'none';

/** The most that the totals of a file can say: six digits, and twelve. */
const MOST_TRANSFERS = 999_999;
const MOST_YEN = 999_999_999_999;

export const fitsOneFile = (transfers: readonly Transfer[]): boolean =>
  transfers.length <= MOST_TRANSFERS && totalYenOf(transfers) <= MOST_YEN;

/**
 * The file as bytes. What does not fit has been refused before (`transfers.ts`, `requester.ts`): nothing is cut here.
 *
 * @throws Error where a value does not fit its field: a fault of ours
 */
export function writeZengin({ payer, transferDate, transfers }: TransferFile, lineEnd: LineEnd): Uint8Array {
  const { month, day } = civilDate(transferDate);
  const records = [
    record(HEADER, { ...headerOf(payer), transferDate: String(month * 100 + day) }),
    ...transfers.map((transfer) => record(DATA, dataOf(transfer))),
    record(TRAILER, { recordType: '8', count: String(transfers.length), total: String(totalYenOf(transfers)) }),
    record(END, { recordType: '9' }),
  ];
  const end = lineEnd === 'crlf' ? Uint8Array.of(0x0d, 0x0a) : Uint8Array.of();
  const bytes = new Uint8Array(records.length * (RECORD_LENGTH + end.length));
  for (const [index, written] of records.entries()) {
    const at = index * (RECORD_LENGTH + end.length);
    bytes.set(written, at);
    bytes.set(end, at + RECORD_LENGTH);
  }
  return bytes;
}

const headerOf = (payer: PayingAccount): Readonly<Record<string, string>> => ({
  ...payer,
  recordType: '1',
  typeCode: TYPE_CODE,
  // JIS; 1 would be EBCDIC.
  codeSet: '0',
});

function dataOf({ amountYen, payoutId, ...transfer }: Transfer): Readonly<Record<string, string>> {
  const edi = ediOf(payoutId);
  if (edi === undefined || !Number.isSafeInteger(amountYen) || amountYen <= 0) throw new Error('no transfer');
  // 新規コード 0: others; 振込指定区分 7: by wire; 識別表示 Y: the twenty signs before it are EDI 情報.
  return {
    ...transfer,
    recordType: '2',
    amount: String(amountYen),
    newCode: '0',
    edi,
    transferKind: '7',
    ediMark: 'Y',
  };
}

function record(layout: readonly Field[], values: Readonly<Record<string, string>>): Uint8Array {
  const bytes = jisBytes(layout.map((field) => written(field, values[field.name] ?? '')).join(''));
  if (bytes.length !== RECORD_LENGTH) throw new Error(`a record of ${bytes.length} bytes`);
  return bytes;
}

function written({ name, kind, length }: Field, value: string): string {
  if (value.length > length) throw new Error(`${name} does not fit`);
  if (kind === 'N' && !/^\d*$/.test(value)) throw new Error(`${name} is no number`);
  return kind === 'N' ? value.padStart(length, '0') : value.padEnd(length, ' ');
}
