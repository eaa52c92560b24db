import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Text, text } from '../../src/base/text.ts';
import type { GivenOptions } from '../../src/cli/options/given.ts';
import { readRequest } from '../../src/cli/options/request.ts';
import { CommandFailure } from '../../src/cli/terminal/exit.ts';
import { LAYOUTS } from '../../src/intake/schema/layouts.ts';
import { REJECT_CODES } from '../../src/intake/values/reject-codes.ts';
import { INPUT_KINDS, type InputKind } from '../../src/tables/tables.ts';
import { ROOT, readRows } from '../support/program.ts';
import type { Row } from '../support/run-tables.ts';
import { INPUTS, inFolder, inputsWith, put, regionpay, type ToldProblem, toldAsJson } from './command.ts';
import { baseOf, type Cells, cellsOf, contentOf, expectRead, fixture, problemsOf } from './mended-files.ts';

/** What is advised where a whole file or run is refused: it, too, is tried by following it. */

const inCells = (cells: Cells, change: (cell: string, place: number, line: number) => string): Cells =>
  cells.map((row, index) => row.map((cell, place) => change(cell, place, index + 1)));
const withHeader = (cells: Cells, place: number, name: string): Cells =>
  inCells(cells, (cell, at, line) => (line === 1 && at === place ? name : cell));
const sales = (code: string): Cells => cellsOf(fixture(code, 'merchant_reports.csv'));

function expectAdvice({ advice }: Pick<ToldProblem, 'advice'>, expected: Text): void {
  expect(advice).toEqual(expected);
}

// ----- Headers --------------------------------------------------------------------------------------------------------------

describe('a header that stands twice', () => {
  const RENAME = text(
    'どちらが正しい列かを決め、片方の見出しを変えてください',
    'decide which column is meant and rename the other',
  );
  /** The second column holds what is right, or the first. */
  const twice = (first: string, second: string): Cells =>
    inCells(sales('DUPLICATE_HEADER'), (cell, place, line) =>
      line === 1 || (place !== 5 && place !== 9) ? cell : place === 5 ? first : second,
    );

  it.each([
    ['the first', twice('200', '999'), 9],
    ['the second', twice('999', '200'), 5],
  ])('is read as %s once the other is called otherwise', async (_, cells, other) => {
    const [problem, ...more] = await problemsOf('sales', contentOf(cells));
    expect(more).toEqual([]);
    expect(problem?.code).toBe('DUPLICATE_HEADER');
    expectAdvice(problem as ToldProblem, RENAME);
    await expectRead('sales', contentOf(withHeader(cells, other, 'old_cash')), 2, { cash_yen: '200' });
  });
});

describe('two headers for one column', () => {
  const WHICH = text(
    'profile で使う列を決めるか、片方の見出しを変えてください',
    'say in a profile which is meant, or rename one',
  );
  /** Kinds whose column has two headers, with the column and what the two hold. */
  const COLUMNS = INPUT_KINDS.flatMap((kind) =>
    LAYOUTS[kind].columns
      .filter(({ headers, type }) => headers.length > 1 && type === 'identifier')
      .map(({ name, headers }) => [kind, name, headers[0] ?? '', headers[1] ?? ''] as const),
  );

  it.each(COLUMNS)('of %s are read as the profile says of %s', async (kind, column, one, other) => {
    const [header = [], ...rows] = baseOf(kind);
    const cells = [
      [...header.filter((name) => name !== column), one, other],
      ...rows.map((row, line) => [...row.filter((_, place) => header[place] !== column), `X${line}`, `Y${line}`]),
    ];
    const [problem, ...more] = await problemsOf(kind, contentOf(cells));
    expect(more).toEqual([]);
    expect(problem?.code).toBe('DUPLICATE_HEADER');
    expectAdvice(problem as ToldProblem, WHICH);
    await expectRead(kind, contentOf(cells), 3, { [column]: 'X1' }, { headers: { [one]: column } });
    await expectRead(kind, contentOf(cells), 3, { [column]: 'Y1' }, { headers: { [other]: column } });
    const places = [header.length - 1, header.length];
    await expectRead(kind, contentOf(withHeader(cells, places[0] ?? 0, '旧番号')), 3, { [column]: 'Y1' });
    await expectRead(kind, contentOf(withHeader(cells, places[1] ?? 0, '旧番号')), 3, { [column]: 'X1' });
  });
});

