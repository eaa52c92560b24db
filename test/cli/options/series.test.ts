import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesOf, readRows } from '../../support/program.ts';
import { type Ended, inFolder, NIGHT, put, regionpay, toldCodes } from '../command.ts';

const NAMES = ['issuance', 'transactions', 'merchant_reports', 'claims', 'applications'] as const;

/** An office that runs every night what stands in its config file, as cron does. */
interface Office {
  readonly folder: string;
  readonly run: (day: number, ...more: readonly string[]) => Promise<Ended>;
  readonly verify: (day: number, ...more: readonly string[]) => Promise<Ended>;
  readonly at: (name: string) => string;
}

const dayOf = (day: number): string => `2023-05-${String(day).padStart(2, '0')}`;

const inOffice = (use: (office: Office) => Promise<void>): Promise<void> =>
  inFolder(async (folder) => {
    for (const name of NAMES) copyFileSync(join(NIGHT, `${name}.csv`), join(folder, `${name}.csv`));
    const config = put(
      folder,
      'run.json',
      JSON.stringify({
        issuance: 'issuance.csv',
        transactions: 'transactions.csv',
        merchantReports: 'merchant_reports.csv',
        claims: 'claims.csv',
        applications: 'applications.csv',
        out: 'runs/{date}',
        archive: true,
      }),
    );
    await use({
      folder,
      at: (name) => join(folder, 'runs', name),
      run: (day, ...more) =>
        regionpay(['run', '--config', config, '--as-of', `${dayOf(day)}T02:00:00+09:00`, '--quiet', ...more], {
          cwd: folder,
        }),
      verify: (day, ...more) => regionpay(['verify', join(folder, 'runs', dayOf(day)), ...more], { cwd: folder }),
    });
  });

const yenOf = (run: string): number =>
  readRows(join(run, 'payouts.csv')).reduce((sum, row) => sum + Number(row.amount_yen), 0);
const headIn = (folder: string) =>
  Object.values(JSON.parse(readFileSync(join(folder, 'series.json'), 'utf8')).heads as Record<string, unknown>)[0] as {
    readonly run: string;
    readonly fingerprint: string;
  };
const ran = (ended: Ended): string => `${ended.status} ${toldCodes(ended).join()}`;

describe('the line in cron', () => {
  test('two nights in a row pays nobody twice', () =>
    inOffice(async ({ run, at, verify, folder }) => {
      expect(ran(await run(8))).toBe('0 ');
      expect(ran(await run(9))).toBe('0 ');
      // The worked night\u2019s 12 payouts (26,401 yen as of 05-08), once.
      expect([dayOf(8), dayOf(9)].map((day) => yenOf(at(day)))).toEqual([26_401, 0]);
      expect(headIn(join(folder, 'runs')).run).toBe(dayOf(9));
      expect((await verify(9, '--chain')).status).toBe(0);
    }));

  test('run again changes nothing, though another night has come since', () =>
    inOffice(async ({ run, folder }) => {
      await run(8);
      await run(9);
      const before = filesOf(join(folder, 'runs'));
      for (const day of [9, 8]) {
        const again = await run(day, '--json');
        expect(again.status).toBe(0);
        expect(JSON.parse(again.stdout)).toMatchObject({ result: 'unchanged' });
      }
      expect(filesOf(join(folder, 'runs'))).toEqual(before);
    }));

  test('says what it follows, and its fingerprint, for a person, a program and the log', () =>
    inOffice(async ({ run, at, folder }) => {
      await run(8);
      const words = (await run(9, '--lang', 'en', '--log-level', 'info', '--log-format', 'json')).stderr;
      const { fingerprint } = headIn(join(folder, 'runs'));
      expect(JSON.parse(words.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ msg: 'published', fingerprint });
      const asJson = JSON.parse((await run(9, '--json')).stdout);
      expect(asJson).toMatchObject({ fingerprint, previous: at(dayOf(8)) });
    }));
});

