import { ownOf } from '../../base/own.ts';
import { type Text, text } from '../../base/text.ts';

/**
 * Which date-fns patterns a profile may hold: those that say a whole date and, if they say anything of the clock, a whole
 * time. Patterns of other programs look alike and mean something else (`mm` for months, `YYYY`, `hh`): each of them would
 * be read without an error, to another day.
 *
 * Source: date-fns 4, the table of tokens in `format` (Unicode Technical Standard 35).
 */

/** What a token says. */
const SAYS = {
  year: /^(?:y|yy|yyyy|u|uu|uuuu)$/,
  month: /^(?:M{1,4}|L{1,4})$/,
  day: /^d{1,2}$/,
  hour24: /^H{1,2}$/,
  hour12: /^(?:h{1,2}|K{1,2})$/,
  minute: /^m{1,2}$/,
  second: /^s{1,2}$/,
  fraction: /^S+$/,
  half: /^a{1,5}$/,
  offset: /^(?:X{1,5}|x{1,5})$/,
} as const;
type Meaning = keyof typeof SAYS;

interface Token {
  readonly text: string;
  /** Undefined of what stands for itself, and of letters that mean something else. */
  readonly meaning: Meaning | undefined;
  readonly isLetters: boolean;
}

/** As date-fns cuts a pattern: runs of one letter, quoted texts, and single characters. */
const TOKENS = /''|'(?:''|[^'])*(?:'|$)|([A-Za-z])\1*|[^A-Za-z']/g;

function tokensOf(pattern: string): readonly Token[] {
  return Array.from(pattern.matchAll(TOKENS), ([written, letter]) => {
    const isLetters = letter !== undefined;
    const meaning = isLetters ? (Object.keys(SAYS) as Meaning[]).find((name) => SAYS[name].test(written)) : undefined;
    return { text: written, meaning, isLetters };
  });
}

/** One that may not be used too. */
const isHour = (token: Token | undefined): boolean =>
  token?.meaning === 'hour24' || token?.meaning === 'hour12' || /^k{1,2}$/.test(token?.text ?? '');

/** A zone in quotes: it is passed over, and the time taken for that of the profile\u2019s zone, or Japan\u2019s. */
const ZONE_WORD = /^'.*?(?:\b(?:UTC|GMT)|(?<![a-z])Z(?![a-z])|(?=[+-]\d))([+-]\d{1,2}(?::?\d{2})?)?.*'$/i;
const JAPANS_OFFSET = /^\+0?9(?::?00)?$/;

/** One of Japan\u2019s says nothing else than what is taken for granted. */
function isZoneWord({ text: written }: Token): boolean {
  const word = ZONE_WORD.exec(written);
  return word !== null && !JAPANS_OFFSET.test(word[1] ?? '');
}

export interface DateFormat {
  readonly pattern: string;
  readonly hasClock: boolean;
  readonly hasOffset: boolean;
  /** Years are written in two digits. */
  readonly hasShortYear: boolean;
  /** Finds the hour of a written value, as the second of three parts, where it is one that only shops have: 24 to 29. */
  readonly lateHour: RegExp | undefined;
}

export const dateFormatOf = (pattern: string): DateFormat => {
  const tokens = tokensOf(pattern);
  const meanings = new Set(tokens.map(({ meaning }) => meaning));
  const hasOffset = meanings.has('offset');
  return {
    pattern,
    hasClock: meanings.has('hour24') || meanings.has('hour12'),
    hasOffset,
    hasShortYear: tokens.some(({ meaning, text: written }) => meaning === 'year' && written.length === 2),
    // A late hour belongs to the day of a shop, which no other zone has.
    lateHour: meanings.has('hour24') && !hasOffset ? lateHourIn(tokens) : undefined,
  };
};

/** Where the hour stands: behind as many characters as the tokens before it can take. */
function lateHourIn(tokens: readonly Token[]): RegExp {
  const at = tokens.findIndex(({ meaning }) => meaning === 'hour24');
  const before = tokens.slice(0, at).map((token, place) => {
    const { text: written, meaning, isLetters } = token;
    if (!isLetters) return literalOf(written).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    if (meaning === 'month' && written.length > 2) return '\\D+';
    // Digits that another sign ends may be fewer, as date-fns reads them.
    if (written.length === 1 || tokens[place + 1]?.isLetters === false) return '\\d+?';
    return `\\d{${written.length}}`;
  });
  return new RegExp(`^(${before.join('')})(2[4-9])(\\D.*|\\d{2}.*)$`, 'su');
}

