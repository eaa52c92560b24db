import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reader } from '../../src/intake/bytes/file.ts';
import type { InputKind } from '../../src/tables/tables.ts';
import { read } from './read-files.ts';

/**
 * Files with people in them, damaged where a hand or a program damages files: whatever intake says of them, in a problem, a
 * rejected row or a list of columns, no field that says who somebody is, or how to reach them, is in it.
 */
const FILES: Partial<Record<InputKind, { readonly header: string; readonly rows: readonly string[] }>> = {
  issuance: {
    header: 'coupon_number,medium,prefecture,face_yen,issued_at,expires_on,account_id,account_status,phone,email',
    rows: [
      '0001,paper,46,2000,2023-02-23T15:00:00+09:00,2023-02-24,A1,active,09011110001,qzx-one@example.jp',
      '0002,paper,46,2000,2023-02-23T15:00:00+09:00,2023-02-24,A1,active,+81-90-1111-0002,',
    ],
  },
  applications: {
    header:
      'application_id,applied_at,coupon_number,prefecture,method,phone,email,bank_code,branch_code,account_type,account_number,account_holder_kana,name',
    rows: [
      'AP1,2023-04-02T10:00:00+09:00,0001,46,bank_transfer,,,9988,776,1,7654321,ヒミツ ハナコ,秘密花子',
      'AP2,2023-04-02T10:00:00+09:00,0002,46,url,09011110001,qzx-two@example.jp,,,,,,Bill Price',
      '申請3,2023-04-02T10:00:00+09:00,0003,46,bank_transfer,,,9988,776,1,7654321,アウトカナ,Day Holder',
    ],
  },
  decisions: {
    header: 'review_id,evidence_hash,decision,decided_at,note,decided_by',
    rows: [
      'R1,abc,approve,2023-05-01T10:00:00+09:00,店 秘密花子 に電話,Bill Price',
      'R2,abc,reject,2023-05-01,,秘密花子',
    ],
  },
};
const MARKERS = [
  '09011110001',
  '1111-0002',
  'qzx-',
  '9988',
  '776',
  '7654321',
  'ハナコ',
  '秘密',
  '花子',
  'Bill',
  'Price',
  'アウト',
  'Day Holder',
];

type Damage = (header: string, rows: readonly string[], at: number, other: number) => string;

const joined = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
const insert = (text: string, at: number, sign: string): string =>
  `${text.slice(0, at % (text.length + 1))}${sign}${text.slice(at % (text.length + 1))}`;
const swap = (line: string, at: number, other: number): string => {
  const cells = line.split(',');
  const [one, two] = [at % cells.length, other % cells.length];
  const kept = cells[one] ?? '';
  cells[one] = cells[two] ?? '';
  cells[two] = kept;
  return cells.join(',');
};

const DAMAGES: Readonly<Record<string, Damage>> = {
  'the line end behind the header is lost': (header, rows) => joined([`${header}${rows[0]}`, ...rows.slice(1)]),
  'a comma stands for the line end behind the header': (header, rows) =>
    joined([`${header},${rows[0]}`, ...rows.slice(1)]),
  'all line ends are lost': (header, rows) => `${header}${rows.join('')}`,
  'the header is cut short and runs into a row': (header, rows, at) =>
    joined([`${header.slice(0, at % header.length)}${rows[0]}`, ...rows.slice(1)]),
  'the header begins later': (header, rows, at) => joined([header.slice(at % header.length), ...rows]),
  'the header ends earlier': (header, rows, at) => joined([header.slice(0, at % header.length), ...rows]),
  'the header is missing': (_, rows) => joined(rows),
  'some headers stand before a row': (header, rows, at, other) => {
    const names = header.split(',').slice(0, 1 + (at % 4));
    const cells = (rows[other % rows.length] ?? '').split(',');
    return joined([[...names, ...cells].join(','), ...rows]);
  },
  'half of the header is a row': (header, rows, at, other) => {
    const names = header.split(',');
    const cells = (rows[other % rows.length] ?? '').split(',');
    return joined([names.map((name, place) => (place < at % names.length ? name : cells[place])).join(','), ...rows]);
  },
  'a quote stands somewhere in the header': (header, rows, at) => joined([insert(header, at, '"'), ...rows]),
  'a header opens a quote that a later row closes': (header, rows, at, other) => {
    const cells = header.split(',');
    const opened = cells.map((cell, place) => (place === at % cells.length ? `"${cell}` : cell)).join(',');
    return joined([opened, ...rows.map((row, place) => (place === other % rows.length ? insert(row, at, '"') : row))]);
  },
  'a quote stands somewhere in a row': (header, rows, at, other) =>
    joined([header, ...rows.map((row, place) => (place === other % rows.length ? insert(row, at, '"') : row))]),
  'a field of a row opens a quote': (header, rows, at) =>
    joined([
      header,
      ...rows.map((row) =>
        row
          .split(',')
          .map((cell, place) => (place === at % 14 ? `"${cell}` : cell))
          .join(','),
      ),
    ]),
  'two columns are swapped in the rows': (header, rows, at, other) =>
    joined([header, ...rows.map((row) => swap(row, at, other))]),
  'two headers are swapped': (header, rows, at, other) => joined([swap(header, at, other), ...rows]),
  'commas are tabs': (header, rows) => joined([header, ...rows]).replaceAll(',', '\t'),
  'commas are semicolons': (header, rows) => joined([header, ...rows]).replaceAll(',', ';'),
  'tabs in all but the header': (header, rows) => joined([header, ...rows.map((row) => row.replaceAll(',', '\t'))]),
  'a header stands twice': (header, rows, at) => joined([`${header},${header.split(',')[at % 5]}`, ...rows]),
  'a row stands above the header': (header, rows) => joined([rows[0] ?? '', header, ...rows]),
};

const told = async (kind: InputKind, content: string, reader: Reader): Promise<string> => {
  const { tables, problems } = await read({ [kind]: content }, { reader, understand: { rows: 5 } });
  const rejects = tables?.rejects.map(({ line, code, column, what, advice }) => ({ line, code, column, what, advice }));
  return JSON.stringify({ problems, files: tables?.files, rejects });
};

describe.each(Object.keys(DAMAGES))('where %s', (name) => {
  it.each(Object.keys(FILES) as InputKind[])('nobody of the %s is named', async (kind) => {
    const { header, rows } = FILES[kind] as { header: string; rows: readonly string[] };
    const damage = DAMAGES[name] as Damage;
    await fc.assert(
      fc.asyncProperty(fc.nat(400), fc.nat(400), async (at, other) => {
        const content = damage(header, rows, at, other);
        for (const reader of ['bytes', 'csv-parse'] as const) {
          const said = await told(kind, content, reader);
          expect(said.length).toBeGreaterThan(20);
          // Hashes may hold the digits of a branch by chance.
          const words = said.replace(/\b[0-9a-f]{32,}\b/g, '');
          expect(
            MARKERS.filter((marker) => words.includes(marker)),
            said,
          ).toEqual([]);
        }
      }),
      { seed: 16, numRuns: 25 },
    );
  });
});
