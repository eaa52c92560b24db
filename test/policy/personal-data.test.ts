import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { translateTo } from '../../src/cli/terminal/language.ts';
import { allowedOnly, type LogFacts, openLog } from '../../src/cli/terminal/log.ts';
import { shownId } from '../../src/policy/personal-data.ts';
import { filesOf, program, readRows, withFolder } from '../support/program.ts';

/** What is shown of the number of a claim or an application. */
describe('the number of a claim or an application', () => {
  test.each([
    ['is shown as it is', 'AP-0012', 'AP-0012'],
    ['may be in any script, if it has a digit', '受付１２号', '受付１２号'],
    ['may have a digit in a circle', '申請①', '申請①'],
    ['may be a word of ASCII', 'AP-ONE', 'AP-ONE'],
    ['is shown by its shape where it is a name in kanji', '秘密太郎', '<字字字字>'],
    ['is so in kana, with a blank or without', 'ヒミツ　タロウ', '<アアア.アアア>'],
    ['is so in half-width kana', 'ﾋﾐﾂﾀﾛｳ', '<アアアアアア>'],
    ['is so where it is several words', 'Taro Himitsu', '<aaaa aaaaaaa>'],
    ['is so where it is an address', 'qzx-one@example.jp', '<aaa-aaa@aaaaaaa.aa>'],
    ['is so where it is a telephone number', '090-1111-0001', '<999-9999-9999>'],
  ])('%s', (_, id, shown) => {
    expect(shownId(id)).toBe(shown);
  });
});

/** Made-up people, spelled so that any trace of them is found. */
const SECRETS = [
  '09011110001',
  '09011110002',
  '0900000',
  'qzx-one@example.jp',
  'qzx-two@example.jp',
  'ＱＺＸ',
  '秘密太郎',
  '秘密花子',
  'ヒミツハナコ',
  '7654321',
  '9988',
  '776',
];

const ALL_REJECTS = ['--max-rejects', '100%', '--max-small-rejects', '100%'];

const INPUTS: Readonly<Record<string, string>> = {
  'issuance.csv': [
    'coupon_number,medium,prefecture,face_yen,issued_at,expires_on,account_id,phone,email',
    'C1,paper,46,2000,2023-02-23T15:00:00+09:00,2023-02-24,A1,09011110001,',
    // One account, two phones: CONTACT_CONFLICT.
    'C2,paper,46,2000,2023-02-23T15:00:00+09:00,2023-02-24,A2,09011110002,',
    'C3,paper,46,2000,2023-02-23T15:00:00+09:00,2023-02-24,A2,０９０00００３,qzx-one@example.jp',
    // Rejected and conflicting rows hold people too.
    'C4,paper,46,12.5,2023-02-23T15:00:00+09:00,2023-02-24,A4,09011110001,qzx-two@example.jp',
    'C5,paper,46,1000,2023-02-23T15:00:00+09:00,2023-02-24,A5,09011110001,',
    'C5,paper,46,1000,2023-02-23T15:00:00+09:00,2023-02-24,A5,09011110002,',
    'C6,paper,46,1000,2023-02-23T15:00:00+09:00,2023-02-24,,,',
    'C7,paper,46,1000,2023-02-23T15:00:00+09:00,2023-02-24,,,',
    'C8,paper,46,1000,2023-02-23T15:00:00+09:00,2023-02-24,,,',
    '',
  ].join('\n'),
  'transactions.csv': 'transaction_id,coupon_number,occurred_at,kind,status,amount_yen,merchant_id\n',
  'reports.csv': 'report_id,merchant_id,sold_at,total_yen,coupon_yen,cash_yen\n',
  'applications.csv': [
    'application_id,applied_at,coupon_number,prefecture,name,method,phone,email,bank_code,branch_code,account_type,account_number,account_holder_kana',
    'AP1,2023-03-25T10:00:00+09:00,C6,46,秘密太郎,points,,qzx-two@example.jp,,,,,',
    'AP2,2023-03-25T10:00:00+09:00,C7,46,秘密花子,bank_transfer,,,9988,776,1,7654321,ヒミツハナコ',
    // Bank details that cannot be right, competing applications, a date that does not exist, a conflict, a wrong prefecture.
    'AP3,2023-03-25T10:00:00+09:00,C8,46,秘密花子,bank_transfer,,,99881,776,1,7654321,ＱＺＸ',
    'AP4,2023-03-25T10:00:00+09:00,C6,46,秘密花子,points,09011110001,,,,,,',
    'AP5,2023-02-30T10:00:00+09:00,C6,46,秘密花子,points,09011110001,,,,,,',
    'AP6,2023-03-25T10:00:00+09:00,C6,46,秘密花子,points,09011110001,,,,,,',
    'AP6,2023-03-25T10:00:00+09:00,C6,46,秘密太郎,points,09011110001,,,,,,',
    'AP7,2023-03-25T10:00:00+09:00,C1,13,秘密太郎,points,09011110001,,,,,,',
    'AP8,2023-03-25T10:00:00+09:00,C1,46,秘密太郎,points,09011110001,,,,,,,too many fields',
    '',
  ].join('\n'),
};

