import type { Book } from '../ledger/book.ts';
import { type Case, type Evidence, NONE } from '../ledger/case.ts';
import type { ClaimStanding } from '../ledger/claims.ts';
import type { CouponIndex } from '../tables/pool-index.ts';
import { ABSENT } from '../tables/tables.ts';
import { type ClaimantPairing, claimantPairings } from './claimants.ts';
import { countRepeats, type Group, type GroupRecord, groupsOf, type Support } from './groups.ts';
import type { MerchantRecord, Sale } from './merchant-record.ts';
import { countIn, thingsIn } from './near-sales.ts';
import { type Claimable, MOST_SALES_SHOWN, NOTHING_CLAIMABLE, ownSales, Till } from './till.ts';

/** A case as pairing sees it. */
export interface PairingCase {
  readonly coupon: CouponIndex;
  readonly case: Case;
  readonly claims: readonly ClaimStanding[];
}

/** What a till says of a group; sales by their rows. */
interface Draft {
  readonly of: PairingCase;
  readonly group: Group;
  readonly support: Support;
  readonly bills: readonly number[];
  /** Sales that the group could be paired with. */
  readonly near: readonly number[];
  /** Bills that name this coupon and were paid without it. */
  readonly written: readonly number[];
  /** Nameless bills paid without a coupon that a claim could stand for. */
  readonly claimable: Claimable;
}

/** A case with what the tills say of its groups, by shop and amount. */
export interface CaseWithGroups extends PairingCase {
  readonly groups: readonly GroupRecord[];
}

/**
 * Holds cases' groups against their shops' records (3-rules.md §3, and the sales that §4 asks for), shop by shop: what is
 * worked out of one till is forgotten before the next is opened, for together they would not fit. A till is opened once,
 * when all cases that paid there are at hand, so a case that paid at several shops waits for the last of them.
 */
export class MerchantByMerchant {
  private readonly book: Book;
  private readonly record: MerchantRecord;
  private readonly claimed: GroupsByMerchant;
  private readonly whole: boolean;
  private readonly waiting = new Map<number, WaitingGroup[]>();
  private ready: CaseWithGroups[] = [];

  /**
   * @param claimed the groups of all cases with a claim: where not all are added, others may want the same sale
   * @param whole also the sales near groups that are supported, which only an explanation shows
   */
  constructor(book: Book, record: MerchantRecord, claimed: GroupsByMerchant, whole: boolean) {
    this.book = book;
    this.record = record;
    this.claimed = claimed;
    this.whole = whole;
  }

  /** Takes a case. Most groups need no till: nothing is reported (and what counts is repeats within G), or u = 0 at once. */
  add(of: PairingCase): void {
    const groups = groupsOf(of.case, this.book.policy.terms);
    const list = new Array<GroupRecord>(groups.length);
    const awaited: Awaited = { coupon: of.coupon, case: of.case, claims: of.claims, groups: list, awaits: 0 };
    for (let place = 0; place < groups.length; place++) {
      const placed = placedGroup(of, groups[place] as Group, this.book, this.record);
      const recordAtOnce = this.recordWithoutPairing(placed);
      if (recordAtOnce === undefined) this.wait(placed, awaited, place);
      else awaited.groups[place] = recordAtOnce;
    }
    if (awaited.awaits === 0) this.ready.push(awaited);
  }

  /**
   * Opens the tills of shops up to one, for the cases so far, and gives those that wait for no other. Undefined: a group more
   * was held against a till.
   */
  *open(lastMerchant: number): Iterable<CaseWithGroups | undefined> {
    const merchants = Array.from(this.waiting.keys()).filter((merchant) => merchant <= lastMerchant);
    for (const merchant of merchants.sort((a, b) => a - b)) {
      yield* this.openTill(merchant, this.waiting.get(merchant) ?? []);
      this.waiting.delete(merchant);
    }
    const { ready } = this;
    this.ready = [];
    yield* ready;
  }

