import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { earlierPayoutIds } from '../../src/disbursement/earlier-payout-ids.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { ROOT } from '../support/program.ts';
import { type RunResult, runTables } from '../support/run-tables.ts';

/**
 * So few telephone numbers are possible that whoever has a hash of one, and all that it was hashed with, finds it in a minute.
 * So nothing that is published beside what is to be sent may change with them.
 */
const read = (name: string): string => readFileSync(join(ROOT, 'fixtures/outage-night', name), 'utf8');

/** Two more applications that compete, of others, one of them by bank; one claim with a telephone number as its coupon. */
const APPLICATIONS = `${read('applications.csv')}AP8,2023-04-01T10:00:00+09:00,000000000102,46,2023-02-23,東三郎,points,09011112222,,,,,,
AP9,2023-04-02T10:00:00+09:00,000000000102,46,2023-02-23,西四郎,bank_transfer,,,0185,001,1,7654321,ニシ シロウ
APX,2023-04-03T10:00:00+09:00,09022223333,46,2023-02-23,南五郎,points,09033334444,,,,,,
`;

/** Every telephone number, address, name and account is another one of its form. */
const ofOthers = (csv: string): string =>
  csv
    .replace(/\b0([789])0(\d{8})\b/g, (_, one: string, rest: string) => `0${one}0${rest.replace(/\d/g, next)}`)
    .replace(/\b[a-z]+@/g, 'someone.else.$&')
    .replace(
      /,(\d)(\d{6}),([ァ-ヶー ]+)/g,
      (_, a: string, rest: string) => `,${a}${rest.replace(/\d/g, next)},ベツ ノヒト`,
    )
    .replace(/,(?:山田花子|佐藤一郎|鈴木次郎|田中三郎|東三郎|西四郎|南五郎),/g, ',別野人,');
const next = (digit: string): string => String((Number(digit) + 3) % 10);

const night = (change: (csv: string) => string): Promise<RunResult> =>
  runTables(
    {
      issuance: change(read('issuance.csv')),
      transactions: read('transactions.csv'),
      sales: read('merchant_reports.csv'),
      claims: read('claims.csv'),
      applications: change(APPLICATIONS),
    },
    { asOf: '2023-05-10T02:00:00+09:00' },
  );

describe('two nights of which only contacts, names and accounts differ', () => {
  let one: RunResult;
  let other: RunResult;
  beforeAll(async () => {
    [one, other] = await Promise.all([night((csv) => csv), night(ofOthers)]);
  });

  test('pay others', () => {
    const delivered = ({ rows }: RunResult) => rows('payouts.csv').map((row) => row.deliver_to);
    expect(delivered(one).length).toBeGreaterThan(5);
    expect(delivered(other).filter((contact) => delivered(one).includes(contact))).toEqual([]);
  });

  test('ask about contacts, too', () => {
    const reasons = one.rows('review.csv').map(({ reason }) => reason);
    expect(reasons).toContain('COMPETING_APPLICATIONS');
    expect(reasons).toContain('UNKNOWN_COUPON');
  });

  test.each(['eligibility.csv', 'review.csv', 'paid_template.csv'])('publish the same %s', (file) => {
    expect(other.rows(file)).toEqual(one.rows(file));
  });

  test('give payouts the same ids', () => {
    const ids = ({ rows }: RunResult) => rows('payouts.csv').map(({ payout_id }) => payout_id);
    expect(ids(other)).toEqual(ids(one));
  });
});

describe('a search through telephone numbers', () => {
  const NUMBER = '08000000002';
  const candidates = Array.from({ length: 5000 }, (_, last) => `0800000${String(last).padStart(4, '0')}`);
  /** Numbers by which a payout of this coupon would have one of these ids, by the way in which ids were made before. */
  const found = (ids: ReadonlySet<string>): readonly string[] =>
    candidates.filter((number) =>
      earlierPayoutIds(
        { route: 'application_url', recipient: `contact:${number}`, coupons: ['000000000102'] },
        KAGOSHIMA.id,
      ).some((id) => ids.has(id)),
    );

  test('finds a number by an id that rests on it', () => {
    const [id = ''] = earlierPayoutIds(
      { route: 'application_url', recipient: `contact:${NUMBER}`, coupons: ['000000000102'] },
      KAGOSHIMA.id,
    );
    expect(found(new Set([id]))).toEqual([NUMBER]);
  });

  test('finds none by what is published', async () => {
    const { rows } = await runTables(
      {
        issuance: read('issuance.csv'),
        transactions: read('transactions.csv'),
        sales: read('merchant_reports.csv'),
        claims: read('claims.csv'),
        applications: read('applications.csv'),
      },
      { asOf: '2023-05-10T02:00:00+09:00' },
    );
    const paid = rows('payouts.csv').find(({ coupons }) => coupons === '000000000102');
    expect(paid?.deliver_to).toBe(NUMBER);
    expect(found(new Set(rows('eligibility.csv').map((row) => row.payout_id ?? '')))).toEqual([]);
  });
});
