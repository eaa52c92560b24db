import type { CalendarDate, Instant } from '../base/instants.ts';
import type { Text } from '../base/text.ts';
import type { Medium } from '../policy/terms.ts';
import { type ColumnArrays, type FieldsOf, valuesOf } from './kinds/column.ts';
import { type BULK_DECLARATIONS, type BulkKind, DECLARATIONS, FEW_DECLARATIONS, type FewKind } from './kinds/index.ts';
import type { Absent, CouponIndex } from './pool-index.ts';
import type { UnderstoodFile } from './understood-file.ts';

/**
 * What intake hands to the core: bulk rows in columns, few rows as objects, both as their kinds are declared (kinds/). With
 * these declarations it is all of `intake` that the core may import.
 */

/** The five inputs of `run` and the two that speak of earlier runs. */
export const FEW_KINDS = Object.keys(FEW_DECLARATIONS) as readonly string[] as readonly FewKind[];
export type InputKind = keyof typeof DECLARATIONS;
export const INPUT_KINDS = Object.keys(DECLARATIONS) as readonly string[] as readonly InputKind[];

/** Where a row ends; the first that fits (2-data.md). Stored as its index. */
export const DISPOSITIONS = [
  'accepted',
  'duplicate',
  'conflicting',
  'out_of_scope',
  'after_as_of',
  'rejected',
  'refund',
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];
/** Rows by where they end. Refunds there are only where a profile says which rows they are. */
export type DispositionCounts = Readonly<Record<Exclude<Disposition, 'refund'>, Readonly<DispositionCount>>> & {
  readonly refund?: Readonly<DispositionCount> | undefined;
};
export const ACCEPTED = 0;
export const DUPLICATE = 1;
export const CONFLICTING = 2;
export const OUT_OF_SCOPE = 3;
export const AFTER_AS_OF = 4;
export const REFUND = 6;

/** Enum columns hold the index into these. */
const { issuance: ISSUED, transactions: LOGGED } = DECLARATIONS;
export const MEDIA: readonly Medium[] = valuesOf(ISSUED.columns.medium);
export const ACCOUNT_STATUSES = valuesOf(ISSUED.columns.accountStatus);
export const KINDS = valuesOf(LOGGED.columns.kind);
export const CHARGE = 0;
export const PAYMENT = 1;
export const CANCEL = 2;
export const REINSTATEMENT = 3;
export const TRANSACTION_STATUSES = valuesOf(LOGGED.columns.status);
export const COMPLETED = 0;
export const FAILED = 1;
export const PENDING = 2;
export const FUNDINGS = valuesOf(LOGGED.columns.funding);
export const OWN = 1;

/** No text, no date: the absent value of an Int32 column. */
export const ABSENT = -1 satisfies Absent;

/** Distinct texts, numbered from 0 in order of arrival. */
export interface TextPool<Index extends number = number> extends TextLookup {
  readonly size: number;
  /** @throws if the number was never given */
  textOf(index: Index): string;
  /** The number of a text already in the pool, or ABSENT. */
  find(text: string): Index | Absent;
}

/** Texts that a column holds as numbers: equal numbers, equal texts. ABSENT stands for none. */
export interface TextLookup {
  textOf(key: number): string;
  /** The number of a text, or ABSENT where no column can hold it. A key may be made for it: no row is changed by that. */
  find(text: string): number;
}

interface BulkTable {
  readonly rows: number;
  readonly disposition: Uint8Array;
  readonly file: Int32Array;
  /** First physical line of the record, from 1 (the header is line 1). */
  readonly line: Int32Array;
}

/**
 * Text columns hold numbers of a pool (Int32Array) or keys of a lookup (Float64Array), or ABSENT; instants are
 * microseconds, dates day numbers, amounts whole yen.
 */
export type IssuanceTable = BulkTable & ColumnArrays<typeof BULK_DECLARATIONS.issuance>;
export type TransactionTable = BulkTable & ColumnArrays<typeof BULK_DECLARATIONS.transactions>;
export type SaleTable = BulkTable & ColumnArrays<typeof BULK_DECLARATIONS.sales>;

interface SmallRow {
  readonly disposition: Disposition;
  readonly file: number;
  readonly line: number;
}

/** A row of a kind that is few, as it is declared. */
export type RowOfKind<Kind extends FewKind> = SmallRow & FieldsOf<(typeof FEW_DECLARATIONS)[Kind]>;
export type ClaimRow = RowOfKind<'claims'>;
export type ClaimKind = ClaimRow['kind'];
export type ApplicationRow = RowOfKind<'applications'>;
export type DecisionRow = RowOfKind<'decisions'>;
export type PaidRow = RowOfKind<'paid'> & {
  /** Its yen are not what the run that made the payout paid. */
  readonly contradictsRun?: boolean;
};
export type PaidStatus = PaidRow['status'];

