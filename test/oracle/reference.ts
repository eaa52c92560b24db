/**
 * A second, independent implementation of the contract: slow, plain and literal, for use as a test oracle.
 *
 * Nothing here is shared with the program. Every pairing number is recomputed from scratch with augmenting
 * paths, every "spare" payment is found by deleting it and recomputing, every combination by trying all subsets.
 * The section signs (§) are those of the contract.
 */

// ---------------------------------------------------------------------------------------------------------------
// Inputs
// ---------------------------------------------------------------------------------------------------------------

/** A rejected row keeps only its coupon number, merchant and sale instant readable; the rest of it is not used. */
interface Rejectable {
  rejected?: boolean | undefined;
}

export interface IssuanceRow extends Rejectable {
  coupon_number: string;
  medium: 'paper' | 'app';
  prefecture: string;
  face_yen: number;
  issued_at: string;
  expires_on: string;
  issuer_id?: string | undefined;
  travel_date?: string | undefined;
  account_id?: string | undefined;
  account_status?: 'active' | 'withdrawn' | undefined;
  phone?: string | undefined;
  email?: string | undefined;
}

export interface TransactionRow extends Rejectable {
  transaction_id: string;
  coupon_number: string;
  occurred_at: string;
  kind: 'charge' | 'payment' | 'cancel' | 'reinstatement';
  status: 'completed' | 'failed' | 'pending';
  amount_yen: number;
  merchant_id?: string | undefined;
  terminal_id?: string | undefined;
  related_transaction_id?: string | undefined;
  funding?: 'coupon' | 'own' | undefined;
}

export interface SaleRow extends Rejectable {
  report_id: string;
  merchant_id: string;
  sold_at: string;
  total_yen: number;
  coupon_yen: number;
  cash_yen: number;
  other_yen?: number | undefined;
  coupon_number?: string | undefined;
  receipt_no?: string | undefined;
}

export interface ClaimRow extends Rejectable {
  claim_id: string;
  received_at: string;
  kind: 'double_charge' | 'cash_and_deducted' | 'other';
  coupon_number: string;
  expires_on: string;
  prefecture: string;
  merchant_id: string;
}

export interface ApplicationRow extends Rejectable {
  application_id: string;
  applied_at: string;
  coupon_number: string;
  prefecture: string;
  travel_date?: string | undefined;
  name: string;
  method: 'points' | 'bank_transfer';
  phone?: string | undefined;
  email?: string | undefined;
  bank_code?: string | undefined;
  branch_code?: string | undefined;
  account_type?: string | undefined;
  account_number?: string | undefined;
  account_holder_kana?: string | undefined;
}

export interface PaidRow extends Rejectable {
  payout_id: string;
  coupon_number: string;
  amount_yen: number;
  sent_at: string;
  status: 'sent' | 'received' | 'expired' | 'failed';
}

export interface Night {
  issuance: readonly IssuanceRow[];
  transactions: readonly TransactionRow[];
  sales: readonly SaleRow[];
  claims: readonly ClaimRow[];
  applications: readonly ApplicationRow[];
  paid: readonly PaidRow[];
}

/** Applies to every review item of that coupon and reason. A decision never goes stale here. */
export interface OracleDecision {
  coupon_number: string;
  reason: string;
  decision: 'approve' | 'reject';
}

/** Dates are whole days in Japan. An absent date means that the notice states none. */
export interface Terms {
  prefecture: string;
  medium: 'paper' | 'app';
  /** First minute of the outage. */
  outageFrom: string;
  /** Last minute of the outage; the whole of that minute still belongs to it. */
  outageTo: string;
  originalExpiry: string;
  firstExtension?: string | undefined;
  secondExtension: string;
  minimumResidualYen: number;
  applicationsOpen: string;
  applicationsClose: string;
  bankApplicationsClose?: string | undefined;
  claimsClose?: string | undefined;
  pointsFrom: string;
  bankTransfersFrom: string;
  receiveBy: string;
  repeatPressGapSeconds: number;
  matchToleranceMinutes: number;
  mostCouponsPerAccount?: number | undefined;
}

interface Route2 {
  applicationsOpen?: string | undefined;
  applicationsClose?: string | undefined;
  from: string;
}

interface Cohort {
  originalExpiry: string;
  firstExtension?: string | undefined;
  secondExtension: string;
}

/** The terms of version 2 of a policy. Bounds of an outage are minutes, as they are above. */
export interface Terms2 {
  prefectures: readonly string[];
  media: readonly ('paper' | 'app')[];
  outages: readonly { from: string; to: string }[];
  originalExpiry?: string | undefined;
  firstExtension?: string | undefined;
  secondExtension: string;
  /** In place of the expiry and the first extension above. */
  cohorts?: readonly Cohort[] | undefined;
  minimumResidualYen: number;
  /** What is paid for the residual balance; all of it, where nothing is stated. */
  compensation?:
    | ((
        | { kind: 'balance' }
        | { kind: 'fixed'; yen: number }
        | { kind: 'percentage'; percent: number; rounding: 'down' | 'up' | 'half-up' }
      ) & {
        minimumYen?: number | undefined;
        capPerCouponYen?: number | undefined;
        capPerPersonYen?: number | undefined;
      })
    | undefined;
  points?: (Route2 & { receiveBy?: string | undefined }) | undefined;
  bank?: Route2 | undefined;
  claimsClose?: string | undefined;
  repeatPressGapSeconds: number;
  matchToleranceMinutes: number;
  mostCouponsPerAccount?: number | undefined;
}

/** What the notice of a policy of either version says. */
type Notice = Omit<Terms2, 'outages'> & { windows: readonly { from: number; end: number }[] };

function noticeOf(terms: Terms | Terms2): Notice {
  const windowOf = ({ from, to }: { from: string; to: string }) => ({ from: instant(from), end: instant(to) + 60_000 });
  if ('prefectures' in terms) return { ...terms, windows: terms.outages.map(windowOf) };
  const { prefecture, medium, outageFrom, outageTo, applicationsOpen, pointsFrom, bankTransfersFrom, ...rest } = terms;
  return {
    ...rest,
    prefectures: [prefecture],
    media: [medium],
    windows: [windowOf({ from: outageFrom, to: outageTo })],
    points: {
      applicationsOpen,
      applicationsClose: terms.applicationsClose,
      from: pointsFrom,
      receiveBy: terms.receiveBy,
    },
    bank: { applicationsOpen, applicationsClose: terms.bankApplicationsClose, from: bankTransfersFrom },
  };
}

export const kagoshimaTerms: Terms = {
  prefecture: '46',
  medium: 'paper',
  outageFrom: '2023-02-24T17:45:00+09:00',
  outageTo: '2023-02-24T22:15:00+09:00',
  originalExpiry: '2023-02-24',
  firstExtension: '2023-02-26',
  secondExtension: '2023-03-31',
  minimumResidualYen: 1,
  applicationsOpen: '2023-03-22',
  applicationsClose: '2023-04-30',
  pointsFrom: '2023-04-01',
  bankTransfersFrom: '2023-05-15',
  receiveBy: '2023-05-31',
  repeatPressGapSeconds: 600,
  matchToleranceMinutes: 30,
  mostCouponsPerAccount: 50,
};

export interface JudgeOptions {
  asOf: string;
  countUnclaimed?: boolean | undefined;
  terms?: Terms | Terms2 | undefined;
  decisions?: readonly OracleDecision[] | undefined;
}

// ---------------------------------------------------------------------------------------------------------------
// Outcome: every cell is the text that would stand in the CSV file
// ---------------------------------------------------------------------------------------------------------------

export interface EligibilityRow {
  coupon_number: string;
  status: string;
  grounds: string;
  valid_until: string;
  residual_yen: string;
  reinstate_yen: string;
  already_paid_yen: string;
  payable_yen: string;
  route: string;
  reasons: string;
}

export interface ReviewRow {
  coupon_number: string;
  reason: string;
  holds: string;
  amount_at_stake_yen: string;
}

export interface PayoutRow {
  route: string;
  recipient: string;
  deliver_to: string;
  amount_yen: string;
  coupon_count: string;
  coupons: string;
  not_before: string;
  receive_by: string;
}

