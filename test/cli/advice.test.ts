import { describe, expect, it } from 'vitest';
import { type Text, text } from '../../src/base/text.ts';
import { type ColumnLayout, LAYOUTS, type ValueType } from '../../src/intake/schema/layouts.ts';
import type { InputProfile } from '../../src/intake/schema/profile.ts';
import { REJECT_CODES, type RejectCode } from '../../src/intake/values/reject-codes.ts';
import { INPUT_KINDS, type InputKind } from '../../src/tables/tables.ts';
import {
  baseOf,
  type Cells,
  cellsOf,
  columnOf,
  contentOf,
  expectRead,
  fixture,
  fixtureKind,
  rejectsBy,
  rejectsFile,
  type Values,
  withCells,
} from './mended-files.ts';

/**
 * What the advice of every reject code promises: whoever does as it says has the row read, with exactly the value that was
 * meant. The words stand here too, so that nobody changes a promise without trying it.
 */

// ----- Advice about one cell ------------------------------------------------------------------------------------------------

/** What stands in a column, by its type; undefined of columns that are not meant. */
type InColumn = (column: ColumnLayout) => string | undefined;
const byType =
  (cells: Partial<Readonly<Record<ValueType, string>>>): InColumn =>
  ({ type }) =>
    cells[type];
/** Identifiers, and a prefecture, which is read as one. */
const ids = (id: string, prefecture: string): InColumn => byType({ identifier: id, coupon: id, prefecture });
const dates = (date: string, instant: string): InColumn => byType({ date, instant });
const amounts = (amount: string): InColumn => byType({ amount });

/** One of the things that an advice says can be done. */
interface Way {
  /** The words that are followed. */
  readonly says: Text;
  /** What the cell is made; it stays as it was without it. */
  readonly cell?: InColumn;
  /** What the column's other cells are made. */
  readonly others?: InColumn;
  readonly profile?: (column: ColumnLayout) => InputProfile;
  readonly reads: InColumn;
}

interface CellPromise {
  readonly advice: Text;
  readonly wrong: InColumn;
  readonly ways: readonly Way[];
}

const ID = ids('902', '46');
const DAY = dates('2023-02-24', '2023-02-24T18:00:00+09:00');
const MENDED_DAY = dates('2023-02-24', '2023-02-24 18:00');
const as = (ja: string, en: string, way: Omit<Way, 'says'>): Way => ({ says: text(ja, en), ...way });
/** A way that is written alike in both languages. */
const written = (cell: string, of: (cell: string) => InColumn, reads: InColumn): Way =>
  as(cell, cell, { cell: of(cell), reads });

const firstChoice = ({ type, values }: ColumnLayout): [string, string] | undefined =>
  type === 'choice' ? Object.entries(values ?? {})[0] : undefined;

