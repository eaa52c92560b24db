import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readInstant } from '../../src/intake/values/dates.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { readRunInputs, tablesUnsettled } from '../../src/run/read-run-inputs.ts';
import { type RunRequest, settleRun } from '../../src/run/settle-run.ts';
import { NIGHT } from '../cli/command.ts';
import { policyOfVersion2 } from '../rules/rule-tester.ts';

const folder = mkdtempSync(join(tmpdir(), 'regionpay-'));
afterAll(() => rmSync(folder, { recursive: true }));

const night = (name: string): string => join(NIGHT, name);
const asOf = readInstant('2023-05-10T02:00:00+09:00');
if ('problem' in asOf) throw new Error('no instant');

const REQUEST: RunRequest = {
  paths: {
    issuance: [night('issuance.csv')],
    transactions: [night('transactions.csv')],
    sales: [night('merchant_reports.csv')],
    claims: [night('claims.csv')],
    applications: [night('applications.csv')],
  },
  profile: undefined,
  encoding: undefined,
  policy: KAGOSHIMA,
  asOf: asOf.value,
  countUnclaimed: false,
  made: [],
  carried: undefined,
};
const NOWHERE: RunRequest = { ...REQUEST, paths: { ...REQUEST.paths, claims: [join(folder, 'none.csv')] } };
/** Everything lies on disk. */
const LITTLE = { memory: { bytes: 1, folder, partitions: 2 } };

async function settled(resources: Parameters<typeof settleRun>[1], policy = KAGOSHIMA as Policy) {
  const run = await settleRun({ ...REQUEST, policy }, resources);
  if ('problems' in run) throw new Error('cannot be read');
  return run;
}

describe('a run that is settled', () => {
  it('comes to the same in partitions, and leaves nothing on disk', async () => {
    const [whole, inPartitions] = [await settled({}), await settled(LITTLE)];
    expect(inPartitions.bytesOnDisk).toBeGreaterThan(0);
    expect(inPartitions.outcome.payouts).toEqual(whole.outcome.payouts);
    expect(inPartitions.paths).toEqual(whole.paths);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('comes to the same under a cap a person, whose coupons lie in several partitions', async () => {
    // Of four accounts 3,000, 3,000, 3,000 and 3,300 yen are due, to one of them for two coupons.
    const capYen = 2999;
    const policy = policyOfVersion2({ compensation: { kind: 'balance', capPerPersonYen: capYen } });
    const [whole, inPartitions] = [await settled({}, policy), await settled(LITTLE, policy)];
    expect(inPartitions.outcome).toMatchObject({ payouts: whole.outcome.payouts, problems: [] });
    expect(inPartitions.written.counts.capPerPerson).toEqual(whole.written.counts.capPerPerson);
    expect(whole.written.counts.capPerPerson).toEqual({ coupons: 4, cutYen: 1 + 1 + 1 + 301 });
    expect(Math.max(...whole.outcome.payouts.map(({ amountYen }) => amountYen))).toBe(capYen);
  });

  it('is told what was read before anything is settled', async () => {
    const told: string[] = [];
    await settleRun(REQUEST, LITTLE, {
      accept: ({ files }, { unknown, unmatchedPaid }) =>
        told.push(`${files.length} files, ${unknown.length} unknown, ${unmatchedPaid.length} unmatched`),
      onPartition: (part, parts) => told.push(`part ${part} of ${parts}`),
    });
    expect(told).toEqual(['5 files, 0 unknown, 0 unmatched', 'part 1 of 2', 'part 2 of 2']);
  });
});

describe('nothing is settled, and nothing left on disk', () => {
  it('where what was read is refused', async () => {
    const refusal = new Error('refused');
    const parts: number[] = [];
    const refused = settleRun(REQUEST, LITTLE, {
      accept: () => {
        throw refusal;
      },
      onPartition: (part) => parts.push(part),
    });
    await expect(refused).rejects.toBe(refusal);
    expect(parts).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('where inputs cannot be read: every problem comes back', async () => {
    const run = await settleRun(NOWHERE, LITTLE);
    expect('problems' in run && run.problems.map(({ code }) => code)).toEqual(['NO_SUCH_FILE']);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('inputs that nobody settles', () => {
  it('are counted the same, in memory or not', async () => {
    const [whole, inPartitions] = [await readRunInputs(REQUEST, {}), await readRunInputs(REQUEST, LITTLE)];
    if ('problems' in whole || 'problems' in inPartitions) throw new Error('cannot be read');
    expect(whole.partitions).toBeUndefined();
    expect(inPartitions.partitions?.count).toBe(2);
    expect(tablesUnsettled(inPartitions).files).toEqual(tablesUnsettled(whole).files);
    expect(readdirSync(folder)).toEqual([]);
  });
});
