import { DAY, dateOf, endOfDay, formatDate, type Instant } from '../../base/instants.ts';
import type { Problem } from '../../base/problem.ts';
import { type Text, text } from '../../base/text.ts';
import { lengthOfOutage } from '../../policy/policy.ts';
import { secondExtensionsOf, type Terms } from '../../policy/terms.ts';
import type { InputsBefore } from '../../publish/previous.ts';
import { BULK_DECLARATIONS, type BulkKind, declarationOf } from '../../tables/kinds/index.ts';
import type { InputDay, InputFile, RowsByDay, Tables } from '../../tables/tables.ts';
import { instantText } from './summary-text.ts';
import { grouped } from './yen-words.ts';

/**
 * Signs of half a file (2-data.md, "Half a file"). What is missing from a log was never spent, and would be paid: such inputs are refused,
 * and let through for one run where somebody says so.
 */

/** What is let through once. */
export interface LetThrough {
  readonly cutFile: boolean;
  readonly emptyFile: boolean;
  readonly missingDays: boolean;
  readonly rowsGone: boolean;
}

export interface Completeness {
  readonly terms: Terms;
  readonly asOf: Instant;
  /** Inputs of the run before, where there is one. */
  readonly before: InputsBefore | undefined;
  readonly allowed: LetThrough;
}

const BULK_KINDS = Object.keys(BULK_DECLARATIONS) as readonly BulkKind[];

/** Why inputs are refused that look like half of what they should be; all reasons but those that are let through. */
export function incompleteProblems(tables: Tables, { terms, asOf, before, allowed }: Completeness): readonly Problem[] {
  const empty = emptyKinds(tables);
  const { byDay } = tables;
  return [
    ...(allowed.cutFile ? [] : tables.files.flatMap(cutFile)),
    ...(allowed.emptyFile ? [] : empty.map(noRows)),
    ...(allowed.missingDays || byDay === undefined ? [] : missingDays(byDay, terms, asOf)),
    ...(allowed.rowsGone || byDay === undefined || before === undefined ? [] : rowsGone(tables, byDay.days, before)),
  ];
}