const CELLS = {
  CIRCLED_DIGIT: {
    advice: text('ふつうの数字に直してください', 'write a plain digit'),
    wrong: ids('90②', '④6'),
    ways: [as('ふつうの数字に', 'a plain digit', { cell: ID, reads: ID })],
  },
  STRAY_QUOTE: {
    advice: text(
      'ID の中の引用符をすべて取り除いてください。"" と二つ並んでいれば両方です(CSV では二つで引用符ひとつのこと)。ID に " は使えません',
      'take every quote within it out, both where two stand as "" (that is how CSV writes one); no identifier holds any',
    ),
    wrong: ids('9"02', '4"6'),
    ways: [as('すべて取り除いて', 'take every quote within it out', { cell: ID, reads: ID })],
  },
  INVISIBLE_CHARACTER: {
    advice: text(
      'その文字を取り除いてください(番号を打ち直すか、元のシステムから出力し直す)',
      'take it out: type the number anew, or export it again from its source',
    ),
    wrong: ids('90\u200b2', '4\u200b6'),
    ways: [as('打ち直す', 'type the number anew', { cell: ID, reads: ID })],
  },
  EXCEL_NUMBER: {
    advice: text(
      '元のシステムから出力し直し、表計算ソフトで開かずに使ってください。支払済みの記録なら、支払ID があればクーポン番号は空でかまいません',
      'export it again from its source, and do not open it in a spreadsheet; of what was paid, the payout id is enough: leave the coupon number empty',
    ),
    wrong: byType({ identifier: '9.02E+11', coupon: '9.02E+11' }),
    ways: [
      as('出力し直し', 'export it again', {
        cell: byType({ identifier: '902000000007', coupon: '902000000007' }),
        reads: byType({ identifier: '902000000007', coupon: '902000000007' }),
      }),
    ],
  },
  SPREADSHEET_GUARD: {
    advice: text(
      '列のすべての値から印を取るか、同じ印(先頭の \' を一つ、または ="…")をすべてに付けてください',
      'take it off all values of the column, or put the same one (one leading \', or ="…") on all',
    ),
    wrong: ids("'902", "'46"),
    ways: [
      as('すべての値から印を取る', 'take it off all values', { cell: ID, reads: ID }),
      as("先頭の ' を一つ", "one leading '", { others: ids("'800", "'46"), reads: ID }),
      as("先頭の ' を一つ", "one leading '", { cell: ids("'902", "'46"), others: ids("'800", "'46"), reads: ID }),
      as('または ="…"', 'or ="…"', {
        cell: ids('="902"', '="46"'),
        others: ids('="800"', '="46"'),
        reads: ID,
      }),
    ],
  },
  SPREADSHEET_DATE: {
    advice: text(
      '元の番号(12-1 など)に直すか、元のシステムから出力し直し、表計算ソフトで開かずに使ってください',
      'put the number right (12-1, say), or export it again from its source and do not open it in a spreadsheet',
    ),
    wrong: byType({ identifier: '12月1日', coupon: '1-Dec' }),
    ways: [as('元の番号', 'put the number right', { cell: ID, reads: ID })],
  },
  SPREADSHEET_ERROR: {
    advice: text(
      '表計算ソフトで正しい値にするか、元のシステムから出力し直してください',
      'put the value right in the spreadsheet, or export it again from its source',
    ),
    wrong: ids('#N/A', '#REF!'),
    ways: [as('正しい値にする', 'put the value right', { cell: ID, reads: ID })],
  },
  BAD_AMOUNT: {
    advice: text(
      '1000、1,000、¥1,000、1000円 のように書いてください(返金や取消は、取引記録では取消の行に正の額で書きます)',
      'write 1000, 1,000, ¥1,000 or 1000円 (a refund is, in the log, a cancel of a positive amount)',
    ),
    wrong: amounts('1000.5'),
    ways: ['1000', '1,000', '¥1,000', '1000円'].map((cell) => written(cell, amounts, amounts('1000'))),
  },
  AMOUNT_TOO_LARGE: {
    advice: text('桁を確かめてください', 'check the digits'),
    wrong: amounts('1000000000001'),
    ways: [as('桁を', 'the digits', { cell: amounts('1000'), reads: amounts('1000') })],
  },
  BAD_INSTANT: {
    advice: text(
      '列全体を一つの書式で書いてください(2031-01-31T17:05:03+09:00、2031/1/31 17:05、令和13年1月31日 17:05:03、または profile の dateFormats に足した書式)',
      'write all of the column in one form: 2031-01-31T17:05:03+09:00, 2031/1/31 17:05, 令和13年1月31日 17:05:03, or one that a profile has in dateFormats',
    ),
    wrong: byType({ instant: '24.02.2023 17-05' }),
    ways: [
      written(
        '2031-01-31T17:05:03+09:00',
        (instant) => byType({ instant }),
        byType({ instant: '2031-01-31T17:05:03+09:00' }),
      ),
      written('2031/1/31 17:05', (instant) => byType({ instant }), byType({ instant: '2031-01-31T17:05:00+09:00' })),
      written(
        '令和13年1月31日 17:05:03',
        (instant) => byType({ instant }),
        byType({ instant: '2031-01-31T17:05:03+09:00' }),
      ),
      as('profile の dateFormats に足した書式', 'one that a profile has in dateFormats', {
        others: byType({ instant: '23.02.2023 09-30' }),
        profile: () => ({ dateFormats: ['dd.MM.yyyy HH-mm'] }),
        reads: byType({ instant: '2023-02-24T17:05:00+09:00' }),
      }),
    ],
  },
  BAD_DATE: {
    advice: text(
      '列全体を一つの書式で書いてください(2031-01-31、2031/1/31、R13.1.31、または profile の dateFormats に足した書式)。期限なしの意味なら実際の期限を入れます',
      'write all of the column in one form: 2031-01-31, 2031/1/31, R13.1.31, or one that a profile has in dateFormats; for "no end", give the real expiry',
    ),
    wrong: byType({ date: '24 Feb 2023' }),
    ways: [
      written('2031-01-31', (date) => byType({ date }), byType({ date: '2031-01-31' })),
      written('2031/1/31', (date) => byType({ date }), byType({ date: '2031-01-31' })),
      written('R13.1.31', (date) => byType({ date }), byType({ date: '2031-01-31' })),
      as('実際の期限を入れます', 'the real expiry', {
        cell: byType({ date: '2023-02-26' }),
        reads: byType({ date: '2023-02-26' }),
      }),
      as('profile の dateFormats に足した書式', 'one that a profile has in dateFormats', {
        others: byType({ date: '3 Mar 2023' }),
        profile: () => ({ dateFormats: ['d MMM yyyy'] }),
        reads: byType({ date: '2023-02-24' }),
      }),
    ],
  },
  DATE_WITHOUT_TIME: {
    advice: text(
      '時刻も書くか、profile の timeOfDatesAlone で何時とみなすかを決めてください',
      'write the time too, or say in a profile (timeOfDatesAlone) what time it stands for',
    ),
    // A day is enough of what was sent.
    wrong: (column) => (column.name === 'sent_at' ? undefined : byType({ instant: '2023-02-24' })(column)),
    ways: [
      as('時刻も書く', 'write the time too', {
        cell: byType({ instant: '2023-02-24 18:00' }),
        reads: byType({ instant: '2023-02-24T18:00:00+09:00' }),
      }),
      as('timeOfDatesAlone', 'timeOfDatesAlone', {
        profile: () => ({ timeOfDatesAlone: '12:30' }),
        reads: byType({ instant: '2023-02-24T12:30:00+09:00' }),
      }),
    ],
  },
  DATE_WITHOUT_YEAR: {
    advice: text(
      '2031/5/8 のように年も書いてください(表計算ソフトが月日だけを表示しているなら、セルの表示形式を「yyyy/m/d」にしてから保存します)',
      'write the year too, as in 2031/5/8 (where a spreadsheet shows month and day alone, format its cells as yyyy/m/d before saving)',
    ),
    wrong: dates('2/24', '2/24 18:00'),
    ways: [as('年も書いて', 'write the year too', { cell: dates('2023/2/24', '2023/2/24 18:00'), reads: DAY })],
  },
  NO_SUCH_DATE: {
    advice: text('正しい日付に直してください', 'mend the date'),
    wrong: dates('2023-02-30', '2023-02-30 18:00'),
    ways: [as('正しい日付に', 'mend the date', { cell: MENDED_DAY, reads: DAY })],
  },
  WRONG_WEEKDAY: {
    advice: text('日付か曜日を直すか、曜日を消してください', 'mend the date or the weekday, or leave the weekday out'),
    wrong: dates('2023/2/24(木)', '2023/2/24(木) 18:00'),
    ways: [
      as('日付か', 'the date', {
        cell: dates('2023/2/23(木)', '2023/2/23(木) 18:00'),
        reads: dates('2023-02-23', '2023-02-23T18:00:00+09:00'),
      }),
      as('曜日を直す', 'or the weekday', { cell: dates('2023/2/24(金)', '2023/2/24(金) 18:00'), reads: DAY }),
      as('曜日を消して', 'leave the weekday out', { cell: dates('2023/2/24', '2023/2/24 18:00'), reads: DAY }),
    ],
  },
  IMPLAUSIBLE_DATE: {
    advice: text(
      '年を 4 桁の西暦で書くか、profile の書式を年の桁数に合わせてください(2 桁なら yy)。期限なしの意味なら実際の期限を入れます',
      'write the year in four digits, or have the profile\u2019s format say how many there are (yy for two); for "no end", give the real expiry',
    ),
    wrong: dates('9999-12-31', '0023-02-24 18:00'),
    ways: [
      as('4 桁の西暦で', 'in four digits', { cell: MENDED_DAY, reads: DAY }),
      as('実際の期限を', 'the real expiry', {
        cell: byType({ date: '2023-02-26' }),
        reads: byType({ date: '2023-02-26' }),
      }),
    ],
  },
  BAD_VALUE: {
    advice: text('値を直すか、profile に対応を足してください', 'mend it, or map it in a profile'),
    wrong: (column) => (firstChoice(column) === undefined ? undefined : 'X9'),
    ways: [
      as('値を直す', 'mend it', {
        cell: (column) => firstChoice(column)?.[0],
        reads: (column) => firstChoice(column)?.[1],
      }),
      as('profile に対応を足して', 'map it in a profile', {
        profile: (column) => ({ values: { [column.name]: { X9: firstChoice(column)?.[1] } } }) as InputProfile,
        reads: (column) => firstChoice(column)?.[1],
      }),
    ],
  },
  BAD_PREFECTURE: {
    advice: text('13 や 東京都 のように書いてください', 'write 13 or 東京都'),
    wrong: byType({ prefecture: '東京' }),
    ways: ['13', '東京都'].map((cell) =>
      written(cell, (prefecture) => byType({ prefecture }), byType({ prefecture: '13' })),
    ),
  },
} as const satisfies Partial<Readonly<Record<RejectCode, CellPromise>>>;

