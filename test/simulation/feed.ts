import type { Day } from './calendar.ts';

/** How a row was written wrongly, and when that was mended. */
interface Slip {
  readonly line: string;
  /** Exports made before this day were right; absent: none were. */
  readonly wrongFrom?: Day;
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

const isWrong = ({ wrongFrom, mendedOn, deliveredAnewOn }: Slip, made: Day, tonight: Day): boolean =>
  made >= (wrongFrom ?? 0) && made < mendedOn && tonight < deliveredAnewOn;

/** More than a header. */
export const holdsRows = ({ content }: InputText): boolean => content.indexOf('\n') < content.length - 1;

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
      .map(({ line, slip }) => (slip !== undefined && isWrong(slip, made, tonight) ? slip.line : line));
    return { name: `${this.name}-${name}.csv`, content: `${[this.header, ...lines].join('\n')}\n` };
  }

  /** One file with everything. */
  whole(tonight: Day): InputText {
    return this.window(Number.NEGATIVE_INFINITY, tonight, tonight, 'all');
  }
}
