import { describe, expect, it } from 'vitest';
import { randomAsOf, randomNight } from '../../oracle/random-night.ts';
import { nightToCsv } from '../../oracle/write-night.ts';
import * as rows from '../../settlement/tables.ts';
import { outageNight, shuffledAndSplit, withRows } from '../../support/nights.ts';
import { type Published, type PublishOptions, publishedOf } from '../../support/published-in-parts.ts';
import type { Inputs } from '../../support/run-tables.ts';

const PARTS = [1, 2, 3, 7];
const AS_OF = '2023-05-10T02:00:00+09:00';
const bytes = Number.POSITIVE_INFINITY;

/** Publishes a night whole and in partitions: files and broken invariants must be the same. Gives what was published. */
async function sameInPartitions(inputs: Inputs, options: PublishOptions = { asOf: AS_OF }): Promise<Published> {
  const whole = await publishedOf(inputs, options);
  for (const parts of PARTS) {
    const parted = await publishedOf(inputs, { ...options, memory: { bytes, partitions: parts, chunkRows: 5 } });
    expect(parted.parts).toBe(parts);
    expect({ ...parted, parts }).toEqual({ ...whole, parts });
  }
  return whole;
}

const inputsOfSeed = (seed: number): Inputs => {
  const { merchant_reports: sales, ...others } = nightToCsv(randomNight(seed));
  return { ...others, sales };
};

/** The same made of as many coupons as are sure to come to several partitions. */
const many = <T>(of: (n: string) => T): readonly T[] =>
  Array.from({ length: 12 }, (_, index) => of(String(index + 10)));
const lines = (published: Published, file: string, word: string): number =>
  (published.files[file] ?? '').split('\n').filter((line) => line.includes(word)).length;

describe('a run in partitions publishes the same bytes', () => {
  it('of random nights', async () => {
    for (let seed = 0; seed < 40; seed++)
      await sameInPartitions(inputsOfSeed(seed), { asOf: randomAsOf(seed), countUnclaimed: seed % 2 === 0 });
  });

  it('of the worked night', async () => {
    await sameInPartitions(outageNight());
  });

  it('of rows in any order, in several files', async () => {
    for (let seed = 0; seed < 5; seed++) await sameInPartitions(shuffledAndSplit(outageNight(), seed));
  });
});

describe('a run that asks every rule of every case publishes the same bytes', () => {
  const asksAll = async (inputs: Inputs, options: PublishOptions) =>
    expect(await publishedOf(inputs, { ...options, everyRule: true })).toEqual(await publishedOf(inputs, options));

  it('of random nights', async () => {
    for (let seed = 0; seed < 40; seed++)
      await asksAll(inputsOfSeed(seed), { asOf: randomAsOf(seed), countUnclaimed: seed % 2 === 0 });
  });

  it('of the worked night', async () => {
    await asksAll(outageNight(), { asOf: AS_OF });
  });
});

describe('a run that is settled', () => {
  const night = rows.inputsOf({ issuance: Array.from({ length: 50 }, (_, index) => rows.issue(String(index))) });
  /** A machine so slow that signals are looked at whenever the clock is: after 16 settlements. */
  const slowly = () => {
    let now = 0;
    return () => {
      now += 1000;
      return now;
    };
  };

  it('says how far it is, and that it is done', async () => {
    const told: number[] = [];
    const onProgress = (settled: number) => told.push(settled);
    await publishedOf(night, { asOf: AS_OF, watch: { onProgress, now: slowly() } });
    // Before the first there are turns, too, while it is worked out what all are settled with.
    expect([...new Set(told)]).toEqual([0, 16, 32, 48, 50]);
  });

  it.each([1, 2, 3])('is ended where it is asked to, after turn %i', async (turns) => {
    const ending = new AbortController();
    const told: number[] = [];
    const onProgress = (settled: number) => {
      if (told.push(settled) === turns) ending.abort(new Error('ended'));
    };
    const { signal } = ending;
    await expect(publishedOf(night, { asOf: AS_OF, watch: { signal, onProgress, now: slowly() } })).rejects.toThrow(
      'ended',
    );
    expect(told.length).toBe(turns);
  });
});

