import { type Text, text } from '../base/text.ts';

/** As a policy file or a manifest has them: of version 2 some are lists, or have terms within. */
export type TermsAsWritten = Readonly<Record<string, unknown>>;

type Figure = string | number | undefined;

/** A term that two policies state otherwise; undefined where one states none. */
export interface TermDifference {
  /** Its path, from the outermost term. */
  readonly term: string;
  readonly before: Figure;
  readonly after: Figure;
}

/** In the order in which a policy states them. */
export function termDifferences(before: TermsAsWritten, after: TermsAsWritten): readonly TermDifference[] {
  const [from, to] = [new Map(figuresIn(before)), new Map(figuresIn(after))];
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((term) =>
    from.get(term) === to.get(term) ? [] : [{ term, before: from.get(term), after: to.get(term) }],
  );
}

/** Of a way to be paid that is gone its beginning alone: what else was stated of it goes without saying. */
export function withGoneRoutesOnce(differences: readonly TermDifference[]): readonly TermDifference[] {
  const gone = differences.flatMap(({ term, after }) => {
    const route = /^(?:points|bank)\.(?=from$)/.exec(term)?.[0];
    return route === undefined || after !== undefined ? [] : [route];
  });
  return differences.filter(({ term }) => term.endsWith('.from') || !gone.some((route) => term.startsWith(route)));
}

/** Every figure of the terms, by its path. */
function figuresIn(terms: object, path = ''): readonly (readonly [path: string, figure: Figure])[] {
  return Object.entries(terms).flatMap(([name, value]): readonly (readonly [string, Figure])[] =>
    typeof value === 'object' && value !== null
      ? figuresIn(value, `${path}${expiryOf(value) ?? name}.`)
      : [[`${path}${name}`, value as Figure]],
  );
}

/** A cohort is told by its expiry and not by its place: one more before it makes no other of it. */
const expiryOf = (value: object): string | undefined =>
  'originalExpiry' in value && typeof value.originalExpiry === 'string' ? value.originalExpiry : undefined;

/** `claimsClose none → 2031-01-31`, one after the other. */
export function differenceWords(differences: readonly TermDifference[]): Text {
  const told = (none: string) =>
    differences.map(({ term, before, after }) => `${term} ${before ?? none} → ${after ?? none}`);
  return text(told('なし').join('、'), told('none').join('; '));
}
