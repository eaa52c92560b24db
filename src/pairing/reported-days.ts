import { type CalendarDate, DAY, dateOf, type Instant, startOfDay } from '../base/instants.ts';
import { ABSENT } from '../tables/tables.ts';

/** A table of shops by days is kept whole as long as it is no larger than this. */
const LARGEST_TABLE = 1 << 24;

/**
 * Numbers from 0 for pairs of a shop and a date. Rows of a log mostly come day by day, so the date is only looked up
 * where it is another than that of the row before.
 */
export class ReportedDays {
  size = 0;
  /** The first instant of the first date, and the first after the last: nothing outside has a number. */
  from = Number.POSITIVE_INFINITY;
  end = Number.NEGATIVE_INFINITY;
  private readonly merchants: number;
  private readonly columnOf = new Map<CalendarDate, number>();
  private table: Int32Array;
  /** Instead of the table, where it would be too large. */
  private readonly sparse = new Map<number, number>();
  private dayStart = Number.NaN;
  private column = ABSENT;

  /** @param merchants how many shops there are */
  constructor(merchants: number) {
    this.merchants = merchants;
    this.table = new Int32Array(Math.min(LARGEST_TABLE, merchants * 8)).fill(ABSENT);
  }

  /** The pair's number, given if it has none. */
  add(merchant: number, at: Instant): number {
    this.goTo(at);
    if (this.column === ABSENT) {
      this.column = this.columnOf.size;
      this.columnOf.set(dateOf(at), this.column);
      this.from = Math.min(this.from, this.dayStart);
      this.end = Math.max(this.end, this.dayStart + DAY);
    }
    const known = this.numberAt(merchant);
    if (known !== ABSENT) return known;
    this.put(this.column * this.merchants + merchant, this.size);
    return this.size++;
  }

  /** The pair's number, or ABSENT. */
  find(merchant: number, at: Instant): number {
    if (!(at >= this.dayStart && at < this.dayStart + DAY)) this.goTo(at);
    return this.column === ABSENT || merchant < 0 ? ABSENT : this.numberAt(merchant);
  }

  private goTo(at: Instant): void {
    const date = dateOf(at);
    this.dayStart = startOfDay(date);
    this.column = this.columnOf.get(date) ?? ABSENT;
  }

  private numberAt(merchant: number): number {
    const place = this.column * this.merchants + merchant;
    if (place < this.table.length) return this.table[place] as number;
    return this.sparse.get(place) ?? ABSENT;
  }

  private put(place: number, number: number): void {
    if (place >= this.table.length && place < LARGEST_TABLE) {
      const longer = new Int32Array(Math.min(LARGEST_TABLE, Math.max(place + 1, this.table.length * 2))).fill(ABSENT);
      longer.set(this.table);
      this.table = longer;
    }
    if (place < this.table.length) this.table[place] = number;
    else this.sparse.set(place, number);
  }
}
