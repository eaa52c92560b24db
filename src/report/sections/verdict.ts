import { dayWords, grouped } from '../../base/figures.ts';
import { dateOf, dayNumber } from '../../base/instants.ts';
import { mapped } from '../../base/steps.ts';
import { type Text, text } from '../../base/text.ts';
import { yearOf } from '../../policy/terms.ts';
import type { ReviewCount, Summary } from '../../publish/summary.ts';
import type { Contents } from '../contents.ts';
import { both, type Markup, markup, NOTHING, ofBoth } from '../markup.ts';
import { plural, stated } from './section.ts';

/** What a head of office reads: whether it can go out, how much to how many, and what is stuck. */
export function* verdictSection(contents: Contents): Generator<undefined, Markup> {
  const stuck = whatIsStuck(contents.summary, yield* firstLaterDay(contents));
  const checks = toBeChecked(contents.summary);
  const { now, later } = contents.summary.sending.toSend;
  const kind = now.count + later.count === 0 ? 'idle' : checks.length > 0 ? 'care' : 'good';
  const reasons = [...checks.map((words) => markup`<strong>${both(words)}</strong>`), ...stuck];
  return markup`<section id="verdict" class="verdict ${kind}">
<h2 tabindex="-1">${headline(contents.summary)}</h2>
${reasons.length === 0 ? NOTHING : markup`<ul class="reasons">${reasons.map((reason) => markup`<li>${reason}</li>`)}</ul>`}
${tiles(contents)}
</section>
`;
}

function headline({ sending }: Summary): Markup {
  const { now, later } = sending.toSend;
  if (now.count > 0) {
    const [count, yen] = [stated('sending.toSend.now.count', now.count), stated('sending.toSend.now.yen', now.yen)];
    return ofBoth(
      markup`いま ${count} 件、${yen}円を送れます。`,
      markup`${count} ${plural(now.count, 'payout')} of ${yen} yen can be sent now.`,
    );
  }
  if (later.count > 0) {
    const [count, yen] = [
      stated('sending.toSend.later.count', later.count),
      stated('sending.toSend.later.yen', later.yen),
    ];
    return ofBoth(
      markup`いま送るものはありません。後日 ${count} 件、${yen}円を送ります。`,
      markup`Nothing is to be sent now; ${count} ${plural(later.count, 'payout')} of ${yen} yen later.`,
    );
  }
  return both(text('送るものはありません。', 'There is nothing to send.'));
}

const CHECK_FIRST = text('送る前に確かめてください: ', 'Check before sending: ');
const first = ({ ja, en }: Text): Text => text(CHECK_FIRST.ja + ja, CHECK_FIRST.en + en);

/** What ought to be looked at before anything goes out: something contradicts what is to be sent, or what it is made of. */
function toBeChecked({ sending, unmatchedPaid, paidRowsOnOtherCoupons, files }: Summary): readonly Text[] {
  const { conflicting, gone, deadline } = sending;
  const odd = files.filter(({ warnings, statedTotals }) => warnings.length > 0 || statedTotals !== undefined);
  const lapsing = deadline.lapsing.toSend;
  return [
    when(conflicting.count, (count) =>
      text(
        `支払済みの記録が食い違う支払いが ${count} 件あります`,
        `paid rows contradict each other on ${count} payouts`,
      ),
    ),
    when(gone.count, (count) =>
      text(`前にあった支払済みの行が ${count} 件なくなっています`, `paid rows of ${count} payouts have gone`),
    ),
    when(unmatchedPaid.rows, (count) =>
      text(`どの支払いとも合わない支払済みの行が ${count} 行あります`, `${count} paid rows match no payout`),
    ),
    when(paidRowsOnOtherCoupons, (count) =>
      text(`対象でないクーポンへの支払済みの行が ${count} 行あります`, `${count} paid rows are of other coupons`),
    ),
    when(lapsing.count, (count) =>
      text(
        `受取期限が ${deadline.days} 日以内に切れるものが ${count} 件あります`,
        `${count} payouts lapse within ${deadline.days} days`,
      ),
    ),
    when(odd.length, () => {
      const names = odd.map(({ name }) => name);
      return text(
        `入力ファイルに気になる点があります(${names.join('、')}。summary.txt に書いてあります)`,
        `something is odd about input files (${names.join(', ')}; see summary.txt)`,
      );
    }),
  ].flatMap((words) => (words === undefined ? [] : [first(words)]));
}

