import { formatDate, readableInstant } from '../../base/instants.ts';
import { shapeOf, shownId, shownUnlessPersonal } from '../../policy/personal-data.ts';
import type { Column } from '../../tables/kinds/column.ts';
import { declarationOf } from '../../tables/kinds/index.ts';
import type { InputKind } from '../../tables/tables.ts';
import type { UnderstoodValue } from '../../tables/understood-file.ts';
import type { ColumnIndex, RowReader } from './row-reader.ts';

/** A value as it can be shown to anybody. */
type Shown = (text: string) => string;

const masked: Shown = (text) => `<${shapeOf(text)}>`;
const asItIs: Shown = (text) => text;

/** By what the columns of a kind may hold, in their order. */
export function shownByColumn(kind: InputKind): readonly Shown[] {
  const columns = Object.values(declarationOf(kind).columns) as readonly Column[];
  const holdsAccounts = columns.some(({ name }) => name === 'account_number');
  return columns.map((column) => shownOf(column, holdsAccounts ? numberBesideAccounts : systemNumber));
}

/**
 * Names, contacts, accounts and free texts never; numbers of the system’s own as long as they can be none of these, for people
 * mistake columns; an amount as long as it is no telephone number. What was read as a date or a word of a list is nothing else.
 */
function shownOf({ type, personal }: Column, number: Shown): Shown {
  if (personal === 'always') return masked;
  switch (type) {
    case 'verbatim':
    case 'unjudged':
      return masked;
    case 'identifier':
    case 'coupon':
      return number;
    case 'amount':
      return shownId;
    default:
      return asItIs;
  }
}

/** A name in Latin letters has no digit, or a space. */
const systemNumber: Shown = (text) => (/\d/.test(text) && !/\s/.test(text) ? shownUnlessPersonal(text) : masked(text));

/** Codes of banks and branches and numbers of accounts are such numbers, too. */
const numberBesideAccounts: Shown = (text) => (/^\d{1,8}$/.test(text) ? masked(text) : systemNumber(text));

/** What a row holds in a column; undefined where it holds nothing. What cannot be read may be anything, and is never shown. */
export function understoodValue(row: RowReader, column: ColumnIndex, shown: Shown): UnderstoodValue | undefined {
  const written = row.writtenText(column).trim();
  if (row.raw(column).trim() === '') return undefined;
  row.problems.length = 0;
  const value = row.valueOf(column);
  const [problem] = row.problems;
  row.problems.length = 0;
  if (value === undefined)
    return { written: masked(written), read: null, ...(problem === undefined ? {} : { code: problem.code }) };
  const read = textOf(row, column, value);
  const isHidden = shown(written) !== written || shown(read) !== read;
  return isHidden
    ? { written: masked(written), read: masked(read) }
    : { written: shortened(written), read: shortened(read) };
}

function textOf(row: RowReader, column: ColumnIndex, value: string | number): string {
  if (typeof value === 'string') return value;
  const type = row.typeOf(column);
  if (type === 'instant') return readableInstant(value).replace(/(?<= \d\d:\d\d):00$/, '');
  return type === 'date' ? formatDate(value) : String(value);
}

const LONGEST = 40;
const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
