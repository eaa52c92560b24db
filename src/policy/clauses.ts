import { type Text, text } from '../base/text.ts';
import { isTheBalance, shareWords } from './compensation.ts';
import { isOffered, type Terms } from './terms.ts';
import {
  isExtendedAlike,
  isOnPaperAlone,
  listed,
  mediumWords,
  outageSpans,
  outageTime,
  readAfter,
  type Wording,
} from './wording.ts';

export type ClauseId =
  | '0'
  | '1'
  | '1A'
  | '1B1'
  | '1B2'
  | '1other'
  | '2A1'
  | '2A2'
  | '2A2a'
  | '2A2i'
  | '2B1'
  | '2B2'
  | '2bank'
  | '3';

/**
 * A clause of the notice in our own words. As it is declared, its words may be made from the terms in force, of which
 * `{term}` is filled; under a policy it is a plain text. Its source is told in 1-notice.md, "Where each clause stands".
 */
export interface Clause<Says extends Wording = Text> {
  readonly id: ClauseId;
  readonly printedAs: string;
  readonly says: Says;
  /** Why no rule encodes it, where none does. */
  readonly notEncoded?: Text;
}

export const CLAUSES: readonly Clause<Wording>[] = [
  {
    id: '0',
    printedAs: '見出し',
    says: (terms) => {
      const [when, { coupons, used }, own] = [outageTime(terms), mediumWords(terms), prefectureWords(terms)];
      return text(
        `${when.ja}${coupons.ja}の${used.ja}ができなくなった。対象は都道府県コード ${own.ja} の事業。`,
        `${when.en} ${coupons.en} could not be ${used.en}. Programme of ${own.en}.`,
      );
    },
  },
  {
    id: '1',
    printedAs: '1',
    says: (terms) => {
      const { coupon } = mediumWords(terms);
      return text(
        `旅行支援で${coupon.ja}を受け取り、(A) か (B) に当てはまる人を補償する。`,
        `Compensation covers people who received ${coupon.en} under the travel support and meet (A) or (B).`,
      );
    },
  },
  {
    id: '1A',
    printedAs: '1(A)',
    says: (terms) => {
      if (terms.cohorts.length > 1) return leftOfCohorts(terms);
      return readAfter(terms) === 'expiry'
        ? text(
            '有効期限が {originalExpiry0} までで、その日が終わった時点で {minimumResidualYen} 円以上残っているクーポン。',
            'A coupon valid until {originalExpiry0} that still holds at least {minimumResidualYen} yen at the end of that day.',
          )
        : text(
            '有効期限が {originalExpiry0} までで、{firstExtension0} までの延長が終わった時点で {minimumResidualYen} 円以上残っているクーポン。',
            'A coupon valid until {originalExpiry0} that still holds at least {minimumResidualYen} yen when the extension to {firstExtension0} has ended.',
          );
    },
  },
  {
    id: '1B1',
    printedAs: '1(B)①',
    says: (terms) => {
      const spans = outageSpans(terms);
      return text(
        `障害中(${spans.ja})にクーポンが使えず現金などで払ったのに、残高も引かれていた。`,
        `During the outage (${spans.en}) the coupon could not be used, the person paid in cash or the like, and the balance was deducted all the same.`,
      );
    },
  },
  {
    id: '1B2',
    printedAs: '1(B)②',
    says: text(
      '障害中に決済ボタンを二度以上押し、二度以上決済された。',
      'During the outage the pay button was pressed more than once and more than one payment was settled.',
    ),
  },
  {
    id: '1other',
    printedAs: '1※',
    says: text(
      '障害中の決済でそのほかのことが起きた人は、コールセンターに申し出る。',
      'Whoever met with anything else in a payment during the outage turns to the call centre.',
    ),
  },
  {
    id: '2A1',
    printedAs: '2(A)①',
    says: ({ cohorts }) => {
      if (cohorts.length === 1)
        return text(
          '(A) のクーポンは {secondExtension0} の終わりまで使えるようにする。',
          'An (A) coupon can be used until the end of {secondExtension0}.',
        );
      const each = cohorts.map((_, place) => [`{originalExpiry${place}}`, `{secondExtension${place}}`] as const);
      return text(
        `(A) のクーポンは、${each.map(([expiry, end]) => `有効期限が ${expiry} のものは ${end} の終わりまで`).join('、')}使えるようにする。`,
        `An (A) coupon can be used longer: ${each.map(([expiry, end]) => `one valid until ${expiry} until the end of ${end}`).join(', ')}.`,
      );
    },
  },
  {
    id: '2A2',
    printedAs: '2(A)②',
    says: (terms) => {
      if (!isTheBalance(terms)) return sharePaid(terms);
      const end = lastMinute(terms);
      return terms.pointsFrom === undefined
        ? text(
            `{bankTransfersFrom} ごろから、${end.ja}時点の残高と同じ額を口座に振り込む。ポイントは送らない。`,
            `From about {bankTransfersFrom}, the balance at ${end.en} is refunded by bank transfer; no points are sent.`,
          )
        : text(
            `{pointsFrom} から、${end.ja}時点の残高と同じ額のポイントを送る。`,
            `From {pointsFrom}, points worth the balance at ${end.en} are sent.`,
          );
    },
  },
  {
    id: '2A2a',
    printedAs: '2(A)②ア',
    says: (terms) => {
      if (!isOffered(terms, 'points'))
        return text(
          'アプリのアカウントが分かる人も、口座を申請する。登録された連絡先には何も送らない。',
          'Who has an account of the app applies with a bank account as well: nothing is sent to the contact registered there.',
        );
      const who = isOnPaperAlone(terms)
        ? text('アプリにチャージしていた人は', 'Coupon charged to the app')
        : text('アプリのアカウントが分かる人は', 'Account of the app known');
      const until = receivedBy(terms);
      return text(
        `${who.ja}手続き不要。登録された電話番号かメールに受取サイトの URL を送る。${until.ja}`,
        `${who.en}: nothing to do; the URL of the receiving site goes to the registered phone or e-mail. ${until.en}`,
      );
    },
  },
  {
    id: '2A2i',
    printedAs: '2(A)②イ',
    says: (terms) => {
      if (!isOffered(terms, 'points')) return applyForTransfer(terms);
      const who = isOnPaperAlone(terms)
        ? text('アプリを使わなかった人・退会した人は', 'Not charged to the app, or no longer a member')
        : text('アプリのアカウントが分からない人・退会した人は', 'No account of the app known, or no longer a member');
      const [when, until] = [applyWithin(terms), receivedBy(terms)];
      return text(
        `${who.ja}${when.ja}特設サイトで申請する。${until.ja}`,
        `${who.en}: apply on the special site${when.en}. ${until.en}`,
      );
    },
  },
  {
    id: '2B1',
    printedAs: '2(B)①',
    says: ({ claimsClose }) =>
      claimsClose === undefined
        ? text(
            '(B) はコールセンターへの申出で始まる。番号・有効期限・都道府県・店名を聞く。',
            '(B) begins with a call to the call centre, which asks for the number, the expiry, the prefecture and the shop.',
          )
        : text(
            '(B) はコールセンターへの申出で始まる(受付は {claimsClose} まで)。番号・有効期限・都道府県・店名を聞く。',
            '(B) begins with a call to the call centre by {claimsClose}, which asks for the number, the expiry, the prefecture and the shop.',
          ),
  },
  {
    id: '2B2',
    printedAs: '2(B)②',
    says: (terms) => {
      const rest = isTheBalance(terms)
        ? text('', '')
        : text('まだ戻し入れていない額は、全額を返す。', ' What was not put back by then is given back in full.');
      const until = isExtendedAlike(terms)
        ? text(' {secondExtension} まで', 'to {secondExtension}')
        : text(
            '、(A) の有効期限のものは (A)① と同じ日まで、ほかは {secondExtension} まで',
            'as under 2(A)① if its expiry is one of (A), else to {secondExtension},',
          );
      return text(
        `申出と店の記録が確かめられたら${until.ja}延長し、残高を戻し入れる。使い切れなければ (A)② と同じ扱い。${rest.ja}`,
        `Once the call and the shop\u2019s record agree, the coupon is extended ${until.en} and the balance put back; what is left then is treated as under 2(A)②.${rest.en}`,
      );
    },
  },
  {
    id: '2bank',
    printedAs: '2※',
    says: (terms) => {
      if (!isOffered(terms, 'bank_transfer'))
        return text('口座への振込はない。', 'Nothing is refunded by bank transfer.');
      const [who, within] = [
        isOffered(terms, 'points')
          ? text('ポイントを望まない人', 'Who does not want points')
          : text('補償を受ける人', 'Whoever is covered'),
        applyForTransferWithin(terms),
      ];
      return text(
        `${who.ja}は特設サイトで${within.ja}口座を申請し、{bankTransfersFrom} ごろから順に振り込む。`,
        `${who.en} applies with a bank account${within.en} and is refunded by transfer, in turn, from about {bankTransfersFrom}.`,
      );
    },
  },
  {
    id: '3',
    printedAs: '3',
    says: text('問い合わせ先。', 'The call centre.'),
    notEncoded: text(
      '連絡先の案内であり、金額にも対象にも影響しない。',
      'It gives a telephone number; it decides neither who is covered nor how much.',
    ),
  },
];