  private wait(placed: PlacedGroup, of: Awaited, place: number): void {
    const waiting = this.waiting.get(placed.merchant);
    if (waiting === undefined) this.waiting.set(placed.merchant, [{ placed, of, place }]);
    else waiting.push({ placed, of, place });
    of.awaits++;
  }

  private *openTill(merchant: number, waiting: readonly WaitingGroup[]): Iterable<undefined> {
    const till = new Till(merchant, this.record, this.book.policy.terms);
    const areMany = waiting.length > MANY_GROUPS;
    const drafts: Draft[] = [];
    for (const { placed } of waiting) {
      if (!areMany && !till.isLong(placed.group)) continue;
      yield* till.prepare(placed.group);
      yield undefined;
    }
    for (const { placed } of waiting) {
      drafts.push(draftOf(placed, till, this.whole));
      yield undefined;
    }
    const claimants = drafts.some(isClaimant)
      ? yield* pairClaimants([...drafts, ...rivalsAt(till, this.claimed.get(merchant) ?? [], waiting)])
      : NO_CLAIMANTS;
    for (const [index, { of, place }] of waiting.entries()) {
      const draft = drafts[index] as Draft;
      of.groups[place] = recordOf(this.book, draft, claimants.get(draft));
      of.awaits--;
      if (of.awaits === 0) this.ready.push(of);
      if (index % MANY_GROUPS === 0) yield undefined;
    }
  }

  private recordWithoutPairing({ group, isCovered }: PlacedGroup): GroupRecord | undefined {
    if (!isCovered) {
      const repeats = countRepeats(group.payments, this.book.policy.terms.repeatPressGap);
      return withoutPairing(group, { kind: 'uncovered', repeats });
    }
    const isSupported = !this.whole && group.payments.every(({ row }) => this.record.hasOwnSale[row] === 1);
    return isSupported ? withoutPairing(group, ownSales(group)) : undefined;
  }
}

/** Of more, what the first of them needs of all the others takes so long that whoever waits has a turn meanwhile. */
const MANY_GROUPS = 1 << 10;

/** A case whose tills are not all opened yet. */
interface Awaited extends PairingCase {
  readonly groups: GroupRecord[];
  /** Groups that wait for their till. */
  awaits: number;
}

/** A group that its shop's till must be asked about, and where the answer goes. */
interface WaitingGroup {
  readonly placed: PlacedGroup;
  readonly of: Awaited;
  readonly place: number;
}

/** Drafts of those who claim and are not among the waiting, as where one case is looked at alone. */
function rivalsAt(till: Till, claimed: readonly PlacedGroup[], waiting: readonly WaitingGroup[]): readonly Draft[] {
  const asked = new Set(waiting.map(({ of }) => of.coupon));
  return claimed.filter(({ of }) => !asked.has(of.coupon)).map((placed) => draftOf(placed, till, false));
}

const withoutPairing = (group: Group, support: Support): GroupRecord => ({
  group,
  support,
  writtenDown: NONE,
  claimant: 'no claim',
  claimedSales: NONE,
  nearSales: NONE,
  bills: NONE,
});

export type GroupsByMerchant = ReadonlyMap<number, readonly PlacedGroup[]>;

/** Groups on reported days by shop. */
export function* groupsByMerchant(
  cases: readonly PairingCase[],
  book: Book,
  record: MerchantRecord,
): Generator<undefined, GroupsByMerchant> {
  const byMerchant = new Map<number, PlacedGroup[]>();
  for (const [place, of] of cases.entries()) {
    if (place % MANY_GROUPS === 0) yield undefined;
    for (const group of groupsOf(of.case, book.policy.terms)) {
      const placed = placedGroup(of, group, book, record);
      if (!placed.isCovered) continue;
      const list = byMerchant.get(placed.merchant);
      if (list === undefined) byMerchant.set(placed.merchant, [placed]);
      else list.push(placed);
    }
  }
  return byMerchant;
}

