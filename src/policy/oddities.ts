import { type CalendarDate, DAY, dateOf, endOfDay, formatDate, type Instant, startOfDay } from '../base/instants.ts';
import { type Text, text } from '../base/text.ts';
import { shareOf } from './compensation.ts';
import {
  type CohortCheck,
  type DateTerm,
  lastExtensionOf,
  type PolicyCheck,
  type PolicyRemark,
  remarksOf,
  remarksOfCohorts,
} from './impossibilities.ts';
import { lengthOfOutage, type Policy } from './policy.ts';
import { secondExtensionsOf, type Terms } from './terms.ts';

/** What may be meant, and is worth a second look (1-notice.md, "What is odd"). */
export const odditiesOf = (policy: Policy): readonly PolicyRemark[] => [
  ...remarksOf(ODD_FIRST, policy),
  ...remarksOfCohorts(ODD_OF_COHORTS, policy),
  ...remarksOf(ODD, policy),
  ...windowsFarApart(policy),
  ...oddShares(policy),
];

const LONGEST_OUTAGE = 2 * DAY;
/** Days from the end of the outage to an expiry that it can have cost somebody. */
const NEAR_DAYS = 7;
/** Within as many the windows of one outage lie. */
const LONGEST_RECURRENCE = 31 * DAY;
/** From the end of the outage to the last day of any notice: a year is the slip that is made most. */
const YEAR_DAYS = 365;
/** No regional coupon was issued with as much. */
const LARGEST_FACE_YEN = 100_000;
/** No person has as many. */
const MOST_COUPONS = 1000;

const lastDateOf = ({ outageEnd }: Terms): number => dateOf(outageEnd - 1);

/** The first day at whose end the balance of any coupon is read. */
const firstCutOffDay = (terms: Terms): CalendarDate => secondExtensionsOf(terms)[0] ?? terms.secondExtension;

const beforeCutOff = (instant: Instant, terms: Terms): boolean => instant < endOfDay(firstCutOffDay(terms));

const sendsEarly = (term: 'pointsFrom' | 'bankTransfersFrom'): PolicyCheck => ({
  term: () => term,
  applies: (terms) => {
    const day = terms[term];
    return day !== undefined && beforeCutOff(startOfDay(day), terms);
  },
  says: (_, __, terms) => {
    const first = formatDate(firstCutOffDay(terms));
    return text(
      `残高を読む時点(${first} の終わり)より前です。それまでは何も支払えません`,
      `is before the balance is read (the end of ${first}), and nothing can be paid until then`,
    );
  },
});

const opensEarly = (
  term: 'applicationsOpen' | 'bankApplicationsOpen',
  isItsOwn: (terms: Terms) => boolean,
): PolicyCheck => ({
  term: () => term,
  applies: (terms) => {
    const day = terms[term];
    return day !== undefined && day < dateOf(terms.outageFrom) && isItsOwn(terms);
  },
  says: ({ outageFrom }) =>
    text(`障害の始まり(${outageFrom})より前の日です`, `is a day before the outage begins (${outageFrom})`),
});

const closesEarly = (term: 'applicationsClose' | 'bankApplicationsClose'): PolicyCheck => ({
  term: () => term,
  applies: (terms) => {
    const day = terms[term];
    return day !== undefined && day <= lastExtensionOf(terms);
  },
  says: (_, __, terms) => {
    const last = formatDate(lastExtensionOf(terms));
    return text(
      `残高を読む時点(${last} の終わり)までに締め切られます。額が決まる前に申請しなければなりません`,
      `closes by the time the balance is read (the end of ${last}): people must apply before the amount is known`,
    );
  },
});

const beyondOutage = (
  term: 'repeatPressGapSeconds' | 'matchToleranceMinutes',
  spanOf: (terms: Terms) => number,
  words: Text,
): PolicyCheck => ({
  term: () => term,
  applies: (terms) => spanOf(terms) > lengthOfOutage(terms),
  says: () => words,
});

/** A window that is off by a month or a year makes no window longer, and puts no two out of order. */
const windowsFarApart = ({ terms: { outages, outageFrom, outageEnd } }: Policy): readonly PolicyRemark[] =>
  outages.length === 1 || outageEnd - outageFrom <= LONGEST_RECURRENCE
    ? []
    : [
        {
          term: 'outages',
          says: text(
            '初めから終わりまでが 31 日より長くなっています。ひとつの障害か確かめてください',
            'are more than 31 days from first to last: check that they are one outage',
          ),
        },
      ];

