import { describe, expect, it } from 'vitest';
import { type CalendarDate, dateOf, type Instant } from '../../src/base/instants.ts';
import { compareText, text } from '../../src/base/text.ts';
import { readInstant } from '../../src/intake/values/dates.ts';
import type { Account, Case, Evidence, Movement, Payment } from '../../src/ledger/case.ts';
import { claimStandings } from '../../src/ledger/claims.ts';
import type { ReviewLookup } from '../../src/ledger/decisions.ts';
import type { GroupRecord, Support } from '../../src/pairing/groups.ts';
import type { SetAsideSale } from '../../src/pairing/rejected-sales.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { type Policy, policyOf } from '../../src/policy/policy.ts';
import { type PolicyFile1, type PolicyFile2, policyFile2Schema } from '../../src/policy/policy-file.ts';
import type { GroundId, ReasonCode, ReviewReason, RouteId, Verdict } from '../../src/policy/vocabulary.ts';
import { deliverToOf, recipientOf } from '../../src/rules/destinations.ts';
import {
  type Amounts,
  type Fact,
  type Finding,
  type GroundFound,
  type JudgedFinding,
  judged,
} from '../../src/rules/finding.ts';
import type { CaseFile, Rule } from '../../src/rules/rule.ts';
import type { ApplicationRow, ClaimKind, ClaimRow, PaidRow, PaidStatus } from '../../src/tables/tables.ts';

// ---------------------------------------------------------------------------------------------------------------
// The tester
// ---------------------------------------------------------------------------------------------------------------

export interface ExpectedGrant {
  readonly id: GroundId;
  /** Transaction ids. */
  readonly payments: readonly string[];
}

/**
 * One finding. A question, a ground, reason codes, a standing application and a route that are not named here must not
 * be there; the other fields are held against the finding only where they are given.
 */
export interface Expected {
  readonly outcome: Finding['outcome'];
  /** The review reason asked. */
  readonly reason?: ReviewReason;
  /** The question's own stake; absent for a hold, whose stake the settlement works out. */
  readonly stakeYen?: number;
  readonly onRoute?: true;
  /** What an approval would establish. */
  readonly grants?: readonly ExpectedGrant[];
  readonly ground?: GroundId;
  readonly pending?: true;
  /** Reason codes that are no review items. */
  readonly reasons?: readonly ReasonCode[];
  /** Application id. */
  readonly standing?: string;
  /** Where it goes, as payouts.csv has it. */
  readonly route?: { readonly route: RouteId; readonly recipient: string; readonly deliverTo: string };
  /** Transaction ids of the ground. */
  readonly payments?: readonly string[];
  readonly about?: string;
  readonly amounts?: Partial<Amounts>;
  readonly facts?: Readonly<Record<string, Fact>>;
  /** Evidence ids, all of them, in any order. */
  readonly evidence?: readonly string[];
}

export interface RuleCase {
  /** A sentence, unlike every other in the table. */
  readonly name: string;
  readonly file: CaseFile;
  /** Kagoshima's, unless told. */
  readonly policy?: Policy;
  /** Findings of the rules before it. */
  readonly earlier?: readonly JudgedFinding[];
  /** The findings in their order; one may stand alone. */
  readonly expect: Expected | readonly Expected[];
}

/** Defines a test for each case. @throws at definition time if the table itself is wrong */
export function testRule(rule: Rule, cases: readonly RuleCase[]): void {
  checkTable(cases);
  describe(rule.id, () => {
    for (const each of cases) it(each.name, () => runCase(rule, each));
  });
}

/** Two cases of one name hide each other; two equal cases prove one thing twice, most often for want of an edit. */
export function checkTable(cases: readonly RuleCase[]): void {
  if (cases.length === 0) throw new Error('a table without cases proves nothing');
  const names = new Set<string>();
  const known = new Map<string, string>();
  for (const each of cases) {
    const name = each.name.trim().toLowerCase();
    if (name === '') throw new Error('a case without a name');
    if (names.has(name)) throw new Error(`two cases are named "${each.name}"`);
    names.add(name);
    const signature = signatureOf(each);
    const twin = known.get(signature);
    if (twin !== undefined) throw new Error(`"${each.name}" is the same case as "${twin}"`);
    known.set(signature, each.name);
  }
}

