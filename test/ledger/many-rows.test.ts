import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/ledger/case.ts';
import { openReviewLookup } from '../../src/ledger/decisions.ts';
import { namedAmong } from '../../src/ledger/many-rows.ts';
import { digest } from '../support/run-tables.ts';

const rows = (count: number, change: (place: number) => Partial<Evidence> = () => ({})): readonly Evidence[] =>
  Array.from({ length: count }, (_, place) => ({ id: `coupon:${place}`, content: `row ${place}`, ...change(place) }));

const lookUp = openReviewLookup('policy', [], digest);
const itemOf = (all: readonly Evidence[]) => lookUp('C1', 'CONTACT_CONFLICT', namedAmong(all));

describe('rows that several questions rest on', () => {
  it('are named each up to fifty: ids and hashes are what they always were', () => {
    const fifty = rows(50);
    expect(namedAmong(fifty)).toBe(fifty);
    expect(itemOf(fifty)).toEqual(lookUp('C1', 'CONTACT_CONFLICT', [...fifty].reverse()));
  });

  it('are told by the first sixteen and a word from fifty-one on', () => {
    const named = namedAmong(rows(51)).map(({ id }) => id);
    expect(named).toEqual([...Array.from({ length: 16 }, (_, place) => `coupon:${place}`), 'more:35']);
  });

  it('are bound to all the same: a row that nobody sees makes an answer stale, and another row is another question', () => {
    const { reviewId, evidenceHash } = itemOf(rows(60));
    const changed = itemOf(rows(60, (place) => (place === 59 ? { content: 'another phone' } : {})));
    expect(changed.reviewId).toBe(reviewId);
    expect(changed.evidenceHash).not.toBe(evidenceHash);
    const other = itemOf(rows(60, (place) => (place === 59 ? { id: 'coupon:other' } : {})));
    expect(other.reviewId).not.toBe(reviewId);
    expect(itemOf([...rows(60)].sort((a, b) => (a.id < b.id ? -1 : 1))).evidenceHash).not.toBe('');
  });

  it('have one hash in whatever order they stand, where the same ones are named', () => {
    const all = rows(60);
    const named = all.slice(0, 3);
    const hashOf = (list: readonly Evidence[]): string =>
      lookUp('C1', 'CONTACT_CONFLICT', namedAmong(list, named)).evidenceHash;
    expect(hashOf([...all].reverse())).toBe(hashOf(all));
  });

  it('are gone through once for however many questions', () => {
    let read = 0;
    const counted = rows(1000).map(({ id, content }) => ({
      id,
      get content() {
        read++;
        return content;
      },
    }));
    for (let coupon = 0; coupon < 500; coupon++)
      lookUp(`C${coupon}`, 'CONTACT_CONFLICT', namedAmong(counted, counted.slice(coupon, coupon + 1)));
    expect(read).toBe(1500);
  });
});