/** The prefectures by their codes; Japanese puts the word for them before. */
function prefectureWords({ prefectures }: Terms): Text {
  const codes = listed(prefectures.map((_, place) => `{prefecture${place}}`));
  return text(codes.ja, `${prefectures.length === 1 ? 'prefecture' : 'prefectures'} ${codes.en}`);
}

/** When something has to be left on a coupon of (A), expiry by expiry. */
function leftOfCohorts({ cohorts }: Terms): Text {
  const each = cohorts.map(({ firstExtension }, place) => {
    const [expiry, end] = [`{originalExpiry${place}}`, `{firstExtension${place}}`];
    return firstExtension === undefined
      ? text(`${expiry} のものはその日が終わった時点`, `one valid until ${expiry} at the end of that day`)
      : text(
          `${expiry} のものは ${end} までの延長が終わった時点`,
          `one valid until ${expiry} when the extension to ${end} has ended`,
        );
  });
  return text(
    `有効期限が${each.map(({ ja }) => ` ${ja}`).join('、')}で {minimumResidualYen} 円以上残っているクーポン。`,
    `A coupon that still holds at least {minimumResidualYen} yen: ${each.map(({ en }) => en).join('; ')}.`,
  );
}

/** When what is left is read; Japanese goes on without a blank. */
const lastMinute = (terms: Terms): Text =>
  isExtendedAlike(terms)
    ? text('{secondExtension} 23:59 ', '{secondExtension} 23:59')
    : text('延長の最後の日の 23:59 ', '23:59 of the last day of its extension');

