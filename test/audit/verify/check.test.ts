import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { skipped, verdict, verificationSchema } from '../../../src/audit/verify/check.ts';
import { copied, nightsInChain } from '../../support/nights-in-chain.ts';
import { program } from '../../support/program.ts';

const why = { ja: 'なぜ', en: 'why' };

test('a check is ok where nothing was found, and never where it was skipped', () => {
  expect(verdict('totals', [])).toEqual({ check: 'totals', result: 'ok', details: [] });
  expect(verdict('totals', [why])).toEqual({ check: 'totals', result: 'failed', details: [why] });
  expect(skipped('totals', why)).toEqual({ check: 'totals', result: 'not checked', details: [why] });
});

test('what verify prints as JSON is of its schema: a chain, a damaged run, and what has no manifest', async () => {
  const nights = nightsInChain(2);
  const printed = (run: string, ...more: readonly string[]) =>
    verificationSchema.safeParse(JSON.parse(program(['verify', run, '--json', ...more]).stdout));
  try {
    const whole = printed(join(nights, 'second'), '--chain');
    expect(whole.error).toBeUndefined();
    expect(whole.data?.nights).toHaveLength(2);
    expect(whole.data?.manifestSays?.policy).toBe('kagoshima-2023-02-24');
    await copied(nights, (folder) => {
      rmSync(join(folder, 'second/manifest.json'));
      const damaged = printed(join(folder, 'second'), '--chain', '--expect', '0'.repeat(64));
      expect(damaged.error).toBeUndefined();
      expect(damaged.data?.manifestSays).toBeUndefined();
    });
  } finally {
    rmSync(nights, { recursive: true });
  }
});
