/** As people type a number: in full width, in groups, with blanks around. */
export const typedNumber = (number: string): string => number.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();

/** A coupon's own number as it is sought; most stand as they are. */
export const soughtForm = (number: string): string =>
  /[^0-9A-Z]/.test(number) ? number.toUpperCase().replaceAll('-', '') : number;

const withoutZeros = (number: string): string => number.replace(/^0+(?=.)/, '');

/** Whether a number in its sought form has what was typed in it, or is the same with more or fewer zeros before it. */
export function numberIs(typed: string): (own: string) => boolean {
  const bare = withoutZeros(typed);
  return (own) => own.includes(typed) || (own.endsWith(bare) && withoutZeros(own) === bare);
}
