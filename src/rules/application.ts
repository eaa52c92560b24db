import { dayWords } from '../base/figures.ts';
import { endOfDay, readableInstant, startOfDay } from '../base/instants.ts';
import { type Text, text } from '../base/text.ts';
import { applicationEvidence } from '../ledger/evidence.ts';
import { shownId } from '../policy/personal-data.ts';
import { isOffered, type Terms } from '../policy/terms.ts';
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
  reading: (terms) => {
    const which = both(onlyMethodWords(terms), countingWords(terms));
    return text(
      `${which.ja}同じクーポンの申請は、氏名・方法・送り先が同じなら最初のもの、違えば人が決める。`,
      `${which.en} Of several that agree in name, method and destination the earliest stands; otherwise a person decides.`,
    );
  },
  concerns: ({ coupon }) => coupon.applications.length > 0,
  onPlainCoupon: 'silent',
  judge: (file, { terms }) => file.coupon.applications.map((row) => judgeOne(row, file, terms)),
};

const both = (first: Text | undefined, second: Text): Text =>
  first === undefined ? second : text(`${first.ja}${second.ja}`, `${first.en} ${second.en}`);

/** What no application can ask for. */
function onlyMethodWords(terms: Terms): Text | undefined {
  if (!isOffered(terms, 'points'))
    return text(
      '振込申請だけがあり、ポイント申請は数えない。',
      'Only bank transfers are made: none for points counts.',
    );
  return isOffered(terms, 'bank_transfer')
    ? undefined
    : text('ポイント申請だけがあり、振込申請は数えない。', 'Only points are sent: none for a bank transfer counts.');
}

/** Which applications count, by what the notice states of it. */
function countingWords(terms: Terms): Text {
  if (!isOffered(terms, 'points') || !isOffered(terms, 'bank_transfer')) return countingOfOne(terms);
  const { applicationsOpen, applicationsClose, bankApplicationsOpen, bankApplicationsClose } = terms;
  const isPeriodStated =
    applicationsOpen !== undefined || applicationsClose !== undefined || bankApplicationsOpen !== undefined;
  if (bankApplicationsClose === undefined)
    return isPeriodStated
      ? text(
          '受付期間内の申請だけを数える。締切の書かれていない振込申請に締切はない。',
          'Only applications within the stated period count; for bank transfers no closing date is stated, so there is none.',
        )
      : text(
          '受付期間が書かれていないので、いつの申請も数える。',
          'No period is stated for applications, so all of them count.',
        );
  const day = dayWords(bankApplicationsClose, undefined);
  return isPeriodStated
    ? text(
        `受付期間内の申請だけを数える。振込申請の締切は${day.ja}。`,
        `Only applications within the stated period count; those for bank transfers until ${day.en}.`,
      )
    : text(
        `振込申請の締切は${day.ja}。ポイント申請には受付期間が書かれていないので、いつの申請も数える。`,
        `Applications for bank transfers count until ${day.en}; for points no period is stated, so all of them count.`,
      );
}

function countingOfOne(terms: Terms): Text {
  const days = [
    terms.applicationsOpen,
    terms.applicationsClose,
    terms.bankApplicationsOpen,
    terms.bankApplicationsClose,
  ];
  return days.some((day) => day !== undefined)
    ? text('受付期間内の申請だけを数える。', 'Only applications within the stated period count.')
    : text(
        '受付期間が書かれていないので、いつの申請も数える。',
        'No period is stated for applications, so all of them count.',
      );
}

function judgeOne(row: ApplicationRow, { coupon }: CaseFile, terms: Terms): Finding {
  const about = row.applicationId;
  const facts = () => ({
    applied_at: readableInstant(row.appliedAt),
    method: row.method,
    prefecture: row.prefecture,
  });
  const evidence = () => [applicationEvidence(row)];
  if (!isOffered(terms, row.method))
    return { outcome: 'not met', about, reasons: ['METHOD_NOT_OFFERED'], facts, evidence };
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
  const [open, close] =
    method === 'points'
      ? [terms.applicationsOpen, terms.applicationsClose]
      : [terms.bankApplicationsOpen, terms.bankApplicationsClose];
  if (open !== undefined && appliedAt < startOfDay(open)) return false;
  return close === undefined || appliedAt < endOfDay(close);
}
