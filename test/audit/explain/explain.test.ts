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
    ['000000000106', /because it expires on 23 February, not on the day of the outage \(24 February\)/],
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
      'Within 30 minutes of the payment, M03 reported no sale with 1,500 yen paid by coupon that is nameless or names this coupon.',
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
      'You will be paid 3,000 yen.',
      'It will be sent, as a link to the receiving site, to the contact registered in the app.',
      'It has to be received by 31 May.',
      'That is the balance of 2,000 yen on 31 March and 1,000 yen that was wrongly deducted.',
      'Of the 2 payments of 1,000 yen from 24 February at 18:00 on, 1 was charged more than once.',
    ]);
    expect(explained('000000000201').because.map(({ en }) => en)).toEqual([
      'Of 2 payments of 1,000 yen at M01, 1 has no sale and came in quick succession: charged more than once (B②).',
    ]);
    expect(explained('000000000305').answer.map(({ ja }) => ja)).toEqual([
      '補償の対象となるかどうか、確認しております。',
      '2月24日21時の1,100円のお支払いについては、お店の記録だけでは判断できないため、お店に確認する必要があります。',
      '確認中の金額は1,100円です。',
      '期限切れによる補償は有効期限が2月24日のクーポンが対象で、このクーポンの有効期限は2月25日です。',
    ]);
    expect(explained('000000000305').because.map(({ ja }) => ja)).toEqual([
      '券面の期限 2月25日は障害の日(2月24日)ではないので、(A) には当たりません。',
    ]);
  });

  test('names the payout and who shares it: 101 and 111 are charged to one account', () => {
    expect(explained('000000000101').payout?.coupons).toEqual(['000000000101', '000000000111']);
    expect(explain('archived', '000000000111').stdout).toMatch(
      /sent as one payout, together with .* 000000000101\. +\[P\w+\]/,
    );
    expect(explained('000000000305').payout).toBeNull();
  });

  test('says which rule has settled the payments before another one looks, and what is put back', () => {
    const explanation = explained('000000000201');
    expect(rule(explanation, 'double-charge')?.findings[0]?.putBack.map(({ id }) => id)).toEqual(['tx:T2012']);
    const after = rule(explanation, 'unsupported-payment')?.findings[0];
    expect(after).toMatchObject({ settledBy: 'double-charge', question: null });
    expect(explain('archived', '000000000201').stdout).toContain(
      '▸ Of the payments of 1,000 yen at M01, an earlier rule, “Double charge (B②)”, has settled it.',
    );
    expect(explain('archived', '000000000305').stdout).toContain('“The shop’s record”, asks a person.');
  });

  test('is written in the order of a letter, coupon after coupon', () => {
    const heads = (coupon: string) =>
      explain('archived', coupon)
        .stdout.split('\n')
        .filter((line) => line.startsWith('■'))
        .map((line) => line.split(',')[0]?.slice(2));
    expect(heads('000000000201')).toEqual([
      'Why',
      'The money and the balance',
      'The payments during the outage',
      'Rule by rule',
      'The route',
      'Decisions of a person',
      'What is missing',
    ]);
    expect(heads('000000000106')).toEqual(['Why', 'The rows that name it']);
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
      const mended = await harmed(harm, '--inputs', NIGHT);
      // What is told from an original says so, above the same letter.
      expect(mended.stdout).toBe(
        `The run keeps no copy of these inputs: this was worked out from 1 original file, whose content is that which the run read.\n\n${explain('archived', '000000000201').stdout}`,
      );
      expect(mended.status).toBe(0);
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

  test('finds the originals that a run without an archive has read: by --config, or in the folders above the run', async () => {
    const letter = explain('archived', '000000000201').stdout;
    const note =
      'The run keeps no copy of these inputs: this was worked out from 5 original files, whose content is that which the run read.';
    const byConfig = explain('bare', '000000000201', '--config', join(NIGHT, 'run.json'));
    expect([byConfig.status, byConfig.stdout]).toEqual([0, `${note}\n\n${letter}`]);
    await withFolder(async (folder) => {
      cpSync(NIGHT, folder, { recursive: true });
      cpSync(join(base, 'bare'), join(folder, 'runs/night'), { recursive: true });
      const found = program(['explain', join(folder, 'runs/night'), '000000000201', '--lang', 'en']);
      expect(found.stdout).toBe(byConfig.stdout);
      // An original that was added to since is not what the run has read.
      appendFileSync(join(folder, 'transactions.csv'), 'T1\n');
      const refused = program(['explain', join(folder, 'runs/night'), '000000000201', '--lang', 'en']);
      expect([refused.status, refused.stderr]).toEqual([
        3,
        expect.stringContaining('[INPUT_ALTERED] transactions.csv'),
      ]);
    });
  });

  test('prints with --short what is read out and nothing else; that it rests on originals is told beside it', () => {
    const short = (run: string, ...words: string[]) =>
      program(['explain', join(base, run), ...words, '--short', '--lang', 'ja']);
    const said = short('archived', '201');
    expect(said).toEqual({
      status: 0,
      stderr: '',
      stdout: [
        'クーポン 000000000201  (2023年5月10日 02:00:00より前の記録による)',
        'お支払い額は3,000円です。',
        'アプリにご登録の連絡先に、受取サイトのご案内をお送りする予定です。',
        'お受け取りの期限は5月31日です。',
        '内訳は、3月31日時点の残高2,000円と、誤って引き落とされた1,000円です。',
        '2月24日18時からの1,000円のお支払い2件のうち1件は、二重に決済されたものでした。',
        '',
      ].join('\n'),
    });
    const bare = short('bare', '０２０１', '--inputs', NIGHT);
    expect(bare.stdout).toBe(said.stdout);
    expect(bare.stderr).toContain('元のファイル 5 件から計算し直しました');
    expect(short('bare', '201', '--inputs', NIGHT, '--quiet').stderr).toBe('');
  });

  test('tells the coupons of one person together, by their payout or by a contact that may be asked for', () => {
    const { payout } = explained('000000000101');
    const both = explain('archived', payout?.payoutId ?? '').stdout;
    expect(both).toMatch(
      /^There are 2 coupons of this person\. 3,000 yen in all is still to be sent\.\n\nCoupon 000000000101/,
    );
    expect(both).toContain('\nCoupon 000000000111');
    // 101 and 111 are charged to the account with this phone.
    const byPhone = explain('archived', '090-0000-0001', '--show-contact', '--short').stdout;
    expect(byPhone.match(/^Coupon \d+/gm)).toEqual(['Coupon 000000000101', 'Coupon 000000000111']);
    const refused = explain('archived', '090-0000-0001');
    expect([refused.status, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('[MISSING_OPTION]');
    expect(refused.stderr).not.toContain('0000-0001');
    const nobody = explain('archived', '090-1111-1111', '--show-contact');
    expect([nobody.status, nobody.stdout]).toEqual([2, '']);
    expect(nobody.stderr).not.toContain('1111-1111');
  });

  test('suggests the nearest issued number for one that is nowhere: one digit off, two changed places, or none', () => {
    // Issued are 110, which has another first digit, and 201, with two in each other's place; nothing else is so near to 210.
    expect(explain('archived', '000000000210', '--short').stdout).toContain(
      'Could it be 000000000110 or 000000000201?',
    );
    expect(explain('archived', '000000009999', '--short').stdout).toContain('Please check the number.');
    expect(explain('archived', '000000009999', '--short').stdout).not.toContain('Could it be');
  });

  describe('night after night', () => {
    const night = (name: string, date: string, ...words: string[]) =>
      expect(
        program([
          ...['run', '--config', join(NIGHT, 'run.json'), '--as-of', `${date}T02:00:00+09:00`],
          ...['--out', join(base, name), '--archive', '--quiet', ...words],
        ]),
      ).toEqual({ status: 0, stdout: '', stderr: '' });
    const said = (run: string, coupon: string) =>
      program(['explain', join(base, run), coupon, '--short', '--lang', 'ja']).stdout;

    test('never says paid of a bank transfer that is not due before 15 May, nor of points that nobody has sent', () => {
      night('chain-1', '2023-05-08');
      night('chain-2', '2023-05-09', '--previous', join(base, 'chain-1'));
      expect(said('chain-2', '110')).toContain(
        'お支払い額は2,000円です。\n2,000円は、5月15日以降に、ご申請の口座にお振り込みする予定です。\n',
      );
      expect(said('chain-2', '101')).toContain('お送りしたという記録は、まだ届いておりません。');
      for (const coupon of ['101', '110'])
        expect(said('chain-2', coupon)).not.toMatch(/お支払い済み|支払って|しました。/);
      const letter = explain('chain-2', '110').stdout;
      expect(letter).toContain('Status: ordered, not known to be sent yet  [settled]');
      expect(letter).toMatch(
        /ordered, no record that it was sent {2}2,000 yen {2}bank transfer {2}ordered by the run as of 8 May 2023/,
      );
    });

    test('says what was sent and did not arrive, and that it is sent again', () => {
      const [payout] =
        readFileSync(join(base, 'chain-1/payouts.csv'), 'utf8').match(/^P\w+(?=,app_url,account:A01,)/m) ?? [];
      writeFileSync(
        join(base, 'paid.csv'),
        `payout_id,coupon_number,amount_yen,sent_at,status\n${payout},,3000,2023-05-08 15:00,sent\n${payout},,3000,2023-05-09 09:00,failed\n`,
      );
      night('chain-3', '2023-05-10', '--previous', join(base, 'chain-2'), '--paid', join(base, 'paid.csv'));
      expect(said('chain-3', '101')).toContain(
        [
          'お支払い額は2,000円です。',
          '改めて、アプリにご登録の連絡先に、受取サイトのご案内をお送りする予定です。',
          'お受け取りの期限は5月31日です。',
          'ほかのクーポン1枚の分と合わせて、3,000円をお送りします。',
          '2,000円については、5月8日に、アプリにご登録の連絡先に、受取サイトのご案内をお送りしましたが、お届けできませんでした(5月9日)。',
        ].join('\n'),
      );
    });

    test('says of a rejection what was found, when, and who can say why', () => {
      // 304 paid 1,600 yen in M03, whose record has no sale for it.
      const asked = readFileSync(join(base, 'archived/review.csv'), 'utf8').match(
        /^(R\w+),000000000304,.*,([0-9a-f]+),/m,
      );
      writeFileSync(
        join(base, 'decisions.csv'),
        `review_id,evidence_hash,decision,decided_by,decided_at,note\n${asked?.[1]},${asked?.[2]},reject,佐藤,2023-05-08 10:00,店に確認\n`,
      );
      night('rejected', '2023-05-10', '--decisions', join(base, 'decisions.csv'));
      expect(said('rejected', '304')).toContain(
        'お店への確認の結果、クーポンとは別にお支払いになったものとは認められませんでした(5月8日決定)。\n決定の理由につきましては、事務局がお答えします。\n補償の対象とならないため、お支払いはございません。\n',
      );
      expect(said('rejected', '304')).not.toContain('佐藤');
      const shown = explain('rejected', '304', '--show-contact').stdout;
      expect(shown).toContain('It was decided by 佐藤, because: “店に確認”.');
      expect(shown).toContain('A person has decided that (B) does not apply');
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
