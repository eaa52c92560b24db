import { createRequire } from 'node:module';
import type { DestinationStream, Logger, pino as Pino } from 'pino';
import type pretty from 'pino-pretty';
import { grouped } from '../../base/figures.ts';
import { type Text, text } from '../../base/text.ts';
import { visibleInLine, visibleText } from '../../base/visible-text.ts';
import type { Translate } from './language.ts';

const require = createRequire(import.meta.url);

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export const LOG_FORMATS = ['text', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/**
 * The only facts that a log line may hold: file names, counts, codes. There is no field for what a person wrote, so
 * personal data cannot be logged, and whatever else is handed over is dropped.
 */
export interface LogFacts {
  readonly file?: string;
  readonly rows?: number;
  readonly rejected?: number;
  readonly encoding?: string;
  readonly folder?: string;
  readonly payouts?: number;
  readonly yen?: number;
  readonly reviewItems?: number;
  readonly part?: number;
  readonly parts?: number;
  readonly bytesOnDisk?: number;
  readonly fingerprint?: string;
  readonly totals?: number;
  /** The id of one. */
  readonly policy?: string;
  readonly oddities?: number;
}

const ALLOWED: Readonly<Record<keyof LogFacts, 'string' | 'number'>> = {
  file: 'string',
  rows: 'number',
  rejected: 'number',
  encoding: 'string',
  folder: 'string',
  payouts: 'number',
  yen: 'number',
  reviewItems: 'number',
  part: 'number',
  parts: 'number',
  bytesOnDisk: 'number',
  fingerprint: 'string',
  totals: 'number',
  policy: 'string',
  oddities: 'number',
};

/** What each fact is called where a person reads it. */
const FACT_WORDS: Readonly<Record<keyof LogFacts, Text>> = {
  file: text('ファイル', 'file'),
  rows: text('行', 'rows'),
  rejected: text('読めない行', 'rejected'),
  encoding: text('文字コード', 'encoding'),
  folder: text('フォルダー', 'folder'),
  payouts: text('支払', 'payouts'),
  yen: text('金額(円)', 'yen'),
  reviewItems: text('人が決めること', 'review items'),
  part: text('組', 'part'),
  parts: text('全部で', 'parts'),
  bytesOnDisk: text('ディスク(バイト)', 'bytes on disk'),
  fingerprint: text('指紋', 'fingerprint'),
  totals: text('合計', 'totals'),
  policy: text('policy', 'policy'),
  oddities: text('気になる点', 'oddities'),
};

/** Messages are fixed words, never values: a machine reads the name, a person the words. */
const EVENT_WORDS = {
  follows: text('前回の実行に続けます', 'follows'),
  'latest run found': text('フォルダーから見つけた最新の実行に続けます', 'latest run found'),
  reading: text('読んでいます', 'reading'),
  read: text('読みました', 'read'),
  'rows to disk': text('メモリに収まらない行をディスクに置きます', 'rows to disk'),
  'part settled': text('一組を精算しました', 'part settled'),
  settled: text('精算しました', 'settled'),
  published: text('書き出しました', 'published'),
  unchanged: text('同じ結果がすでにあります', 'unchanged'),
  replaced: text('置き換えました', 'replaced'),
  'totals differ': text(
    'ファイルの合計が行の和と合いません(check で確かめてください)',
    'totals of the file are not what its rows come to (see check)',
  ),
  'odd policy': text(
    'policy に気になる点があります(policy check で確かめてください)',
    'there is something odd about the policy (see policy check)',
  ),
  'may be UTC': text('時刻が世界標準時(UTC)かもしれません(check で確かめてください)', 'times may be UTC (see check)'),
} as const satisfies Readonly<Record<string, Text>>;

export type LogEvent = keyof typeof EVENT_WORDS;

export interface Log {
  readonly info: (event: LogEvent, facts?: LogFacts) => void;
  /** Something looks odd, and refuses nothing. */
  readonly warn: (event: LogEvent, facts?: LogFacts) => void;
}

/** @param destination instead of standard error */
export function openLog(level: LogLevel, format: LogFormat, t: Translate, destination?: DestinationStream): Log {
  let logger: Logger | undefined;
  const writeAt =
    (own: 'info' | 'warn') =>
    (event: LogEvent, facts: LogFacts = {}): void => {
      if (LOG_LEVELS.indexOf(own) > LOG_LEVELS.indexOf(level)) return;
      // Loaded with the first line: a quiet run writes none.
      logger ??= loggerTo(level, format, t, destination);
      logger[own](allowedOnly(facts), event);
    };
  return { info: writeAt('info'), warn: writeAt('warn') };
}

function loggerTo(
  level: LogLevel,
  format: LogFormat,
  t: Translate,
  destination: DestinationStream | undefined,
): Logger {
  const { pino } = require('pino') as { pino: typeof Pino };
  const json = (): DestinationStream => visiblyTo(destination ?? pino.destination({ fd: 2, sync: true }));
  const target = format === 'json' ? json() : readable(t, destination);
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, target);
}

/** JSON leaves some signs as they are that a terminal obeys. */
const visiblyTo = (destination: DestinationStream): DestinationStream => ({
  write: (line) => destination.write(visibleText(line)),
});

const readable = (t: Translate, destination: DestinationStream | undefined): DestinationStream =>
  (require('pino-pretty') as typeof pretty)({
    destination: destination ?? 2,
    sync: true,
    hideObject: true,
    messageFormat: (line, messageKey) => sentence(line, messageKey, t),
    colorize: process.stderr.isTTY === true && (process.env.NO_COLOR ?? '') === '',
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname',
  });

/** `read: file issuance.csv, rows 32`. */
function sentence(line: Readonly<Record<string, unknown>>, messageKey: string, t: Translate): string {
  const facts = Object.entries(FACT_WORDS).flatMap(([name, words]) =>
    line[name] === undefined ? [] : [`${t(words)} ${figure(line[name])}`],
  );
  const event = t(EVENT_WORDS[line[messageKey] as LogEvent]);
  return facts.length === 0 ? event : `${event}: ${facts.join(t(SEPARATOR))}`;
}

const figure = (value: unknown): string => (typeof value === 'number' ? grouped(value) : visibleInLine(String(value)));

const SEPARATOR = text('、', ', ');

/** Keeps the facts that a log may hold, of the kind that they should be. */
export function allowedOnly(facts: LogFacts): Record<string, string | number> {
  const kept: Record<string, string | number> = {};
  for (const [name, kind] of Object.entries(ALLOWED)) {
    const value = facts[name as keyof LogFacts];
    if (value !== undefined && typeof value === kind) kept[name] = value;
  }
  return kept;
}

/** Levels as the log numbers them. */
export const WARN = 40;
export const ERROR = 50;
export const FATAL = 60;

/** A line of the JSON log that tells why a command could not go on: of the form of all others, whatever the level asked for. */
export const logLine = (level: number, event: string, facts: Readonly<Record<string, string>>): string =>
  `${JSON.stringify({ level, time: new Date().toISOString(), ...facts, msg: event })}\n`;
