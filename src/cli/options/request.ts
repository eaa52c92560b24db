import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { z } from 'zod';
import { readDate, readInstant } from '../../intake/dates.ts';
import type { MemoryLimit } from '../../intake/overflow.ts';
import { type Profile, profileSchema } from '../../intake/profile.ts';
import { ENCODINGS, type Encoding, READERS, type Reader } from '../../intake/source.ts';
import { INPUT_KINDS, type InputKind } from '../../intake/tables.ts';
import { type Instant, SECOND, startOfDay } from '../../policy/instants.ts';
import { KAGOSHIMA } from '../../policy/kagoshima-2023-02-24.ts';
import { type Policy, type PolicyFile, policyFileSchema, policyOf } from '../../policy/policy.ts';
import type { Problem } from '../../policy/problem.ts';
import { compareText, text } from '../../policy/text.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import { LOG_FORMATS, LOG_LEVELS, type LogFormat, type LogLevel } from '../terminal/log.ts';
import { readJsonFile } from './json-file.ts';
import { DEFAULT_MEMORY, memoryBytes } from './memory-limit.ts';

/** The input options, by the kind of row that they bring. */
export const INPUT_OPTIONS: Readonly<Record<InputKind, string>> = {
  issuance: 'issuance',
  transactions: 'transactions',
  sales: 'merchantReports',
  claims: 'claims',
  applications: 'applications',
  decisions: 'decisions',
  paid: 'paid',
};
const REQUIRED: readonly InputKind[] = ['issuance', 'transactions', 'sales'];

const paths = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

/** A config file: the long options of `run`, in camel case. Paths in it are relative to it. */
export const configSchema = z.strictObject({
  issuance: paths.optional(),
  transactions: paths.optional(),
  merchantReports: paths.optional(),
  claims: paths.optional(),
  applications: paths.optional(),
  decisions: paths.optional(),
  paid: paths.optional(),
  asOf: z.string().optional(),
  out: z.string().optional(),
  policy: z.string().optional(),
  profile: z.string().optional(),
  encoding: z.string().optional(),
  reader: z.enum(READERS).optional(),
  countUnclaimed: z.boolean().optional(),
  maxRejects: z.union([z.string(), z.int()]).transform(String).optional(),
  maxUnmatched: z.union([z.string(), z.int()]).transform(String).optional(),
  memory: z.string().optional(),
  tempDirectory: z.string().optional(),
  replace: z.boolean().optional(),
  archive: z.boolean().optional(),
  previous: z.string().optional(),
  paidRun: paths.optional(),
  excel: z.boolean().optional(),
  json: z.boolean().optional(),
  quiet: z.boolean().optional(),
  lang: z.enum(['ja', 'en']).optional(),
  logLevel: z.enum(LOG_LEVELS).optional(),
  logFormat: z.enum(LOG_FORMATS).optional(),
});
export type Config = z.infer<typeof configSchema>;

/** Options as the command line gives them: only what was written there. */
export type GivenOptions = Partial<Record<string, string | boolean | string[]>>;

/** How many of a file’s rows may be otherwise: so many, or such a share. */
export type RowLimit = { readonly rows: number } | { readonly parts: number; readonly of: number };

export interface Request {
  readonly paths: Readonly<Record<InputKind, readonly string[]>>;
  /** Patterns that match no file. */
  readonly missing: readonly Problem[];
  readonly asOf: Instant;
  /** No instant was given: it is now. */
  readonly asOfIsNow: boolean;
  readonly out: string | undefined;
  readonly policy: Policy;
  readonly profile: Profile | undefined;
  readonly encoding: Encoding | undefined;
  readonly reader: Reader;
  readonly countUnclaimed: boolean;
  readonly maxRejects: RowLimit;
  /** Rows whose coupon the issuance does not know. */
  readonly maxUnmatched: RowLimit;
  /** How much the tables of a run may take. */
  readonly memoryBytes: number;
  /** Where that is put which exceeds it: beside the run folder, without one. */
  readonly tempDirectory: string | undefined;
  readonly replace: boolean;
  readonly archive: boolean;
  /** The run before this one. */
  readonly previous: string | undefined;
  /** Runs that made the payouts of which paid rows speak as a whole. */
  readonly paidRuns: readonly string[];
  readonly excel: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
}