/** The row that the wrong cell is in, and one more in front of it. */
const [OTHER_LINE, WRONG_LINE] = [2, 3];

/** Two rows that are read whole but for this cell. A sale's amounts fit each other once it is mended. */
function fileWith(kind: InputKind, column: ColumnLayout, cell: string, other: string | undefined): Cells {
  const fitting = kind === 'sales' ? SALE_OF_1000[column.name] : undefined;
  const fitted = Object.entries(fitting ?? {}).reduce(
    (cells, [name, yen]) => withCells(cells, name, { [WRONG_LINE]: yen }),
    baseOf(kind),
  );
  const others = other === undefined ? {} : { [OTHER_LINE]: other };
  return withCells(fitted, column.name, { [WRONG_LINE]: cell, ...others });
}
const SALE_OF_1000: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  total_yen: { coupon_yen: '800' },
  coupon_yen: { total_yen: '1200' },
  cash_yen: { total_yen: '1500' },
  other_yen: { total_yen: '1700' },
};

const COLUMNS = INPUT_KINDS.flatMap((kind) => LAYOUTS[kind].columns.map((column) => ({ kind, column })));
const unguarded = ids('800', '46');

describe.each(Object.entries(CELLS) as [RejectCode, CellPromise][])('the advice of %s', (code, {
  advice,
  wrong,
  ways,
}) => {
  it('is the one that is tried here, and each of its ways is in it', () => {
    expect(REJECT_CODES[code].advice).toEqual(advice);
    for (const { says } of ways) {
      expect(advice.ja).toContain(says.ja);
      expect(advice.en).toContain(says.en);
    }
  });

  it('stands in rejects.csv, and the fixture is read once it is followed', async () => {
    const { kind, file } = fixtureKind(code);
    const cells = cellsOf(fixture(code, file));
    const [told, ...more] = await rejectsFile(kind, contentOf(cells));
    expect(more).toEqual([]);
    expect(told?.code).toBe(code);
    expect(told?.message?.endsWith(`; ${advice.en}`)).toBe(true);
    expect(told?.message).toContain(`。${advice.ja} / `);
    const column = LAYOUTS[kind].columns.find(({ name }) => name === told?.column) as ColumnLayout;
    const followed = ways.filter(({ cell, others }) => cell?.(column) !== undefined && others === undefined);
    expect(followed).not.toEqual([]);
    for (const { cell, profile, reads } of followed) {
      const line = Number(told?.line);
      const mended = withCells(cells, column.name, { [line]: cell?.(column) ?? '' });
      await expectRead(kind, contentOf(mended), line, { [column.name]: reads(column) ?? '' }, profile?.(column));
    }
  });

  const columns = COLUMNS.filter(({ column }) => wrong(column) !== undefined);
  it.each(
    columns.map(({ kind, column }) => [`${kind}.${column.name}`, kind, column] as const),
  )('is true of %s', async (_, kind, column) => {
    const before = wrong(column) ?? '';
    const rejects = await rejectsBy(kind, contentOf(fileWith(kind, column, before, unguarded(column))));
    expect(rejects).toEqual([{ line: WRONG_LINE, column: column.name, code, advice }]);
    for (const { cell, others, profile, reads } of ways) {
      const expected = reads(column);
      if (expected === undefined) continue;
      const mended = fileWith(kind, column, cell?.(column) ?? before, others?.(column) ?? unguarded(column));
      await expectRead(kind, contentOf(mended), WRONG_LINE, { [column.name]: expected }, profile?.(column));
    }
  });
});

