import { expect, test } from 'vitest';
import { disposeDecisions } from '../../../src/intake/dispositions/decisions.ts';
import type { DecisionRow } from '../../../src/tables/tables.ts';

const AS_OF = 100;
const row = (given: Partial<DecisionRow>): DecisionRow => ({
  reviewId: 'R1',
  evidenceHash: 'E1',
  decision: 'approve',
  decidedBy: 'sato',
  decidedAt: 10,
  note: '',
  disposition: 'accepted',
  file: 0,
  line: 2,
  ...given,
});

/** By 2-data.md, "Every row ends in exactly one place". */
const CASES: readonly (readonly [string, readonly Partial<DecisionRow>[], readonly string[]])[] = [
  ['one answer', [{}], ['accepted']],
  ['an answer from as-of on', [{ decidedAt: 100 }], ['after_as_of']],
  ['the last moment before it', [{ decidedAt: 99 }], ['accepted']],
  ['the same row twice', [{}, {}], ['accepted', 'duplicate']],
  [
    'the same person again, later: the earliest stands',
    [{ decidedAt: 20 }, { decidedAt: 10, note: 'x' }],
    ['duplicate', 'accepted'],
  ],
  ['two people who agree', [{}, { decidedBy: 'mori', decidedAt: 20 }], ['accepted', 'accepted']],
  ['two people who do not', [{}, { decidedBy: 'mori', decision: 'reject' }], ['conflicting', 'conflicting']],
  ['one person who changed their mind', [{}, { decidedAt: 20, decision: 'reject' }], ['conflicting', 'conflicting']],
  [
    'a contradiction from as-of on, which is one whatever as-of is',
    [{}, { decidedAt: 200, decision: 'reject' }],
    ['conflicting', 'conflicting'],
  ],
  ['another answer on other evidence', [{}, { evidenceHash: 'E2', decision: 'reject' }], ['accepted', 'accepted']],
  ['another question', [{}, { reviewId: 'R2', decision: 'reject' }], ['accepted', 'accepted']],
];

test.each(CASES)('%s', (_, given, expected) => {
  const rows = given.map(row);
  const disposed = (of: readonly DecisionRow[]) => disposeDecisions(of, AS_OF).map(({ disposition }) => disposition);
  expect(disposed(rows)).toEqual(expected);
  // Nothing rests on their order; of two that are the same, it is always one of them.
  expect(disposed([...rows].reverse()).sort()).toEqual([...expected].sort());
});
