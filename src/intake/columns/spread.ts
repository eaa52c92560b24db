import { hashOf } from './id-dictionary.ts';

/** One of so many, by a key of a text: also where all keys end alike. */
export const spread = (key: number, parts: number): number => Math.floor(((hashOf(key) >>> 0) / 0x1_0000_0000) * parts);