/** Hashes, times of day and places in a drawing may hold the three digits of a branch by chance; no contact has their form. */
const BY_CHANCE = /\b[0-9a-f]{32,}\b|'sha256-[\w+/]{43}='|\d\d:\d\d:\d\d\.\d+Z|"\d+\.\d+%"/g;

const found = (text: string): string[] => {
  const words = text.replace(BY_CHANCE, '');
  return SECRETS.filter((secret) => words.includes(secret));
};

describe.each([['text'], ['json']])('with logs as %s, at their most talkative', (format) => {
  test('people stand in payouts.csv and to_send.csv, and nowhere else', () => {
    withFolder((folder) => {
      for (const [name, content] of Object.entries(INPUTS)) writeFileSync(join(folder, name), content);
      const inputs = [
        '--issuance',
        join(folder, 'issuance.csv'),
        '--transactions',
        join(folder, 'transactions.csv'),
        '--merchant-reports',
        join(folder, 'reports.csv'),
        '--applications',
        join(folder, 'applications.csv'),
      ];
      const common = [
        ...inputs,
        '--as-of',
        '2023-05-20T02:00:00+09:00',
        '--log-level',
        'debug',
        '--log-format',
        format,
        '--allow-empty-file',
      ];
      const run = program(['run', ...common, ...ALL_REJECTS, '--out', join(folder, 'run')]);
      expect(run.status).toBe(0);
      const files = Object.entries(filesOf(join(folder, 'run'))).map(
        ([name, content]) => [name, Buffer.from(content, 'latin1').toString('utf8')] as const,
      );
      expect(files.length).toBe(18);
      // The check can fail: what must be there is found.
      const toBeSent = ['payouts.csv', 'to_send.csv'];
      for (const each of toBeSent)
        expect(found(files.find(([name]) => name === each)?.[1] ?? ''), each).toContain('09011110001');
      for (const [name, content] of files) if (!toBeSent.includes(name)) expect(found(content), name).toEqual([]);
      const refused = program(['run', ...common, '--out', join(folder, 'refused')]);
      expect(refused.status).toBe(3);
      const checked = program(['check', ...common, ...ALL_REJECTS]);
      const asJson = program(['run', ...common, ...ALL_REJECTS, '--out', join(folder, 'run'), '--json']);
      const told = [run, refused, checked, asJson].map(({ stdout, stderr }) => stdout + stderr).join('\n');
      expect(told.length).toBeGreaterThan(1000);
      expect(found(told)).toEqual([]);
    });
  });
});