/** Where it is not the balance as it stands. */
function sharePaid(terms: Terms): Text {
  const [share, end] = [shareWords(terms), lastMinute(terms)];
  return terms.pointsFrom === undefined
    ? text(
        `{bankTransfersFrom} ごろから、${end.ja}時点で残高のあるクーポンについて、${share.ja}を口座に振り込む。ポイントは送らない。`,
        `From about {bankTransfersFrom}, whoever has a balance at ${end.en} is paid by bank transfer: ${share.en}; no points are sent.`,
      )
    : text(
        `{pointsFrom} から、${end.ja}時点で残高のあるクーポンについて、${share.ja}のポイントを送る。`,
        `From {pointsFrom}, points are sent to whoever has a balance at ${end.en}: ${share.en}.`,
      );
}

/** Where nothing else is paid, so that everybody applies for it. */
function applyForTransfer(terms: Terms): Text {
  const within = applyForTransferWithin(terms);
  return text(
    `誰もが特設サイトで${within.ja}口座を申請する。`,
    `Everybody applies with a bank account on the special site${within.en}.`,
  );
}

/** An opening day of its own, and until when. */
function applyForTransferWithin({ applicationsOpen, bankApplicationsOpen, bankApplicationsClose }: Terms): Text {
  const isOwn = bankApplicationsOpen !== undefined && bankApplicationsOpen !== applicationsOpen;
  const from = isOwn ? text(' {bankApplicationsOpen} から', ' from {bankApplicationsOpen} on') : text('', '');
  if (bankApplicationsClose === undefined) return from;
  return isOwn
    ? text(
        ' {bankApplicationsOpen} から {bankApplicationsClose} までに',
        ' from {bankApplicationsOpen} to {bankApplicationsClose}',
      )
    : text(' {bankApplicationsClose} までに', ' by {bankApplicationsClose}');
}

/** Until when what is sent has to be received, as a sentence. */
const receivedBy = ({ receiveBy }: Terms): Text =>
  receiveBy === undefined
    ? text('受取の期限の定めはない。', 'No day is stated by which it has to be received.')
    : text('受取は {receiveBy} まで。', 'To be received by {receiveBy}.');

/** From when and until when to apply: what the notice states of it. */
function applyWithin({ applicationsOpen, applicationsClose }: Terms): Text {
  if (applicationsOpen === undefined)
    return applicationsClose === undefined
      ? text('', '')
      : text(' {applicationsClose} までに', ' by {applicationsClose}');
  return applicationsClose === undefined
    ? text(' {applicationsOpen} から', ' from {applicationsOpen} on')
    : text(' {applicationsOpen} から {applicationsClose} までに', ' from {applicationsOpen} to {applicationsClose}');
}