// ----- Advice about whole rows ----------------------------------------------------------------------------------------------

interface RowWay {
  readonly says: Text;
  readonly kind: InputKind;
  readonly wrong: Cells;
  /** The lines that are set aside, and the column that is named. */
  readonly lines: readonly number[];
  readonly column: string;
  readonly mended: Cells;
  /** What is read of it then. */
  readonly line: number;
  readonly reads: Values;
}

interface RowPromise {
  readonly advice: Text;
  readonly ways: readonly RowWay[];
}

const withoutLine = (cells: Cells, line: number): Cells => cells.filter((_, index) => index + 1 !== line);
const required = COLUMNS.filter(({ column }) => column.required);
const valueIn = (cells: Cells, line: number, column: string): string =>
  cells[line - 1]?.[cells[0]?.indexOf(column) ?? -1] ?? '';
/** As the tables hold what the two rows of a kind say. */
const readOf = (kind: InputKind, { name, type, values }: ColumnLayout): string => {
  const cell = valueIn(baseOf(kind), WRONG_LINE, name);
  return type === 'choice' ? (values?.[cell] ?? cell) : cell;
};

/** A cell of the second row that is wrong in one way and right in another. */
const oneCell = (says: Text, kind: InputKind, column: ColumnLayout, before: string): RowWay => ({
  ...{ says, kind, lines: [WRONG_LINE], column: column.name, line: WRONG_LINE },
  wrong: withCells(baseOf(kind), column.name, { [WRONG_LINE]: before }),
  mended: baseOf(kind),
  reads: { [column.name]: readOf(kind, column) },
});