describe('a run that would break the chain', () => {
  test.each<[string, number, readonly string[], string]>([
    ['follows an older run', 10, ['--previous', `runs/${dayOf(8)}`], 'OLD_PREVIOUS'],
    ['is as of before the latest', 7, [], 'BEFORE_LATEST'],
    ['replaces a run that is followed', 8, ['--replace'], 'RUN_CONTINUED'],
    ['replaces it anywhere', 8, ['--replace', '--out', `runs/${dayOf(8)}`], 'RUN_CONTINUED'],
    ['begins anew where it stands', 9, ['--first'], 'OLD_PREVIOUS'],
    ['follows what is no run', 10, ['--previous', 'runs'], 'BAD_PREVIOUS'],
    ['lies in a folder of its night', 10, ['--out', 'runs/{date}/kagoshima'], 'UNKNOWN_VALUE'],
    ['begins anew and follows a run', 10, ['--first', '--previous', 'latest'], 'UNKNOWN_VALUE'],
  ])('is refused: it %s', (_, day, more, code) =>
    inOffice(async ({ run, folder }) => {
      await run(8);
      await run(9);
      const before = filesOf(join(folder, 'runs'));
      expect(ran(await run(day, ...more))).toBe(`2 ${code}`);
      expect(filesOf(join(folder, 'runs'))).toEqual(before);
    }));

  test('names the head', () =>
    inOffice(async ({ run }) => {
      await run(8);
      await run(9);
      const { stderr } = await run(10, '--previous', `runs/${dayOf(8)}`, '--lang', 'en');
      expect(stderr).toContain(`is not the latest run, which is runs/${dayOf(9)}`);
    }));
});

test('--previous may name the head, and --replace the head alone', () =>
  inOffice(async ({ run, at }) => {
    await run(8);
    expect(ran(await run(9, '--previous', `runs/${dayOf(8)}`))).toBe('0 ');
    expect(ran(await run(9, '--count-unclaimed'))).toBe('2 ALREADY_PUBLISHED');
    expect(ran(await run(9, '--count-unclaimed', '--replace'))).toBe('0 ');
    const { previous } = JSON.parse(readFileSync(join(at(dayOf(9)), 'manifest.json'), 'utf8'));
    expect(previous).not.toBeNull();
    expect(ran(await run(10))).toBe('0 ');
  }));

test('--first begins a second chain, which the next night goes on with', () =>
  inOffice(async ({ run, at, verify }) => {
    await run(8);
    expect(ran(await run(9, '--first'))).toBe('0 ');
    expect(yenOf(at(dayOf(9)))).toBe(26_401);
    await run(10);
    expect(yenOf(at(dayOf(10)))).toBe(0);
    expect((await verify(10, '--chain')).status).toBe(0);
  }));

test('--out without {date} follows nothing, but in a folder that is a series', () =>
  inOffice(async ({ run, folder, at }) => {
    expect(ran(await run(8, '--out', 'plain/a'))).toBe('0 ');
    expect(ran(await run(9, '--out', 'plain/b'))).toBe('0 ');
    expect(yenOf(join(folder, 'plain/b'))).toBe(26_401);
    expect(existsSync(join(folder, 'plain/series.json'))).toBe(false);
    await run(8);
    await run(9, '--out', 'runs/by-hand');
    expect([yenOf(at('by-hand')), headIn(join(folder, 'runs')).run]).toEqual([0, 'by-hand']);
  }));

test('outside a series, too, a run is not replaced on which another beside it builds', () =>
  inOffice(async ({ run }) => {
    await run(8, '--out', 'plain/a');
    await run(9, '--out', 'plain/b', '--previous', 'plain/a');
    expect(ran(await run(8, '--out', 'plain/a', '--replace', '--count-unclaimed'))).toBe('2 RUN_CONTINUED');
    expect(ran(await run(9, '--out', 'plain/b', '--previous', 'plain/a', '--replace', '--excel'))).toBe('0 ');
  }));

