import { type Text, text } from '../policy/text.ts';
import type { ValueProblem } from './values.ts';

/** What is wrong, and what its sender can do. */
export interface RejectWords {
  readonly what: Text;
  readonly advice: Text;
}

export type RejectCode = ValueProblem | 'FIELD_COUNT' | 'SALE_TOTAL' | 'CONFLICTING';

const words = (whatJa: string, whatEn: string, adviceJa: string, adviceEn: string): RejectWords => ({
  what: text(whatJa, whatEn),
  advice: text(adviceJa, adviceEn),
});

/** Every reason to set a row aside. The words never hold a value of the row. */
export const REJECT_CODES: Readonly<Record<RejectCode, RejectWords>> = {
  MISSING_VALUE: words('必須の値が空です', 'a required value is empty', '値を入れてください', 'supply it'),
  CIRCLED_DIGIT: words(
    '丸数字などが ID に含まれています',
    'a circled or raised digit in an identifier',
    'ふつうの数字に直してください',
    'write a plain digit',
  ),
  STRAY_QUOTE: words(
    '引用符の位置が誤っています',
    'a stray quote',
    '項目全体を " で囲み、中の " は "" と書いてください',
    'enclose the whole field and double the quotes in it',
  ),
  EXCEL_NUMBER: words(
    'Excel が番号を指数表示に壊しています',
    'Excel turned the number into an exponent',
    '文字列の列として出力し直してください',
    'export the column as text',
  ),
  BAD_AMOUNT: words(
    '金額が 0 以上の整数の円ではありません',
    'not whole yen of 0 or more',
    '1000、1,000、¥1,000、1000円 のように書いてください',
    'write 1000, 1,000, ¥1,000 or 1000円',
  ),
  ZERO_AMOUNT: words(
    '金額が 0 円です',
    'the amount is 0',
    'この項目には 1 円以上が要ります',
    'here it must be 1 yen or more',
  ),
  AMOUNT_TOO_LARGE: words(
    '金額が 1 兆円を超えています',
    'the amount is above 10^12 yen',
    '桁を確かめてください',
    'check the digits',
  ),
  BAD_INSTANT: words(
    '日時として読めません',
    'not an instant',
    '2031-01-31T17:05:03+09:00、2031/1/31 17:05、令和13年1月31日 17:05:03 のように書くか、profile に書式を足してください',
    'write 2031-01-31T17:05:03+09:00 or 2031/1/31 17:05, or add the format to a profile',
  ),
  BAD_DATE: words(
    '日付として読めません',
    'not a date',
    '2031-01-31 や 2031/1/31 のように書くか、profile に書式を足してください',
    'write 2031-01-31 or 2031/1/31, or add the format to a profile',
  ),
  NO_SUCH_DATE: words(
    '暦にない日付です',
    'the calendar has no such date',
    '正しい日付に直してください',
    'mend the date',
  ),
  BAD_VALUE: words(
    '決められた値ではありません',
    'not one of the values known here',
    '値を直すか、profile に対応を足してください',
    'mend it, or map it in a profile',
  ),
  BAD_PREFECTURE: words(
    '都道府県が 2 桁のコードでも名前でもありません',
    'the prefecture is neither two digits nor a name',
    '13 や 東京都 のように書いてください',
    'write 13 or 東京都',
  ),
  FIELD_COUNT: words(
    '項目の数が見出しと違います',
    'not as many fields as headers',
    'カンマと引用符を確かめてください',
    'check commas and quotes',
  ),
  SALE_TOTAL: words(
    '合計がクーポン・現金・その他の和と一致しません',
    'the total is not coupon + cash + other',
    '店に正しい金額を確かめてください',
    'ask the shop for the right amounts',
  ),
  CONFLICTING: words(
    '同じ ID で内容の違う行があり、どれも使いません',
    'rows of one id with different content, all set aside',
    '出力元に確かめ、正しい行だけを残してください',
    'ask the source and keep the right one',
  ),
};