/** A text in quotes without them. */
const literalOf = (written: string): string =>
  written.startsWith("'") && written.length > 1
    ? written === "''"
      ? "'"
      : written.slice(1, -1).replaceAll("''", "'")
    : written;

/**
 * Why a pattern is none that may be used, and what was probably meant. Undefined where nothing is wrong with it.
 *
 * @param hasZone the profile states a zone, so that a written one may be passed over
 */
export function dateFormatFault(pattern: string, hasZone = false): Text | undefined {
  if (pattern.includes('%')) return ofStrftime(pattern);
  const faults = faultsOf(pattern, hasZone);
  if (faults.length === 0) return undefined;
  const meant = correctedFormat(pattern);
  const also = meant === undefined ? text('', '') : text(`。${meant} のことですか`, `; did you mean ${meant}?`);
  return text(
    `${faults.map(({ ja }) => ja).join('、')}${also.ja}`,
    `${faults.map(({ en }) => en).join('; ')}${also.en}`,
  );
}

function faultsOf(pattern: string, hasZone = false): readonly Text[] {
  const tokens = tokensOf(pattern);
  const letters = tokens.filter(({ isLetters }) => isLetters);
  const faults = [
    ...letters.flatMap((token, place) => misplaced(token, letters[place - 1])),
    ...(hasZone ? [] : [...tokens.filter(isZoneWord).map(zoneWord), ...writtenOffset(pattern)]),
    ...eraYear(pattern),
    ...missing(letters),
  ];
  return [...new Map(faults.map((fault) => [fault.en, fault])).values()];
}

/** A token that means something else than it seems to, where it stands. */
function misplaced(token: Token, before: Token | undefined): readonly Text[] {
  const { text: written, meaning } = token;
  const instead = meaning === undefined ? (ownOf(INSTEAD, written[0] ?? '') ?? NO_TOKEN) : undefined;
  if (instead !== undefined) return [text(`${written} は${instead.ja}`, `${written} ${instead.en}`)];
  if (meaning === 'minute' && !isHour(before))
    return [text(`${written} は分です(月は MM)`, `${written} means minutes (months are MM)`)];
  if (meaning === 'month' && isHour(before))
    return [text(`${written} は月です(分は mm)`, `${written} means months (minutes are mm)`)];
  if (meaning === 'fraction' && before?.meaning !== 'second')
    return [text(`${written} は秒の小数です(秒は ss)`, `${written} means fractions of a second (seconds are ss)`)];
  return [];
}

const zoneWord = ({ text: written }: Token): Text =>
  text(
    `${written} は読み飛ばされます(時差は X か XXX、いつも同じ時差なら profile の zone に書く)`,
    `${written} would be passed over (an offset is X or XXX; where all have the same, say so by zone)`,
  );

/** A year behind the name or the letter of an era. */
const ERA_YEAR = /(明治|大正|昭和|平成|令和|'[^A-Za-z']*[MTSHR]\s*)'?\s*[yu]/;

function eraYear(pattern: string): readonly Text[] {
  const era = ERA_YEAR.exec(pattern)?.[1]?.replaceAll("'", '').trim();
  return era === undefined
    ? []
    : [
        text(
          `${era} の後の年は西暦として読まれます(年号で書いた日付は書式なしで読めます)`,
          `a year behind ${era} would be one of our calendar (dates written by eras are read without a pattern)`,
        ),
      ];
}

const STRFTIME: Readonly<Record<string, string>> = {
  ...{ Y: 'yyyy', y: 'yy', m: 'MM', d: 'dd', e: 'd', H: 'HH', k: 'H', I: 'hh', l: 'h', M: 'mm', S: 'ss' },
  ...{ p: 'a', F: 'yyyy-MM-dd', T: 'HH:mm:ss', R: 'HH:mm', z: 'xx', f: 'SSSSSS' },
};

/** A pattern of the C library, as most languages have it. */
function ofStrftime(pattern: string): Text {
  const meant = pattern.replace(/%-?([A-Za-z])/g, (whole, letter: string) => ownOf(STRFTIME, letter) ?? whole);
  const also = faultsOf(meant).length === 0 && !meant.includes('%') ? meant : undefined;
  return text(
    `% の書き方(strftime)ではなく date-fns の書式で書きます${also === undefined ? '' : `。${also} のことですか`}`,
    `is written as for strftime, and must be a date-fns pattern${also === undefined ? '' : `; did you mean ${also}?`}`,
  );
}