interface PlacedGroup {
  readonly of: PairingCase;
  readonly group: Group;
  readonly merchant: number;
  /** The shop reported something of each of its days. */
  readonly isCovered: boolean;
}

function placedGroup(of: PairingCase, group: Group, book: Book, record: MerchantRecord): PlacedGroup {
  const merchant = book.tables.transactions.merchant[group.payments[0]?.row ?? -1] ?? ABSENT;
  const isCovered =
    merchant !== ABSENT && group.payments.every(({ occurredAt }) => record.isCovered(merchant, occurredAt));
  return { of, group, merchant, isCovered };
}

function draftOf({ of, group }: PlacedGroup, till: Till, whole: boolean): Draft {
  const { support, bills } = till.supportOf(of.coupon, group);
  const unsupported = support.kind === 'decided' ? support.unsupported : NONE;
  const isSupported = support.kind === 'decided' && unsupported.length === 0;
  return {
    of,
    group,
    support,
    bills,
    near: isSupported && !whole ? NONE : till.salesNear(of.coupon, group),
    written: till.writtenDown(of.coupon, group.amountYen, unsupported),
    claimable: of.claims.length === 0 ? NOTHING_CLAIMABLE : till.claimable(group.amountYen, unsupported),
  };
}

/** All of them or none: a choice among many would rest on the order of rows. */
const readable = (rows: readonly number[]): readonly number[] => (rows.length > MOST_SALES_SHOWN ? [] : rows);

interface Claimant {
  readonly standing: ClaimantPairing;
  readonly claimable: Claimable;
}

function billsShown({ bills, ranges }: Claimable): readonly number[] {
  return countIn(ranges) > MOST_SALES_SHOWN ? [] : thingsIn(ranges, bills).map(({ row }) => row);
}

function recordOf({ evidence }: Book, draft: Draft, claimant: Claimant | undefined): GroupRecord {
  const shown = (rows: readonly number[]): readonly Evidence[] =>
    rows.length === 0 ? NONE : rows.map((row) => evidence.sale(row));
  return {
    group: draft.group,
    support: draft.support,
    writtenDown: shown(draft.written),
    claimant: claimant?.standing ?? 'no claim',
    claimedSales: shown(claimant === undefined ? [] : billsShown(claimant.claimable)),
    nearSales: shown(readable(draft.near)),
    bills: draft.bills.length === 0 ? NONE : shown([...new Set(draft.bills)]),
  };
}

/** §4.2: those of a shop who claim to have paid otherwise, against its nameless bills paid without a coupon. */
function* pairClaimants(drafts: readonly Draft[]): Generator<undefined, ReadonlyMap<Draft, Claimant>> {
  const byAmount = new Map<readonly Sale[], Draft[]>();
  for (const draft of drafts) {
    if (!isClaimant(draft)) continue;
    const { bills } = draft.claimable;
    const rivals = byAmount.get(bills);
    if (rivals === undefined) byAmount.set(bills, [draft]);
    else rivals.push(draft);
  }
  const found = new Map<Draft, Claimant>();
  for (const [bills, rivals] of byAmount) {
    yield undefined;
    const standings = yield* claimantPairings(
      rivals.map(({ claimable }) => claimable.ranges),
      bills.length,
    );
    rivals.forEach((draft, index) => {
      found.set(draft, { standing: standings[index] ?? 'none', claimable: draft.claimable });
    });
  }
  return found;
}

const isForCash = ({ claim, valid }: ClaimStanding, { merchantId }: Group): boolean =>
  valid && claim.kind === 'cash_and_deducted' && claim.merchantId === merchantId;

const NO_CLAIMANTS: ReadonlyMap<Draft, Claimant> = new Map();

function isClaimant({ of, group, support, written }: Draft): boolean {
  const isUnsupported = support.kind === 'decided' && support.unsupported.length > 0 && written.length === 0;
  return isUnsupported && of.claims.some((standing) => isForCash(standing, group));
}
