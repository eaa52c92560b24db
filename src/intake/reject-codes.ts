import { type Text, text } from '../policy/text.ts';
import type { ValueProblem } from './values.ts';

export type RejectCode = ValueProblem | 'FIELD_COUNT' | 'SALE_TOTAL' | 'CONFLICTING';

/** What is wrong with a row, and what its sender can do. Never holds a value of the row. */
export const REJECT_CODES: Readonly<Record<RejectCode, Text>> = {
  MISSING_VALUE: text('必須の値が空です。値を入れてください', 'a required value is empty; supply it'),
  CIRCLED_DIGIT: text('丸数字などが ID に含まれています。ふつうの数字に直してください', 'a circled or raised digit in an identifier; write a plain digit'),
  STRAY_QUOTE: text('引用符の位置が誤っています。項目全体を " で囲み、中の " は "" と書いてください', 'a stray quote; enclose the whole field and double the quotes in it'),
  EXCEL_NUMBER: text('Excel が番号を指数表示に壊しています。文字列として出力し直してください', 'Excel turned the number into an exponent; export the column as text'),
  BAD_AMOUNT: text('金額が 0 以上の整数の円ではありません。1000、1,000、¥1,000、1000円 のように書いてください', 'not whole yen of 0 or more; write 1000, 1,000, ¥1,000 or 1000円'),
  ZERO_AMOUNT: text('金額が 0 円です。この項目は 1 円以上です', 'the amount is 0; here it must be 1 yen or more'),
  AMOUNT_TOO_LARGE: text('金額が 1 兆円を超えています。桁を確かめてください', 'the amount is above 10^12 yen; check the digits'),
  BAD_INSTANT: text('日時として読めません。2023-02-24T17:45:03+09:00、2023/2/24 17:45、令和5年2月24日 17:45:03 のように書くか、profile に書式を足してください', 'not an instant; write 2023-02-24T17:45:03+09:00 or 2023/2/24 17:45, or add the format to a profile'),
  BAD_DATE: text('日付として読めません。2023-02-24 や 2023/2/24 のように書いてください', 'not a date; write 2023-02-24 or 2023/2/24'),
  NO_SUCH_DATE: text('暦にない日付です', 'the calendar has no such date'),
  BAD_VALUE: text('決められた値ではありません。値を直すか、profile に対応を足してください', 'not one of the values known here; mend it, or map it in a profile'),
  BAD_PREFECTURE: text('都道府県が 2 桁のコードか名前ではありません', 'the prefecture is neither two digits nor a name'),
  FIELD_COUNT: text('項目の数が見出しと違います。カンマや引用符を確かめてください', 'not as many fields as headers; check commas and quotes'),
  SALE_TOTAL: text('合計がクーポン・現金・その他の和と一致しません', 'the total is not coupon + cash + other'),
  CONFLICTING: text('同じ ID で内容の違う行があり、どれも使いません。正しい行だけを残してください', 'rows of one id with different content, all set aside; keep the right one'),
};
