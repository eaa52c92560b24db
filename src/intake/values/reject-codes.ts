import { type Text, text } from '../../base/text.ts';
import type { ValueProblem } from './read-value.ts';

/** What is wrong, and what its sender can do. */
export interface RejectWords {
  readonly what: Text;
  readonly advice: Text;
}

export type RejectCode =
  | ValueProblem
  | 'FIELD_COUNT'
  | 'SALE_TOTAL'
  | 'VOIDED_SALE'
  | 'REFUND'
  | 'CONFLICTING'
  | 'TWO_SPELLINGS'
  | 'OTHER_AMOUNT';

const words = (whatJa: string, whatEn: string, adviceJa: string, adviceEn: string): RejectWords => ({
  what: text(whatJa, whatEn),
  advice: text(adviceJa, adviceEn),
});

/** Every reason to set a row aside. The words never hold a value of the row. */
export const REJECT_CODES: Readonly<Record<RejectCode, RejectWords>> = {
  MISSING_VALUE: words(
    '必須の値が空です',
    'a required value is empty',
    '値を入れるか、列がなければ足すか、profile で見出しを対応づけてください',
    'supply it; if the file has no such column, add it, or map its header in a profile',
  ),
  CIRCLED_DIGIT: words(
    '丸数字などが ID に含まれています',
    'a circled or raised digit in an identifier',
    'ふつうの数字に直してください',
    'write a plain digit',
  ),
  STRAY_QUOTE: words(
    'ID に引用符が含まれています',
    'a quote in an identifier',
    'ID の中の引用符をすべて取り除いてください。"" と二つ並んでいれば両方です(CSV では二つで引用符ひとつのこと)。ID に " は使えません',
    'take every quote within it out, both where two stand as "" (that is how CSV writes one); no identifier holds any',
  ),
  INVISIBLE_CHARACTER: words(
    'ID に目に見えない文字が含まれています',
    'a character in an identifier that nobody can see',
    'その文字を取り除いてください(番号を打ち直すか、元のシステムから出力し直す)',
    'take it out: type the number anew, or export it again from its source',
  ),
  EXCEL_NUMBER: words(
    '表計算ソフトが番号を指数表示に壊しています',
    'a spreadsheet turned the number into an exponent',
    '元のシステムから出力し直し、表計算ソフトで開かずに使ってください。支払済みの記録なら、支払ID があればクーポン番号は空でかまいません',
    'export it again from its source, and do not open it in a spreadsheet; of what was paid, the payout id is enough: leave the coupon number empty',
  ),
  SPREADSHEET_GUARD: words(
    '表計算ソフト向けの印(先頭の \' や ="…")が、列のほかの値と違います',
    'a guard for spreadsheets (a leading \' or ="…") that is not that of the column\u2019s other values',
    '列のすべての値から印を取るか、同じ印(先頭の \' を一つ、または ="…")をすべてに付けてください',
    'take it off all values of the column, or put the same one (one leading \', or ="…") on all',
  ),
  SPREADSHEET_DATE: words(
    '表計算ソフトが番号を日付に変えています',
    'a spreadsheet turned the number into a date',
    '元の番号(12-1 など)に直すか、元のシステムから出力し直し、表計算ソフトで開かずに使ってください',
    'put the number right (12-1, say), or export it again from its source and do not open it in a spreadsheet',
  ),
  SPREADSHEET_ERROR: words(
    '表計算ソフトのエラー表示(#N/A、##### など)です',
    'a spreadsheet\u2019s word for an error (#N/A, #####)',
    '表計算ソフトで正しい値にするか、元のシステムから出力し直してください',
    'put the value right in the spreadsheet, or export it again from its source',
  ),
  BAD_AMOUNT: words(
    '金額が 0 以上の整数の円ではありません',
    'not whole yen of 0 or more',
    '1000、1,000、¥1,000、1000円 のように書いてください(返金や取消は、取引記録では取消の行に正の額で書きます)',
    'write 1000, 1,000, ¥1,000 or 1000円 (a refund is, in the log, a cancel of a positive amount)',
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
    '列全体を一つの書式で書いてください(2031-01-31T17:05:03+09:00、2031/1/31 17:05、令和13年1月31日 17:05:03、または profile の dateFormats に足した書式)',
    'write all of the column in one form: 2031-01-31T17:05:03+09:00, 2031/1/31 17:05, 令和13年1月31日 17:05:03, or one that a profile has in dateFormats',
  ),
  BAD_DATE: words(
    '日付として読めません',
    'not a date',
    '列全体を一つの書式で書いてください(2031-01-31、2031/1/31、R13.1.31、または profile の dateFormats に足した書式)。期限なしの意味なら実際の期限を入れます',
    'write all of the column in one form: 2031-01-31, 2031/1/31, R13.1.31, or one that a profile has in dateFormats; for "no end", give the real expiry',
  ),
  DATE_WITHOUT_TIME: words(
    '時刻がありません',
    'a date without a time',
    '時刻も書くか、profile の timeOfDatesAlone で何時とみなすかを決めてください',
    'write the time too, or say in a profile (timeOfDatesAlone) what time it stands for',
  ),
  DATE_WITHOUT_YEAR: words(
    '年がありません',
    'a date without its year',
    '2031/5/8 のように年も書いてください(表計算ソフトが月日だけを表示しているなら、セルの表示形式を「yyyy/m/d」にしてから保存します)',
    'write the year too, as in 2031/5/8 (where a spreadsheet shows month and day alone, format its cells as yyyy/m/d before saving)',
  ),
  NO_SUCH_DATE: words(
    '暦にない日付です',
    'the calendar has no such date',
    '正しい日付に直してください',
    'mend the date',
  ),
  WRONG_WEEKDAY: words(
    'かっこ内の曜日が日付と合いません',
    'the weekday in brackets is not that of the date',
    '日付か曜日を直すか、曜日を消してください',
    'mend the date or the weekday, or leave the weekday out',
  ),
  IMPLAUSIBLE_DATE: words(
    '年が policy の年から 20 年より離れています',
    'a year more than 20 away from the policy\u2019s',
    '年を 4 桁の西暦で書くか、profile の書式を年の桁数に合わせてください(2 桁なら yy)。期限なしの意味なら実際の期限を入れます',
    'write the year in four digits, or have the profile\u2019s format say how many there are (yy for two); for "no end", give the real expiry',
  ),
  SHORT_YEAR: words(
    '2 桁の年が西暦より令和の年に見えます',
    'a year of two digits that looks like one of Reiwa',
    '列のすべての年を 4 桁の西暦か R5.4.1 のように書き、profile の yy の書式を外してください',
    'write all years of the column in four digits, or as R5.4.1, and take the format with yy out of the profile',
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
    '行のカンマと引用符を直すか、行末に余るカンマの分だけ見出し行にもカンマを足してください',
    'mend the row\u2019s commas and quotes, or end the header with as many commas as all rows have too many',
  ),
  SALE_TOTAL: words(
    '合計がクーポン・現金・その他の和と一致しません',
    'the total is not coupon + cash + other',
    '店に正しい金額を確かめてください',
    'ask the shop for the right amounts',
  ),
  VOIDED_SALE: words(
    '取り消された売上です',
    'a sale that was voided',
    '取り消された行を除いた報告を店からもらってください',
    'ask the shop for its report without what was voided',
  ),
  REFUND: words(
    '返金・取消の行ですが、どの行を取り消したのか決まりません',
    'takes back another row, and it cannot be told which',
    '店や出力元に元の取引を確かめてください。元の番号の列があれば profile の refunds.of に書いてください',
    'ask the shop or the source which; if a column names the other row, write it as refunds.of in the profile',
  ),
  TWO_SPELLINGS: words(
    '同じ番号が二通りに書かれており(000501 と 501 など)、どちらの行も使いません',
    'one number in two spellings (such as 000501 and 501), both rows set aside',
    '表計算ソフトを通した行を除き、元のシステムの書き方にそろえてください',
    'leave out what went through a spreadsheet, and write all as the source does',
  ),
  OTHER_AMOUNT: words(
    '金額かクーポン番号が、この支払いを作った実行結果と合いません',
    'the yen, or the coupon, are not what the run that made this payout paid',
    '実行結果の payouts.csv と確かめ、その支払いのクーポンの番号で、クーポンごとの金額か支払い全体の金額を書いてください',
    'see that run\u2019s payouts.csv, and write one of its coupons with the yen of the coupon or those of the whole payout',
  ),
  CONFLICTING: words(
    '同じ ID で内容の違う行があり、どれも使いません',
    'rows of one id with different content, all set aside',
    '出力元に確かめ、正しい行だけを残してください',
    'ask the source and keep the right one',
  ),
};