describe('what a partition must know of others:', () => {
  it('an id that rows of two coupons have sets both aside', async () => {
    const night = rows.inputsOf({
      issuance: many((n) => rows.issue(n)),
      transactions: many((n) => rows.pay(`T${Number(n) >> 1}`, n, '18:00:00')),
      sales: [rows.report()],
    });
    const published = await sameInPartitions(night);
    expect(lines(published, 'rejects.csv', 'CONFLICTING')).toBe(12);
    expect(lines(published, 'review.csv', 'CONFLICTING_ROWS')).toBe(12);
  });

  it('an id of which another coupon has two unlike rows stands for no payment at the shop', async () => {
    const night = rows.inputsOf({
      issuance: many((n) => rows.issue(n)),
      transactions: many((n) => [
        rows.pay(`T${n}`, n, '18:00:00'),
        rows.pay(`T${n}`, n, '18:00:00', 500, { status: 'pending' }),
      ]).flat(),
      sales: [rows.sale('S1', '18:01:00', 500)],
    });
    const published = await sameInPartitions(night);
    expect(published.files['merchant_days.csv']).toContain('M1,2023-02-24,0,0,1,500,-500');
  });

  it('rows that only repeat another are counted once', async () => {
    const night = rows.inputsOf({
      issuance: [...many((n) => rows.issue(n)), ...many((n) => rows.issue(n))],
      transactions: [
        ...many((n) => rows.pay(`T${n}`, n, '18:00:00')),
        ...many((n) => rows.pay(`T${n}`, n, '18:00:00')),
      ],
      sales: [rows.sale('S1', '18:01:00', 500)],
    });
    const published = await sameInPartitions(night);
    expect(published.files['merchant_days.csv']).toContain('M1,2023-02-24,12,6000,1,500');
  });

  it('all coupons of an account are asked for its contacts', async () => {
    const night = rows.inputsOf({
      issuance: many((n) => [
        rows.issueToApp(`${n}1`, { account_id: `A${n}` }),
        rows.issueToApp(`${n}2`, { account_id: `A${n}`, expires_on: '2023-03-05', phone: '08011112222' }),
      ]).flat(),
    });
    const published = await sameInPartitions(night);
    expect(lines(published, 'review.csv', 'CONTACT_CONFLICT')).toBe(12);
  });

  it('payments of others may be whose sale it is', async () => {
    const night = rows.inputsOf({
      issuance: many((n) => rows.issue(n)),
      transactions: many((n) => rows.pay(`T${n}`, n, '18:00:00')),
      sales: [rows.sale('S1', '18:01:00', 500)],
    });
    const published = await sameInPartitions(night);
    expect(lines(published, 'review.csv', 'AMBIGUOUS_SUPPORT')).toBe(12);
  });

  it('a cancel takes the payment of another out of the till', async () => {
    const night = rows.inputsOf({
      issuance: many((n) => rows.issue(n)),
      transactions: many((n) => [
        rows.pay(`T${n}`, n, '18:00:00'),
        ...(n === '10' ? [] : [rows.cancel(`C${n}`, n, '2023-02-25 09:00:00', 500, `T${n}`)]),
      ]).flat(),
      sales: [rows.sale('S1', '18:01:00', 500)],
    });
    const published = await sameInPartitions(night);
    expect(published.files['merchant_days.csv']).toContain('M1,2023-02-24,1,500,1,500,0');
    expect(lines(published, 'review.csv', 'AMBIGUOUS_SUPPORT')).toBe(0);
  });

  it('who claims the same sale stands in its way', async () => {
    const night = rows.inputsOf({
      issuance: many((n) => [
        rows.issueToApp(n, { account_id: `A${n}` }),
        rows.issueToApp(`${n}2`, { account_id: `A${n}`, expires_on: '2023-03-05', phone: '08011112222' }),
      ]).flat(),
      transactions: many((n) => rows.pay(`T${n}`, n, '18:00:00')),
      sales: [rows.sale('S1', '18:01:00', 500, { coupon: 0 })],
      claims: many((n) => rows.claim(`CL${n}`, n, 'cash_and_deducted')),
    });
    const published = await sameInPartitions(night);
    expect(lines(published, 'review.csv', 'AMBIGUOUS_SUPPORT')).toBe(12);
    expect(lines(published, 'review.csv', 'CONTACT_CONFLICT')).toBe(12);
  });

  it('who claims the same sale stands in its way, charged to an account or not', async () => {
    const night = rows.inputsOf({
      issuance: many((n) => rows.issue(n)),
      transactions: many((n) => rows.pay(`T${n}`, n, '18:00:00')),
      sales: [rows.sale('S1', '18:01:00', 500, { coupon: 0 })],
      claims: many((n) => rows.claim(`CL${n}`, n, 'cash_and_deducted')),
    });
    const published = await sameInPartitions(night);
    expect(lines(published, 'review.csv', 'AMBIGUOUS_SUPPORT')).toBe(12);
  });

  it('a payment on a coupon that was never issued is asked about once', async () => {
    const night = rows.inputsOf({
      issuance: [rows.issue('1')],
      transactions: many((n) => rows.pay(`T${n}`, n, '18:00:00')),
      sales: [rows.report()],
    });
    const published = await sameInPartitions(night);
    expect(lines(published, 'review.csv', 'UNKNOWN_COUPON')).toBe(12);
  });

  it('a coupon that nobody but a claim, an application or a paid row knows is told once', async () => {
    const night = rows.inputsOf({
      issuance: many((n) => rows.issue(n, { prefecture: '13' })),
      claims: [rows.claim('CL1', '99', 'other'), ...many((n) => rows.claim(`CL${n}`, n, 'other'))],
      applications: [rows.apply('AP1', '98')],
      paid: [rows.paid('P1', '97', 500), rows.paid('P2', '10', 500)],
    });
    const published = await sameInPartitions(night);
    expect(lines(published, 'eligibility.csv', 'UNKNOWN_COUPON')).toBe(2);
    expect(lines(published, 'eligibility.csv', 'OUT_OF_SCOPE')).toBe(12);
    expect(published.files['summary.json']).toMatch(/"paidRowsOnOtherCoupons": ?2/);
  });

  it('a coupon whose rows name several accounts is told once', async () => {
    const night = rows.inputsOf({
      issuance: many((n) => [
        rows.issueToApp(n, { account_id: `A${n}` }),
        rows.issueToApp(n, { account_id: `B${n}` }),
        rows.issueToApp(n, { account_id: '' }),
      ]).flat(),
    });
    const published = await sameInPartitions(night);
    expect(lines(published, 'review.csv', 'CONFLICTING_ROWS')).toBe(12);
    expect(lines(published, 'rejects.csv', 'CONFLICTING')).toBe(36);
  });

  it('a recipient whose coupons lie in several partitions is paid once', async () => {
    const night = rows.inputsOf({
      issuance: many((n) => rows.issue(n)),
      applications: many((n) => rows.apply(`AP${n}`, n)),
    });
    const published = await sameInPartitions(night);
    expect(published.files['payouts.csv']?.trimEnd().split('\n')).toHaveLength(2);
  });
});

