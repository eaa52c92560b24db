import { sum } from 'd3-array';
import { grouped } from '../../base/figures.ts';
import { dayNumber, formatInstant, type Instant, MINUTE, startOfDay } from '../../base/instants.ts';
import { sorted } from '../../base/steps.ts';
import { compareText, type Text, text } from '../../base/text.ts';
import type { Terms } from '../../policy/terms.ts';
import { isOfOneNight } from '../../policy/wording.ts';
import type { Figures } from '../../publish/figures-file.ts';
import { type Bar, barsDrawing, barsHeight } from '../charts/bars.ts';
import { chartFigure, legendOf, tableMarkup } from '../charts/frame.ts';
import { GAPS_PIXELS, gapsDrawing, minutesAndSeconds, spanWords } from '../charts/gaps.ts';
import { type MinuteCounts, PAYMENTS_PIXELS, paymentsDrawing } from '../charts/payments.ts';
import type { Contents } from '../contents.ts';
import { both, type Markup, markup } from '../markup.ts';
import { hashOf } from '../table/address.ts';
import { section } from './section.ts';

const title = (terms: Terms): Text =>
  text(`${isOfOneNight(terms) ? '障害の夜に' : '障害で'}何が起きたか`, 'What happened in the outage');
const WITHOUT_FIGURES = text(
  'この実行には図の数字(figures.json)がないため、決済の図は出せません。',
  'This run has no figures (figures.json), so payments cannot be drawn.',
);

/** Payments by the minute, shops whose records differ, and how soon the same payment followed. */
export function* outageSection(contents: Contents): Generator<undefined, Markup> {
  const { figures } = contents;
  const drawn =
    figures === undefined
      ? markup`<p class="note">${both(WITHOUT_FIGURES)}</p>`
      : markup`${chartFigure(paymentsChart(contents, figures))}${chartFigure(gapsChart(figures))}`;
  return section('outage', title(contents.policy.terms), markup`${drawn}${yield* shops(contents)}`);
}

/** `YYYY-MM-DDThh:mm:ss+09:00`, as the program writes instants. */
function instantIn(written: string): Instant {
  const [year, month, day, hour, minute] = (written.match(/\d+/g) ?? []).map(Number);
  return startOfDay(dayNumber(year ?? 0, month ?? 1, day ?? 1)) + ((hour ?? 0) * 60 + (minute ?? 0)) * MINUTE;
}

const LAYERS = [
  ['completed', 'later', text('成立した決済', 'settled')],
  ['repeated', 'waits', text('うち、同じ決済がすぐに続いたもの', 'of these, following an equal one at once')],
  ['unsupported', 'held', text('うち、店の売上がないもの', 'of these, without a sale of the shop')],
  ['failed', 'outside', text('失敗した決済(下向き)', 'failed (downwards)')],
  ['pending', 'ink', text('結果の分からない決済(下向き)', 'outcome unknown (downwards)')],
] as const;

function paymentsChart({ policy }: Contents, { payments }: Figures) {
  const counts: MinuteCounts = { ...payments, from: instantIn(payments.from) };
  const total = grouped(sum(payments.completed));
  const each =
    payments.binMinutes === 1
      ? text('1 分', 'minute')
      : text(`${payments.binMinutes} 分`, `${payments.binMinutes} minutes`);
  return {
    id: 'payments',
    title: text(`${each.ja}ごとの決済`, `Payments per ${each.en}`),
    says: text(
      `図の中で成立した決済は ${total} 件です。塗った帯が障害の間です。`,
      `${total} payments were settled in what is drawn. The shaded band is the outage.`,
    ),
    heightPixels: PAYMENTS_PIXELS,
    drawing: paymentsDrawing(counts, policy.terms.outages),
    legend: legendOf(LAYERS.map(([, colour, words]) => ({ colour, words }))),
    table: minuteTable(counts),
  };
}

const HOUR_MINUTES = 60;

/** By the hour: by the minute it would be longer than anybody reads. */
function minuteTable(counts: MinuteCounts): Markup {
  const perHour = Math.max(1, Math.round(HOUR_MINUTES / counts.binMinutes));
  const hours = Math.ceil(counts.completed.length / perHour);
  const rows = Array.from({ length: hours }, (_, hour) => {
    const from = counts.from + hour * perHour * counts.binMinutes * MINUTE;
    const of = (bins: readonly number[]): Markup =>
      markup`${grouped(sum(bins.slice(hour * perHour, (hour + 1) * perHour)))}`;
    return [markup`${formatInstant(from).slice(0, 16).replace('T', ' ')}`, ...LAYERS.map(([name]) => of(counts[name]))];
  });
  return tableMarkup(
    [{ name: text('時', 'Hour from') }, ...LAYERS.map(([, , name]) => ({ name, isNumber: true }))],
    rows,
  );
}

