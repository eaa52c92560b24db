import { endOfDay, readableInstant, startOfDay } from '../base/instants.ts';
import { text } from '../base/text.ts';
import { applicationEvidence } from '../ledger/evidence.ts';
import { shownId } from '../policy/personal-data.ts';
import type { Terms } from '../policy/terms.ts';
import type { ApplicationRow } from '../tables/tables.ts';
import type { Finding, Question } from './finding.ts';
import type { CaseFile, Rule } from './rule.ts';

/** Applications on the special site: in time, of this coupon, and only one that stands (3-rules.md §8). */
export const application: Rule = {
  id: 'application',
  version: 1,
  title: text('特設サイトの申請', 'Applications on the special site'),
  clauses: ['2A2i', '2bank'],
  readings: ['R1', 'R9'],
  reading: text(
    '受付期間内の申請だけを数える。締切の書かれていない振込申請に締切はない。同じクーポンの申請は、氏名・方法・送り先が同じなら最初のもの、違えば人が決める。',
    'Only applications within the stated period count; for bank transfers no closing date is stated, so there is none. Of several that agree in name, method and destination the earliest stands; otherwise a person decides.',
  ),
  readingUnder: ({ file: { terms } }) => {
    const close = terms.bankApplicationsClose;
    return close === undefined
      ? undefined
      : text(
          `受付期間内の申請だけを数える。振込申請は ${close} に締め切る。同じクーポンの申請は、氏名・方法・送り先が同じなら最初のもの、違えば人が決める。`,
          `Only applications within the stated period count; those for bank transfers close on ${close}. Of several that agree in name, method and destination the earliest stands; otherwise a person decides.`,
        );
  },
  concerns: ({ coupon }) => coupon.applications.length > 0,
  onPlainCoupon: 'silent',
  judge: (file, { terms }) => file.coupon.applications.map((row) => judgeOne(row, file, terms)),
};

function judgeOne(row: ApplicationRow, { coupon }: CaseFile, terms: Terms): Finding {
  const about = row.applicationId;
  const facts = () => ({
    applied_at: readableInstant(row.appliedAt),
    method: row.method,
    prefecture: row.prefecture,
  });
  const evidence = () => [applicationEvidence(row)];
  if (!isInTime(row, terms))
    return { outcome: 'not met', about, reasons: ['APPLICATION_OUT_OF_TIME'], facts, evidence };
  if (row.prefecture === coupon.prefecture) return { outcome: 'met', about, facts, evidence };
  const question: Question = {
    reason: 'APPLICATION_MISMATCH',
    stakeYen: 0,
    detail: text(
      `申請 ${shownId(row.applicationId)}: 都道府県 ${row.prefecture} はクーポンの ${coupon.prefecture} と違う`,
      `application ${shownId(row.applicationId)}: prefecture ${row.prefecture}, but the coupon\u2019s is ${coupon.prefecture}`,
    ),
  };
  return { outcome: 'undetermined', about, question, facts, evidence };
}

function isInTime({ appliedAt, method }: ApplicationRow, terms: Terms): boolean {
  if (terms.applicationsOpen !== undefined && appliedAt < startOfDay(terms.applicationsOpen)) return false;
  const close = method === 'points' ? terms.applicationsClose : terms.bankApplicationsClose;
  return close === undefined || appliedAt < endOfDay(close);
}
