import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { type Cells, DamagedRun, rowsAbout, rowsThatDiffer } from '../../../src/audit/record/records.ts';
import { compareText } from '../../../src/base/text.ts';
import { ROOT, withFolder } from '../../support/program.ts';

const HEADER = 'coupon_number,status,evidence';

const differing = (...contents: string[]): Promise<readonly (readonly (Cells | undefined)[])[]> =>
  withFolder(async (folder) => {
    const paths = contents.map((content, index) => {
      const path = join(folder, `${index}.csv`);
      writeFileSync(path, content);
      return path;
    });
    const found: (readonly (Cells | undefined)[])[] = [];
    for await (const rows of rowsThatDiffer(paths)) found.push(rows);
    return found;
  });
const file = (...rows: string[]): string => `${[HEADER, ...rows].join('\n')}\n`;
const row = (coupon: string, status: string, evidence = ''): Cells => ({ coupon_number: coupon, status, evidence });

const openFiles = (): number => readdirSync('/proc/self/fd').length;

describe('a file of a run', () => {
  test.each([
    ['that is not there', () => {}],
    ['that is a folder', (path: string) => mkdirSync(path)],
    ['whose header is none', (path: string) => writeFileSync(path, 'a"b"c,\n')],
  ])('%s is damaged, and left closed', (_, make) =>
    withFolder(async (folder) => {
      const path = join(folder, 'eligibility.csv');
      make(path);
      const before = openFiles();
      await expect(rowsAbout(path, new Set(['1']))).rejects.toThrow(DamagedRun);
      expect(openFiles()).toBe(before);
    }));
});

