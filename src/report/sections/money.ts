import { dayWords, grouped } from '../../base/figures.ts';
import { type Text, text } from '../../base/text.ts';
import type { Policy } from '../../policy/policy.ts';
import { yearOf } from '../../policy/terms.ts';
import { GROUNDS, type GroundId, type RouteId } from '../../policy/vocabulary.ts';
import { anyOf, expireOnDayOfOutage, mediumWords, wordedBy } from '../../policy/wording.ts';
import type { Sum, Summary } from '../../publish/summary.ts';
import { byChannel } from '../../rules/channels/index.ts';
import { type Bar, barsDrawing, barsHeight } from '../charts/bars.ts';
import { chartFigure, tableMarkup } from '../charts/frame.ts';
import type { Contents } from '../contents.ts';
import { both, type Markup, markup, NOTHING, ofBoth } from '../markup.ts';
import { hashOf } from '../table/address.ts';
import { section, stated } from './section.ts';

const TITLE = text('だれに、いくら、どうやって', 'To how many, how much, and how');

/** People and yen by the way they are sent and by why they are due; and from all coupons down to payouts. */
export function* moneySection(contents: Contents): Generator<undefined, Markup> {
  const { summary } = contents;
  const steps = stepsOf(contents, yield* covered(contents));
  return section(
    'money',
    TITLE,
    markup`${newlyMade(summary)}<div class="columns"><div>${routeTable(summary)}</div><div>${groundTable(contents)}</div></div>${chartFigure(funnel(steps))}`,
  );
}

function newlyMade({ payouts }: Summary): Markup {
  const [count, yen] = [stated('payouts.count', payouts.count), stated('payouts.yen', payouts.yen)];
  return markup`<p>${ofBoth(
    markup`この実行で新しく作った支払いは ${count} 件、${yen}円です。前回までに作って、まだ送っていないものも下の表に入ります。`,
    markup`This run made ${count} new payouts of ${yen} yen. What earlier nights made and nobody has sent is in the table, too.`,
  )}</p>`;
}

const NONE: Sum = { count: 0, yen: 0 };

function routeTable({ sending }: Summary): Markup {
  const { now, later } = sending.toSend;
  const sumOf = (routes: Readonly<Record<RouteId, Sum>>, route: RouteId): Sum => routes[route] ?? NONE;
  const channels = byChannel<Sum>({ ...later.routes, ...now.routes });
  const cell = (place: string, sum: Sum): readonly Markup[] =>
    sum.count === 0 ? [markup`–`, markup`–`] : [stated(`${place}.count`, sum.count), stated(`${place}.yen`, sum.yen)];
  const rows = channels.map(([{ id, name }]) => [
    markup`<a href="${hashOf({ status: 'payable', route: id })}">${both(name)}</a>`,
    ...cell(`sending.toSend.now.routes.${id}`, sumOf(now.routes, id)),
    ...cell(`sending.toSend.later.routes.${id}`, sumOf(later.routes, id)),
  ]);
  const foot = [
    both(text('合計', 'Total')),
    ...cell('sending.toSend.now', now),
    ...cell('sending.toSend.later', later),
  ];
  return tableMarkup(
    [
      { name: text('送り方', 'Sent by') },
      { name: text('いま 件', 'Now'), isNumber: true },
      { name: text('円', 'yen'), isNumber: true },
      { name: text('後日 件', 'Later'), isNumber: true },
      { name: text('円', 'yen'), isNumber: true },
    ],
    rows,
    foot,
  );
}

function groundTable({ summary: { grounds }, policy }: Contents): Markup {
  const rows = (Object.keys(GROUNDS) as GroundId[]).flatMap((ground) => {
    const sum = grounds[ground];
    if (sum === undefined) return [];
    return [
      [
        markup`<a href="${hashOf({ ground })}">${both(named(ground, policy))}</a>`,
        stated(`grounds.${ground}.coupons`, sum.coupons),
        stated(`grounds.${ground}.payableYen`, sum.payableYen),
      ],
    ];
  });
  if (rows.length === 0) return NOTHING;
  const note = text(
    '理由が二つあるクーポンは両方に数えます。額は送り先が分からないものも含みます。',
    'A coupon with two grounds counts in both. The yen are also of those nobody knows where to send.',
  );
  return markup`${tableMarkup(
    [
      { name: text('補償の理由', 'Ground') },
      { name: text('枚', 'Coupons'), isNumber: true },
      { name: text('支払える額(円)', 'Payable, yen'), isNumber: true },
    ],
    rows,
  )}<p class="quiet">${both(note)}</p>`;
}

function named(ground: GroundId, { terms }: Policy): Text {
  const words = wordedBy(terms, GROUNDS[ground]);
  return text(`${ground} ${words.ja}`, `${ground} ${words.en}`);
}

interface Step {
  readonly name: Text;
  readonly coupons: number;
  readonly yen: number | undefined;
  readonly yenIs: Text;
  readonly href?: string;
}

