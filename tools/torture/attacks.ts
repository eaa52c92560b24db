import type { Attack } from './attack.ts';
import { FUZZ } from './fuzz.ts';
import { KILLS, KILLS_AT_CALLS } from './kills.ts';
import { MARKS } from './markers.ts';
import { READING_CALLS, WRITING_CALLS } from './system-calls.ts';

/** Every way to break the program, in the order in which they are tried and told. */
export const ATTACKS: readonly Attack[] = [WRITING_CALLS, READING_CALLS, KILLS, KILLS_AT_CALLS, FUZZ, MARKS];
