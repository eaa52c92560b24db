import { createRequire } from 'node:module';
import type { DestinationStream, Logger, pino as Pino } from 'pino';
import type pretty from 'pino-pretty';

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
  readonly milliseconds?: number;
  readonly code?: string;
  readonly asOf?: string;
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
  milliseconds: 'number',
  code: 'string',
  asOf: 'string',
};

/** Messages are fixed words, never values. */
export type LogEvent =
  | 'reading'
  | 'read'
  | 'rows to disk'
  | 'part settled'
  | 'settled'
  | 'published'
  | 'unchanged'
  | 'replaced'
  | 'interrupted'
  | 'failed';

export interface Log {
  readonly info: (event: LogEvent, facts?: LogFacts) => void;
  readonly error: (event: LogEvent, facts?: LogFacts) => void;
}

export function openLog(level: LogLevel, format: LogFormat, destination?: DestinationStream): Log {
  let logger: Logger | undefined;
  const write = (severity: 'info' | 'error', event: LogEvent, facts: LogFacts): void => {
    if (LOG_LEVELS.indexOf(severity) > LOG_LEVELS.indexOf(level)) return;
    // Loaded with the first line: a quiet run writes none.
    logger ??= loggerTo(level, format, destination);
    logger[severity](allowedOnly(facts), event);
  };
  return {
    info: (event, facts = {}) => write('info', event, facts),
    error: (event, facts = {}) => write('error', event, facts),
  };
}

function loggerTo(level: LogLevel, format: LogFormat, destination: DestinationStream | undefined): Logger {
  const { pino } = require('pino') as { pino: typeof Pino };
  const target = destination ?? (format === 'json' ? pino.destination({ fd: 2, sync: true }) : readable());
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, target);
}

const readable = (): DestinationStream =>
  (require('pino-pretty') as typeof pretty)({
    destination: 2,
    sync: true,
    singleLine: true,
    colorize: process.stderr.isTTY === true && (process.env.NO_COLOR ?? '') === '',
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname',
  });

/** Keeps the facts that a log may hold, of the kind that they should be. */
export function allowedOnly(facts: LogFacts): Record<string, string | number> {
  const kept: Record<string, string | number> = {};
  for (const [name, kind] of Object.entries(ALLOWED)) {
    const value = facts[name as keyof LogFacts];
    if (value !== undefined && typeof value === kind) kept[name] = value;
  }
  return kept;
}
