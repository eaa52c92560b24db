import { text } from '../base/text.ts';
import { type Account, type Case, NONE } from '../ledger/case.ts';
import { applicationEvidence } from '../ledger/evidence.ts';
import { isOffered, type Terms } from '../policy/terms.ts';
import type { ApplicationRow } from '../tables/tables.ts';
import { CHANNELS, channelsOf } from './channels/index.ts';
import { standingApplicationIn } from './conclusions.ts';
import { lacksLeadingZero } from './destinations.ts';
import type { Finding, RouteFound } from './finding.ts';
import type { ForTheRules } from './plain-coupon.ts';
import type { Rule } from './rule.ts';

/**
 * Every way the money could take, in the order in which they are sought (3-rules.md §8). Whether one is sought at all,
 * and where the search stops, is settled once it is known that something is payable.
 */
export const deliveryRoute: Rule = {
  id: 'delivery-route',
  version: 3,
  title: text('送り先', 'Where it is sent'),
  clauses: ['2A2a', '2A2i', '2bank'],
  readings: ['R8', 'R10', 'R13', 'R15'],
  reading: (terms) => {
    if (!isOffered(terms, 'points'))
      return text(
        '有効な振込申請があれば口座へ。なければ申請を待つ。',
        'By bank where such an application stands; else one is waited for.',
      );
    const bank = isOffered(terms, 'bank_transfer')
      ? text(
          '有効な振込申請があれば口座へ。なければアプリ',
          'By bank where such an application stands; else to the app',
        )
      : text('アプリ', 'To the app');
    const { mostCouponsPerAccount } = terms;
    const one =
      mostCouponsPerAccount === undefined
        ? text('退会していなければ', '')
        : text('退会しておらず、一人のアカウントと見られるなら', ' and the account can be one person\u2019s');
    return text(
      `${bank.ja}の登録先へ(${one.ja})。次にポイント申請の連絡先へ。どれも使えなければ人が確かめる。`,
      `${bank.en}\u2019s registered contact, if still a member${one.en}; else to the contact of an application for points; where none can be used, a person looks into it.`,
    );
  },
  // A way is only sought for what is still to be paid, and under a cap a person for what was.
  concerns: ({ coupon }, earlier, { compensation }) =>
    (compensation.capPerPersonYen !== undefined && coupon.alreadyPaidYen > 0) ||
    earlier.some(({ amounts }) => amounts !== undefined && amounts.entitledYen > coupon.alreadyPaidYen),
  onPlainCoupon: { states: 'a route', routeOf: routeOfPlain },
  judge: ({ coupon }, { terms }, earlier) => {
    const application = standingApplicationIn(earlier);
    const ways: Finding[] = [];
    for (const { seek } of channelsOf(terms)) {
      const way = seek({ coupon, application }, terms);
      if (way !== undefined) ways.push(way);
    }
    const found = ways.some((finding) => finding.route !== undefined);
    // Points go to a contact; for a transfer one has to apply.
    return found || !isOffered(terms, 'points') ? ways : [...ways, ...noContact(coupon, application)];
  },
};

/** By the first channel that leads anywhere without an application. */
function routeOfPlain(account: Account | undefined, terms: Terms): RouteFound | ForTheRules | undefined {
  for (const { onPlainCoupon, notBefore } of CHANNELS) {
    if (onPlainCoupon === 'silent' || notBefore(terms) === undefined) continue;
    const route = onPlainCoupon(account, terms);
    if (route !== undefined) return route;
  }
  return undefined;
}

/** One row is a slip of the pen; where all are asked about, the file went through a spreadsheet, and holders need not be called. */
const WITHOUT_ZERO = text(
  '使える送り先がない。電話番号の先頭の 0 が消えている。表計算ソフトで保存したファイルなら、元のシステムから出し直す',
  'nowhere to send it: the phone number has lost its leading 0; if a spreadsheet saved the file, export it again from its source',
);

function noContact(coupon: Case, row: ApplicationRow | undefined): readonly Finding[] {
  const applied = row?.method === 'points';
  if (coupon.account?.active !== true && !applied) return [];
  const lacksZero =
    lacksLeadingZero(coupon.account?.phones ?? NONE) || (applied && row !== undefined && lacksLeadingZero([row.phone]));
  return [
    {
      about: 'no_contact',
      outcome: 'undetermined',
      facts: () => ({ active_account: coupon.account?.active === true, applied_for_points: applied }),
      missing: [text('使える電話番号かメール(本人)', 'a phone or e-mail that can be used (the holder)')],
      evidence: () => [coupon.issuance, ...(applied && row !== undefined ? [applicationEvidence(row)] : [])],
      question: {
        reason: 'NO_CONTACT',
        onRoute: true,
        detail: lacksZero ? WITHOUT_ZERO : text('使える送り先がない', 'nowhere to send it'),
      },
    },
  ];
}
