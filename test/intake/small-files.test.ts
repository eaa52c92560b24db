import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type Content, csv, HEADERS, ROW, read, windows31j } from './read-files.ts';

/** What is read of a decisions file, whatever its size and name are. */
async function facts(content: Content) {
  const { tables, problems } = await read({ decisions: { 'decisions.csv': content } });
  return {
    problems: problems.map(({ code, where }) => `${code} ${where}`),
    decisions: tables?.decisions,
    rejects: tables?.rejects,
    files: tables?.files.map(({ encoding, columns, ignoredColumns, rowsRead, dispositions }) => ({
      encoding,
      columns,
      ignoredColumns,
      rowsRead,
      dispositions,
    })),
  };
}

const row = (id: string): string => ROW.decisions.replace('R1', id);
const CONTENTS: Readonly<Record<string, Content>> = {
  'plain rows': csv('decisions', row('R1'), row('R2'), row('R2')),
  'a byte order mark': `\uFEFF${csv('decisions', row('R1'))}`,
  'Windows-31J': windows31j(csv('decisions', row('R1'))),
  'neither encoding': Uint8Array.from([...new TextEncoder().encode(HEADERS.decisions), 0x0a, 0xff, 0xff]),
  'mixed line ends and blank lines': `${csv('decisions', row('R1')).replaceAll('\n', '\r\n')}\n\r${row('R2')}\r`,
  'line ends inside quotes': csv('decisions', `${row('R1')}"one\r\ntwo\nthree"`, row('R2').replace('approve', 'maybe')),
  'stray quotes': csv('decisions', row('R"1'), row('"R2" '), row('R3')),
  'rows of another length': csv('decisions', 'R1', `${row('R2')},,,`, row('R3')),
  'a quote that is never closed': csv('decisions', row('R1'), row('"R2'), row('R3')),
  'a faulty header': 'review_id,review_id\nR1,R1\n',
  'a header without a line end': HEADERS.decisions,
  'no byte': '',
};

// A gzip file is always read as a stream; a small plain one never.
test.each(Object.entries(CONTENTS))('a small file with %s is read at once as it is as a stream', async (_, content) => {
  const atOnce = await facts(content);
  expect(atOnce).toEqual(await facts(gzipSync(content)));
  expect(atOnce.decisions !== undefined || atOnce.problems.length > 0).toBe(true);
});

test('a small file that holds a thousand times its bytes is read whole, though its buffers are small', async () => {
  const rows = Array.from({ length: 4000 }, (_, index) =>
    ROW.transactions.replace(/^[^,]*/, `T${String(index).padStart(8, '0')}`),
  );
  const content = csv('transactions', ...rows);
  const packed = gzipSync(content, { level: 9 });
  // In more blocks than one, and with as many bytes as a ratio of 20 leaves no room for.
  expect(packed.length * 20).toBeLessThan(content.length);
  const readAs = async (bytes: Content) => {
    const { tables, problems } = await read({ transactions: { 'log.csv': bytes } });
    return { problems, rows: tables?.transactions.rows, yen: tables?.transactions.amountYen.slice(0, 4000) };
  };
  const whole = await readAs(content);
  expect(whole.rows).toBe(4000);
  expect(await readAs(packed)).toEqual(whole);
});

test('a file too large to be read at once has the same rows', async () => {
  const note = 'x'.repeat(1000);
  const rows = Array.from({ length: 600 }, (_, index) => `${row(`R${index}`)}${note}`);
  const large = await facts(csv('decisions', ...rows));
  const small = await facts(csv('decisions', ...rows.slice(0, 100)));
  expect(large.decisions).toHaveLength(600);
  expect(large.decisions?.slice(0, 100)).toEqual(small.decisions);
});
