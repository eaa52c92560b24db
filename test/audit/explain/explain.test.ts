import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Explanation, explanationsSchema } from '../../../src/audit/explain/explanation.ts';
import { SEEN_WORDS } from '../../../src/cli/render/seen-words.ts';
import { RULES } from '../../../src/rules/index.ts';
import { program, ROOT, withFolder } from '../../support/program.ts';

const NIGHT = join(ROOT, 'fixtures/outage-night');
let base = '';
const explain = (run: string, ...words: string[]) => program(['explain', join(base, run), '--lang', 'en', ...words]);
const explained = (coupon: string): Explanation =>
  (JSON.parse(explain('archived', coupon, '--json').stdout) as { coupons: Explanation[] }).coupons[0] as Explanation;
const rule = (explanation: Explanation, id: string) => explanation.rules.find((each) => each.id === id);

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'regionpay-'));
  for (const [name, ...more] of [['archived', '--archive'], ['bare']] as const) {
    const words = ['run', '--config', join(NIGHT, 'run.json'), '--out', join(base, name), '--quiet', ...more];
    expect(program(words)).toEqual({ status: 0, stdout: '', stderr: '' });
  }
});
afterAll(() => rmSync(base, { recursive: true }));

describe('explain', () => {
  test('prints JSON that its published schema describes, for every coupon that was issued and for one that was not', () => {
    const issued = readFileSync(join(NIGHT, 'issuance.csv'), 'utf8').match(/^\d{6,}(?=,)/gm) ?? [];
    expect(issued.length).toBeGreaterThan(20);
    const { status, stdout } = explain('archived', ...issued, '999999999999', '--json');
    expect(status).toBe(0);
    const document = JSON.parse(stdout) as { coupons: Record<string, unknown>[] };
    expect(explanationsSchema.safeParse(document).error).toBeUndefined();
    expect(document.coupons.length).toBe(issued.length + 1);
    const [first, ...others] = document.coupons;
    for (const change of [{ status: 'rich' }, { more: 1 }, { balance: undefined }, { rules: [{}] }]) {
      const changed = { ...document, coupons: [{ ...first, ...change }, ...others] };
      expect(explanationsSchema.safeParse(changed).success, JSON.stringify(change)).toBe(false);
    }
  });

  test('names the row of every movement, and the balance after it', () => {
    expect(
      explained('000000000201').balance.map((step) => [step.kind, step.amountYen, step.balanceYen, step.row.where]),
    ).toEqual([
      ['payment', 1000, 3000, ['transactions.csv:5']],
      ['payment', 1000, 2000, ['transactions.csv:6']],
    ]);
  });

  test('shows every rule with its clauses and what it found', () => {
    const explanation = explained('000000000201');
    expect(explanation.rules.map((each) => each.id)).toEqual(RULES.map((each) => each.id));
    const found = rule(explanation, 'double-charge')?.findings[0];
    expect(found?.outcome).toBe('met');
    // One sale for two presses seven seconds apart.
    expect(found?.seen).toMatchObject({
      supported: 1,
      unsupported: 1,
      widest_gap_seconds: 7,
      allowed_gap_seconds: 600,
    });
    expect(found?.rows.map((row) => row.where[0])).toContain('merchant_reports.csv:2');
    expect(rule(explanation, 'double-charge')?.clauses.map((clause) => clause.id)).toEqual(['1B2', '2B2']);
  });

  test('says what is missing, and who could supply it, where nothing can be decided', () => {
    const found = rule(explained('000000000305'), 'shop-record')?.findings[0];
    expect(found?.outcome).toBe('undetermined');
    expect(found?.seen).toMatchObject({ paired_at_least: 0, paired_at_most: 1, because: 'pairings differ' });
    expect(found?.missing.map((each) => each.en)).toEqual(['which sale belongs to which payment (ask the shop)']);
    expect(found?.question?.reason).toBe('AMBIGUOUS_SUPPORT');
  });

  test.each([
    ['000000000113', /not of this programme/],
    ['000000000112', /not of this programme/],
    ['000000000106', /because it expires on 2023-02-23, not on the day of the outage \(2023-02-24\)/],
    ['123', /no issuance row has this number/],
  ])('explains a coupon that is in no output: %s', (coupon, why) => {
    expect(explain('archived', coupon).stdout).toMatch(why);
  });

  test('explains a case that is in no output: 401 shared a bill, and all is well', () => {
    const explanation = explained('000000000401');
    expect(explanation.status).toBe('');
    expect(rule(explanation, 'shop-record')?.findings[0]).toMatchObject({
      outcome: 'met',
      seen: { in_combined_bills: 1, unsupported: 0 },
    });
  });

  // From merchant_reports.csv: M01 has one sale of 1000 yen (S201) and one of 800 (S206, naming 206), M03 none of 1500 paid
  // by coupon and one of 1100 (S305, nameless).
  test.each([
    [
      '000000000201',
      ['sale:S201', 'sale:S201'],
      [],
      [{ 'tx:T2011': 'sale:S201', 'tx:T2012': null }],
      'There is only 1 sale, so the best pairings pair 1 of 2; whichever is taken, one payment stays without a sale.',
    ],
    [
      '000000000206',
      ['sale:S206'],
      // One second too late to be in the outage, and this coupon's too.
      ['tx:T2062'],
      [
        { 'tx:T2061': 'sale:S206', 'tx:T2062': null },
        { 'tx:T2061': null, 'tx:T2062': 'sale:S206' },
      ],
      'In one, sale S206 goes to T2061, in the other to T2062 (of this coupon too, but not during the outage).',
    ],
    [
      '000000000303',
      [],
      [],
      [{ 'tx:T3031': null }],
      'Within 30 minutes of the payment, M03 reported no sale with 1500 yen paid by coupon that is nameless or names this coupon.',
    ],
    [
      '000000000305',
      ['sale:S305'],
      ['tx:T3061'],
      [
        { 'tx:T3051': 'sale:S305', 'tx:T3061': null },
        { 'tx:T3051': null, 'tx:T3061': 'sale:S305' },
      ],
      'In one, sale S305 goes to T3051, in the other to T3061 (coupon 000000000306).',
    ],
  ])('draws the payments of %s beside the sales, and says why the best pairings agree or not', (coupon, sales, rivals, pairings, says) => {
    const shop = explained(coupon).shops[0];
    expect(shop?.payments.flatMap((each) => each.sales.shown.map(({ sale }) => sale.row.id))).toEqual(sales);
    expect(shop?.rivals.shown.map(({ row }) => row.id)).toEqual(rivals);
    const drawn = shop?.pairings.map(({ pairs }) =>
      Object.fromEntries(pairs.shown.map(({ payment, sale }) => [payment.row.id, sale?.row.id ?? null])),
    );
    expect(drawn).toEqual(pairings);
    expect(shop?.says.map(({ en }) => en).join(' ')).toContain(says);
  });

  test('shows the bills paid without a coupon near a payment that may have no sale, and only there', () => {
    const otherwise = (coupon: string) => explained(coupon).shops[0]?.paidOtherwise.shown.map(({ row }) => row.id);
    expect(otherwise('000000000301')).toEqual(['sale:S301']);
    expect(otherwise('000000000303')).toEqual(['sale:S303']);
    expect(otherwise('000000000302')).toEqual([]);
  });

  test('says first what the coupon gets and why', () => {
    expect(explained('000000000201').answer.map(({ en }) => en)).toEqual([
      '3000 yen are to be paid, by the URL of the receiving site, sent to the contact registered in the app.',
      'That is 2000 yen left at the end of 2023-03-31 and 1000 yen still to be put back.',
      'Of 2 payments of 1000 yen at M01, 1 has no sale and came in quick succession: charged more than once (B②).',
    ]);
    expect(explained('000000000305').answer.map(({ ja }) => ja)).toEqual([
      '補償するかどうか、まだ決まっていません。人が確かめます。',
      '足りないのは「どの売上がどの決済のものか」です(求める先: 店)。かかっている額は 1100円です。',
      '券面の期限 2023-02-25 は障害の日(2023-02-24)ではないので、(A) には当たりません。',
    ]);
  });

  test('names the payout and who shares it: 101 and 111 are charged to one account', () => {
    expect(explained('000000000101').payout?.coupons).toEqual(['000000000101', '000000000111']);
    expect(explain('archived', '000000000111').stdout).toMatch(/sent as payout P\w+, together with .* 000000000101\./);
    expect(explained('000000000305').payout).toBeNull();
  });

  test('says which rule has settled the payments before another one looks, and what is put back', () => {
    const explanation = explained('000000000201');
    expect(rule(explanation, 'double-charge')?.findings[0]?.putBack.map(({ id }) => id)).toEqual(['tx:T2012']);
    const after = rule(explanation, 'unsupported-payment')?.findings[0];
    expect(after).toMatchObject({ settledBy: 'double-charge', question: null });
    expect(explain('archived', '000000000201').stdout).toContain('“Double charge (B②)”, has settled these payments');
    expect(explain('archived', '000000000305').stdout).toContain('“The shop’s record”, asks a person');
  });

  test('is written in the order of a letter, coupon after coupon', () => {
    const heads = (coupon: string) =>
      explain('archived', coupon)
        .stdout.split('\n')
        .filter((line) => line.startsWith('■'))
        .map((line) => line.split(',')[0]?.slice(2));
    expect(heads('000000000201')).toEqual([
      'The money and the balance',
      'The payments during the outage',
      'Rule by rule',
      'The route',
      'Decisions of a person',
      'What is missing',
    ]);
    expect(heads('000000000106')).toEqual(['The rows that name it']);
    const both = explain('archived', '000000000201', '000000000999').stdout;
    expect(both).toBe(`${explain('archived', '000000000201').stdout}\n${explain('archived', '000000000999').stdout}`);
  });

  test('masks contacts unless told otherwise', () => {
    expect(explain('archived', '000000000102').stdout).not.toContain('08000000002');
    expect(explain('archived', '000000000102', '--show-contact').stdout).toContain('08000000002');
    expect(explain('archived', '000000000110').stdout).not.toMatch(/1234567|タナカ/);
  });

  test('takes a coupon number as people write it', () => {
    expect(explained('0000-0000-0201').couponNumber).toBe('000000000201');
  });

  test('works from the originals where the run kept none, if they are still the same', () => {
    expect(explain('bare', '000000000201', '--inputs', NIGHT).stdout).toContain('charged more than once');
    const { status, stderr } = explain('bare', '000000000201', '--inputs', base);
    expect(status).toBe(3);
    expect(stderr).toContain('INPUT_NOT_KEPT');
  });

  describe('rests on what the run has read:', () => {
    /** The archived night, and its transactions in the archive. */
    const harmed = (harm: (archived: string, folder: string) => void, ...words: readonly string[]) =>
      withFolder(async (folder) => {
        cpSync(join(base, 'archived'), join(folder, 'run'), { recursive: true });
        const manifest = JSON.parse(readFileSync(join(folder, 'run/manifest.json'), 'utf8')) as {
          inputs: readonly { name: string; sha256: string }[];
        };
        const { sha256 } = manifest.inputs.find(({ name }) => name === 'transactions.csv') ?? { sha256: '' };
        harm(join(folder, `run/inputs/${sha256}.gz`), join(folder, 'run'));
        return program(['explain', join(folder, 'run'), '000000000201', '--lang', 'en', ...words]);
      });
    const alter = (archived: string): void => {
      const content = gunzipSync(readFileSync(archived)).toString('utf8');
      writeFileSync(archived, gzipSync(content.replace(/\d\n/, '9\n').replace('payment', 'charge')));
    };

    test.each([
      ['what was altered in the archive is refused', alter, 'INPUT_ALTERED'],
      ['what was cut short', (archived: string) => truncateSync(archived, 100), 'INPUT_ALTERED'],
      ['what is gone', (archived: string) => rmSync(archived), 'INPUT_NOT_KEPT'],
    ])('%s, unless the original is at hand', async (_, harm, code) => {
      const refused = await harmed(harm);
      expect(refused.status).toBe(3);
      expect(refused.stderr).toContain(`[${code}] transactions.csv`);
      expect(await harmed(harm, '--inputs', NIGHT)).toEqual(explain('archived', '000000000201'));
    });

    test('an original that was altered is told apart from one that is not there', async () => {
      await withFolder(async (folder) => {
        cpSync(NIGHT, join(folder, 'originals'), { recursive: true });
        appendFileSync(join(folder, 'originals/claims.csv'), '\n');
        rmSync(join(folder, 'originals/applications.csv'));
        const { status, stderr } = explain('bare', '000000000201', '--inputs', join(folder, 'originals'));
        expect(status).toBe(3);
        expect(stderr).toContain('[INPUT_ALTERED] claims.csv');
        expect(stderr).toContain('[INPUT_NOT_KEPT] applications.csv');
        expect(stderr).not.toContain('transactions.csv');
      });
    });
  });

  test('refuses a number that is empty', () => {
    expect(explain('archived', '').status).toBe(2);
  });

  test('speaks Japanese', () => {
    const { stdout } = program(['explain', join(base, 'archived'), '000000000305', '--lang', 'ja']);
    expect(stdout).toContain('人の確認待ち');
    expect(stdout).not.toMatch(/undetermined|not met/);
  });

  test('has a word in both languages for every value that a rule shows', () => {
    const names = readdirSync(join(ROOT, 'src/rules'), { recursive: true, encoding: 'utf8' }).flatMap((file) => {
      if (!file.endsWith('.ts')) return [];
      const source = readFileSync(join(ROOT, 'src/rules', file), 'utf8');
      return [
        ...source.matchAll(/\b([a-z]+(?:_[a-z]+)+|claimant|because|covered|finding|rows|kind|valid|medium|method): /g),
      ].map((match) => match[1] ?? '');
    });
    const seen = new Set(
      ['000000000201', '000000000305', '000000000303', '000000000110', '000000000308', '000000000207'].flatMap(
        (coupon) =>
          explained(coupon).rules.flatMap((each) => each.findings.flatMap((found) => Object.keys(found.seen))),
      ),
    );
    expect(seen.size).toBeGreaterThan(25);
    expect([...new Set([...names, ...seen])].filter((name) => SEEN_WORDS[name] === undefined)).toEqual([]);
  });

  test('leaves the run as it was', () => {
    const before = readdirSync(join(base, 'archived'));
    cpSync(join(base, 'archived'), join(base, 'copy'), { recursive: true });
    explain('archived', '000000000201');
    expect(readdirSync(join(base, 'archived'))).toEqual(before);
    expect(program(['verify', join(base, 'archived'), '--lang', 'en']).status).toBe(0);
  });
});
