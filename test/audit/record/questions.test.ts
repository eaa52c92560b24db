import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { openQuestionsOf } from '../../../src/audit/record/questions.ts';
import { DamagedRun } from '../../../src/audit/record/records.ts';
import type { Manifest } from '../../../src/audit/record/run-record.ts';
import { drained } from '../../../src/base/steps.ts';
import { sha256 } from '../../../src/publish/hash.ts';
import { withFolder } from '../../support/program.ts';

const HEADER =
  'review_id,coupon_number,reason,holds,amount_at_stake_yen,detail,evidence,evidence_hash,decision,decided_by,decided_at,note';
const row = (id: string, decision: string, reason = 'OVERDRAWN', stake = '1400'): string =>
  `${id},0001,${reason},yes,${stake},理由 / why,tx:T1 tx:T2,E1,${decision},,,`;

const questionsIn = (content: string, recorded = content) =>
  withFolder((folder) => {
    writeFileSync(join(folder, 'review.csv'), content);
    const manifest = { outputs: [{ name: 'review.csv', sha256: sha256(recorded) }] } as Manifest;
    return drained(openQuestionsOf({ folder, manifest }));
  });

test('what waits for an answer is told, in the order of the file', () => {
  const ids = ['', 'approved', 'stale', 'rejected', 'needs_second', 'approve', 'reject'];
  const content = [HEADER, ...ids.map((decision, place) => row(`R${place}`, decision)), ''].join('\n');
  expect(questionsIn(content).map(({ reviewId, state }) => `${reviewId} ${state}`)).toEqual([
    'R0 open',
    'R2 stale',
    'R4 needs_second',
  ]);
  expect(questionsIn(content)[0]).toEqual({
    reviewId: 'R0',
    evidenceHash: 'E1',
    couponNumber: '0001',
    reason: 'OVERDRAWN',
    holds: true,
    stakeYen: 1400,
    detail: '理由 / why',
    evidence: ['tx:T1', 'tx:T2'],
    state: 'open',
  });
  expect(questionsIn([HEADER, row('R1', '', 'OVERDRAWN', ''), ''].join('\n'))[0]?.stakeYen).toBeUndefined();
});

describe('a file that is not as the run wrote it is refused', () => {
  const whole = [HEADER, row('R1', ''), ''].join('\n');
  it.each([
    ['altered', whole.replace('1400', '1500'), whole],
    ['of a word that every object has', [HEADER, row('R1', '', 'constructor'), ''].join('\n'), undefined],
    ['of no question that there is', [HEADER, row('R1', '', 'NO_SUCH'), ''].join('\n'), undefined],
  ])('%s', (_, content, recorded) => {
    expect(() => questionsIn(content, recorded)).toThrow(DamagedRun);
  });

  it('gone', () => {
    const manifest = { outputs: [] } as unknown as Manifest;
    expect(() => withFolder((folder) => drained(openQuestionsOf({ folder, manifest })))).toThrow(DamagedRun);
  });
});
