import { describe, expect, test } from 'vitest';
import { COMPARED_TABLES, NOT_COMPARED } from '../../../src/audit/diff/compared-tables.ts';
import { OUTPUTS } from '../../../src/publish/output-files.ts';

describe('the files that diff compares', () => {
  test('are all that a run writes, but for those of which it is said why not', () => {
    const told = [...COMPARED_TABLES.map(({ name }) => name), ...Object.keys(NOT_COMPARED)];
    expect(told.sort()).toEqual(OUTPUTS.map(({ name }) => name).sort());
  });

  test.each(
    COMPARED_TABLES.map((table) => [table.name, table] as const),
  )('%s is told by columns that it has, and the first of its key is what it is sorted by', (name, {
    key,
    sortedBy,
    passed = [],
    personal = [],
    money = [],
  }) => {
    const columns = OUTPUTS.find((each) => each.name === name)?.columns.map((column) => column.name);
    expect(columns).toEqual(expect.arrayContaining([...key, ...passed, ...personal, ...money]));
    expect([undefined, key[0]]).toContain(sortedBy);
  });

  test('hide the columns of everybody\u2019s contacts', () => {
    const shown = COMPARED_TABLES.flatMap(({ name, personal = [] }) => {
      const table = OUTPUTS.find((each) => each.name === name);
      const contacts = ['recipient', 'deliver_to'];
      return (table?.columns ?? []).filter((each) => contacts.includes(each.name) && !personal.includes(each.name));
    });
    expect(shown).toEqual([]);
  });
});
