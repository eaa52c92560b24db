import { describe, expect, test } from 'vitest';
import { drained } from '../../../src/base/steps.ts';
import { comparisonPage } from '../../../src/cli/render/comparison-page.ts';
import { htmlPage } from '../../../src/report/shell.ts';
import { comparison, net, seen } from '../../support/comparison.ts';

const bodyOf = (changes: Parameters<typeof comparison>[0]): string => comparisonPage(comparison(changes)).body.html;
const figuresIn = (html: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...html.matchAll(/<span class="figure" data-figure="(\w+)">(?:<span class="ja" lang="ja">)?([^<]*)/g)].map(
      ([, name, shown]) => [name, shown],
    ),
  );

describe('the page of two runs', () => {
  test('that are alike says so, and has nothing else but what they are', () => {
    const html = bodyOf({});
    expect(html.match(/<section/g)?.length).toBe(1);
    expect(html).toContain('<section class="verdict "');
    expect(seen(html, 'ja')).toContain('クーポンの結果に違いはありません。');
    expect(seen(html, 'en')).toContain('as of 2023-05-10T02:00:00+09:00 → 2023-05-11T02:00:00+09:00');
    for (const fingerprint of ['a'.repeat(64), 'b'.repeat(64)]) expect(html).toContain(fingerprint);
  });

  test('says first what it comes to, by the figures of diff --json', () => {
    const html = bodyOf({
      couponsDiffering: 1200,
      money: true,
      ...net(-24_601, 1800, 3),
      moves: [{ before: 'payable', after: 'settled', coupons: 1200, ...net(-24_601) }],
    });
    expect(figuresIn(html)).toEqual({
      netYen: '-24,601円',
      netReinstateYen: '+1,800円',
      netKeptYen: '+3円',
      couponsDiffering: '1,200',
    });
    expect(html).toContain('<section class="verdict care"');
    expect(seen(html, 'en')).toMatch(
      /^Net -24,601 yen to pay, \+1,800 yen to put back, \+3 yen kept or held: 1,200 coupons/,
    );
    expect(seen(html, 'en')).toContain('From where to where');
  });

  test('tells how many payouts are others, and of a purged run none', () => {
    const payouts = {
      name: 'payouts.csv',
      writtenBy: 'both',
      added: 1,
      removed: 2,
      changed: 3,
      yen: {},
      rows: [],
    } as const;
    expect(seen(bodyOf({ tables: [payouts] }), 'en')).toContain(
      'payouts, each to one person 6 1 added, 2 gone, 3 changed',
    );
    expect(seen(bodyOf({}), 'en')).toContain('payouts, each to one person –');
  });

  test('is quiet where words alone differ', () => {
    const table = {
      name: 'rejects.csv',
      writtenBy: 'both',
      added: 1,
      removed: 0,
      changed: 0,
      yen: {},
      rows: [],
    } as const;
    expect(bodyOf({ tables: [table] })).toContain('<section class="verdict idle"');
  });

  test('is the same bytes of the same comparison, in the frame of every page', () => {
    const page = drained(htmlPage(comparisonPage(comparison({}))));
    expect(drained(htmlPage(comparisonPage(comparison({}))))).toBe(page);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/ style="| on\w+="/);
  });
});
