import {
  type Cause,
  type Changes,
  type CouponDifference,
  type DifferenceGroup,
  type Net,
  type RunComparison,
  type Step,
  tableDiffers,
} from '../../audit/diff/difference.ts';
import { type Text, text } from '../../base/text.ts';
import type { Translate } from '../terminal/language.ts';
import { grouped, signedYen } from './yen-words.ts';

export const GROUP_WORDS: Readonly<Record<DifferenceGroup, Text>> = {
  'newly eligible': text('新たに対象', 'newly eligible'),
  'no longer eligible': text('対象でなくなった', 'no longer eligible'),
  paid: text('支払済みになった', 'paid since'),
  more: text('増えた', 'more'),
  less: text('減った', 'less'),
  moved: text('送り方が変わった', 'moved to another route'),
  otherwise: text('そのほか', 'otherwise changed'),
};

export const CAUSE_WORDS: Readonly<Record<Cause, Text>> = {
  'as-of': text('基準時刻', 'as-of'),
  term: text('policy の数値', 'policy term'),
  option: text('指定', 'option'),
  input: text('入力の行', 'input rows'),
  decision: text('人の決定', 'decision'),
  previous: text('前回までの支払い', 'earlier payouts'),
  rule: text('規則・読み方', 'rule or reading'),
  program: text('プログラムの版', 'program version'),
};

const RELATION_WORDS: Readonly<Record<Step['rows'][number]['relation'], Text>> = {
  own: text('このクーポンの行', 'rows of this coupon'),
  'same shop and day': text('同じ店・同じ日の行', 'rows of the same shop and day'),
  'claim at the same shop': text('同じ店への申出', 'claims at the same shop'),
  'same account': text('同じアカウントの行', 'rows of the same account'),
};

/** What is to pay, always; what is put back or kept, where that changes. */
export function netText({ netYen, netReinstateYen, netKeptYen }: Net, t: Translate): string {
  if (netReinstateYen === 0 && netKeptYen === 0) return signedYen(netYen, t);
  const parts = NET_COLUMNS.map(([column, words]) => [{ netYen, netReinstateYen, netKeptYen }[column], words] as const)
    .filter(([yen], index) => index === 0 || yen !== 0)
    .map(([yen, words]) => t(text(`${words.ja} ${signedYen(yen, t)}`, `${signedYen(yen, t)} ${words.en}`)));
  return parts.join(t(text('・', ', ')));
}

/** The yen of a difference, in the order in which they are told. */
export const NET_COLUMNS: readonly (readonly [keyof Net, Text])[] = [
  ['netYen', text('支払', 'to pay')],
  ['netReinstateYen', text('戻し', 'to put back')],
  ['netKeptYen', text('残高の維持・保留', 'kept or held')],
];

/** Columns of yen: what is to pay, always; what is put back or kept, where that changes for somebody. */
export function yenColumns({ coupons, groups, attribution }: RunComparison): typeof NET_COLUMNS {
  const all: readonly Net[] = [...coupons, ...Object.values(groups), ...attribution.steps];
  return NET_COLUMNS.filter(([column], index) => index === 0 || all.some((net) => net[column] !== 0));
}

/** The first thing that is said: the net yen. */
export function headline(
  { couponsDiffering, ...comparison }: Net & Pick<RunComparison, 'couponsDiffering' | 'tables'>,
  t: Translate,
): string {
  if (couponsDiffering === 0) return unmovedHeadline(comparison.tables, t);
  const net = netText(comparison, t);
  const coupons = couponsText(couponsDiffering, t);
  return t(text(`差引 ${net}: ${coupons}の結果が違います`, `Net ${net}: ${coupons} out otherwise`));
}

function unmovedHeadline(tables: RunComparison['tables'], t: Translate): string {
  const names = tables
    .filter(tableDiffers)
    .map(({ name }) => name)
    .join(t(text('、', ', ')));
  if (names === '') return t(text('クーポンの結果に違いはありません', 'No coupon comes out otherwise'));
  return t(
    text(
      `クーポンの結果に違いはありませんが、次のファイルが違います: ${names}`,
      `No coupon comes out otherwise, but these files differ: ${names}`,
    ),
  );
}

const couponsText = (coupons: number, t: Translate): string =>
  t(text(`${grouped(coupons)} クーポン`, coupons === 1 ? '1 coupon comes' : `${grouped(coupons)} coupons come`));