/** Freezes the input, so that a rule that writes to it throws, and judges it twice, since a rule answers the same each time. */
export function runCase(rule: Rule, each: RuleCase): void {
  const policy = each.policy ?? KAGOSHIMA;
  const earlier = each.earlier ?? [];
  for (const input of [each.file, policy, earlier]) deepFreeze(input);
  const findings = [...rule.judge(each.file, policy, earlier)];
  const again = [...rule.judge(each.file, policy, earlier)];
  expect(again.map(spoken), 'the rule gives another answer the second time').toEqual(findings.map(spoken));
  const expected = [each.expect].flat() as readonly Expected[];
  const shown = findings.map((finding, index) => shownOf(finding, expected[index]));
  expect(shown).toEqual(expected.map((one) => sortedEvidence(one)));
  for (const finding of findings) expectIdentity(finding, each.file);
  // A run passes over the rule here, so nothing may hang on what it would have said.
  if (rule.concerns?.(each.file, earlier, policy.terms) === false)
    for (const finding of findings) expectNoConsequence(finding);
}

/** Words and evidence may be made only when they are asked for. */
const spoken = (finding: Finding) => ({ ...finding, facts: finding.facts(), evidence: finding.evidence() });

/** A way for the money is no consequence: it is taken only where something is due. */
function expectNoConsequence(finding: Finding): void {
  const { ground, question, reasons, amounts, standing } = finding;
  const asked = question?.onRoute === true ? undefined : question;
  expect({ ground, asked, reasons, amounts, standing }, 'passed over, but it settles something').toEqual({});
}

/** The finding in the terms of the expectation. */
function shownOf(finding: Finding, expected: Expected | undefined): Expected {
  const { question, ground } = finding;
  return {
    outcome: finding.outcome,
    ...defined('reason', question?.reason),
    ...defined('stakeYen', question?.stakeYen),
    ...defined('onRoute', question?.onRoute),
    ...defined('ground', ground?.id),
    ...defined('pending', ground?.pending),
    ...defined('reasons', finding.reasons),
    ...defined('standing', finding.standing?.applicationId),
    ...defined('route', routeOf(finding)),
    ...(expected?.grants === undefined ? {} : { grants: (question?.grants ?? []).map(grantOf) }),
    ...(expected?.payments === undefined ? {} : { payments: (ground?.payments ?? []).map(idOf) }),
    ...(expected?.about === undefined ? {} : defined('about', finding.about)),
    ...(expected?.amounts === undefined ? {} : { amounts: pick(finding.amounts ?? {}, expected.amounts) }),
    ...(expected?.facts === undefined ? {} : { facts: pick(finding.facts(), expected.facts) }),
    ...(expected?.evidence === undefined ? {} : { evidence: idsOf(finding.evidence()) }),
  };
}

function routeOf({ route }: Finding): Expected['route'] {
  if (route === undefined) return undefined;
  const { destination } = route;
  return { route: route.route, recipient: recipientOf(destination), deliverTo: deliverToOf(destination) };
}

const sortedEvidence = (expected: Expected): Expected =>
  expected.evidence === undefined ? expected : { ...expected, evidence: [...expected.evidence].sort(compareText) };

function defined<Name extends keyof Expected>(name: Name, value: Expected[Name] | undefined): Partial<Expected> {
  return value === undefined ? {} : { [name]: value };
}

function pick<T extends object>(from: T, wanted: object): T {
  return Object.fromEntries(Object.entries(from).filter(([name]) => name in wanted)) as T;
}