const nameOf = (kind: BulkKind): Text => text(...wordsOf(kind));
const wordsOf = (kind: BulkKind): [string, string] => {
  const { words } = declarationOf(kind).option;
  return [words.ja, words.en];
};
const optionOf = (kind: BulkKind): string =>
  `--${declarationOf(kind).option.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const once = (option: string, ja: string, en: string): Text =>
  text(
    `${ja}。それで正しければ、この実行だけ ${option} を付けてください`,
    `${en}; if it is right as it is, give ${option} with this run`,
  );

// ----- A file that ends in the middle of a row ------------------------------------------------------------------------------

const cutFile = ({ name, cutAtLine }: InputFile): readonly Problem[] =>
  cutAtLine === undefined
    ? []
    : [
        {
          code: 'CUT_FILE',
          where: `${name}:${cutAtLine}`,
          what: text(
            '最後の行が読めず、行末の改行もありません。ファイルが途中で切れていると思われます',
            'the last row cannot be read, and has no line end: the file was probably cut off there',
          ),
          advice: once(
            '--allow-cut-file',
            '出力元からファイルを取り直してください',
            'fetch the file again from its source',
          ),
        },
      ];

// ----- An input without rows ------------------------------------------------------------------------------------------------

/** Without a coupon nothing is due, and without a payment everything; no shop has to report. */
const NEVER_EMPTY: readonly BulkKind[] = ['issuance', 'transactions'];

function emptyKinds({ files }: Tables): readonly BulkKind[] {
  return NEVER_EMPTY.filter((kind) => {
    const own = files.filter((file) => file.kind === kind);
    return own.length > 0 && own.every(({ rowsRead }) => rowsRead === 0);
  });
}

const noRows = (kind: BulkKind): Problem => ({
  code: 'NO_ROWS',
  where: optionOf(kind),
  what: text(
    `${nameOf(kind).ja}に見出し行のほかの行がありません`,
    `there is no row but the header in any ${nameOf(kind).en} file`,
  ),
  advice: once('--allow-empty-file', 'ファイルを取り直してください', 'fetch the file again'),
});

// ----- Days without rows ----------------------------------------------------------------------------------------------------

/** Fewer were to be expected by chance. */
const CERTAIN_ROWS = 20;
const LAST_DAYS = 3;
/** An input of fewer days may be of those alone. */
const SEASON_DAYS = 14;

/** What an input's rows come to on a day: of those days that have any, half have as many or more. */
function usualRows(days: readonly InputDay[]): number {
  const counts = days.map(({ rows }) => rows).sort((a, b) => b - a);
  return counts.length === 0 ? 0 : (counts[Math.floor((counts.length - 1) / 2)] as number);
}

/** Of an input of few days only the day of the outage itself tells how many rows the outage should have. */
function usualForOutage(days: readonly InputDay[], { outageFrom }: Terms): number {
  if (days.length >= SEASON_DAYS) return usualRows(days);
  return days.find(({ date }) => date === dateOf(outageFrom))?.rows ?? 0;
}

function missingDays({ days, inOutage }: RowsByDay, terms: Terms, asOf: Instant): readonly Problem[] {
  const problems: Problem[] = [];
  for (const kind of ['transactions', 'sales'] as const) {
    const usual = usualForOutage(
      days.filter((day) => day.kind === kind),
      terms,
    );
    const expected = (usual * lengthOfOutage(terms)) / DAY;
    if (asOf >= terms.outageEnd && inOutage[kind] === 0 && expected >= CERTAIN_ROWS)
      problems.push(missing(kind, usual, outageWords(terms)));
  }
  const log = days.filter(({ kind }) => kind === 'transactions');
  const isSeason = log.length >= SEASON_DAYS && usualRows(log) * LAST_DAYS >= CERTAIN_ROWS;
  for (const day of secondExtensionsOf(terms)) {
    const cutOff = endOfDay(day);
    const [from, end] = [dateOf(cutOff) - LAST_DAYS, dateOf(cutOff)];
    if (asOf >= cutOff && isSeason && !log.some(({ date }) => date >= from && date < end))
      problems.push(missing('transactions', usualRows(log), lastDaysWords(cutOff)));
  }
  return problems;
}

const missing = (kind: BulkKind, usual: number, when: Text): Problem => ({
  code: 'MISSING_DAYS',
  where: optionOf(kind),
  what: text(
    `${nameOf(kind).ja}に${when.ja}の行がありません(ふだんは 1 日におよそ ${grouped(usual)} 行)`,
    `no row of the ${nameOf(kind).en} is from ${when.en}, though a day mostly has about ${grouped(usual)}`,
  ),
  advice: once(
    '--allow-missing-days',
    '全期間のファイルがそろっているか確かめてください',
    'check that the files of all days are there',
  ),
});

const ja = ({ ja: words }: Text): string => words;
const en = ({ en: words }: Text): string => words;

function outageWords({ outages }: Terms): Text {
  const spans = outages.map(({ from, end }) =>
    text(
      `${instantText(from, ja)} から ${instantText(end, ja)} の前まで`,
      `${instantText(from, en)} to before ${instantText(end, en)}`,
    ),
  );
  return text(`障害の間(${spans.map(ja).join('、')})`, `the outage (${spans.map(en).join('; ')})`);
}

const lastDaysWords = (cutOff: Instant): Text =>
  text(
    `残高を見る時点(${instantText(cutOff, ja)})の前 ${LAST_DAYS} 日間`,
    `the ${LAST_DAYS} days before the balance is read (${instantText(cutOff, en)})`,
  );

// ----- Rows that the run before had -----------------------------------------------------------------------------------------

type Counted = Pick<InputFile, 'dispositions'> | InputsBefore['files'][number];

const sumOf = (
  files: readonly Counted[],
  ...dispositions: readonly (keyof InputsBefore['files'][number]['dispositions'])[]
): number =>
  files.reduce((sum, file) => sum + dispositions.reduce((rows, name) => rows + file.dispositions[name].rows, 0), 0);

function rowsGone(tables: Tables, days: readonly InputDay[], before: InputsBefore): readonly Problem[] {
  return BULK_KINDS.flatMap((kind) => {
    const files = tables.files.filter((file) => file.kind === kind);
    const filesBefore = before.files.filter((file) => file.kind === kind);
    if (filesBefore.length === 0) return [];
    // Repeats of a row come and go with the exports that overlap; one that is set aside is still there.
    const now = sumOf(files, 'accepted', 'out_of_scope', 'after_as_of', 'conflicting', 'rejected');
    const had = sumOf(filesBefore, 'accepted', 'out_of_scope', 'after_as_of');
    const setAside = sumOf(files, 'conflicting', 'rejected') - sumOf(filesBefore, 'conflicting', 'rejected');
    const gone = goneDays(kind, days, before.days ?? []);
    const lost = gone.reduce((sum, { rows }) => sum + rows, 0);
    return [
      ...(now < had ? [fewerRows(kind, now, had)] : []),
      ...(lost > Math.max(0, setAside) ? [goneRows(kind, lost, gone)] : []),
    ];
  });
}

interface GoneDay {
  readonly date: string;
  readonly rows: number;
}

/** Days that had more rows: what a later export corrects keeps its day. */
function goneDays(
  kind: BulkKind,
  days: readonly InputDay[],
  before: NonNullable<InputsBefore['days']>,
): readonly GoneDay[] {
  const now = new Map(days.flatMap((day) => (day.kind === kind ? [[formatDate(day.date), day.rows] as const] : [])));
  return before.flatMap((day) => {
    const rows = day.kind === kind ? day.rows - (now.get(day.date) ?? 0) : 0;
    return rows > 0 ? [{ date: day.date, rows }] : [];
  });
}

const AGAIN: [string, string] = [
  '前回のファイルもそろっているか、途中で切れていないか確かめてください',
  'check that the files of the previous run are all there, and that none was cut off',
];

const fewerRows = (kind: BulkKind, now: number, had: number): Problem => ({
  code: 'FEWER_ROWS',
  where: optionOf(kind),
  what: text(
    `${nameOf(kind).ja}は ${grouped(now)} 行で、前回の ${grouped(had)} 行より少なくなっています(重複を除く)`,
    `the ${nameOf(kind).en} has ${grouped(now)} rows, fewer than the ${grouped(had)} of the previous run (repeats aside)`,
  ),
  advice: once('--allow-rows-gone', ...AGAIN),
});

function goneRows(kind: BulkKind, lost: number, gone: readonly GoneDay[]): Problem {
  const [first, last] = [gone[0]?.date ?? '', gone.at(-1)?.date ?? ''];
  const between =
    first === last ? text(first, `of ${first}`) : text(`${first} から ${last} まで`, `from ${first} to ${last}`);
  return {
    code: 'ROWS_GONE',
    where: optionOf(kind),
    what: text(
      `前回の${nameOf(kind).ja}にあった ${grouped(lost)} 行がなくなっています(${between.ja}の ${grouped(gone.length)} 日分)`,
      `${grouped(lost)} rows that the ${nameOf(kind).en} had in the previous run are gone (${between.en}, on ${grouped(gone.length)} days)`,
    ),
    advice: once('--allow-rows-gone', ...AGAIN),
  };
}
