import { formatDate, type Instant, readableInstant } from '../../base/instants.ts';
import { mapped } from '../../base/steps.ts';
import { type Text, text } from '../../base/text.ts';
import { balanceSteps } from '../../ledger/balance.ts';
import type { Book } from '../../ledger/book.ts';
import type { Case } from '../../ledger/case.ts';
import { DrawnTill } from '../../pairing/drawn-group.ts';
import { clausesOf, type Policy } from '../../policy/policy.ts';
import { wordedBy } from '../../policy/wording.ts';
import { conclusionOn } from '../../rules/conclusions.ts';
import { deliverToOf, recipientOf } from '../../rules/destinations.ts';
import type { JudgedFinding } from '../../rules/finding.ts';
import { RULES } from '../../rules/index.ts';
import type { Resources } from '../../run/read-run-inputs.ts';
import { openAskedRun } from '../../run/settle-asked.ts';
import { inTurns, mayEnd, wholeInTurns } from '../../run/turns.ts';
import { byCoupon } from '../../settlement/outcome.ts';
import type { Payout } from '../../settlement/payouts.ts';
import type { ReviewItem, Settlement } from '../../settlement/settlement.ts';
import type { Absent, CouponIndex } from '../../tables/pool-index.ts';
import { ABSENT, type DecisionRow } from '../../tables/tables.ts';
import { isThere } from '../record/files.ts';
import { KeptContents } from '../record/kept-contents.ts';
import { filesCalled, type Originals, originalAmong } from '../record/originals.ts';
import { placesOf } from '../record/places.ts';
import { archivedPath, type Gathered, gatherRun, isKept } from '../record/re-execute.ts';
import type { Manifest } from '../record/run-record.ts';
import { answerOn } from './answer-words.ts';
import { couponNumberOf, type Known } from './asked-coupons.ts';
import { type CashClaims, cashClaims } from './cash-claims.ts';
import { explainMerchants, type MerchantSources, needsClaims } from './explain-merchant.ts';
import type { ExplainedFinding, ExplainedMerchant, Explanation, Row } from './explanation.ts';
import { groundsOn } from './ground-words.ts';
import { answerWithoutCase, issuedRows, whyNoCase } from './no-case.ts';
import { decisionsTaken, explainDecisions, missingFor } from './open-questions.ts';
import { type OwnRows, publishedOtherwise } from './own-rows.ts';
import { type EarlierPayment, earlierPayments, shownPayment } from './payment-history.ts';
import { routeLines } from './route-lines.ts';
import type { Deciding } from './spoken-words.ts';

/** An input that cannot be had as the run read it, and whether something else is in its place. */
export interface LostInput {
  readonly name: string;
  readonly altered: boolean;
}

export type ExplainInputs =
  /** With the inputs that were read from where they lie, for the run keeps none; by their paths. */
  { readonly gathered: Gathered; readonly originals: readonly string[] } | { readonly lost: readonly LostInput[] };

/**
 * Reads a run's inputs again, from its archive, or the original ones: only what has the content that the run has read. So
 * it is no matter where an original is found.
 *
 * @throws DamagedRun if what it carried over is not what it was
 */
export async function openForExplaining(
  folder: string,
  manifest: Manifest,
  places: Originals,
  resources: Resources = {},
): Promise<ExplainInputs> {
  const paths: string[] = [];
  const originals: string[] = [];
  const lost: LostInput[] = [];
  const contents = new KeptContents(resources.signal);
  for (const input of manifest.inputs) {
    const kept = manifest.options.archive ? archivedPath(folder, input) : undefined;
    if (kept !== undefined && (await isKept(kept, input, resources.signal))) {
      paths.push(kept);
      continue;
    }
    const there = filesCalled(input, places);
    const original = (await originalAmong(there, input, contents))?.path;
    if (original === undefined)
      lost.push({ name: input.name, altered: kept === undefined ? there.length > 0 : isThere(kept) });
    else {
      paths.push(original);
      originals.push(original);
    }
  }
  return lost.length > 0 ? { lost } : { gathered: await gatherRun(folder, manifest, resources, paths), originals };
}

/** What a run has made and paid, for looking up whom a payout id or a contact means. */
export const knownTo = ({ tables, carried }: Gathered, published: Pick<Known, 'payouts' | 'isListed'>): Known => ({
  tables,
  carried: carried ?? [],
  ...published,
});

/** Whether contacts, and who decided and why, are shown; an account's own number always is. */
export type Contacts = 'shown' | 'masked';

