import { dayWords } from '../base/figures.ts';
import { formatDate, type Instant } from '../base/instants.ts';
import { type Text, text } from '../base/text.ts';
import { balanceAt, evidenceBefore } from '../ledger/balance.ts';
import { firstExtensionEnd } from '../policy/policy.ts';
import { type Cohort, cohortOf, type Terms } from '../policy/terms.ts';
import { anyOf, expireOnDayOfOutage, mediumWords, readAfter } from '../policy/wording.ts';
import type { Observed } from './finding.ts';
import type { PlainGround } from './plain-coupon.ts';
import type { Rule } from './rule.ts';

/** The whole of (A): a coupon of a cohort on which something is left, once the first extension has ended. */
function groundOf(cohort: Cohort | undefined, balanceYen: number, terms: Terms, asOf: Instant): PlainGround {
  const { minimumResidualYen } = terms;
  const isLeftOver = balanceYen >= minimumResidualYen;
  if (cohort === undefined || !isLeftOver) return 'none';
  const end = firstExtensionEnd(cohort);
  return asOf >= end ? 'A' : 'pending A';
}

/** The expiries of the cohorts, by what one is called that is the only day of the outage. */
function expiryWords(terms: Terms): Text {
  if (expireOnDayOfOutage(terms)) return text('障害の日そのもの', 'the day of the outage itself');
  return anyOf(terms.cohorts.map(({ originalExpiry }) => dayWords(originalExpiry, undefined)));
}

const READING_MOMENTS = {
  expiry: { ja: 'その日が終わった瞬間', en: 'the end of that day', pendingJa: 'その日が終わるまでは' },
  extension: {
    ja: '最初の延長が終わった瞬間',
    en: 'the moment the first extension ends',
    pendingJa: '延長が終わるまでは',
  },
  either: {
    ja: '最初の延長(なければその日)が終わった瞬間',
    en: 'the moment the first extension ends, or that day where there is none,',
    pendingJa: 'それまでは',
  },
};

/** What is left on a coupon of no cohort gives no ground whenever it is read. */
const lastCohort = ({ cohorts }: Terms): Cohort => cohorts.at(-1) as Cohort;

const MISSING = {
  expiry: text('有効期限の終わりまでの取引', 'the transactions until the end of its expiry'),
  extension: text('最初の延長の終わりまでの取引', 'the transactions until the first extension ends'),
};

/** (A): of a cohort, and something left at t1, when the first extension ended; before that it is pending (3-rules.md §6). */
export const expiryExtension: Rule = {
  id: 'expiry-extension',
  version: 1,
  title: text('期限延長(A)', 'Expiry extension (A)'),
  clauses: ['1A', '2A1'],
  readings: ['R1', 'R2', 'R3', 'R11'],
  reading: (terms) => {
    const [{ own }, day, end] = [mediumWords(terms), expiryWords(terms), READING_MOMENTS[readAfter(terms)]];
    return text(
      `${own.ja}の有効期限が${day.ja}で、${end.ja}の残高が決められた額以上のとき。${end.pendingJa}保留。`,
      `The ${own.en} expiry is ${day.en}, and the balance at ${end.en} is at least the stated minimum. Pending until then.`,
    );
  },
  onPlainCoupon: {
    states: 'a ground',
    groundOf: ({ expiresOn, leftAtFirstEndYen }, terms, asOf) =>
      groundOf(cohortOf(terms, expiresOn), leftAtFirstEndYen, terms, asOf),
  },
  judge: (file, { terms }) => {
    const { coupon, asOf } = file;
    const cohort = cohortOf(terms, coupon.expiresOn);
    const readAt = Math.min(asOf, firstExtensionEnd(cohort ?? lastCohort(terms)));
    const inCohort = cohort !== undefined;
    const balanceYen = balanceAt(coupon, readAt);
    const observed: Observed = { kind: 'expiry', ownExpiry: coupon.expiresOn, inCohort, balanceYen };
    const facts = () => ({
      own_expiry: formatDate(coupon.expiresOn),
      in_cohort: inCohort,
      balance_yen: balanceYen,
      minimum_yen: terms.minimumResidualYen,
    });
    const evidence = () => evidenceBefore(coupon, readAt);
    const found = groundOf(cohort, balanceYen, terms, asOf);
    if (found === 'none') return [{ outcome: 'not met', observed, facts, evidence }];
    if (found === 'A') return [{ outcome: 'met', ground: { id: 'A', payments: [] }, observed, facts, evidence }];
    const missing = [MISSING[cohort?.firstExtension === undefined ? 'expiry' : 'extension']];
    const ground = { id: 'A', payments: [], pending: true } as const;
    return [{ outcome: 'undetermined', missing, ground, observed, facts, evidence }];
  },
};
