import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { policyComparisonSchema } from '../../../src/audit/diff/policy-difference.ts';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import { inFolder, NIGHT, put, regionpay, toldCodes } from '../command.ts';

const { file: BUILT_IN, id: ID } = KAGOSHIMA;
const written = (folder: string, terms: object): string =>
  put(folder, 'amended.json', JSON.stringify({ ...BUILT_IN, id: 'amended', terms: { ...BUILT_IN.terms, ...terms } }));
const INPUTS = ['--config', join(NIGHT, 'run.json'), '--log-level', 'warn', '--limit', '1'];

describe('policy diff', () => {
  it.concurrent('holds terms against each other, and ends with 1 where any differs', async () => {
    await inFolder(async (folder) => {
      const amended = written(folder, { claimsClose: '2023-03-10' });
      const ended = await regionpay(['policy', 'diff', ID, amended]);
      expect([ended.status, ended.stderr]).toEqual([1, '']);
      expect(ended.stdout).toContain('  terms.claimsClose  none → 2023-03-10\n      people can call less long');
      const ja = await regionpay(['policy', 'diff', amended, ID, '--lang', 'ja']);
      expect(ja.stdout).toContain('  terms.claimsClose  2023-03-10 → なし\n');
      expect((await regionpay(['policy', 'diff', ID, ID, '--quiet'])).status).toBe(0);
    });
  });

  it.concurrent('settles a night under both, publishes nothing, and names no contact', async () => {
    await inFolder(async (folder) => {
      // Of the coupons of (A) in the worked night one has no more than 1,000 yen left.
      const amended = written(folder, { minimumResidualYen: 1001 });
      const ended = await regionpay(['policy', 'diff', ID, amended, ...INPUTS, '--json'], { cwd: folder });
      expect([ended.status, ended.stderr]).toEqual([1, '']);
      const { terms, night } = policyComparisonSchema.parse(JSON.parse(ended.stdout));
      expect(terms.map(({ path }) => path)).toEqual(['terms.minimumResidualYen']);
      expect(night?.money).toBe(true);
      expect(night?.coupons.length).toBe(1);
      expect(night?.steps[0]?.netYen).toBe(night?.netYen);
      const yen = (which: 'before' | 'after') => night?.routes.reduce((sum, route) => sum + route[which].yen, 0) ?? 0;
      expect(yen('after') - yen('before')).toBe(night?.netYen);
      expect(ended.stdout).not.toMatch(/0[789]0\d{8}|@/);
    });
  });

  it.concurrent('asks for money alone where that is wanted: terms may differ then', async () => {
    await inFolder(async (folder) => {
      const amended = written(folder, { mostCouponsPerAccount: 51 });
      const words = ['policy', 'diff', ID, amended, ...INPUTS, '--quiet'];
      expect(await regionpay([...words, '--fail-on', 'money'])).toEqual({ status: 0, stdout: '', stderr: '' });
      expect((await regionpay(words)).status).toBe(1);
    });
  });

  it.concurrent('refuses what run would refuse, inputs of which some are missing, and what is no policy', async () => {
    await inFolder(async (folder) => {
      const other = written(folder, {});
      const log = put(
        folder,
        'log.csv',
        'transaction_id,coupon_number,occurred_at,kind,status,amount_yen,merchant_id\n',
      );
      const empty = await regionpay(['policy', 'diff', ID, other, ...INPUTS, '--transactions', log]);
      expect([empty.status, toldCodes(empty)]).toEqual([3, ['NO_ROWS']]);
      const half = await regionpay(['policy', 'diff', ID, other, '--as-of', '2031-09-01']);
      expect([half.status, toldCodes(half)]).toEqual([2, Array(3).fill('MISSING_OPTION')]);
      expect((await regionpay(['policy', 'diff', ID, join(folder, 'none.json')])).status).toBe(2);
    });
  });
});