describe('a missing column', () => {
  const ADD_OR_MAP = text(
    '列を足すか、profile で見出しを対応づけてください',
    'add the column, or map its header in a profile',
  );
  const required = INPUT_KINDS.flatMap((kind) =>
    LAYOUTS[kind].columns.filter((column) => column.required).map((column) => [kind, column.name] as const),
  );
  const cellOf = (kind: InputKind, column: string): string => {
    const [header = [], , row = []] = baseOf(kind);
    return row[header.indexOf(column)] ?? '';
  };

  it.each(required)('of %s, %s, is there once it is added or its header is mapped', async (kind, column) => {
    const cells = baseOf(kind);
    const place = cells[0]?.indexOf(column) ?? -1;
    const renamed = withHeader(cells, place, '旧システムの列');
    const [problem, ...more] = await problemsOf(kind, contentOf(renamed));
    expect(more).toEqual([]);
    expect(`${problem?.code} ${problem?.where}`).toMatch(new RegExp(`^MISSING_COLUMN .*:1:${column}$`));
    expectAdvice(problem as ToldProblem, ADD_OR_MAP);
    const expected = { [column]: cellOf(kind, column) };
    await expectRead(kind, contentOf(renamed), 3, expected, { headers: { 旧システムの列: column } });
    const added = renamed.map((row, index) => [...row, cells[index]?.[place] ?? '']);
    await expectRead(kind, contentOf(added), 3, expected);
  });
});

describe('a header of the profile that no file has', () => {
  const WRITE_OR_TAKE_OUT = text(
    'profile の見出しをファイルに合わせるか、要らなければ profile から消してください',
    'write the header in the profile as the files have it, or take it out of the profile',
  );

  it('is found once it is written as the files have it, and is not missed once it is taken out', async () => {
    const content = fixture('PROFILE_HEADER_MISSING', 'transactions.csv');
    const { inputs } = JSON.parse(fixture('PROFILE_HEADER_MISSING', 'profile.json'));
    const [problem, ...more] = await problemsOf('transactions', content, inputs.transactions);
    expect(more).toEqual([]);
    expect(problem?.code).toBe('PROFILE_HEADER_MISSING');
    expectAdvice(problem as ToldProblem, WRITE_OR_TAKE_OUT);
    const proposed = /did you mean the unused header "(.*)"\?$/.exec(problem?.what.en ?? '')?.[1] ?? '';
    expect(proposed).toBe('支払方法');
    const own = content.replace(/,coupon\n$/, ',own\n');
    await expectRead('transactions', own, 2, { funding: 'own' }, { headers: { [proposed]: 'funding' } });
    await expectRead('transactions', own, 2, { funding: 'coupon', transaction_id: 'T901' }, { headers: {} });
  });
});

// ----- Runs that are refused --------------------------------------------------------------------------------------------------

const ERRORS = join(ROOT, 'fixtures/errors');

/** Refused with this code and advice, and nothing written. */
async function expectRefused(words: readonly string[], out: string, code: string, advice: Text): Promise<void> {
  const ended = await regionpay(['run', ...words, '--json', '--quiet', '--out', out]);
  expect(ended.status).toBe(3);
  const [problem] = toldAsJson(ended);
  expect(problem?.code).toBe(code);
  expectAdvice(problem as ToldProblem, advice);
}