describe('rows go to disk', () => {
  const night = outageNight();

  it('where they are more than fit, and nowhere else', async () => {
    const whole = await publishedOf(night, { asOf: AS_OF });
    const roomy = await publishedOf(night, { asOf: AS_OF, memory: { bytes: 1e6 } });
    expect(roomy).toEqual(whole);
    expect(whole.parts).toBeUndefined();
    for (const fewBytes of [1, 1000, 2000]) {
      const tight = await publishedOf(night, { asOf: AS_OF, memory: { bytes: fewBytes, chunkRows: 3 } });
      expect(tight.parts).toBeGreaterThan(1);
      expect(tight.files).toEqual(whole.files);
    }
  });

  it('and come back from there where a file turns out to be for the other reader', async () => {
    // What follows a closing quote only the reference reader can judge, and of so many rows it reads the whole file.
    const row = '"T99"x,000000000201,2023-02-24T12:00:00+09:00,payment,completed,1,M1,,,coupon';
    const odd = withRows(night.transactions, ...Array.from({ length: 1100 }, () => row));
    for (const chunkRows of [2, 3, 5]) {
      const inputs = { ...night, transactions: [night.transactions.replaceAll(/\nT/g, '\nU'), odd] };
      const whole = await publishedOf(inputs, { asOf: AS_OF });
      const memory = { bytes, partitions: 2, chunkRows };
      const parted = await publishedOf(inputs, { asOf: AS_OF, memory, blockBytes: 300 });
      expect(parted.files).toEqual(whole.files);
    }
  });
});
