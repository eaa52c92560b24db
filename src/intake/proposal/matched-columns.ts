import { dateOf, formatDate, readableInstant } from '../../base/instants.ts';
import { type Text, text } from '../../base/text.ts';
import type { InputKind } from '../../tables/tables.ts';
import { LAYOUTS } from '../schema/layouts.ts';
import type { ColumnMatch, ColumnMatches } from './column-matches.ts';
import { type Draft, rowWords } from './draft.ts';
import type { FoundColumn, FoundTable } from './found-table.ts';
import { meantBy } from './kinds-of-words.ts';
import { isOpenWord } from './open-words.ts';

/** What is looked at to propose an input. */
export interface Looked {
  readonly kind: InputKind;
  readonly table: FoundTable;
  readonly matches: ColumnMatches;
  /** Files of the input. */
  readonly files: number;
}

/** Columns that are taken from one column of the file as they are, their words and their dates. */
export function proposeMatched({ kind, table, matches }: Looked, draft: Draft, except: ReadonlySet<string>): void {
  for (const { name, type, values } of LAYOUTS[kind].columns) {
    const match = matches.get(name);
    if (match === undefined || except.has(name)) continue;
    if (type === 'instant' || type === 'date') proposeDates(name, match, table, draft);
    else draft.column(name, match.column.header, whyOf(match));
    if (values !== undefined) proposeWords(kind, name, values, match.column, draft);
  }
}

export function whyOf({ column, by }: ColumnMatch): Text {
  if (by === 'coupons')
    return text(
      '中身が、発行データのクーポン番号と同じか、同じ書き方',
      'its cells are coupon numbers of the issuance, or written like them',
    );
  if (by === 'merchants') return text('中身が、取引記録の店の ID と同じ', 'its cells are shops of the transaction log');
  if (by === 'said') return text('教えてもらった列', 'as it was told');
  const how =
    by === 'known header'
      ? text('そのまま読める見出し', 'a header that is read as it is')
      : text('よくある見出し', 'a usual header');
  return column.facts.count === 0
    ? text(`${how.ja}(見た行ではどれも空)`, `${how.en}; empty in the rows that were seen`)
    : how;
}

// ----- Dates -------------------------------------------------------------------------------------------------------------

/** Taken where a date is to be an instant, and nobody says what time it stands for. */
const TIME_ASSUMED: Readonly<Partial<Record<InputKind, string>>> = { issuance: '00:00' };
const NOON = '12:00';
/** Of a day on which something was paid: none that is sent later that day is sent twice. */
export const FIRST_MOMENT = '00:00';

function proposeDates(name: string, match: ColumnMatch, table: FoundTable, draft: Draft): void {
  const layout = LAYOUTS[draft.kind].columns.find((column) => column.name === name);
  const { column } = match;
  const { dates } = column.facts;
  const why = text(`${whyOf(match).ja}${rangeOf(column).ja}`, `${whyOf(match).en}${rangeOf(column).en}`);
  const isAlone = layout?.type === 'instant' && dates?.type === 'date';
  const time = isAlone ? timeColumn(table, column) : undefined;
  if (time !== undefined) {
    const pattern = dates?.pattern === undefined ? undefined : `${dates.pattern} ${clockOf(time)}`;
    const source = {
      join: [column.header, time.header],
      with: ' ',
      ...(pattern === undefined ? {} : { dateFormat: pattern }),
    };
    draft.column(
      name,
      source,
      text(`日付と時刻の列をつなぐ${rangeOf(column).ja}`, `the columns of date and time together${rangeOf(column).en}`),
    );
    return;
  }
  const pattern = chosenPattern(name, column, draft);
  draft.column(name, pattern === undefined ? column.header : { from: column.header, dateFormat: pattern }, why);
  if (!isAlone) return;
  if (draft.kind !== 'paid') askForTime(name, draft);
  else if (pattern !== undefined) draft.input.timeOfDatesAlone = FIRST_MOMENT;
}

/** Of two patterns that read all values, to different dates, only a person knows. */
function chosenPattern(name: string, { shown, facts }: FoundColumn, draft: Draft): string | undefined {
  const { pattern, rival } = facts.dates ?? {};
  if (pattern === undefined || rival === undefined) return pattern;
  const answer = draft.ask(
    {
      words: text(`「${shown}」の日付はどう書かれていますか`, `How are the dates of "${shown}" written?`),
      choices: [pattern, rival].map((value) => ({ value, words: text(value, value) })),
      otherwise: pattern,
      assumed: text(
        `「${shown}」の日付を ${pattern} と読む(${rival} でも読める)`,
        `the dates of "${shown}" are read by ${pattern}; ${rival} would read them too`,
      ),
    },
    `dates.${name}`,
  );
  draft.note(['columns', name], text(`${pattern} でも ${rival} でも読める`, `${pattern} and ${rival} both read it`));
  return answer;
}