const idOf = (payment: Payment): string => payment.transactionId;
const idsOf = (evidence: readonly Evidence[]): readonly string[] => evidence.map(({ id }) => id).sort(compareText);
const grantOf = (ground: GroundFound): ExpectedGrant => ({ id: ground.id, payments: ground.payments.map(idOf) });

/** Later rules find groups and payments by identity, so a rule hands on those that it was given. */
function expectIdentity(finding: Finding, file: CaseFile): void {
  for (const ground of [finding.ground, ...(finding.question?.grants ?? [])]) {
    if (ground === undefined) continue;
    for (const payment of ground.payments) expect(file.coupon.payments).toContain(payment);
    if (ground.group !== undefined) expect(file.groups.map(({ group }) => group)).toContain(ground.group);
  }
  if (finding.group !== undefined) expect(file.groups.map(({ group }) => group)).toContain(finding.group);
}

export function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
}

/** Input and expectations as one text. A function can only be known by its answers. */
function signatureOf({ file, policy, earlier, expect: expected }: RuleCase): string {
  const covered = file.coupon.payments.map((payment) => file.isCovered(payment));
  return JSON.stringify(
    [
      { ...file, isCovered: covered, setAside: file.coupon.payments.map(file.setAsideOn) },
      policy ?? KAGOSHIMA,
      earlier ?? [],
      [expected].flat(),
    ],
    sorted,
  );
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareText(a, b)));
}

// ---------------------------------------------------------------------------------------------------------------
// Builders
// ---------------------------------------------------------------------------------------------------------------

/** `2023-02-24 18:00:00`, `18:00:00` (on the day of the outage), with up to six decimals; Japan Standard Time. */
export function at(written: string): Instant {
  const read = readInstant(written.includes('-') ? written : `2023-02-24 ${written}`);
  if ('problem' in read) throw new Error(`no instant: ${written}`);
  return read.value;
}

export const day = (written: string): CalendarDate => dateOf(at(`${written} 00:00`));

/** One microsecond, the smallest step there is. */
export const MICROSECOND = 1;

/** t1 and t2 of the rules. */
export const T1 = at('2023-02-27 00:00');
export const T2 = at('2023-04-01 00:00');

export const policyWith = (terms: Partial<PolicyFile1['terms']>): Policy =>
  policyOf({ ...KAGOSHIMA.file, terms: { ...KAGOSHIMA.file.terms, ...terms } });

/** Kagoshima's without the terms named. */
export function policyWithout(...names: (keyof PolicyFile1['terms'])[]): Policy {
  const terms = Object.fromEntries(
    Object.entries(KAGOSHIMA.file.terms).filter(([name]) => !names.some((other) => other === name)),
  ) as PolicyFile1['terms'];
  return policyOf({ ...KAGOSHIMA.file, terms });
}

/** Kagoshima's terms in version 2, and some otherwise; undefined takes one away. */
export function policyOfVersion2(changed: { readonly [Term in keyof PolicyFile2['terms']]?: unknown }): Policy {
  const { prefecture, medium, outageFrom, outageTo, applicationsOpen, applicationsClose, ...others } =
    KAGOSHIMA.file.terms;
  const { pointsFrom, bankTransfersFrom, receiveBy, bankApplicationsClose: _, ...alike } = others;
  const terms: Readonly<Record<string, unknown>> = {
    ...alike,
    prefectures: [prefecture],
    media: [medium],
    outages: [{ from: outageFrom, to: outageTo }],
    points: { applicationsOpen, applicationsClose, from: pointsFrom, receiveBy },
    bank: { applicationsOpen, from: bankTransfersFrom },
    ...changed,
  };
  const stated = Object.entries(terms).filter(([, value]) => value !== undefined);
  return policyOf(policyFile2Schema.parse({ ...KAGOSHIMA.file, schemaVersion: 2, terms: Object.fromEntries(stated) }));
}

