/** How exports write an amount that is taken back: `-1,500`, `-¥1,500`, `¥-1,500`, `▲1500`, `(1,500)`. */
const NEGATIVE = /^(?:[-−－‐▲△]\s*(.+)|([¥￥\\])\s*[-−－‐▲△]\s*(.+)|\((.+)\)|（(.+)）)$/u;

/** An amount without its sign. What is no amount stays none. */
export function amountUnsigned(written: string): { readonly isNegative: boolean; readonly unsigned: string } {
  const parts = NEGATIVE.exec(written.trim());
  if (parts === null) return { isNegative: false, unsigned: written };
  const [, plain, sign = '', afterSign, inBrackets, inWideBrackets] = parts;
  return { isNegative: true, unsigned: `${sign}${plain ?? afterSign ?? inBrackets ?? inWideBrackets ?? ''}` };
}
