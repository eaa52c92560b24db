import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ABSENT, type Tables } from '../intake/tables.ts';
import { readCouponNumber } from '../intake/values.ts';
import { balanceSteps } from '../ledger/balance.ts';
import { type Book, openBook } from '../ledger/book.ts';
import type { Case } from '../ledger/case.ts';
import { type Shop, shopRecord } from '../pairing/shop-record.ts';
import { CLAUSES } from '../policy/clauses.ts';
import { formatDate, readableInstant } from '../policy/instants.ts';
import { withTerms } from '../policy/policy.ts';
import { text } from '../policy/text.ts';
import { sha256 } from '../publish/hash.ts';
import { conclusionOn } from '../rules/conclusions.ts';
import { RULES } from '../rules/index.ts';
import type { JudgedFinding } from '../rules/rule.ts';
import { settleCaseOf } from '../settlement/settle.ts';
import type { Settlement } from '../settlement/settlement.ts';
import { answerOn, answerOnStranger } from './answer-words.ts';
import { type CashClaim, cashClaims } from './cash-claims.ts';
import { explainShops } from './explain-shop.ts';
import type { ExplainedFinding, Explanation, Row } from './explanation.ts';
import { issuedRows, whyNoCase } from './no-case.ts';
import { explainDecisions, missingFor } from './open-questions.ts';
import { placesOf } from './places.ts';
import { type Repeated, repeatRun } from './re-execute.ts';
import { routeLines } from './route-lines.ts';
import { hashOfFile, type Manifest } from './run-record.ts';

export type ExplainInputs = { readonly repeated: Repeated } | { readonly missing: readonly string[] };

/** Reads a run again, from its archive, or from the original inputs where their hashes still fit. */
export async function openForExplaining(
  folder: string,
  manifest: Manifest,
  originals: string | undefined,
): Promise<ExplainInputs> {
  if (manifest.options.archive) return { repeated: await repeatRun(folder, manifest) };
  const paths = manifest.inputs.map((input) => join(originals ?? '.', input.name));
  const missing = manifest.inputs.filter((input, index) => {
    const path = paths[index] ?? '';
    return !existsSync(path) || hashOfFile(path) !== input.sha256;
  });
  if (missing.length > 0) return { missing: missing.map((input) => input.name) };
  return { repeated: await repeatRun(folder, manifest, paths) };
}

