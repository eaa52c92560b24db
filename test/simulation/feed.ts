import type { Day } from './calendar.ts';

/** How a row was written at first, and when that was mended. */
interface Slip {
  readonly line: string;
  /** Exports made from this day on are right. */
  readonly mendedOn: Day;
  /** From this day on the wrong exports are replaced by right ones; until then they contradict each other. */
  readonly deliveredAnewOn: Day;
}

/** A row of some export: what it says, and from which morning on an export holds it. */
export interface Fact {
  readonly line: string;
  readonly knownOn: Day;
  readonly slip?: Slip;
}

export interface InputText {
  readonly name: string;
  readonly content: string;
}

/** The exports of one kind of row. */
export class Feed {
  private readonly facts: Fact[] = [];
  private readonly name: string;
  private readonly header: string;

  constructor(name: string, header: string) {
    this.name = name;
    this.header = header;
  }

  add(fact: Fact): void {
    this.facts.push(fact);
  }

  get size(): number {
    return this.facts.length;
  }

  /** What the export made on a day says of rows known since another, as it lies there tonight. */
  window(since: Day, made: Day, tonight: Day, name: string): InputText {
    const lines = this.facts
      .filter((fact) => fact.knownOn >= since && fact.knownOn <= made)
      .map(({ line, slip }) =>
        slip !== undefined && made < slip.mendedOn && tonight < slip.deliveredAnewOn ? slip.line : line,
      );
    return { name: `${this.name}-${name}.csv`, content: `${[this.header, ...lines].join('\n')}\n` };
  }

  /** One file with everything. */
  whole(tonight: Day): InputText {
    return this.window(Number.NEGATIVE_INFINITY, tonight, tonight, 'all');
  }
}
