import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ABSENT, DISPOSITIONS, type InputFile, type Tables } from '../intake/tables.ts';
import { readCouponNumber } from '../intake/values.ts';
import { balanceSteps } from '../ledger/balance.ts';
import { openBook } from '../ledger/book.ts';
import type { Case } from '../ledger/case.ts';
import { CLAUSES } from '../policy/clauses.ts';
import { formatDate, readableInstant } from '../policy/instants.ts';
import { withTerms } from '../policy/policy.ts';
import { type Text, text } from '../policy/text.ts';
import { sha256 } from '../publish/hash.ts';
import { RULES } from '../rules/index.ts';
import type { JudgedFinding } from '../rules/rule.ts';
import { settleCaseOf } from '../settlement/settle.ts';
import type { Settlement } from '../settlement/settlement.ts';
import type { ExplainedFinding, Explanation, Row } from './explanation.ts';
import { type Repeated, repeatRun } from './re-execute.ts';
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
  manifest: Manifest,
  coupons: readonly string[],
): readonly Explanation[] {
  const places = placesOf(repeated.tables);
  const book = openBook(repeated.tables, repeated.policy, repeated.asOf);
  return coupons.map((written) => {
    const read = readCouponNumber(written);
    const couponNumber = 'value' in read ? read.value : written;
    const coupon = repeated.tables.coupons.find(couponNumber);
    const rowOf = (id: string): Row => ({ id, where: places(id) });
    if (coupon === ABSENT || !book.scope.isCase(coupon)) return explainStranger(couponNumber, repeated, rowOf);
    const facts = book.caseOf(coupon);
    const settlement =
      repeated.outcome.settlements.find((each) => each.couponNumber === couponNumber) ??
      settleCaseOf({ ...repeated, countUnclaimed: manifest.options.countUnclaimed, digest: sha256 }, coupon);
    return explainCase(facts, settlement, repeated, rowOf);
  });
}

function explainCase(
  facts: Case,
  settlement: Settlement,
  { policy }: Repeated,
  rowOf: (id: string) => Row,
): Explanation {
  return {
    ...common(settlement, rowOf),
    noCase: null,
    issuance: [rowOf(facts.issuance.id)],
    balance: balanceSteps(facts).map(({ movement, balanceYen }) => ({
      at: readableInstant(movement.occurredAt),
      kind: movement.kind,
      amountYen: movement.amountYen,
      merchantId: movement.merchantId,
      balanceYen,
      row: rowOf(movement.evidence.id),
    })),
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
  };
}

const explainFinding = (
  finding: JudgedFinding,
  settlement: Settlement,
  rowOf: (id: string) => Row,
): ExplainedFinding => ({
  outcome: finding.outcome,
  about: finding.about ?? null,
  seen: finding.seen,
  missing: finding.missing,
  rows: [...new Set(finding.evidence.map(({ id }) => id))].sort().map(rowOf),
  question:
    finding.question === undefined || !settlement.items.some((item) => item.reviewId === finding.item?.reviewId)
      ? null
      : {
          reason: finding.question.reason,
          detail: finding.question.detail,
          reviewId: finding.item?.reviewId ?? '',
          verdict: finding.item?.verdict ?? 'open',
        },
});

/** Only what the outputs show: a settlement may know more. */
function amountsOf(amounts: Settlement['amounts']): Explanation['amounts'] {
  if (amounts === undefined) return null;
  const { faceYen, validUntil, residualYen, reinstateYen, alreadyPaidYen, payableYen } = amounts;
  return { faceYen, validUntil, residualYen, reinstateYen, alreadyPaidYen, payableYen };
}

/** What the outputs say of a coupon. */
type Outcome = Omit<Explanation, 'noCase' | 'issuance' | 'balance' | 'rules'>;

const common = (settlement: Settlement, rowOf: (id: string) => Row): Outcome => ({
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
});

/** A coupon that is judged by no rule: what is known of it, and why. */
function explainStranger(couponNumber: string, { tables, outcome }: Repeated, rowOf: (id: string) => Row): Explanation {
  const settlement = outcome.settlements.find((each) => each.couponNumber === couponNumber);
  const dispositions = issuanceDispositions(tables, couponNumber);
  const why = whyNoCase(dispositions, settlement !== undefined);
  const empty: Outcome = {
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
  };
  const issuance = dispositions.length === 0 ? [] : [rowOf(`coupon:${couponNumber}`)];
  return {
    ...empty,
    ...(settlement === undefined ? {} : common(settlement, rowOf)),
    noCase: why,
    issuance,
    balance: [],
    rules: [],
  };
}

function issuanceDispositions({ issuance, coupons }: Tables, couponNumber: string): readonly string[] {
  const coupon = coupons.find(couponNumber);
  const found: string[] = [];
  for (let row = 0; row < issuance.rows; row++) {
    if (issuance.coupon[row] === coupon) found.push(DISPOSITIONS[issuance.disposition[row] ?? 0] ?? '');
  }
  return found;
}

function whyNoCase(dispositions: readonly string[], listed: boolean): Text {
  if (dispositions.length === 0) {
    return text(
      '発行データにこの番号がない。番号の誤りか、発行データの漏れを確かめる',
      'no issuance row has this number; check the number, or whether the export is complete',
    );
  }
  if (dispositions.includes('conflicting'))
    return text(
      '発行データの行が矛盾しているため、判定していない',
      'its issuance rows contradict each other, so nothing is judged',
    );
  if (dispositions.includes('out_of_scope'))
    return text(
      'この事業の都道府県・媒体のクーポンではない',
      'it is not of this programme\u2019s prefecture and medium',
    );
  if (dispositions.includes('after_as_of'))
    return text('基準時刻にはまだ発行されていない', 'it was not yet issued at the as-of');
  if (listed) return text('判定の対象ではない', 'it is not judged');
  return text(
    '有効期限が障害の日でなく、障害中の決済も、申出・申請・支払いもない',
    'it did not expire on the day of the outage, made no payment during it, and no claim, application or payout names it',
  );
}

/** Where every row that evidence can name stands. */
function placesOf(tables: Tables): (id: string) => readonly string[] {
  const index = new Map<string, string[]>();
  const add = (prefix: string, id: string, file: number, line: number) => {
    const key = `${prefix}:${id.replace(/\s/g, '%20')}`;
    const name = (tables.files[file] as InputFile | undefined)?.name;
    const place = name === undefined ? '(previous run)' : `${name}:${line}`;
    const list = index.get(key);
    if (list === undefined) index.set(key, [place]);
    else list.push(place);
  };
  const { issuance, transactions, sales } = tables;
  for (let row = 0; row < issuance.rows; row++)
    add('coupon', tables.coupons.textOf(issuance.coupon[row] ?? 0), issuance.file[row] ?? 0, issuance.line[row] ?? 0);
  for (let row = 0; row < transactions.rows; row++)
    add(
      'tx',
      tables.transactionIds.textOf(transactions.transaction[row] ?? 0),
      transactions.file[row] ?? 0,
      transactions.line[row] ?? 0,
    );
  for (let row = 0; row < sales.rows; row++)
    add('sale', tables.reports.textOf(sales.report[row] ?? 0), sales.file[row] ?? 0, sales.line[row] ?? 0);
  for (const row of tables.claims) add('claim', row.claimId, row.file, row.line);
  for (const row of tables.applications) add('application', row.applicationId, row.file, row.line);
  for (const row of tables.paid) add('paid', row.payoutId, row.file, row.line);
  for (const row of tables.rejects) if (row.kind === 'transactions') add('tx', row.rowId ?? '?', row.file, row.line);
  return (id) => index.get(id) ?? [];
}
