import { type Text, text } from '../base/text.ts';
import type { TermDifference } from './term-differences.ts';

/** What a term is to whoever writes a policy from a notice. */
export interface TermMeaning {
  /** What the notice is asked. */
  readonly asks: Text;
  /** What follows from the answer, and what is meant where there is none. */
  readonly means: Text;
  /** As a policy file has it. */
  readonly example: string;
  /** What it comes to that it is a later day or a larger figure, or simply another. */
  readonly more: Text;
  /** The same of an earlier day, or of a smaller figure. */
  readonly less: Text;
  /** What it is not to be stated: of terms that need not be. */
  readonly absentIs?: 'more' | 'less';
}

/** In the order in which a policy states them. */
export const TERM_MEANINGS: Readonly<Record<string, TermMeaning>> = {
  prefecture: {
    asks: text('どの都道府県の事業か', 'Which prefecture’s programme is it?'),
    means: text(
      'JIS X 0401 の 2 桁で書く。ほかの県のクーポンは対象外として数えるだけになる',
      'Two digits of JIS X 0401. Coupons of any other prefecture are counted as out of scope',
    ),
    example: '13',
    more: text('別の県のクーポンが対象になる', 'the coupons of another prefecture are judged'),
    less: text('別の県のクーポンが対象になる', 'the coupons of another prefecture are judged'),
  },
  medium: {
    asks: text('クーポンは紙か、アプリか', 'Are the coupons on paper, or in the app?'),
    means: text(
      'paper(紙)か app(アプリ)。もう一方の媒体のクーポンは対象外になる',
      'paper or app. Coupons on the other medium are out of scope',
    ),
    example: 'paper',
    more: text('もう一方の媒体のクーポンが対象になる', 'the coupons on the other medium are judged'),
    less: text('もう一方の媒体のクーポンが対象になる', 'the coupons on the other medium are judged'),
  },
  outageFrom: {
    asks: text('障害はいつ始まったか', 'When did the outage begin?'),
    means: text(
      '日本時間。この時刻からの決済が (B) の対象になる',
      'Japan time. Payments from here on can give a ground (B)',
    ),
    example: '2031-07-14T18:20',
    more: text(
      '障害が遅く始まり、それより前の決済は (B) にならない',
      'the outage begins later: what was paid before it gives no (B)',
    ),
    less: text(
      '障害が早く始まり、その間の決済も (B) になり得る',
      'the outage begins earlier: what was paid in between can give a (B), too',
    ),
  },
  outageTo: {
    asks: text('障害はいつ終わったか', 'When did it end?'),
    means: text(
      '日本時間。書いた分までを含む。秒まで書けばその秒まで(R1)',
      'Japan time. The minute that is named is part of it; with seconds, that second (R1)',
    ),
    example: '2031-07-14T23:05',
    more: text(
      '障害が遅く終わり、その間の決済も (B) になり得る',
      'the outage ends later: what was paid in between can give a (B), too',
    ),
    less: text(
      '障害が早く終わり、それより後の決済は (B) にならない',
      'the outage ends earlier: what was paid after it gives no (B)',
    ),
  },
  originalExpiry: {
    asks: text(
      '障害で使えないまま期限を迎えたクーポンの、もとの有効期限はいつか',
      'Until when were the coupons valid that expired because of it?',
    ),
    means: text(
      '(A) になるのは、ちょうどこの日が期限のクーポンだけ(R2)。いくつもあれば、できたファイルを版 2 に直して cohorts に書く',
      'Only coupons with exactly this expiry are in (A) (R2). Where there are several, make the file version 2 and list them in cohorts',
    ),
    example: '2031-07-14',
    more: text('(A) になるのは、期限が遅い別のクーポンになる', 'other coupons are in (A): those that expired later'),
    less: text('(A) になるのは、期限が早い別のクーポンになる', 'other coupons are in (A): those that expired earlier'),
  },
  firstExtension: {
    asks: text('最初に、いつまで延長したか', 'Until when were they extended at first?'),
    means: text(
      '(A) は、この日の終わりに残高があるクーポン。延長がなければ書かない(もとの期限の終わりに見る)',
      '(A) asks for a balance at the end of this day. Left out where there was no such extension: it is then read at the original expiry',
    ),
    example: '2031-07-16',
    more: text('(A) の残高を見る日が遅くなる', 'the balance that makes (A) is read later'),
    less: text('(A) の残高を見る日が早くなる', 'the balance that makes (A) is read earlier'),
    absentIs: 'less',
  },
  secondExtension: {
    asks: text('補償として、いつまで使えるように延ばすか', 'Until when are coupons extended by way of compensation?'),
    means: text(
      'この日の終わりに残っている額を払う。それまでは使い続けられる',
      'What is left at the end of this day is paid. Until then coupons can be used',
    ),
    example: '2031-08-20',
    more: text('使える日が増え、残高を読むのも払うのも遅くなる', 'coupons can be used longer, and are paid later'),
    less: text('使える日が減り、残高を読むのも払うのも早くなる', 'coupons can be used less long, and are paid earlier'),
  },
  minimumResidualYen: {
    asks: text('(A) には、いくら以上の残高が要るか', 'How much must be left on a coupon of (A)?'),
    means: text('円。「残高がある」だけなら 1', 'In yen; 1 where the notice says no more than that something is left'),
    example: '1',
    more: text('(A) に要る残高が増え、対象が減る', '(A) asks for more to be left: fewer coupons are in it'),
    less: text('(A) に要る残高が減り、対象が増える', '(A) asks for less to be left: more coupons are in it'),
  },
  applicationsOpen: {
    asks: text('申請の受付はいつからか', 'From when on can people apply?'),
    means: text(
      'それより前の申請は数えない。書かれていなければ省く',
      'An application before it counts for nothing. Left out where nothing is stated',
    ),
    example: '2031-08-01',
    more: text(
      '受付が遅く始まり、それより前の申請は数えない',
      'applications open later: earlier ones count for nothing',
    ),
    less: text(
      '受付が早く始まり、その間の申請も間に合う',
      'applications open earlier: those in between are in time, too',
    ),
    absentIs: 'less',
  },
  applicationsClose: {
    asks: text('ポイントの申請の締切はいつか', 'Until when can people apply for points?'),
    means: text(
      'この日の終わりまで。書かれていなければ省く(締切はない)',
      'Until the end of this day. Left out where none is stated: none closes',
    ),
    example: '2031-09-10',
    more: text('締切が延び、その間の申請も間に合う', 'people can apply longer: those in between are in time, too'),
    less: text('締切が早まり、その後の申請は間に合わない', 'people can apply less long: later ones are too late'),
    absentIs: 'more',
  },
  bankApplicationsClose: {
    asks: text('口座振込の申請の締切はいつか', 'Until when can people apply for a bank transfer?'),
    means: text(
      'ポイントの締切とは別に決める。書かれていなければ省く(締切はない。R9)',
      'Apart from that for points. Left out where none is stated: none closes (R9)',
    ),
    example: '2031-09-20',
    more: text('振込の申請の締切が延びる', 'people can apply for a transfer longer'),
    less: text('振込の申請の締切が早まり、その後の申請は間に合わない', 'people can apply for a transfer less long'),
    absentIs: 'more',
  },
  claimsClose: {
    asks: text('コールセンターへの申出の締切はいつか', 'Until when can people call about (B)?'),
    means: text(
      'この日の終わりまで。書かれていなければ省く(いつまでも受け付ける。R9)',
      'Until the end of this day. Left out where none is stated: calls are in time for ever (R9)',
    ),
    example: '2031-08-31',
    more: text(
      '申出の締切が延び、その間の申出も (B) になり得る',
      'people can call longer: those calls can give a (B), too',
    ),
    less: text(
      '申出の締切が早まり、その後の申出は数えない',
      'people can call less long: later calls count for nothing',
    ),
    absentIs: 'more',
  },
  pointsFrom: {
    asks: text('ポイントはいつから送るか', 'From when on are points sent?'),
    means: text('それより前に支払えるようになっても、この日を待つ', 'Whatever is payable earlier waits for this day'),
    example: '2031-08-21',
    more: text('ポイントを送る日が遅くなる', 'points are sent later'),
    less: text('ポイントを送る日が早くなる', 'points are sent earlier'),
  },
  bankTransfersFrom: {
    asks: text('口座振込はいつから始めるか', 'From when on are transfers made?'),
    means: text(
      '「中旬」のような書き方なら、日を決めてから書く',
      'Where the notice says no more than “mid month”, settle on a day first',
    ),
    example: '2031-09-25',
    more: text('振込の日が遅くなる', 'transfers are made later'),
    less: text('振込の日が早くなる', 'transfers are made earlier'),
  },
  receiveBy: {
    asks: text('ポイントはいつまでに受け取るか', 'Until when can points be received?'),
    means: text(
      'この日の終わりまでに送れなかった分は人の判断になる。書かれていなければ省く',
      'What could not be sent by then is a question for a person. Left out where none is stated',
    ),
    example: '2031-10-31',
    more: text('受け取れる日が延びる', 'points can be received longer'),
    less: text(
      '受け取れる日が短くなり、間に合わない支払は確認が要る',
      'points can be received less long: what is later is a question',
    ),
    absentIs: 'more',
  },
  repeatPressGapSeconds: {
    asks: text(
      '同じ額の決済が何秒以内に続けば、押し直しとみるか',
      'How many seconds apart are two equal payments still one press repeated?',
    ),
    means: text('お知らせには書かれない。決めた値を書く(R7)', 'No notice says it: what was settled on (R7)'),
    example: '300',
    more: text('間隔の空いた決済も押し直しとみる', 'payments further apart pass for one press repeated, too'),
    less: text('間隔の狭い決済だけを押し直しとみる', 'only payments closer together pass for one press repeated'),
  },
  matchToleranceMinutes: {
    asks: text(
      '店の売上と決済の時刻は、何分までずれてよいか',
      'How many minutes may a sale and its payment lie apart?',
    ),
    means: text(
      'お知らせには書かれない。レジの時計のずれを見て決める(R6)',
      'No notice says it: by how far tills’ clocks are off (R6)',
    ),
    example: '15',
    more: text('時刻の離れた売上とも突き合わせる', 'payments are paired with sales further away'),
    less: text('時刻の近い売上とだけ突き合わせる', 'payments are paired with nearer sales only'),
  },
  mostCouponsPerAccount: {
    asks: text(
      'ひとつのアカウントに何枚までなら、ひとりのものとみるか',
      'How many coupons can one account hold and still be one person’s?',
    ),
    means: text(
      'それより多いアカウントへの支払は確認が要る。決めなければ省く(R15)',
      'What goes to an account with more is a question for a person. Left out where nothing was settled on (R15)',
    ),
    example: '20',
    more: text(
      'もっと多くのクーポンを持つアカウントもひとりとみる',
      'accounts with more coupons pass for one person, too',
    ),
    less: text('クーポンの少ないアカウントも確認が要る', 'accounts with fewer coupons are a question, too'),
    absentIs: 'more',
  },
};

