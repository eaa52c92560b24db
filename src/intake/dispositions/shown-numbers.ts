import { mayBePersonal, shapeOf } from '../../policy/personal-data.ts';

/**
 * How an unknown coupon number is shown. A column that was taken for another may hold anything, a person\u2019s phone too:
 * only what is written nearly as a known number is, or in the form of the numbers that are known, is shown as it is.
 *
 * @param known numbers, or the first of many
 */
export function shownNumbers(known: Iterable<string>): (couponNumber: string, nearest: string | undefined) => string {
  const forms = new Set<string>();
  for (const number of known) forms.add(formOf(number));
  return (couponNumber, nearest) =>
    nearest !== undefined || (forms.has(formOf(couponNumber)) && !mayBePersonal(couponNumber))
      ? couponNumber
      : `<${shapeOf(couponNumber)}>`;
}

const formOf = (text: string): string => text.replace(/\d/g, '9').replace(/[A-Za-z]/g, 'a');
