import { grouped } from '../../base/figures.ts';
import { type CalendarDate, dateOf, formatDate } from '../../base/instants.ts';
import { compareText, type Text, text } from '../../base/text.ts';
import { firstExtensionOf, type Policy } from '../../policy/policy.ts';
import { isOffered, secondExtensionsOf } from '../../policy/terms.ts';
import { REVIEW_REASONS, type ReviewReason, STATUSES, type Status } from '../../policy/vocabulary.ts';
import { wordedBy } from '../../policy/wording.ts';
import type { Summary } from '../../publish/summary.ts';
import { calendarDrawing, calendarHeight, type Span } from '../charts/calendar.ts';
import { chartFigure, tableMarkup } from '../charts/frame.ts';
import type { Contents } from '../contents.ts';
import { both, type Markup, markup, NOTHING, ofBoth } from '../markup.ts';
import { hashOf } from '../table/address.ts';
import { termDay } from '../table/words.ts';
import { section, stated } from './section.ts';
import { unanswered, yenOfWaiting } from './verdict.ts';

const TITLE = text('何が、だれを、いつまで待つか', 'What waits, for whom, until when');

/** What waits for whom until when, and the days of the notice. */
export const waitingSection = (contents: Contents): Markup =>
  section(
    'waiting',
    TITLE,
    markup`${waitingTable(contents)}${toBeChanged(contents.summary)}${chartFigure(calendar(contents))}`,
  );

const SHOP = text('店', 'the shop');
const PROVIDER = text('regionPAY', 'regionPAY');
const HOLDER = text('申請者・本人', 'the holder');
const OFFICE = text('事務局', 'the office');
const SOURCE = text('データの出力元', 'whoever made the files');

/** Who can answer; whoever is not named here is the office. */
const ASKED: Readonly<Partial<Record<ReviewReason, Text>>> = {
  AMBIGUOUS_SUPPORT: SHOP,
  REPEAT_UNVERIFIED: SHOP,
  NO_SALE_RECORDED: SHOP,
  UNSUPPORTED_PAYMENT: SHOP,
  CLAIM_UNVERIFIED: SHOP,
  OVERDRAWN: PROVIDER,
  OVER_REFUNDED: PROVIDER,
  OUTSIDE_VALIDITY: PROVIDER,
  REVERSAL_MISMATCH: PROVIDER,
  INDETERMINATE: PROVIDER,
  CONFLICTING_ROWS: SOURCE,
  REJECTED_ROWS: SOURCE,
  UNKNOWN_COUPON: SOURCE,
  COMPETING_APPLICATIONS: HOLDER,
  NO_CONTACT: HOLDER,
  CONTACT_CONFLICT: HOLDER,
  BANK_DETAILS: HOLDER,
  APPLICATION_MISMATCH: HOLDER,
  CLAIM_MISMATCH: HOLDER,
};

function waitingTable(contents: Contents): Markup {
  const rows = [...questionRows(contents, true), ...questionRows(contents, false), ...statusRows(contents)];
  if (rows.length === 0) return markup`<p>${both(text('待っているものはありません。', 'Nothing waits.'))}</p>`;
  return tableMarkup(
    [
      { name: text('何を', 'What') },
      { name: text('だれに', 'For whom') },
      { name: text('いつまで', 'Until') },
      { name: text('件・枚', 'Number'), isNumber: true },
      { name: text('円', 'Yen'), isNumber: true },
    ],
    rows,
    [],
    true,
  );
}

const HOLDS = text('支払いを止めています。', 'Holds the payment. ');

function questionRows({ summary, policy }: Contents, holds: boolean): readonly (readonly Markup[])[] {
  const until = termDay(policy.terms.receiveBy, policy);
  return Object.entries(summary.review)
    .filter(([, count]) => count.holds === holds && unanswered(count) > 0)
    .sort(([a, left], [b, right]) => right.stakeYen - left.stakeYen || compareText(a, b))
    .map(([reason, count]) => {
      const words = REVIEW_REASONS[reason as ReviewReason];
      // Only where nothing of it is stale or half approved does the summary state the number itself.
      const isAllOpen = unanswered(count) === count.open;
      return [
        markup`<a href="${hashOf({ reason })}">${both(sentence(words.asks))}</a> ${holds ? markup`<strong>${both(HOLDS)}</strong>` : NOTHING}<span class="quiet id">${reason}</span>`,
        both(ASKED[reason as ReviewReason] ?? OFFICE),
        both(holds ? text(`受取期限 ${until.ja}`, `received by ${until.en}`) : text('–', '–')),
        isAllOpen ? stated(`review.${reason}.open`, count.open) : markup`${grouped(unanswered(count))}`,
        stated(`review.${reason}.stakeYen`, count.stakeYen),
      ];
    });
}