export interface ExtensionRow {
  coupon_number: string;
  from: string;
  to: string;
  grounds: string;
}

export interface ReinstatementRow {
  coupon_number: string;
  transaction_id: string;
  merchant_id: string;
  amount_yen: string;
  ground: string;
}

export interface MerchantDayRow {
  merchant_id: string;
  date: string;
  log_count: string;
  log_yen: string;
  report_count: string;
  report_yen: string;
  difference_yen: string;
}

export type Disposition = 'accepted' | 'duplicate' | 'conflicting' | 'out_of_scope' | 'after_as_of' | 'rejected';
export type DispositionCounts = Record<Disposition, number>;

export interface Outcome {
  eligibility: EligibilityRow[];
  review: ReviewRow[];
  payouts: PayoutRow[];
  extensions: ExtensionRow[];
  reinstatements: ReinstatementRow[];
  merchantDays: MerchantDayRow[];
  /** Rows by disposition, per file. */
  dispositions: Record<keyof Night, DispositionCounts>;
}

export const ledgerHolds = [
  'OVERDRAWN',
  'OVER_REFUNDED',
  'OUTSIDE_VALIDITY',
  'REVERSAL_MISMATCH',
  'INDETERMINATE',
  'CONFLICTING_ROWS',
  'REJECTED_ROWS',
] as const;

export const holdReasons: readonly string[] = [
  ...ledgerHolds,
  'COMPETING_APPLICATIONS',
  'NO_CONTACT',
  'CONTACT_CONFLICT',
  'SHARED_ACCOUNT',
  'BANK_DETAILS',
  'PAST_RECEIVE_BY',
  'OUTLIVES_EXTENSION',
  'EXCEEDS_FACE',
];

// ---------------------------------------------------------------------------------------------------------------
// Small helpers
// ---------------------------------------------------------------------------------------------------------------

const DAY = 24 * 60 * 60 * 1000;

function instant(text: string): number {
  const value = Date.parse(text);
  if (Number.isNaN(value)) throw new Error(`not an instant: ${text}`);
  return value;
}