/** Those of the 24th as they are; those of the 25th extended once, to 5 April; a (B) of any other to 20 March. */
export const TWO_COHORTS = policyOfVersion2({
  originalExpiry: undefined,
  firstExtension: undefined,
  cohorts: [
    { originalExpiry: '2023-02-24', firstExtension: '2023-02-26', secondExtension: '2023-03-31' },
    { originalExpiry: '2023-02-25', secondExtension: '2023-04-05' },
  ],
  secondExtension: '2023-03-20',
});

export const evidence = (id: string): Evidence => ({ id, content: id });

/** A row number that depends on the id alone, so that equal cases look equal. */
const rowOf = (id: string): number =>
  [...id].reduce((sum, character) => sum * 31 + character.charCodeAt(0), 7) % 999_983;

interface MovementOptions {
  readonly shop?: string;
  /** What it reverses. */
  readonly of?: string;
}

function movement(
  kind: Movement['kind'],
  id: string,
  when: Instant | string,
  yen: number,
  options: MovementOptions,
): Movement {
  return {
    row: rowOf(id),
    transactionId: id,
    occurredAt: typeof when === 'string' ? at(when) : when,
    kind,
    amountYen: yen,
    merchantId: options.shop ?? '',
    relatedId: options.of ?? '',
    evidence: evidence(`tx:${id}`),
  };
}

interface PaymentOptions {
  readonly shop?: string;
  readonly undone?: true;
}

/** A completed payment, at shop M1 unless told. */
export const payment = (
  id: string,
  when: Instant | string,
  yen = 500,
  { shop = 'M1', undone }: PaymentOptions = {},
): Payment => ({
  ...movement('payment', id, when, yen, { shop }),
  kind: 'payment',
  undone: undone === true,
});

export const cancel = (id: string, when: Instant | string, yen: number, of: string): Movement =>
  movement('cancel', id, when, yen, { of });

export const reinstated = (id: string, when: Instant | string, yen: number, of = ''): Movement =>
  movement('reinstatement', id, when, yen, { of });

/** Active, with a mobile phone, unless told. */
export const account = (options: Partial<Account> = {}): Account => ({
  accountId: 'A1',
  active: true,
  couponCount: 1,
  phones: ['09012345678'],
  emails: [],
  coupons: [evidence('coupon:C1')],
  ...options,
});

interface CouponOptions {
  readonly face?: number;
  readonly issued?: string;
  /** 2023-02-24, the cohort's, unless told. */
  readonly expires?: string;
  readonly medium?: 'paper' | 'app';
  readonly prefecture?: string;
  readonly account?: Account;
  readonly payments?: readonly Payment[];
  readonly credits?: readonly Movement[];
  readonly pending?: readonly string[];
  readonly conflicting?: readonly string[];
  readonly rejected?: readonly string[];
  readonly claims?: readonly ClaimRow[];
  readonly applications?: readonly ApplicationRow[];
  readonly paid?: readonly PaidRow[];
}

/** A coupon of 2000 yen; as in the ledger, the payments among its movements are other objects than `payments`. */
export function coupon(options: CouponOptions = {}): Case {
  const payments = [...(options.payments ?? [])].sort(byTimeThenId);
  const debit = ({ kind }: Movement): number => (kind === 'payment' ? 1 : 0);
  const movements = [...payments.map(({ undone: _, ...rest }): Movement => rest), ...(options.credits ?? [])].sort(
    (a, b) => a.occurredAt - b.occurredAt || debit(a) - debit(b) || compareText(a.transactionId, b.transactionId),
  );
  const paid = options.paid ?? [];
  return {
    couponNumber: 'C1',
    medium: options.medium ?? 'paper',
    prefecture: options.prefecture ?? '46',
    faceYen: options.face ?? 2000,
    issuedAt: at(options.issued ?? '2023-02-20 10:00'),
    expiresOn: day(options.expires ?? '2023-02-24'),
    issuance: evidence('coupon:C1'),
    account: options.account,
    movements,
    payments,
    pending: (options.pending ?? []).map((id) => evidence(`tx:${id}`)),
    conflicting: (options.conflicting ?? []).map(evidence),
    rejected: (options.rejected ?? []).map((id) => evidence(`tx:${id}`)),
    claims: options.claims ?? [],
    applications: options.applications ?? [],
    paid,
    alreadyPaidYen: paid.reduce((sum, row) => sum + row.amountYen, 0),
    payoutsNamed: paid.map((row) => row.payoutId),
  };
}

