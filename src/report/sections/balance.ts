import { grouped } from '../../base/figures.ts';
import { type Text, text } from '../../base/text.ts';
import type { Terms } from '../../policy/terms.ts';
import { mediumWords } from '../../policy/wording.ts';
import { type FlowLink, type FlowNode, flowDrawing } from '../charts/flow.ts';
import { chartFigure, tableMarkup } from '../charts/frame.ts';
import type { Contents } from '../contents.ts';
import { both, type Markup, markup, NOTHING } from '../markup.ts';
import { FATES, type Fate, type Outlook, outlookOf, yenOf } from '../outlook.ts';
import { hashOf } from '../table/address.ts';
import { section } from './section.ts';

const TITLE = text('額面の行き先', 'Where the face value goes');

const NAMES: Readonly<Record<Fate, Text>> = {
  earlier: text('前回までに支払いを作った', 'ordered on earlier nights'),
  now: text('いま払える', 'can be paid now'),
  later: text('後日払う', 'paid later'),
  held: text('人の確認待ち', 'waits for a person'),
  waits: text('申請・申出・期限待ち', 'waits for holders or dates'),
  lapsed: text('申請の期限切れ', 'lapsed'),
  outside: text('補償の外', 'not covered'),
};

const HREFS: Readonly<Partial<Record<Fate, string>>> = {
  now: hashOf({ status: 'payable' }),
  held: hashOf({ status: 'in_review' }),
  lapsed: hashOf({ status: 'lapsed' }),
};

/** What was spent of the listed coupons, what is left, and what becomes of it. */
export function* balanceSection(contents: Contents): Generator<undefined, Markup> {
  const outlook = yield* outlookOf(contents);
  const [leftYen, deductedYen] = [
    FATES.reduce((sum, fate) => sum + outlook[fate].leftYen, 0),
    FATES.reduce((sum, fate) => sum + outlook[fate].deductedYen, 0),
  ];
  const faceYen = contents.figures?.balance.listed.faceYen;
  const flow = { outlook, leftYen, deductedYen, faceYen };
  const drawn =
    leftYen + deductedYen === 0
      ? markup`<p>${both(text('一覧のクーポンに残高はありません。', 'Nothing is left on the coupons of the list.'))}</p>`
      : chartFigure(flowChart(flow, contents));
  return section('balance', TITLE, markup`${notListed(contents)}${drawn}`);
}

/** The rest of what was issued: drawn beside it, the listed coupons of a large night could not be seen. */
function notListed({ figures }: Contents): Markup {
  if (figures === undefined) return NOTHING;
  const { issued, listed } = figures.balance;
  const [coupons, faceYen] = [issued.coupons - listed.coupons, issued.faceYen - listed.faceYen];
  const spentYen = issued.spentYen - listed.spentYen;
  const [all, others, spent, left] = [issued.faceYen, faceYen, spentYen, faceYen - spentYen].map(grouped);
  return markup`<p>${both(
    text(
      `発行した額面は ${grouped(issued.coupons)} 枚・${all}円です。一覧にない ${grouped(coupons)} 枚・${others}円は補償に関わらず、${spent}円が使われ、${left}円が残っています(期限が過ぎれば失効します)。一覧のクーポンは下の図のとおりです。`,
      `Coupons were issued for ${all} yen (${grouped(issued.coupons)}). The ${grouped(coupons)} that are not listed, ${others} yen, have nothing to do with the compensation: ${spent} yen of them were spent and ${left} yen are left, until they expire. Those that are listed:`,
    ),
  )}</p>`;
}

interface Flow {
  readonly outlook: Outlook;
  readonly leftYen: number;
  readonly deductedYen: number;
  /** Undefined of a run without figures. */
  readonly faceYen: number | undefined;
}

const yenText = (yen: number): Text => text(`${grouped(yen)}円`, `${grouped(yen)} yen`);

