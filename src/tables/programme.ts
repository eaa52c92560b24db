import type { Terms } from '../policy/terms.ts';
import { MEDIA } from './tables.ts';

/** Prefectures of issuance rows are numbers of two digits. */
const PREFECTURES = 100;

/** The place of a medium, by its number, and a prefecture in {@link programmeOf}. */
export const placeInProgramme = (medium: number, prefecture: number): number => medium * PREFECTURES + prefecture;

/** 1 at the place of each medium and prefecture that is in scope (3-rules.md §1): it is asked of every issuance row. */
export function programmeOf({ media, prefectures }: Terms): Uint8Array {
  const ours = new Uint8Array(MEDIA.length * PREFECTURES);
  for (const medium of media)
    for (const prefecture of prefectures) ours[placeInProgramme(MEDIA.indexOf(medium), Number(prefecture))] = 1;
  return ours;
}
