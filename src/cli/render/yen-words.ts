import { grouped, yenWords } from '../../base/figures.ts';
import type { Translate } from '../terminal/language.ts';

export { grouped };

/** A sum as a person reads it. */
export const yenText = (value: number, t: Translate): string => t(yenWords(value));

/** The same with its sign: what a difference comes to. */
export const signedYen = (value: number, t: Translate): string => `${value > 0 ? '+' : ''}${yenText(value, t)}`;
