import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordedSummary } from '../../../src/audit/record/recorded-summary.ts';
import { DamagedRun } from '../../../src/audit/record/records.ts';
import { sha256 } from '../../../src/publish/hash.ts';
import type { Summary } from '../../../src/publish/summary.ts';
import { withFolder } from '../../support/program.ts';

const NONE = { count: 0, yen: 0 };
const OF_NO_ROUTE = { ...NONE, routes: {} };
const UNRECEIVED = { toSend: NONE, sent: NONE };
const ONE_COUPON = { coupons: 1, residualYen: 0, reinstateYen: 0, payableYen: 2000 };
/** A run in which one coupon is payable. */
const SUMMARY: Summary = {
  schemaVersion: 1,
  policyId: 'tried',
  asOf: '2023-05-15T00:00:00+09:00',
  casesJudged: 1,
  couponsListed: 1,
  statuses: { payable: ONE_COUPON },
  grounds: { A: ONE_COUPON },
  payouts: { count: 1, yen: 2000, routes: { app_url: { count: 1, yen: 2000 } } },
  sending: {
    toSend: { now: OF_NO_ROUTE, later: OF_NO_ROUTE },
    ...{ sent: NONE, received: NONE, expired: NONE, failed: NONE, resent: NONE, notResent: NONE },
    ...{ conflicting: NONE, ofOlderVersions: NONE, gone: NONE },
    deadline: { days: 14, lapsing: UNRECEIVED, lapsed: UNRECEIVED },
  },
  review: {},
  decisions: null,
  reasons: {},
  extensions: 0,
  reinstatements: NONE,
  paidRowsOnOtherCoupons: 0,
  unmatchedPaid: { rows: 0, first: [] },
  issued: { inScope: 1, neverInLog: 0 },
  files: [],
};
const WRITTEN = JSON.stringify(SUMMARY);
const outputsOf = (content: string) => [
  { name: 'summary.json', sha256: sha256(content) },
  { name: 'summary.txt', sha256: sha256('') },
];

/** What is read of a folder whose summary.json holds this. */
const read = (content: string | undefined, listed = outputsOf(WRITTEN)) =>
  withFolder((folder) => {
    if (content !== undefined) writeFileSync(join(folder, 'summary.json'), content);
    return recordedSummary(folder, { outputs: listed });
  });

describe('the summary of a run', () => {
  it('is what the manifest says it is', () => {
    expect(read(WRITTEN)).toEqual(SUMMARY);
  });

  it.each([
    ['altered', WRITTEN.replace('2000', '3000')],
    ['gone', undefined],
  ])('is not taken where it is %s', (_, content) => {
    expect(() => read(content)).toThrow(DamagedRun);
  });

  it.each([
    ['a status that there is not', { ...SUMMARY, statuses: { refunded: ONE_COUPON } }],
    ['a ground that every object has', { ...SUMMARY, grounds: { constructor: ONE_COUPON } }],
    ['a question that there is not', { ...SUMMARY, review: { NO_SUCH: {} } }],
    ['a count that is a word', { ...SUMMARY, extensions: 'many' }],
    ['half a coupon', { ...SUMMARY, statuses: { payable: { ...ONE_COUPON, coupons: 0.5 } } }],
    ['no sending', { ...SUMMARY, sending: undefined }],
    ['files that are none', { ...SUMMARY, files: [null] }],
    ['a list', []],
  ])('is not taken where the manifest vouches for %s', (_, forged) => {
    const content = JSON.stringify(forged);
    expect(() => read(content, outputsOf(content))).toThrow(DamagedRun);
  });

  it('is not taken where the manifest vouches for what is no JSON', () => {
    expect(() => read('{', outputsOf('{'))).toThrow(DamagedRun);
  });

  it('may say more, as a later version does', () => {
    const content = JSON.stringify({ ...SUMMARY, more: 1 });
    expect(read(content, outputsOf(content))).toEqual({ ...SUMMARY, more: 1 });
  });

  it('is none where a version made it that told less', () => {
    expect(read(WRITTEN, outputsOf(WRITTEN).slice(0, 1))).toBeUndefined();
  });
});
