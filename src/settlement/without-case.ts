import { grouped } from '../base/figures.ts';
import { mapped } from '../base/steps.ts';
import { compareText, type Text, text } from '../base/text.ts';
import type { Book } from '../ledger/book.ts';
import type { Evidence } from '../ledger/case.ts';
import type { IdForm, ReviewLookup } from '../ledger/decisions.ts';
import { applicationEvidence, claimEvidence } from '../ledger/evidence.ts';
import { shownUnlessPersonal } from '../policy/personal-data.ts';
import { isUnanswered, type ReasonCode } from '../policy/vocabulary.ts';
import type { CouponIndex } from '../tables/pool-index.ts';
import { CONFLICTING } from '../tables/tables.ts';
import { distinctInSteps, happeningsIn, sortedIds } from './settle-case.ts';
import type { ReviewItem, Settlement } from './settlement.ts';

/**
 * Coupons that are no case: unknown ones, those of another programme that somebody asks about, and those whose issuance
 * rows contradict each other (3-rules.md §2, §5, §8). Undefined: none yet, for one may be asked of by very many rows.
 */
export function* settleWithoutCase(
  book: Book,
  reviewLookup: ReviewLookup,
  idForm: IdForm | undefined,
): Iterable<Settlement | undefined> {
  const asked = askedCoupons(book);
  yield* contradictory(book, reviewLookup);
  for (const couponNumber of asked) {
    if (!book.scope.isOutOfScope(couponNumber)) continue;
    yield yield* settlementWithoutCase({
      couponNumber,
      listed: true,
      status: 'not_eligible',
      reasons: ['OUT_OF_SCOPE'],
      items: [],
      evidence: yield* asking(book, couponNumber),
    });
  }
  const unknown = yield* unknownItems(book, reviewLookup, asked, idForm);
  for (const [couponNumber, items] of unknown) {
    const open = items.some(({ verdict }) => isUnanswered(verdict));
    const shown = shownNumber(couponNumber, items);
    yield yield* settlementWithoutCase({
      couponNumber: shown,
      listed: asked.has(couponNumber),
      status: open ? 'in_review' : 'not_eligible',
      reasons: ['UNKNOWN_COUPON'],
      items: items.map((each) => ({ ...each, couponNumber: shown })),
      evidence: yield* asking(book, couponNumber),
    });
  }
}

/** Somebody wrote a telephone number, or a name, where the coupon\u2019s was asked for: its shape is shown, and the row that says it. */
function shownNumber(couponNumber: string, items: readonly ReviewItem[]): string {
  const shown = shownUnlessPersonal(couponNumber);
  if (shown === couponNumber) return shown;
  const [row] = items.flatMap(({ evidence }) => evidence).sort(compareText);
  return `${shown} ${row ?? ''}`.trimEnd();
}

/** Coupons that a standing claim or application names. */
function askedCoupons({ tables, isOwn }: Book): ReadonlySet<string> {
  const standing = [...tables.claims, ...tables.applications].filter((row) => row.disposition === 'accepted');
  const asked = new Set(standing.map((row) => row.couponNumber));
  return new Set([...asked].filter((couponNumber) => isOwn(tables.coupons.find(couponNumber))));
}

/** In steps: very many may ask of one coupon. */
function* asking(book: Book, couponNumber: string): Generator<undefined, readonly Evidence[]> {
  const claims = yield* mapped(book.claimsOn(couponNumber), claimEvidence);
  const applications = yield* mapped(book.applicationsOn(couponNumber), applicationEvidence);
  return [...claims, ...applications];
}