const UNKNOWN = text('別の条件になる', 'is another condition');

/** Terms that version 2 of a policy file states elsewhere. */
const OF_VERSION_2: readonly (readonly [path: RegExp, term: string])[] = [
  [/^prefectures\.\d+$/, 'prefecture'],
  [/^media\.\d+$/, 'medium'],
  [/^outages\.\d+\.from$/, 'outageFrom'],
  [/^outages\.\d+\.to$/, 'outageTo'],
  [/^cohorts\.[^.]+\.firstExtension$/, 'firstExtension'],
  [/^cohorts\.[^.]+\.secondExtension$/, 'secondExtension'],
  [/^(?:points|bank)\.applicationsOpen$/, 'applicationsOpen'],
  [/^points\.applicationsClose$/, 'applicationsClose'],
  [/^bank\.applicationsClose$/, 'bankApplicationsClose'],
  [/^points\.from$/, 'pointsFrom'],
  [/^bank\.from$/, 'bankTransfersFrom'],
  [/^points\.receiveBy$/, 'receiveBy'],
];
const ANOTHER_COMPENSATION = text('残高に対して払う額が変わる', 'another sum is paid for the balance');
/** A cohort of its own, or none any more; of a first extension it may be a cohort that stays. */
const COHORTS: readonly (readonly [path: RegExp, gone: Text, there: Text])[] = [
  [
    /^cohorts\.[^.]+\.originalExpiry$/,
    text('この有効期限のクーポンは (A) にならなくなる', 'coupons of this expiry are in (A) no more'),
    text('この有効期限のクーポンも (A) になる', 'coupons of this expiry are in (A), too'),
  ],
  [
    /^cohorts\.[^.]+\.firstExtension$/,
    text(
      'この有効期限の (A) は、この日の残高ではみない',
      'of this expiry (A) is not read at the end of this day any more',
    ),
    text('この有効期限の (A) は、この日の終わりの残高でみる', 'of this expiry (A) is read at the end of this day'),
  ],
  [
    /^cohorts\.[^.]+\.secondExtension$/,
    text('この有効期限の延長がなくなる', 'this expiry is not extended any more as one of (A)'),
    text('この有効期限は (A) としてこの日まで延長される', 'this expiry is extended to this day as one of (A)'),
  ],
];
const ROUTES: Readonly<Record<string, readonly [gone: Text, there: Text]>> = {
  'points.from': [
    text('ポイントでは払わなくなる', 'nothing is paid in points any more'),
    text('ポイントでも払うようになる', 'points are a way to be paid, too'),
  ],
  'bank.from': [
    text('口座へは振り込まなくなる', 'nothing is paid by bank transfer any more'),
    text('口座にも振り込むようになる', 'a bank transfer is a way to be paid, too'),
  ],
};
const WINDOW_GONE = text('障害の間がひとつ減る', 'there is one time of the outage less');
const WINDOW_MORE = text('障害の間がひとつ増える', 'there is one time of the outage more');