const nodesOf = ({ outlook, leftYen, deductedYen, faceYen }: Flow): readonly FlowNode[] => [
  ...(faceYen === undefined
    ? []
    : [
        {
          id: 'face',
          column: 0 as const,
          name: text('一覧のクーポンの額面', 'face value of the list'),
          shown: yenText(faceYen),
          colour: 'accent',
        },
        {
          id: 'spent',
          column: 1 as const,
          name: text('使われた', 'spent'),
          shown: yenText(Math.max(0, faceYen - leftYen - deductedYen)),
          colour: 'outside',
        },
      ]),
  { id: 'left', column: 1, name: text('残高', 'left'), shown: yenText(leftYen), colour: 'later' },
  {
    id: 'deducted',
    column: 1,
    name: text('誤って引かれた', 'wrongly deducted'),
    shown: yenText(deductedYen),
    colour: 'held',
  },
  ...FATES.map((fate) => ({
    id: fate,
    column: 2 as const,
    name: NAMES[fate],
    shown: yenText(yenOf(outlook[fate])),
    colour: fate,
    ...(HREFS[fate] === undefined ? {} : { href: HREFS[fate] }),
  })),
];

const linksOf = ({ outlook, leftYen, deductedYen, faceYen }: Flow): readonly FlowLink[] => [
  ...(faceYen === undefined
    ? []
    : [
        { from: 'face', to: 'spent', yen: Math.max(0, faceYen - leftYen - deductedYen) },
        { from: 'face', to: 'left', yen: leftYen },
        { from: 'face', to: 'deducted', yen: deductedYen },
      ]),
  ...FATES.map((fate) => ({ from: 'left', to: fate, yen: outlook[fate].leftYen })),
  ...FATES.map((fate) => ({ from: 'deducted', to: fate, yen: outlook[fate].deductedYen })),
];

const says = (terms: Terms): Text =>
  text(
    `左から右へ、帯の太さが円です。残高は、補償があるクーポンでは延長後の期限、ほかは${mediumWords(terms).own.ja}の期限か延長の終わりの時点です。「補償の外」は、本人が使えた・使える残高です。`,
    'From left to right; a ribbon is as thick as there are yen. The balance is that of the extended expiry where the coupon is covered, otherwise of its own. What is not covered the holder could use, or still can.',
  );

function flowChart(flow: Flow, { figures, policy }: Contents) {
  const plain = says(policy.terms);
  const { outlook, leftYen, deductedYen, faceYen } = flow;
  const total = leftYen + deductedYen;
  const spentYen = figures?.balance.listed.spentYen;
  // What the log says was spent, and what the flow leaves, differ by what happened after the expiry that counts.
  const after = faceYen === undefined || spentYen === undefined ? 0 : faceYen - spentYen - leftYen;
  const rows = FATES.filter((fate) => yenOf(outlook[fate]) > 0).map((fate) => [
    both(NAMES[fate]),
    markup`${grouped(outlook[fate].coupons)}`,
    markup`${grouped(outlook[fate].leftYen)}`,
    markup`${grouped(outlook[fate].deductedYen)}`,
    markup`${grouped(yenOf(outlook[fate]))}`,
  ]);
  return {
    id: 'flow',
    title: text('一覧のクーポンの額面から支払いまで', 'From the face value of the listed coupons to what is paid'),
    says:
      after === 0
        ? plain
        : text(
            `${plain.ja}基準時刻の残高は ${grouped(leftYen + after)}円で、差は期限の後の動きです。`,
            `${plain.en} At as-of the balance is ${grouped(leftYen + after)} yen: the rest happened after the expiry that counts.`,
          ),
    ...flowDrawing(nodesOf(flow), linksOf(flow)),
    hasLinks: true,
    isWide: true,
    table: tableMarkup(
      [
        { name: text('行き先', 'What becomes of it') },
        { name: text('枚', 'Coupons'), isNumber: true },
        { name: text('残高から(円)', 'Of the balance, yen'), isNumber: true },
        { name: text('誤って引かれた額から(円)', 'Of wrong deductions, yen'), isNumber: true },
        { name: text('計(円)', 'In all, yen'), isNumber: true },
      ],
      rows,
      [
        both(text('合計', 'Total')),
        markup`–`,
        markup`${grouped(leftYen)}`,
        markup`${grouped(deductedYen)}`,
        markup`${grouped(total)}`,
      ],
    ),
  };
}
