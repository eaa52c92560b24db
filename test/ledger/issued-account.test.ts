import { describe, expect, it } from 'vitest';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { policyOf } from '../../src/policy/policy.ts';
import { type Row, runTables } from '../support/run-tables.ts';

const { mostCouponsPerAccount: _, ...terms } = KAGOSHIMA.file.terms;
const policy = policyOf({ ...KAGOSHIMA.file, terms });
const numberOf = (place: number): string => String(place + 1).padStart(12, '0');

/** The questions about so many coupons of one account, under a policy that limits no account. */
async function askedOf(count: number, phoneOf: (place: number) => string, order = 1): Promise<readonly Row[]> {
  const rows = Array.from(
    { length: count },
    (_, place) => `${numberOf(place)},paper,46,2000,2023-02-23T15:00:00+09:00,2023-02-24,ACC,active,${phoneOf(place)}`,
  );
  const issuance = ['coupon_number,medium,prefecture,face_yen,issued_at,expires_on,account_id,account_status,phone'];
  const { rows: rowsOf } = await runTables(
    { issuance: `${[...issuance, ...(order < 0 ? rows.reverse() : rows)].join('\n')}\n` },
    { asOf: '2023-05-10T02:00:00+09:00', policy },
  );
  return rowsOf('review.csv');
}

describe('an account whose contacts differ', () => {
  it('is asked about with all its rows, up to fifty', async () => {
    const asked = await askedOf(50, (place) => `0900000000${place % 2}`);
    expect(asked).toHaveLength(50);
    expect(asked.map(({ evidence }) => evidence?.split(' ').length)).toEqual(Array.from({ length: 50 }, () => 50));
  });

  it('is asked about with the rows that first show each phone, and the coupon\u2019s own, from fifty-one on', async () => {
    const asked = await askedOf(60, (place) => `0900000000${place < 40 ? 0 : 1}`);
    const evidence = asked.map((row) => row.evidence);
    expect(asked.map(({ reason }) => reason)).toEqual(Array.from({ length: 60 }, () => 'CONTACT_CONFLICT'));
    expect(evidence[0]).toBe(`coupon:${numberOf(0)} coupon:${numberOf(40)} more:58`);
    expect(evidence[7]).toBe(`coupon:${numberOf(0)} coupon:${numberOf(7)} coupon:${numberOf(40)} more:57`);
  });

  it('is told by seventeen rows at most, whatever the order of its rows', async () => {
    const phoneOf = (place: number): string => `090000000${String(place).padStart(2, '0')}`;
    const asked = await askedOf(70, phoneOf);
    const last = asked.at(-1)?.evidence?.split(' ') ?? [];
    expect(last).toHaveLength(18);
    expect(last.slice(-2)).toEqual([`coupon:${numberOf(69)}`, 'more:53']);
    expect(await askedOf(70, phoneOf, -1)).toEqual(asked);
  });
});
