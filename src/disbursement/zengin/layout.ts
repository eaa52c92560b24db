import { type Text, text } from '../../base/text.ts';

/**
 * The records of 総合振込 as the Japanese Bankers Association lays them down (全銀協規定フォーマット): 120 bytes each. `N` are
 * digits, on the right, filled up with zeros; `C` are signs, on the left, filled up with blanks.
 */

export interface Field {
  readonly name: string;
  readonly title: Text;
  readonly length: number;
  readonly kind: 'N' | 'C';
  /** Digits that other programs leave away, and banks do not ask for. */
  readonly mayBeBlank: boolean;
}

export const RECORD_LENGTH = 120;

/** 種別コード of 総合振込. */
export const TYPE_CODE = '21';

const NOT_ASKED_FOR: ReadonlySet<string> = new Set(['clearingHouse', 'newCode', 'transferKind']);

const field = (name: string, kind: Field['kind'], length: number, ja: string, en: string): Field => ({
  name,
  kind,
  length,
  title: text(ja, en),
  mayBeBlank: NOT_ASKED_FOR.has(name),
});
const recordType = field('recordType', 'N', 1, 'データ区分', 'record type');
const filler = (length: number): Field => field('filler', 'C', length, 'ダミー', 'filler');

export const HEADER: readonly Field[] = [
  recordType,
  field('typeCode', 'N', 2, '種別コード', 'type code'),
  field('codeSet', 'N', 1, 'コード区分', 'code set'),
  field('requesterCode', 'N', 10, '委託者コード', 'requester code'),
  field('requesterName', 'C', 40, '委託者名', 'requester name'),
  field('transferDate', 'N', 4, '取組日', 'transfer date'),
  field('bankCode', 'N', 4, '仕向銀行番号', 'bank code of the requester'),
  field('bankName', 'C', 15, '仕向銀行名', 'bank name of the requester'),
  field('branchCode', 'N', 3, '仕向支店番号', 'branch code of the requester'),
  field('branchName', 'C', 15, '仕向支店名', 'branch name of the requester'),
  field('accountType', 'N', 1, '預金種目(依頼人)', 'account type of the requester'),
  field('accountNumber', 'N', 7, '口座番号(依頼人)', 'account number of the requester'),
  filler(17),
];

export const DATA: readonly Field[] = [
  recordType,
  field('bankCode', 'N', 4, '被仕向銀行番号', 'bank code'),
  field('bankName', 'C', 15, '被仕向銀行名', 'bank name'),
  field('branchCode', 'N', 3, '被仕向支店番号', 'branch code'),
  field('branchName', 'C', 15, '被仕向支店名', 'branch name'),
  field('clearingHouse', 'N', 4, '手形交換所番号', 'clearing house'),
  field('accountType', 'N', 1, '預金種目', 'account type'),
  field('accountNumber', 'N', 7, '口座番号', 'account number'),
  field('holder', 'C', 30, '受取人名', 'account holder'),
  field('amount', 'N', 10, '振込金額', 'amount'),
  field('newCode', 'N', 1, '新規コード', 'new code'),
  // 顧客コード1 and 2 take ten digits each; a payout id has letters, so both are the EDI 情報 that the next but one tells of.
  field('edi', 'C', 20, 'EDI情報', 'EDI information'),
  field('transferKind', 'N', 1, '振込指定区分', 'kind of transfer'),
  field('ediMark', 'C', 1, '識別表示', 'EDI mark'),
  filler(7),
];

export const TRAILER: readonly Field[] = [
  recordType,
  field('count', 'N', 6, '合計件数', 'total count'),
  field('total', 'N', 12, '合計金額', 'total amount'),
  filler(101),
];

export const END: readonly Field[] = [recordType, filler(119)];

/** By the sign that each begins with. */
export const LAYOUTS: Readonly<Record<string, readonly Field[]>> = { 1: HEADER, 2: DATA, 8: TRAILER, 9: END };
