import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { INPUTS, inFolder, regionpay, toldCodes } from '../command.ts';

const asOf = (day: string): string[] =>
  INPUTS.map((word) => (word.startsWith('2023-05-10T') ? `2023-05-${day}T02:00` : word));

/** Two nights in a row, and what is done with their series. */
const afterTwoNights = <T>(use: (series: string) => Promise<T>): Promise<T> =>
  inFolder(async (folder) => {
    for (const day of ['08', '09']) {
      const { status, stderr } = await regionpay([
        'run',
        ...asOf(day),
        '--out',
        join(folder, '{date}'),
        '--quiet',
        '--log-level',
        'error',
      ]);
      expect(stderr).toBe('');
      expect(status).toBe(0);
    }
    return use(folder);
  });

describe('status and show, after two nights of which the first made all payouts', () => {
  let series: {
    readonly status: string;
    readonly inJapanese: string;
    readonly shown: string;
    readonly summary: string;
  };
  beforeAll(async () => {
    series = await afterTwoNights(async (folder) => {
      const second = join(folder, '2023-05-09');
      return {
        status: (await regionpay(['status', folder])).stdout,
        inJapanese: (await regionpay(['status', folder, '--lang', 'ja'])).stdout,
        shown: (await regionpay(['show', second, '--lang', 'ja'])).stdout,
        summary: readFileSync(join(second, 'summary.txt'), 'utf8'),
      };
    });
  });

  // 12 payouts of 26,401 yen, of which a bank transfer of 2,000 yen waits for 05-15 (docs/contract/3-rules.md, section 8).
  it('says that nothing is new and everything is unsent', () => {
    expect(series.status).toContain('payable, new: 0 (0 yen)');
    expect(series.status).toContain('unsent: now 11 (24,401 yen); later 1 (2,000 yen)');
    expect(series.inJapanese).toContain('未送付: 今 11 件 24,401円、後日 1 件 2,000円');
  });

  it('names the last run, and the days of the notice that are still to come', () => {
    expect(series.status).toMatch(/last run: .*2023-05-09 {2}2023-05-09 02:00:00 Japan time/);
    expect(series.status).toContain(
      '2023-05-15 bank transfers begin (in 6 days), 2023-05-31 last day to receive (in 22 days)',
    );
  });

  it('shows the summary of a run as it stands in its folder', () => {
    expect(series.summary).toContain('■ これから送るもの');
    expect(series.shown.startsWith(series.summary)).toBe(true);
    expect(series.shown).toMatch(/指紋: [0-9a-f]{64}\n$/);
  });
});

describe('refused', () => {
  it.each([
    ['status', 'NOT_A_SERIES'],
    ['show', 'NOT_A_RUN_FOLDER'],
  ])('%s of a folder that is none', async (command, code) => {
    await inFolder(async (folder) => {
      const ended = await regionpay([command, folder]);
      expect([ended.status, ...toldCodes(ended)]).toEqual([3, code]);
    });
  });

  it('both where the summary is not as it was published', () =>
    afterTwoNights(async (folder) => {
      const summary = join(folder, '2023-05-09', 'summary.json');
      writeFileSync(summary, readFileSync(summary, 'utf8').replace('24401', '24402'));
      for (const words of [
        ['status', folder],
        ['show', join(folder, '2023-05-09')],
      ]) {
        const ended = await regionpay(words);
        expect([ended.status, ...toldCodes(ended)]).toEqual([3, 'DAMAGED_RUN']);
      }
    }));

  it('of a run whose summary holds less, made by an earlier version', () =>
    afterTwoNights(async (folder) => {
      const run = join(folder, '2023-05-09');
      const manifest = JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')) as { outputs: { name: string }[] };
      manifest.outputs = manifest.outputs.filter(({ name }) => name !== 'summary.txt');
      writeFileSync(join(run, 'manifest.json'), JSON.stringify(manifest));
      const ended = await regionpay(['show', run]);
      expect([ended.status, ...toldCodes(ended)]).toEqual([3, 'OLDER_RUN']);
    }));
});
