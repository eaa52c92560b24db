import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunComparison } from '../../src/audit/difference.ts';
import { program, ROOT, readRows } from '../support/program.ts';

const CONFIG = join(ROOT, 'fixtures/outage-night/run.json');
let base = '';
const at = (name: string) => join(base, name);
const run = (name: string, ...more: string[]) => {
  const result = program(['run', '--config', CONFIG, '--out', at(name), '--quiet', ...more]);
  expect(result).toEqual({ status: 0, stdout: '', stderr: '' });
};
const diff = (before: string, after: string, ...more: string[]) =>
  program(['diff', at(before), at(after), '--lang', 'en', ...more]);
const compared = (before: string, after: string): RunComparison =>
  JSON.parse(diff(before, after, '--json').stdout) as RunComparison;

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'regionpay-'));
  run('base');
  run('again');
  run('unclaimed', '--count-unclaimed');
  const policy = JSON.parse(program(['policy', '--json']).stdout) as { terms: { minimumResidualYen: number } };
  writeFileSync(at('policy.json'), JSON.stringify({ ...policy, terms: { ...policy.terms, minimumResidualYen: 2000 } }));
  run('stricter', '--policy', at('policy.json'));
  // Coupon 204: two payments of 1,400 yen and no report; a person grants the second press.
  const item = readRows(join(at('base'), 'review.csv')).find((row) => row.coupon_number === '000000000204');
  writeFileSync(
    at('decisions.csv'),
    `review_id,evidence_hash,decision,decided_by,decided_at\n${item?.review_id},${item?.evidence_hash},approve,K,2023-05-01T00:00:00+09:00\n`,
  );
  run('decided', '--decisions', at('decisions.csv'));
});
afterAll(() => rmSync(base, { recursive: true }));

describe('diff', () => {
  test('of two equal runs says so and exits 0', () => {
    const { status, stdout } = diff('base', 'again');
    expect(status).toBe(0);
    expect(stdout).toContain('No coupon comes out otherwise');
  });

  test('attributes what a stricter minimum takes away to that term: 111 had 1,000 yen and 205 had 1,300', () => {
    const result = compared('base', 'stricter');
    expect(result.runs).toContainEqual({ cause: 'term', what: 'minimumResidualYen: 1 → 2000' });
    expect(result.coupons.map((each) => [each.couponNumber, each.group, each.netYen])).toEqual([
      ['000000000111', 'no longer eligible', -1000],
      // 205 keeps its B2 ground, which awaits a claim; it is no longer in (A), so nothing is payable.
      ['000000000205', 'less', -1300],
    ]);
    expect(new Set(result.coupons.flatMap((each) => each.causes))).toEqual(new Set(['term']));
    expect(result.netYen).toBe(-2300);
    expect(result.money).toBe(true);
  });

  test('attributes a decision to the coupon that it is of, and to no other', () => {
    const result = compared('base', 'decided');
    // 1,200 yen left and 1,400 put back.
    expect(result.coupons.map((each) => [each.couponNumber, each.group, each.netYen, each.causes])).toEqual([
      ['000000000204', 'newly eligible', 2600, ['decision']],
    ]);
  });

  test('an option is a cause too: without waiting for calls 205 is put back two presses of 900', () => {
    const result = compared('base', 'unclaimed');
    expect(result.runs).toEqual([{ cause: 'option', what: 'countUnclaimed: false → true' }]);
    expect(result.coupons.map((each) => [each.couponNumber, each.netYen])).toEqual([['000000000205', 1800]]);
  });

  test.each([
    ['money', 'base', 'decided', 1],
    ['money', 'base', 'again', 0],
    ['any', 'base', 'decided', 1],
  ])('--fail-on %s of %s and %s exits %i', (what, before, after, status) => {
    expect(diff(before, after, '--fail-on', what).status).toBe(status);
  });

  test('--fail-on money lets a difference in words pass', () => {
    mkdirSync(at('words'));
    for (const name of ['manifest.json', 'review.csv', 'eligibility.csv']) {
      const content = readFileSync(join(at('base'), name), 'utf8');
      writeFileSync(
        join(at('words'), name),
        name === 'eligibility.csv' ? content.replace('SUPPORTED_BY_MERCHANT', 'ALREADY_CANCELLED') : content,
      );
    }
    expect(diff('base', 'words', '--fail-on', 'money').status).toBe(0);
    expect(diff('base', 'words', '--fail-on', 'any').status).toBe(1);
  });

  test('shows as many coupons as --limit says, and totals of all of them', () => {
    const { stdout } = diff('base', 'stricter', '--limit', '1');
    expect(stdout).toContain('1 more');
    expect(stdout).toContain('net: -2300 yen');
    expect(stdout).not.toContain('000000000205');
  });

  test('is Markdown for a pull request', () => {
    const { stdout } = diff('base', 'stricter', '--markdown');
    expect(stdout).toContain('| 000000000111 | no longer eligible | -1000 yen |');
  });

  test.each([
    [['--limit', 'many'], 2],
    [['--fail-on', 'nothing'], 2],
  ])('with %j is a wrong command line', (words, status) => {
    expect(diff('base', 'again', ...words).status).toBe(status);
  });

  test('of something that is no run is refused', () => {
    const { status, stderr } = program(['diff', at('base'), base, '--lang', 'en']);
    expect(status).toBe(3);
    expect(stderr).toContain('NOT_A_RUN_FOLDER');
  });
});
