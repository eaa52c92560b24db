import { text } from '../../base/text.ts';
import type { Account } from '../../ledger/case.ts';
import { shownUnlessPersonal } from '../../policy/personal-data.ts';
import type { Terms } from '../../policy/terms.ts';
import { deliverTo } from '../destinations.ts';
import type { Question, RouteFound } from '../finding.ts';
import { type Channel, found } from './channel.ts';

const id = 'app_url';

/** The URL of the receiving site, to the contact registered with the app account that the coupon was charged to. */
export const appUrl: Channel = {
  id,
  name: text('アプリ登録先に URL を送付', 'URL to the app\u2019s registered contact'),
  paidBy: text(
    'アプリにご登録の連絡先に、受取サイトのご案内をお送りする予定です',
    'as a link to the receiving site, to the contact registered in the app',
  ),
  sentBy: text(
    'アプリにご登録の連絡先に、受取サイトのご案内をお送りしました',
    'as a link to the receiving site, to the contact registered in the app',
  ),
  notBefore: (terms) => terms.pointsFrom,
  hasDeadline: true,
  namesRecipient: false,
  seek: ({ coupon }, terms) => {
    const { account } = coupon;
    if (account === undefined || !account.active) return undefined;
    const question = questionOn(account, terms);
    const route = routeTo(account, terms);
    const outcome = question !== undefined ? 'undetermined' : route !== undefined ? 'met' : 'not met';
    const facts = () => ({
      account: shownUnlessPersonal(account.accountId),
      coupons: account.couponCount,
      phones: account.phones.length,
      emails: account.emails.length,
    });
    const evidence = () => (question?.reason === 'CONTACT_CONFLICT' ? account.coupons : [coupon.issuance]);
    return found(id, { outcome, route, question }, facts, evidence);
  },
  onPlainCoupon: (account, terms) =>
    account?.active === true ? (routeTo(account, terms) ?? 'for the rules') : undefined,
  words: {
    taken: ({ coupon }) =>
      text(
        `アカウント ${shown(coupon.account)} の登録先を使います`,
        `taken: sent to the contact registered with account ${shown(coupon.account)}`,
      ),
    unusable: ({ coupon }) =>
      text(
        `アカウント ${shown(coupon.account)} には、使える携帯電話番号もメールもありません`,
        `account ${shown(coupon.account)} has neither a mobile number nor an e-mail address that can be used`,
      ),
    nothingThere: ({ account, medium }) => {
      if (account !== undefined)
        return text(
          `アカウント ${shown(account)} は退会しています`,
          `the holder of account ${shown(account)} has left the app`,
        );
      // A coupon in the app was never on paper that could be charged to it.
      return medium === 'paper'
        ? text('アプリにチャージされていません', 'the coupon was not charged to the app')
        : text('アプリのアカウントが分かりません', 'the account of the app is not known');
    },
  },
};

const shown = (account: Account | undefined): string => shownUnlessPersonal(account?.accountId ?? '');

/** Whether the account can be one person\u2019s, and which of its contacts is right. */
function questionOn(account: Account, terms: Terms): Question | undefined {
  if (isShared(account, terms)) {
    const detail = text(
      `アカウント ${shown(account)} にクーポンが ${account.couponCount} 枚ある`,
      `account ${shown(account)} has ${account.couponCount} coupons`,
    );
    return { reason: 'SHARED_ACCOUNT', onRoute: true, detail };
  }
  if (!isContradictory(account)) return undefined;
  const detail = text(
    `アカウント ${shown(account)} に違う連絡先がある`,
    `account ${shown(account)} has contacts that differ`,
  );
  return { reason: 'CONTACT_CONFLICT', onRoute: true, detail };
}

/** More coupons than one person can be believed to have: a word that stands for no account, or many people\u2019s (R15). */
const isShared = ({ couponCount }: Account, { mostCouponsPerAccount }: Terms): boolean =>
  mostCouponsPerAccount !== undefined && couponCount > mostCouponsPerAccount;

const isContradictory = ({ phones, emails }: Account): boolean => phones.length > 1 || emails.length > 1;

/** Of an active account: if it is one person\u2019s, its contacts agree, and one of them can be used. */
function routeTo(account: Account, terms: Terms): RouteFound | undefined {
  if (isShared(account, terms) || isContradictory(account)) return undefined;
  const { accountId, phones, emails } = account;
  const contact = deliverTo(phones, emails);
  if (contact === undefined) return undefined;
  return { route: id, destination: { kind: 'app account', accountId, contact } };
}
