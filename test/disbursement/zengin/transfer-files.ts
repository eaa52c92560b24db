import { dayNumber } from '../../../src/base/instants.ts';
import type { PayingAccount, Transfer, TransferFile } from '../../../src/disbursement/zengin/transfer.ts';

/** Who pays in the tests. */
export const PAYER: PayingAccount = {
  requesterCode: '0123456789',
  requesterName: 'ｶｺﾞｼﾏｹﾝ ｶﾝｺｳｶ',
  bankCode: '0185',
  bankName: 'ｶｺﾞｼﾏ',
  branchCode: '100',
  branchName: 'ﾁﾕｳｵｳ',
  accountType: '1',
  accountNumber: '0007654',
};

export const transfer = (more: Partial<Transfer> = {}): Transfer => ({
  payoutId: 'P0123456789abcdef',
  bankCode: '9900',
  bankName: 'ﾕｳﾁﾖ',
  branchCode: '058',
  branchName: 'ｾﾞﾛｺﾞﾊﾁ',
  accountType: '1',
  accountNumber: '1234567',
  holder: 'ﾔﾏﾀﾞ ﾊﾅｺ',
  amountYen: 3500,
  ...more,
});

export const fileOf = (transfers: readonly Transfer[]): TransferFile => ({
  payer: PAYER,
  transferDate: dayNumber(2023, 5, 17),
  transfers,
});

/** Text of the single bytes of Shift_JIS, which are JIS X 0201. */
export const decoded = (bytes: Uint8Array): string => new TextDecoder('shift_jis').decode(bytes);

/** A file by a second hand: lines put together from left to right, the way the format is printed in a bank's manual. */
export function byHand({ payer, transfers }: TransferFile, monthDay: string, lineEnd: string): string {
  const n = (value: string | number, width: number): string => `${'0'.repeat(width)}${value}`.slice(-width);
  const c = (value: string, width: number): string => `${value}${' '.repeat(width)}`.slice(0, width);
  const lines = [
    `1210${n(payer.requesterCode, 10)}${c(payer.requesterName, 40)}${monthDay}${n(payer.bankCode, 4)}${c(payer.bankName, 15)}` +
      `${n(payer.branchCode, 3)}${c(payer.branchName, 15)}${payer.accountType}${n(payer.accountNumber, 7)}${c('', 17)}`,
  ];
  let total = 0;
  for (const each of transfers) {
    total += each.amountYen;
    lines.push(
      `2${n(each.bankCode, 4)}${c(each.bankName, 15)}${n(each.branchCode, 3)}${c(each.branchName, 15)}0000${each.accountType}` +
        `${n(each.accountNumber, 7)}${c(each.holder, 30)}${n(each.amountYen, 10)}0${c(each.payoutId.toUpperCase(), 20)}7Y${c('', 7)}`,
    );
  }
  lines.push(`8${n(transfers.length, 6)}${n(total, 12)}${c('', 101)}`, `9${c('', 119)}`);
  return lines.map((line) => `${line}${lineEnd}`).join('');
}