describe('rows that differ', () => {
  test('are found by coupon, whether both files hold it or one', async () => {
    expect(await differing(file('1,a,', '2,a,', '3,a,'), file('2,b,', '3,a,', '4,a,'))).toEqual([
      [row('1', 'a'), undefined],
      [row('2', 'a'), row('2', 'b')],
      [undefined, row('4', 'a')],
    ]);
  });

  test('bring the rows of the files in between; what only differs there is passed over', async () => {
    expect(await differing(file('1,a,', '2,a,'), file('1,x,', '2,x,'), file('1,a,', '2,b,'))).toEqual([
      [row('2', 'a'), row('2', 'x'), row('2', 'b')],
    ]);
  });

  test('hold quoted commas, quotes and line ends', async () => {
    expect(await differing(file('1,a,"x\ny, ""z"""', '2,a,'), file('1,b,"x\ny, ""z"""', '2,a,'))).toEqual([
      [row('1', 'a', 'x\ny, "z"'), row('1', 'b', 'x\ny, "z"')],
    ]);
    expect(await differing(file('1,a,"x\n2,a,y"'), file('1,a,"x\n2,b,y"'))).toEqual([
      [row('1', 'a', 'x\n2,a,y'), row('1', 'a', 'x\n2,b,y')],
    ]);
  });

  test('may have a quoted coupon number, in the order in which runs sort', async () => {
    const numbers = ['A,1', 'A"2', '\uff21\n9', '\u{1f600}'];
    expect([...numbers].sort(compareText)).toEqual(['A"2', 'A,1', '\uff21\n9', '\u{1f600}']);
    const rows = (status: string) =>
      [...numbers].sort(compareText).map((number) => `"${number.replaceAll('"', '""')}",${status},`);
    const found = await differing(file(...rows('a')), file(...rows('b').slice(1)));
    expect(found.map(([was, is]) => [was?.coupon_number, is?.coupon_number])).toEqual([
      ['A"2', undefined],
      ['A,1', 'A,1'],
      ['\uff21\n9', '\uff21\n9'],
      ['\u{1f600}', '\u{1f600}'],
    ]);
  });

  test('are found wherever a chunk of the file ends', async () => {
    const filler = 'z'.repeat(262_144 - HEADER.length - 16);
    for (let length = 0; length < 32; length++) {
      const rows = (last: string) => file(`1,a,${filler}${'y'.repeat(length)}`, '2,a,"\u8868\n\u80fd"', `3,${last},`);
      expect(await differing(rows('a'), rows('b'))).toEqual([[row('3', 'a'), row('3', 'b')]]);
      expect((await differing(rows('a'), file('2,b,'))).map(([was]) => was?.coupon_number)).toEqual(['1', '2', '3']);
    }
  });

  test('are compared column by column where the files name them in another order', async () => {
    const other = 'status,evidence,coupon_number\na,,1\nb,,2\n';
    expect(await differing(file('1,a,', '2,a,'), other)).toEqual([
      [row('1', 'a'), row('1', 'a')],
      [row('2', 'a'), row('2', 'b')],
    ]);
  });

  test('and a last line without an end', async () => {
    expect(await differing(file('1,a,'), `${HEADER}\n1,b,`)).toEqual([[row('1', 'a'), row('1', 'b')]]);
  });

  test.each([
    ['rows out of order', file('1,a,', '3,a,', '2,a,')],
    ['a quote that is never closed', file('1,a,"x')],
  ])('are not looked for among %s', async (_, content) => {
    await expect(differing(file('1,b,', '2,b,'), content)).rejects.toThrow(DamagedRun);
  });

  test('are not looked for where there is no file', async () => {
    await expect(rowsThatDiffer(['/nowhere/at-all.csv']).next()).rejects.toThrow(DamagedRun);
  });

  // Found by a pipe in the place of eligibility.csv: explain waited for somebody to write into it.
  test('nor waited for where a pipe lies in its place', () =>
    withFolder(async (folder) => {
      spawnSync('mkfifo', [join(folder, 'pipe.csv')]);
      await expect(rowsThatDiffer([join(folder, 'pipe.csv')]).next()).rejects.toThrow(DamagedRun);
    }));

  test('of 200,000 are found in a heap of 40 MB', { timeout: 60_000 }, () =>
    withFolder(async (folder) => {
      await writeMany(join(folder, 'a.csv'), 'payable');
      await writeMany(join(folder, 'b.csv'), 'pending');
      const script = join(folder, 'count.mjs');
      writeFileSync(
        join(folder, 'count.ts'),
        `import { rowsThatDiffer } from ${JSON.stringify(join(ROOT, 'src/audit/record/records.ts'))};
        let count = 0;
        for await (const _ of rowsThatDiffer(['a.csv', 'b.csv'])) count++;
        process.stdout.write(String(count));`,
      );
      await build({
        entryPoints: [join(folder, 'count.ts')],
        bundle: true,
        platform: 'node',
        format: 'esm',
        outfile: script,
        nodePaths: [join(ROOT, 'node_modules')],
      });
      const words = ['--max-old-space-size=40', script];
      const { stdout, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
      expect([stdout, stderr]).toEqual(['200', '']);
    }),
  );
});

/** 200,000 rows of 36 MB; of every thousand, one says another status and holds a line end. */
async function writeMany(path: string, status: string): Promise<void> {
  const stream = createWriteStream(path);
  stream.write(`${HEADER}\n`);
  for (let row = 0; row < 200_000; row++) {
    const number = String(row).padStart(12, '0');
    const odd = row % 1000 === 0;
    const evidence = odd ? `"tx:T${number}\nS"` : `tx:T${number} ${'sale:S'.repeat(25)}`;
    if (!stream.write(`${number},${odd ? status : 'used_up'},${evidence}\n`))
      await new Promise((resume) => stream.once('drain', () => resume(undefined)));
  }
  await new Promise<void>((done) => {
    stream.end(() => done());
  });
}

describe('rows about certain coupons', () => {
  test('are all of them, in the order of the file', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'review.csv');
      writeFileSync(path, 'review_id,coupon_number\nR2,1\nR1,2\nR3,1\n');
      expect(await rowsAbout(path, new Set(['1']))).toEqual([
        { review_id: 'R2', coupon_number: '1' },
        { review_id: 'R3', coupon_number: '1' },
      ]);
    });
  });
});

test('reading that is to end ends', async () => {
  await withFolder(async (folder) => {
    const path = join(folder, 'eligibility.csv');
    writeFileSync(path, file('1,a,', '2,a,'));
    const ended = AbortSignal.abort();
    await expect(rowsAbout(path, new Set(['1']), 'coupon_number', ended)).rejects.toThrow('aborted');
    await expect(rowsThatDiffer([path, path], ended).next()).rejects.toThrow('aborted');
  });
});
