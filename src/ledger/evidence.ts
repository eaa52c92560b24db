import {
  ABSENT,
  ACCOUNT_STATUSES,
  type ApplicationRow,
  type ClaimRow,
  FUNDINGS,
  KINDS,
  MEDIA,
  type PaidRow,
  type Tables,
  type TextLookup,
  TRANSACTION_STATUSES,
} from '../intake/tables.ts';
import { shownId } from '../policy/personal-data.ts';
import type { Evidence } from './case.ts';

/** Lists inside a field are separated by one space, so an id must not hold any. */
const evidenceId = (prefix: string, id: string): string => `${prefix}:${id.replace(/\s/g, '%20')}`;
type Fields = readonly (string | number | undefined)[];
/** Undefined is written as nothing. */
const content = (id: string, fields: Fields): string => (fields.length === 0 ? id : `${id}\x1f${fields.join('\x1f')}`);

export const evidenceOf = (prefix: string, id: string, ...fields: Fields): Evidence => ({
  id: evidenceId(prefix, id),
  content: content(id, fields),
});

/** Of a row whose id somebody typed: how to reach anybody stays in the content, which is never shown. */
export const typedEvidence = (prefix: string, id: string, ...fields: Fields): Evidence => ({
  id: evidenceId(prefix, shownId(id)),
  content: content(id, fields),
});

/** Most evidence is never shown: a row's id and content are put together where somebody asks for them. */
class RowOfTable implements Evidence {
  private readonly rows: Rows;
  private readonly row: number;
  private plainId: string | undefined;
  private name: string | undefined;

  constructor(rows: Rows, row: number) {
    this.rows = rows;
    this.row = row;
  }

  get id(): string {
    this.name ??= evidenceId(this.rows.prefix, this.idAsGiven);
    return this.name;
  }

  get content(): string {
    return content(this.idAsGiven, this.rows.fieldsOf(this.row));
  }

  private get idAsGiven(): string {
    this.plainId ??= this.rows.idOf(this.row);
    return this.plainId;
  }
}

interface Rows {
  readonly prefix: string;
  idOf(row: number): string;
  fieldsOf(row: number): Fields;
}

/** The evidence of bulk rows, by row number. */
export interface RowEvidence {
  issuance(row: number): Evidence;
  transaction(row: number): Evidence;
  sale(row: number): Evidence;
}

export function rowEvidence(tables: Tables): RowEvidence {
  const { coupons, transactionIds, merchants, reports, words, texts, issuance, transactions, sales } = tables;
  const textIn = (pool: TextLookup, index: number | undefined): string =>
    index === undefined || index === ABSENT ? '' : pool.textOf(index);
  const issued: Rows = {
    prefix: 'coupon',
    idOf: (row) => textIn(coupons, issuance.coupon[row]),
    fieldsOf: (row) => [
      MEDIA[issuance.medium[row] ?? 0],
      issuance.prefecture[row],
      issuance.faceYen[row],
      issuance.issuedAt[row],
      issuance.expiresOn[row],
      textIn(words, issuance.issuer[row]),
      issuance.travelDate[row],
      textIn(texts, issuance.account[row]),
      ACCOUNT_STATUSES[issuance.accountStatus[row] ?? 0],
      textIn(texts, issuance.phone[row]),
      textIn(texts, issuance.email[row]),
    ],
  };
  const logged: Rows = {
    prefix: 'tx',
    idOf: (row) => textIn(transactionIds, transactions.transaction[row]),
    fieldsOf: (row) => [
      textIn(coupons, transactions.coupon[row]),
      transactions.occurredAt[row],
      KINDS[transactions.kind[row] ?? 0],
      TRANSACTION_STATUSES[transactions.status[row] ?? 0],
      FUNDINGS[transactions.funding[row] ?? 0],
      transactions.amountYen[row],
      textIn(merchants, transactions.merchant[row]),
      textIn(words, transactions.terminal[row]),
      textIn(transactionIds, transactions.related[row]),
    ],
  };
  const sold: Rows = {
    prefix: 'sale',
    idOf: (row) => textIn(reports, sales.report[row]),
    fieldsOf: (row) => [
      textIn(merchants, sales.merchant[row]),
      sales.soldAt[row],
      sales.totalYen[row],
      sales.couponYen[row],
      sales.cashYen[row],
      sales.otherYen[row],
      textIn(coupons, sales.coupon[row]),
      textIn(texts, sales.receipt[row]),
    ],
  };
  return {
    issuance: (row) => new RowOfTable(issued, row),
    transaction: (row) => new RowOfTable(logged, row),
    sale: (row) => new RowOfTable(sold, row),
  };
}

export const claimEvidence = (row: ClaimRow): Evidence =>
  typedEvidence(
    'claim',
    row.claimId,
    row.receivedAt,
    row.kind,
    row.couponNumber,
    row.expiresOn,
    row.prefecture,
    row.merchantId,
  );

export const applicationEvidence = (row: ApplicationRow): Evidence =>
  typedEvidence(
    'application',
    row.applicationId,
    row.appliedAt,
    row.couponNumber,
    row.prefecture,
    row.travelDate,
    row.name,
    row.method,
    row.phone,
    row.email,
    row.bankCode,
    row.branchCode,
    row.accountType,
    row.accountNumber,
    row.accountHolderKana,
  );

export const paidEvidence = (row: PaidRow): Evidence =>
  evidenceOf('paid', row.payoutId, row.couponNumber, row.amountYen, row.sentAt, row.status);