describe('explain', () => {
  test.each([['text'], ['json']])('as %s shows people only with --show-contact, and who decided what', (format) => {
    withFolder((folder) => {
      for (const [name, content] of Object.entries(INPUTS)) writeFileSync(join(folder, name), content);
      const run = (out: string, ...more: string[]) =>
        program([
          'run',
          ...['issuance', 'transactions', 'applications'].flatMap((name) => [`--${name}`, join(folder, `${name}.csv`)]),
          ...['--merchant-reports', join(folder, 'reports.csv'), '--as-of', '2023-05-20T02:00:00+09:00'],
          ...[...ALL_REJECTS, '--quiet', '--archive', '--allow-empty-file'],
          ...['--out', join(folder, out), ...more],
        ]);
      expect(run('asked').status).toBe(0);
      const answers = readRows(join(folder, 'asked/review.csv')).map(
        (item) =>
          `${item.review_id},${item.evidence_hash},approve,秘密花子,2023-05-09T10:00:00+09:00,秘密太郎 09011110001`,
      );
      expect(answers.length).toBeGreaterThan(3);
      const head = 'review_id,evidence_hash,decision,decided_by,decided_at,note';
      writeFileSync(join(folder, 'decisions.csv'), `${[head, ...answers].join('\n')}\n`);
      expect(run('decided', '--decisions', join(folder, 'decisions.csv')).status).toBe(0);
      const coupons = Array.from({ length: 9 }, (_, at) => `C${at}`);
      const explain = (...more: string[]) =>
        program(['explain', join(folder, 'decided'), ...coupons, ...(format === 'json' ? ['--json'] : []), ...more]);
      const shown = explain('--show-contact').stdout;
      expect(found(shown)).toEqual(expect.arrayContaining(['09011110001', '秘密太郎', '秘密花子', '7654321']));
      const { status, stdout, stderr } = explain();
      expect(status).toBe(0);
      expect(stdout).toContain('approve');
      expect(found(stdout + stderr)).toEqual([]);
    });
  });
});

test('diff names rows that say other contacts, and no contact', () => {
  withFolder((folder) => {
    const run = (name: string, change: (content: string) => string) => {
      for (const [file, content] of Object.entries(INPUTS)) writeFileSync(join(folder, file), change(content));
      const inputs = ['issuance', 'transactions', 'merchant-reports', 'applications'].flatMap((kind) => [
        `--${kind}`,
        join(folder, kind === 'merchant-reports' ? 'reports.csv' : `${kind}.csv`),
      ]);
      const words = [
        '--as-of',
        '2023-05-20T02:00:00+09:00',
        ...ALL_REJECTS,
        '--archive',
        '--quiet',
        '--allow-empty-file',
      ];
      expect(program(['run', ...inputs, ...words, '--out', join(folder, name)]).status).toBe(0);
    };
    run('before', (content) => content);
    // C1's contact moves to an e-mail address, C7's account number is mistyped.
    run('after', (content) => content.replace('A1,09011110001,', 'A1,,').replace('7654321', '76543210'));
    for (const form of [[], ['--json'], ['--markdown']]) {
      const { status, stdout, stderr } = program(['diff', join(folder, 'before'), join(folder, 'after'), ...form]);
      expect(status).toBe(1);
      expect(stdout).toContain('coupon:C1');
      expect(stdout).toContain('application:AP2');
      // A hash may hold the three digits of a branch by chance.
      expect(found((stdout + stderr).replace(/[0-9a-f]{16,}/g, ''))).toEqual([]);
    }
  });
});

describe('a log line', () => {
  test('drops whatever is not one of its facts', () => {
    const facts = { file: 'a.csv', phone: '09011110001', rows: 3, nested: { email: 'qzx-one@example.jp' } } as LogFacts;
    expect(allowedOnly(facts)).toEqual({ file: 'a.csv', rows: 3 });
  });

  test('drops a fact of the wrong kind', () => {
    expect(allowedOnly({ rows: '09011110001' } as unknown as LogFacts)).toEqual({});
  });

  test('is written without it', () => {
    const lines: string[] = [];
    openLog('debug', 'json', translateTo('en'), { write: (line: string) => void lines.push(line) }).info('read', {
      rows: 1,
      name: '秘密太郎',
    } as LogFacts);
    expect(lines.length).toBe(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ rows: 1, msg: 'read' });
    expect(found(lines.join(''))).toEqual([]);
  });
});
