import { grouped } from '../../base/figures.ts';
import { type Text, text } from '../../base/text.ts';
import type { ShownCoupon } from './unpacked-coupons.ts';
import type { TableWords } from './words.ts';

/** What a row says when it opens. */
export interface Explanation {
  /** What becomes of it, and why. */
  readonly says: readonly Text[];
  readonly questions: readonly AskedQuestion[];
  /** What it rests on: rules with the clauses of the notice that they serve. */
  readonly rests: readonly RestsOn[];
}

export interface AskedQuestion {
  readonly reason: string;
  readonly asks: Text;
  readonly detail: Text;
  readonly state: Text;
}

export interface RestsOn {
  readonly rule: Text;
  readonly clauses: readonly { readonly printedAs: string; readonly says: Text }[];
}

export function explanationOf(coupon: ShownCoupon, words: TableWords): Explanation {
  return {
    says: [
      filled(words.says[coupon.status] ?? text(coupon.status, coupon.status), coupon),
      ...coupon.grounds.flatMap((ground) => becauseOf(ground, words)),
      ...amountWords(coupon),
      ...routeWords(coupon, words),
      // What is asked of a person is told with the question itself.
      ...coupon.reasons
        .filter((reason) => !coupon.questions.some((question) => question.reason === reason))
        .map((reason) => ended(words.reasons[reason] ?? text(reason, reason))),
    ],
    questions: coupon.questions.map(({ reason, answer, holds, detail, stakeYen }) => ({
      reason,
      asks: words.reasons[reason] ?? text(reason, reason),
      detail: halves(detail),
      state: questionState(answer, holds, stakeYen),
    })),
    rests: restsOn(coupon, words),
  };
}

const ended = ({ ja, en }: Text): Text => text(`${ja}。`, `${en.charAt(0).toUpperCase()}${en.slice(1)}.`);

/** A sentence with the coupon's own figures. */
function filled(words: Text, coupon: ShownCoupon): Text {
  const figures: Readonly<Record<string, string>> = {
    payable: grouped(coupon.payableYen ?? 0),
    already: grouped(coupon.alreadyPaidYen ?? 0),
    until: coupon.validUntil,
  };
  const fill = (sentence: string): string => sentence.replace(/\{(\w+)\}/g, (whole, name) => figures[name] ?? whole);
  return text(fill(words.ja), fill(words.en));
}

function becauseOf(ground: string, words: TableWords): readonly Text[] {
  const [name, because] = [words.grounds[ground], words.because[ground]];
  if (name === undefined || because === undefined) return [];
  return [text(`${ground}(${name.ja}): ${because.ja}`, `${ground} (${name.en}): ${because.en}`)];
}

/** How what is due comes about, where the run knows it. */
function amountWords({
  residualYen,
  reinstateYen,
  alreadyPaidYen,
  payableYen,
  validUntil,
}: ShownCoupon): readonly Text[] {
  if (residualYen === null) return [];
  const [left, deducted, already] = [residualYen, reinstateYen ?? 0, alreadyPaidYen ?? 0];
  const until = validUntil === '' ? text('', '') : text(`(期限 ${validUntil})`, ` (valid until ${validUntil})`);
  const parts: Text[] = [text(`残高 ${grouped(left)}円${until.ja}`, `balance ${grouped(left)} yen${until.en}`)];
  if (deducted > 0)
    parts.push(text(`誤って引かれた額 ${grouped(deducted)}円`, `wrongly deducted ${grouped(deducted)} yen`));
  const before = text(parts.map(({ ja }) => ja).join(' + '), parts.map(({ en }) => en).join(' + '));
  const paid =
    already > 0 ? text(` − 前回まで ${grouped(already)}円`, ` − ordered before ${grouped(already)} yen`) : text('', '');
  const due = payableYen ?? 0;
  const whole =
    due > 0 && due === left + deducted - already
      ? text(` = ${grouped(due)}円`, ` = ${grouped(due)} yen`)
      : text('', '');
  return [ended(text(before.ja + paid.ja + whole.ja, before.en + paid.en + whole.en))];
}

function routeWords({ route, payoutId, status }: ShownCoupon, words: TableWords): readonly Text[] {
  const way = words.routes[route];
  if (way === undefined || status !== 'payable') return [];
  const id = payoutId === '' ? '' : ` ${payoutId}`;
  return [
    text(
      `送り方: ${way.name.ja}(${way.from.ja}から)。支払番号${id}。`,
      `By ${way.name.en}, from ${way.from.en} on. Payout${id}.`,
    ),
  ];
}

/** Published texts stand in both languages in one cell (base/text.ts); where it is not clear which is which, both are shown. */
export function halves(inBoth: string): Text {
  const parts = inBoth.split(' / ');
  return parts.length === 2 ? text(parts[0] ?? '', parts[1] ?? '') : text(inBoth, inBoth);
}

const ANSWERS: Readonly<Record<string, Text>> = {
  approved: text('承認済み', 'approved'),
  rejected: text('却下済み', 'rejected'),
  stale: text('根拠が変わり、決定が無効', 'decided on other facts: to be decided again'),
  needs_second: text('2 人目の確認待ち', 'waits for a second person'),
};

function questionState(answer: string, holds: boolean, stakeYen: number): Text {
  const state = ANSWERS[answer] ?? text('未回答', 'not answered');
  const held = holds
    ? text('支払いを止めています', 'holds the payment')
    : text('支払いは止めていません', 'holds nothing');
  const stake = stakeYen > 0 ? text(`、${grouped(stakeYen)}円`, `, ${grouped(stakeYen)} yen`) : text('', '');
  if (answer === 'approved' || answer === 'rejected') return state;
  return text(`${state.ja}(${held.ja}${stake.ja})`, `${state.en} (${held.en}${stake.en})`);
}

function restsOn(coupon: ShownCoupon, words: TableWords): readonly RestsOn[] {
  const about = [
    ...coupon.grounds,
    ...coupon.reasons,
    ...(coupon.grounds.length > 0 ? ['amount'] : []),
    ...(coupon.status === 'payable' || coupon.status === 'awaiting_application' ? ['route'] : []),
  ];
  const ids = new Set(about.flatMap((each) => words.rulesOf[each] ?? []));
  return [...ids].flatMap((id) => {
    const rule = words.rules[id];
    if (rule === undefined) return [];
    return [{ rule: rule.title, clauses: rule.clauses.flatMap((clause) => words.clauses[clause] ?? []) }];
  });
}