const sentence = ({ ja, en }: Text): Text => text(`${ja}。`, `${en.charAt(0).toUpperCase()}${en.slice(1)}.`);

const WAITING: readonly Status[] = ['awaiting_application', 'awaiting_claim', 'pending', 'extended'];

function statusRows({ summary, policy, asOf }: Contents): readonly (readonly Markup[])[] {
  return WAITING.flatMap((status) => {
    const sum = summary.statuses[status];
    if (sum === undefined) return [];
    const { who, until } = waitsFor(status, policy, dateOf(asOf));
    const yen =
      sum.payableYen > 0
        ? stated(`statuses.${status}.payableYen`, sum.payableYen)
        : markup`${grouped(yenOfWaiting(sum))}`;
    return [
      [
        markup`<a href="${hashOf({ status })}">${both(wordedBy(policy.terms, STATUSES[status]))}</a>`,
        both(who),
        both(until),
        stated(`statuses.${status}.coupons`, sum.coupons),
        yen,
      ],
    ];
  });
}

function waitsFor(status: Status, policy: Policy, today: CalendarDate): { readonly who: Text; readonly until: Text } {
  const { terms } = policy;
  const until = (day: CalendarDate | undefined): Text => {
    const words = termDay(day, policy);
    return day !== undefined && day < today ? text(`${words.ja}(締切済み)`, `${words.en} (closed)`) : words;
  };
  if (status === 'awaiting_application') {
    const [points, bank] = [until(terms.applicationsClose), until(terms.bankApplicationsClose)];
    if (!isOffered(terms, 'points')) return { who: HOLDER, until: bank };
    if (!isOffered(terms, 'bank_transfer')) return { who: HOLDER, until: points };
    return {
      who: HOLDER,
      until: text(`ポイント: ${points.ja}、振込: ${bank.ja}`, `points: ${points.en}; bank transfer: ${bank.en}`),
    };
  }
  if (status === 'awaiting_claim') return { who: HOLDER, until: until(terms.claimsClose) };
  const days = status === 'pending' ? terms.cohorts.map(firstExtensionOf) : secondExtensionsOf(terms);
  const each = [...new Set(days)].sort((a, b) => a - b).map(until);
  return {
    who: text('期限が来るまで', 'the date'),
    until: text(each.map(({ ja }) => ja).join('、'), each.map(({ en }) => en).join('; ')),
  };
}

/** What somebody has to change in the system, beside what is paid. */
function toBeChanged({ extensions, reinstatements }: Summary): Markup {
  const parts = [
    ...(extensions === 0
      ? []
      : [
          ofBoth(
            markup`有効期限の延長 ${stated('extensions', extensions)} 枚(extensions.csv)。`,
            markup`${stated('extensions', extensions)} expiries to extend (extensions.csv).`,
          ),
        ]),
    ...(reinstatements.count === 0
      ? []
      : [
          ofBoth(
            markup`残高の戻入 ${stated('reinstatements.count', reinstatements.count)} 件、${stated('reinstatements.yen', reinstatements.yen)}円(reinstatements.csv)。`,
            markup`${stated('reinstatements.count', reinstatements.count)} deductions of ${stated('reinstatements.yen', reinstatements.yen)} yen to put back (reinstatements.csv).`,
          ),
        ]),
  ];
  if (parts.length === 0) return NOTHING;
  return markup`<p>${both(text('regionPAY で直すもの: ', 'To be changed in regionPAY: '))}${parts}</p>`;
}

