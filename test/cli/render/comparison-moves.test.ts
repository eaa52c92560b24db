import { describe, expect, test } from 'vitest';
import type { Move } from '../../../src/audit/diff/difference.ts';
import { movesDrawing, movesMatrix } from '../../../src/cli/render/comparison-moves.ts';
import { net, seen } from '../../support/comparison.ts';

const move = (before: string, after: string, coupons: number, netYen: number): Move => ({
  before,
  after,
  coupons,
  ...net(netYen),
});
const MOVES = [move('', 'payable', 1, 40), move('in_review', 'payable', 2, 5000), move('payable', 'settled', 7, -9000)];

describe('the matrix', () => {
  test('has a row a status before, a column a status after, as statuses are sought; not listed comes last', () => {
    expect(seen(movesMatrix(MOVES).html, 'en')).toBe(
      [
        'Coupons, and by how much what is to be paid changes',
        'before \\ after settled payable',
        'waits for a person – 2 coupons +5,000 yen',
        'payable 7 coupons -9,000 yen –',
        'not listed – 1 coupon +40 yen',
      ].join(' '),
    );
  });

  test('takes a status that there is not as it is, before what is not listed', () => {
    expect(seen(movesMatrix([move('<i>', '', 1, 0)]).html, 'ja')).toContain('<i> 1 クーポン 0円');
  });
});

describe('the flow', () => {
  const { html } = movesDrawing(MOVES);
  const heightsOf = (drawing: string) =>
    [...drawing.matchAll(/<rect [^>]*height="(\d+)"/g)].map(([, each]) => Number(each));

  test('names every status of each side with its coupons, and draws a band for each move', () => {
    const told = seen(html, 'en');
    for (const each of [
      'waits for a person 2 coupons',
      'payable 7 coupons',
      'not listed 1 coupon',
      'settled 7 coupons',
      'payable 3 coupons',
    ])
      expect(told).toContain(each);
    expect(html.match(/class="ribbon/g)?.length).toBe(3);
  });

  test('draws coupons in proportion: 2, 7 and 1 of ten are 52, 182 and 26 of 260; 7 and 3 on the right', () => {
    expect(heightsOf(html)).toEqual([52, 182, 26, 182, 78]);
  });

  test('and lets nobody vanish: one of a million is 3 high', () => {
    expect(
      heightsOf(movesDrawing([move('payable', 'settled', 999_999, 0), move('payable', 'lapsed', 1, 0)]).html),
    ).toEqual([260, 260, 3]);
  });

  test('bands of a bar fill it, from its upper end to its lower', () => {
    const ribbons = [
      ...html.matchAll(/class="ribbon[^>]* d="M214,([\d.]+).*?546,([\d.]+)V([\d.]+).*? 214,([\d.]+)Z"/g),
    ];
    // Into payable, on the right: from in_review 2 of 3 parts, then from not listed 1 of 3.
    const intoPayable = [ribbons[0], ribbons[2]].map((each) => [Number(each?.[2]), Number(each?.[3])]);
    expect(intoPayable).toEqual([
      [202, 254],
      [254, 280],
    ]);
  });

  test('is told in words for who does not see it', () => {
    expect(html).toMatch(
      /<desc[^>]*>.*waits for a person → payable: 2 coupons, payable → settled: 7 coupons, not listed → payable: 1 coupon<\/desc>/,
    );
    expect(html).toContain('<svg role="img"');
  });
});
