import { describe, expect, test } from 'vitest';
import type { Text } from '../../../../src/base/text.ts';
import type { KindDeclaration } from '../../../../src/tables/kinds/column.ts';
import { declarationOf } from '../../../../src/tables/kinds/index.ts';
import { MEANINGS } from '../../../../src/tables/kinds/meanings/index.ts';
import { exampleOf } from '../../../../src/tables/kinds/meanings/meaning.ts';
import type { InputFile, InputKind } from '../../../../src/tables/tables.ts';
import { csv, ROW, readTables } from '../../../intake/read-files.ts';

type Column = KindDeclaration['columns'][string];
type Row = Readonly<Record<string, string | undefined>>;

/** Optional columns that some rows need, and which: 2-data.md, "Inputs". */
const NEEDED_BY: Partial<Record<InputKind, Readonly<Record<string, (row: Row) => boolean>>>> = {
  sales: { otherYen: ({ otherYen }) => otherYen !== '0' },
  transactions: { merchant: ({ kind }) => kind === 'payment', related: ({ kind }) => kind === 'cancel' },
};
/** A cell without which a row is none that counts. */
const NOT_YET = 'decidedAt';

const columnsOf = (kind: InputKind): readonly (readonly [name: string, column: Column])[] =>
  Object.entries<Column>(declarationOf(kind).columns);

/** Rows as a file holds them. @param names of the columns that the file has */
function fileOf(kind: InputKind, rows: readonly Row[], names = columnsOf(kind).map(([name]) => name)): string {
  const header = columnsOf(kind).filter(([name]) => names.includes(name));
  const lines = [header.map(([, { name }]) => name), ...rows.map((row) => header.map(([name]) => row[name] ?? ''))];
  return `${lines.map((cells) => cells.join(',')).join('\n')}\n`;
}

/** What became of the rows of one file, read alone. */
async function readAlone(kind: InputKind, content: string): Promise<InputFile> {
  const issuance = kind === 'issuance' ? {} : { issuance: csv('issuance', ROW.issuance) };
  const { files } = await readTables({ ...issuance, [kind]: content });
  return files.find((file) => file.kind === kind) as InputFile;
}

/** How often each reason stands. */
async function reasonsIn(kind: InputKind, content: string): Promise<readonly string[]> {
  const issuance = kind === 'issuance' ? {} : { issuance: csv('issuance', ROW.issuance) };
  const { rejects } = await readTables({ ...issuance, [kind]: content });
  return rejects.map(({ code, column }) => `${code} ${column}`);
}

const inBothLanguages = ({ ja, en }: Text): boolean => /[ぁ-んァ-ヶ一-龠]/.test(ja) && /^[\x20-\x7e“”’…–]+$/.test(en);

/** That what is said of a kind is so. */
export function holdsWhatIsSaid(kind: InputKind): void {
  const { title, what, givenBy, columns, rows } = MEANINGS[kind];

  describe(`${kind} in words`, () => {
    test('in both languages', () => {
      const said = Object.values(columns).flatMap(({ what, without, values }) => [
        what,
        ...(without === undefined ? [] : [without]),
        ...Object.values(values ?? {}),
      ]);
      expect([title, what, givenBy, ...said].filter((each) => !inBothLanguages(each))).toEqual([]);
    });

    test('each column is said, in the order of the file, with an example', () => {
      expect(Object.keys(columns)).toEqual(columnsOf(kind).map(([name]) => name));
      expect(columnsOf(kind).filter(([name]) => exampleOf({ rows }, name) === '')).toEqual([]);
    });

    test('its example is read, every row of it', async () => {
      const { rowsRead, dispositions } = await readAlone(kind, fileOf(kind, rows));
      expect({ rowsRead, accepted: dispositions.accepted.rows }).toEqual({
        rowsRead: rows.length,
        accepted: rows.length,
      });
    });

    test.each(
      columnsOf(kind).filter(([, { optional }]) => optional === true),
    )('without %s, as with empty cells, the rows are read that do not need it', async (name) => {
      const needing = rows.filter(NEEDED_BY[kind]?.[name] ?? (() => false)).length;
      const others = columnsOf(kind).flatMap(([other]) => (other === name ? [] : [other]));
      const emptied = rows.map((row) => ({ ...row, [name]: '' }));
      for (const content of [fileOf(kind, rows, others), fileOf(kind, emptied)]) {
        const { accepted, rejected } = (await readAlone(kind, content)).dispositions;
        expect({ accepted: accepted.rows, rejected: rejected.rows }).toEqual({
          accepted: rows.length - needing,
          rejected: needing,
        });
      }
    });

    test.each(
      columnsOf(kind).filter(([name, { optional }]) => optional !== true && name !== NOT_YET),
    )('without %s a row is set aside, and without the column the file is refused', async (name, column) => {
      const [first] = rows as readonly [Row];
      const reasons = await reasonsIn(kind, fileOf(kind, [{ ...first, [name]: '' }]));
      expect(reasons).toEqual([`MISSING_VALUE ${column.name}`]);
      const others = columnsOf(kind).flatMap(([other]) => (other === name ? [] : [other]));
      await expect(readTables({ [kind]: fileOf(kind, rows, others) })).rejects.toThrow('MISSING_COLUMN');
    });

    test.each(
      columnsOf(kind).flatMap(([name, column]) =>
        column.type === 'choice' && column.optional === true ? [[name, Object.keys(column.values)[0] as string]] : [],
      ),
    )('no %s counts as %s', async (name, value) => {
      const [first] = rows as readonly [Row];
      const both = fileOf(kind, [
        { ...first, [name]: '' },
        { ...first, [name]: value },
      ]);
      const { accepted, duplicate } = (await readAlone(kind, both)).dispositions;
      expect([accepted.rows, duplicate.rows]).toEqual([1, 1]);
      const [said] = columns[name]?.without?.en.split(' ').slice(-1) ?? [];
      expect(said).toBe(`${value}.`);
    });

    test.each(wordsOf(kind))('%s: %s is read as %s', async (name, word, value) => {
      const row = { ...(rows[0] as Row), ...BESIDE[`${name} ${value}`] };
      const [asWord, asValue] = await Promise.all(
        [word, value].map(async (written) => readAlone(kind, fileOf(kind, [{ ...row, [name]: written }]))),
      );
      expect(asWord?.dispositions).toEqual(asValue?.dispositions);
      // The row and its value in the other spelling are the same: a repeat, and no contradiction.
      const both = fileOf(kind, [
        { ...row, [name]: word },
        { ...row, [name]: value },
      ]);
      const { duplicate, conflicting, rejected } = (await readAlone(kind, both)).dispositions;
      const isRefused = name === 'voided' && value === 'yes';
      expect([duplicate.rows, conflicting.rows, rejected.rows]).toEqual(isRefused ? [0, 0, 2] : [1, 0, 0]);
    });
  });
}

/** What else a row needs to have a value. */
const BESIDE: Readonly<Record<string, Row>> = {
  'kind payment': { merchant: 'M0001' },
  'kind cancel': { related: 'T00000102' },
};

/** Every other word of a fixed list. */
const wordsOf = (kind: InputKind): readonly (readonly [column: string, word: string, value: string])[] =>
  columnsOf(kind).flatMap(([name, column]) =>
    'values' in column && column.values !== undefined
      ? Object.entries(column.values).flatMap(([value, words]) =>
          words.split(' ').map((word) => [name, word, value] as const),
        )
      : [],
  );
