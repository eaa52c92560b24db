import type { DifferingTotal, StatedTotals } from '../../tables/tables.ts';
import { readAmount } from '../values/amounts.ts';
import { normalised } from '../values/identifiers.ts';
import { amountUnsigned } from './signed-amounts.ts';

/** An amount column of ours that is one field of the source. */
export interface AmountField {
  readonly column: string;
  readonly position: number;
}

/** The sums of one column: since the last row of totals, and since the first row. */
interface Sums {
  /** Of the rows that count. */
  counted: number;
  countedInAll: number;
  /** With those that are left out: systems sum up what they print. */
  printed: number;
  printedInAll: number;
}

const MOST_DIFFERING = 20;

/** Holds rows of totals against the rows above them. */
export class TotalsCheck {
  private readonly fields: readonly AmountField[];
  private readonly sums: readonly Sums[];
  private compared = 0;
  private readonly differing: DifferingTotal[] = [];

  constructor(fields: readonly AmountField[]) {
    this.fields = fields;
    this.sums = fields.map(() => ({ counted: 0, countedInAll: 0, printed: 0, printedInAll: 0 }));
  }

  add(record: readonly string[], isCounted: boolean): void {
    this.fields.forEach(({ position }, index) => {
      const yen = signedYen(record[position] ?? '') ?? 0;
      const sums = this.sums[index] as Sums;
      sums.printed += yen;
      sums.printedInAll += yen;
      if (!isCounted) return;
      sums.counted += yen;
      sums.countedInAll += yen;
    });
  }

  hold(total: readonly string[], line: number): void {
    this.fields.forEach(({ column, position }, index) => {
      const statedYen = signedYen(total[position] ?? '');
      if (statedYen === undefined) return;
      this.compared++;
      const { counted, countedInAll, printed, printedInAll } = this.sums[index] as Sums;
      if (![counted, countedInAll, printed, printedInAll].includes(statedYen) && this.differing.length < MOST_DIFFERING)
        this.differing.push({ line, column, statedYen, summedYen: counted === 0 ? countedInAll : counted });
    });
    for (const sums of this.sums) {
      sums.counted = 0;
      sums.printed = 0;
    }
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
