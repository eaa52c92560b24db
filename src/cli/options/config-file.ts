import { dirname, resolve } from 'node:path';
import * as z from 'zod';
import { ownOf } from '../../base/own.ts';
import type { Problem } from '../../base/problem.ts';
import { text } from '../../base/text.ts';
import { READERS } from '../../intake/bytes/file.ts';
import { KAGOSHIMA } from '../../policy/kagoshima-2023-02-24.ts';
import { SHARINGS } from '../../publish/archive.ts';
import { LATEST } from '../../publish/series.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import { LOG_FORMATS, LOG_LEVELS } from '../terminal/log.ts';
import { ALLOWANCES } from './allowances.ts';
import { ENCODING_WORDS, INPUT_OPTIONS, meansBuiltInProfile } from './inputs.ts';
import { readJsonFile } from './json-file.ts';
import { MEMORY_PATTERN } from './memory-limit.ts';
import { hasPlace } from './small-file.ts';

/** The system would take what stands before a NUL for all of it. */
const NO_NUL = {
  error: 'NUL(\\u0000)はファイル名に使えません / no path can hold a NUL (\\u0000)',
};
const hasNoNul = (value: string): boolean => !value.includes('\0');
/** The same for editors, which know no such check of our own. */
const WITHOUT_NUL = { pattern: '^[^\\u0000]*$' };
const path = z.string().refine(hasNoNul, NO_NUL).meta(WITHOUT_NUL);
const paths = z
  .union([z.string().meta(WITHOUT_NUL), z.array(z.string().meta(WITHOUT_NUL))])
  .refine((value) => [value].flat().every(hasNoNul), NO_NUL)
  .transform((value) => [value].flat());

type Paths = typeof paths;
const inputs = Object.fromEntries(INPUT_OPTIONS.map((name) => [name, paths.optional()])) as {
  readonly [Name in (typeof INPUT_OPTIONS)[number]]: z.ZodOptional<Paths>;
};

/** Rows, or a share of them (limits.ts). */
const rowLimit = z
  .union([z.string().meta({ pattern: '^(\\d+|\\d+(\\.\\d{1,6})?%)$' }), z.int().meta({ minimum: 0 })])
  .transform(String)
  .optional();
/** In any case of its letters. */
const encodingPattern = `^(${ENCODING_WORDS.map((word) => word.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)).join('|')})$`;

/** A config file: the long options of `run`, in camel case. Paths in it are relative to it; to the working directory, where it is a pipe. */
export const configSchema = z.strictObject({
  ...inputs,
  asOf: z.string().meta({ pattern: '\\d' }).optional(),
  out: path.optional(),
  policy: path.optional(),
  profile: path.optional(),
  encoding: z.string().meta({ pattern: encodingPattern }).optional(),
  reader: z.enum(READERS).optional(),
  countUnclaimed: z.boolean().optional(),
  requireSecond: z.boolean().optional(),
  evidenceKey: path.optional(),
  maxRejects: rowLimit,
  maxSmallRejects: rowLimit,
  maxUnmatched: rowLimit,
  maxUnknownDecisions: z
    .union([z.string().meta({ pattern: '^\\d+$' }), z.int().meta({ minimum: 0 })])
    .transform(String)
    .optional(),
  memory: z.string().meta({ pattern: MEMORY_PATTERN }).optional(),
  tempDirectory: path.optional(),
  replace: z.boolean().optional(),
  archive: z.union([z.boolean(), z.enum(SHARINGS)]).optional(),
  previous: path.optional(),
  paidRun: paths.optional(),
  excel: z.union([z.boolean(), z.enum(['ja', 'en'])]).optional(),
  report: z.boolean().optional(),
  json: z.boolean().optional(),
  quiet: z.boolean().optional(),
  lang: z.enum(['ja', 'en']).optional(),
  logLevel: z.enum(LOG_LEVELS).optional(),
  logFormat: z.enum(LOG_FORMATS).optional(),
});
export type Config = z.infer<typeof configSchema>;

/** With what each option is, for editors. @param words of each, by its name in camel case */
export const describedConfigSchema = (words: ReadonlyMap<string, string>) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(configSchema.shape).map(([name, option]) => [name, option.meta({ description: words.get(name) })]),
    ),
  );

/** Options that are given on the command line alone, by their names here: what one night needs must not stand for all. */
const FOR_ONE_RUN: Readonly<Record<string, string>> = {
  first: '--first',
  allowPaidRowsGone: '--allow-paid-rows-gone',
  ...Object.fromEntries(ALLOWANCES.map(({ name, option }) => [name, option])),
};

/** Those of them that stand in a file nevertheless. */
function forOneRun(path: string): readonly Problem[] {
  const read = readJsonFile(path, z.looseObject({}), 'CONFIG');
  if ('problems' in read) return [];
  return Object.keys(read.value).flatMap((name) => {
    const option = ownOf(FOR_ONE_RUN, name);
    if (option === undefined) return [];
    return {
      code: 'BAD_CONFIG',
      where: `${path}: ${name}`,
      what: text(
        '一回の実行だけの指定なので、設定ファイルには書けません',
        'is for one run, and cannot stand in a config file',
      ),
      advice: text(
        `ここから消し、その実行のときだけ ${option} を付けてください`,
        `take it out, and give ${option} with that run alone`,
      ),
    };
  });
}

/** Config of the file that `--config` names, its paths made absolute. @throws CommandFailure */
export function readConfig(path: string | undefined): Config {
  if (path === undefined) return {};
  const misplaced = forOneRun(path);
  if (misplaced.length > 0) throw new CommandFailure(EXIT.usage, misplaced);
  const read = readJsonFile(path, configSchema as z.ZodType<Config>, 'CONFIG');
  if ('problems' in read) throw new CommandFailure(EXIT.usage, read.problems);
  const base = hasPlace(path) ? dirname(resolve(path)) : process.cwd();
  const config: Config = { ...read.value };
  for (const name of ['out', 'policy', 'profile', 'previous', 'evidenceKey', 'tempDirectory'] as const) {
    const value = config[name];
    if (value !== undefined && !isName(name, value, base)) config[name] = resolve(base, value);
  }
  for (const name of [...INPUT_OPTIONS, 'paidRun'] as (keyof Config)[]) {
    const value = config[name];
    if (Array.isArray(value)) Object.assign(config, { [name]: value.map((each) => resolve(base, each)) });
  }
  return config;
}

/** A built-in policy or profile, or the latest run: no path. */
function isName(option: string, value: string, base: string): boolean {
  if (option === 'policy') return value === KAGOSHIMA.id;
  if (option === 'previous') return value === LATEST;
  return option === 'profile' && meansBuiltInProfile(value, resolve(base, value));
}
