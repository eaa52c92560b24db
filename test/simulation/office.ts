import { clock, type Day, instantText } from './calendar.ts';
import { Dice } from './dice.ts';
import type { InputText } from './feed.ts';
import type { Row } from './world.ts';

const HEADER = 'review_id,evidence_hash,decision,decided_by,decided_at,note';

/** The people who answer review items: each after some days, from what the published review.csv says. */
export class Office {
  private readonly seed: number;
  private readonly quietFrom: Day;
  /** By review id, with the hash that was seen: the file keeps the last answer to each. */
  private readonly answers = new Map<string, { readonly hash: string; readonly line: string }>();
  private readonly firstSeen = new Map<string, Day>();

  constructor(seed: number, quietFrom: Day) {
    this.seed = seed;
    this.quietFrom = quietFrom;
  }

  /** Works through a morning's review.csv. */
  work(day: Day, review: readonly Row[]): void {
    for (const row of review) {
      const [id, hash] = [row.review_id ?? '', row.evidence_hash ?? ''];
      if (row.decision !== '' && row.decision !== 'stale') continue;
      const key = `${id} ${hash}`;
      const seen = this.firstSeen.get(key) ?? day;
      this.firstSeen.set(key, seen);
      const dice = new Dice(this.seed, key);
      const patience = dice.chance(0.6) ? dice.int(0, 6) : dice.int(5, 40);
      if (day < seen + patience && day < this.quietFrom) continue;
      const decision = dice.chance(0.8) ? 'approve' : 'reject';
      const line = [id, hash, decision, dice.pick(['saito', 'mori']), instantText(day, clock(16)), ''].join(',');
      this.answers.set(id, { hash, line });
    }
  }

  file(): InputText {
    return {
      name: 'decisions-all.csv',
      content: `${[HEADER, ...[...this.answers.values()].map(({ line }) => line)].join('\n')}\n`,
    };
  }
}