/** Those of every such kind. */
export type FewTables = {
  readonly [Kind in FewKind]: readonly (Kind extends 'paid' ? PaidRow : RowOfKind<Kind>)[];
};

/** A row set aside as unreadable: everything that is wrong with it, and what can still be read of it. */
export interface Reject {
  readonly kind: InputKind;
  readonly file: number;
  readonly line: number;
  /** The column of the first problem, by the name of 2-data.md; empty where the row as a whole is wrong. */
  readonly column: string;
  readonly code: string;
  readonly what: Text;
  readonly advice: Text;
  /** Values that could be read in spite of it; absent where they could not. */
  readonly couponNumber: string | undefined;
  readonly merchantId: string | undefined;
  /** Of a sale whose shop cannot be read, or stands in a row that is cut otherwise, the shop that is most likely meant. */
  readonly likelyMerchantId: string | undefined;
  readonly soldOn: CalendarDate | undefined;
  readonly rowId: string | undefined;
  /** The row's readable content in one form, whatever the file looked like. Never published. */
  readonly content: string;
  /** It is no faulty row, but takes another one back. */
  readonly refund?: Refund;
}

/** What a row that takes another one back says. */
export interface Refund {
  readonly yen: number;
  /** The id of the other row; '' where it does not say. */
  readonly of: string;
  /** It and a sale undo each other: nobody needs to ask. */
  readonly isNetted?: boolean;
  /** Of a shop\u2019s journal: when, and how it had been paid. */
  readonly sale?: RefundedSale;
}

export interface RefundedSale {
  readonly soldAt: Instant;
  readonly couponYen: number;
  readonly cashYen: number;
  readonly otherYen: number;
}

export interface DispositionCount {
  rows: number;
  yen: number;
}

/** Rows of a file that name a coupon, and those of them that name one which the issuance does not know. */
export interface CouponMatches {
  /** Of the log its completed payments; of the other files all rows that name a coupon. */
  readonly named: Readonly<DispositionCount>;
  readonly unknown: Readonly<DispositionCount>;
  /** Of the log also the rows on unknown coupons that move a balance, or may: cancels, reinstatements, what is pending. */
  readonly unknownOther: Readonly<DispositionCount>;
  /** Of the unknown numbers, those of other rows too, the ones that are written almost as one that is known: rows. */
  readonly respelled: number;
}

/** A row that names a coupon which the issuance does not know. */
export interface UnmatchedRow {
  readonly file: number;
  readonly line: number;
  /** The number as it can be shown: of what is no coupon number at all, its shape. */
  readonly shownNumber: string;
  readonly yen: number;
  /** A number that is known, and differs only as spreadsheets make numbers differ. */
  readonly nearest: string | undefined;
}

/** A row whose number was never issued and nearly is one that was: it is not used, and holds the coupon that it may mean. */
export interface NearlyNamedRow {
  readonly kind: InputKind;
  readonly rowId: string;
  /** The coupon that it most likely means, or one of several. */
  readonly couponNumber: string;
  /** The row’s content in one form. Never published. */
  readonly content: string;
}

/** What was found wrong with a column of identifiers as a whole. */
export interface ColumnFinding {
  readonly code: 'TWO_SPELLINGS' | 'ROUNDED_NUMBERS';
  readonly file: number;
  readonly column: string;
  /** Of the file: those that are concerned. */
  readonly rows: number;
  readonly examples: readonly SpellingExample[];
}

/** A place, and another where the same number is written otherwise. */
export interface SpellingExample {
  readonly line: number;
  readonly written: string;
  readonly other: { readonly file: number; readonly line: number; readonly written: string } | undefined;
}

/** Rows that are set aside because their id stands in two spellings, by its key or number. */
export interface SpelledTwice {
  readonly transactions: ReadonlySet<number>;
  readonly reports: ReadonlySet<number>;
  readonly coupons: ReadonlySet<CouponIndex>;
  readonly merchants: ReadonlySet<number>;
  /** Of the kinds that people type. */
  readonly few: Readonly<Partial<Record<FewKind, ReadonlySet<string>>>>;
}

/** Coupons of the policy’s medium and prefecture that the issuance names, and those of them that no row of the log does. */
export interface IssuedCoupons {
  readonly inScope: number;
  readonly neverInLog: number;
}