/** How coupons are explained. */
export interface Explaining {
  readonly countUnclaimed: boolean;
  readonly requireSecond?: boolean;
  readonly contacts: Contacts;
  /** What the run has published of them, to be held against what comes out. */
  readonly own?: OwnRows;
  readonly signal?: AbortSignal;
}

/**
 * Explains each coupon of a run. All are settled once, as the run did, for what stands in one payout; of every rule's
 * findings only those are kept that are asked for.
 */
export async function explainCoupons(
  gathered: Gathered,
  coupons: readonly string[],
  { countUnclaimed, requireSecond = false, contacts, own, signal }: Explaining,
): Promise<readonly Explanation[]> {
  const { tables, asOf } = gathered;
  const decided = decisionsTaken(tables);
  const asked = await openAskedRun({ ...gathered, countUnclaimed, requireSecond }, signal);
  const { book, record } = asked;
  const places = placesOf(tables);
  const rowOf = (id: string): Row => ({ id, where: places(id) });
  const tillOf = lastOf((merchant: number) => new DrawnTill(record.tillOf(merchant), book.policy.terms));
  const claims = once(async () => cashClaims(listed(await asked.claimed(signal))));
  const sources = { book, contacts, asOf, decided, tillOf, setAsideOn: record.setAsideOn, claims: NO_CLAIMS, rowOf };
  const numbers = coupons.map(couponNumberOf);
  const { payouts, listed: settledOnce } = await asked.settleOnce(new Set(numbers), signal);
  const cases = numbers.map((number) => tables.coupons.find(number)).filter((coupon) => isCase(coupon, book));
  const settled = await asked.casesOf([...new Set(cases)], signal);
  const explain = async (couponNumber: string): Promise<Explanation> => {
    const coupon = tables.coupons.find(couponNumber);
    const settlement = coupon === ABSENT ? undefined : asToldOf(settled.get(coupon), settledOnce.get(couponNumber));
    const payout = payouts.find(({ coupons: together }) => together.includes(couponNumber));
    const workedOut = { settlement: settlement ?? settledOnce.get(couponNumber), payout };
    const otherwise = own === undefined ? [] : shownCells(publishedOtherwise(couponNumber, own, workedOut), contacts);
    if (coupon === ABSENT || settlement === undefined) {
      const withoutCase = explainWithoutCase(couponNumber, workedOut.settlement, sources);
      return { ...withoutCase, publishedOtherwise: otherwise };
    }
    const payments = earlierPayments(couponNumber, tables, gathered.carried ?? [], asOf);
    const known = needsClaims(settlement) ? { ...sources, claims: await claims() } : sources;
    const shops: ExplainedMerchant[] = [];
    const take = (shop: ExplainedMerchant): void => {
      shops.push(shop);
    };
    await inTurns(explainMerchants(settlement, book, known), take, () => mayEnd(signal));
    const steps = explainCase(book.caseOf(coupon), { settlement, payout, payments, shops }, known);
    return { ...(await wholeInTurns(steps, () => mayEnd(signal))), publishedOtherwise: otherwise };
  };
  const explanations: Explanation[] = [];
  for (const couponNumber of numbers) {
    await mayEnd(signal);
    explanations.push(await explain(couponNumber));
  }
  return explanations;
}

/** What a cap a person cuts is known only beside all coupons of the person: that is how the run tells it. */
const asToldOf = (asked: Settlement | undefined, once: Settlement | undefined): Settlement | undefined =>
  asked === undefined || once?.amounts?.cutYen === undefined ? asked : { ...once, findings: asked.findings };

const isCase = (coupon: CouponIndex | Absent, { scope }: Book): coupon is CouponIndex =>
  coupon !== ABSENT && scope.isCase(coupon);

/** In the order in which a run lists them, and as every case with a claim it lists these. */
const listed = (settlements: ReadonlyMap<number, Settlement>): readonly Settlement[] =>
  [...settlements.values()].sort(byCoupon);

/** The groups of a coupon follow each other by their shops: a shop's till is made once for all of them. */
function lastOf<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  let last: { readonly key: Key; readonly value: Value } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, value: make(key) };
    return last.value;
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** What every explanation of a run is made from. */
interface Sources extends MerchantSources {
  readonly book: Book;
  readonly contacts: Contacts;
  readonly asOf: Instant;
  readonly decided: ReadonlyMap<string, readonly DecisionRow[]>;
}

