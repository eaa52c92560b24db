import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunComparison } from '../../../src/audit/diff/difference.ts';
import { program, ROOT, readRows } from '../../support/program.ts';

const CONFIG = join(ROOT, 'fixtures/outage-night/run.json');
let base = '';
const at = (name: string) => join(base, name);
/** Under a policy of the built-in one's terms and another id, for the built-in id stands for its terms alone. */
const run = (name: string, ...more: string[]) => {
  const words = ['run', '--config', CONFIG, '--out', at(name), '--quiet', '--policy', at('as-built-in.json'), ...more];
  const result = program(words);
  expect(result).toEqual({ status: 0, stdout: '', stderr: '' });
};
const diff = (before: string, after: string, ...more: string[]) =>
  program(['diff', at(before), at(after), '--lang', 'en', ...more]);
const compared = (before: string, after: string): RunComparison =>
  JSON.parse(diff(before, after, '--json').stdout) as RunComparison;

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'regionpay-'));
  const builtIn = JSON.parse(program(['policy', '--json']).stdout) as { terms: { minimumResidualYen: number } };
  const policy = { ...builtIn, id: 'an-outage' };
  writeFileSync(at('as-built-in.json'), JSON.stringify(policy));
  run('base');
  run('again');
  run('unclaimed', '--count-unclaimed');
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

