import { readAmount } from '../values/amounts.ts';
import { normalised } from '../values/identifiers.ts';
import { type Condition, conditionsOf, meetsAll, meetsAny, type PositionOf } from './conditions.ts';
import type { Addend, Conditions, JoinedPart, SourceOfColumn } from './mapping-schema.ts';
import { expressionOf } from './patterns.ts';
import { amountUnsigned } from './signed-amounts.ts';

/** Which rows a value is taken of. */
interface Taken {
  readonly when: readonly Condition[];
  readonly unless: readonly Condition[];
}

interface StatedTaken {
  readonly when?: Conditions | undefined;
  readonly unless?: Conditions | undefined;
}

type PlacedPart = { readonly position: number } | { readonly constant: string } | { readonly line: true };

/** What one of our columns is made of, with the source's headers found in its file. Plain data: threads are given it. */
export type ColumnSource =
  | { readonly type: 'field'; readonly position: number }
  | { readonly type: 'constant'; readonly text: string }
  | ({
      readonly type: 'field-of-some';
      readonly position: number;
      readonly pattern: string | undefined;
      readonly otherwise: string;
    } & Taken)
  | { readonly type: 'joined'; readonly parts: readonly PlacedPart[]; readonly between: string }
  | ({ readonly type: 'sum'; readonly plus: readonly PlacedAddend[]; readonly minus: readonly PlacedAddend[] } & Taken);

type PlacedAddend = { readonly position: number } & Taken;

/** The file that a source is of. */
export interface SourceFile {
  readonly name: string;
  /** The lines above its headers. */
  readonly titles: readonly string[];
}

/** Undefined where a pattern finds nothing in the file\u2019s name or titles. */
export function placedSource(
  source: SourceOfColumn,
  isAmount: boolean,
  file: SourceFile,
  positionOf: PositionOf,
): ColumnSource | undefined {
  if (typeof source === 'string') return { type: 'field', position: positionOf(source) };
  if ('constant' in source) return { type: 'constant', text: source.constant };
  if ('fileName' in source) return constantOf(matchIn([file.name], source.fileName));
  if ('title' in source) return constantOf(matchIn(file.titles, source.title));
  if ('join' in source)
    return {
      type: 'joined',
      parts: source.join.map((part) => placedPart(part, positionOf)),
      between: source.with ?? '',
    };
  if ('minus' in source)
    return {
      type: 'sum',
      plus: [placedAddend(source.from, positionOf)],
      minus: source.minus.map((each) => placedAddend(each, positionOf)),
      ...OF_ALL,
    };
  const taken = takenOf(source, positionOf);
  if ('sum' in source)
    return { type: 'sum', plus: source.sum.map((each) => placedAddend(each, positionOf)), minus: [], ...taken };
  const { pattern } = source;
  const position = positionOf(source.from);
  if (pattern === undefined && taken.when.length + taken.unless.length === 0) return { type: 'field', position };
  return { type: 'field-of-some', position, pattern, otherwise: isAmount ? '0' : '', ...taken };
}

const OF_ALL: Taken = { when: [], unless: [] };

const takenOf = ({ when, unless }: StatedTaken, positionOf: PositionOf): Taken => ({
  when: conditionsOf(when, positionOf),
  unless: conditionsOf(unless, positionOf),
});

const placedAddend = (addend: Addend, positionOf: PositionOf): PlacedAddend =>
  typeof addend === 'string'
    ? { position: positionOf(addend), ...OF_ALL }
    : { position: positionOf(addend.from), ...takenOf(addend, positionOf) };

const constantOf = (text: string | undefined): ColumnSource | undefined =>
  text === undefined ? undefined : { type: 'constant', text };

const placedPart = (part: JoinedPart, positionOf: PositionOf): PlacedPart =>
  typeof part === 'string' ? { position: positionOf(part) } : part;

function matchIn(texts: readonly string[], pattern: string): string | undefined {
  const expression = expressionOf(pattern);
  for (const text of texts) {
    const found = expression.exec(text.normalize('NFKC'))?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What stands in a row for a column; '' where it has no value. */
export function textOfSource(source: ColumnSource, fields: readonly string[], line: number): string {
  switch (source.type) {
    case 'field':
      return fields[source.position] ?? '';
    case 'constant':
      return source.text;
    case 'field-of-some':
      return isTaken(source, fields) ? partOf(fields[source.position] ?? '', source.pattern) : source.otherwise;
    case 'joined':
      return joined(source.parts, source.between, fields, line);
    case 'sum':
      return isTaken(source, fields) ? summed(source, fields) : '0';
  }
}

const partOf = (field: string, pattern: string | undefined): string =>
  pattern === undefined ? field : (matchIn([field], pattern) ?? '');

const isTaken = ({ when, unless }: Taken, fields: readonly string[]): boolean =>
  meetsAll(fields, when) && !meetsAny(fields, unless);

/** Nothing where one of its fields holds nothing: half an id, or a date without its time, is none. */
function joined(parts: readonly PlacedPart[], between: string, fields: readonly string[], line: number): string {
  const texts = parts.map((part) =>
    'position' in part ? (fields[part.position] ?? '').trim() : 'line' in part ? String(line) : part.constant,
  );
  return texts.some((text, index) => text === '' && 'position' in (parts[index] as PlacedPart))
    ? ''
    : texts.join(between);
}

/** Blank fields are 0 yen. One that cannot be read is given as it is, so that the row is rejected for it. */
function summed({ plus, minus }: Extract<ColumnSource, { type: 'sum' }>, fields: readonly string[]): string {
  let sum = 0;
  for (const [index, addend] of [...plus, ...minus].entries()) {
    const written = fields[addend.position] ?? '';
    if (normalised(written) === '' || !isTaken(addend, fields)) continue;
    const { isNegative, unsigned } = amountUnsigned(written);
    const read = readAmount(unsigned);
    if ('problem' in read) return written;
    sum += isNegative === index < plus.length ? -read.value : read.value;
  }
  return String(sum);
}