function calendar({ policy, asOf }: Contents) {
  const spans = spansOf(policy);
  const today = dateOf(asOf);
  return {
    id: 'calendar',
    title: text('期限の一覧', 'Days of the notice'),
    says: text(
      '上から順に始まる日です。点線はこの実行が見た日です。終わりの定めがないものは薄い棒で右端まで続きます。',
      'In the order in which they begin. The dashed line is the day as of which this run was made. What has no stated end goes on to the right, paler.',
    ),
    heightPixels: calendarHeight(spans),
    drawing: calendarDrawing(spans, today),
    table: tableMarkup(
      [{ name: text('項目', 'What') }, { name: text('初日', 'First day') }, { name: text('最終日', 'Last day') }],
      spans.map(({ name, from, to }) => [
        both(name),
        markup`${formatDate(from)}`,
        to === undefined ? both(text('定めなし', 'none stated')) : markup`${formatDate(to)}`,
      ]),
    ),
  };
}

/** Each extension of each cohort, of several with its expiry, and that of the coupons of none where it is another. */
function extensionsIn(policy: Policy): readonly Pick<Span, 'name' | 'from' | 'to'>[] {
  const { cohorts, secondExtension, outageEnd } = policy.terms;
  const ofCohorts = cohorts.flatMap((cohort) => {
    const { originalExpiry, firstExtension } = cohort;
    const expiry = termDay(originalExpiry, policy);
    const named = (ja: string, en: string): Text =>
      cohorts.length === 1 ? text(ja, en) : text(`${ja}(期限 ${expiry.ja})`, `${en} (expiry ${expiry.en})`);
    return [
      ...(firstExtension === undefined
        ? []
        : [{ name: named('最初の期限延長', 'first extension'), from: originalExpiry, to: firstExtension }]),
      {
        name: named('二度目の期限延長', 'second extension'),
        from: firstExtensionOf(cohort),
        to: cohort.secondExtension,
      },
    ];
  });
  if (cohorts.some((cohort) => cohort.secondExtension === secondExtension)) return ofCohorts;
  const name = text('(B) の期限延長(ほかの期限)', 'extension of (B) (other expiries)');
  return [...ofCohorts, { name, from: dateOf(outageEnd - 1), to: secondExtension }];
}

/** Every day that the terms of the policy state. */
function spansOf(policy: Policy): readonly Span[] {
  const { terms } = policy;
  const day = (date: CalendarDate): Text => termDay(date, policy);
  const span = (name: Text, from: CalendarDate, to: CalendarDate | undefined, colour: string): Span => {
    const [start, end] = [day(from), to === undefined ? text('', '') : day(to)];
    const shown = from === to ? start : text(`${start.ja}〜${end.ja}`, `${start.en} – ${end.en}`);
    return { name, shown, from, to, colour };
  };
  const { applicationsOpen, bankApplicationsOpen, claimsClose, pointsFrom, bankTransfersFrom } = terms;
  const outage = dateOf(terms.outageFrom);
  const spans = [
    ...terms.outages.map(({ from, end }) => span(text('障害', 'outage'), dateOf(from), dateOf(end - 1), 'held')),
    ...extensionsIn(policy).map(({ name, from, to }) => span(name, from, to, 'later')),
    ...(claimsClose === undefined
      ? []
      : [span(text('コールセンターへの申出', 'calls to the call centre'), outage, claimsClose, 'waits')]),
    ...(applicationsOpen === undefined
      ? []
      : [span(text('ポイントの申請', 'applications for points'), applicationsOpen, terms.applicationsClose, 'waits')]),
    ...(bankApplicationsOpen === undefined
      ? []
      : [
          span(
            text('振込の申請', 'applications for bank transfers'),
            bankApplicationsOpen,
            terms.bankApplicationsClose,
            'waits',
          ),
        ]),
    ...(pointsFrom === undefined
      ? []
      : [span(text('ポイントの送付と受取', 'points are sent and received'), pointsFrom, terms.receiveBy, 'now')]),
    ...(bankTransfersFrom === undefined
      ? []
      : [span(text('銀行振込', 'bank transfers'), bankTransfersFrom, undefined, 'now')]),
  ];
  return [...spans].sort((a, b) => a.from - b.from);
}
