import { dateOf, type Instant } from '../base/instants.ts';
import { compareText, text } from '../base/text.ts';
import { ABSENT, CONFLICTING, type Tables } from '../tables/tables.ts';
import type { RefundsAt } from './open-refunds.ts';
import type { SetAsideSale } from './rejected-sales.ts';
import { doubtfulDays } from './rejected-sales.ts';

/**
 * The rows that were set aside of a shop and the day of an instant; those of the shop whose day cannot be read among them. The
 * same list for the same day.
 */
export type SetAsideSales = (merchant: number, at: Instant) => readonly SetAsideSale[];

const NONE: readonly SetAsideSale[] = [];
const CONFLICT = text('同じ ID で内容の違う行がある', 'rows of one id with different content');
const MERCHANT_TWICE = text('店の番号が二通りに書かれている', 'the number of the shop in two spellings');
const TWICE = text('同じ番号が二通りに書かれている', 'one number in two spellings');

/** Looked for when somebody first asks: mostly every report is whole. */
export function setAsideSales(tables: Tables, refundsAt: RefundsAt): SetAsideSales {
  const ofDay = setAsideOnDays(tables);
  return (merchant, at) => {
    const sales = ofDay(merchant, at);
    const refunds = refundsAt(merchant, at);
    return refunds.length === 0 ? sales : inOrder([...sales, ...refunds]);
  };
}

function setAsideOnDays(tables: Tables): SetAsideSales {
  let found: ReadonlyMap<string, readonly SetAsideSale[]> | undefined;
  const known = new Map<string, readonly SetAsideSale[]>();
  return (merchant, at) => {
    found ??= gathered(tables);
    if (found.size === 0) return NONE;
    const place = placeOf(merchant, dateOf(at));
    const sales =
      known.get(place) ?? inOrder([...(found.get(place) ?? NONE), ...(found.get(placeOf(merchant)) ?? NONE)]);
    known.set(place, sales);
    return sales;
  };
}

const inOrder = (sales: SetAsideSale[]): readonly SetAsideSale[] =>
  sales.sort((a, b) => compareText(a.reportId, b.reportId) || compareText(a.why.en, b.why.en));

/** Those of the shop-days of several things, each once: of one shop-day the very list that it has. */
export function setAsideOnAny<Thing>(
  things: readonly Thing[],
  setAsideOn: (thing: Thing) => readonly SetAsideSale[],
): readonly SetAsideSale[] {
  const lists = [...new Set(things.map(setAsideOn))];
  return lists.length === 1 ? (lists[0] ?? NONE) : [...new Set(lists.flat())];
}

/** @param date none where it cannot be read */
const placeOf = (merchant: number, date?: number): string => `${merchant} ${date ?? ''}`;

type Add = (place: string, sale: SetAsideSale) => void;

function gathered(tables: Tables): Map<string, SetAsideSale[]> {
  const found = new Map<string, SetAsideSale[]>();
  const add: Add = (place, sale) => {
    const list = found.get(place);
    if (list === undefined) found.set(place, [sale]);
    else list.push(sale);
  };
  addConflicting(tables, add);
  addOfOneDay(tables, add);
  addOfAnyDay(tables, add);
  return found;
}

function addConflicting({ sales, reports, spelledTwice }: Tables, add: Add): void {
  const { disposition, merchant, soldAt, report } = sales;
  for (let row = disposition.indexOf(CONFLICTING); row >= 0; row = disposition.indexOf(CONFLICTING, row + 1)) {
    const key = report[row] as number;
    const number = merchant[row] as number;
    const why = spelledTwice.merchants.has(number) ? MERCHANT_TWICE : spelledTwice.reports.has(key) ? TWICE : CONFLICT;
    add(placeOf(number, dateOf(soldAt[row] as number)), { reportId: reports.textOf(key), why });
  }
}

/** Rejected rows of a day that is told, and those of which neither shop nor day can be told. */
function addOfOneDay(tables: Tables, add: Add): void {
  for (const { merchant, at, reject } of doubtfulDays(tables))
    if (reject.soldOn !== undefined || (reject.merchantId ?? reject.likelyMerchantId) === undefined)
      add(placeOf(merchant, dateOf(at)), { reportId: reject.rowId ?? '', why: reject.what });
}

/** Rejected rows of a shop whose day cannot be read. */
function addOfAnyDay({ rejects, merchants }: Tables, add: Add): void {
  for (const { kind, merchantId, likelyMerchantId, soldOn, rowId, what } of rejects) {
    const likely = merchantId ?? likelyMerchantId;
    if (kind !== 'sales' || soldOn !== undefined || likely === undefined) continue;
    const number = merchants.find(likely);
    if (number !== ABSENT) add(placeOf(number), { reportId: rowId ?? '', why: what });
  }
}