const FACE = text('額面', 'face value');
const DUE = text('残高と誤って引かれた額', 'balance and wrongly deducted');
const PAYABLE = text('支払える額', 'payable');

/** Coupons of (A), by the days on which they expired. */
function cohortWords(policy: Policy): Text {
  const { own } = mediumWords(policy.terms);
  if (expireOnDayOfOutage(policy.terms))
    return text(`うち、${own.ja}の期限が障害の日のもの`, 'of these, those that expire on the day of the outage');
  const { cohorts } = policy.terms;
  const expiry = anyOf(cohorts.map(({ originalExpiry }) => dayWords(originalExpiry, yearOf(policy.terms))));
  return text(`うち、${own.ja}の期限が${expiry.ja}のもの`, `of these, those that expire on ${expiry.en}`);
}

/** Coupons with a ground and what it is worth, and those of which something is due. */
interface Covered {
  readonly coupons: number;
  readonly yen: number;
  readonly due: number;
  readonly dueYen: number;
}

/** So many rows are counted at a time. */
const ROWS_A_STEP = 1 << 13;

function* covered({ coupons: table }: Contents): Generator<undefined, Covered> {
  const [grounds, payable] = [yield* table.column('grounds'), yield* table.column('payable_yen')];
  const [left, deducted] = [yield* table.column('residual_yen'), yield* table.column('reinstate_yen')];
  let [coupons, yen, due, dueYen] = [0, 0, 0, 0];
  for (let row = 0; row < table.rows; row++) {
    const payableYen = Number(payable[row]);
    if (payableYen > 0) due++;
    dueYen += payableYen;
    if (grounds[row] !== '') {
      coupons++;
      yen += Number(left[row]) + Number(deducted[row]);
    }
    if (row % ROWS_A_STEP === 0) yield undefined;
  }
  return { coupons, yen, due, dueYen };
}

function stepsOf({ policy, summary, figures }: Contents, { coupons, yen, due, dueYen }: Covered): readonly Step[] {
  const ready = summary.statuses.payable;
  const balance = figures?.balance;
  return [
    {
      name: text('この事業で発行されたクーポン', 'Coupons issued in this programme'),
      coupons: summary.issued.inScope,
      yen: balance?.issued.faceYen,
      yenIs: FACE,
    },
    ...(balance === undefined
      ? []
      : [
          {
            name: cohortWords(policy),
            coupons: balance.cohort.coupons,
            yen: balance.cohort.faceYen,
            yenIs: FACE,
          },
        ]),
    {
      name: text('この実行で調べて一覧に載せたもの', 'Looked at by this run, and listed'),
      coupons: summary.couponsListed,
      yen: balance?.listed.faceYen,
      yenIs: FACE,
      href: '#coupons',
    },
    {
      name: text('うち、補償の理由があるもの', 'of these, those with a ground'),
      coupons,
      yen,
      yenIs: DUE,
    },
    {
      name: text('うち、支払う額が決まったもの', 'of these, those with something due'),
      coupons: due,
      yen: dueYen,
      yenIs: PAYABLE,
    },
    {
      name: text('うち、送り先があり支払えるもの', 'of these, those that can be paid'),
      coupons: ready?.coupons ?? 0,
      yen: ready?.payableYen ?? 0,
      yenIs: PAYABLE,
      href: hashOf({ status: 'payable' }),
    },
  ];
}

function funnel(steps: readonly Step[]) {
  const bars: readonly Bar[] = steps.map(({ name, coupons, yen, href }, place) => ({
    name,
    shown: text(
      `${grouped(coupons)} 枚${yen === undefined ? '' : ` ・ ${grouped(yen)}円`}`,
      `${grouped(coupons)}${yen === undefined ? '' : ` · ${grouped(yen)} yen`}`,
    ),
    size: coupons,
    colour: place === steps.length - 1 ? 'now' : 'later',
    ...(href === undefined ? {} : { href }),
  }));
  return {
    id: 'funnel',
    title: text('発行から支払いまで', 'From all coupons down to payouts'),
    says: text(
      '棒の長さは枚数です。支払いは送り先ごとに 1 件なので、件数は枚数より少なくなることがあります。',
      'Bars are numbers of coupons. A recipient gets one payout, so there may be fewer payouts than coupons.',
    ),
    heightPixels: barsHeight(bars),
    drawing: barsDrawing(bars),
    hasLinks: true,
    table: tableMarkup(
      [
        { name: text('段階', 'Step') },
        { name: text('枚', 'Coupons'), isNumber: true },
        { name: text('円', 'Yen'), isNumber: true },
        { name: text('円の意味', 'The yen are') },
      ],
      steps.map(({ name, coupons, yen, yenIs }) => [
        both(name),
        markup`${grouped(coupons)}`,
        markup`${yen === undefined ? '–' : grouped(yen)}`,
        both(yen === undefined ? text('–', '–') : yenIs),
      ]),
    ),
  };
}
