import { type Text, text } from '../../base/text.ts';
import type { InputKind } from '../../tables/tables.ts';
import type { Conditions, CountedRows, RefundForm, SourceOfColumn, TableForm } from '../mapping/mapping-schema.ts';

/** What only a person knows. */
export interface Question {
  /** The same for as long as the same files are looked at. */
  readonly id: string;
  /** The input that it is about; without one, it is what a file is. */
  readonly about?: InputKind;
  readonly words: Text;
  /** Without them a text is asked for, and may be left out. */
  readonly choices?: readonly Choice[];
  /** What is taken where nobody is asked: whatever pays nothing for the sake of a guess. */
  readonly otherwise: string;
  /** The same in words. */
  readonly assumed: Text;
}

interface Choice {
  readonly value: string;
  readonly words: Text;
}

/** Question → answer. */
export type Answers = ReadonlyMap<string, string>;

/** Words on a line of the profile, by its path in it. */
export type Notes = ReadonlyMap<string, readonly Text[]>;

/** In English. */
export const rowWords = (count: number): string => (count === 1 ? '1 row' : `${count} rows`);

export const pathOf = (...names: readonly string[]): string => names.join('\u0000');

/** What a profile says of an input, as far as it is proposed. */
export interface ProposedInput {
  table?: TableForm;
  columns: Record<string, SourceOfColumn>;
  values: Record<string, Record<string, string>>;
  dateFormats?: readonly string[];
  timeOfDatesAlone?: string;
  rows?: CountedRows;
  refunds?: RefundForm;
}

/** What is put together for one input: what its profile says and why, what was assumed, what only a person knows. */
export class Draft {
  readonly kind: InputKind;
  readonly input: ProposedInput = { columns: {}, values: {} };
  readonly notes = new Map<string, Text[]>();
  readonly assumed: Text[] = [];
  readonly open: Question[] = [];
  private readonly answers: Answers;

  constructor(kind: InputKind, answers: Answers) {
    this.kind = kind;
    this.answers = answers;
  }

  /** @param place in the input, from its outermost name */
  note(place: readonly string[], words: Text): void {
    const path = pathOf('inputs', this.kind, ...place);
    this.notes.set(path, [...(this.notes.get(path) ?? []), words]);
  }

  column(name: string, source: SourceOfColumn, why: Text): void {
    this.input.columns[name] = source;
    this.note(['columns', name], why);
  }

  /** The same of a column that nothing tells. */
  assumeColumn(name: string, source: SourceOfColumn, words: Text): void {
    this.input.columns[name] = source;
    this.guess(['columns', name], words);
  }

  /** What a person says, or what is assumed until one does. */
  ask(question: Omit<Question, 'id' | 'about'>, id: string): string {
    const named = { ...question, about: this.kind, id: `${this.kind}.${id}` };
    const answer = this.answers.get(named.id);
    if (answer !== undefined) return answer;
    this.open.push(named);
    this.assumed.push(question.assumed);
    return question.otherwise;
  }

  assume(words: Text): void {
    this.assumed.push(words);
  }

  /** A line of the profile, and a word at the end of what is told. */
  guess(place: readonly string[], words: Text): void {
    this.note(place, text(`推定: ${words.ja}`, `assumed: ${words.en}`));
    this.assume(words);
  }

  leaveOut(conditions: Conditions): void {
    this.input.rows = { ...this.input.rows, leaveOut: { ...this.input.rows?.leaveOut, ...conditions } };
  }
}