const isIdentifying = ({ type }: ColumnLayout): boolean => type === 'identifier' || type === 'coupon';
const SUPPLY = text('値を入れる', 'supply it');
const ONE_YEN = text('1 円以上', '1 yen or more');
const SHOP = text('店に正しい金額を', 'ask the shop for the right amounts');

const saleFixture = (code: string): Cells => cellsOf(fixture(code, 'merchant_reports.csv'));

/** One id, twice: in the second row something else. */
const DIFFERING: Readonly<Record<InputKind, readonly [column: string, other: string]>> = {
  issuance: ['face_yen', '3000'],
  transactions: ['amount_yen', '600'],
  sales: ['sold_at', '2023-02-24T18:30:00+09:00'],
  claims: ['merchant_id', 'M02'],
  applications: ['prefecture', '13'],
  decisions: ['decision', 'reject'],
  paid: ['amount_yen', '900'],
};
const idOf = (kind: InputKind): string => LAYOUTS[kind].columns[0]?.name ?? '';

/** Kinds of whose ids one may stand in two spellings. */
const SPELLED: readonly InputKind[] = ['issuance', 'transactions', 'sales', 'claims', 'applications'];

const ROWS = {
  MISSING_VALUE: {
    advice: text(
      '値を入れるか、列がなければ足すか、profile で見出しを対応づけてください',
      'supply it; if the file has no such column, add it, or map its header in a profile',
    ),
    ways: [
      ...required.map(({ kind, column }) => oneCell(SUPPLY, kind, column, '')),
      ...required
        .filter(({ column }) => isIdentifying(column))
        .map(({ kind, column }) => oneCell(SUPPLY, kind, column, 'NULL')),
      // Only of some rows a shop is asked, or the transaction that was undone.
      oneCell(SUPPLY, 'transactions', columnOf('transactions', 'merchant_id'), ''),
      {
        ...oneCell(SUPPLY, 'transactions', columnOf('transactions', 'related_transaction_id'), ''),
        wrong: withCells(baseOf('transactions'), 'kind', { [WRONG_LINE]: 'cancel' }),
        mended: withCells(
          withCells(baseOf('transactions'), 'kind', { [WRONG_LINE]: 'cancel' }),
          'related_transaction_id',
          {
            [WRONG_LINE]: 'T800',
          },
        ),
        reads: { related_transaction_id: 'T800', kind: 'cancel' },
      },
    ],
  },
  ZERO_AMOUNT: {
    advice: text('この項目には 1 円以上が要ります', 'here it must be 1 yen or more'),
    ways: (['issuance', 'transactions'] as const).flatMap((kind) => {
      const column = columnOf(kind, kind === 'issuance' ? 'face_yen' : 'amount_yen');
      const way = oneCell(ONE_YEN, kind, column, '0');
      return [
        way,
        { ...way, mended: withCells(way.wrong, column.name, { [WRONG_LINE]: '1' }), reads: { [column.name]: '1' } },
      ];
    }),
  },
  FIELD_COUNT: {
    advice: text(
      '行のカンマと引用符を直すか、行末に余るカンマの分だけ見出し行にもカンマを足してください',
      'mend the row\u2019s commas and quotes, or end the header with as many commas as all rows have too many',
    ),
    ways: [
      {
        says: text('見出し行にもカンマを足して', 'end the header with as many commas'),
        ...{ kind: 'transactions', lines: [2, 3], column: '', line: WRONG_LINE },
        wrong: baseOf('transactions').map((row, index) => (index === 0 ? row : [...row, ''])),
        mended: baseOf('transactions').map((row) => [...row, '']),
        reads: { amount_yen: valueIn(baseOf('transactions'), WRONG_LINE, 'amount_yen') },
      },
      {
        says: text('カンマ', 'commas'),
        ...{ kind: 'sales', wrong: saleFixture('FIELD_COUNT'), lines: [3], column: '', line: 3 },
        mended: saleFixture('FIELD_COUNT').map((row) => row.slice(0, 9)),
        reads: { report_id: 'S902', total_yen: '700', coupon_yen: '500', cash_yen: '200', other_yen: '0' },
      },
      {
        says: text('引用符', 'quotes'),
        ...{ kind: 'transactions', lines: [WRONG_LINE], column: '', line: WRONG_LINE },
        wrong: withCells(baseOf('transactions'), 'amount_yen', { [WRONG_LINE]: '1,700' }).map((row) =>
          row.join(',').split(','),
        ),
        mended: withCells(baseOf('transactions'), 'amount_yen', { [WRONG_LINE]: '1,700' }),
        reads: { amount_yen: '1700', merchant_id: 'M01', terminal_id: 'P1' },
      },
    ],
  },
  SALE_TOTAL: {
    advice: text('店に正しい金額を確かめてください', 'ask the shop for the right amounts'),
    ways: ['total_yen', 'coupon_yen', 'cash_yen', 'other_yen'].map((name) => ({
      ...oneCell(SHOP, 'sales', columnOf('sales', name), '701'),
      column: '',
      reads: { total_yen: '700', coupon_yen: '500', cash_yen: '200', other_yen: '0' },
    })),
  },
  VOIDED_SALE: {
    advice: text(
      '取り消された行を除いた報告を店からもらってください',
      'ask the shop for its report without what was voided',
    ),
    ways: [
      {
        says: text('取り消された行を除いた報告', 'its report without what was voided'),
        ...{ kind: 'sales', wrong: saleFixture('VOIDED_SALE'), lines: [3], column: 'voided', line: 2 },
        mended: withoutLine(saleFixture('VOIDED_SALE'), 3),
        reads: { report_id: 'S901', total_yen: '700' },
      },
    ],
  },
  TWO_SPELLINGS: {
    advice: text(
      '表計算ソフトを通した行を除き、元のシステムの書き方にそろえてください',
      'leave out what went through a spreadsheet, and write all as the source does',
    ),
    ways: SPELLED.map((kind) => {
      const [header = [], other = [], row = []] = baseOf(kind);
      const wrong = [header, ['000901', ...row.slice(1)], ['901', ...row.slice(1)], ['000800', ...other.slice(1)]];
      return {
        says: text('表計算ソフトを通した行を除き', 'leave out what went through a spreadsheet'),
        ...{ kind, wrong, lines: [2, 3], column: '', mended: withoutLine(wrong, 3), line: 2 },
        reads: { [idOf(kind)]: '000901' },
      };
    }),
  },
  CONFLICTING: {
    advice: text('出力元に確かめ、正しい行だけを残してください', 'ask the source and keep the right one'),
    ways: INPUT_KINDS.flatMap((kind) => {
      const [header = [], , row = []] = baseOf(kind);
      const [column, other] = DIFFERING[kind];
      const wrong = withCells([header, row, row], column, { 3: other });
      const way = {
        says: text('正しい行だけを残して', 'keep the right one'),
        ...{ kind, wrong, lines: [2, 3], column: '', line: 2 },
      };
      return [
        { ...way, mended: withoutLine(wrong, 3), reads: { [column]: valueIn(wrong, 2, column) } },
        { ...way, mended: withoutLine(wrong, 2), reads: { [column]: other } },
      ];
    }),
  },
} as const satisfies Partial<Readonly<Record<RejectCode, RowPromise>>>;

