import type { ApplicationRow } from '../intake/tables.ts';
import type { Account, Evidence } from '../ledger/case.ts';
import { applicationEvidence } from '../ledger/evidence.ts';
import { shownId, shownUnlessPersonal } from '../policy/personal-data.ts';
import type { Terms } from '../policy/terms.ts';
import { text } from '../policy/text.ts';
import { areBankDetailsUsable, bankAccountOf, type Destination, deliverTo } from './destinations.ts';
import type { Finding, JudgedFinding, Question, RouteFound } from './finding.ts';
import type { CaseFile, Rule } from './rule.ts';

/**
 * Every way the money could take, in the order in which they are sought (3-rules.md §8). Whether one is sought at all,
 * and where the search stops, is settled once it is known that something is payable.
 */
export const deliveryRoute: Rule = {
  id: 'delivery-route',
  version: 2,
  title: text('送り先', 'Where it is sent'),
  clauses: ['2A2a', '2A2i', '2bank'],
  readings: ['R8', 'R10', 'R13', 'R15'],
  reading: text(
    '有効な振込申請があれば口座へ。なければアプリの登録先へ(退会しておらず、一人のアカウントと見られるなら)。次にポイント申請の連絡先へ。どれも使えなければ人が確かめる。',
    'By bank where such an application stands; else to the app\u2019s registered contact, if still a member and the account can be one person\u2019s; else to the contact of an application for points; where none can be used, a person looks into it.',
  ),
  // A way is only sought for what is still to be paid.
  concerns: ({ coupon }, earlier) =>
    earlier.some(({ amounts }) => amounts !== undefined && amounts.entitledYen > coupon.alreadyPaidYen),
  // Nobody has applied for a plain coupon: what is left is the app, or a question about it.
  onPlainCoupon: {
    states: 'a route',
    routeOf: (account, terms) => (account?.active === true ? (appRoute(account, terms) ?? 'for the rules') : undefined),
  },
  judge: (file, { terms }, earlier) => {
    const standing = standingIn(earlier);
    const ways = [...byBank(standing), ...byApp(file, terms), ...byApplication(standing)];
    const found = ways.some((finding) => finding.route !== undefined);
    return found ? ways : [...ways, ...noContact(file, standing)];
  },
};

/** The application that stands; of several that differ only once a person has said so. */
function standingIn(earlier: readonly JudgedFinding[]): ApplicationRow | undefined {
  const finding = earlier.find((other) => other.standing !== undefined);
  return finding?.outcome === 'met' || finding?.item?.verdict === 'approve' ? finding.standing : undefined;
}

function byBank(row: ApplicationRow | undefined): readonly Finding[] {
  if (row?.method !== 'bank_transfer') return [];
  const about = 'bank_transfer';
  if (areBankDetailsUsable(row)) {
    const account = bankAccountOf(row);
    const destination: Destination = { kind: 'bank account', account, holderKana: row.accountHolderKana };
    return [wayOfApplication({ outcome: 'met', route: { route: about, destination } }, about, row)];
  }
  const question: Question = {
    reason: 'BANK_DETAILS',
    onRoute: true,
    detail: text(
      `申請 ${shownId(row.applicationId)} の口座の記載が使えない`,
      `the bank details of application ${shownId(row.applicationId)} cannot be used`,
    ),
  };
  return [wayOfApplication({ outcome: 'undetermined', question }, about, row)];
}

/** What comes of a way: a route, a question, or neither. */
type Leads = Pick<Finding, 'outcome' | 'route' | 'question'>;

const wayOfApplication = (
  { outcome, route, question }: Leads,
  by: 'bank_transfer' | 'application_url',
  row: ApplicationRow,
): Finding => ({
  outcome,
  about: by,
  observed: { kind: 'way', way: { route: by, application: row } },
  question,
  route,
  facts: () => ({ application: shownId(row.applicationId) }),
  evidence: () => [applicationEvidence(row)],
});

function byApp({ coupon }: CaseFile, terms: Terms): readonly Finding[] {
  const { account } = coupon;
  if (account === undefined || !account.active) return [];
  const own = [coupon.issuance];
  if (isShared(account, terms)) {
    const detail = text(
      `アカウント ${shownUnlessPersonal(account.accountId)} にクーポンが ${account.couponCount} 枚ある`,
      `account ${shownUnlessPersonal(account.accountId)} has ${account.couponCount} coupons`,
    );
    const question: Question = { reason: 'SHARED_ACCOUNT', onRoute: true, detail };
    return [wayOfAccount({ outcome: 'undetermined', question }, account, own)];
  }
  if (account.phones.length > 1 || account.emails.length > 1) {
    const detail = text(
      `アカウント ${shownUnlessPersonal(account.accountId)} に違う連絡先がある`,
      `account ${shownUnlessPersonal(account.accountId)} has contacts that differ`,
    );
    const question: Question = { reason: 'CONTACT_CONFLICT', onRoute: true, detail };
    return [wayOfAccount({ outcome: 'undetermined', question }, account, account.coupons)];
  }
  const route = appRoute(account, terms);
  return [wayOfAccount({ outcome: route === undefined ? 'not met' : 'met', route }, account, own)];
}

const wayOfAccount = (
  { outcome, route, question }: Leads,
  account: Account,
  evidence: readonly Evidence[],
): Finding => ({
  outcome,
  about: 'app_url',
  observed: { kind: 'way', way: { route: 'app_url', account } },
  question,
  route,
  facts: () => ({
    account: shownUnlessPersonal(account.accountId),
    coupons: account.couponCount,
    phones: account.phones.length,
    emails: account.emails.length,
  }),
  evidence: () => evidence,
});

/** More coupons than one person can be believed to have: a word that stands for no account, or many people\u2019s (R15). */
const isShared = ({ couponCount }: Account, { mostCouponsPerAccount }: Terms): boolean =>
  mostCouponsPerAccount !== undefined && couponCount > mostCouponsPerAccount;

/** To the app, if the account is active and one person\u2019s, its contacts agree, and one of them can be used. */
function appRoute(account: Account, terms: Terms): RouteFound | undefined {
  if (!account.active || isShared(account, terms)) return undefined;
  const { accountId, phones, emails } = account;
  if (phones.length > 1 || emails.length > 1) return undefined;
  const contact = deliverTo(phones, emails);
  if (contact === undefined) return undefined;
  return { route: 'app_url', destination: { kind: 'app account', accountId, contact } };
}

function byApplication(row: ApplicationRow | undefined): readonly Finding[] {
  if (row?.method !== 'points') return [];
  const about = 'application_url';
  const contact = deliverTo([row.phone], [row.email]);
  if (contact === undefined) return [wayOfApplication({ outcome: 'not met' }, about, row)];
  const route: RouteFound = { route: about, destination: { kind: 'contact', contact } };
  return [wayOfApplication({ outcome: 'met', route }, about, row)];
}

function noContact({ coupon }: CaseFile, row: ApplicationRow | undefined): readonly Finding[] {
  const applied = row?.method === 'points';
  if (coupon.account?.active !== true && !applied) return [];
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
        detail: text('使える送り先がない', 'nowhere to send it'),
      },
    },
  ];
}
