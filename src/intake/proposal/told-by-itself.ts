import { LAYOUTS } from '../schema/layouts.ts';
import type { Draft } from './draft.ts';
import type { Looked } from './matched-columns.ts';

/** Whether a file is read as it is: every required column by a header that is known, and nothing else to be said of it. */
export function isToldByItself({ kind, table, matches }: Looked, { input }: Draft): boolean {
  const { columns } = LAYOUTS[kind];
  const isPlain =
    Object.keys(table.form).length === 0 &&
    Object.keys(input.values).length === 0 &&
    [input.timeOfDatesAlone, input.rows, input.refunds].every((part) => part === undefined);
  const isOwn = (name: string, headers: readonly string[], header: string): boolean =>
    header === name || headers.includes(header);
  return (
    isPlain &&
    columns.every(({ name, headers, required }) => {
      const match = matches.get(name);
      const meant = table.columns.filter(({ header }) => isOwn(name, headers, header));
      if (meant.length > 1) return false;
      const isOtherwise = match === undefined && meant.length > 0 && input.columns[name] !== undefined;
      if (isOtherwise) return false;
      if (match === undefined) return !required || meant.length === 1;
      const source = input.columns[name];
      return isOwn(name, headers, match.column.header) && (source === undefined || source === match.column.header);
    })
  );
}