const byTimeThenId = (a: Movement, b: Movement): number =>
  a.occurredAt - b.occurredAt || compareText(a.transactionId, b.transactionId);

/** The group of these very payments, and what the shop's record says of it. */
export function group(
  payments: readonly Payment[],
  support: Support,
  options: Partial<Omit<GroupRecord, 'group' | 'support'>> = {},
): GroupRecord {
  const [first] = payments;
  if (first === undefined) throw new Error('a group without payments');
  const stray = payments.find(
    (other) => other.merchantId !== first.merchantId || other.amountYen !== first.amountYen || other.undone,
  );
  if (stray !== undefined)
    throw new Error(`${stray.transactionId} is undone, or of another shop or amount than its group`);
  return {
    group: { merchantId: first.merchantId, amountYen: first.amountYen, payments: [...payments].sort(byTimeThenId) },
    support,
    writtenDown: [],
    claimant: 'no claim',
    claimedSales: [],
    nearSales: [],
    bills: [],
    ...options,
  };
}

/** Every best pairing agrees: so many payments have a sale, these are part of a combined bill, these have nothing. */
export const decided = (
  paired: number,
  unsupported: readonly Payment[] = [],
  combined: readonly Payment[] = [],
): Support => ({
  kind: 'decided',
  paired,
  combined,
  unsupported,
});

export const uncovered = (repeats: number): Support => ({ kind: 'uncovered', repeats });

export const ambiguous = (
  lowest: number,
  highest: number,
  because: Extract<Support, { kind: 'ambiguous' }>['because'] = 'pairings differ',
): Support => ({ kind: 'ambiguous', because, lowest, highest });

interface ClaimOptions {
  readonly shop?: string;
  readonly expires?: string;
  readonly prefecture?: string;
  readonly at?: Instant;
}

/** A claim that fits the coupon above and shop M1, unless told. */
export const claim = (id: string, kind: ClaimKind, options: ClaimOptions = {}): ClaimRow => ({
  disposition: 'accepted',
  file: 0,
  line: 2,
  claimId: id,
  receivedAt: options.at ?? at('2023-03-08 10:00'),
  kind,
  couponNumber: 'C1',
  expiresOn: day(options.expires ?? '2023-02-24'),
  prefecture: options.prefecture ?? '46',
  merchantId: options.shop ?? 'M1',
});

interface ApplicationOptions {
  readonly at?: Instant | string;
  readonly prefecture?: string;
  readonly name?: string;
  readonly phone?: string;
  readonly email?: string;
}

/** An application for points in time, with a mobile phone, unless told. */
export const application = (id: string, options: ApplicationOptions & Partial<ApplicationRow> = {}): ApplicationRow => {
  const { at: when = '2023-04-05 10:00', ...rest } = options;
  return {
    disposition: 'accepted',
    file: 0,
    line: 2,
    applicationId: id,
    appliedAt: typeof when === 'string' ? at(when) : when,
    couponNumber: 'C1',
    prefecture: '46',
    travelDate: undefined,
    name: '鹿児島花子',
    method: 'points',
    phone: '09011112222',
    email: '',
    bankCode: '',
    branchCode: '',
    accountType: '',
    accountNumber: '',
    accountHolderKana: '',
    ...rest,
  };
};

/** An application for a bank transfer, with details that a bank would take, unless told. */
export const bankApplication = (
  id: string,
  options: ApplicationOptions & Partial<ApplicationRow> = {},
): ApplicationRow =>
  application(id, {
    method: 'bank_transfer',
    phone: '',
    bankCode: '0185',
    branchCode: '001',
    accountType: '1',
    accountNumber: '1234567',
    accountHolderKana: 'カゴシマ ハナコ',
    ...options,
  });