/** Sums that no coupon can come to, or that another sum takes the place of. */
function oddShares({ terms }: Policy): readonly PolicyRemark[] {
  const { compensation } = terms;
  const { minimumYen, capPerCouponYen, capPerPersonYen } = compensation;
  const yen = compensation.kind === 'fixed' ? compensation.yen : 0;
  const isCut = capPerCouponYen !== undefined && capPerCouponYen < yen;
  const isEndless = capPerCouponYen !== undefined && capPerCouponYen > LARGEST_FACE_YEN;
  const never = text(
    `capPerCouponYen(${capPerCouponYen})より大きいので、書かれた額は払われません`,
    `is more than capPerCouponYen (${capPerCouponYen}), and is never paid`,
  );
  const unreached = text(
    `どのクーポンの残高もこの額(${minimumYen})になりません。誰にも支払えません`,
    `is more than any balance of a coupon comes to (${minimumYen}): nobody would be paid`,
  );
  return [
    ...(yen > LARGEST_FACE_YEN ? [{ term: 'compensation.yen', says: ABOVE_FACE }] : []),
    ...(isCut ? [{ term: 'compensation.yen', says: never }] : []),
    ...(isEndless ? [{ term: 'compensation.capPerCouponYen', says: ABOVE_FACE }] : []),
    ...(capPerPersonYen !== undefined && capPerPersonYen > LARGEST_FACE_YEN * MOST_COUPONS
      ? [{ term: 'compensation.capPerPersonYen', says: ABOVE_PERSON }]
      : []),
    ...(shareOf(terms, LARGEST_FACE_YEN) === 0 ? [{ term: 'compensation.minimumYen', says: unreached }] : []),
  ];
}

const ABOVE_FACE = text('どのクーポンの額面よりも大きい額です', 'is above the face value of any coupon');

const ABOVE_PERSON = text('ひとりが持つとは考えられない額です', 'is more than all coupons of any person come to');

const farAfter = (
  term: DateTerm | 'secondExtension',
  isItsOwn: (terms: Terms) => boolean = () => true,
): PolicyCheck => ({
  term: () => term,
  applies: (terms) => (terms[term] ?? 0) > lastDateOf(terms) + YEAR_DAYS && isItsOwn(terms),
  says: ({ outageTo }) => yearAfter(outageTo),
});

const yearAfter = (outageTo: string | number | undefined): Text =>
  text(
    `障害の終わり(${outageTo})から 1 年より後です。年を確かめてください`,
    `is more than a year after the outage ends (${outageTo}): check the year`,
  );

const isNothing = (
  term: 'repeatPressGapSeconds' | 'matchToleranceMinutes',
  spanOf: (terms: Terms) => number,
  words: Text,
): PolicyCheck => ({ term: () => term, applies: (terms) => spanOf(terms) === 0, says: () => words });

/** In version 1 it is the same day, and told once. */
const opensApart = (terms: Terms): boolean => terms.bankApplicationsOpen !== terms.applicationsOpen;

const ODD_FIRST: readonly PolicyCheck[] = [
  {
    term: () => 'outageTo',
    applies: ({ outages }) => outages.some(({ from, end }) => end - from > LONGEST_OUTAGE),
    says: ({ outageFrom }) =>
      text(
        `障害(${outageFrom} から)が 2 日より長くなっています`,
        `makes the outage (from ${outageFrom}) longer than two days`,
      ),
  },
];

const ODD_OF_COHORTS: readonly CohortCheck[] = [
  {
    // Where it is that of the terms, it is told there.
    term: 'secondExtension',
    applies: ({ secondExtension }, terms) =>
      secondExtension > lastDateOf(terms) + YEAR_DAYS && secondExtension !== terms.secondExtension,
    says: (_, { outageTo }) => yearAfter(outageTo),
  },
  {
    term: 'originalExpiry',
    applies: ({ originalExpiry }, { outageFrom }) => originalExpiry < dateOf(outageFrom),
    says: (_, { outageFrom }) =>
      text(
        `障害の始まり(${outageFrom})より前の日です。すでに期限の切れたクーポンが (A) になります`,
        `is a day before the outage begins (${outageFrom}): coupons that had expired already are in (A)`,
      ),
  },
  {
    term: 'originalExpiry',
    applies: ({ originalExpiry }, terms) => originalExpiry > lastDateOf(terms) + NEAR_DAYS,
    says: (_, { outageTo }) =>
      text(
        `障害の終わり(${outageTo})から ${NEAR_DAYS} 日より後です。障害のために使えなかったクーポンの期限か確かめてください`,
        `is more than ${NEAR_DAYS} days after the outage ends (${outageTo}): check that coupons expired because of it`,
      ),
  },
  {
    term: 'secondExtension',
    applies: (cohort, { cohorts }) =>
      cohorts.some(
        ({ originalExpiry, secondExtension }) =>
          originalExpiry < cohort.originalExpiry && secondExtension > cohort.secondExtension,
      ),
    says: () =>
      text(
        '有効期限のもっと早いクーポンが、これより後まで延長されています',
        'coupons of an earlier expiry are extended for longer',
      ),
  },
];