/** Rows of the files of a run that is published. */
async function published(words: readonly string[], out: string): Promise<(file: string) => readonly Row[]> {
  const { status, stderr } = await regionpay(['run', ...words, '--quiet', '--out', out]);
  expect([status, stderr]).toEqual([0, '']);
  return (file) => readRows(join(out, file));
}

const ofCoupon = (rows: readonly Row[], number: string): Row | undefined =>
  rows.find((row) => row.coupon_number === number);

describe('too many rows that cannot be read', () => {
  const config = ['--config', join(ERRORS, 'TOO_MANY_REJECTS/run.json')];
  const MEND_OR_RAISE = text(
    'check で全行を確かめて直すか、承知のうえなら --max-rejects を上げてください',
    'see them all with check and mend them, or raise --max-rejects knowingly',
  );

  it.concurrent('are set aside with --max-rejects', async () => {
    await inFolder(async (folder) => {
      await expectRefused(config, join(folder, 'run'), 'TOO_MANY_REJECTS', MEND_OR_RAISE);
      for (const limit of ['2', '66.7%']) {
        const rows = await published([...config, '--max-rejects', limit, '--replace'], join(folder, 'run'));
        expect(rows('rejects.csv').map(({ line, code }) => `${line} ${code}`)).toEqual([
          '3 SALE_TOTAL',
          '4 BAD_AMOUNT',
        ]);
        const { inputs } = JSON.parse(readFileSync(join(folder, 'run/manifest.json'), 'utf8'));
        expect(inputs.find(({ kind }: { kind: string }) => kind === 'sales').dispositions).toMatchObject({
          accepted: { rows: 1, yen: 700 },
          rejected: { rows: 2 },
        });
      }
    });
  });

  it.concurrent('are all shown by check, and count once they are mended', async () => {
    await inFolder(async (folder) => {
      const checked = await regionpay(['check', ...config, '--lang', 'en']);
      for (const place of ['[SALE_TOTAL] merchant_reports.csv:3\n', '[BAD_AMOUNT] merchant_reports.csv:4:cash_yen\n'])
        expect(checked.stdout).toContain(place);
      const mended = fixture('TOO_MANY_REJECTS', 'merchant_reports.csv').replace('701', '700').replace('2OO', '200');
      const words = inputsWith('--merchant-reports', put(folder, 'merchant_reports.csv', mended));
      const rows = await published([...words, '--max-rejects', '1'], join(folder, 'run'));
      expect(rows('rejects.csv')).toEqual([]);
      expect(rows('merchant_days.csv').filter(({ report_yen }) => report_yen !== '0')).toMatchObject([
        { merchant_id: 'M01', date: '2023-02-24', report_count: '3', report_yen: '1500' },
      ]);
    });
  });
});

describe('too many payments that find no coupon', () => {
  const config = ['--config', join(ERRORS, 'TOO_MANY_UNMATCHED/run.json')];
  const EXPORT_OR_RAISE = text(
    'どちらかのファイルを表計算ソフトで開いて保存しませんでしたか。元のシステムから出力し直し、そのまま使ってください。承知のうえなら --max-unmatched を上げてください',
    'was one of the files saved by a spreadsheet? Export it again and use it as it is, or raise --max-unmatched knowingly',
  );

  it.concurrent('stand in unmatched.csv with --max-unmatched', async () => {
    await inFolder(async (folder) => {
      await expectRefused(config, join(folder, 'run'), 'TOO_MANY_UNMATCHED', EXPORT_OR_RAISE);
      for (const limit of ['2', '66.7%']) {
        const rows = await published([...config, '--max-unmatched', limit, '--replace'], join(folder, 'run'));
        expect(
          rows('unmatched.csv')
            .filter(({ file }) => file === 'transactions.csv')
            .map(({ line, amount_yen, nearest }) => `${line} ${amount_yen} ${nearest}`),
        ).toEqual(['2 500 000000000101', '3 500 ']);
        expect(ofCoupon(rows('eligibility.csv'), '000000000101')?.residual_yen).toBe('1500');
      }
    });
  });

  it.concurrent('find it in the log as its system wrote it', async () => {
    await inFolder(async (folder) => {
      const log = fixture('TOO_MANY_UNMATCHED', 'transactions.csv')
        .replace(',101,', ',000000000101,')
        .replace(',09099999999,', ',000000000102,');
      const rows = await published(
        inputsWith('--transactions', put(folder, 'transactions.csv', log)),
        join(folder, 'run'),
      );
      expect(rows('unmatched.csv').filter(({ file }) => file === 'transactions.csv')).toEqual([]);
      const eligibility = rows('eligibility.csv');
      expect(ofCoupon(eligibility, '000000000101')?.residual_yen).toBe('1000');
      expect(ofCoupon(eligibility, '000000000102')?.residual_yen).toBe('1500');
    });
  });
});

