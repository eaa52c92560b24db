import { text } from '../../base/text.ts';
import type { Translate } from '../terminal/language.ts';

/** `12,000`, in both languages. */
export const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** A sum as a person reads it. */
export const yenText = (value: number, t: Translate): string => t(text(`${grouped(value)}円`, `${grouped(value)} yen`));

/** The same with its sign: what a difference comes to. */
export const signedYen = (value: number, t: Translate): string => `${value > 0 ? '+' : ''}${yenText(value, t)}`;