describe.each(Object.entries(ROWS) as [RejectCode, RowPromise][])('the advice of %s', (code, { advice, ways }) => {
  it('is the one that is tried here, and each of its ways is in it', () => {
    expect(REJECT_CODES[code].advice).toEqual(advice);
    for (const { says } of ways) {
      expect(advice.ja).toContain(says.ja);
      expect(advice.en).toContain(says.en);
    }
  });

  it.each(
    ways.map((way) => [`${way.kind} ${way.column}`, way] as const),
  )('stands in rejects.csv, and is true of %s', async (_, { kind, wrong, lines, column, mended, line, reads }) => {
    const told = await rejectsFile(kind, contentAsWritten(wrong));
    expect(told.map((row) => `${row.line} ${row.column} ${row.code}`)).toEqual(
      lines.map((each) => `${each} ${column} ${code}`),
    );
    for (const { message } of told) {
      expect(message).toContain(`。${advice.ja} / `);
      expect(message?.endsWith(`; ${advice.en}`)).toBe(true);
    }
    await expectRead(kind, contentOf(mended), line, reads);
  });
});

describe('the advice of SHORT_YEAR', () => {
  const advice = text(
    '列のすべての年を 4 桁の西暦か R5.4.1 のように書き、profile の yy の書式を外してください',
    'write all years of the column in four digits, or as R5.4.1, and take the format with yy out of the profile',
  );
  const dated = COLUMNS.filter(({ column }) => column.type === 'date' || column.type === 'instant');
  it.each(
    dated.map(({ kind, column }) => [`${kind}.${column.name}`, kind, column] as const),
  )('is true of %s', async (_, kind, column) => {
    expect(REJECT_CODES.SHORT_YEAR.advice).toEqual(advice);
    const clock = column.type === 'instant' ? ' 18:00' : '';
    const both = (date: string): Cells =>
      withCells(baseOf(kind), column.name, { [OTHER_LINE]: `${date}${clock}`, [WRONG_LINE]: `${date}${clock}` });
    const profile: InputProfile = { dateFormats: [column.type === 'instant' ? 'yy/MM/dd HH:mm' : 'yy/MM/dd'] };
    const told = await rejectsBy(kind, contentOf(both('05/02/24')), profile);
    expect(told).toEqual(
      [OTHER_LINE, WRONG_LINE].map((line) => ({ line, column: column.name, code: 'SHORT_YEAR', advice })),
    );
    for (const date of ['2023/02/24', 'R5.2.24'])
      await expectRead(kind, contentOf(both(date)), WRONG_LINE, { [column.name]: DAY(column) ?? '' });
  });
});

const contentAsWritten = (cells: Cells): string => `${cells.map((row) => row.join(',')).join('\n')}\n`;

/** Of a whole column, above. */
const OF_COLUMNS = ['SHORT_YEAR'];
/** What a run alone can find: tried in file-advice.test.ts. */
const OF_RUNS = ['OTHER_AMOUNT'];
/** What a profile alone brings about: tried in refunded-sales.test.ts. */
const OF_PROFILES = ['REFUND'];

it('every reject code has its advice tried', () => {
  expect([...Object.keys(CELLS), ...Object.keys(ROWS), ...OF_COLUMNS, ...OF_RUNS, ...OF_PROFILES].sort()).toEqual(
    Object.keys(REJECT_CODES).sort(),
  );
});