describe('a file that went through a spreadsheet', () => {
  it.concurrent('beside the export of the source is left out', async () => {
    await inFolder(async (folder) => {
      const [header = [], ...rows] = cellsOf(fixture('TWO_SPELLINGS', 'transactions.csv'));
      const source = put(folder, 'source.csv', contentOf([header, rows[0] ?? [], rows[2] ?? []]));
      const copy = put(folder, 'spreadsheet.csv', contentOf([header, rows[1] ?? []]));
      const ended = await regionpay([
        'run',
        ...inputsWith('--transactions', source, copy),
        '--json',
        '--quiet',
        '--out',
        join(folder, 'run'),
      ]);
      expect(ended.status).toBe(3);
      const problems = toldAsJson(ended);
      expect(problems.map(({ code }) => code)).toEqual(['TWO_SPELLINGS']);
      expect(problems[0]?.advice.ja).toContain(
        '表計算ソフトを通した行やファイルを除き、元のシステムの書き方にそろえてください',
      );
      expect(problems[0]?.advice.en).toContain(
        'leave out what went through a spreadsheet, and write all as the source does',
      );
      const mended = await published(inputsWith('--transactions', source), join(folder, 'run'));
      expect(mended('rejects.csv')).toEqual([]);
      expect(ofCoupon(mended('eligibility.csv'), '000000000101')?.residual_yen).toBe('1000');
      // The other way that is told, and what it costs.
      expect(problems[0]?.advice.en).toContain('uses neither row, and leaves their coupons for a person');
      const both = [...inputsWith('--transactions', source, copy), '--max-unmatched', '100%'];
      const passed = await published(both, join(folder, 'passed'));
      expect(passed('rejects.csv').map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual([
        'source.csv:2 TWO_SPELLINGS',
        'spreadsheet.csv:2 TWO_SPELLINGS',
      ]);
      expect(ofCoupon(passed('review.csv'), '000000000101')?.reason).toBe('CONFLICTING_ROWS');
    });
  });

  it.concurrent('and had its numbers rounded is exported again', async () => {
    await inFolder(async (folder) => {
      const EXPORT = text(
        '元のシステムから出力し直し、表計算ソフトで開かずに使ってください。もとからそういう番号なら --max-unmatched を上げてください',
        'export it again from its source, and do not open it in a spreadsheet; where they are so at the source, raise --max-unmatched',
      );
      const config = ['--config', join(ERRORS, 'ROUNDED_NUMBERS/run.json')];
      await expectRefused(config, join(folder, 'run'), 'ROUNDED_NUMBERS', EXPORT);
      const soAtTheSource = [...config, '--max-unmatched', '100%'];
      const used = await published(soAtTheSource, join(folder, 'as-they-are'));
      expect(used('rejects.csv')).toEqual([]);
      expect(ofCoupon(used('eligibility.csv'), '000000000101')?.residual_yen).toBe('1930');
      const log = inCells(cellsOf(fixture('ROUNDED_NUMBERS', 'transactions.csv')), (cell, place, line) =>
        line > 1 && place === 0 ? `${cell.slice(0, -1)}${line}` : cell,
      );
      const words = inputsWith('--transactions', put(folder, 'transactions.csv', contentOf(log)));
      const rows = await published(words, join(folder, 'run'));
      expect(rows('rejects.csv')).toEqual([]);
      expect(ofCoupon(rows('eligibility.csv'), '000000000101')?.residual_yen).toBe('1930');
    });
  });
});

describe('a paid row of a payout that nobody knows', () => {
  const NAME_OR_SPLIT = text(
    'その支払いを作った実行結果を --previous か --paid-run で指定するか、クーポンごとの行にしてください',
    'name the run that made it with --previous or --paid-run, or write a row for each of its coupons',
  );

  it('is spread over its coupons by the run that made it, and needs none where it is a row for each', async () => {
    await inFolder(async (folder) => {
      const made = await published(INPUTS, join(folder, 'made'));
      const payout = made('payouts.csv').find(({ coupon_count }) => Number(coupon_count) > 1) as Row;
      const coupons = (payout.coupons ?? '').split(' ');
      const due = coupons.map((number) => ofCoupon(made('eligibility.csv'), number)?.payable_yen ?? '');
      const sent = ',2023-05-12 10:00,sent';
      const whole = put(
        folder,
        'whole.csv',
        `payout_id,amount_yen,sent_at,status\n${payout.payout_id},${payout.amount_yen}${sent}\n`,
      );
      const each = coupons.map((number, index) => `${payout.payout_id},${number},${due[index]}${sent}`);
      const split = put(
        folder,
        'split.csv',
        ['payout_id,coupon_number,amount_yen,sent_at,status', ...each, ''].join('\n'),
      );
      const later = [...INPUTS.slice(0, -1), '2023-05-20T02:00:00+09:00'];
      await expectRefused([...later, '--paid', whole], join(folder, 'run'), 'UNKNOWN_PAYOUT', NAME_OR_SPLIT);
      const ways = [
        ['--paid', whole, '--previous', join(folder, 'made')],
        ['--paid', whole, '--paid-run', join(folder, 'made')],
        ['--paid', split],
      ];
      for (const way of ways) {
        const rows = await published([...later, ...way, '--replace'], join(folder, 'run'));
        expect(rows('rejects.csv')).toEqual([]);
        const eligibility = rows('eligibility.csv');
        expect(coupons.map((number) => ofCoupon(eligibility, number)?.already_paid_yen)).toEqual(due);
        expect(coupons.map((number) => ofCoupon(eligibility, number)?.payable_yen)).toEqual(due.map(() => '0'));
        expect(rows('payouts.csv').map(({ payout_id }) => payout_id)).not.toContain(payout.payout_id);
      }
    });
  });
});

describe('a paid row with other yen than the run that made its payout', () => {
  it.concurrent('is read once it has those of the coupon, or those of the whole payout', async () => {
    const { advice } = REJECT_CODES.OTHER_AMOUNT;
    await inFolder(async (folder) => {
      const made = await published(INPUTS, join(folder, 'made'));
      const payout = made('payouts.csv').find(({ coupon_count }) => Number(coupon_count) > 1) as Row;
      const [first = ''] = (payout.coupons ?? '').split(' ');
      const due = ofCoupon(made('eligibility.csv'), first)?.payable_yen ?? '';
      const later = [...INPUTS.slice(0, -1), '2023-05-20T02:00:00+09:00', '--previous', join(folder, 'made')];
      const told = async (coupon: string, yen: string) => {
        const row = `${payout.payout_id},${coupon},${yen},2023-05-12 10:00,sent`;
        const paid = put(folder, 'paid.csv', `payout_id,coupon_number,amount_yen,sent_at,status\n${row}\n`);
        const rows = await published([...later, '--paid', paid, '--replace'], join(folder, 'run'));
        return rows('rejects.csv').map(({ line, code, message }) => ({ line, code, message }));
      };
      const [problem, ...more] = await told(first, String(Number(payout.amount_yen) + 1));
      expect([problem?.line, problem?.code, more]).toEqual(['2', 'OTHER_AMOUNT', []]);
      expect(problem?.message).toContain(`。${advice.ja} / `);
      expect(problem?.message?.endsWith(`; ${advice.en}`)).toBe(true);
      for (const way of ['the yen of the coupon', 'those of the whole payout']) expect(advice.en).toContain(way);
      expect(await told(first, due)).toEqual([]);
      expect(await told(first, payout.amount_yen ?? '')).toEqual([]);
      expect(await told('', payout.amount_yen ?? '')).toEqual([]);
    });
  });
});

describe('a first line that is no header', () => {
  const WAYS = text(
    '見出しの上に題名などの行があれば消し、見出しの行がなければ足し、見出しが違うなら profile で対応づけてください',
    'delete the lines above the headers if there are any, add a line of headers if there is none, or map them in a profile',
  );

  it.each(INPUT_KINDS)('of %s is mended by each of the ways that are told', async (kind) => {
    const cells = baseOf(kind);
    const [header = [], ...rows] = cells;
    const [column = ''] = header;
    const expected = { [column]: cells[2]?.[0] ?? '' };
    const foreign = header.map((_, place) => `列${place + 1}番`);
    const wrong = {
      title: `報告書\n${contentOf(cells)}`,
      none: contentOf(rows),
      foreign: contentOf([foreign, ...rows]),
    };
    for (const content of Object.values(wrong)) {
      const [problem, ...more] = await problemsOf(kind, content);
      expect([problem?.code, more]).toEqual(['MISSING_COLUMN', []]);
      expectAdvice(problem as ToldProblem, WAYS);
    }
    await expectRead(kind, wrong.title.slice(wrong.title.indexOf('\n') + 1), 3, expected);
    await expectRead(kind, `${header.join(',')}\n${wrong.none}`, 3, expected);
    const headers = Object.fromEntries(foreign.map((name, place) => [name, header[place] ?? '']));
    await expectRead(kind, wrong.foreign, 3, expected, { headers } as never);
  });
});

// ----- Values of options ------------------------------------------------------------------------------------------------------

describe('the value of an option', () => {
  const OPTIONS: readonly (readonly [code: string, option: string, wrong: string, words: readonly string[]])[] = [
    ['BAD_AS_OF', 'asOf', 'soon', ['2031-01-31T02:00:00+09:00', '2031/1/31 02:00', '2031-01-31']],
    ['BAD_MAX_REJECTS', 'maxRejects', 'a few', ['5', '0.1%']],
    ['BAD_MAX_UNMATCHED', 'maxUnmatched', 'a few', ['5', '0.5%']],
    ['BAD_MEMORY', 'memory', 'a lot', ['2GB', '512MB', '60%']],
    ['UNKNOWN_VALUE', 'encoding', 'latin1', ['utf-8', 'windows-31j']],
    ['UNKNOWN_VALUE', 'logLevel', 'loud', ['silent', 'error', 'warn', 'info', 'debug']],
    ['UNKNOWN_VALUE', 'reader', 'fast', ['bytes', 'csv-parse']],
  ];
  const given: GivenOptions = { issuance: 'a.csv', transactions: 'b.csv', merchantReports: 'c.csv' };

  it.each(OPTIONS)('that is told as %s is taken as it advises for %s', (code, option, wrong, values) => {
    try {
      readRequest({ ...given, [option]: wrong }, 0, { out: false });
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      const [problem] = error.problems;
      expect(problem?.code).toBe(code);
      for (const value of values) {
        expect(problem?.advice.ja).toContain(value);
        expect(problem?.advice.en).toContain(value);
      }
    }
    for (const value of values)
      expect(() => readRequest({ ...given, [option]: value }, 0, { out: false })).not.toThrow();
  });
});
