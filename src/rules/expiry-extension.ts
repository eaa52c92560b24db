import { formatDate, type Instant } from '../base/instants.ts';
import { text } from '../base/text.ts';
import { balanceAt, evidenceBefore } from '../ledger/balance.ts';
import { firstExtensionEnd } from '../policy/policy.ts';
import type { Terms } from '../policy/terms.ts';
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

/** (A): of the cohort, and something left at t1, when the first extension ended; before that it is pending (3-rules.md §6). */
export const expiryExtension: Rule = {
  id: 'expiry-extension',
  version: 1,
  title: text('期限延長(A)', 'Expiry extension (A)'),
  clauses: ['1A', '2A1'],
  readings: ['R1', 'R2', 'R3', 'R11'],
  reading: text(
    '券面の有効期限が障害の日そのもので、最初の延長が終わった瞬間の残高が決められた額以上のとき。延長が終わるまでは保留。',
    'The printed expiry is the day of the outage itself, and the balance at the moment the first extension ends is at least the stated minimum. Pending until then.',
  ),
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
    const missing = [text('最初の延長の終わりまでの取引', 'the transactions until the first extension ends')];
    const ground = { id: 'A', payments: [], pending: true } as const;
    return [{ outcome: 'undetermined', missing, ground, observed, facts, evidence }];
  },
};