/** Collects problems, so that all of the command line's are told together. */
export class Collected {
  readonly problems: Problem[] = [];
  add(code: string, where: string, what: readonly [string, string], advice: readonly [string, string]): undefined {
    this.problems.push({ code, where, what: text(...what), advice: text(...advice) });
    return undefined;
  }
}

/** Config of the file that `--config` names, its paths made absolute. @throws CommandFailure */
export function readConfig(path: string | undefined): Config {
  if (path === undefined) return {};
  const read = readJsonFile(path, configSchema as z.ZodType<Config>, 'CONFIG');
  if ('problems' in read) throw new CommandFailure(EXIT.usage, read.problems);
  const base = dirname(resolve(path));
  const config: Config = { ...read.value };
  for (const name of ['out', 'policy', 'profile', 'previous', 'tempDirectory'] as const) {
    const value = config[name];
    const builtIn = name === 'policy' && value === KAGOSHIMA.id;
    if (value !== undefined && !builtIn) config[name] = resolve(base, value);
  }
  for (const name of [...Object.values(INPUT_OPTIONS), 'paidRun'] as (keyof Config)[]) {
    const value = config[name];
    if (Array.isArray(value)) Object.assign(config, { [name]: value.map((each) => resolve(base, each)) });
  }
  return config;
}

/** Puts command line, config and defaults together. `now` is in microseconds. @throws CommandFailure with every problem */
export function readRequest(given: GivenOptions, now: Instant, needs: { readonly out: boolean }): Request {
  const config = readConfig(typeof given.config === 'string' ? given.config : undefined);
  const options: GivenOptions = { ...(config as GivenOptions), ...given };
  const found = new Collected();
  const policy = readPolicy(options.policy, found);
  const profile = readProfile(options.profile, found);
  const asOf = readAsOf(options.asOf, now, found);
  const maxRejects = readLimit('--max-rejects', options.maxRejects, found);
  const maxUnmatched = readLimit('--max-unmatched', options.maxUnmatched, found);
  const memory = readMemory(options.memory ?? DEFAULT_MEMORY, found);
  const encoding = readEncoding(options.encoding, found);
  const reader = oneOf('--reader', options.reader, READERS, found) ?? 'bytes';
  const inputs = readPaths(options, found);
  const logLevel =
    oneOf('--log-level', options.logLevel, LOG_LEVELS, found) ?? (options.quiet === true ? 'error' : 'info');
  const logFormat = oneOf('--log-format', options.logFormat, LOG_FORMATS, found) ?? 'text';
  oneOf('--lang', options.lang, ['ja', 'en'], found);
  if (needs.out && typeof options.out !== 'string') {
    found.add(
      'MISSING_OPTION',
      '--out',
      ['出力フォルダーの指定がありません', 'no output folder was given'],
      ['--out フォルダー を足してください', 'add --out FOLDER'],
    );
  }
  if (found.problems.length > 0) throw new CommandFailure(EXIT.usage, found.problems);
  return {
    paths: inputs.paths,
    missing: inputs.missing,
    asOf: asOf ?? now,
    asOfIsNow: options.asOf === undefined,
    out: typeof options.out === 'string' ? resolve(options.out) : undefined,
    policy: policy ?? KAGOSHIMA,
    profile,
    encoding,
    reader,
    countUnclaimed: options.countUnclaimed === true,
    maxRejects: maxRejects ?? MOST_REJECTS,
    maxUnmatched: maxUnmatched ?? MOST_UNMATCHED,
    memoryBytes: memory ?? 0,
    tempDirectory: typeof options.tempDirectory === 'string' ? resolve(options.tempDirectory) : undefined,
    replace: options.replace === true,
    archive: options.archive === true,
    previous: typeof options.previous === 'string' ? resolve(options.previous) : undefined,
    paidRuns: typeof options.paidRun === 'boolean' ? [] : [options.paidRun ?? []].flat().map((path) => resolve(path)),
    excel: options.excel === true,
    json: options.json === true,
    quiet: options.quiet === true,
    logLevel,
    logFormat,
  };
}

