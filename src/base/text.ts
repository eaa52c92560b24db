/** A sentence a person reads, in both languages of the project. */
export interface Text {
  readonly ja: string;
  readonly en: string;
}

export type Language = 'ja' | 'en';

export const text = (ja: string, en: string): Text => ({ ja, en });

/** Both languages in one cell: published files must not depend on the reader's locale. */
export const inBoth = (value: Text): string => `${value.ja} / ${value.en}`;

/** What a field of a file is, for editors that show its JSON Schema. */
export const said = (ja: string, en: string) => ({ description: inBoth(text(ja, en)) });

/** Order by Unicode code point, the same on every machine and locale (UTF-16 order differs beyond U+FFFF). */
export function compareText(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length);
  for (let at = 0; at < shorter; at++) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a !== b) return codePointWeight(a) - codePointWeight(b);
  }
  return left.length - right.length;
}

/** Surrogates stand for code points above U+FFFF, so they sort after U+E000..U+FFFF. */
function codePointWeight(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
