import { type Text, text } from '../../../base/text.ts';
import type { ValueType } from '../column.ts';

/** How values of a type are written. */
export interface Form {
  readonly name: Text;
  readonly what: Text;
  /** Each is read. */
  readonly read: readonly string[];
  /** Each sets the row aside, for this reason. */
  readonly refused: Readonly<Record<string, string>>;
}

export const FORMS: Readonly<Record<ValueType, Form>> = {
  coupon: {
    name: text('クーポン番号', 'coupon number'),
    what: text(
      '文字として扱います。先頭の 0 も番号のうちです。全角は半角と同じに読み、間のハイフンと空白は読み飛ばします。',
      'A text, not a number: zeros in front belong to it. Full-width signs are read as ASCII; hyphens and spaces inside are dropped.',
    ),
    read: ['000000004101', '0000-0000-4101', '００００００００４１０１', '="000000004101"'],
    refused: { '4.1E+03': 'EXCEL_NUMBER', '#####': 'SPREADSHEET_ERROR', '①23': 'CIRCLED_DIGIT' },
  },
  identifier: {
    name: text('ID', 'identifier'),
    what: text(
      '文字として扱います。先頭の 0、大文字と小文字の違いも ID のうちです。同じものは、どのファイルでもどの行でも同じに書いてください。',
      'A text, not a number: zeros in front and the case of letters belong to it. Write one thing the same way in every file and row.',
    ),
    read: ['M0001', '0041', 'T-00000102', 'Ｍ０００１', "'0041"],
    refused: {
      '1.23457E+11': 'EXCEL_NUMBER',
      '12月1日': 'SPREADSHEET_DATE',
      '1-Dec': 'SPREADSHEET_DATE',
      '#N/A': 'SPREADSHEET_ERROR',
    },
  },
  amount: {
    name: text('金額', 'yen'),
    what: text(
      '0 以上の整数(円)。小数と負の数は読みません。',
      'Whole yen, 0 or more; no fraction, and nothing negative.',
    ),
    read: ['1000', '1,000', '¥1,000', '1000円', '１，０００'],
    refused: {
      '1000.5': 'BAD_AMOUNT',
      '-1000': 'BAD_AMOUNT',
      '1千円': 'BAD_AMOUNT',
      '2000000000000': 'AMOUNT_TOO_LARGE',
    },
  },
  instant: {
    name: text('日時', 'date and time'),
    what: text(
      '日付と時刻。秒まであるのが一番よく、日付だけでは読みません。時差(+09:00 や Z)を書かなければ日本時間とみなします。24:00 から 29:59 は取引記録と店の売上報告だけで、翌日の 0:00 から 5:59 と読みます。',
      'A date with a time, best to the second; a date alone is not enough. Without an offset (+09:00, Z) it is a time in Japan. 24:00 to 29:59 is 0:00 to 5:59 of the next day, in the log and in merchant reports only.',
    ),
    read: [
      '2022-11-08T18:02:11+09:00',
      '2022-11-08 18:02:11',
      '2022/11/8 18:02',
      '2022年11月8日 18:02',
      '令和4年11月8日 18:02',
      'R4.11.8 18:02:11',
      '2022/11/8(火) 18:02',
      '2022-11-08T09:02:11Z',
    ],
    refused: {
      '2022/11/8': 'DATE_WITHOUT_TIME',
      '11/8 18:02': 'DATE_WITHOUT_YEAR',
      '2022/11/8(月) 18:02': 'WRONG_WEEKDAY',
      '2022-11-31 18:02': 'NO_SUCH_DATE',
      '08/11/2022 18:02': 'BAD_INSTANT',
      '2022/11/8 6:02 PM': 'BAD_INSTANT',
    },
  },
  date: {
    name: text('日付', 'date'),
    what: text('日付。時刻がついていてもよい。', 'A date; a time behind it does no harm.'),
    read: [
      '2022-11-08',
      '2022/11/8',
      '2022年11月8日',
      '令和4年11月8日',
      'R4.11.8',
      '2022/11/8(火)',
      '2022-11-08 00:00:00',
    ],
    refused: {
      '11/8': 'DATE_WITHOUT_YEAR',
      '22/11/8': 'BAD_DATE',
      '20221108': 'BAD_DATE',
      '2022-11-31': 'NO_SUCH_DATE',
    },
  },
  prefecture: {
    name: text('都道府県', 'prefecture'),
    what: text(
      'JIS の 2 桁の番号か、都・道・府・県まで書いた名前。',
      'Its two digits by JIS X 0401, or its whole name in Japanese.',
    ),
    read: ['13', '東京都', '１３', '01', '北海道'],
    refused: { 東京: 'BAD_PREFECTURE', '1': 'BAD_PREFECTURE', '99県': 'BAD_PREFECTURE' },
  },
  choice: {
    name: text('決まった言葉', 'one of a list'),
    what: text(
      '表に挙げた言葉のどれか。ほかの言葉は、プロファイルの values で対応させてください。',
      'One of the words of its table. Other words are mapped by a profile’s values.',
    ),
    read: [],
    refused: {},
  },
  unjudged: {
    name: text('連絡先・口座', 'contact or account'),
    what: text(
      '読めない行にはなりません。使えない値なら、支払う前に人が確かめます。先頭の 0 を落とさないでください。',
      'Never sets a row aside: one that cannot be used is asked of a person before anything is paid. Keep zeros in front.',
    ),
    read: ['09000000001', '090-0000-0001', '0001'],
    refused: {},
  },
  verbatim: {
    name: text('文字', 'text'),
    what: text('書いたまま使います(前後の空白は除く)。', 'Taken as it is written, but for space around it.'),
    read: ['見本太郎', 'taro@example.jp'],
    refused: {},
  },
};
