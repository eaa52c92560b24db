import type { DifferingTotal, StatedTotals } from '../../tables/tables.ts';
import { readAmount } from '../values/amounts.ts';
import { normalised } from '../values/identifiers.ts';
import { amountUnsigned } from './signed-amounts.ts';

/** An amount column of ours that is one field of the source. */
export interface AmountField {
  readonly column: string;
  readonly position: number;
}

/** What one column comes to. */
interface Sums {
  /** Of the rows that count. */
  counted: number;
  /** With those that are left out: systems sum up what they print. */
  printed: number;
}

const NOTHING: Sums = { counted: 0, printed: 0 };

/** From where on a total may sum up: the last total, the headers that were printed again, the first row. */
interface SumsOfColumn {
  sinceTotal: Sums;
  sinceHeaders: Sums;
  readonly inAll: Sums;
}

const MOST_DIFFERING = 20;

/** Holds rows of totals against the rows above them. */
export class TotalsCheck {
  private readonly fields: readonly AmountField[];
  private readonly sums: readonly SumsOfColumn[];
  private compared = 0;
  private readonly differing: DifferingTotal[] = [];

  constructor(fields: readonly AmountField[]) {
    this.fields = fields;
    this.sums = fields.map(() => ({
      sinceTotal: { ...NOTHING },
      sinceHeaders: { ...NOTHING },
      inAll: { ...NOTHING },
    }));
  }

  add(record: readonly string[], isCounted: boolean): void {
    this.fields.forEach(({ position }, index) => {
      const yen = signedYen(record[position] ?? '') ?? 0;
      const { sinceTotal, sinceHeaders, inAll } = this.sums[index] as SumsOfColumn;
      for (const sums of [sinceTotal, sinceHeaders, inAll]) {
        sums.printed += yen;
        if (isCounted) sums.counted += yen;
      }
    });
  }

  /** The headers stand again: another page, or another table below. */
  beginAgain(): void {
    for (const sums of this.sums) sums.sinceHeaders = { ...NOTHING };
  }

  hold(total: readonly string[], line: number): void {
    this.fields.forEach(({ column, position }, index) => {
      const statedYen = signedYen(total[position] ?? '');
      if (statedYen === undefined) return;
      this.compared++;
      const { sinceTotal, sinceHeaders, inAll } = this.sums[index] as SumsOfColumn;
      const fits = [sinceTotal, sinceHeaders, inAll].some(
        ({ counted, printed }) => counted === statedYen || printed === statedYen,
      );
      if (fits || this.differing.length === MOST_DIFFERING) return;
      const summedYen = sinceTotal.counted === 0 ? inAll.counted : sinceTotal.counted;
      this.differing.push({ line, column, statedYen, summedYen });
    });
    for (const sums of this.sums) sums.sinceTotal = { ...NOTHING };
  }

  finish(): StatedTotals | undefined {
    return this.compared === 0 ? undefined : { compared: this.compared, differing: this.differing };
  }
}

/** Undefined where it is blank, or no amount. */
function signedYen(written: string): number | undefined {
  const { isNegative, unsigned } = amountUnsigned(normalised(written));
  const read = readAmount(unsigned);
  if ('problem' in read) return undefined;
  return isNegative ? -read.value : read.value;
}
