import { normalised } from '../values/identifiers.ts';
import { isBlank, isTotal } from '../values/total-rows.ts';
import { type ColumnSource, placedSource, type SourceFile, textOfSource } from './column-sources.ts';
import { type Condition, conditionsOf, meetsAll, meetsAny, type PositionOf, statedValues } from './conditions.ts';
import type { Mapping, TableForm } from './mapping-schema.ts';
import { isRefund, type RefundPlan, refundPlan } from './refund-rows.ts';
import { amountUnsigned } from './signed-amounts.ts';
import { type AmountField, TotalsCheck } from './stated-totals.ts';
import { cutByWidth, type TableBegin } from './table-begin.ts';

/** A column of ours, as far as a mapping asks. */
export interface MappedColumn {
  readonly name: string;
  readonly isAmount: boolean;
  /** Where a header known without a mapping stands, or -1. */
  readonly position: number;
}

/** What a mapping comes to in one file. Plain data: threads are given it. */
export interface FileMapping {
  /** By layout order; undefined where the file has no such column. */
  readonly sources: readonly (ColumnSource | undefined)[];
  readonly only: readonly Condition[];
  readonly leaveOut: readonly Condition[];
  readonly refunds: RefundPlan | undefined;
  readonly amounts: readonly AmountField[];
  /** The column whose sign says that a row is taken back. */
  readonly yenColumn: number;
  readonly headerRecords: readonly (readonly string[])[];
  readonly totalWords: readonly string[];
  readonly fixedWidth: TableForm['fixedWidth'];
  readonly trailingCommas: boolean;
  readonly lastLine: number;
}

export function fileMapping(
  mapping: Mapping,
  columns: readonly MappedColumn[],
  yenColumn: number,
  file: SourceFile & Pick<TableBegin, 'headerRecords' | 'lastLine'>,
  positionOf: PositionOf,
): FileMapping {
  const sources = columns.map(({ name, isAmount, position }) => {
    const stated = mapping.columns?.[name];
    if (stated !== undefined) return placedSource(stated, isAmount, file, positionOf);
    return position < 0 ? undefined : ({ type: 'field', position } as const);
  });
  const amounts = columns.flatMap(({ name, isAmount }, index) => {
    const source = sources[index];
    return isAmount && source?.type === 'field' ? [{ column: name, position: source.position }] : [];
  });
  return {
    sources,
    only: conditionsOf(mapping.rows?.only, positionOf),
    leaveOut: conditionsOf(mapping.rows?.leaveOut, positionOf),
    refunds: refundPlan(mapping.refunds, file, positionOf),
    amounts,
    yenColumn,
    headerRecords: file.headerRecords.map((record) => record.map((field) => field.trim())),
    totalWords: (mapping.table?.totals ?? []).map((word) => normalised(word)),
    fixedWidth: mapping.table?.fixedWidth,
    trailingCommas: mapping.table?.trailingCommas === true,
    lastLine: file.lastLine,
  };
}

/** What people write in front of the number of rows. */
const COUNT_WORDS = ['件数', '合計件数', '総件数', '取引件数'];

/** A record that counts for none, by what it is. */
export type NoRow = 'empty' | 'header' | 'total' | 'left_out';

/** Takes the records of one file behind its headers: which are rows, and what our columns hold of them. */
export class MappedRows {
  readonly totals: TotalsCheck;
  private readonly mapping: FileMapping;
  private readonly reasons: readonly ReasonToLeaveOut[];
  private fields: readonly string[] = [];
  private line = 0;
  private reason: number | undefined;
  private undoes = false;

  constructor(mapping: FileMapping) {
    this.mapping = mapping;
    this.reasons = reasonsToLeaveOut(mapping);
    this.totals = new TotalsCheck(mapping.amounts);
  }

  /** A record with the fields of its header, whatever commas stand behind them. */
  cut(record: readonly string[], fieldCount: number): readonly string[] {
    const { fixedWidth, trailingCommas } = this.mapping;
    if (fixedWidth !== undefined) return cutByWidth(record.join(''), fixedWidth);
    if (!trailingCommas || record.length === fieldCount) return record;
    if (record.length < fieldCount) return [...record, ...Array.from({ length: fieldCount - record.length }, () => '')];
    return record.slice(fieldCount).every(isBlank) ? record.slice(0, fieldCount) : record;
  }

  /** Undefined where it is a row, of which then the texts of our columns can be asked for. */
  open(fields: readonly string[], line: number): NoRow | undefined {
    this.fields = fields;
    this.line = line;
    this.reason = undefined;
    this.undoes = false;
    if (fields.every(isBlank)) return 'empty';
    if (this.isHeader(fields)) {
      this.totals.beginAgain();
      return 'header';
    }
    if (this.isTotal(fields)) {
      this.totals.hold(fields, line);
      return 'total';
    }
    const { refunds, yenColumn } = this.mapping;
    this.reason = this.reasonToLeaveOut(fields);
    this.totals.add(fields, this.reason === undefined);
    if (this.reason !== undefined) return 'left_out';
    this.undoes = refunds !== undefined && isRefund(refunds, fields, this.textOf(yenColumn));
    return undefined;
  }

