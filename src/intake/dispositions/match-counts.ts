import type { DispositionCount } from '../../tables/tables.ts';

/** What is counted of a file's rows that name a coupon. */
export interface MatchCount {
  readonly named: DispositionCount;
  readonly unknown: DispositionCount;
  readonly unknownOther: DispositionCount;
}

export const newCount = (): MatchCount => ({
  named: { rows: 0, yen: 0 },
  unknown: { rows: 0, yen: 0 },
  unknownOther: { rows: 0, yen: 0 },
});

/** Sums of the files. */
export class MatchCounts {
  private readonly sums: readonly MatchCount[];

  constructor(files: number) {
    this.sums = Array.from({ length: files }, newCount);
  }

  addNamed(file: number, rows: number, yen: number): void {
    addCount((this.sums[file] as MatchCount).named, { rows, yen });
  }

  /** @param isNamed one of those that are counted as named; of the log: a completed payment */
  addUnknown(file: number, yen: number, isNamed: boolean): void {
    const { unknown, unknownOther } = this.sums[file] as MatchCount;
    addCount(isNamed ? unknown : unknownOther, { rows: 1, yen });
  }

  add(file: number, yen: number, isUnknown: boolean): void {
    this.addNamed(file, 1, yen);
    if (isUnknown) this.addUnknown(file, yen, true);
  }

  addTo(counts: readonly (MatchCount | undefined)[]): void {
    counts.forEach((count, file) => {
      if (count === undefined) return;
      const { named, unknown, unknownOther } = this.sums[file] as MatchCount;
      addCount(count.named, named);
      addCount(count.unknown, unknown);
      addCount(count.unknownOther, unknownOther);
    });
  }
}

function addCount(to: DispositionCount, { rows, yen }: DispositionCount): void {
  to.rows += rows;
  to.yen += yen;
}
