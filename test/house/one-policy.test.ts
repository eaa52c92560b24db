import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CLAUSES } from '../../src/policy/clauses.ts';
import { clausesOf, policyOf, readingsOf } from '../../src/policy/policy.ts';
import { policyFileSchema } from '../../src/policy/policy-file.ts';
import { READINGS } from '../../src/policy/readings.ts';
import { ROOT } from '../support/program.ts';
import { runTables } from '../support/run-tables.ts';

/** The notice's own figures: they may stand in the built-in policy and nowhere else in `src`. */
const FIGURES = [
  /2023/,
  /令和5/,
  /\b17:45\b/,
  /\b22:1[56]\b/,
  /'46'/,
  /\b46\b(?!\D*percent)/,
  /鹿児島県 /,
  /Kagoshima(?! outage|\b.*\bid\b)/,
  /\b0?2[-/]2[346]\b/,
  /\b0?3[-/]31\b/,
  /\b0?4[-/]30\b/,
  /\b0?5[-/](15|31)\b/,
  /\b600\b/,
  /\b30 \* 60\b/,
] as const;
const POLICY = 'policy/kagoshima-2023-02-24.ts';

/** Code without comments; imports name the policy's file, and the table of all 47 prefectures is not of the notice. */
function codeOf(content: string): string {
  return content
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/^import .*kagoshima-2023-02-24\.ts';$/gm, '')
    .replace(/'北海道 [^']*'/, '');
}

function figuresIn(content: string): string[] {
  return codeOf(content)
    .split('\n')
    .filter((line) => FIGURES.some((figure) => figure.test(line)));
}

describe('dates, prefecture and limits of the notice', () => {
  test('stand in the built-in policy and nowhere else in src', () => {
    const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && name !== POLICY,
    );
    const found = files.flatMap((name) =>
      figuresIn(readFileSync(join(ROOT, 'src', name), 'utf8')).map((line) => `${name}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });

  test.each([
    "const end = '2023-03-31';",
    'const gap = 600;',
    "if (prefecture === '46') return;",
    'const from = at(17:45);',
  ])('would be found: %s', (line) => {
    expect(figuresIn(line)).toEqual([line]);
  });

  test('are in the built-in policy', () => {
    expect(figuresIn(readFileSync(join(ROOT, 'src', POLICY), 'utf8')).length).toBeGreaterThan(10);
  });
});

/** Tokyo, an outage over midnight, no first extension, a last day for bank applications. */
const MADE_UP = policyFileSchema.parse({
  schemaVersion: 1,
  id: 'tokyo-2031',
  title: { ja: '架空の障害', en: 'a made-up outage' },
  terms: {
    prefecture: '13',
    medium: 'app',
    outageFrom: '2031-07-14T23:30',
    outageTo: '2031-07-15T00:29',
    originalExpiry: '2031-07-15',
    secondExtension: '2031-08-20',
    minimumResidualYen: 100,
    applicationsOpen: '2031-08-21',
    applicationsClose: '2031-08-31',
    bankApplicationsClose: '2031-09-02',
    pointsFrom: '2031-08-21',
    bankTransfersFrom: '2031-09-10',
    receiveBy: '2031-10-01',
    repeatPressGapSeconds: 60,
    matchToleranceMinutes: 5,
  },
});

describe('a made-up outage runs from its policy alone', () => {
  const issue = (number: string, prefecture: string, medium: string, expiry: string, account: string) =>
    `${number},${medium},${prefecture},1000,2031-07-14T10:00:00+09:00,${expiry},${account},090${account.padStart(8, '0')}`;
  const pay = (id: string, coupon: string, at: string, amount: number) =>
    `${id},${coupon},${at}+09:00,payment,completed,${amount},S1`;
  const inputs = {
    issuance: [
      'coupon_number,medium,prefecture,face_yen,issued_at,expires_on,account_id,phone',
      issue('A100', '13', 'app', '2031-07-15', '1'), // cohort, 100 yen left: just enough
      issue('A099', '13', 'app', '2031-07-15', '2'), // cohort, 99 yen left: not enough
      issue('B060', '13', 'app', '2031-07-20', '3'), // pressed twice, 60 s apart, over midnight
      issue('B061', '13', 'app', '2031-07-20', '4'), // 61 s apart
      issue('X046', '46', 'app', '2031-07-15', '5'),
      issue('XPAP', '13', 'paper', '2031-07-15', '6'),
      '',
    ].join('\n'),
    transactions: [
      'transaction_id,coupon_number,occurred_at,kind,status,amount_yen,merchant_id',
      pay('T1', 'A100', '2031-07-14T12:00:00', 900),
      pay('T2', 'A099', '2031-07-14T12:00:00', 901),
      pay('T3', 'B060', '2031-07-14T23:59:30', 300),
      pay('T4', 'B060', '2031-07-15T00:00:30', 300),
      pay('T5', 'B061', '2031-07-15T00:10:00', 400),
      pay('T6', 'B061', '2031-07-15T00:11:01', 400),
      '',
    ].join('\n'),
    sales: [
      'report_id,merchant_id,sold_at,total_yen,coupon_yen,cash_yen,coupon_number',
      'R1,S1,2031-07-14T23:59:40+09:00,300,300,0,B060',
      'R2,S1,2031-07-15T00:10:10+09:00,400,400,0,B061',
      '',
    ].join('\n'),
    claims: [
      'claim_id,received_at,kind,coupon_number,expires_on,prefecture,merchant_id',
      'C1,2031-07-16T10:00:00+09:00,double_charge,B060,2031-07-20,13,S1',
      'C2,2031-07-16T10:00:00+09:00,double_charge,B061,2031-07-20,13,S1',
      '',
    ].join('\n'),
  };

  test.each([
    ['2031-07-15T23:59:59+09:00', 'A100', 'pending', '', ''],
    ['2031-07-16T00:00:00+09:00', 'A100', 'extended', 'A', ''],
    ['2031-08-21T00:00:00+09:00', 'A100', 'payable', 'A', '100'],
    ['2031-08-21T00:00:00+09:00', 'B060', 'payable', 'B2', '700'],
    // 61 seconds is more than this policy allows, so a person is asked.
    ['2031-08-21T00:00:00+09:00', 'B061', 'in_review', '', '0'],
  ])('at %s coupon %s is %s', async (asOf, coupon, status, grounds, payable) => {
    const result = await runTables(inputs, { asOf, policy: policyOf(MADE_UP) });
    const row = result.rows('eligibility.csv').find((each) => each.coupon_number === coupon);
    expect([row?.status, row?.grounds, payable === '' ? '' : row?.payable_yen]).toEqual([status, grounds, payable]);
  });

  test('and coupons below the minimum, of another prefecture or medium are not in it', async () => {
    const result = await runTables(inputs, { asOf: '2031-08-21T00:00:00+09:00', policy: policyOf(MADE_UP) });
    expect(result.rows('eligibility.csv').map((row) => row.coupon_number)).toEqual(['A100', 'B060', 'B061']);
    expect(result.rows('extensions.csv').map((row) => row.to)).toEqual(['2031-08-20', '2031-08-20']);
  });

  test('its clauses and readings are printed with its own figures, every one filled', () => {
    const policy = policyOf(MADE_UP);
    const words = [...clausesOf(policy), ...readingsOf(policy)].flatMap(({ says }) => [says.ja, says.en]).join('\n');
    expect(words).toContain('2031-07-14 23:30');
    expect(words).not.toMatch(/\{\w+\}|2023/);
    expect(words.split('\n').length).toBe(2 * (CLAUSES.length + READINGS.length));
  });
});
