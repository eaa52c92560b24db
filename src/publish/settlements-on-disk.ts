import { UnnamedFile } from '../intake/unnamed-file.ts';
import { lowerBound } from '../policy/lower-bound.ts';
import { byCoupon } from '../settlement/outcome.ts';
import type { Settlement } from '../settlement/settlement.ts';

const LINE_FEED = 0x0a;
const BLOCK_BYTES = 1 << 18;
const MOST_LINES = 1 << 10;

/** Where the settlements of a part lie. */
interface Run {
  readonly from: number;
  readonly to: number;
}

/**
 * Settlements of several parts, each part's by coupon number: as JSON, one a line, and read as one list by coupon number
 * whenever somebody walks over them.
 */
export class SettlementsOnDisk implements Iterable<Settlement> {
  private readonly file: UnnamedFile;
  private readonly blockBytes: number;
  private readonly runs: Run[] = [];

  /** @throws DiskFailure */
  constructor(folder: string, blockBytes = BLOCK_BYTES) {
    this.file = new UnnamedFile(folder);
    this.blockBytes = blockBytes;
  }

  get bytes(): number {
    return this.file.size;
  }

  /** Takes a part's settlements, by coupon number. @throws DiskFailure */
  add(settlements: readonly Settlement[]): void {
    const from = this.file.size;
    for (let at = 0; at < settlements.length; at += MOST_LINES) {
      const lines = settlements.slice(at, at + MOST_LINES).map((each) => `${JSON.stringify(each)}\n`);
      this.file.append(Buffer.from(lines.join(''), 'utf8'));
    }
    this.runs.push({ from, to: this.file.size });
  }

  /** By merging. @throws DiskFailure */
  *[Symbol.iterator](): Generator<Settlement, void, undefined> {
    const heads: Head[] = [];
    for (const run of this.runs) putInOrder(heads, this.linesOf(run));
    for (let first = heads.shift(); first !== undefined; first = heads.shift()) {
      yield first.settlement;
      putInOrder(heads, first.others);
    }
  }

  close(): void {
    this.file.close();
  }

  private *linesOf({ from, to }: Run): Generator<Settlement, void, undefined> {
    let rest = Buffer.alloc(0);
    for (let at = from; at < to; at += this.blockBytes) {
      const block = Buffer.allocUnsafe(rest.length + Math.min(this.blockBytes, to - at));
      block.set(rest);
      this.file.read(block.subarray(rest.length), at);
      let begin = 0;
      for (let end = block.indexOf(LINE_FEED); end >= 0; end = block.indexOf(LINE_FEED, begin)) {
        yield JSON.parse(block.toString('utf8', begin, end)) as Settlement;
        begin = end + 1;
      }
      rest = block.subarray(begin);
    }
  }
}

/** The next of a part, and those after it. */
interface Head {
  readonly settlement: Settlement;
  readonly others: Iterator<Settlement, void, undefined>;
}

/** Puts the next of `source`, if there is one, to its place by coupon number. */
function putInOrder(heads: Head[], source: Iterator<Settlement, void, undefined>): void {
  const next = source.next();
  if (next.done === true) return;
  const settlement = next.value;
  const place = lowerBound(heads.length, 0, (at) => byCoupon((heads[at] as Head).settlement, settlement));
  heads.splice(place, 0, { settlement, others: source });
}