const MOST_REJECTS: RowLimit = { parts: 1, of: 1000 };
const MOST_UNMATCHED: RowLimit = { parts: 5, of: 1000 };

function readPolicy(path: GivenOptions[string], found: Collected): Policy | undefined {
  if (typeof path !== 'string') return KAGOSHIMA;
  if (path === KAGOSHIMA.id && !existsSync(path)) return KAGOSHIMA;
  const read = readJsonFile<PolicyFile>(path, policyFileSchema, 'POLICY');
  if ('value' in read) return policyOf(read.value);
  found.problems.push(...read.problems);
  return undefined;
}

function readProfile(path: GivenOptions[string], found: Collected): Profile | undefined {
  if (typeof path !== 'string') return undefined;
  const read = readJsonFile<Profile>(path, profileSchema(), 'PROFILE');
  if ('value' in read) return read.value;
  found.problems.push(...read.problems);
  return undefined;
}

/** The policy that `--policy` names, for commands that take nothing else. @throws CommandFailure */
export function readPolicyOption(path: GivenOptions[string]): Policy {
  const found = new Collected();
  const policy = readPolicy(path, found);
  if (policy === undefined) throw new CommandFailure(EXIT.usage, found.problems);
  return policy;
}

/** as_of: an instant, or a date for its first moment in Japan. The run sees what happened strictly before it. */
function readAsOf(value: GivenOptions[string], now: Instant, found: Collected): Instant | undefined {
  if (typeof value !== 'string') return Math.floor(now / SECOND) * SECOND;
  const instant = readInstant(value);
  if ('value' in instant) return instant.value;
  const date = readDate(value);
  if ('value' in date) return startOfDay(date.value);
  return found.add(
    'BAD_AS_OF',
    `--as-of ${value}`,
    ['日時として読めません', 'is no instant'],
    [
      '2031-01-31T02:00:00+09:00、"2031/1/31 02:00"、または日付 2031-01-31(その日の 0 時)のように書いてください',
      'write 2031-01-31T02:00:00+09:00, "2031/1/31 02:00", or a date for its midnight in Japan',
    ],
  );
}

const LIMITS = {
  '--max-rejects': {
    code: 'BAD_MAX_REJECTS',
    advice: [
      '5(行)か 0.1%(ファイルの行数に対する割合)のように書いてください',
      'write 5 (rows) or 0.1% (of a file\u2019s rows)',
    ],
  },
  '--max-unmatched': {
    code: 'BAD_MAX_UNMATCHED',
    advice: [
      '5(行)か 0.5%(ファイルの行数または金額に対する割合)のように書いてください',
      'write 5 (rows) or 0.5% (of a file\u2019s rows, or of their yen)',
    ],
  },
} as const;

function readLimit(option: keyof typeof LIMITS, value: GivenOptions[string], found: Collected): RowLimit | undefined {
  if (value === undefined) return undefined;
  const parts = /^(\d+)(?:\.(\d+))?(%?)$/.exec(String(value));
  const [whole, fraction] = [parts?.[1] ?? '', parts?.[2] ?? ''];
  const limit = { parts: Number(whole + fraction), of: 100 * 10 ** fraction.length };
  if (parts?.[3] === '%' && fraction.length <= 6 && limit.parts <= limit.of) return limit;
  if (parts?.[3] === '' && fraction === '' && Number.isSafeInteger(Number(whole))) return { rows: Number(whole) };
  const { code, advice } = LIMITS[option];
  const what = ['行数でも割合でもありません', 'is neither a number of rows nor a share'] as const;
  return found.add(code, `${option} ${String(value)}`, what, advice);
}

