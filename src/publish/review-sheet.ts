import { readableInstant } from '../base/instants.ts';
import { compareText, type Language, type Text, text } from '../base/text.ts';
import { shownUnlessPersonal } from '../policy/personal-data.ts';
import { isUnanswered, REVIEW_REASONS } from '../policy/vocabulary.ts';
import type { ReviewItem, Settlement } from '../settlement/settlement.ts';
import type { Column, SettlementTable } from './output-table.ts';

/** What a column of the sheet is: its header, how wide it is, and what stands in it. */
interface SheetColumn {
  /** Those that are answers are known to whoever reads decisions, in both languages. */
  readonly header: Text;
  /** In signs of half width. */
  readonly width: number;
  readonly of: (item: ReviewItem) => string | Text;
}

const ANSWER = { header: text('判断', 'decision'), width: 10, of: () => '' } as const satisfies SheetColumn;

/** In the order in which a person reads: what is asked, of what, what they answer, and what the program needs of it. */
export const SHEET_COLUMNS: readonly SheetColumn[] = [
  { header: text('クーポン番号', 'coupon_number'), width: 18, of: (item) => item.couponNumber },
  { header: text('聞きたいこと', 'question'), width: 44, of: (item) => REVIEW_REASONS[item.reason].asks },
  { header: text('内容', 'detail'), width: 44, of: (item) => item.detail },
  {
    header: text('店', 'shop'),
    width: 12,
    of: ({ happenings }) => distinct(happenings.map((each) => shownUnlessPersonal(each.merchantId))),
  },
  {
    header: text('日時', 'time'),
    width: 20,
    of: ({ happenings }) =>
      lines(happenings.map((each) => each.occurredAt).map((at) => (at === undefined ? '' : readableInstant(at)))),
  },
  {
    header: text('金額', 'amount'),
    width: 9,
    of: ({ happenings }) =>
      lines(happenings.map(({ amountYen }) => (amountYen === undefined ? '' : String(amountYen)))),
  },
  {
    header: text('確認中の金額', 'amount_at_stake_yen'),
    width: 13,
    of: ({ stakeYen }) => (stakeYen === undefined ? '' : String(stakeYen)),
  },
  {
    header: text('支払いを止めている', 'holds'),
    width: 10,
    of: ({ holds }) => (holds ? text('はい', 'yes') : text('いいえ', 'no')),
  },
  { header: text('状況', 'state'), width: 16, of: ({ verdict }) => STATES[verdict] },
  ANSWER,
  { header: text('判断者', 'decided_by'), width: 12, of: () => '' },
  { header: text('判断日時', 'decided_at'), width: 17, of: () => '' },
  { header: text('備考', 'note'), width: 24, of: () => '' },
  { header: text('理由', 'reason'), width: 22, of: (item) => item.reason },
  { header: text('根拠', 'evidence'), width: 24, of: (item) => lines(item.evidence) },
  { header: text('確認ID', 'review_id'), width: 19, of: (item) => item.reviewId },
  { header: text('根拠ハッシュ', 'evidence_hash'), width: 34, of: (item) => item.evidenceHash },
];

/** The column that is answered in, from 0. */
export const ANSWER_COLUMN = SHEET_COLUMNS.indexOf(ANSWER);
/** What may be answered. */
export const ANSWERS: readonly Text[] = [text('承認', 'approve'), text('却下', 'reject')];

const STATES: Readonly<Record<ReviewItem['verdict'], Text | string>> = {
  open: text('未決定', 'not decided'),
  stale: text('根拠が変わり、前の決定は無効', 'decided on other facts'),
  needs_second: text('承認がひとり。別の人の確認待ち', 'approved by one; another person has to confirm it'),
  approve: '',
  reject: '',
};

const distinct = (words: readonly string[]): string => lines([...new Set(words)].sort(compareText));
const lines = (words: readonly string[]): string => words.filter((word) => word !== '').join('\n');

/** The questions that wait for an answer, in one language: a table as any other, for whoever writes the workbook. */
export function reviewSheetIn(language: Language): SettlementTable<ReviewItem> {
  const columns = SHEET_COLUMNS.map(
    ({ header, of }): Column<ReviewItem> => ({
      name: header[language],
      of: (item) => {
        const said = of(item);
        return typeof said === 'string' ? said : said[language];
      },
    }),
  );
  const rowsOf = ({ items }: Settlement): readonly ReviewItem[] =>
    items
      .filter(({ verdict }) => isUnanswered(verdict))
      .sort((a, b) => compareText(a.reason, b.reason) || compareText(a.reviewId, b.reviewId));
  return { name: 'review sheet', columns, rowsOf, forMachines: false };
}