/** What only version 2 can state, or leave out. */
function meaningOfVersion2({ term, before, after }: TermDifference): Text | undefined {
  if (term.startsWith('compensation.')) return ANOTHER_COMPENSATION;
  if (before !== undefined && after !== undefined) return undefined;
  if (term.startsWith('outages.')) return after === undefined ? WINDOW_GONE : WINDOW_MORE;
  const ofCohort = COHORTS.find(([path]) => path.test(term));
  if (ofCohort !== undefined) return after === undefined ? ofCohort[1] : ofCohort[2];
  return ROUTES[term]?.[after === undefined ? 0 : 1];
}

/** What it comes to that a term is stated otherwise, in a sentence without its end. */
export function differenceMeaning(difference: TermDifference): Text {
  const { term, before, after } = difference;
  const own = meaningOfVersion2(difference);
  if (own !== undefined) return own;
  const meaning = TERM_MEANINGS[OF_VERSION_2.find(([path]) => path.test(term))?.[1] ?? term];
  if (meaning === undefined) return UNKNOWN;
  const { absentIs = 'more' } = meaning;
  if (after === undefined) return meaning[absentIs];
  if (before === undefined) return meaning[absentIs === 'more' ? 'less' : 'more'];
  return isMore(before, after) ? meaning.more : meaning.less;
}

/** Times in one form, so that one given to the second is held against one to the minute. */
function isMore(before: string | number, after: string | number): boolean {
  if (typeof before === 'number' && typeof after === 'number') return after > before;
  return String(after).replace(' ', 'T') > String(before).replace(' ', 'T');
}