/** What has come of a case. */
interface SettledCase {
  readonly settlement: Settlement;
  readonly payout: Payout | undefined;
  readonly payments: readonly EarlierPayment[];
  readonly shops: readonly ExplainedMerchant[];
}

const NO_CLAIMS: CashClaims = () => [];

/** In steps: a coupon may have very many movements and findings. */
function* explainCase(
  facts: Case,
  { settlement, payout, payments, shops }: SettledCase,
  sources: Sources,
): Generator<undefined, Omit<Explanation, 'publishedOtherwise'>> {
  const { book, rowOf } = sources;
  const { policy } = book;
  const { amounts } = settlement;
  if (amounts === undefined) throw new Error('a case without amounts');
  const beside = besideFindings(settlement, rowOf);
  yield undefined;
  const shared = common(settlement, sources);
  yield undefined;
  const answer = answerOn({ ...decidingOn(facts, settlement, sources), facts, amounts, payments, payout });
  yield undefined;
  const because = groundsOn(facts, settlement, { terms: policy.terms, asOf: sources.asOf });
  yield undefined;
  return {
    ...shared,
    noCase: null,
    answer,
    because,
    payout: payout === undefined ? null : shownPayout(payout),
    payments: payments.map((payment) => shownPayment(payment, rowOf)),
    issuance: [rowOf(facts.issuance.id)],
    balance: yield* mapped(balanceSteps(facts), ({ movement, balanceYen }) => ({
      at: readableInstant(movement.occurredAt),
      kind: movement.kind,
      amountYen: movement.amountYen,
      merchantId: movement.merchantId,
      balanceYen,
      row: rowOf(movement.evidence.id),
    })),
    shops,
    rules: yield* explainRules(settlement, policy, beside),
    routes: routeLines(facts, settlement, policy.terms, rowOf),
  };
}

function* explainRules(
  { findings }: Settlement,
  policy: Policy,
  beside: Beside,
): Generator<undefined, Explanation['rules']> {
  const says: ReadonlyMap<string, Text> = new Map(clausesOf(policy).map((clause) => [clause.id, clause.says]));
  const rules: Explanation['rules'][number][] = [];
  for (const rule of RULES) {
    const own = findings.filter((finding) => finding.ruleId === rule.id);
    rules.push({
      id: rule.id,
      title: rule.title,
      clauses: rule.clauses.map((id) => ({ id, says: says.get(id) ?? text('', '') })),
      reading: wordedBy(policy.terms, rule.reading),
      findings: yield* mapped(own, (finding) => explainFinding(finding, beside)),
    });
  }
  return rules;
}

const decidingOn = (
  facts: Case | undefined,
  settlement: Settlement,
  { book, asOf, decided, contacts }: Sources,
): Deciding => ({ facts, settlement, terms: book.policy.terms, asOf, decided, namesDecider: contacts === 'shown' });

const shownPayout = ({ payoutId, coupons, amountYen, notBefore, receiveBy }: Payout): Explanation['payout'] => ({
  payoutId,
  coupons,
  amountYen,
  notBefore: formatDate(notBefore),
  receiveBy: receiveBy === undefined ? '' : formatDate(receiveBy),
});

/** What a finding is explained beside: looked up, for a coupon may have as many findings as rows. */
interface Beside {
  readonly findings: readonly JudgedFinding[];
  readonly placeOf: ReadonlyMap<JudgedFinding, number>;
  readonly askedBy: ReadonlyMap<string, ReviewItem>;
  readonly rowOf: (id: string) => Row;
}

function besideFindings({ findings, items }: Settlement, rowOf: (id: string) => Row): Beside {
  const askedBy = new Map<string, ReviewItem>();
  for (const item of items) if (!askedBy.has(item.reviewId)) askedBy.set(item.reviewId, item);
  return { findings, placeOf: new Map(findings.map((finding, place) => [finding, place])), askedBy, rowOf };
}

function explainFinding(finding: JudgedFinding, beside: Beside): ExplainedFinding {
  const { askedBy, rowOf } = beside;
  const asked = finding.item === undefined ? undefined : askedBy.get(finding.item.reviewId);
  const settledBy = settledBefore(finding, beside);
  const { question } = finding;
  return {
    outcome: finding.outcome,
    about: finding.about ?? null,
    seen: finding.facts,
    missing: finding.missing,
    rows: [...new Set(finding.evidence.map(({ id }) => id))].sort().map(rowOf),
    question:
      question === undefined || asked === undefined || settledBy !== null
        ? null
        : { reason: question.reason, detail: question.detail, reviewId: asked.reviewId, verdict: asked.verdict },
    settledBy,
    putBack: settledBy === null ? (finding.ground?.payments ?? []).map(({ evidence }) => rowOf(evidence.id)) : [],
  };
}

