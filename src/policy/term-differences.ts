import { type Text, text } from '../base/text.ts';

/** As a policy file or a manifest has them. */
export type TermsAsWritten = Readonly<Record<string, string | number | undefined>>;

/** A term that two policies state otherwise; undefined where one states none. */
export interface TermDifference {
  readonly term: string;
  readonly before: string | number | undefined;
  readonly after: string | number | undefined;
}

/** In the order in which a policy states them. */
export function termDifferences(before: TermsAsWritten, after: TermsAsWritten): readonly TermDifference[] {
  const terms = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...terms].flatMap((term) =>
    before[term] === after[term] ? [] : [{ term, before: before[term], after: after[term] }],
  );
}

/** `claimsClose none → 2031-01-31`, one after the other. */
export function differenceWords(differences: readonly TermDifference[]): Text {
  const told = (none: string) =>
    differences.map(({ term, before, after }) => `${term} ${before ?? none} → ${after ?? none}`);
  return text(told('なし').join('、'), told('none').join('; '));
}