const when = (count: number, words: (shown: string) => Text): Text | undefined =>
  count > 0 ? words(grouped(count)) : undefined;

export const unanswered = ({ open, stale, needsSecond }: ReviewCount): number => open + stale + needsSecond;

/** Questions that wait for an answer, those that hold money apart. */
export function openQuestions({ review }: Summary): {
  readonly holding: { readonly count: number; readonly yen: number };
  readonly others: { readonly count: number; readonly yen: number };
} {
  const of = (holds: boolean) =>
    Object.values(review)
      .filter((each) => each.holds === holds && unanswered(each) > 0)
      .reduce((sum, each) => ({ count: sum.count + unanswered(each), yen: sum.yen + each.stakeYen }), {
        count: 0,
        yen: 0,
      });
  return { holding: of(true), others: of(false) };
}

function whatIsStuck(summary: Summary, firstLater: Text | undefined): readonly Markup[] {
  const { holding, others } = openQuestions(summary);
  const waiting = summary.statuses.awaiting_application;
  const claims = summary.statuses.awaiting_claim;
  return [
    laterReason(summary, firstLater),
    holding.count === 0
      ? undefined
      : both(
          text(
            `人の確認が済むまで支払いを止めているものが ${grouped(holding.count)} 件、${grouped(holding.yen)}円あります`,
            `${grouped(holding.count)} ${plural(holding.count, 'question')} of ${grouped(holding.yen)} yen hold a payment until a person has answered`,
          ),
        ),
    others.count === 0
      ? undefined
      : both(
          text(
            `支払いを止めてはいないが、店などに確かめることが ${grouped(others.count)} 件あります(${grouped(others.yen)}円が変わり得ます)`,
            `${grouped(others.count)} more ${plural(others.count, 'question')} hold nothing but may change ${grouped(others.yen)} yen`,
          ),
        ),
    waiting === undefined
      ? undefined
      : ofBoth(
          markup`送り先が分からず申請を待つクーポンが ${stated('statuses.awaiting_application.coupons', waiting.coupons)} 枚、${stated('statuses.awaiting_application.payableYen', waiting.payableYen)}円あります`,
          markup`${stated('statuses.awaiting_application.coupons', waiting.coupons)} ${plural(waiting.coupons, 'coupon')} of ${stated('statuses.awaiting_application.payableYen', waiting.payableYen)} yen wait for an application`,
        ),
    claims === undefined
      ? undefined
      : ofBoth(
          markup`コールセンターへの申出を待つクーポンが ${stated('statuses.awaiting_claim.coupons', claims.coupons)} 枚あります`,
          markup`${stated('statuses.awaiting_claim.coupons', claims.coupons)} ${plural(claims.coupons, 'coupon')} wait for a call to the call centre`,
        ),
  ].flatMap((reason) => (reason === undefined ? [] : [reason]));
}

/** The first day on which something that may not be sent yet may be. */
function* firstLaterDay({ toSend, asOf, policy }: Contents): Generator<undefined, Text | undefined> {
  const today = dateOf(asOf);
  const days = yield* mapped(yield* toSend.column('not_before'), (day) =>
    dayNumber(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))),
  );
  const first = days.reduce((first, day) => (day > today ? Math.min(first, day) : first), Number.POSITIVE_INFINITY);
  return first === Number.POSITIVE_INFINITY ? undefined : dayWords(first, yearOf(policy.terms));
}

function laterReason({ sending }: Summary, day: Text | undefined): Markup | undefined {
  const { now, later } = sending.toSend;
  if (later.count === 0 || day === undefined) return undefined;
  const [count, yen] = [
    stated('sending.toSend.later.count', later.count),
    stated('sending.toSend.later.yen', later.yen),
  ];
  return now.count === 0
    ? both(text(`送れるのは${day.ja}からです`, `The first of them can be sent on ${day.en}`))
    : ofBoth(
        markup`ほかに ${count} 件、${yen}円は${day.ja}から送れます`,
        markup`${count} more of ${yen} yen can be sent from ${day.en} on`,
      );
}

