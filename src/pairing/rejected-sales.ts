import { dateOf, type Instant, startOfDay } from '../base/instants.ts';
import type { Text } from '../base/text.ts';
import { ABSENT, type Reject, type Tables } from '../tables/tables.ts';

/** A row of a shop\u2019s report that was set aside: for its sake nothing is concluded from the rest of that day (R14). */
export interface SetAsideSale {
  /** Empty where it cannot be read. */
  readonly reportId: string;
  readonly why: Text;
}

/** A shop and a day that a rejected sale is of, or may be of where not all of it can be read. */
export interface DoubtfulDay {
  readonly merchant: number;
  /** Some instant of the day. */
  readonly at: Instant;
  readonly reject: Reject;
}

/**
 * Where the shop of a rejected sale cannot be told, it may be each shop\u2019s whose sales of that day are in the file; where its day
 * cannot, it may be of each day of the shop; and where neither can, of every shop and day in the file, if it is not a total.
 */
export function doubtfulDays(tables: Tables): readonly DoubtfulDay[] {
  const found: DoubtfulDay[] = [];
  const mayBe: MayBe = { anyMerchant: new Map(), anyDay: new Map(), anything: new Map() };
  for (const reject of tables.rejects) {
    // A sale that is taken back leaves the journal whole (refunded-sales.ts).
    if (reject.kind !== 'sales' || reject.refund !== undefined) continue;
    const { merchant, isKnown } = merchantOf(reject, tables);
    if (merchant !== ABSENT && reject.soldOn !== undefined)
      found.push({ merchant, at: startOfDay(reject.soldOn), reject });
    else if (merchant !== ABSENT) put(mayBe.anyDay, merchant, reject);
    else if (!isKnown) putUnlessTotal(mayBe, reject);
  }
  if (mayBe.anyMerchant.size + mayBe.anyDay.size + mayBe.anything.size > 0) found.push(...daysThatMayBe(tables, mayBe));
  return found;
}

/** Of a sale whose shop cannot be told. A line of totals has no day, and is no sale. */
function putUnlessTotal({ anyMerchant, anything }: MayBe, reject: Reject): void {
  if (reject.soldOn !== undefined) put(anyMerchant, `${reject.file} ${reject.soldOn}`, reject);
  else if (!isTotal(reject)) put(anything, reject.file, reject);
}

const TOTALS = /^(?:総?合計|小計|総計|計|(?:grand |sub-?)?total)[:：]?$/i;
const isTotal = ({ rowId }: Reject): boolean => rowId !== undefined && TOTALS.test(rowId);

interface MayBe {
  /** By file and date. */
  readonly anyMerchant: Map<string, Reject[]>;
  /** By shop. */
  readonly anyDay: Map<number, Reject[]>;
  /** By file. */
  readonly anything: Map<number, Reject[]>;
}

/** A shop that can be read and has no other row is known, and has no number. */
function merchantOf({ merchantId, likelyMerchantId }: Reject, { merchants }: Tables) {
  if (merchantId !== undefined) return { merchant: merchants.find(merchantId), isKnown: true };
  const likely = likelyMerchantId === undefined ? ABSENT : merchants.find(likelyMerchantId);
  return { merchant: likely, isKnown: false };
}

function put<Key>(lists: Map<Key, Reject[]>, key: Key, reject: Reject): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [reject]);
  else list.push(reject);
}

function* daysThatMayBe({ sales }: Tables, { anyMerchant, anyDay, anything }: MayBe): Iterable<DoubtfulDay> {
  const told = new Set<string>();
  const seen = new Set<string>();
  for (let row = 0; row < sales.rows; row++) {
    const [merchant, at, file] = [
      sales.merchant[row] as number,
      sales.soldAt[row] as number,
      sales.file[row] as number,
    ];
    const date = dateOf(at);
    // Whatever rejected sales may be of this day of the shop, for the sake of this file, is told already.
    const day = `${file} ${merchant} ${date}`;
    if (seen.has(day)) continue;
    seen.add(day);
    const ofMerchant = anyDay.get(merchant) ?? [];
    const ofDay = anyMerchant.get(`${file} ${date}`) ?? [];
    const ofFile = anything.get(file) ?? [];
    if (ofMerchant.length + ofDay.length + ofFile.length === 0) continue;
    for (const reject of [...ofMerchant, ...ofDay, ...ofFile]) {
      const place = `${merchant} ${date} ${reject.file} ${reject.line}`;
      if (told.has(place)) continue;
      told.add(place);
      yield { merchant, at, reject };
    }
  }
}