  /** Why the record is left out, if it is: the first of {@link reasonsToLeaveOut}, by its number. */
  get leftOutFor(): number | undefined {
    return this.reason;
  }

  /** What stands in the row for one of our columns; the amounts of what is taken back without their signs. */
  textOf(column: number): string {
    const source = this.mapping.sources[column];
    return source === undefined ? '' : textOfSource(source, this.fields, this.line);
  }

  /** Whether the row undoes another, and which, as it is written: '' where it does not say. */
  get refund(): { readonly of: string; readonly id: string | undefined } | undefined {
    const { refunds } = this.mapping;
    if (!this.undoes || refunds === undefined) return undefined;
    const textOf = (source: ColumnSource | undefined) =>
      source === undefined ? undefined : textOfSource(source, this.fields, this.line).trim();
    return { of: textOf(refunds.of) ?? '', id: textOf(refunds.id) };
  }

  private reasonToLeaveOut(fields: readonly string[]): number | undefined {
    const { only, leaveOut } = this.mapping;
    if (meetsAll(fields, only) && !meetsAny(fields, leaveOut)) return undefined;
    return this.reasons.findIndex((reason) => isReason(reason, fields));
  }

  private isHeader(fields: readonly string[]): boolean {
    return this.mapping.headerRecords.some(
      (header) =>
        header.length === fields.length && header.every((name, index) => name === (fields[index] ?? '').trim()),
    );
  }

  private isTotal(fields: readonly string[]): boolean {
    const { totalWords } = this.mapping;
    if (isTotal(fields)) return true;
    const first = fields.find((field) => !isBlank(field)) ?? '';
    if (COUNT_WORDS.includes(normalised(first))) return true;
    return totalWords.length > 0 && fields.some((field) => field !== '' && totalWords.includes(normalised(field)));
  }
}

/** An amount of a row that undoes another. */
export const amountTakenBack = (written: string): string => amountUnsigned(written).unsigned;

/**
 * Whether rows can be read from their bytes, each by itself: only other columns, constants, and which rows count. Each field is
 * then read for one thing at most.
 */
export function isPlainMapping(mapping: FileMapping, uses: readonly PlainUse[]): boolean {
  if (!isPlainTable(mapping) || [mapping.refunds?.of, mapping.refunds?.id].some(holdsLine)) return false;
  const used: number[] = [];
  const ofOthers = new Set<number>();
  for (const [column, source] of mapping.sources.entries()) {
    if (source?.type === 'field') {
      used.push(source.position);
      if (uses[column]?.mayBeCondition !== true) ofOthers.add(source.position);
    } else if (
      source !== undefined &&
      !(source.type === 'constant' && uses[column]?.takesConstant(source.text) === true)
    )
      return false;
  }
  return new Set(used).size === used.length && conditionsIn(mapping).every(({ position }) => !ofOthers.has(position));
}

/** Threads that read part of a file do not know its lines. */
const holdsLine = (source: ColumnSource | undefined): boolean =>
  source?.type === 'joined' && source.parts.some((part) => 'line' in part);

const isPlainTable = (mapping: FileMapping): boolean =>
  mapping.fixedWidth === undefined &&
  !mapping.trailingCommas &&
  mapping.headerRecords.length === 1 &&
  mapping.lastLine === 1 &&
  mapping.totalWords.length === 0;

/** What can be read of a column from bytes beside one field of its own. */
export interface PlainUse {
  /** Its field may say, too, that the row does not count. */
  readonly mayBeCondition: boolean;
  readonly takesConstant: (constant: string) => boolean;
}

/** What says that a row does not count, or takes back another. */
export const conditionsIn = ({ only, leaveOut, refunds }: FileMapping): readonly Condition[] => [
  ...only,
  ...leaveOut,
  ...(refunds?.when ?? []),
];

/** Why a row can be left out: it holds none of the values that count, or one that does not. */
export interface ReasonToLeaveOut extends Condition {
  readonly rule: 'only' | 'leaveOut';
}

/** In the order in which a row is held against them: the first that fits is the one that counts it. */
export const reasonsToLeaveOut = ({
  only,
  leaveOut,
}: Pick<FileMapping, 'only' | 'leaveOut'>): readonly ReasonToLeaveOut[] => [
  ...only.map((condition) => ({ ...condition, rule: 'only' as const })),
  ...leaveOut.flatMap((condition) => statedValues(condition).map((each) => ({ ...each, rule: 'leaveOut' as const }))),
];

const isReason = ({ rule, ...condition }: ReasonToLeaveOut, fields: readonly string[]): boolean =>
  meetsAll(fields, [condition]) === (rule === 'leaveOut');

/** What a value in one field says of its row by itself; of one that leaves it out, why. */
export type SaidOfRow = 'counts' | 'may take back' | number;

export function saidByValue(mapping: FileMapping, position: number, value: string): SaidOfRow {
  const fields = Array.from({ length: position + 1 }, () => value);
  const reason = reasonsToLeaveOut(mapping).findIndex((each) => each.position === position && isReason(each, fields));
  if (reason >= 0) return reason;
  const taking = (mapping.refunds?.when ?? []).filter((condition) => condition.position === position);
  return meetsAny(fields, taking) ? 'may take back' : 'counts';
}
