import { parse } from 'csv-parse/sync';
import type { Instant } from '../../base/instants.ts';
import type { Problem } from '../../base/problem.ts';
import { type Text, text } from '../../base/text.ts';
import { shownUnlessPersonal } from '../../policy/personal-data.ts';
import { DELIVERY_STATES, type DeliveryState, type ResultForm } from './provider.ts';

/** What a provider says of a gift. */
export interface DeliveryRow {
  readonly payoutId: string;
  /** Which gift of how many the payout was split into; 1 of 1 of one that was not. */
  readonly part: number;
  readonly parts: number;
  readonly state: DeliveryState;
  /** Undefined of what still waits, where the provider gives no instant. */
  readonly at: Instant | undefined;
  /** Undefined where the provider does not say. */
  readonly amountYen: number | undefined;
  /** `file:line` */
  readonly where: string;
}

/** A result as it was read, in UTF-8. */
export interface ResultFile {
  readonly name: string;
  readonly content: string;
}

/** An instant as it is written, or nothing where it is none. */
export type ReadAt = (written: string) => Instant | undefined;

export interface DeliveryRows {
  readonly rows: readonly DeliveryRow[];
  readonly problems: readonly Problem[];
}

/** The rows of a provider\u2019s result, and everything that is wrong with them: file:line:column, never a contact. */
export function deliveryRows({ name, content }: ResultFile, form: ResultForm, readAt: ReadAt): DeliveryRows {
  const records = recordsIn(content);
  if (records === undefined) return { rows: [], problems: [unreadable(name)] };
  const [first, ...others] = records;
  if (first === undefined) return { rows: [], problems: [emptyFile(name)] };
  const header = first.record.map((cell) => cell.trim());
  const faults = headerFaults(name, header, form);
  if (faults.length > 0) return { rows: [], problems: faults };
  const [rows, problems]: [DeliveryRow[], Problem[]] = [[], []];
  for (const { record, info } of others) {
    if (record.every((cell) => cell.trim() === '')) continue;
    const read = new RowReader(`${name}:${info.lines}`, new Map(header.map((each, at) => [each, record[at] ?? ''])));
    const row = read.row(form, readAt);
    if (row !== undefined) rows.push(row);
    problems.push(...read.problems);
  }
  return { rows, problems };
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function recordsIn(content: string): readonly CsvRecord[] | undefined {
  try {
    return parse(content, { bom: true, info: true, relax_column_count: true }) as unknown as readonly CsvRecord[];
  } catch {
    return undefined;
  }
}

function headerFaults(name: string, header: readonly string[], { columns }: ResultForm): readonly Problem[] {
  const needed = [columns.key, columns.status, ...columns.at, ...(columns.amount_yen ? [columns.amount_yen] : [])];
  return [...new Set(needed)].flatMap((column): Problem[] => {
    const count = header.filter((each) => each === column).length;
    if (count === 1) return [];
    const advice = text(
      '業者プロファイルの result.columns と、ファイルの一行目を見くらべてください',
      'hold result.columns of the provider profile against the first line of the file',
    );
    const where = `${name}:1:${column}`;
    return count === 0
      ? [{ code: 'MISSING_COLUMN', where, what: text('この列がありません', 'there is no such column'), advice }]
      : [{ code: 'DUPLICATE_HEADER', where, what: text('同じ列がふたつあります', 'two columns have it'), advice }];
  });
}

const KEY = /^(P[0-9a-f]{16})(?:-(\d{1,2})-(\d{1,2}))?$/i;
/** As a spreadsheet guards what it might take for a number. */
const GUARD = /^(?:'|="([^"]*)"$)/;
const AMOUNT = /^[\u00a5\\]?(\d{1,12}|\d{1,3}(?:,\d{3}){1,3})\u5186?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:\s?(\d{2}):?(\d{2})(?::?(\d{2}))?)?$/;

/** `20230510` and `20230510123000` as dates and times that can be read. */
function spacedOut(written: string): string {
  const [, year, month, day, hour, minute, second = '00'] = COMPACT.exec(written) ?? [];
  if (year === undefined) return written;
  return hour === undefined ? `${year}-${month}-${day}` : `${year}-${month}-${day} ${hour}:${minute}:${second}`;
}

/** Reads a row cell by cell; whatever is wrong with any of them is told. */
class RowReader {
  readonly problems: Problem[] = [];
  private readonly where: string;
  private readonly cells: ReadonlyMap<string, string>;

  constructor(where: string, cells: ReadonlyMap<string, string>) {
    this.where = where;
    this.cells = cells;
  }

  row({ columns, words }: ResultForm, readAt: ReadAt): DeliveryRow | undefined {
    const key = this.key(columns.key);
    // Of a row that is nobody's (a total, say) nothing else is worth telling.
    if (key === undefined) return undefined;
    const state = this.state(columns.status, words);
    const at = this.at(columns.at, state, readAt);
    const amountYen = columns.amount_yen === undefined ? undefined : this.amount(columns.amount_yen);
    if (state === undefined || this.problems.length > 0) return undefined;
    return { ...key, state, at, amountYen, where: this.where };
  }

  private cell(column: string): string {
    const written = (this.cells.get(column) ?? '').normalize('NFKC').trim();
    const guarded = GUARD.exec(written);
    return guarded === null ? written : (guarded[1] ?? written.slice(1));
  }

  private key(column: string): Pick<DeliveryRow, 'payoutId' | 'part' | 'parts'> | undefined {
    const written = this.cell(column);
    const [, id = '', part = '1', parts = '1'] = KEY.exec(written) ?? [];
    const [at, of] = [Number(part), Number(parts)];
    if (id !== '' && at >= 1 && at <= of) return { payoutId: `P${id.slice(1).toLowerCase()}`, part: at, parts: of };
    return this.refuse(
      'UNKNOWN_DELIVERY',
      column,
      text(
        `${shownUnlessPersonal(written)} は gift-order が付けた番号ではありません`,
        `${shownUnlessPersonal(written)} is no key that gift-order gave`,
      ),
      text(
        'この依頼の結果だけを業者から出力し直すか、ほかの行(合計など)を取り除いてください',
        'have the provider export the result of these orders alone, or take other rows (a total, say) out',
      ),
    );
  }

  private state(column: string, words: ResultForm['words']): DeliveryState | undefined {
    const written = this.cell(column);
    const isMeant = (word: string): boolean => word.normalize('NFKC').trim() === written;
    const state = DELIVERY_STATES.find((each) => words[each]?.some(isMeant));
    const known = DELIVERY_STATES.flatMap((each) => words[each] ?? []).join(', ');
    return (
      state ??
      this.refuse(
        'BAD_DELIVERY',
        column,
        text('業者プロファイルにない状態です', 'is no state that the provider profile knows'),
        text(
          `業者に意味を確かめ、result.words に足してください(今は ${known})`,
          `ask the provider what it means, and add it to result.words (now: ${known})`,
        ),
      )
    );
  }

  private at(columns: readonly string[], state: DeliveryState | undefined, readAt: ReadAt): Instant | undefined {
    const column = columns.find((each) => this.cell(each) !== '');
    if (column === undefined && state === 'waiting') return undefined;
    const written = column === undefined ? '' : this.cell(column);
    const at = readAt(spacedOut(written));
    if (at !== undefined) return at;
    return this.refuse(
      'BAD_DELIVERY',
      column ?? (columns[0] as string),
      text('日時として読めません', 'is no instant'),
      text(
        '2031/1/31 12:30 のように日付と時刻を書くか、日付だけなら業者プロファイルの result.timeOfDatesAlone で時刻を決めてください',
        'write date and time as 2031/1/31 12:30; for dates alone say by result.timeOfDatesAlone of the provider profile what time they stand for',
      ),
    );
  }

  private amount(column: string): number | undefined {
    const written = this.cell(column);
    if (written === '') return undefined;
    const digits = AMOUNT.exec(written)?.[1];
    if (digits !== undefined) return Number(digits.replaceAll(',', ''));
    return this.refuse(
      'BAD_DELIVERY',
      column,
      text('金額として読めません', 'is no amount'),
      text('1000 か 1,000 のように、円の整数で書いてください', 'write whole yen as 1000 or 1,000'),
    );
  }

  private refuse(code: string, column: string, what: Text, advice: Text): undefined {
    this.problems.push({ code, where: `${this.where}:${column}`, what, advice });
    return undefined;
  }
}

const emptyFile = (name: string): Problem => ({
  code: 'EMPTY_FILE',
  where: name,
  what: text('見出しの行がありません', 'there is no header row'),
  advice: text('業者の結果ファイルか確かめてください', 'check that it is the provider\u2019s result'),
});

const unreadable = (name: string): Problem => ({
  code: 'BAD_DELIVERY',
  where: name,
  what: text('CSV として読めません', 'cannot be read as CSV'),
  advice: text('引用符を確かめるか、業者から出力し直してください', 'check its quotes, or have it exported again'),
});