const ODD: readonly PolicyCheck[] = [
  {
    term: () => 'minimumResidualYen',
    applies: ({ minimumResidualYen }) => minimumResidualYen > LARGEST_FACE_YEN,
    says: () =>
      text(
        'どのクーポンの額面よりも大きく、(A) に当たるクーポンがなくなります',
        'is above the face value of any coupon, so that none would be in (A)',
      ),
  },
  opensEarly('applicationsOpen', () => true),
  opensEarly('bankApplicationsOpen', opensApart),
  closesEarly('applicationsClose'),
  closesEarly('bankApplicationsClose'),
  {
    term: () => 'claimsClose',
    applies: ({ claimsClose, outageEnd }) => claimsClose !== undefined && endOfDay(claimsClose) < outageEnd,
    says: ({ outageTo }) =>
      text(`障害の終わり(${outageTo})より前に締め切られます`, `closes before the outage ends (${outageTo})`),
  },
  {
    term: () => 'claimsClose',
    applies: ({ claimsClose }) => claimsClose === undefined,
    says: () =>
      text(
        '申出の締切が書かれていません。申出はいつまでも受け付けます(R9)',
        'is not stated: calls are in time for ever (R9)',
      ),
  },
  sendsEarly('pointsFrom'),
  sendsEarly('bankTransfersFrom'),
  {
    term: () => 'receiveBy',
    applies: ({ receiveBy, applicationsClose }) =>
      receiveBy !== undefined && applicationsClose !== undefined && receiveBy < applicationsClose,
    says: ({ applicationsClose }) =>
      text(
        `申請の締切(${applicationsClose})より前です。締切間際の申請は受取期限に間に合いません`,
        `is before applications close (${applicationsClose}): who applies in the last days cannot receive in time`,
      ),
  },
  beyondOutage(
    'repeatPressGapSeconds',
    ({ repeatPressGap }) => repeatPressGap,
    text(
      '障害の長さを超えています。障害中の同じ額の決済は、どれだけ離れていても押し直しになります',
      'is longer than the outage: any two equal payments in it pass for one press repeated',
    ),
  ),
  beyondOutage(
    'matchToleranceMinutes',
    ({ matchTolerance }) => matchTolerance,
    text(
      '障害の長さを超えています。障害の前後の売上とも突き合わせます',
      'is longer than the outage: payments are paired with sales well before and after it',
    ),
  ),
  isNothing(
    'repeatPressGapSeconds',
    ({ repeatPressGap }) => repeatPressGap,
    text(
      '0 です。まったく同じ時刻の決済だけが押し直しになります',
      'is 0: only payments of the very same time pass for one press repeated',
    ),
  ),
  isNothing(
    'matchToleranceMinutes',
    ({ matchTolerance }) => matchTolerance,
    text(
      '0 です。店のレジの時計が少しでもずれていると、売上と決済が突き合いません',
      'is 0: where a till’s clock is off at all, its sales are paired with no payment',
    ),
  ),
  {
    term: () => 'bankTransfersFrom',
    applies: ({ bankTransfersFrom, bankApplicationsOpen }) =>
      bankTransfersFrom !== undefined && bankApplicationsOpen !== undefined && bankTransfersFrom < bankApplicationsOpen,
    says: ({ bankApplicationsOpen }) =>
      text(
        `申請の受付開始(${bankApplicationsOpen})より前です。申請がなければ振り込めません`,
        `is before applications for a transfer open (${bankApplicationsOpen}), and nothing is transferred without one`,
      ),
  },
  farAfter('secondExtension'),
  farAfter('applicationsOpen'),
  farAfter('applicationsClose'),
  farAfter('bankApplicationsOpen', opensApart),
  farAfter('bankApplicationsClose'),
  farAfter('claimsClose'),
  farAfter('pointsFrom'),
  farAfter('bankTransfersFrom'),
  farAfter('receiveBy'),
  {
    term: () => 'mostCouponsPerAccount',
    applies: ({ mostCouponsPerAccount }) => (mostCouponsPerAccount ?? 0) > MOST_COUPONS,
    says: () =>
      text(
        'ひとりが持つとは考えられない数です。誰のものでもないアカウントにも送ることになります(R15)',
        'is more than any person has: an account that is nobody’s would be sent to (R15)',
      ),
  },
];