/** So many coupons, and their yen. */
export function countedText(counted: Net & { readonly coupons: number }, t: Translate): string {
  if (counted.coupons === 0) return t(text('違いなし', 'no coupon'));
  const words = counted.coupons === 1 ? '1 coupon' : `${grouped(counted.coupons)} coupons`;
  return `${t(text(`${grouped(counted.coupons)} クーポン、`, `${words}, `))}${netText(counted, t)}`;
}

export const countText = (coupons: number): string => grouped(coupons);

/** What a coupon that is listed by one run only had there is told in few words: all its columns are as good as empty. */
const TELLING: readonly string[] = ['status', 'grounds', 'residual_yen', 'reinstate_yen', 'payable_yen'];

export function changesLines(changes: Changes, t: Translate): readonly string[] {
  const listedByBoth = changes.status === undefined || (changes.status.before !== '' && changes.status.after !== '');
  const unlisted = listedByBoth ? '–' : t(text('(一覧にない)', '(not listed)'));
  return Object.entries(changes)
    .filter(([column, { before, after }]) => listedByBoth || (TELLING.includes(column) && before + after !== '0'))
    .map(([column, { before, after }]) => `${column} ${shown(column, before)} → ${shown(column, after)}`);

  function shown(column: string, value: string): string {
    if (value === '') return column === 'status' ? unlisted : '–';
    return column.endsWith('_yen') ? grouped(Number(value)) : value;
  }
}

const ROWS_SHOWN = 3;
const SIGNS = { added: '+', removed: '-', changed: '~' } as const;

/** What made a coupon come out otherwise, a line for each cause and those that follow it. */
export function causeLines(
  coupon: CouponDifference,
  { runs }: Pick<RunComparison, 'runs'>,
  t: Translate,
): readonly (readonly string[])[] {
  if (coupon.couldBe.length > 0) {
    const names = coupon.couldBe.map((cause) => t(CAUSE_WORDS[cause])).join(t(text('、', ', ')));
    return [[t(text(`次のどれか: ${names}`, `could be any of: ${names}`))]];
  }
  const said = runs.filter(({ cause }) => cause === coupon.because[0]?.cause).map(({ what }) => what);
  // Where nothing else differs, what differs stands at the top already.
  const isSaid = runs.length === 1 && coupon.because[0]?.what.every((what) => said.includes(what)) === true;
  const because = isSaid ? coupon.because.map((step) => ({ ...step, what: [] })) : coupon.because;
  return because.map((step) => stepLines(step, because.length > 1, t));
}

function stepLines(step: Step, isOneOfSeveral: boolean, t: Translate): readonly string[] {
  const particular = step.rows.length > 0 ? [] : step.what;
  const yen = isOneOfSeveral ? ` (${netText(step, t)})` : '';
  const status = isOneOfSeveral
    ? changesLines(step.changes, t).filter((line) => /^(status|grounds|route) /.test(line))
    : [];
  return [
    `${t(CAUSE_WORDS[step.cause])}${yen}${status.length > 0 ? `: ${status.join(', ')}` : ''}`,
    ...particular,
    ...rowLines(step, t),
  ];
}

function rowLines({ cause, rows }: Step, t: Translate): readonly string[] {
  const [first] = rows;
  if (first === undefined)
    return cause === 'input' ? [t(text('どの行かは分かりませんでした', 'which rows could not be told'))] : [];
  const more = rows.length - ROWS_SHOWN;
  const shown = rows.slice(0, ROWS_SHOWN).map(({ id, change, before, after, relation }) => {
    const places = [before, after].map((each) => each.join(', ')).filter((each) => each !== '');
    const about = relation === 'own' ? '' : ` – ${t(RELATION_WORDS[relation])}`;
    return `${SIGNS[change]} ${id} (${[...new Set(places)].join(' → ')})${about}`;
  });
  return more > 0 ? [...shown, t(text(`ほか ${more} 行`, `and ${more} more rows`))] : shown;
}

/** Coupons that are not shown. */
export function moreText(
  { couponsDiffering, coupons }: Pick<RunComparison, 'couponsDiffering' | 'coupons'>,
  t: Translate,
): string | undefined {
  const more = couponsDiffering - coupons.length;
  if (more <= 0) return undefined;
  return t(text(`ほか ${grouped(more)} クーポン(--limit で増やせます)`, `and ${grouped(more)} more (see --limit)`));
}

/** Why causes could not be told apart, and of what they could be. */
export function untoldText({ attribution, runs }: RunComparison, t: Translate): string | undefined {
  if (attribution.why === null) return undefined;
  if (runs.length === 0) return t(attribution.why);
  const why = t(attribution.why);
  return t(text(`原因を分けられません。${why}`, `The causes could not be told apart: ${why}`));
}