function gapsChart({ gaps }: Figures) {
  const within = sum(gaps.counts, (count, bin) => ((bin + 1) * gaps.binSeconds <= gaps.limitSeconds ? count : 0));
  const [limit, reach] = [spanWords(gaps.limitSeconds), spanWords(gaps.counts.length * gaps.binSeconds)];
  return {
    id: 'gaps',
    title: text('同じ決済が続くまでの時間', 'How soon the same payment followed'),
    says: text(
      `同じクーポン・同じ店・同じ額の決済が障害中に続いた間隔です。限度 ${limit.ja}までの棒は ${grouped(within)} 件、図より長い(${reach.ja}超)ものは ${grouped(gaps.longer)} 件です。`,
      `Between payments in the outage of one coupon, shop and amount. Bars up to the limit of ${limit.en}: ${grouped(within)}; longer than is drawn (over ${reach.en}): ${grouped(gaps.longer)}.`,
    ),
    heightPixels: GAPS_PIXELS,
    drawing: gapsDrawing(gaps),
    table: tableMarkup(
      [{ name: text('間隔(分:秒、まで)', 'Gap up to (m:s)') }, { name: text('件', 'Number'), isNumber: true }],
      gaps.counts.flatMap((count, bin) =>
        count === 0 ? [] : [[markup`〜${minutesAndSeconds((bin + 1) * gaps.binSeconds)}`, markup`${grouped(count)}`]],
      ),
    ),
  };
}

interface ShopDifference {
  readonly shop: string;
  readonly logYen: number;
  readonly reportYen: number;
}

const MOST_DRAWN = 12;
const MOST_LISTED = 50;

/** So many rows are counted at a time. */
const ROWS_A_STEP = 1 << 13;

const differenceOf = ({ logYen, reportYen }: Pick<ShopDifference, 'logYen' | 'reportYen'>): number =>
  logYen - reportYen;

/** Shops by how much their own record and the log differ, over all days that they reported. */
function* differencesOf({
  merchantDays,
}: Pick<Contents, 'merchantDays'>): Generator<undefined, readonly ShopDifference[]> {
  const shops = yield* merchantDays.column('merchant_id');
  const [log, report] = [yield* merchantDays.column('log_yen'), yield* merchantDays.column('report_yen')];
  const sums = new Map<string, { logYen: number; reportYen: number }>();
  for (let row = 0; row < merchantDays.rows; row++) {
    const shop = shops[row] as string;
    const sum = sums.get(shop) ?? { logYen: 0, reportYen: 0 };
    sum.logYen += Number(log[row]);
    sum.reportYen += Number(report[row]);
    sums.set(shop, sum);
    if (row % ROWS_A_STEP === 0) yield undefined;
  }
  const all: ShopDifference[] = [];
  for (const [shop, sum] of sums) if (differenceOf(sum) !== 0) all.push({ shop, ...sum });
  return yield* sorted(
    all,
    (a, b) => Math.abs(differenceOf(b)) - Math.abs(differenceOf(a)) || compareText(a.shop, b.shop),
  );
}

const NO_DIFFERENCE = text(
  '店の報告と取引記録の差はありません(または報告がありません)。',
  'Shops\u2019 reports and the log do not differ, or there is no report.',
);

function* shops(contents: Contents): Generator<undefined, Markup> {
  const all = yield* differencesOf(contents);
  if (all.length === 0) return markup`<p>${both(NO_DIFFERENCE)}</p>`;
  return chartFigure(shopsChart(all, contents.payments !== undefined));
}

const signed = (yen: number): string => `${yen < 0 ? '−' : '+'}${grouped(Math.abs(yen))}`;

function shopsChart(all: readonly ShopDifference[], hasPayments: boolean) {
  const bars: readonly Bar[] = all.slice(0, MOST_DRAWN).map((each) => {
    const yen = differenceOf(each);
    const link = hasPayments ? { href: hashOf({ shop: each.shop }) } : {};
    return {
      name: text(each.shop, each.shop),
      shown: text(`${signed(yen)}円`, `${signed(yen)} yen`),
      size: Math.abs(yen),
      colour: yen > 0 ? 'held' : 'earlier',
      ...link,
    };
  });
  const listed = all.slice(0, MOST_LISTED);
  return {
    id: 'shops',
    title: text('取引記録と店の報告の差', 'The log against the shops\u2019 reports'),
    says: shopsSays(all.length),
    heightPixels: barsHeight(bars),
    drawing: barsDrawing(bars),
    hasLinks: hasPayments,
    legend: legendOf([
      { colour: 'held', words: text('+ 取引記録のほうが多い', '+ more in the log') },
      { colour: 'earlier', words: text('− 店の報告のほうが多い', '− more in the shop\u2019s report') },
    ]),
    table: tableMarkup(
      [
        { name: text('店', 'Shop') },
        { name: text('取引記録(円)', 'Log, yen'), isNumber: true },
        { name: text('店の報告(円)', 'Report, yen'), isNumber: true },
        { name: text('差(円)', 'Difference, yen'), isNumber: true },
      ],
      listed.map((each) => [
        markup`${each.shop}`,
        markup`${grouped(each.logYen)}`,
        markup`${grouped(each.reportYen)}`,
        markup`${signed(differenceOf(each))}`,
      ]),
    ),
  };
}

function shopsSays(count: number): Text {
  const more = count > MOST_DRAWN;
  const limits = more
    ? text(
        `差の大きい ${MOST_DRAWN} 店を描き、表には ${Math.min(count, MOST_LISTED)} 店まで載せます。すべては merchant_days.csv にあります。`,
        `The ${MOST_DRAWN} with most are drawn, and up to ${Math.min(count, MOST_LISTED)} listed; merchant_days.csv has them all.`,
      )
    : text('', '');
  return text(
    `障害中の決済と、店が報告した売上の差がある店は ${grouped(count)} 店です。${limits.ja}`,
    `${grouped(count)} shops report other sales than the log has payments in the outage. ${limits.en}`.trim(),
  );
}
