import { dayWords } from '../base/figures.ts';
import { formatDate, type Instant } from '../base/instants.ts';
import { type Text, text } from '../base/text.ts';
import { balanceAt, evidenceBefore } from '../ledger/balance.ts';
import { firstExtensionEnd } from '../policy/policy.ts';
import type { Terms } from '../policy/terms.ts';
import { expireOnDayOfOutage, mediumWords } from '../policy/wording.ts';
import { isCohort } from './conclusions.ts';
import type { Observed } from './finding.ts';
import type { PlainGround } from './plain-coupon.ts';
import type { Rule } from './rule.ts';

/** The whole of (A): a coupon of the cohort on which something is left, once the first extension has ended. */
function groundOf(cohort: boolean, balanceYen: number, terms: Terms, asOf: Instant): PlainGround {
  const { minimumResidualYen } = terms;
  const isLeftOver = cohort && balanceYen >= minimumResidualYen;
  if (!isLeftOver) return 'none';
  const end = firstExtensionEnd(terms);
  return asOf >= end ? 'A' : 'pending A';
}

/** The expiry of the cohort, by what it is called where it is the only day of the outage. */
function expiryWords(terms: Terms): Text {
  if (expireOnDayOfOutage(terms)) return text('障害の日そのもの', 'the day of the outage itself');
  return dayWords(terms.originalExpiry, undefined);
}

const readingMoment = ({ firstExtension }: Terms) =>
  firstExtension === undefined
    ? { ja: 'その日が終わった瞬間', en: 'the end of that day', pendingJa: 'その日が終わるまでは' }
    : {
        ja: '最初の延長が終わった瞬間',
        en: 'the moment the first extension ends',
        pendingJa: '延長が終わるまでは',
      };

/** (A): of the cohort, and something left at t1, when the first extension ended; before that it is pending (3-rules.md §6). */
export const expiryExtension: Rule = {
  id: 'expiry-extension',
  version: 1,
  title: text('期限延長(A)', 'Expiry extension (A)'),
  clauses: ['1A', '2A1'],
  readings: ['R1', 'R2', 'R3', 'R11'],
  reading: (terms) => {
    const [{ own }, day, end] = [mediumWords(terms), expiryWords(terms), readingMoment(terms)];
    return text(
      `${own.ja}の有効期限が${day.ja}で、${end.ja}の残高が決められた額以上のとき。${end.pendingJa}保留。`,
      `The ${own.en} expiry is ${day.en}, and the balance at ${end.en} is at least the stated minimum. Pending until then.`,
    );
  },
  onPlainCoupon: {
    states: 'a ground',
    groundOf: ({ expiresOn, leftAtFirstEndYen }, terms, asOf) =>
      groundOf(expiresOn === terms.originalExpiry, leftAtFirstEndYen, terms, asOf),
  },
  judge: (file, { terms }) => {
    const { coupon, asOf } = file;
    const cohort = isCohort(file, terms);
    const readAt = Math.min(asOf, firstExtensionEnd(terms));
    const balanceYen = balanceAt(coupon, readAt);
    const observed: Observed = { kind: 'expiry', ownExpiry: coupon.expiresOn, inCohort: cohort, balanceYen };
    const facts = () => ({
      own_expiry: formatDate(coupon.expiresOn),
      in_cohort: cohort,
      balance_yen: balanceYen,
      minimum_yen: terms.minimumResidualYen,
    });
    const evidence = () => evidenceBefore(coupon, readAt);
    const found = groundOf(cohort, balanceYen, terms, asOf);
    if (found === 'none') return [{ outcome: 'not met', observed, facts, evidence }];
    if (found === 'A') return [{ outcome: 'met', ground: { id: 'A', payments: [] }, observed, facts, evidence }];
    const missing = [
      terms.firstExtension === undefined
        ? text('有効期限の終わりまでの取引', 'the transactions until the end of its expiry')
        : text('最初の延長の終わりまでの取引', 'the transactions until the first extension ends'),
    ];
    const ground = { id: 'A', payments: [], pending: true } as const;
    return [{ outcome: 'undetermined', missing, ground, observed, facts, evidence }];
  },
};