describe('runs without a series.json', () => {
  const forget = (folder: string): void => rmSync(join(folder, 'runs/series.json'));

  test('are a series whose head is found, and this is said', () =>
    inOffice(async ({ run, folder, at }) => {
      await run(8);
      await run(9);
      forget(folder);
      const { stderr } = await run(10, '--lang', 'en', '--log-level', 'info');
      expect(stderr).toContain(`latest run found: folder runs/${dayOf(9)}`);
      expect((await run(11, '--log-level', 'info', '--lang', 'en')).stderr).toContain(
        `follows: folder runs/${dayOf(10)}`,
      );
      expect([10, 11].map((day) => yenOf(at(dayOf(day))))).toEqual([0, 0]);
      expect(headIn(join(folder, 'runs')).run).toBe(dayOf(11));
    }));

  test('of several chains need a word; the others end', () =>
    inOffice(async ({ run, folder, at }) => {
      await run(8, '--out', 'runs/a');
      await run(9, '--out', 'runs/b');
      const refused = await run(10, '--lang', 'en');
      expect(ran(refused)).toBe('2 SEVERAL_CHAINS');
      expect(refused.stderr).toContain('runs/a, runs/b');
      expect(existsSync(join(folder, 'runs/series.json'))).toBe(false);
      expect(ran(await run(10, '--previous', 'runs/b'))).toBe('0 ');
      expect(ran(await run(11))).toBe('0 ');
      expect(yenOf(at(dayOf(11)))).toBe(0);
    }));

  test('a run that was made elsewhere is taken over', () =>
    inOffice(async ({ run, folder, at, verify }) => {
      await run(8, '--out', 'elsewhere/run');
      expect(ran(await run(9, '--previous', 'elsewhere/run'))).toBe('0 ');
      expect(yenOf(at(dayOf(9)))).toBe(0);
      // Made again it needs that run once more.
      expect(ran(await run(9))).toBe('2 BAD_PREVIOUS');
      expect(ran(await run(9, '--previous', 'elsewhere/run'))).toBe('0 ');
      expect(ran(await run(10))).toBe('0 ');
      expect(readdirSync(join(folder, 'runs')).sort()).toEqual([dayOf(9), dayOf(10), 'series.json', 'series.key']);
      expect((await verify(10, '--chain')).status).toBe(1);
    }));
});

describe('a head that is not as it was', () => {
  test.each<[string, (runs: string) => void, string]>([
    ['gone', (runs) => renameSync(join(runs, dayOf(8)), `${runs}-away`), 'SERIES_BROKEN'],
    [
      'altered',
      (runs) => {
        const path = join(runs, dayOf(8), 'manifest.json');
        writeFileSync(path, readFileSync(path, 'utf8').replace('02:00:00', '03:00:00'));
      },
      'SERIES_BROKEN',
    ],
    ['recorded in a file that cannot be read', (runs) => writeFileSync(join(runs, 'series.json'), '['), 'BAD_SERIES'],
  ])('%s stops the next night', (_, harm, code) =>
    inOffice(async ({ run, folder }) => {
      await run(8);
      harm(join(folder, 'runs'));
      expect(ran(await run(9))).toBe(`2 ${code}`);
    }));
});

test('a run that a crash kept from being recorded is followed by the next', () =>
  inOffice(async ({ run, folder, at, verify }) => {
    await run(8);
    const recorded = readFileSync(join(folder, 'runs/series.json'));
    await run(9);
    writeFileSync(join(folder, 'runs/series.json'), recorded);
    expect((await verify(9, '--chain')).status).toBe(1);
    expect(ran(await run(10))).toBe('0 ');
    expect(yenOf(at(dayOf(10)))).toBe(0);
    expect((await verify(10, '--chain')).status).toBe(0);
  }));

test('verify --expect holds a run against what was noted down', () =>
  inOffice(async ({ run, folder, at, verify }) => {
    await run(8);
    const { fingerprint } = headIn(join(folder, 'runs'));
    expect((await verify(8, '--expect', fingerprint.toUpperCase())).status).toBe(0);
    const other = `${'0'.repeat(63)}1`;
    const differs = await verify(8, '--expect', other);
    expect([differs.status, differs.stdout.includes(`not ${other}`)]).toEqual([1, true]);
    expect(ran(await verify(8, '--expect', fingerprint.slice(0, 16)))).toBe('2 UNKNOWN_VALUE');
    // Of a run whose manifest cannot be read nothing was proved.
    writeFileSync(join(at(dayOf(8)), 'manifest.json'), '{');
    expect((await verify(8, '--expect', fingerprint)).status).toBe(1);
  }));

test('check compares with the run that the next would follow, and changes nothing', () =>
  inOffice(async ({ run, folder }) => {
    await run(8);
    const log = readFileSync(join(folder, 'transactions.csv'), 'utf8').trimEnd().split('\n');
    writeFileSync(join(folder, 'transactions.csv'), `${log.slice(0, -2).join('\n')}\n`);
    const words = ['check', '--config', join(folder, 'run.json'), '--as-of', '2023-05-09'];
    const checked = await regionpay([...words, '--lang', 'en'], { cwd: folder });
    expect(ran(checked)).toBe('3 FEWER_ROWS,ROWS_GONE');
    expect(checked.stdout).toContain('−2 rows since the previous run');
    expect(ran(await run(9))).toBe('3 FEWER_ROWS,ROWS_GONE');
    expect(ran(await run(9, '--allow-rows-gone'))).toBe('0 ');
  }));
