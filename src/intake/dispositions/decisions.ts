import type { Instant } from '../../base/instants.ts';
import { compareText } from '../../base/text.ts';
import { contentOf, fewRowContent } from '../../tables/kinds/column.ts';
import { DECISIONS, deciderOf } from '../../tables/kinds/decisions.ts';
import type { DecisionRow, Disposition } from '../../tables/tables.ts';
import { groupBy } from './group-by.ts';

const contentOfDecision = fewRowContent(DECISIONS);

/**
 * Decisions on one question and the same evidence: where they differ, all contradict each other, whatever as-of is; else the
 * first of each person stands, and what the same person has said again is a duplicate.
 */
export function disposeDecisions(rows: readonly DecisionRow[], asOf: Instant): DecisionRow[] {
  const result = [...rows];
  const dispose = (index: number, disposition: Disposition): void => {
    result[index] = { ...(rows[index] as DecisionRow), disposition };
  };
  for (const group of groupBy(rows, (row) => contentOf(row.reviewId, [row.evidenceHash])).values()) {
    const differs = new Set(group.map((index) => rows[index]?.decision)).size > 1;
    const heard = new Set<string>();
    for (const index of inTime(group, rows)) {
      const { decidedBy, decidedAt } = rows[index] as DecisionRow;
      const person = deciderOf(decidedBy);
      const first: Disposition = decidedAt < asOf ? 'accepted' : 'after_as_of';
      dispose(index, differs ? 'conflicting' : heard.has(person) ? 'duplicate' : first);
      heard.add(person);
    }
  }
  return result;
}

/** By time; of equals by what they say, so that nothing rests on the order of rows. Most questions have one. */
function inTime(group: readonly number[], rows: readonly DecisionRow[]): readonly number[] {
  if (group.length < 2) return group;
  return group
    .map((index) => ({ index, at: rows[index]?.decidedAt ?? 0, says: contentOfDecision(rows[index] as DecisionRow) }))
    .sort((a, b) => a.at - b.at || compareText(a.says, b.says))
    .map(({ index }) => index);
}