/** The base run as it would stand if its coupons had come out otherwise. */
function words(name: string, change: (eligibility: string) => string): void {
  cpSync(at('base'), at(name), { recursive: true });
  const file = join(at(name), 'eligibility.csv');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

describe('diff', () => {
  test('of two equal runs says so and exits 0', () => {
    const { status, stdout } = diff('base', 'again');
    expect(status).toBe(0);
    expect(stdout).toContain('No coupon comes out otherwise');
  });

  test('says of coupons that became paid that they did: from one night to the next, all that was payable', () => {
    run('next', '--as-of', '2023-05-11T02:00:00+09:00', '--previous', at('base'));
    const result = compared('base', 'next');
    const payable = readRows(join(at('base'), 'eligibility.csv')).filter(({ status }) => status === 'payable');
    expect(result.groups.paid.coupons).toBe(payable.length);
    expect(result.groups.less.coupons).toBe(0);
    const said = program(['diff', at('base'), at('next'), '--lang', 'ja']).stdout;
    expect(said).toContain('000000000101  支払済みになった');
    expect(said).not.toContain('減った');
  });

  test('attributes what a stricter minimum takes away to that term: 111 had 1,000 yen and 205 had 1,300', () => {
    const result = compared('base', 'stricter');
    expect(result.runs).toContainEqual({ cause: 'term', what: 'minimumResidualYen: 1 → 2000' });
    expect(result.coupons.map((each) => [each.couponNumber, each.group, each.netYen])).toEqual([
      ['000000000111', 'no longer eligible', -1000],
      // 205 keeps its B2 ground, which awaits a claim; it is no longer in (A), so nothing is payable.
      ['000000000205', 'less', -1300],
    ]);
    expect(result.coupons.map((each) => each.because)).toMatchObject([
      [{ cause: 'term', what: ['minimumResidualYen: 1 → 2000'], netYen: -1000 }],
      [{ cause: 'term', what: ['minimumResidualYen: 1 → 2000'], netYen: -1300 }],
    ]);
    expect(result.netYen).toBe(-2300);
    expect(result.money).toBe(true);
  });

  test('attributes a decision to the coupon that it is of, and to no other', () => {
    const result = compared('base', 'decided');
    // 1,200 yen left and 1,400 put back.
    expect(result.coupons).toMatchObject([
      { couponNumber: '000000000204', group: 'newly eligible', netYen: 2600, netReinstateYen: 1400 },
    ]);
    expect(result.coupons[0]?.because.map(({ cause }) => cause)).toEqual(['decision']);
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

  test.each([
    ['a difference in words pass', 'SUPPORTED_BY_MERCHANT', 'ALREADY_CANCELLED', 0],
    ['a date of validity pass', 'B1,2023-04-10', 'B1,2023-04-11', 0],
    ['the residual of a coupon without a ground pass', ',2023-02-25,1600,0', ',2023-02-25,1500,0', 0],
    ['no residual pass that a ground lets be kept', 'A,2023-03-31,2000,0,0,0,,,IN', 'A,2023-03-31,1999,0,0,0,,,IN', 1],
    ['no ground pass whose residual is lost with it', 'A,2023-03-31,2000,0,0,0,,,IN', ',2023-03-31,2000,0,0,0,,,IN', 1],
    ['no sum pass that is put back', 'B1,2023-04-10,2000,1000', 'B1,2023-04-10,2000,999', 1],
    ['no pending coupon pass that is lost', 'not_eligible,,2023-02-25,1600', 'pending,,2023-02-26,1600', 1],
    ['no sum pass that was paid', 'A,2023-03-31,2000,0,0,0,,,IN', 'A,2023-03-31,2000,0,1,0,,,IN', 1],
  ])('--fail-on money lets %s', (name, from, to, status) => {
    words(name, (text) => text.replace(from, to));
    expect(diff('base', name, '--fail-on', 'money').status).toBe(status);
    expect(diff('base', name, '--fail-on', 'any').status).toBe(1);
    expect(diff('base', name).status).toBe(1);
  });

  test.each([
    ['review.csv', 'another stake', ',no,1600,', ',no,1607,', 'amount_at_stake_yen 1,600 → 1,607', 0],
    [
      'extensions.csv',
      'another day',
      '101,2023-02-24,2023-03-31',
      '101,2023-02-24,2023-04-10',
      'to 2023-03-31 → 2023-04-10',
      0,
    ],
    ['reinstatements.csv', 'a row more', /$/, '000000000101,T1,M01,7,B1,tx:T1\n', 'amount_yen +7 yen', 1],
    ['merchant_days.csv', 'other yen of a shop', ',12800,', ',12807,', 'log_yen +7 yen', 0],
    ['unmatched.csv', 'a row less', /\nclaims.csv.*/, '', '- claims claims.csv 11', 0],
    ['input_days.csv', 'other yen of a day', /(\d)\n$/, '$10\n', 'total_yen +', 0],
    [
      'payouts.csv',
      'another recipient',
      'account:A04,09000000004',
      'account:A99,09000000099',
      'deliver_to is another',
      1,
    ],
    [
      'to_send.csv',
      'another recipient',
      'account:A04,09000000004',
      'account:A99,09000000099',
      'deliver_to is another',
      0,
    ],
  ])('sees in %s %s, and shows nobody\u2019s contact', (file, _, from, to, told, moneyStatus) => {
    const name = `other-${file}`;
    words(name, (content) => content);
    const path = join(at(name), file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
    const { status, stdout } = diff('base', name);
    expect(stdout).toContain(`No coupon comes out otherwise, but these files differ: ${file}.`);
    expect(stdout).toContain(told);
    expect(status).toBe(1);
    for (const form of ['--json', '--markdown']) {
      const other = diff('base', name, form);
      expect([other.status, other.stdout.includes(file)]).toEqual([1, true]);
      expect(stdout + other.stdout).not.toMatch(/0900000|A04|A99/);
    }
    expect(diff('base', name, '--fail-on', 'money').status).toBe(moneyStatus);
  });

  test('of a file that is written by one of two versions only says so', () => {
    words('older', (content) => content);
    const manifest = JSON.parse(readFileSync(join(at('older'), 'manifest.json'), 'utf8')) as {
      outputs: { name: string }[];
    };
    manifest.outputs = manifest.outputs.filter(({ name }) => name !== 'to_send.csv');
    writeFileSync(join(at('older'), 'manifest.json'), JSON.stringify(manifest));
    const { status, stdout } = diff('older', 'base');
    expect(status).toBe(1);
    expect(stdout).toContain('to_send.csv: written by the later run only');
  });

  test('of a folder without its review.csv is refused as DAMAGED_RUN', () => {
    words('without-review', (content) => content);
    rmSync(join(at('without-review'), 'review.csv'));
    const { status, stderr } = diff('base', 'without-review');
    expect(status).toBe(3);
    expect(stderr).toContain(`[DAMAGED_RUN] ${join(at('without-review'), 'review.csv')}`);
  });

  test('shows as many coupons as --limit says, and totals of all of them', () => {
    for (const form of [[], ['--markdown']]) {
      const { stdout } = diff('base', 'stricter', '--limit', '1', ...form);
      expect(stdout).toContain('and 1 more');
      expect(stdout).toContain('Net -2,300 yen: 2 coupons come out otherwise');
      expect(stdout).not.toMatch(/^.*000000000205.* less/m);
    }
  });

  test('is Markdown for a pull request: net yen, groups, causes, coupons', () => {
    expect(diff('base', 'stricter', '--markdown').stdout).toBe(`### Net -2,300 yen: 2 coupons come out otherwise

| group | coupons | to pay |
| --- | ---: | ---: |
| no longer eligible | 1 | -1,000 yen |
| less | 1 | -1,300 yen |
| **net** | 2 | -2,300 yen |

- **policy term** minimumResidualYen: 1 → 2000

| coupon | group | to pay | before → after | because of |
| --- | --- | ---: | --- | --- |
| 000000000111 | no longer eligible | -1,000 yen | status payable → (not listed)<br>grounds A → –<br>residual_yen 1,000 → –<br>payable_yen 1,000 → – | policy term |
| 000000000205 | less | -1,300 yen | status payable → awaiting_claim<br>grounds A+B2 → B2<br>valid_until 2023-03-31 → 2023-02-26<br>payable_yen 1,300 → 0<br>route app_url → – | policy term |

| What differs in the other files | rows | yen |
| --- | --- | --- |
| payouts.csv | 1 added, 2 gone | amount_yen -2,300 yen (+2,000 yen, -4,300 yen) |
| to_send.csv | 1 added, 2 gone | amount_yen -2,300 yen (+2,000 yen, -4,300 yen) |
| extensions.csv | 2 gone |  |

| payouts.csv | before → after |
| --- | --- |
| - 000000000101 000000000111 | route app_url, amount_yen 3,000, coupon_count 2, not_before 2023-04-01, receive_by 2023-05-31 |
| + 000000000101 | route app_url, amount_yen 2,000, coupon_count 1, not_before 2023-04-01, receive_by 2023-05-31 |
| - 000000000205 | route app_url, amount_yen 1,300, coupon_count 1, not_before 2023-04-01, receive_by 2023-05-31 |

| to_send.csv | before → after |
| --- | --- |
| - 000000000101 000000000111 | route app_url, amount_yen 3,000, coupon_count 2, not_before 2023-04-01, receive_by 2023-05-31, due now |
| + 000000000101 | route app_url, amount_yen 2,000, coupon_count 1, not_before 2023-04-01, receive_by 2023-05-31, due now |
| - 000000000205 | route app_url, amount_yen 1,300, coupon_count 1, not_before 2023-04-01, receive_by 2023-05-31, due now |

| extensions.csv | before → after |
| --- | --- |
| - 000000000111 | from 2023-02-24, to 2023-03-31, grounds A |
| - 000000000205 | from 2023-02-24, to 2023-03-31, grounds A+B2 |
`);
  });

  test('tells in yen what may be used no longer, before anything is to be paid', () => {
    run('early', '--as-of', '2023-03-10T00:00:00+09:00');
    run('early-stricter', '--as-of', '2023-03-10T00:00:00+09:00', '--policy', at('policy.json'));
    const result = compared('early', 'early-stricter');
    expect(result).toMatchObject({ money: true, netYen: 0, netReinstateYen: 0 });
    expect(result.coupons[0]).toMatchObject({ couponNumber: '000000000111', netYen: 0, netKeptYen: -1000 });
    expect(diff('early', 'early-stricter').stdout).toMatch(/^Net 0 yen to pay, -[\d,]+ yen kept or held: /);
    expect(diff('early', 'early-stricter', '--fail-on', 'money').status).toBe(1);
  });

  test('is Japanese for a Japanese reader', () => {
    const { stdout } = program(['diff', at('base'), at('decided'), '--lang', 'ja']);
    expect(stdout).toBe(`差引 支払 +2,600円・戻し +1,400円: 1 クーポンの結果が違います。

  新たに対象: 1 クーポン、支払 +2,600円・戻し +1,400円

ふたつの実行で違うもの:
  人の決定  decisions.csv: – → ${stdout.match(/→ ([0-9a-f]{16})\n/)?.[1]}

000000000204  新たに対象  支払 +2,600円・戻し +1,400円
    status in_review → payable
    grounds – → B2
    valid_until 2023-02-25 → 2023-03-31
    reinstate_yen 0 → 1,400
    payable_yen 0 → 2,600
    route – → app_url
  ← 人の決定
      REPEAT_UNVERIFIED ${stdout.match(/R[0-9a-f]{16}/)?.[0]}: – → approved

ほかのファイルの違い:
  payouts.csv: 追加 1 行、amount_yen +2,600円
  to_send.csv: 追加 1 行、amount_yen +2,600円
  extensions.csv: 追加 1 行
  review.csv: 変更 1 行

payouts.csv
  + 000000000204
      route app_url、amount_yen 2,600、coupon_count 1、not_before 2023-04-01、receive_by 2023-05-31

to_send.csv
  + 000000000204
      route app_url、amount_yen 2,600、coupon_count 1、not_before 2023-04-01、receive_by 2023-05-31、due now

extensions.csv
  + 000000000204
      from 2023-02-25、to 2023-03-31、grounds B2

review.csv
  ~ 000000000204 REPEAT_UNVERIFIED ${stdout.match(/R[0-9a-f]{16}/)?.[0]}
      decision – → approved
`);
  });

  test('escapes what would break a table', () => {
    const odd = ['000000000101,payable', '"0|<b>\n1",payable'] as const;
    words('odd', (text) => text.replace(odd[0], odd[1]));
    words('odder', (text) => text.replace(odd[0], odd[1]).replace('SUPPORTED_BY_MERCHANT', 'A'));
    words('oddest', (text) => text.replace(`${odd[0]},A`, `${odd[1]},B1`));
    expect(diff('odd', 'oddest', '--markdown').stdout).toContain('| 0&#124;&#60;b&#62; 1 | otherwise changed |');
  });

  test.each([
    [['--limit', 'many'], 2],
    [['--fail-on', 'nothing'], 2],
  ])('with %j is a wrong command line', (words, status) => {
    expect(diff('base', 'again', ...words).status).toBe(status);
  });

  test.each([
    ['has no eligibility.csv', undefined],
    ['is not sorted by coupon', (text: string) => text.replace('000000000205,', '000000000105,')],
  ])('of a folder that %s is refused as DAMAGED_RUN', (name, change) => {
    words(name, change ?? ((text) => text));
    if (change === undefined) rmSync(join(at(name), 'eligibility.csv'));
    const { status, stdout, stderr } = diff('unclaimed', name);
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toContain(`[DAMAGED_RUN] ${join(at(name), 'eligibility.csv')}`);
  });

  test('of something that is no run is refused', () => {
    const { status, stderr } = program(['diff', at('base'), base, '--lang', 'en']);
    expect(status).toBe(3);
    expect(stderr).toContain('NOT_A_RUN_FOLDER');
  });
});
