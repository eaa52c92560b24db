import type { CalendarDate } from '../../base/instants.ts';

/** Who pays, as the header has it: names in the half-width signs of `kana.ts`. */
export interface PayingAccount {
  /** 委託者コード, ten digits that the bank gave. */
  readonly requesterCode: string;
  readonly requesterName: string;
  readonly bankCode: string;
  readonly bankName: string;
  readonly branchCode: string;
  readonly branchName: string;
  readonly accountType: string;
  /** Seven digits. */
  readonly accountNumber: string;
}

/** One payment to one account, as a data record has it. */
export interface Transfer {
  readonly payoutId: string;
  readonly bankCode: string;
  /** Empty where the code is not known: banks go by the code. */
  readonly bankName: string;
  readonly branchCode: string;
  readonly branchName: string;
  readonly accountType: string;
  readonly accountNumber: string;
  readonly holder: string;
  readonly amountYen: number;
}

export interface TransferFile {
  readonly payer: PayingAccount;
  readonly transferDate: CalendarDate;
  readonly transfers: readonly Transfer[];
}

export const totalYenOf = (transfers: readonly Transfer[]): number =>
  transfers.reduce((sum, { amountYen }) => sum + amountYen, 0);

const PAYOUT_ID = /^P[0-9a-f]{16}$/;

/** A payout's id in the twenty signs of EDI 情報, where letters are large; undefined of a text that is no such id. */
export const ediOf = (payoutId: string): string | undefined =>
  PAYOUT_ID.test(payoutId) ? payoutId.toUpperCase() : undefined;

/** The reverse; undefined of what some other program put there. */
export const payoutIdOf = (edi: string): string | undefined =>
  /^P[0-9A-F]{16}$/.test(edi) ? `P${edi.slice(1).toLowerCase()}` : undefined;