/** The rule before it that has concluded on the same payments. */
function settledBefore(finding: JudgedFinding, { findings, placeOf }: Beside): string | null {
  if (finding.group === undefined) return null;
  const conclusion = conclusionOn(finding.group, findings);
  if (conclusion === undefined || (placeOf.get(conclusion) ?? 0) >= (placeOf.get(finding) ?? 0)) return null;
  return conclusion.ruleId;
}

/** Only what the outputs show: a settlement may know more. */
function amountsOf(amounts: Settlement['amounts']): Explanation['amounts'] {
  if (amounts === undefined) return null;
  const { faceYen, validUntil, residualYen, reinstateYen, alreadyPaidYen, payableYen, cutYen } = amounts;
  const cut = cutYen === undefined ? {} : { cutYen };
  return { faceYen, validUntil, residualYen, reinstateYen, alreadyPaidYen, payableYen, ...cut };
}

/** What is said of every coupon that a run has settled, case or not. */
type CommonPart = Omit<
  Explanation,
  | ('noCase' | 'answer' | 'because' | 'issuance' | 'balance' | 'shops' | 'rules' | 'routes')
  | ('payout' | 'payments' | 'publishedOtherwise')
>;

function common(settlement: Settlement, { book, asOf, decided, contacts, rowOf }: Sources): CommonPart {
  const { destination } = settlement;
  const decisions = explainDecisions(settlement, decided, rowOf);
  const shown = contacts === 'shown' ? (contact: string) => contact : masked;
  return {
    couponNumber: settlement.couponNumber,
    status: settlement.listed ? settlement.status : '',
    grounds: settlement.grounds,
    amounts: amountsOf(settlement.amounts),
    route: settlement.route ?? '',
    recipient: destination === undefined ? '' : recipientOf(destination, shown),
    deliverTo: destination === undefined ? '' : shown(deliverToOf(destination)),
    reasons: settlement.reasons,
    validUntil: settlement.amounts === undefined ? '' : formatDate(settlement.amounts.validUntil),
    evidence: settlement.evidence.map(rowOf),
    decisions: contacts === 'shown' ? decisions : decisions.map((each) => ({ ...each, decidedBy: '', note: '' })),
    missing: missingFor(settlement, { terms: book.policy.terms, asOf }),
  };
}

/** Columns of payouts.csv that say where money goes. */
const CONTACT_COLUMNS: ReadonlySet<string> = new Set(['recipient', 'deliver_to']);

const shownCells = (cells: Explanation['publishedOtherwise'], contacts: Contacts): Explanation['publishedOtherwise'] =>
  contacts === 'shown'
    ? cells
    : cells.map((cell) =>
        CONTACT_COLUMNS.has(cell.column)
          ? { ...cell, published: masked(cell.published), workedOut: masked(cell.workedOut) }
          : cell,
      );

/** A contact or an account, but for its last two characters. */
const masked = (contact: string): string => '*'.repeat(Math.max(0, contact.length - 2)) + contact.slice(-2);

const nothingSettled = (couponNumber: string): CommonPart => ({
  couponNumber,
  status: '',
  grounds: [],
  amounts: null,
  route: '',
  recipient: '',
  deliverTo: '',
  reasons: [],
  validUntil: '',
  evidence: [],
  decisions: [],
  missing: [],
});

/** A coupon that is judged by no rule: what is known of it, and why. */
function explainWithoutCase(
  couponNumber: string,
  settlement: Settlement | undefined,
  sources: Sources,
): Omit<Explanation, 'publishedOtherwise'> {
  const { tables, policy } = sources.book;
  const noCase = whyNoCase(tables, couponNumber, policy.terms, sources.asOf);
  const deciding = settlement === undefined ? undefined : decidingOn(undefined, settlement, sources);
  return {
    ...(settlement === undefined ? nothingSettled(couponNumber) : common(settlement, sources)),
    noCase: noCase.says,
    answer: answerWithoutCase(noCase, deciding),
    because: [],
    issuance: issuedRows(tables, couponNumber).length === 0 ? [] : [sources.rowOf(`coupon:${couponNumber}`)],
    balance: [],
    shops: [],
    rules: [],
    routes: [],
    payout: null,
    payments: [],
  };
}