function* unknownItems(
  book: Book,
  reviewLookup: ReviewLookup,
  asked: ReadonlySet<string>,
  idForm: IdForm | undefined,
): Generator<undefined, ReadonlyMap<string, readonly ReviewItem[]>> {
  const items = new Map<string, ReviewItem[]>();
  const add = (couponNumber: string, evidence: Evidence, stakeYen: number, detail: Text) => {
    const list = items.get(couponNumber) ?? [];
    const shown = idForm === 'with contacts' ? couponNumber : shownUnlessPersonal(couponNumber);
    list.push(item(reviewLookup, { couponNumber: shown, reason: 'UNKNOWN_COUPON', stakeYen, detail }, [evidence]));
    items.set(couponNumber, list);
  };
  for (const couponNumber of asked) {
    if (book.scope.isKnown(couponNumber)) continue;
    for (const evidence of yield* asking(book, couponNumber)) {
      yield undefined;
      const { ja, en } = nearly(book, couponNumber);
      add(
        couponNumber,
        evidence,
        0,
        text(`${evidence.id} の番号は発行記録にない${ja}`, `${evidence.id} names a number that was never issued${en}`),
      );
    }
  }
  const { transactions, coupons } = book.tables;
  for (const row of book.scope.unknownPayments) {
    yield undefined;
    const yen = transactions.amountYen[row] ?? 0;
    const couponNumber = coupons.textOf(transactions.coupon[row] as CouponIndex);
    const { ja, en } = nearly(book, couponNumber);
    add(
      couponNumber,
      book.evidence.transaction(row),
      yen,
      text(
        `障害中の決済 ${grouped(yen)}円の番号は発行記録にない${ja}`,
        `a payment of ${grouped(yen)} yen during the outage on a number that was never issued${en}`,
      ),
    );
  }
  return items;
}

/** What somebody who wrote the number otherwise most likely means. */
function nearly({ tables }: Book, couponNumber: string): Text {
  const nearest = tables.nearestIssued(couponNumber);
  return nearest === undefined ? text('', '') : text(`(似た番号 ${nearest} がある)`, ` (${nearest} was)`);
}

function* contradictory(book: Book, reviewLookup: ReviewLookup): Iterable<Settlement | undefined> {
  const { tables, scope, evidence } = book;
  const wanted = new Map<CouponIndex, Evidence[]>(scope.contradictory.map((coupon) => [coupon, []]));
  for (let row = 0; row < tables.issuance.rows && wanted.size > 0; row++) {
    if (tables.issuance.disposition[row] === CONFLICTING)
      wanted.get(tables.issuance.coupon[row] as CouponIndex)?.push(evidence.issuance(row));
  }
  for (const [coupon, rows] of wanted) {
    const couponNumber = tables.coupons.textOf(coupon);
    const detail = text('発行データの行が矛盾している', 'the issuance rows contradict each other');
    const asked = item(reviewLookup, { couponNumber, reason: 'CONFLICTING_ROWS', stakeYen: undefined, detail }, rows);
    const rejected = asked.verdict === 'reject';
    const reasons: readonly ReasonCode[] = rejected ? ['CONFLICTING_ROWS', 'REJECTED'] : ['CONFLICTING_ROWS'];
    // An approval cannot say which row is right, so the coupon waits for a corrected export.
    const status = rejected ? 'not_eligible' : 'in_review';
    yield yield* settlementWithoutCase({ couponNumber, listed: true, status, reasons, items: [asked], evidence: rows });
  }
}

const item = (
  reviewLookup: ReviewLookup,
  asked: Pick<ReviewItem, 'couponNumber' | 'reason' | 'stakeYen' | 'detail'>,
  evidence: readonly Evidence[],
): ReviewItem => ({
  ...reviewLookup(asked.couponNumber, asked.reason, evidence),
  ...asked,
  holds: asked.reason === 'CONFLICTING_ROWS',
  evidence: sortedIds(evidence),
  happenings: happeningsIn(evidence),
});

/** What is said of it. */
interface Said extends Pick<Settlement, 'couponNumber' | 'listed' | 'status' | 'reasons' | 'items'> {
  readonly evidence: readonly Evidence[];
}

function* settlementWithoutCase({ reasons, items, evidence, ...said }: Said): Generator<undefined, Settlement> {
  const ids = [...evidence.map(({ id }) => id), ...items.flatMap((each) => each.evidence)];
  return {
    ...said,
    prefecture: undefined,
    grounds: [],
    amounts: undefined,
    route: undefined,
    destination: undefined,
    withoutDeadline: false,
    payoutsNamed: [],
    reasons: [...reasons].sort(compareText),
    evidence: yield* distinctInSteps(ids),
    items,
    reinstatements: [],
    extension: undefined,
    spentYen: 0,
    outagePayments: [],
    findings: [],
  };
}
