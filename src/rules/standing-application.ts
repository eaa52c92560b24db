import { compareText, text } from '../base/text.ts';
import { applicationEvidence } from '../ledger/evidence.ts';
import { shownId } from '../policy/personal-data.ts';
import type { ApplicationRow } from '../tables/tables.ts';
import { application } from './application.ts';
import { bankAccountOf, deliverTo } from './destinations.ts';
import type { Finding, JudgedFinding } from './finding.ts';
import type { Rule } from './rule.ts';

/** Which of the applications that count stands, once a person has answered for those that do not fit (3-rules.md §8). */
export const standingApplication: Rule = {
  id: 'standing-application',
  version: 1,
  title: text('有効な申請', 'The application that stands'),
  clauses: ['2A2i', '2bank'],
  readings: ['R8', 'R10'],
  reading: text(
    '数えられる申請がひとつ、または同じ内容なら最初のものを採る。食い違えば人が決めるまで止める。',
    'The only application that counts, or the earliest of several that agree, stands; where they differ, nothing is paid until a person decides.',
  ),
  concerns: ({ coupon }) => coupon.applications.length > 0,
  onPlainCoupon: 'silent',
  judge: (file, _policy, earlier) => {
    const counted = countedIn(earlier);
    const counting = file.coupon.applications.filter(({ applicationId }) => counted.has(applicationId));
    const [earliest, ...others] = [...counting].sort(
      (a, b) => a.appliedAt - b.appliedAt || compareText(a.applicationId, b.applicationId),
    );
    if (earliest === undefined) return [];
    const evidence = () => counting.map(applicationEvidence);
    const facts = () => ({ applications: counting.length, earliest: shownId(earliest.applicationId) });
    const stands: Finding = { outcome: 'met', facts, evidence, standing: earliest };
    const destination = destinationOf(earliest);
    if (others.every((other) => destinationOf(other) === destination)) return [stands];
    return [
      {
        ...stands,
        outcome: 'undetermined',
        missing: [text('どれが本人の申請か(申請者)', 'which application is the holder\u2019s (ask the applicants)')],
        question: {
          reason: 'COMPETING_APPLICATIONS',
          detail: text(`内容の違う申請が ${counting.length} 件`, `${counting.length} applications that differ`),
        },
      },
    ];
  },
};

/** The ids of the applications that count: of several findings on one, the first tells. */
function countedIn(earlier: readonly JudgedFinding[]): ReadonlySet<string> {
  const told = new Set<string>();
  const counted = new Set<string>();
  for (const { ruleId, about, outcome, item } of earlier) {
    if (ruleId !== application.id || about === undefined || told.has(about)) continue;
    told.add(about);
    if (outcome === 'met' || item?.verdict === 'approve') counted.add(about);
  }
  return counted;
}

/** Name (NFKC, no spaces), method and destination in one text, to be compared and never shown. */
function destinationOf(row: ApplicationRow): string {
  const name = row.name.normalize('NFKC').replace(/\s/g, '');
  const destination =
    row.method === 'points' ? (deliverTo([row.phone], [row.email]) ?? '') : bankAccountOf(row).join('-');
  return [name, row.method, destination].join('\x1f');
}
