import { ALL, type Sought } from './filter.ts';

const NAMES = Object.keys(ALL) as (keyof Sought)[];

/** `#status=payable&ground=B2`, as a mark of a drawing links to it; undefined where the hash is none of these. */
export function soughtIn(hash: string): Sought | undefined {
  const given = new Map(
    hash
      .replace(/^#/, '')
      .split('&')
      .flatMap((part) => {
        const at = part.indexOf('=');
        return at < 0 ? [] : [[part.slice(0, at), decoded(part.slice(at + 1))] as const];
      }),
  );
  if (!NAMES.some((name) => given.has(name))) return undefined;
  return Object.fromEntries(NAMES.map((name) => [name, given.get(name) ?? ''])) as unknown as Sought;
}

/** Whoever types an address may type what is none. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** The hash of what is sought; `#coupons` of everything. */
export function hashOf(sought: Partial<Sought>): string {
  const parts = NAMES.flatMap((name) => {
    const word = sought[name] ?? '';
    return word === '' ? [] : [`${name}=${encodeURIComponent(word)}`];
  });
  return parts.length === 0 ? '#coupons' : `#${parts.join('&')}`;
}
