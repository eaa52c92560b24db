import type { Attack } from './attack.ts';
import { CHANGING_FILES } from './changing-files.ts';
import { CROWDS_AT_ONCE, LOCKED_FOLDERS } from './crowds.ts';
import { FORGED_RUNS } from './forged-runs.ts';
import { FUZZ } from './fuzz.ts';
import { DAMAGED_GZIP, HEAVY_FILES } from './heavy-files.ts';
import { IDS } from './ids.ts';
import { KILLS, KILLS_AT_CALLS } from './kills.ts';
import { LOADS } from './load.ts';
import { MARKS } from './markers.ts';
import { MEMORY } from './memory.ts';
import { DISKS, PLACES_TAKEN } from './places.ts';
import { READING_CALLS, WRITING_CALLS } from './system-calls.ts';

/** Every way to break the program, in the order in which they are tried and told. */
export const ATTACKS: readonly Attack[] = [
  ...[WRITING_CALLS, READING_CALLS, KILLS, KILLS_AT_CALLS],
  ...[DISKS, PLACES_TAKEN, CHANGING_FILES, DAMAGED_GZIP, HEAVY_FILES],
  ...[LOCKED_FOLDERS, CROWDS_AT_ONCE],
  ...[FUZZ, FORGED_RUNS, MARKS, IDS],
  ...[LOADS, MEMORY],
];