/** Explains each coupon of a run. */
export function explainCoupons(
  repeated: Repeated,
  countUnclaimed: boolean,
  coupons: readonly string[],
): readonly Explanation[] {
  const { tables, policy, asOf, outcome } = repeated;
  const places = placesOf(tables);
  const rowOf = (id: string): Row => ({ id, where: places(id) });
  const book = openBook(tables, policy, asOf);
  const record = once(() => shopRecord(book));
  const shopOf = (merchant: number): Shop => record().shopOf(merchant);
  const claims = once(() => cashClaims(outcome.settlements));
  return coupons.map((written) => {
    const read = readCouponNumber(written);
    const couponNumber = 'value' in read ? read.value : written;
    const coupon = tables.coupons.find(couponNumber);
    const settled = outcome.settlements.find((each) => each.couponNumber === couponNumber);
    if (coupon === ABSENT || !book.scope.isCase(coupon)) return explainStranger(couponNumber, settled, repeated, rowOf);
    const request = { tables, policy, asOf, countUnclaimed, digest: sha256 };
    const payout = outcome.payouts.find(({ coupons: together }) => together.includes(couponNumber));
    return {
      ...explainCase(book.caseOf(coupon), settled ?? settleCaseOf(request, coupon), { book, shopOf, claims, rowOf }),
      payout: payout === undefined ? null : { payoutId: payout.payoutId, coupons: payout.coupons },
    };
  });
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** What every explanation of a run is made from. */
interface Sources {
  readonly book: Book;
  readonly shopOf: (merchant: number) => Shop;
  readonly claims: () => readonly CashClaim[];
  readonly rowOf: (id: string) => Row;
}

function explainCase(
  facts: Case,
  settlement: Settlement,
  { book, shopOf, claims, rowOf }: Sources,
): Omit<Explanation, 'payout'> {
  const { policy, tables } = book;
  return {
    ...common(settlement, tables, rowOf),
    noCase: null,
    answer: answerOn(facts, settlement, policy.terms),
    issuance: [rowOf(facts.issuance.id)],
    balance: balanceSteps(facts).map(({ movement, balanceYen }) => ({
      at: readableInstant(movement.occurredAt),
      kind: movement.kind,
      amountYen: movement.amountYen,
      merchantId: movement.merchantId,
      balanceYen,
      row: rowOf(movement.evidence.id),
    })),
    shops: explainShops(settlement, book, shopOf, claims, rowOf),
    rules: RULES.map((rule) => ({
      id: rule.id,
      title: rule.title,
      clauses: rule.clauses.map((id) => ({
        id,
        says: withTerms(CLAUSES.find((clause) => clause.id === id)?.says ?? text('', ''), policy),
      })),
      reading: rule.reading,
      findings: settlement.findings
        .filter((finding) => finding.ruleId === rule.id)
        .map((finding) => explainFinding(finding, settlement, rowOf)),
    })),
    routes: routeLines(facts, settlement, rowOf),
  };
}

function explainFinding(finding: JudgedFinding, settlement: Settlement, rowOf: (id: string) => Row): ExplainedFinding {
  const asked = settlement.items.find((item) => item.reviewId === finding.item?.reviewId);
  const settledBy = settledBefore(finding, settlement.findings);
  const { question } = finding;
  return {
    outcome: finding.outcome,
    about: finding.about ?? null,
    seen: finding.seen,
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
function settledBefore(finding: JudgedFinding, findings: readonly JudgedFinding[]): string | null {
  if (finding.group === undefined) return null;
  const conclusion = conclusionOn(finding.group, findings);
  if (conclusion === undefined || findings.indexOf(conclusion) >= findings.indexOf(finding)) return null;
  return conclusion.ruleId;
}

/** Only what the outputs show: a settlement may know more. */
function amountsOf(amounts: Settlement['amounts']): Explanation['amounts'] {
  if (amounts === undefined) return null;
  const { faceYen, validUntil, residualYen, reinstateYen, alreadyPaidYen, payableYen } = amounts;
  return { faceYen, validUntil, residualYen, reinstateYen, alreadyPaidYen, payableYen };
}

/** What is said of every coupon that a run has settled, case or not. */
type Outcome = Omit<
  Explanation,
  'noCase' | 'answer' | 'issuance' | 'balance' | 'shops' | 'rules' | 'routes' | 'payout'
>;

const common = (settlement: Settlement, tables: Tables, rowOf: (id: string) => Row): Outcome => ({
  couponNumber: settlement.couponNumber,
  status: settlement.listed ? settlement.status : '',
  grounds: settlement.grounds,
  amounts: amountsOf(settlement.amounts),
  route: settlement.route ?? '',
  recipient: settlement.recipient,
  deliverTo: settlement.deliverTo,
  reasons: settlement.reasons,
  validUntil: settlement.amounts === undefined ? '' : formatDate(settlement.amounts.validUntil),
  evidence: settlement.evidence.map(rowOf),
  decisions: explainDecisions(settlement, tables, rowOf),
  missing: missingFor(settlement),
});

const nothingSettled = (couponNumber: string): Outcome => ({
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
function explainStranger(
  couponNumber: string,
  settlement: Settlement | undefined,
  { tables, policy }: Repeated,
  rowOf: (id: string) => Row,
): Explanation {
  const noCase = whyNoCase(tables, couponNumber, policy.terms);
  return {
    ...(settlement === undefined ? nothingSettled(couponNumber) : common(settlement, tables, rowOf)),
    noCase,
    answer: answerOnStranger(noCase, settlement),
    issuance: issuedRows(tables, couponNumber).length === 0 ? [] : [rowOf(`coupon:${couponNumber}`)],
    balance: [],
    shops: [],
    rules: [],
    routes: [],
    payout: null,
  };
}
