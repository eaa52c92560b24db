import { dateFormatOf } from '../values/date-formats.ts';
import { readByPattern, readDateByPattern } from '../values/date-patterns.ts';
import { type Clock, readDate, readInstant } from '../values/dates.ts';

/** How the dates of a column are written. */
export interface DateForm {
  readonly type: 'instant' | 'date';
  /** Undefined where the forms that are known to all read them. */
  readonly pattern: string | undefined;
  /** Another that reads all of them too, some to other dates: only a person knows. */
  readonly rival: string | undefined;
  /** Of the values, how many it reads. */
  readonly share: number;
  /** Of what it reads: microseconds, or day numbers. */
  readonly first: number;
  readonly last: number;
}

const DATES = [
  'yyyyMMdd',
  'yy/M/d',
  'yy-M-d',
  'yy.M.d',
  'M/d/yy',
  'd/M/yyyy',
  'M/d/yyyy',
  'd-M-yyyy',
  'M-d-yyyy',
  'd.M.yyyy',
  'd MMM yyyy',
  'MMM d, yyyy',
];
const CLOCKS = ['HH:mm:ss', 'HH:mm', 'HHmmss', 'HHmm', 'h:mm:ss a', 'h:mm a', "HH'時'mm'分'ss'秒'", "HH'時'mm'分'"];
const USUAL_DATES = ['yyyy/M/d', 'yyyy-M-d', 'yyyy.M.d', 'yyyy年M月d日'];
const ZONES = ['', " 'GMT+9'", " 'JST'", ' XXX', ' xx'];

/** Patterns that are tried: dates by themselves, and dates with each clock behind them. */
const CANDIDATES: readonly string[] = [
  ...DATES,
  ...[...USUAL_DATES, ...DATES].flatMap((date) =>
    CLOCKS.flatMap((clock) => ZONES.map((zone) => `${date} ${clock}${zone}`)),
  ),
  'yyyyMMddHHmmss',
  'yyyyMMddHHmm',
  "yyyyMMdd'T'HHmmss",
];

/** Most of a column must be dates for it to be one of dates. */
const LEAST_SHARE = 0.8;
const TRIED_FIRST = 2;
const MAY_BE_DATE = /^.{0,4}\d{1,4}[-/.年 ]\s?(?:\d{1,2}|[A-Z][a-z]{2})[-/.月 ]|^\d{8,14}$|^\d{8}T\d|^[A-Z][a-z]{2} \d/;

/** The form by which a column is read: the usual ones, or the pattern that reads most. Undefined where it holds no dates. */
export function dateFormOf(values: readonly string[], clock: Clock): DateForm | undefined {
  if (values.length === 0) return undefined;
  const usual = [readAll(values, 'instant', undefined, clock), readAll(values, 'date', undefined, clock)];
  const known = usual.find(({ share }) => share === 1);
  if (known !== undefined) return formOf(known, undefined);
  const tried = values.some((value) => MAY_BE_DATE.test(value))
    ? CANDIDATES.filter((pattern) => readWith(values.slice(0, TRIED_FIRST), pattern, clock).share > 0).map((pattern) =>
        readWith(values, pattern, clock),
      )
    : [];
  const all = [...usual, ...tried];
  const most = Math.max(...all.map(({ share }) => share));
  if (most < LEAST_SHARE) return undefined;
  const [best, ...others] = all.filter(({ share }) => share === most);
  if (best === undefined) return undefined;
  const rival = others.find(
    ({ type, read }) => type === best.type && read.some((value, at) => differ(value, best.read[at])),
  );
  return formOf(best, rival?.pattern);
}

const differ = (a: number | undefined, b: number | undefined): boolean => a !== undefined && b !== undefined && a !== b;

interface Tried {
  readonly type: 'instant' | 'date';
  readonly pattern: string | undefined;
  readonly read: readonly (number | undefined)[];
  readonly share: number;
}

const readWith = (values: readonly string[], pattern: string, clock: Clock): Tried =>
  readAll(values, dateFormatOf(pattern).hasClock ? 'instant' : 'date', pattern, clock);

function readAll(values: readonly string[], type: Tried['type'], pattern: string | undefined, clock: Clock): Tried {
  const read = values.map((value) => readBy(value, type, pattern, clock));
  return { type, pattern, read, share: read.filter((value) => value !== undefined).length / values.length };
}

function readBy(value: string, type: Tried['type'], pattern: string | undefined, clock: Clock): number | undefined {
  const byPattern = type === 'date' ? readDateByPattern : readByPattern;
  const byForm = type === 'date' ? readDate : readInstant;
  const read = pattern === undefined ? byForm(value, clock) : byPattern(value, pattern, clock);
  return 'value' in read ? read.value : undefined;
}

function formOf({ type, pattern, read, share }: Tried, rival: string | undefined): DateForm {
  const seen = read.filter((value) => value !== undefined);
  return { type, pattern, rival, share, first: Math.min(...seen), last: Math.max(...seen) };
}
