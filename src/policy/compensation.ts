import { grouped } from '../base/figures.ts';
import { type Text, text } from '../base/text.ts';
import type { Compensation, Rounding, Terms } from './terms.ts';

/** Whether what is paid is what is left, as it stands: then nothing more is to be said of it. */
export const isTheBalance = ({ compensation }: Terms): boolean =>
  compensation.kind === 'balance' &&
  compensation.minimumYen === 1 &&
  compensation.capPerCouponYen === undefined &&
  compensation.capPerPersonYen === undefined;

/**
 * What is paid for what is left on a coupon: percentage, rounding, cap and minimum, in this order (3-rules.md §6). Where
 * nothing is left, or less, the share is that.
 */
export function shareOf({ compensation }: Terms, residualYen: number): number {
  if (residualYen <= 0) return residualYen;
  const { minimumYen, capPerCouponYen } = compensation;
  const wholeYen = wholeShare(compensation, residualYen);
  const cappedYen = capPerCouponYen === undefined ? wholeYen : Math.min(wholeYen, capPerCouponYen);
  return cappedYen < minimumYen ? 0 : cappedYen;
}

function wholeShare(compensation: Compensation, residualYen: number): number {
  switch (compensation.kind) {
    case 'balance':
      return residualYen;
    case 'fixed':
      return compensation.yen;
    case 'percentage':
      return percentageOf(residualYen, compensation.percent, compensation.rounding);
  }
}

/** In whole numbers alone: what is over is told by the remainder. */
function percentageOf(yen: number, percent: number, rounding: Rounding): number {
  const product = yen * percent;
  const over = product % 100;
  return (product - over) / 100 + (isRoundedUp(over, rounding) ? 1 : 0);
}

const isRoundedUp = (over: number, rounding: Rounding): boolean =>
  rounding === 'up' ? over > 0 : rounding === 'half-up' && over >= 50;

const ROUNDED: Readonly<Record<Rounding, Text>> = {
  down: text('1 円未満切り捨て', 'fractions of a yen dropped'),
  up: text('1 円未満切り上げ', 'fractions of a yen rounded up'),
  'half-up': text('1 円未満四捨五入', 'half a yen and more rounded up'),
};

/** What is paid for a balance, in words. */
export function shareWords({ compensation }: Terms): Text {
  const { minimumYen, capPerCouponYen, capPerPersonYen } = compensation;
  const whole = wholeWords(compensation);
  const cap =
    capPerCouponYen === undefined
      ? text('', '')
      : text(`、1 枚につき ${grouped(capPerCouponYen)}円まで`, `, at most ${grouped(capPerCouponYen)} yen a coupon`);
  const least =
    minimumYen === 1
      ? text('', '')
      : text(`、${grouped(minimumYen)}円に満たなければ払わない`, `, and nothing below ${grouped(minimumYen)} yen`);
  const each =
    capPerPersonYen === undefined
      ? text('', '')
      : text(
          `、ひとりにつき合わせて ${grouped(capPerPersonYen)}円まで`,
          `, at most ${grouped(capPerPersonYen)} yen a person in all`,
        );
  return text(`${whole.ja}${cap.ja}${least.ja}${each.ja}`, `${whole.en}${cap.en}${least.en}${each.en}`);
}

function wholeWords(compensation: Compensation): Text {
  switch (compensation.kind) {
    case 'balance':
      return text('残高と同じ額', 'the balance');
    case 'fixed':
      return text(
        `残高にかかわらず ${grouped(compensation.yen)}円`,
        `${grouped(compensation.yen)} yen, whatever is left`,
      );
    case 'percentage': {
      const rounded = ROUNDED[compensation.rounding];
      return text(
        `残高の ${compensation.percent}%(${rounded.ja})`,
        `${compensation.percent} percent of the balance (${rounded.en})`,
      );
    }
  }
}