/** The date in Japan of an instant. */
function dateInJapan(text: string): string {
  return new Date(instant(text) + 9 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

function startOfDate(date: string): number {
  return instant(`${date}T00:00:00+09:00`);
}

/** The first instant that no longer belongs to the date (R1). */
function endOfDate(date: string): number {
  return startOfDate(date) + DAY;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function latestDate(dates: readonly string[]): string {
  return [...dates].sort(compareText).at(-1) ?? '';
}

function sortedList(texts: readonly string[]): string {
  return [...new Set(texts)].sort(compareText).join(' ');
}

// ---------------------------------------------------------------------------------------------------------------
// Dispositions
// ---------------------------------------------------------------------------------------------------------------

interface Disposed<R> {
  row: R;
  disposition: Disposition;
}

/** The content of a row as one text, with the stated defaults filled in and absent fields left out. */
function contentOf(row: object): string {
  const defaults: Record<string, unknown> = {};
  if ('transaction_id' in row) defaults.funding = 'coupon';
  if ('report_id' in row) defaults.other_yen = 0;
  if ('medium' in row) defaults.account_status = 'active';
  const full: Record<string, unknown> = { ...defaults };
  for (const [key, value] of Object.entries(row)) if (value !== undefined && value !== '') full[key] = value;
  return JSON.stringify(
    Object.keys(full)
      .sort(compareText)
      .map((key) => [key, full[key]]),
  );
}

/** Every row of a file (all files but the paid one) gets exactly one disposition. */
function dispose<R extends Rejectable>(
  rows: readonly R[],
  idOf: (row: R) => string,
  instantOf: (row: R) => string,
  isOutOfScope: (row: R) => boolean,
  asOf: number,
): Disposed<R>[] {
  const readable = rows.filter((row) => row.rejected !== true);
  const result: Disposed<R>[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    if (row.rejected === true) {
      result.push({ row, disposition: 'rejected' });
      continue;
    }
    const sameId = readable.filter((other) => idOf(other) === idOf(row));
    if (sameId.some((other) => contentOf(other) !== contentOf(row))) {
      result.push({ row, disposition: 'conflicting' });
      continue;
    }
    if (seen.has(idOf(row))) {
      result.push({ row, disposition: 'duplicate' });
      continue;
    }
    seen.add(idOf(row));
    if (isOutOfScope(row)) result.push({ row, disposition: 'out_of_scope' });
    else if (instant(instantOf(row)) >= asOf) result.push({ row, disposition: 'after_as_of' });
    else result.push({ row, disposition: 'accepted' });
  }
  return result;
}

function paidId(row: PaidRow): string {
  return JSON.stringify([row.payout_id, row.coupon_number]);
}

/** Paid rows: the history of one payment, judged among its rows before as_of. */
function disposePaid(rows: readonly PaidRow[], asOf: number): Disposed<PaidRow>[] {
  const before = rows.filter((row) => row.rejected !== true && instant(row.sent_at) < asOf);
  const standing = new Map<string, PaidRow>();
  const conflicts = new Set<string>();
  for (const id of new Set(before.map(paidId))) {
    const history = before.filter((row) => paidId(row) === id);
    for (const a of history) {
      for (const b of history) {
        if (a.amount_yen !== b.amount_yen) conflicts.add(id);
        const bothFinal = a.status !== 'sent' && b.status !== 'sent';
        if (bothFinal && a.status !== b.status && instant(a.sent_at) === instant(b.sent_at)) conflicts.add(id);
      }
    }
    const byAge = [...history].sort(
      (a, b) => instant(a.sent_at) - instant(b.sent_at) || Number(a.status !== 'sent') - Number(b.status !== 'sent'),
    );
    const last = byAge.at(-1);
    if (last !== undefined) standing.set(id, last);
  }
  return rows.map((row) => {
    if (row.rejected === true) return { row, disposition: 'rejected' };
    if (instant(row.sent_at) >= asOf) return { row, disposition: 'after_as_of' };
    if (conflicts.has(paidId(row))) return { row, disposition: 'conflicting' };
    return { row, disposition: standing.get(paidId(row)) === row ? 'accepted' : 'duplicate' };
  });
}

function withDisposition<R>(rows: readonly Disposed<R>[], ...wanted: Disposition[]): R[] {
  return rows.filter((each) => wanted.includes(each.disposition)).map((each) => each.row);
}

function countDispositions(rows: readonly Disposed<unknown>[]): DispositionCounts {
  const counts: DispositionCounts = {
    accepted: 0,
    duplicate: 0,
    conflicting: 0,
    out_of_scope: 0,
    after_as_of: 0,
    rejected: 0,
  };
  for (const each of rows) counts[each.disposition] += 1;
  return counts;
}

// ---------------------------------------------------------------------------------------------------------------
// Pairing
// ---------------------------------------------------------------------------------------------------------------

/** The size of a maximum pairing of the left things with the right things, by augmenting paths. */
export function maximumPairing<L, R>(
  left: readonly L[],
  right: readonly R[],
  canPair: (l: L, r: R) => boolean,
): number {
  const partnerOf = new Map<R, L>();
  function augment(l: L, visited: Set<R>): boolean {
    for (const r of right) {
      if (visited.has(r) || !canPair(l, r)) continue;
      visited.add(r);
      const partner = partnerOf.get(r);
      if (partner === undefined || augment(partner, visited)) {
        partnerOf.set(r, l);
        return true;
      }
    }
    return false;
  }
  let size = 0;
  for (const l of left) if (augment(l, new Set())) size += 1;
  return size;
}

interface Combination {
  sale: SaleRow;
  payments: TransactionRow[];
}

/** All subsets of two to six things. */
function subsetsOfTwoToSix<X>(things: readonly X[], stillPossible: (chosen: readonly X[]) => boolean): X[][] {
  const found: X[][] = [];
  function extend(chosen: X[], from: number): void {
    if (chosen.length >= 2) found.push(chosen);
    if (chosen.length === 6) return;
    for (let index = from; index < things.length; index += 1) {
      const next = [...chosen, things[index] as X];
      if (stillPossible(next)) extend(next, index + 1);
    }
  }
  extend([], 0);
  return found;
}

// ---------------------------------------------------------------------------------------------------------------
// Contacts and banks (§8)
// ---------------------------------------------------------------------------------------------------------------

function cleanPhone(phone: string | undefined): string {
  return (phone ?? '').normalize('NFKC').replace(/[-\s]/g, '');
}

function cleanEmail(email: string | undefined): string {
  return (email ?? '').trim();
}

/** Where a message can be delivered: a mobile number, else an e-mail address, else nowhere (empty). */
function deliverTo(phone: string, email: string): string {
  if (/^0[6-9]0[0-9]{8}$/.test(phone)) return phone;
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return email;
  return '';
}

function holderIsUsable(holder: string): boolean {
  const allowed = /^[\u30a1-\u30fa\uff66-\uff6f\uff71-\uff9d\uff9e\uff9fー\uff70 \u3000()（）\-.0-9A-Z]+$/;
  const aKatakana = /[\u30a1-\u30fa\uff66-\uff6f\uff71-\uff9d]/;
  return allowed.test(holder) && aKatakana.test(holder);
}

/** Bank, branch, type and number; a 記号 and 番号 of bank 9900 as the branch and the number that they are in a transfer. */
function bankAsTransferred(application: ApplicationRow): [string, string, string, string] {
  const bank = (application.bank_code ?? '').trim();
  const branch = (application.branch_code ?? '').trim();
  const type = (application.account_type ?? '').trim();
  const number = (application.account_number ?? '').trim();
  const symbol = bank === '9900' ? /^([01])([0-9]{2})[0-9]{2}$/.exec(branch) : null;
  if (symbol?.[1] === '1' && ['1', '4'].includes(type) && /^[0-9]{1,7}1$/.test(number))
    return [bank, `${symbol[2]}8`, type, number.replace(/1$/, '')];
  if (symbol?.[1] === '0' && type === '2' && /^[0-9]{1,7}$/.test(number)) return [bank, `${symbol[2]}9`, type, number];
  return [bank, branch, type, number];
}

/** BANK-BRANCH-TYPE-NUMBER, or nothing where the details cannot be used. */
function bankRecipient(application: ApplicationRow): string | undefined {
  const [bank, branch, type, number] = bankAsTransferred(application);
  if (!/^[0-9]{4}$/.test(bank)) return undefined;
  if (!/^[0-9]{3}$/.test(branch)) return undefined;
  if (!['1', '2', '4'].includes(type)) return undefined;
  if (!/^[0-9]{1,7}$/.test(number)) return undefined;
  if (!holderIsUsable(application.account_holder_kana ?? '')) return undefined;
  return `${bank}-${branch}-${type}-${number.padStart(7, '0')}`;
}

/** What two applications must share to be one and the same wish. */
function applicationWish(application: ApplicationRow): string {
  const name = application.name.normalize('NFKC').replace(/\s/g, '');
  const destination =
    application.method === 'points'
      ? [deliverTo(cleanPhone(application.phone), cleanEmail(application.email))]
      : bankAsTransferred(application).map((part, place) => (place === 3 ? part.padStart(7, '0') : part));
  return JSON.stringify([name, application.method, ...destination]);
}

// ---------------------------------------------------------------------------------------------------------------
// The judgement
// ---------------------------------------------------------------------------------------------------------------

type BGround = 'B1' | 'B2';

interface Group {
  coupon: string;
  merchant: string;
  amount: number;
  /** Earliest first, by time and then by transaction id. */
  payments: TransactionRow[];
}

/** What §3 and §4 say of a group: nothing, a ground, or a question. */
type Verdict =
  | { kind: 'nothing' }
  | { kind: 'ground'; ground: BGround; payments: TransactionRow[] }
  | { kind: 'review'; reason: string; count: number };

interface Unsupported {
  group: Group;
  u: TransactionRow[];
  k: number;
}

interface Item {
  coupon: string;
  reason: string;
  stake: number;
}

interface BPayment {
  payment: TransactionRow;
  group: Group;
  ground: BGround;
  counts: boolean;
}

export function judgeNight(night: Night, options: JudgeOptions): Outcome {
  const terms = noticeOf(options.terms ?? kagoshimaTerms);
  const asOf = instant(options.asOf);
  const cohorts: readonly Cohort[] = terms.cohorts ?? [
    {
      originalExpiry: terms.originalExpiry ?? 'no expiry',
      firstExtension: terms.firstExtension,
      secondExtension: terms.secondExtension,
    },
  ];
  const cohortOfExpiry = (expiry: string): Cohort | undefined =>
    cohorts.find(({ originalExpiry }) => originalExpiry === expiry);
  const T = terms.matchToleranceMinutes * 60_000;
  const G = terms.repeatPressGapSeconds * 1000;

  const inOutage = (payment: TransactionRow): boolean => {
    const t = instant(payment.occurred_at);
    return terms.windows.some(({ from, end }) => from <= t && t < end);
  };
  const timeOf = (row: TransactionRow): number => instant(row.occurred_at);
  const byTimeThenId = (a: TransactionRow, b: TransactionRow): number =>
    timeOf(a) - timeOf(b) || compareText(a.transaction_id, b.transaction_id);

  const past = (date: string | undefined): boolean => date !== undefined && asOf >= endOfDate(date);

  // §6 what is paid for a residual balance: percentage, rounding, cap, minimum.
  const shareOfResidual = (residual: number): number => {
    const { compensation } = terms;
    if (compensation === undefined || residual <= 0) return residual;
    let yen = residual;
    if (compensation.kind === 'fixed') yen = compensation.yen;
    if (compensation.kind === 'percentage') {
      const hundredths = residual * compensation.percent;
      if (compensation.rounding === 'down') yen = Math.floor(hundredths / 100);
      if (compensation.rounding === 'up') yen = Math.ceil(hundredths / 100);
      if (compensation.rounding === 'half-up') yen = Math.floor((hundredths + 50) / 100);
    }
    if (compensation.capPerCouponYen !== undefined) yen = Math.min(yen, compensation.capPerCouponYen);
    return yen < (compensation.minimumYen ?? 1) ? 0 : yen;
  };

  const decisionOn = (coupon: string, reason: string): 'approve' | 'reject' | undefined =>
    options.decisions?.find((each) => each.coupon_number === coupon && each.reason === reason)?.decision;

  // ----- Intake ------------------------------------------------------------------------------------------------

  const isInScope = (row: IssuanceRow): boolean =>
    terms.media.includes(row.medium) && terms.prefectures.includes(row.prefecture);

  const issuance = dispose(
    night.issuance,
    (row) => row.coupon_number,
    (row) => row.issued_at,
    (row) => !isInScope(row),
    asOf,
  );
  const outOfScopeCoupons = new Set(withDisposition(issuance, 'out_of_scope').map((row) => row.coupon_number));
  const transactions = dispose(
    night.transactions,
    (row) => row.transaction_id,
    (row) => row.occurred_at,
    (row) => row.funding === 'own' || outOfScopeCoupons.has(row.coupon_number),
    asOf,
  );
  const sales = dispose(
    night.sales,
    (row) => row.report_id,
    (row) => row.sold_at,
    () => false,
    asOf,
  );
  const claims = dispose(
    night.claims,
    (row) => row.claim_id,
    (row) => row.received_at,
    () => false,
    asOf,
  );
  const applications = dispose(
    night.applications,
    (row) => row.application_id,
    (row) => row.applied_at,
    () => false,
    asOf,
  );
  const paid = disposePaid(night.paid, asOf);

  const acceptedIssuance = withDisposition(issuance, 'accepted');
  const conflictingIssuance = withDisposition(issuance, 'conflicting');
  const knownCoupons = new Set(
    withDisposition(issuance, 'accepted', 'out_of_scope', 'conflicting').map((row) => row.coupon_number),
  );
  const acceptedSales = withDisposition(sales, 'accepted');
  const acceptedClaims = withDisposition(claims, 'accepted');
  const acceptedApplications = withDisposition(applications, 'accepted');

  /** Rows that move a balance or could: coupon money, seen by this run, of whatever coupon. */
  const couponRows = withDisposition(transactions, 'accepted', 'out_of_scope').filter(
    (row) => row.funding !== 'own' && instant(row.occurred_at) < asOf,
  );
  const completedRows = couponRows.filter((row) => row.status === 'completed');
  const completedPayments = completedRows.filter((row) => row.kind === 'payment');

  const namedBySetAsideOrSeen = new Set([
    ...withDisposition(claims, 'accepted', 'conflicting').map((row) => row.coupon_number),
    ...withDisposition(applications, 'accepted', 'conflicting').map((row) => row.coupon_number),
    ...withDisposition(paid, 'accepted', 'conflicting').map((row) => row.coupon_number),
  ]);
  const hasPaymentInOutage = (coupon: string): boolean =>
    completedPayments.some((row) => row.coupon_number === coupon && inOutage(row));

  const cases = acceptedIssuance.filter(
    (row) =>
      cohortOfExpiry(row.expires_on) !== undefined ||
      hasPaymentInOutage(row.coupon_number) ||
      namedBySetAsideOrSeen.has(row.coupon_number),
  );

  // ----- §2 undone ---------------------------------------------------------------------------------------------

  const cancelsOf = (payment: TransactionRow): TransactionRow[] =>
    completedRows.filter(
      (row) =>
        row.kind === 'cancel' &&
        row.coupon_number === payment.coupon_number &&
        row.related_transaction_id === payment.transaction_id,
    );
  const isUndone = (payment: TransactionRow): boolean =>
    sum(cancelsOf(payment).map((row) => row.amount_yen)) >= payment.amount_yen;

  // ----- §3 covered shop-days, E, r ------------------------------------------------------------------------------

  const isCovered = (merchant: string, date: string): boolean => {
    const here = (row: SaleRow): boolean => row.merchant_id === merchant && dateInJapan(row.sold_at) === date;
    return acceptedSales.some(here) && !withDisposition(sales, 'rejected', 'conflicting').some(here);
  };
  const paymentIsCovered = (payment: TransactionRow): boolean =>
    isCovered(payment.merchant_id ?? '', dateInJapan(payment.occurred_at));

  const E = completedPayments.filter((payment) => !isUndone(payment) && paymentIsCovered(payment));
  const atShop = (merchant: string): TransactionRow[] => E.filter((payment) => payment.merchant_id === merchant);
  const salesAt = (merchant: string): SaleRow[] => acceptedSales.filter((sale) => sale.merchant_id === merchant);

  const apart = (payment: TransactionRow, sale: SaleRow): number => Math.abs(timeOf(payment) - instant(sale.sold_at));
  const canPair = (payment: TransactionRow, sale: SaleRow): boolean =>
    payment.merchant_id === sale.merchant_id &&
    sale.coupon_yen === payment.amount_yen &&
    apart(payment, sale) <= T &&
    (sale.coupon_number === undefined || sale.coupon_number === payment.coupon_number);
  const r = (payments: readonly TransactionRow[], among: readonly SaleRow[]): number =>
    maximumPairing(payments, among, canPair);

  // ----- §3 combined bills ---------------------------------------------------------------------------------------

  const combinations: Combination[] = [];
  const crowded = new Set<TransactionRow>();
  for (const merchant of new Set(E.map((payment) => payment.merchant_id ?? ''))) {
    const payments = atShop(merchant);
    const shopSales = salesAt(merchant);
    const full = r(payments, shopSales);
    const sparePayments = payments.filter(
      (payment) =>
        r(
          payments.filter((other) => other !== payment),
          shopSales,
        ) === full,
    );
    const spareSales = shopSales.filter(
      (sale) =>
        sale.coupon_yen > 0 &&
        r(
          payments,
          shopSales.filter((other) => other !== sale),
        ) === full,
    );
    for (const first of sparePayments) {
      const span = sparePayments.filter(
        (other) => timeOf(other) >= timeOf(first) && timeOf(other) - timeOf(first) <= G,
      );
      if (span.length > 24) for (const payment of span) crowded.add(payment);
    }
    for (const sale of spareSales) {
      const near = sparePayments.filter((payment) => !crowded.has(payment) && apart(payment, sale) <= T);
      // A set that already breaks one of these cannot be mended by adding payments.
      const stillPossible = (chosen: readonly TransactionRow[]): boolean => {
        const times = chosen.map(timeOf);
        return (
          sum(chosen.map((payment) => payment.amount_yen)) <= sale.coupon_yen &&
          new Set(chosen.map((payment) => payment.coupon_number)).size === chosen.length &&
          Math.max(...times) - Math.min(...times) <= G
        );
      };
      for (const chosen of subsetsOfTwoToSix(near, stillPossible)) {
        if (sum(chosen.map((payment) => payment.amount_yen)) !== sale.coupon_yen) continue;
        const named = sale.coupon_number;
        if (named !== undefined && !chosen.some((payment) => payment.coupon_number === named)) continue;
        combinations.push({ sale, payments: chosen });
      }
    }
  }
  const isSole = (one: Combination): boolean =>
    !combinations.some(
      (other) =>
        other !== one && (other.sale === one.sale || other.payments.some((payment) => one.payments.includes(payment))),
    );
  const inSoleCombination = (payment: TransactionRow): boolean =>
    combinations.some((each) => each.payments.includes(payment) && isSole(each));
  const inContestedCombination = (payment: TransactionRow): boolean =>
    combinations.some((each) => each.payments.includes(payment) && !isSole(each));

  // ----- §3 groups -------------------------------------------------------------------------------------------------

  const groupsOf = (coupon: string): Group[] => {
    const groups: Group[] = [];
    const payments = completedPayments
      .filter((row) => row.coupon_number === coupon && inOutage(row) && !isUndone(row))
      .sort(byTimeThenId);
    for (const payment of payments) {
      const merchant = payment.merchant_id ?? '';
      const group = groups.find((each) => each.merchant === merchant && each.amount === payment.amount_yen);
      if (group === undefined) groups.push({ coupon, merchant, amount: payment.amount_yen, payments: [payment] });
      else group.payments.push(payment);
    }
    return groups;
  };
  const allGroups = cases.flatMap((row) => groupsOf(row.coupon_number));

  const verdicts = new Map<Group, Verdict>();
  const unsupported: Unsupported[] = [];
  for (const group of allGroups) {
    const n = group.payments.length;
    if (group.payments.some((payment) => !paymentIsCovered(payment))) {
      const repeats = group.payments.filter((payment, index) => {
        const before = group.payments[index - 1];
        return before !== undefined && timeOf(payment) - timeOf(before) <= G;
      }).length;
      verdicts.set(
        group,
        repeats > 0 ? { kind: 'review', reason: 'REPEAT_UNVERIFIED', count: repeats } : { kind: 'nothing' },
      );
      continue;
    }
    const payments = atShop(group.merchant);
    const shopSales = salesAt(group.merchant);
    const lo =
      r(payments, shopSales) -
      r(
        payments.filter((payment) => !group.payments.includes(payment)),
        shopSales,
      );
    const hi = r(group.payments, shopSales);
    const Z = group.payments.filter(inSoleCombination);
    const outsideZ = group.payments.filter((payment) => !Z.includes(payment));
    if (
      lo !== hi ||
      group.payments.some(inContestedCombination) ||
      group.payments.some((payment) => crowded.has(payment)) ||
      r(outsideZ, shopSales) < lo
    ) {
      verdicts.set(group, { kind: 'review', reason: 'AMBIGUOUS_SUPPORT', count: n - lo });
      continue;
    }
    const k = lo + Z.length;
    const U: TransactionRow[] = [];
    for (const payment of [...outsideZ].sort(byTimeThenId).reverse()) {
      if (U.length === n - k) break;
      const rest = outsideZ.filter((other) => other !== payment && !U.includes(other));
      if (r(rest, shopSales) >= lo) U.push(payment);
    }
    if (U.length !== n - k) throw new Error('the unsupported payments of a group could not be chosen');
    if (U.length === 0) verdicts.set(group, { kind: 'nothing' });
    else unsupported.push({ group, u: U, k });
  }

  // ----- §5 which claims are valid -----------------------------------------------------------------------------------

  const caseOf = (coupon: string): IssuanceRow | undefined => cases.find((row) => row.coupon_number === coupon);
  const extensionsGiven = (expiry: string): (string | undefined)[] => {
    const own = cohortOfExpiry(expiry);
    const of = own === undefined ? [...cohorts, { firstExtension: undefined, ...terms }] : [own];
    return of.flatMap(({ firstExtension, secondExtension }) => [firstExtension, secondExtension]);
  };
  const claimMatches = (claim: ClaimRow, coupon: IssuanceRow): boolean =>
    claim.prefecture === coupon.prefecture &&
    [coupon.expires_on, ...extensionsGiven(coupon.expires_on)].includes(claim.expires_on) &&
    completedPayments.some(
      (row) => row.coupon_number === claim.coupon_number && row.merchant_id === claim.merchant_id && inOutage(row),
    );
  const claimIsValid = (claim: ClaimRow): boolean => {
    const coupon = caseOf(claim.coupon_number);
    if (coupon === undefined) return false;
    return claimMatches(claim, coupon) || decisionOn(claim.coupon_number, 'CLAIM_MISMATCH') === 'approve';
  };
  const claimIsLate = (claim: ClaimRow): boolean =>
    terms.claimsClose !== undefined && instant(claim.received_at) >= endOfDate(terms.claimsClose);
  const validClaims = acceptedClaims.filter((claim) => !claimIsLate(claim) && claimIsValid(claim));

  // ----- §4 ------------------------------------------------------------------------------------------------------------

  const writtenDown = (each: Unsupported): boolean =>
    salesAt(each.group.merchant).some(
      (sale) =>
        sale.coupon_number === each.group.coupon &&
        sale.coupon_yen === 0 &&
        sale.total_yen >= each.group.amount &&
        each.u.some((payment) => apart(payment, sale) <= T),
    );
  const claimants = unsupported.filter(
    (each) =>
      !writtenDown(each) &&
      validClaims.some(
        (claim) =>
          claim.kind === 'cash_and_deducted' &&
          claim.coupon_number === each.group.coupon &&
          claim.merchant_id === each.group.merchant,
      ),
  );
  const paidInCash = (each: Unsupported, sale: SaleRow): boolean =>
    sale.merchant_id === each.group.merchant &&
    sale.coupon_number === undefined &&
    sale.coupon_yen === 0 &&
    sale.total_yen === each.group.amount &&
    each.u.some((payment) => apart(payment, sale) <= T);

  for (const each of unsupported) {
    const { group, u, k } = each;
    if (writtenDown(each)) {
      verdicts.set(group, { kind: 'ground', ground: 'B1', payments: u });
      continue;
    }
    if (claimants.includes(each)) {
      const others = claimants.filter((other) => other !== each);
      const withIt = maximumPairing(claimants, acceptedSales, paidInCash);
      const withoutIt = maximumPairing(others, acceptedSales, paidInCash);
      if (withIt > withoutIt) {
        verdicts.set(group, { kind: 'ground', ground: 'B1', payments: u });
        continue;
      }
      // It can take the place of another claimant in some maximum pairing as soon as it has a sale at all.
      if (acceptedSales.some((sale) => paidInCash(each, sale))) {
        verdicts.set(group, { kind: 'review', reason: 'AMBIGUOUS_SUPPORT', count: u.length });
        continue;
      }
    }
    const hasNeighbour = (payment: TransactionRow): boolean =>
      group.payments.some((other) => other !== payment && Math.abs(timeOf(other) - timeOf(payment)) <= G);
    if (k >= 1 && u.every(hasNeighbour)) {
      verdicts.set(group, { kind: 'ground', ground: 'B2', payments: u });
    } else if (k === 0 && group.payments.length >= 2) {
      verdicts.set(group, { kind: 'review', reason: 'NO_SALE_RECORDED', count: group.payments.length });
    } else {
      verdicts.set(group, { kind: 'review', reason: 'UNSUPPORTED_PAYMENT', count: u.length });
    }
  }

  // ----- Coupon by coupon ------------------------------------------------------------------------------------------------

  const outcome: Outcome = {
    eligibility: [],
    review: [],
    payouts: [],
    extensions: [],
    reinstatements: [],
    merchantDays: [],
    dispositions: {
      issuance: countDispositions(issuance),
      transactions: countDispositions(transactions),
      sales: countDispositions(sales),
      claims: countDispositions(claims),
      applications: countDispositions(applications),
      paid: countDispositions(paid),
    },
  };
  const addReview = (items: readonly Item[]): void => {
    for (const item of items) {
      outcome.review.push({
        coupon_number: item.coupon,
        reason: item.reason,
        holds: holdReasons.includes(item.reason) ? 'yes' : 'no',
        amount_at_stake_yen: Number.isNaN(item.stake) ? '' : String(item.stake),
      });
    }
  };
  const emptyRow = (coupon: string, status: string, reasons: readonly string[]): EligibilityRow => ({
    coupon_number: coupon,
    status,
    grounds: '',
    valid_until: '',
    residual_yen: '',
    reinstate_yen: '',
    already_paid_yen: '',
    payable_yen: '',
    route: '',
    reasons: sortedList(reasons),
  });
  /** Already paid, by the recipient whom it counts for. */
  const countedFor = new Map<string, number>();
  const payable: { coupon: string; route: string; recipient: string; deliverTo: string; amount: number }[] = [];

  // Coupons that nobody issued: a payment, a claim or an application an item.
  const unknownItems: Item[] = [];
  for (const payment of completedPayments) {
    if (inOutage(payment) && !knownCoupons.has(payment.coupon_number)) {
      unknownItems.push({
        coupon: payment.coupon_number,
        reason: 'UNKNOWN_COUPON',
        stake: payment.amount_yen,
      });
    }
  }
  for (const row of [...acceptedClaims, ...acceptedApplications]) {
    if (!knownCoupons.has(row.coupon_number)) {
      unknownItems.push({ coupon: row.coupon_number, reason: 'UNKNOWN_COUPON', stake: 0 });
    }
  }
  addReview(unknownItems);
  for (const coupon of new Set([...acceptedClaims, ...acceptedApplications].map((row) => row.coupon_number))) {
    if (!knownCoupons.has(coupon)) {
      const open = decisionOn(coupon, 'UNKNOWN_COUPON') === undefined;
      outcome.eligibility.push(emptyRow(coupon, open ? 'in_review' : 'not_eligible', ['UNKNOWN_COUPON']));
    } else if (outOfScopeCoupons.has(coupon)) {
      outcome.eligibility.push(emptyRow(coupon, 'not_eligible', ['OUT_OF_SCOPE']));
    }
  }

  // Coupons whose issuance rows conflict.
  for (const coupon of new Set(conflictingIssuance.map((row) => row.coupon_number))) {
    const wouldBeCase = conflictingIssuance.some(
      (row) => row.coupon_number === coupon && isInScope(row) && cohortOfExpiry(row.expires_on) !== undefined,
    );
    if (!wouldBeCase && !hasPaymentInOutage(coupon) && !namedBySetAsideOrSeen.has(coupon)) continue;
    // Nothing can be said of the yen of a coupon whose issuance rows contradict each other.
    const item = { coupon, reason: 'CONFLICTING_ROWS', stake: Number.NaN };
    addReview([item]);
    const rejected = decisionOn(coupon, item.reason) === 'reject';
    const reasons = rejected ? [item.reason, 'REJECTED'] : [item.reason];
    outcome.eligibility.push(emptyRow(coupon, rejected ? 'not_eligible' : 'in_review', reasons));
  }

  for (const coupon of cases) judgeCase(coupon);

  function judgeCase(coupon: IssuanceRow): void {
    const number = coupon.coupon_number;
    const items: Item[] = [];
    const reasons: string[] = [];
    const ofCoupon = <R extends { coupon_number: string }>(rows: readonly R[]): R[] =>
      rows.filter((row) => row.coupon_number === number);
    const cohort = cohortOfExpiry(coupon.expires_on);
    const secondExtension = cohort === undefined ? terms.secondExtension : cohort.secondExtension;
    const t1 = cohort === undefined ? Number.NaN : endOfDate(cohort.firstExtension ?? cohort.originalExpiry);
    const t2 = endOfDate(secondExtension);

    // §2 the ledger
    const rows = ofCoupon(completedRows);
    const payments = rows.filter((row) => row.kind === 'payment');
    const reinstatements = rows.filter((row) => row.kind === 'reinstatement');
    const movement = (row: TransactionRow): number =>
      row.kind === 'payment' ? -row.amount_yen : row.kind === 'charge' ? 0 : row.amount_yen;
    const balance = (at: number): number => coupon.face_yen + sum(rows.filter((row) => timeOf(row) < at).map(movement));
    const findings = new Set<string>();
    const inOrder = rows
      .filter((row) => row.kind !== 'charge')
      .sort(
        (a, b) =>
          timeOf(a) - timeOf(b) ||
          Number(a.kind === 'payment') - Number(b.kind === 'payment') ||
          compareText(a.transaction_id, b.transaction_id),
      );
    let running = coupon.face_yen;
    for (const row of inOrder) {
      running += movement(row);
      if (running < 0) findings.add('OVERDRAWN');
      if (running > coupon.face_yen) findings.add('OVER_REFUNDED');
    }
    for (const row of rows) {
      if (row.kind !== 'cancel' && row.kind !== 'reinstatement') continue;
      const names = row.related_transaction_id;
      if (names === undefined) continue;
      if (!payments.some((payment) => payment.transaction_id === names)) findings.add('REVERSAL_MISMATCH');
    }
    for (const payment of payments) {
      const cancels = cancelsOf(payment);
      const cancelled = sum(cancels.map((row) => row.amount_yen));
      const putBack = sum(
        reinstatements
          .filter((row) => row.related_transaction_id === payment.transaction_id)
          .map((row) => row.amount_yen),
      );
      if (cancels.length > 0 && cancelled < payment.amount_yen) findings.add('REVERSAL_MISMATCH');
      if (cancelled + putBack > payment.amount_yen) findings.add('REVERSAL_MISMATCH');
    }
    if (ofCoupon(couponRows).some((row) => row.kind === 'payment' && row.status === 'pending')) {
      findings.add('INDETERMINATE');
    }
    if (
      ofCoupon(withDisposition(transactions, 'conflicting')).length > 0 ||
      ofCoupon(withDisposition(claims, 'conflicting')).length > 0 ||
      ofCoupon(withDisposition(applications, 'conflicting')).length > 0 ||
      ofCoupon(withDisposition(paid, 'conflicting')).length > 0
    ) {
      findings.add('CONFLICTING_ROWS');
    }
    if (ofCoupon(withDisposition(transactions, 'rejected')).length > 0) findings.add('REJECTED_ROWS');

    // §3, §4 what came of its groups
    const groups = allGroups.filter((group) => group.coupon === number);
    const bPayments: BPayment[] = [];
    const addBPayment = (payment: TransactionRow, group: Group, ground: BGround, counts: boolean): void => {
      if (!bPayments.some((each) => each.payment === payment)) bPayments.push({ payment, group, ground, counts });
    };
    const claimsHere = ofCoupon(acceptedClaims);
    const validHere = ofCoupon(validClaims);
    for (const group of groups) {
      const verdict = verdicts.get(group) ?? { kind: 'nothing' };
      if (verdict.kind === 'ground') {
        const earliest = Math.min(...verdict.payments.map(timeOf));
        const claimed = validHere.some((claim) => claim.kind !== 'other' && claim.merchant_id === group.merchant);
        const alreadyPutBack = reinstatements.some((row) =>
          row.related_transaction_id === undefined
            ? timeOf(row) >= earliest
            : group.payments.some((payment) => payment.transaction_id === row.related_transaction_id),
        );
        const counts = claimed || alreadyPutBack || options.countUnclaimed === true;
        if (!counts) {
          const isClosed = terms.claimsClose !== undefined && asOf >= endOfDate(terms.claimsClose);
          reasons.push(isClosed ? 'CLAIMS_CLOSED' : 'CLAIM_AWAITED');
        }
        for (const payment of verdict.payments) addBPayment(payment, group, verdict.ground, counts);
      }
      if (verdict.kind === 'review') {
        items.push({ coupon: number, reason: verdict.reason, stake: verdict.count * group.amount });
        if (decisionOn(number, verdict.reason) === 'approve') {
          const ground = verdict.reason === 'REPEAT_UNVERIFIED' ? 'B2' : 'B1';
          const latest = [...group.payments].sort(byTimeThenId).reverse().slice(0, verdict.count);
          for (const payment of latest) addBPayment(payment, group, ground, true);
        }
      }
    }

    // §5 claims
    const unverifiedClaims: ClaimRow[] = [];
    for (const claim of claimsHere) {
      if (claimIsLate(claim)) {
        reasons.push('CLAIM_OUT_OF_TIME');
        continue;
      }
      if (!claimMatches(claim, coupon)) items.push({ coupon: number, reason: 'CLAIM_MISMATCH', stake: 0 });
      if (!validHere.includes(claim)) continue;
      if (claim.kind === 'other') {
        items.push({ coupon: number, reason: 'CLAIM_OTHER', stake: 0 });
        continue;
      }
      const groupsThere = groups.filter((group) => group.merchant === claim.merchant_id);
      if (groupsThere.some((group) => (verdicts.get(group) ?? { kind: 'nothing' }).kind !== 'nothing')) continue;
      const paymentsThere = payments.filter((row) => row.merchant_id === claim.merchant_id && inOutage(row));
      const standing = paymentsThere.filter((payment) => !isUndone(payment)).sort(byTimeThenId);
      if (standing.length === 0) {
        reasons.push('ALREADY_CANCELLED');
      } else if (paymentsThere.every(paymentIsCovered)) {
        reasons.push('SUPPORTED_BY_MERCHANT');
      } else {
        const staked = claim.kind === 'double_charge' ? standing.slice(1) : standing;
        const stake = sum(staked.map((payment) => payment.amount_yen));
        items.push({ coupon: number, reason: 'CLAIM_UNVERIFIED', stake });
        unverifiedClaims.push(claim);
      }
    }
    if (decisionOn(number, 'CLAIM_UNVERIFIED') === 'approve') {
      // Cash first: a payment has one ground only, and B1 goes before B2.
      const cashFirst = [...unverifiedClaims].sort((a, b) => compareText(a.kind, b.kind));
      for (const claim of cashFirst) {
        const standing = groups
          .filter((group) => group.merchant === claim.merchant_id)
          .flatMap((group) => group.payments)
          .sort(byTimeThenId);
        const staked = claim.kind === 'double_charge' ? standing.slice(1) : standing;
        for (const payment of staked) {
          const group = groups.find((each) => each.payments.includes(payment));
          if (group !== undefined) {
            addBPayment(payment, group, claim.kind === 'double_charge' ? 'B2' : 'B1', true);
          }
        }
      }
    }
    let groundWithoutPayment = false;
    if (reinstatements.length > 0 && bPayments.length === 0) {
      items.push({ coupon: number, reason: 'REINSTATED_WITHOUT_GROUND', stake: 0 });
      groundWithoutPayment = decisionOn(number, 'REINSTATED_WITHOUT_GROUND') === 'approve';
    }
    const countingB = bPayments.filter((each) => each.counts);
    const bCounts = countingB.length > 0 || groundWithoutPayment;
    const hasB = bPayments.length > 0 || groundWithoutPayment;

    // §6 validity, residual, amount due
    const enoughAt = (at: number): boolean => cohort !== undefined && balance(at) >= terms.minimumResidualYen;
    const aPending = asOf < t1 && enoughAt(asOf);
    const aHolds = asOf >= t1 && enoughAt(t1);
    const validity = [coupon.expires_on];
    if (cohort?.firstExtension !== undefined) validity.push(cohort.firstExtension);
    if (aHolds || bCounts) validity.push(secondExtension);
    const validUntil = latestDate(validity);
    const cutOff = endOfDate(latestDate([secondExtension, validUntil]));
    const reading = Math.min(asOf, cutOff);
    const residual = balance(reading);
    const share = shareOfResidual(residual);

    for (const payment of payments) {
      if (isUndone(payment)) continue;
      const t = timeOf(payment);
      if (t < instant(coupon.issued_at) || t >= endOfDate(validUntil)) findings.add('OUTSIDE_VALIDITY');
    }

    const putBackBefore = reinstatements.filter((row) => timeOf(row) < reading);
    const perGroup = groups.map((group) => {
      const due = sum(countingB.filter((each) => each.group === group).map((each) => each.payment.amount_yen));
      const done = sum(
        putBackBefore
          .filter((row) => group.payments.some((payment) => payment.transaction_id === row.related_transaction_id))
          .map((row) => row.amount_yen),
      );
      return Math.max(0, due - done);
    });
    const earliestCounting = Math.min(...countingB.map((each) => timeOf(each.payment)));
    const unnamed = sum(
      putBackBefore
        .filter((row) => row.related_transaction_id === undefined && timeOf(row) >= earliestCounting)
        .map((row) => row.amount_yen),
    );
    const reinstate = Math.max(0, sum(perGroup) - unnamed);

    const conflictingPaid = ofCoupon(withDisposition(paid, 'conflicting'));
    const alreadyPaid =
      sum(
        ofCoupon(withDisposition(paid, 'accepted'))
          .filter((row) => row.status !== 'failed')
          .map((row) => row.amount_yen),
      ) +
      sum(
        [...new Set(conflictingPaid.map(paidId))].map((id) =>
          Math.max(...conflictingPaid.filter((row) => paidId(row) === id).map((row) => row.amount_yen)),
        ),
      );
    const entitled = asOf >= cutOff && (aHolds || bCounts) ? share + reinstate : 0;
    if (asOf >= cutOff && (aHolds || bCounts) && residual > 0 && share === 0) reasons.push('BELOW_MINIMUM');
    const uncapped = Math.max(0, entitled - alreadyPaid);
    const exceedsFace =
      alreadyPaid + uncapped > coupon.face_yen && !(alreadyPaid > entitled) && !findings.has('OVER_REFUNDED');
    const due = exceedsFace ? Math.max(0, coupon.face_yen - alreadyPaid) : uncapped;
    const holdStake = asOf < cutOff ? Math.max(0, share + reinstate) : due;
    const hold = (reason: string): void => {
      items.push({ coupon: number, reason, stake: holdStake });
    };
    for (const finding of findings) hold(finding);
    if (alreadyPaid > entitled) items.push({ coupon: number, reason: 'OVERPAID', stake: alreadyPaid - entitled });
    if (entitled - alreadyPaid > 0 && validUntil > secondExtension) hold('OUTLIVES_EXTENSION');
    if (exceedsFace) hold('EXCEEDS_FACE');

    // §8 applications
    const applicationsHere = ofCoupon(acceptedApplications);
    const counting: ApplicationRow[] = [];
    for (const application of applicationsHere) {
      const at = instant(application.applied_at);
      const offered = application.method === 'points' ? terms.points : terms.bank;
      if (offered === undefined) {
        reasons.push('METHOD_NOT_OFFERED');
        continue;
      }
      const { applicationsOpen: open, applicationsClose: close } = offered;
      const inTime = (open === undefined || at >= startOfDate(open)) && (close === undefined || at < endOfDate(close));
      if (!inTime) {
        reasons.push('APPLICATION_OUT_OF_TIME');
      } else if (application.prefecture !== coupon.prefecture) {
        items.push({ coupon: number, reason: 'APPLICATION_MISMATCH', stake: 0 });
        if (decisionOn(number, 'APPLICATION_MISMATCH') === 'approve') counting.push(application);
      } else {
        counting.push(application);
      }
    }
    counting.sort(
      (a, b) => instant(a.applied_at) - instant(b.applied_at) || compareText(a.application_id, b.application_id),
    );
    let standingApplication = counting[0];
    if (new Set(counting.map(applicationWish)).size > 1) {
      hold('COMPETING_APPLICATIONS');
      if (decisionOn(number, 'COMPETING_APPLICATIONS') !== 'approve') standingApplication = undefined;
    }
    const hasGround = aPending || aHolds || hasB;
    if (!hasGround && applicationsHere.length > 0) reasons.push('NO_GROUND');

    // §8 route
    const isHeld = (): boolean =>
      items.some((item) => holdReasons.includes(item.reason) && decisionOn(number, item.reason) !== 'approve');
    let route = '';
    let recipient = '';
    let destination = '';
    if (due > 0 && !isHeld()) findRoute();
    const payableYen = isHeld() ? 0 : due;

    /** Whom the coupon is paid to, or would be: for a cap a person, whatever is due and whatever holds it. */
    function recipientSought(): string {
      const passedOver = (reason: string): boolean => decisionOn(number, reason) === 'approve';
      if (standingApplication?.method === 'bank_transfer') {
        const bank = bankRecipient(standingApplication);
        if (bank !== undefined) return `bank:${bank}`;
        if (!passedOver('BANK_DETAILS')) return '';
      }
      if (terms.points === undefined) return '';
      const account = coupon.account_id;
      if (account !== undefined && coupon.account_status !== 'withdrawn') {
        const siblings = acceptedIssuance.filter((row) => row.account_id === account);
        const phones = [...new Set(siblings.map((row) => cleanPhone(row.phone)).filter((text) => text !== ''))];
        const emails = [...new Set(siblings.map((row) => cleanEmail(row.email)).filter((text) => text !== ''))];
        const isShared = terms.mostCouponsPerAccount !== undefined && siblings.length > terms.mostCouponsPerAccount;
        const isContradictory = phones.length > 1 || emails.length > 1;
        if (isShared && !passedOver('SHARED_ACCOUNT')) return '';
        if (!isShared && isContradictory && !passedOver('CONTACT_CONFLICT')) return '';
        if (!isShared && !isContradictory && deliverTo(phones[0] ?? '', emails[0] ?? '') !== '')
          return `account:${account}`;
      }
      if (standingApplication?.method !== 'points') return '';
      const to = deliverTo(cleanPhone(standingApplication.phone), cleanEmail(standingApplication.email));
      return to === '' ? '' : `contact:${to}`;
    }

    function findRoute(): void {
      if (standingApplication?.method === 'bank_transfer') {
        const bank = bankRecipient(standingApplication);
        if (bank !== undefined) {
          route = 'bank_transfer';
          recipient = `bank:${bank}`;
          destination = standingApplication.account_holder_kana ?? '';
          return;
        }
        hold('BANK_DETAILS');
        if (isHeld()) return;
      }
      if (terms.points === undefined) return;
      const account = coupon.account_id;
      const accountIsActive = account !== undefined && coupon.account_status !== 'withdrawn';
      if (accountIsActive) {
        const siblings = acceptedIssuance.filter((row) => row.account_id === account);
        const phones = [...new Set(siblings.map((row) => cleanPhone(row.phone)).filter((text) => text !== ''))];
        const emails = [...new Set(siblings.map((row) => cleanEmail(row.email)).filter((text) => text !== ''))];
        if (terms.mostCouponsPerAccount !== undefined && siblings.length > terms.mostCouponsPerAccount) {
          hold('SHARED_ACCOUNT');
          if (isHeld()) return;
        } else if (phones.length > 1 || emails.length > 1) {
          hold('CONTACT_CONFLICT');
          if (isHeld()) return;
        } else {
          const to = deliverTo(phones[0] ?? '', emails[0] ?? '');
          if (to !== '') {
            route = 'app_url';
            recipient = `account:${account}`;
            destination = to;
          }
        }
      }
      if (route === '' && standingApplication?.method === 'points') {
        const to = deliverTo(cleanPhone(standingApplication.phone), cleanEmail(standingApplication.email));
        if (to !== '') {
          route = 'application_url';
          recipient = `contact:${to}`;
          destination = to;
        }
      }
      if (route === '') {
        if (accountIsActive || standingApplication?.method === 'points') hold('NO_CONTACT');
        return;
      }
      if (past(terms.points.receiveBy)) hold('PAST_RECEIVE_BY');
    }

    // §8 status
    const isOpen = (item: Item): boolean => decisionOn(number, item.reason) === undefined;
    const holdWasRejected = items.some(
      (item) => holdReasons.includes(item.reason) && decisionOn(number, item.reason) === 'reject',
    );
    if (holdWasRejected) reasons.push('REJECTED');
    const status = ((): string => {
      if (items.some((item) => isOpen(item) && holdReasons.includes(item.reason))) return 'in_review';
      const isLapsed = hasB && !aPending && !aHolds && !bCounts && past(terms.claimsClose);
      if ((!hasGround || isLapsed) && items.some(isOpen)) return 'in_review';
      if (!hasGround || holdWasRejected) return 'not_eligible';
      if (isLapsed) return 'lapsed';
      if (!aPending && !aHolds && !bCounts) return 'awaiting_claim';
      if (aPending && !bCounts) return 'pending';
      if (asOf < t2) return 'extended';
      if (asOf < cutOff) return 'still_valid';
      if (payableYen === 0) return alreadyPaid > 0 ? 'settled' : 'used_up';
      if (route !== '') return 'payable';
      const isClosed = (way: Route2 | undefined): boolean => way === undefined || past(way.applicationsClose);
      if (isClosed(terms.points) && isClosed(terms.bank)) return 'lapsed';
      if (terms.points !== undefined && isClosed(terms.points)) reasons.push('POINTS_APPLICATIONS_CLOSED');
      return 'awaiting_application';
    })();

    const grounds = [
      ...(aHolds ? ['A'] : []),
      ...(bPayments.some((each) => each.ground === 'B1') || groundWithoutPayment ? ['B1'] : []),
      ...(bPayments.some((each) => each.ground === 'B2') ? ['B2'] : []),
    ].join('+');

    addReview(items);
    const isListed = hasGround || items.length > 0 || namedBySetAsideOrSeen.has(number);
    if (isListed) {
      outcome.eligibility.push({
        coupon_number: number,
        status,
        grounds,
        valid_until: validUntil,
        residual_yen: String(residual),
        reinstate_yen: String(reinstate),
        already_paid_yen: String(alreadyPaid),
        payable_yen: String(payableYen),
        route,
        reasons: sortedList([...reasons, ...items.map((item) => item.reason)]),
      });
    }
    if (alreadyPaid > 0) {
      const to = recipientSought();
      if (to !== '') countedFor.set(to, (countedFor.get(to) ?? 0) + alreadyPaid);
    }
    if (status === 'payable') {
      payable.push({ coupon: number, route, recipient, deliverTo: destination, amount: payableYen });
    }
    if ((aPending || aHolds || bCounts) && validUntil !== coupon.expires_on) {
      outcome.extensions.push({ coupon_number: number, from: coupon.expires_on, to: validUntil, grounds });
    }
    if (asOf < cutOff) {
      const isNamed = (each: BPayment): boolean =>
        putBackBefore.some((row) => row.related_transaction_id === each.payment.transaction_id);
      const latestFirst = [...countingB].sort((a, b) => byTimeThenId(b.payment, a.payment));
      const order = [...latestFirst.filter((each) => !isNamed(each)), ...latestFirst.filter((each) => isNamed(each))];
      let left = reinstate;
      for (const each of order) {
        const amount = Math.min(left, each.payment.amount_yen);
        if (amount === 0) continue;
        left -= amount;
        outcome.reinstatements.push({
          coupon_number: number,
          transaction_id: each.payment.transaction_id,
          merchant_id: each.payment.merchant_id ?? '',
          amount_yen: String(amount),
          ground: each.ground,
        });
      }
    }
  }

  // ----- §8 a cap a person ------------------------------------------------------------------------------------------------

  const capPerPerson = terms.compensation?.capPerPersonYen;
  if (capPerPerson !== undefined) {
    for (const recipient of new Set(payable.map((each) => each.recipient))) {
      let left = Math.max(0, capPerPerson - (countedFor.get(recipient) ?? 0));
      const own = payable.filter((each) => each.recipient === recipient);
      for (const each of own.sort((a, b) => compareText(a.coupon, b.coupon))) {
        const paidNow = Math.min(each.amount, left);
        left -= paidNow;
        if (paidNow === each.amount) continue;
        each.amount = paidNow;
        const row = outcome.eligibility.find(({ coupon_number }) => coupon_number === each.coupon);
        if (row === undefined) throw new Error('a payable coupon that is not listed');
        row.payable_yen = String(paidNow);
        row.reasons = sortedList([...row.reasons.split(' ').filter((reason) => reason !== ''), 'CAPPED_PER_PERSON']);
        if (paidNow > 0) continue;
        row.route = '';
        row.status = Number(row.already_paid_yen) > 0 ? 'settled' : 'used_up';
        payable.splice(payable.indexOf(each), 1);
      }
    }
  }

  // ----- Payouts (R10) ----------------------------------------------------------------------------------------------------

  for (const key of new Set(payable.map((each) => JSON.stringify([each.route, each.recipient])))) {
    const parts = payable
      .filter((each) => JSON.stringify([each.route, each.recipient]) === key)
      .sort((a, b) => compareText(a.coupon, b.coupon));
    const first = parts[0];
    if (first === undefined) continue;
    const isBank = first.route === 'bank_transfer';
    // A points payout this late exists only because a person approved it, and then it states no deadline.
    const isLate = past(terms.points?.receiveBy);
    outcome.payouts.push({
      route: first.route,
      recipient: first.recipient,
      deliver_to: first.deliverTo,
      amount_yen: String(sum(parts.map((each) => each.amount))),
      coupon_count: String(parts.length),
      coupons: sortedList(parts.map((each) => each.coupon)),
      not_before: (isBank ? terms.bank : terms.points)?.from ?? '',
      receive_by: isBank || isLate ? '' : (terms.points?.receiveBy ?? ''),
    });
  }

  // ----- Shop-days ----------------------------------------------------------------------------------------------------------

  const shopDays = new Set(acceptedSales.map((sale) => JSON.stringify([sale.merchant_id, dateInJapan(sale.sold_at)])));
  for (const shopDay of shopDays) {
    const [merchant, date] = JSON.parse(shopDay) as [string, string];
    if (!isCovered(merchant, date)) continue;
    const log = E.filter((row) => row.merchant_id === merchant && dateInJapan(row.occurred_at) === date);
    const report = acceptedSales.filter(
      (row) => row.merchant_id === merchant && dateInJapan(row.sold_at) === date && row.coupon_yen > 0,
    );
    const logYen = sum(log.map((row) => row.amount_yen));
    const reportYen = sum(report.map((row) => row.coupon_yen));
    outcome.merchantDays.push({
      merchant_id: merchant,
      date,
      log_count: String(log.length),
      log_yen: String(logYen),
      report_count: String(report.length),
      report_yen: String(reportYen),
      difference_yen: String(logYen - reportYen),
    });
  }

  outcome.eligibility.sort((a, b) => compareText(a.coupon_number, b.coupon_number));
  outcome.review.sort(
    (a, b) =>
      compareText(a.coupon_number, b.coupon_number) ||
      compareText(a.reason, b.reason) ||
      Number(a.amount_at_stake_yen) - Number(b.amount_at_stake_yen),
  );
  outcome.payouts.sort((a, b) => compareText(a.route, b.route) || compareText(a.recipient, b.recipient));
  outcome.extensions.sort((a, b) => compareText(a.coupon_number, b.coupon_number));
  outcome.reinstatements.sort(
    (a, b) => compareText(a.coupon_number, b.coupon_number) || compareText(a.transaction_id, b.transaction_id),
  );
  outcome.merchantDays.sort((a, b) => compareText(a.merchant_id, b.merchant_id) || compareText(a.date, b.date));
  return outcome;
}
