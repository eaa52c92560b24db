import type { ApplicationRow } from '../intake/tables.ts';
import type { Account } from '../ledger/case.ts';
import { applicationEvidence } from '../ledger/evidence.ts';
import { shownId, shownUnlessPersonal } from '../policy/personal-data.ts';
import type { Terms } from '../policy/terms.ts';
import { text } from '../policy/text.ts';
import { areBankDetailsUsable, bankAccountOf, deliverTo } from './destinations.ts';
import {
  type CaseFile,
  type Finding,
  type JudgedFinding,
  type Question,
  type RouteFound,
  type Rule,
  UnspokenFinding,
} from './rule.ts';

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
  onPlainCoupon: 'from its sums',
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
    const recipient = `bank:${bankAccountOf(row).join('-')}`;
    const route = { route: about, recipient, deliverTo: row.accountHolderKana } as const;
    return [wayOfApplication('met', { about, route }, row)];
  }
  const question: Question = {
    reason: 'BANK_DETAILS',
    onRoute: true,
    detail: text(
      `申請 ${shownId(row.applicationId)} の口座の記載が使えない`,
      `the bank details of application ${shownId(row.applicationId)} cannot be used`,
    ),
  };
  return [wayOfApplication('undetermined', { about, question }, row)];
}

const wayOfApplication = (
  outcome: Finding['outcome'],
  settles: Pick<Finding, 'about' | 'route' | 'question'>,
  row: ApplicationRow,
): Finding =>
  new UnspokenFinding(
    outcome,
    [],
    settles,
    () => ({ application: shownId(row.applicationId) }),
    () => [applicationEvidence(row)],
  );

function byApp({ coupon }: CaseFile, terms: Terms): readonly Finding[] {
  const { account } = coupon;
  if (account === undefined || !account.active) return [];
  const about = 'app_url';
  const seen = () => ({
    account: shownUnlessPersonal(account.accountId),
    coupons: account.couponCount,
    phones: account.phones.length,
    emails: account.emails.length,
  });
  const issuance = () => [coupon.issuance];
  if (isShared(account, terms)) {
    const question: Question = {
      reason: 'SHARED_ACCOUNT',
      onRoute: true,
      detail: text(
        `アカウント ${shownUnlessPersonal(account.accountId)} にクーポンが ${account.couponCount} 枚ある`,
        `account ${shownUnlessPersonal(account.accountId)} has ${account.couponCount} coupons`,
      ),
    };
    return [new UnspokenFinding('undetermined', [], { about, question }, seen, issuance)];
  }
  if (account.phones.length > 1 || account.emails.length > 1) {
    const question: Question = {
      reason: 'CONTACT_CONFLICT',
      onRoute: true,
      detail: text(
        `アカウント ${shownUnlessPersonal(account.accountId)} に違う連絡先がある`,
        `account ${shownUnlessPersonal(account.accountId)} has contacts that differ`,
      ),
    };
    return [new UnspokenFinding('undetermined', [], { about, question }, seen, () => account.coupons)];
  }
  const route = appRoute(account, terms);
  if (route === undefined) return [new UnspokenFinding('not met', [], { about }, seen, issuance)];
  return [new UnspokenFinding('met', [], { about, route }, seen, issuance)];
}

/** More coupons than one person can be believed to have: a word that stands for no account, or many people\u2019s (R15). */
const isShared = ({ couponCount }: Account, { mostCouponsPerAccount }: Terms): boolean =>
  mostCouponsPerAccount !== undefined && couponCount > mostCouponsPerAccount;

/** To the app, if the account is active and one person\u2019s, its contacts agree, and one of them can be used. */
export function appRoute(account: Account, terms: Terms): RouteFound | undefined {
  if (!account.active || isShared(account, terms)) return undefined;
  const { accountId, phones, emails } = account;
  if (phones.length > 1 || emails.length > 1) return undefined;
  const to = deliverTo(phones, emails);
  return to === undefined ? undefined : { route: 'app_url', recipient: `account:${accountId}`, deliverTo: to };
}

function byApplication(row: ApplicationRow | undefined): readonly Finding[] {
  if (row?.method !== 'points') return [];
  const about = 'application_url';
  const to = deliverTo([row.phone], [row.email]);
  if (to === undefined) return [wayOfApplication('not met', { about }, row)];
  return [wayOfApplication('met', { about, route: { route: about, recipient: `contact:${to}`, deliverTo: to } }, row)];
}

function noContact({ coupon }: CaseFile, row: ApplicationRow | undefined): readonly Finding[] {
  const applied = row?.method === 'points';
  if (coupon.account?.active !== true && !applied) return [];
  return [
    {
      about: 'no_contact',
      outcome: 'undetermined',
      seen: { active_account: coupon.account?.active === true, applied_for_points: applied },
      missing: [text('使える電話番号かメール(本人)', 'a phone or e-mail that can be used (the holder)')],
      evidence: [coupon.issuance, ...(applied && row !== undefined ? [applicationEvidence(row)] : [])],
      question: {
        reason: 'NO_CONTACT',
        onRoute: true,
        detail: text('使える送り先がない', 'nowhere to send it'),
      },
    },
  ];
}