interface Tile {
  readonly colour: string;
  readonly name: Text;
  readonly value: Markup;
  readonly unit: Text;
  readonly more: Markup;
  readonly before: number | undefined;
}

function tiles(contents: Contents): Markup {
  const { summary, previous } = contents;
  const { now, later } = summary.sending.toSend;
  const { holding, others } = openQuestions(summary);
  const before = previous === undefined ? undefined : openQuestions(previous);
  const waiting = waitingSum(summary);
  const all: readonly Tile[] = [
    {
      colour: 'now',
      name: text('いま送るもの', 'To be sent now'),
      value: stated('sending.toSend.now.yen', now.yen),
      unit: text('円', ' yen'),
      more: ofBoth(
        markup`${stated('sending.toSend.now.count', now.count)} 件(送り先ごとに 1 件)`,
        markup`${stated('sending.toSend.now.count', now.count)} ${plural(now.count, 'payout')}, one a recipient`,
      ),
      before: previous?.sending.toSend.now.yen,
    },
    {
      colour: 'later',
      name: text('後日送るもの', 'To be sent later'),
      value: stated('sending.toSend.later.yen', later.yen),
      unit: text('円', ' yen'),
      more: ofBoth(
        markup`${stated('sending.toSend.later.count', later.count)} 件`,
        markup`${stated('sending.toSend.later.count', later.count)} ${plural(later.count, 'payout')}`,
      ),
      before: previous?.sending.toSend.later.yen,
    },
    {
      colour: 'held',
      name: text('人の確認待ち', 'Waits for a person'),
      value: markup`${grouped(holding.count + others.count)}`,
      unit: text('件', ` ${plural(holding.count + others.count, 'item')}`),
      more: both(text(`支払いを止めている額 ${grouped(holding.yen)}円`, `payments held: ${grouped(holding.yen)} yen`)),
      before: before === undefined ? undefined : before.holding.count + before.others.count,
    },
    {
      colour: 'waits',
      name: text('申請・申出・期限待ち', 'Waits for holders or dates'),
      value: markup`${grouped(waiting.yen)}`,
      unit: text('円', ' yen'),
      more: both(
        text(`${grouped(waiting.coupons)} 枚`, `${grouped(waiting.coupons)} ${plural(waiting.coupons, 'coupon')}`),
      ),
      before: previous === undefined ? undefined : waitingSum(previous).yen,
    },
  ];
  return markup`<dl class="tiles">${all.map(tile)}</dl>`;
}

const tile = ({ colour, name, value, unit, more, before }: Tile): Markup =>
  markup`<div class="tile"><dt><span class="dt-key ink-${colour}"><span class="key"></span></span>${both(name)}</dt><dd>${value}<span class="unit">${both(unit)}</span></dd><dd class="more">${more}</dd>${before === undefined ? NOTHING : markup`<dd class="more">${both(text(`前回 ${grouped(before)}${unit.ja}`, `previous night: ${grouped(before)}${unit.en}`))}</dd>`}</div>`;

/** Coupons that are, or may become, due once somebody does something or a day has passed. */
export function waitingSum({ statuses }: Summary): { readonly coupons: number; readonly yen: number } {
  const waiting = (['awaiting_application', 'awaiting_claim', 'pending', 'extended'] as const).flatMap(
    (status) => statuses[status] ?? [],
  );
  return {
    coupons: waiting.reduce((sum, { coupons }) => sum + coupons, 0),
    yen: waiting.reduce((sum, each) => sum + yenOfWaiting(each), 0),
  };
}

/** What is due where it is known, otherwise what is left on the coupon. */
export const yenOfWaiting = ({
  payableYen,
  residualYen,
  reinstateYen,
}: {
  readonly payableYen: number;
  readonly residualYen: number;
  readonly reinstateYen: number;
}): number => (payableYen > 0 ? payableYen : residualYen + reinstateYen);