/** Where what exceeds the memory goes, of commands that have no inputs of their own. @throws CommandFailure */
export function readMemoryOptions({ memory, tempDirectory }: GivenOptions): Pick<MemoryLimit, 'bytes' | 'folder'> {
  const found = new Collected();
  const bytes = readMemory(memory ?? DEFAULT_MEMORY, found);
  if (bytes === undefined) throw new CommandFailure(EXIT.usage, found.problems);
  return { bytes, folder: typeof tempDirectory === 'string' ? resolve(tempDirectory) : tmpdir() };
}

function readMemory(value: string | boolean | string[], found: Collected): number | undefined {
  return (
    memoryBytes(String(value)) ??
    found.add(
      'BAD_MEMORY',
      `--memory ${String(value)}`,
      ['メモリの量でも割合でもありません', 'is neither an amount of memory nor a share'],
      [
        '2GB、512MB、または 60%(この計算機のメモリに対する割合)のように書いてください',
        'write 2GB, 512MB, or 60% (of this machine\u2019s memory)',
      ],
    )
  );
}

const ENCODING_NAMES: Readonly<Record<string, Encoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'windows-31j': 'windows-31j',
  cp932: 'windows-31j',
  shift_jis: 'windows-31j',
  'shift-jis': 'windows-31j',
  sjis: 'windows-31j',
};

export function readEncoding(value: GivenOptions[string], found: Collected): Encoding | undefined {
  if (typeof value !== 'string') return undefined;
  return (
    ENCODING_NAMES[value.toLowerCase()] ??
    found.add(
      'UNKNOWN_VALUE',
      `--encoding ${value}`,
      ['知らない文字コードです', 'is no encoding known here'],
      [`${ENCODINGS.join(' か ')} を指定してください`, `give ${ENCODINGS.join(' or ')}`],
    )
  );
}

export function oneOf<T extends string>(
  option: string,
  value: GivenOptions[string],
  allowed: readonly T[],
  found: Collected,
): T | undefined {
  if (value === undefined) return undefined;
  const known = allowed.find((each) => each === value);
  return (
    known ??
    found.add(
      'UNKNOWN_VALUE',
      `${option} ${String(value)}`,
      ['この値は使えません', 'is no value of this option'],
      [`${allowed.join('、')} のどれかを指定してください`, `give one of ${allowed.join(', ')}`],
    )
  );
}

interface Inputs {
  readonly paths: Record<InputKind, readonly string[]>;
  /** Patterns that match nothing: inputs that cannot be read. */
  readonly missing: readonly Problem[];
}

function readPaths(options: GivenOptions, found: Collected): Inputs {
  const missing = new Collected();
  const result = {} as Record<InputKind, readonly string[]>;
  for (const kind of INPUT_KINDS) {
    const name = INPUT_OPTIONS[kind];
    const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const given = options[name];
    const patterns = given === undefined || typeof given === 'boolean' ? [] : [given].flat();
    result[kind] = [...new Set(patterns.flatMap((pattern) => expand(pattern, option, missing)))].sort(compareText);
    if (patterns.length > 0 || !REQUIRED.includes(kind)) continue;
    found.add(
      'MISSING_OPTION',
      option,
      ['必須の入力の指定がありません', 'a required input was not given'],
      [`${option} ファイル を足してください`, `add ${option} FILE`],
    );
  }
  return { paths: result, missing: missing.problems };
}

/** A file as it is named, else what the pattern matches. */
function expand(pattern: string, option: string, missing: Collected): readonly string[] {
  if (existsSync(pattern) || !isDynamicPattern(pattern)) return [resolve(pattern)];
  const found = globSync(pattern, { absolute: true, onlyFiles: true, expandDirectories: false });
  if (found.length > 0) return found;
  missing.add(
    'NO_SUCH_FILE',
    `${option} ${pattern}`,
    ['当てはまるファイルがありません', 'no file matches'],
    ['パターンとフォルダーを確かめてください', 'check the pattern and the folder'],
  );
  return [];
}
