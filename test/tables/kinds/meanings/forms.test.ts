import { describe, expect, test } from 'vitest';
import type { ValueType } from '../../../../src/tables/kinds/column.ts';
import { FORMS } from '../../../../src/tables/kinds/meanings/forms.ts';
import type { InputKind } from '../../../../src/tables/tables.ts';
import { type Content, HEADERS, ROW, readTables } from '../../../intake/read-files.ts';

/** A column of each type, in whose cell a value is tried. */
const COLUMN: Readonly<Record<ValueType, readonly [kind: InputKind, column: string]>> = {
  coupon: ['issuance', 'coupon_number'],
  identifier: ['transactions', 'terminal_id'],
  amount: ['issuance', 'face_yen'],
  instant: ['transactions', 'occurred_at'],
  date: ['issuance', 'expires_on'],
  prefecture: ['applications', 'prefecture'],
  choice: ['issuance', 'medium'],
  unjudged: ['applications', 'phone'],
  verbatim: ['applications', 'name'],
};

/** A file of one row, whose one cell is written so. */
function fileWith(kind: InputKind, column: string, written: string): Content {
  const headers = HEADERS[kind].split(',');
  const cells = ROW[kind].split(',');
  cells[headers.indexOf(column)] = `"${written.replaceAll('"', '""')}"`;
  return `${headers.join(',')}\n${cells.join(',')}\n`;
}

async function reasonsFor(type: ValueType, written: string): Promise<readonly string[]> {
  const [kind, column] = COLUMN[type];
  const { rejects, files } = await readTables({ [kind]: fileWith(kind, column, written) });
  expect(files[0]?.rowsRead).toBe(1);
  return rejects.map((reject) => `${reject.code} ${reject.column}`);
}

const types = Object.keys(FORMS) as ValueType[];

describe('how values are written', () => {
  test.each(
    types.flatMap((type) => FORMS[type].read.map((written) => [type, written] as const)),
  )('%s: %s is read', async (type, written) => {
    expect(await reasonsFor(type, written)).toEqual([]);
  });

  test.each(
    types.flatMap((type) => Object.entries(FORMS[type].refused).map((each) => [type, ...each] as const)),
  )('%s: %s is refused, with %s', async (type, written, code) => {
    expect(await reasonsFor(type, written)).toEqual([`${code} ${COLUMN[type][1]}`]);
  });

  test.each(types)('%s is named and told in both languages', (type) => {
    const { name, what } = FORMS[type];
    expect([name, what].filter(({ ja, en }) => !/[ぁ-ん一-龠A-Z]/.test(ja) || !/[a-z]/.test(en) || ja === en)).toEqual(
      [],
    );
  });
});