/** How a column is written, as far as that was to be found out. */
export interface ShownForm {
  readonly column: string;
  /** The profile’s pattern of its dates; `known` for the forms known without one; undefined where it holds none. */
  readonly dates?: string;
  readonly guard?: 'apostrophe' | 'formula';
}

export type FileWarning = 'MAY_BE_UTC' | 'ALL_AFTER_AS_OF' | 'COUPON_BY_PAYOUT' | ColumnFinding['code'];

/**
 * A record that says nothing, and counts for none as a blank line does: of empty cells, a total, a payment that is yet to be
 * sent, a question that nobody has answered, or one of which review.csv only shows the answer; and by a profile: a header that is
 * printed again, or what the profile leaves out.
 */
export type PassedOver = 'empty' | 'total' | 'unsent' | 'undecided' | 'answered' | 'header' | 'left_out';

/** A total that a file states, and what the rows come to that it should sum up. */
export interface DifferingTotal {
  readonly line: number;
  readonly column: string;
  readonly statedYen: number;
  readonly summedYen: number;
}

export interface StatedTotals {
  /** Amounts of rows of totals that were compared. */
  readonly compared: number;
  /** The first of those that differ. */
  readonly differing: readonly DifferingTotal[];
}

/** One input file as it was read. */
export interface InputFile {
  readonly kind: InputKind;
  /** The file's name, with as many folders as tell it from the others. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly encoding: string;
  readonly compressed: boolean;
  readonly columns: readonly string[];
  readonly ignoredColumns: readonly string[];
  /** Counted while reading, before any disposition is known. */
  readonly rowsRead: number;
  readonly yenRead: number;
  readonly dispositions: DispositionCounts;
  /** Null where no row names a coupon of the issuance: of the issuance itself, and of decisions. */
  readonly coupons: CouponMatches | null;
  readonly forms: readonly ShownForm[];
  /** Cells that held a word for nothing, by column. */
  readonly absentCells: Readonly<Record<string, number>>;
  /** Records that count for none, by what they are. */
  readonly passedOver: Readonly<Partial<Record<PassedOver, number>>>;
  /** What rows of totals say, where a profile of version 2 has them looked at. */
  readonly statedTotals?: StatedTotals | undefined;
  readonly warnings: readonly FileWarning[];
  /** Instants of the first and of the last row that could be read. */
  readonly firstAt: Instant | undefined;
  readonly lastAt: Instant | undefined;
  /** The line of a last row that cannot be read and has no line end: the file may have been cut there. */
  readonly cutAtLine: number | undefined;
  /** Where it was asked for. */
  readonly understood?: UnderstoodFile;
}

/** Rows of a bulk input on a date in Japan, without duplicates, conflicting and later ones. */
export interface InputDay {
  readonly kind: BulkKind;
  readonly date: CalendarDate;
  readonly rows: number;
  readonly yen: number;
}

/** What bulk inputs hold day by day. */
export interface RowsByDay {
  /** By kind, in the order in which they are read, and date. */
  readonly days: readonly InputDay[];
  /** Of the same rows those in W. */
  readonly inOutage: Readonly<Record<BulkKind, number>>;
}

export interface Tables extends FewTables {
  readonly coupons: TextPool<CouponIndex>;
  readonly merchants: TextPool;
  /** Issuers and terminals. */
  readonly words: TextPool;
  readonly transactionIds: TextLookup;
  readonly reports: TextLookup;
  /** Accounts, contacts and receipts. */
  readonly texts: TextLookup;
  readonly issuance: IssuanceTable;
  readonly transactions: TransactionTable;
  readonly sales: SaleTable;
  readonly rejects: readonly Reject[];
  /** Questions of which a file of decisions only shows that they are answered, by review id. */
  readonly answered: readonly string[];
  readonly files: readonly InputFile[];
  readonly issued: IssuedCoupons;
  /** Those that name no coupon of the issuance, by file and line. Made anew for whoever walks over them. */
  readonly unmatched: Iterable<UnmatchedRow>;
  /** Those of them, and of the rejects, that nearly name one, before as-of. */
  readonly nearlyNamed: Iterable<NearlyNamedRow>;
  /** The issued number that an unknown one most likely means. */
  readonly nearestIssued: (couponNumber: string) => string | undefined;
  readonly findings: readonly ColumnFinding[];
  readonly spelledTwice: SpelledTwice;
  /** Undefined as long as rows lie on disk that have no disposition yet. */
  readonly byDay: RowsByDay | undefined;
}
