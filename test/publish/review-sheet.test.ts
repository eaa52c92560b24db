import { expect, test } from 'vitest';
import { cellsOf, headerOf } from '../../src/publish/output-table.ts';
import { ANSWER_COLUMN, reviewSheetIn, SHEET_COLUMNS } from '../../src/publish/review-sheet.ts';
import type { ReviewItem, Settlement } from '../../src/settlement/settlement.ts';
import { KIND_HEADERS } from './known-headers.ts';

const ITEM: ReviewItem = {
  reviewId: 'R2',
  couponNumber: '000000000204',
  reason: 'REPEAT_UNVERIFIED',
  holds: false,
  stakeYen: 1400,
  detail: { ja: '続けて 2 件', en: '2 in quick succession' },
  evidence: ['tx:T1', 'tx:T2'],
  evidenceHash: 'E2',
  verdict: 'open',
  happenings: [
    { merchantId: 'M09', occurredAt: 1_677_232_800_000_000, amountYen: 1400 },
    { merchantId: 'M09', occurredAt: 1_677_232_805_000_000, amountYen: 1400 },
  ],
};

const rowsIn = (language: 'ja' | 'en', items: readonly ReviewItem[]): string[][] => {
  const table = reviewSheetIn(language);
  const cells = cellsOf(table.columns);
  return table.rowsOf({ items } as Settlement).map((item) => cells.map((cellOf) => cellOf(item as ReviewItem, '')));
};
const cell = (language: 'ja' | 'en', header: string, item: Partial<ReviewItem> = {}): string | undefined =>
  rowsIn(language, [{ ...ITEM, ...item }])[0]?.[headerOf(reviewSheetIn(language)).indexOf(header)];

test('shop, time, amount and question stand in columns of their own, in the language asked for', () => {
  expect(cell('ja', 'クーポン番号')).toBe('000000000204');
  expect(cell('ja', '店')).toBe('M09');
  // 2023-02-24T10:00Z is 19:00 in Japan.
  expect(cell('ja', '日時')).toBe('2023-02-24 19:00:00\n2023-02-24 19:00:05');
  expect(cell('ja', '金額')).toBe('1400\n1400');
  expect(cell('ja', '聞きたいこと')).toContain('店に報告を求めて');
  expect(cell('en', 'question')).toContain('ask for it');
  expect(cell('ja', '内容')).toBe('続けて 2 件');
  expect(cell('en', 'detail')).toBe('2 in quick succession');
});

test('a name where a shop was asked for is not shown', () => {
  const happenings = [{ merchantId: '秘密食堂', occurredAt: undefined, amountYen: undefined }];
  expect([
    cell('ja', '店', { happenings }),
    cell('ja', '日時', { happenings }),
    cell('ja', '金額', { happenings }),
  ]).toEqual(['<字字字字>', '', '']);
});

test('only what waits for an answer is in it, by reason and id; where to answer is empty', () => {
  const items = (['approve', 'reject', 'stale', 'needs_second'] as const).map((verdict) => ({
    ...ITEM,
    verdict,
    reviewId: verdict,
  }));
  const header = headerOf(reviewSheetIn('en'));
  const rows = rowsIn('en', [...items, { ...ITEM, reason: 'OVERPAID' }]);
  expect(rows.map((row) => row[header.indexOf('review_id')])).toEqual(['R2', 'needs_second', 'stale']);
  expect(rows.map((row) => row.slice(ANSWER_COLUMN, ANSWER_COLUMN + 4))).toEqual([
    ['', '', '', ''],
    ['', '', '', ''],
    ['', '', '', ''],
  ]);
});

test('what a decision needs has headers that are known, each once, in both languages', () => {
  for (const language of ['ja', 'en'] as const) {
    const known = SHEET_COLUMNS.map(({ header }) => KIND_HEADERS.decisions(header[language])).filter(
      (name) => name !== undefined,
    );
    expect([...known].sort()).toEqual(['decided_at', 'decided_by', 'decision', 'evidence_hash', 'note', 'review_id']);
  }
});