const OFFSET_SIGNS = /[+-]\d{2}:?\d{2}$/;

/** An offset that is written out: it would be passed over, and the time taken for Japan\u2019s. */
function writtenOffset(pattern: string): readonly Text[] {
  const written = OFFSET_SIGNS.exec(pattern)?.[0];
  return written === undefined
    ? []
    : [text(`${written} はただの記号になります(時差は XXX)`, `${written} is only signs (an offset is XXX)`)];
}

const weekday = text(
  '曜日なので書きません(かっこ書きの曜日は、書式になくても確かめて外します)',
  'is a weekday and to be left out (one in brackets is checked and dropped without being in the pattern)',
);
const NO_TOKEN = text(
  '使えません(文字そのものは引用符で囲む)',
  'cannot be used here (put letters that stand for themselves in quotes)',
);
const timestamp = text('通算秒で、書かれた日付ではありません', 'is a count of seconds, no written date');
const localised = text('言語ごとに変わるので書き下してください', 'differs from language to language: write it out');
/** By first letter. */
const INSTEAD: Readonly<Record<string, Text>> = {
  Y: text('週で数えた年です(年は yyyy)', 'is the year of a week (years are yyyy)'),
  D: text('年初からの日数です(日は dd)', 'is the day of the year (days are dd)'),
  R: text('週で数えた年です(年は yyyy)', 'is the year of a week (years are yyyy)'),
  E: weekday,
  e: weekday,
  i: weekday,
  c: weekday,
  t: timestamp,
  T: timestamp,
  P: localised,
  p: localised,
  A: text('使えません(午前・午後は a)', 'is no token (AM and PM are a)'),
  k: text('1 時から 24 時までの数え方です(時は HH)', 'counts hours from 1 to 24 (hours are HH)'),
};

function missing(letters: readonly Token[]): readonly Text[] {
  const says = (meaning: Meaning): boolean => letters.some((token) => token.meaning === meaning);
  const faults: Text[] = [];
  if (!says('year')) faults.push(text('年がありません', 'the year is missing'));
  if (!says('month')) faults.push(text('月がありません', 'the month is missing'));
  if (!says('day')) faults.push(text('日がありません', 'the day is missing'));
  if (says('hour12') && !says('half'))
    faults.push(text('12 時間制(h)なのに午前・午後(a)がありません', 'the 12-hour clock (h) is without AM or PM (a)'));
  if (says('half') && !says('hour12'))
    faults.push(text('午前・午後(a)には 12 時間制の h が要ります', 'AM or PM (a) goes with the 12-hour clock (h)'));
  const hasHour = letters.some(isHour);
  if (!hasHour && (says('second') || says('half'))) faults.push(text('時がありません', 'the hour is missing'));
  if (hasHour && !says('minute')) faults.push(text('分がありません', 'the minute is missing'));
  return faults;
}

/** The pattern with each letter put right that other programs use otherwise. Undefined where that is not enough. */
function correctedFormat(pattern: string): string | undefined {
  const tokens = tokensOf(pattern);
  const hasHalf = tokens.some(({ meaning, text: written }) => meaning === 'half' || /^(?:tt?|A+)$/.test(written));
  let before: Token | undefined;
  const corrected = tokens.map((token) => {
    if (/^'Z'$/.test(token.text)) return 'X';
    const written = token.isLetters ? corrections(token, before, hasHalf) : token.text;
    if (token.isLetters) before = token;
    return written;
  });
  const result = corrected.join('').replace(OFFSET_SIGNS, (written) => (written.includes(':') ? 'XXX' : 'XX'));
  return result !== pattern && faultsOf(result).length === 0 ? result : undefined;
}

function corrections({ text: written, meaning }: Token, before: Token | undefined, hasHalf: boolean): string {
  if (written === 'T') return "'T'";
  if (/^(?:Y+|D+)$/.test(written)) return written.toLowerCase();
  if (meaning === 'minute' && !isHour(before)) return written.toUpperCase();
  if (meaning === 'month' && isHour(before)) return written.toLowerCase();
  if (meaning === 'fraction' && before?.meaning !== 'second') return written.toLowerCase();
  if (meaning === 'hour12' && !hasHalf) return 'H'.repeat(written.length);
  if (meaning === 'hour24' && hasHalf) return 'h'.repeat(written.length);
  if (/^k{1,2}$/.test(written)) return 'H'.repeat(written.length);
  return /^(?:tt?|A+)$/.test(written) ? 'a' : written;
}
