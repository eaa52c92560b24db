/**
 * What a record holds of its own under a word that somebody else wrote: `constructor` and `__proto__` are found on every object,
 * and mean nothing there.
 */
export const ownOf = <Value>(record: Readonly<Record<string, Value>>, word: string): Value | undefined =>
  Object.hasOwn(record, word) ? record[word] : undefined;