export const paidRow = (id: string, yen: number, status: PaidStatus = 'sent'): PaidRow => ({
  disposition: 'accepted',
  file: 0,
  line: 2,
  payoutId: id,
  couponNumber: 'C1',
  amountYen: yen,
  sentAt: at('2023-04-03 10:00'),
  status,
});

interface FileOptions {
  readonly coupon?: Case;
  readonly groups?: readonly GroupRecord[];
  /** t2 unless told. */
  readonly asOf?: Instant;
  readonly countUnclaimed?: true;
  /** Which payments lie on a shop-day with a report; all of them unless told. */
  readonly covered?: boolean | ((payment: Payment) => boolean);
  /** Rows of the shop’s report that were set aside. */
  readonly setAside?: readonly SetAsideSale[];
  /** The policy that the claims are held against. */
  readonly policy?: Policy;
  /** What people said of claims that do not fit. */
  readonly onMismatch?: Verdict;
}

/** @throws if a group's payments are not the coupon's very own */
export function caseFile(options: FileOptions = {}): CaseFile {
  const of = options.coupon ?? coupon();
  const groups = options.groups ?? [];
  for (const { group: each } of groups) {
    const stray = each.payments.find((one) => !of.payments.includes(one));
    if (stray !== undefined) throw new Error(`${stray.transactionId} of the group is not the coupon's own object`);
  }
  const covered = options.covered ?? true;
  return {
    coupon: of,
    groups,
    claims: claimStandings(of, options.policy ?? KAGOSHIMA, lookupSaying(options.onMismatch ?? 'open')),
    isCovered: typeof covered === 'boolean' ? () => covered : covered,
    setAsideOn: () => options.setAside ?? [],
    asOf: options.asOf ?? T2,
    countUnclaimed: options.countUnclaimed === true,
  };
}

const lookupSaying =
  (verdict: Verdict): ReviewLookup =>
  (_coupon, reason) => ({ reviewId: `R-${reason}`, evidenceHash: 'hash', verdict });

// Findings of earlier rules

/** A finding without words or rows, as a rule left it. A question of it has the answer, or is open. */
export const found = (ruleId: string, finding: Partial<Finding>, verdict: Verdict = 'open'): JudgedFinding =>
  judged(ruleId, { outcome: 'met', facts: () => ({}), evidence: () => [], ...finding }, (reason) => ({
    reviewId: `R-${reason}`,
    evidenceHash: 'hash',
    verdict,
  }));

/** (A) holds, or is pending. */
export const foundA = (pending?: 'pending'): JudgedFinding =>
  found('expiry-extension', {
    ground: pending === undefined ? { id: 'A', payments: [] } : { id: 'A', payments: [], pending: true },
  });

/** A (B) ground on the group's unsupported payments, or on those named. */
export const foundB = (
  id: 'B1' | 'B2',
  record: GroupRecord,
  payments: readonly Payment[] = unsupportedOf(record),
): JudgedFinding =>
  found(id === 'B1' ? 'cash-plus-deduction' : 'double-charge', {
    group: record.group,
    ground: { id, group: record.group, payments },
  });

function unsupportedOf({ support }: GroupRecord): readonly Payment[] {
  if (support.kind === 'decided' && support.unsupported.length > 0) return support.unsupported;
  throw new Error('a group without unsupported payments gives no (B) ground');
}

interface AskedOptions extends Pick<Finding, 'group' | 'about' | 'standing'> {
  readonly ruleId?: string;
  readonly grants?: readonly GroundFound[];
}

/** A question that an earlier rule asked, with the answer. */
export function asked(reason: ReviewReason, verdict: Verdict, options: AskedOptions = {}): JudgedFinding {
  const { ruleId = 'some-rule', grants, ...about } = options;
  const question = { reason, detail: text('問', 'question'), ...(grants === undefined ? {} : { grants }) };
  return found(ruleId, { ...about, outcome: 'undetermined', question }, verdict);
}
