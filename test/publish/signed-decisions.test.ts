import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import {
  NotSignedHere,
  readSigned,
  type SignedDecision,
  withAnswer,
  writeSigned,
} from '../../src/publish/signed-decisions.ts';
import { withFolder } from '../support/program.ts';

const ANSWER: SignedDecision = {
  reviewId: 'R1',
  evidenceHash: 'E1',
  decision: 'approve',
  decidedBy: '佐藤',
  decidedAt: '2023-05-09T10:00:00+09:00',
  note: '店長、"間違いない"\n二行目',
};

test('what is written is read again, and nothing else is left in the folder', () => {
  withFolder((folder) => {
    const file = join(folder, 'decisions.csv');
    expect(drained(readSigned(file))).toEqual([]);
    writeSigned(file, [ANSWER]);
    writeSigned(file, [ANSWER, { ...ANSWER, reviewId: 'R2' }]);
    expect(drained(readSigned(file))).toEqual([ANSWER, { ...ANSWER, reviewId: 'R2' }]);
    expect(readdirSync(folder)).toEqual(['decisions.csv']);
    expect(readFileSync(file, 'utf8').startsWith('\uFEFFreview_id,')).toBe(true);
  });
});

describe('a file of another form is none of ours', () => {
  it.each([
    ['other columns', 'review_id,decision\nR1,approve\n'],
    ['another word', 'review_id,evidence_hash,decision,decided_by,decided_at,note\nR1,E1,承認,a,b,\n'],
    ['a row of another length', 'review_id,evidence_hash,decision,decided_by,decided_at,note\nR1,E1\n'],
    ['no CSV', '"'],
    ['nothing', ''],
  ])('%s', (_, content) => {
    withFolder((folder) => {
      const file = join(folder, 'decisions.csv');
      writeFileSync(file, content);
      expect(() => drained(readSigned(file))).toThrow(NotSignedHere);
      expect(readFileSync(file, 'utf8')).toBe(content);
    });
  });
});

test('one person’s answer takes the place of what they answered before, and of nothing else', () => {
  const rejected: SignedDecision = { ...ANSWER, decision: 'reject', decidedBy: ' 佐 藤' };
  const other = { ...ANSWER, decidedBy: '森' };
  const stale = { ...ANSWER, evidenceHash: 'E0' };
  expect(withAnswer([stale, ANSWER, other], rejected)).toEqual([stale, rejected, other]);
  expect(withAnswer([ANSWER], other)).toEqual([ANSWER, other]);
});

test('a folder that is not there is told, and nothing made', () => {
  withFolder((folder) => {
    const file = join(folder, 'none', 'decisions.csv');
    expect(() => writeSigned(file, [ANSWER])).toThrow(/ENOENT/);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});
