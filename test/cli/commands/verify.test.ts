import { appendFileSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alter, redoAll, redoManifest, withOneYenPayable } from '../../support/forged-run.ts';
import { copied, makeNight, nightsInChain } from '../../support/nights-in-chain.ts';
import { program } from '../../support/program.ts';
import { NIGHT } from '../command.ts';

let nights = '';
beforeAll(() => {
  nights = nightsInChain(2);
  makeNight(nights, 'bare', '2023-05-10T02:00:00+09:00');
});
afterAll(() => rmSync(nights, { recursive: true }));

const verify = (run: string, ...more: readonly string[]) => program(['verify', run, '--lang', 'en', ...more]);

describe('--strict', () => {
  test('fails where anything was not checked, and nothing else', async () => {
    expect(verify(join(nights, 'second'), '--strict').status).toBe(0);
    const bare = verify(join(nights, 'bare'));
    expect([bare.status, verify(join(nights, 'bare'), '--strict').status]).toEqual([0, 1]);
    expect(bare.stdout).toContain('not checked: what manifest.json says');
  });

  test('fails where another revision is said to have made the run, whose forged hash is only said to stand there', () =>
    copied(nights, (folder) => {
      const run = join(folder, 'second');
      redoManifest(run, (body) => ({
        ...body,
        program: { ...(body.program as object), revision: 'forged' },
        ruleSet: { ...(body.ruleSet as object), sha256: '0'.repeat(64) },
      }));
      const { status, stdout } = verify(run);
      expect(status).toBe(0);
      expect(stdout).toMatch(
        /^manifest\.json says: made by regionpay-reconcile .* \(forged\), rule set 0000000000000000,/,
      );
      expect(stdout).toContain('nobody checked what it says of: program, ruleSet.sha256');
      expect(verify(run, '--strict').status).toBe(1);
    }));
});

describe('of a run without archive, --inputs says where its originals lie', () => {
  test('and it is executed again from them, which leaves nothing unchecked', () => {
    const { status, stdout } = verify(join(nights, 'bare'), '--inputs', NIGHT, '--strict');
    expect(status).toBe(0);
    expect(stdout).toContain('ok: inputs\n    by 5 original files, whose content is that which the run read\n');
    expect(stdout).toContain('ok: re-execution\n');
    expect(stdout).toContain('ok: what manifest.json says\n');
  });

  test('and what does not come of them is found', () =>
    copied(nights, (folder) => {
      const run = join(folder, 'bare');
      alter(run, 'eligibility.csv', withOneYenPayable);
      redoAll(run);
      const { status, stdout } = verify(run, '--inputs', NIGHT);
      expect(status).toBe(1);
      expect(stdout).toContain('FAILED: re-execution\n    eligibility.csv comes out otherwise\n');
    }));

  test('and it is not proved where one is missing or of another night by now', () =>
    copied(nights, (folder) => {
      expect(verify(join(nights, 'bare'), '--inputs', join(nights, 'bare')).status).toBe(1);
      cpSync(NIGHT, join(folder, 'office'), { recursive: true });
      appendFileSync(join(folder, 'office/claims.csv'), '\n');
      const { status, stdout } = verify(join(folder, 'bare'), '--inputs', join(folder, 'office'));
      expect(status).toBe(1);
      expect(stdout).toContain('there is a file claims.csv, but it does not hold what the run read');
      expect(stdout).toContain('not checked: re-execution\n    because the inputs are not complete\n');
    }));

  test('or --config does, whose run it was', () => {
    const { status, stdout } = verify(join(nights, 'bare'), '--config', join(NIGHT, 'run.json'));
    expect([status, stdout.includes('not checked')]).toEqual([0, false]);
  });
});

test('the nights of a chain are shown as a table, the last first', () => {
  const { status, stdout } = verify(join(nights, 'second'), '--execute', 'all');
  expect(status).toBe(0);
  const [, table = ''] = stdout.split('nights walked (2):\n');
  expect(table.trimEnd().split('\n')).toEqual([
    expect.stringMatching(
      /^ {2}second {2}2023-05-10T02:00:00\+09:00 {2}[0-9a-f]{16} {2}checksums ok, file modes ok, manifest\.json ok, control totals ok, inputs ok, re-execution ok, report\.html, and what is made for it ok, what manifest\.json says ok$/,
    ),
    expect.stringMatching(
      /^ {2}first {3}2023-04-05T02:00:00\+09:00 {2}[0-9a-f]{16} {2}checksums ok, .*re-execution ok, report\.html, and what is made for it ok, what manifest\.json says ok, as the next night has it ok$/,
    ),
  ]);
});