function askForTime(name: string, draft: Draft): void {
  const otherwise = TIME_ASSUMED[draft.kind] ?? NOON;
  const time = draft.ask(
    {
      words: text(
        `${name} には時刻がありません。何時とみなしますか(例: 12:00)`,
        `${name} has no time. What time does a date stand for (12:00, say)?`,
      ),
      otherwise,
      assumed: text(
        `時刻のない日付(${name})を ${otherwise} とみなす`,
        `dates without a time (${name}) stand for ${otherwise}`,
      ),
    },
    'time',
  );
  draft.input.timeOfDatesAlone = /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? time : otherwise;
  draft.note(
    ['timeOfDatesAlone'],
    text('日付だけの列の時刻。店に確かめる', 'the time that a date alone stands for: ask whoever made the file'),
  );
}

/** The nearest column of times behind a column of dates. */
const timeColumn = ({ columns }: FoundTable, date: FoundColumn): FoundColumn | undefined =>
  columns
    .filter(({ isOpen, header, facts }) => isOpen && facts.times > MOST && /時|time/i.test(header))
    .sort((a, b) => Math.abs(a.position - date.position) - Math.abs(b.position - date.position))[0];
const MOST = 0.8;

const clockOf = ({ facts }: FoundColumn): string =>
  [...facts.numbers.keys()].some((value) => /:\d{2}:/.test(value)) ? 'H:mm:ss' : 'H:mm';

function rangeOf({ facts: { dates } }: FoundColumn): Text {
  if (dates === undefined) return text('', '');
  const shown = (value: number): string => (dates.type === 'date' ? formatDate(value) : readableInstant(value));
  const range = dates.first === dates.last ? shown(dates.first) : `${shown(dates.first)} – ${shown(dates.last)}`;
  return text(`、${range}`, `, ${range}`);
}

/** The days that a table is of, by one of its columns. */
export function daysOf({ facts: { dates } }: FoundColumn): readonly [string, string] | undefined {
  if (dates === undefined) return undefined;
  const day = (value: number): string => formatDate(dates.type === 'date' ? value : dateOf(value));
  return [day(dates.first), day(dates.last)];
}

// ----- Words -------------------------------------------------------------------------------------------------------------

const MOST_ASKED = 8;

/** Words of a fixed list that are not ours. */
export function proposeWords(
  kind: InputKind,
  name: string,
  known: Readonly<Record<string, string>>,
  column: FoundColumn,
  draft: Draft,
): void {
  const ours = [...new Set(Object.values(known))];
  const mapped: Record<string, string> = {};
  let asked = 0;
  for (const [word, times] of column.facts.words) {
    if (known[word] !== undefined) continue;
    if (!isOpenWord(word)) {
      draft.guess(
        ['columns', name],
        text(
          `${name} に知らない言葉が ${times} 行。values に書き足す`,
          `${rowWords(times)} of ${name} hold a word that is not known: add it to values`,
        ),
      );
      continue;
    }
    const meant = meantBy(kind, name, word) ?? (asked++ < MOST_ASKED ? askForWord(name, word, times, ours, draft) : '');
    if (meant === '') draft.note(['values', name], todo(word, times, ours));
    else {
      mapped[word] = meant;
      draft.note(['values', name, word], text(`${times} 行`, `${rowWords(times)}`));
    }
  }
  if (Object.keys(mapped).length > 0 || draft.notes.has(`inputs\u0000${kind}\u0000values\u0000${name}`))
    draft.input.values[name] = mapped;
}

const todo = (word: string, times: number, ours: readonly string[]): Text =>
  text(
    `TODO "${word}": (${times} 行) ${ours.join(' / ')} のどれか`,
    `TODO "${word}": (${rowWords(times)}) one of ${ours.join(' / ')}`,
  );

const askForWord = (name: string, word: string, times: number, ours: readonly string[], draft: Draft): string =>
  draft.ask(
    {
      words: text(
        `${name} の「${word}」(${times} 行)はどれですか`,
        `What is "${word}" of ${name} (${rowWords(times)})?`,
      ),
      choices: [
        ...ours.map((value) => ({ value, words: text(value, value) })),
        { value: '', words: text('わからない(その行は読まない)', 'not known: these rows are set aside') },
      ],
      otherwise: '',
      assumed: text(
        `${name} の「${word}」(${times} 行)は読めないままにする`,
        `"${word}" of ${name} (${rowWords(times)}) is left unread`,
      ),
    },
    `word.${name}.${word}`,
  );
