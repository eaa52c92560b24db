import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../../src/cli/options/json-text.ts';
import { writtenProfile } from '../../../src/intake/proposal/written-profile.ts';
import { LAYOUTS } from '../../../src/intake/schema/layouts.ts';
import { profileSchema } from '../../../src/intake/schema/profile.ts';
import { INPUT_KINDS } from '../../../src/tables/tables.ts';
import { lookedAt, proposed } from './tables.ts';

const SEED = 20230224;

describe('propose', () => {
  test('lists columns of ours that nothing fits, with what is needed', () => {
    const { notes, assumed } = proposed([
      lookedAt('a.csv', '受付番号,受付日時,種別,クーポン番号', 'C1,2023-03-08 11:00,二重決済,460000000201'),
    ]);
    const words = [...notes.values()].flat().map(({ en }) => en);
    expect(words).toContain('TODO required, and not found: merchant_id: what merchant_id means');
    expect(assumed.map(({ words: { en } }) => en)).toContain('the required column prefecture was not found');
  });

  test('gives answers of a form without numbers their place', () => {
    const { profile } = proposed([
      lookedAt(
        'a.csv',
        'タイムスタンプ,お問い合わせ番号,都道府県,お名前,受取方法',
        '2023/03/25 10:00:00,460000000201,鹿児島県,見本太郎,銀行振込',
      ),
    ]);
    expect(profile?.inputs.applications).toMatchObject({
      columns: { application_id: { join: ['タイムスタンプ', { line: true }], with: '-' } },
    });
  });

  test('looks at files of one layout as one, and refuses two of which one needs a profile', () => {
    const a = lookedAt('a.csv', '取引ID,店舗ID,取引日時,合計', '1,M01,2023-02-24 18:00,5');
    const b = lookedAt('b.csv', '取引ID,店舗ID,取引日時,合計', '2,M02,2023-02-24 18:00,-5');
    expect(proposed([a, b]).profile?.inputs.sales).toMatchObject({ refunds: { negative: true } });
    const other = lookedAt(
      'c.csv',
      'Date,Time,Total Collected,Cash,Transaction ID,Location',
      '2023-02-24,18:00:20,¥1000,¥0,SQ1,M01',
    );
    expect(proposed([a, other]).severalLayouts).toEqual([['sales', ['a.csv', 'c.csv']]]);
  });
});

/** Headers that are known, some that are none, and cells of all kinds. */
const HEADERS = [
  ...new Set(INPUT_KINDS.flatMap((kind) => LAYOUTS[kind].columns.flatMap(({ name, headers }) => [name, ...headers]))),
];
const header = fc.oneof(
  fc.constantFrom(...HEADERS),
  fc.constantFrom(
    '取引区分',
    '支払い方法',
    'Other Tender Type',
    '内クレジット支払金額',
    '決済時間',
    '元取引ID',
    'タイムスタンプ',
    '店舗名',
    '__proto__',
    'constructor',
  ),
  fc.string({ maxLength: 8 }),
);
const cell = fc.oneof(
  fc.constantFrom(
    '',
    '-',
    '1',
    '2',
    '返金',
    '取消',
    '入金',
    '現金',
    '地域クーポン',
    '2023-02-24',
    '03/04/2023',
    '18:00',
    '-500',
    '▲300',
    '1,500',
    '46',
    '完了',
    '__proto__',
    'toString',
  ),
  fc.string({ maxLength: 12 }),
  fc.integer({ min: -3000, max: 3000 }).map(String),
);
const files = fc.array(
  fc.integer({ min: 1, max: 9 }).chain((width) =>
    fc.record({
      titles: fc.array(fc.string({ maxLength: 9 }), { maxLength: 2 }),
      headers: fc.array(header, { minLength: width, maxLength: width }),
      rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }),
    }),
  ),
  { minLength: 1, maxLength: 3 },
);
const inLine = (fields: readonly string[]): string => fields.map((field) => field.replaceAll(/[,\n]/g, ' ')).join(',');

test('never falls over, and proposes nothing that is no profile', () => {
  fc.assert(
    fc.property(files, fc.boolean(), (made, isJapanese) => {
      const looked = made.map(({ titles, headers, rows }, at) =>
        lookedAt(`f${at}.csv`, ...titles.map((title) => inLine([title])), inLine(headers), ...rows.map(inLine)),
      );
      const { profile, notes } = proposed(looked);
      if (profile === undefined) return;
      expect(profileSchema().safeParse(profile).error).toBeUndefined();
      const written = parseJson(writtenProfile(profile, notes, [], ({ ja, en }) => (isJapanese ? ja : en)));
      expect(written).toEqual({ value: JSON.parse(JSON.stringify(profile)) });
    }),
    { seed: SEED, numRuns: 300 },
  );
});

const CONTACT_HEADERS = ['電話番号', 'メールアドレス', 'お名前', '口座番号', '口座名義カナ', 'phone', 'email', 'name'];
const PERSON = fc.constantFrom(
  '090-0000-0001',
  '09000000002',
  'taro@example.jp',
  '見本太郎',
  'ミホン タロウ',
  '7654321',
);

test('never shows a cell of a column of contacts', () => {
  const row = fc.record({ person: PERSON, other: cell });
  fc.assert(
    fc.property(
      fc.constantFrom(...CONTACT_HEADERS),
      header,
      fc.array(row, { minLength: 1, maxLength: 5 }),
      (contact, other, rows) => {
        const lines = ['申請番号,申請日時,クーポン番号,都道府県,受取方法', contact, other].join(',');
        const cells = rows.map(
          ({ person, other: cell }, at) =>
            `A${at},2023-03-25 10:00,460000000201,46,銀行振込,${person},${cell.replaceAll(/[,\n]/g, ' ')}`,
        );
        const proposal = proposed([lookedAt('a.csv', lines, ...cells)]);
        const told = JSON.stringify([
          proposal.findings,
          proposal.profile,
          [...proposal.notes],
          proposal.assumed,
          proposal.questions,
        ]);
        for (const { person } of rows) expect(told).not.toContain(person);
      },
    ),
    { seed: SEED, numRuns: 200 },
  );
});
