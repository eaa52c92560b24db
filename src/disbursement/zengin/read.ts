import { ownOf } from '../../base/own.ts';
import { type Text, text } from '../../base/text.ts';
import { jisCharacter } from './kana.ts';
import { type Field, LAYOUTS, RECORD_LENGTH } from './layout.ts';

/** Something that a bank would refuse, or that the program did not write so. */
export interface Fault {
  /** From 1. */
  readonly record: number;
  /** Of its first byte, from 0, in the file. */
  readonly offset: number;
  readonly field: Text | undefined;
  /** Names no content of a field. */
  readonly what: Text;
}

/** A record by its fields, each as it stands there without what fills it up. */
export interface ReadRecord {
  readonly type: string;
  readonly values: Readonly<Record<string, string>>;
}

export interface ReadZengin {
  readonly records: readonly ReadRecord[];
  readonly lineEnd: 'crlf' | 'none' | 'mixed';
  readonly faults: readonly Fault[];
}

/**
 * What a file of 総合振込 holds, and everything that is wrong with it. It is read as it stands, by its bytes: a field is never
 * trimmed of zeros, and what cannot be told is a fault.
 */
export function readZengin(bytes: Uint8Array): ReadZengin {
  const { pieces, lineEnd, faults } = cut(bytes);
  const read = pieces.map((piece, index) => readRecord(piece, index + 1));
  const records = read.map(({ record }) => record);
  return {
    records,
    lineEnd,
    faults: [
      ...faults,
      ...read.flatMap(({ faults: own }) => own),
      ...orderFaults(records, pieces),
      ...totalFaults(records, pieces),
    ],
  };
}

interface Piece {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

const CR = 0x0d;
const LF = 0x0a;

function cut(bytes: Uint8Array): Pick<ReadZengin, 'lineEnd' | 'faults'> & { readonly pieces: readonly Piece[] } {
  const pieces: Piece[] = [];
  const faults: Fault[] = [];
  let ended = 0;
  for (let at = 0; at < bytes.length; ) {
    // A record that is too short would take the next one's first bytes for its own.
    const broken = bytes.subarray(at, at + RECORD_LENGTH).findIndex((byte) => byte === CR || byte === LF);
    const length = broken < 0 ? Math.min(RECORD_LENGTH, bytes.length - at) : broken;
    pieces.push({ offset: at, bytes: bytes.subarray(at, at + length) });
    const place = { record: pieces.length, offset: at, field: undefined };
    if (length !== RECORD_LENGTH)
      faults.push({ ...place, what: text(`${length} バイト(120 バイトのはず)`, `has ${length} bytes, not 120`) });
    at += length;
    if (bytes[at] === CR && bytes[at + 1] === LF) {
      ended++;
      at += 2;
    } else if (bytes[at] === CR || bytes[at] === LF) {
      faults.push({ ...place, what: text('改行が CRLF でない', 'ends with half of CRLF') });
      at++;
    }
  }
  const lineEnd = ended === 0 ? 'none' : ended === pieces.length ? 'crlf' : 'mixed';
  return { pieces, lineEnd, faults: [...faults, ...wholeFaults(pieces.length, lineEnd)] };
}

function wholeFaults(pieces: number, lineEnd: ReadZengin['lineEnd']): readonly Fault[] {
  const fault = (ja: string, en: string): Fault => ({ record: 1, offset: 0, field: undefined, what: text(ja, en) });
  if (pieces === 0) return [fault('空のファイル', 'nothing in it')];
  if (lineEnd !== 'mixed') return [];
  return [fault('改行のあるレコードとないレコードがある', 'some records end with CRLF, others do not')];
}

function readRecord(
  { offset, bytes }: Piece,
  record: number,
): { readonly record: ReadRecord; readonly faults: readonly Fault[] } {
  const type = jisCharacter(bytes[0] ?? 0) ?? '';
  const layout = ownOf(LAYOUTS, type);
  if (layout === undefined) {
    const what = text('データ区分が 1・2・8・9 のどれでもない', 'is of none of the types 1, 2, 8 and 9');
    return { record: { type: '', values: {} }, faults: [{ record, offset, field: undefined, what }] };
  }
  const values: Record<string, string> = {};
  const faults: Fault[] = [];
  let start = 0;
  for (const field of layout) {
    const part = bytes.subarray(start, start + field.length);
    const value = Array.from(part, (byte) => jisCharacter(byte) ?? UNKNOWN).join('');
    for (const what of faultsOf(field, value))
      faults.push({ record, offset: offset + start, field: field.title, what });
    if (field.name !== 'filler') values[field.name] = field.kind === 'N' ? value : value.trimEnd();
    start += field.length;
  }
  return { record: { type, values }, faults };
}

/** Stands for a byte that is no sign of JIS X 0201. */
const UNKNOWN = '\ufffd';
/** What the format takes in a field of signs, EDI 情報 among them: more than the names that we write. */
const SIGNS = /^[0-9A-Z ().,/\\\-｢｣ｦｱ-ﾟ]*$/;
const SMALL = /[ｧ-ｯ]/;

function faultsOf(field: Field, value: string): readonly Text[] {
  if (value.length < field.length) return [text('途中で切れている', 'is cut off')];
  if (field.mayBeBlank && /^ *$/.test(value)) return [];
  if (field.kind === 'N') return /^\d*$/.test(value) ? [] : [text('数字でない', 'is no number')];
  if (field.name === 'filler') return /^ *$/.test(value) ? [] : [text('空白でない', 'is not blank')];
  const place = [...value].findIndex((character) => !SIGNS.test(character)) + 1;
  if (place === 0) return [];
  const character = value[place - 1] ?? '';
  if (SMALL.test(character)) return [text(`${place} 文字目が小さい仮名`, `sign ${place} is a small kana`)];
  if (character === 'ｰ')
    return [text(`${place} 文字目が長音(ハイフンのはず)`, `sign ${place} is a long mark, which should be a hyphen`)];
  return [text(`${place} 文字目が使えない文字`, `sign ${place} may not stand there`)];
}

/** One header, data, one trailer, one end. */
function orderFaults(records: readonly ReadRecord[], pieces: readonly Piece[]): readonly Fault[] {
  const types = records.map(({ type }) => type || '?').join('');
  if (/^12*89$/.test(types) || types === '') return [];
  const whole = /^12*(?:89?)?/.exec(types)?.[0].length ?? 0;
  const record = Math.min(whole + 1, records.length);
  const what = text('レコードの順が 1・2…・8・9 でない', 'records are not in the order 1, 2 …, 8, 9');
  return [{ record, offset: pieces[record - 1]?.offset ?? 0, field: undefined, what }];
}

function totalFaults(records: readonly ReadRecord[], pieces: readonly Piece[]): readonly Fault[] {
  const at = records.findIndex(({ type }) => type === '8');
  if (at < 0) return [];
  const transfers = records.filter(({ type }) => type === '2');
  const totalYen = transfers.reduce((sum, { values }) => sum + BigInt(digitsOf(values.amount)), 0n);
  const { count, total } = records[at]?.values ?? {};
  const fault = (ja: string, en: string): Fault => ({
    record: at + 1,
    offset: pieces[at]?.offset ?? 0,
    field: undefined,
    what: text(ja, en),
  });
  return [
    ...(BigInt(digitsOf(count)) === BigInt(transfers.length)
      ? []
      : [fault('合計件数が明細と合わない', 'the total count is not that of its data records')]),
    ...(BigInt(digitsOf(total)) === totalYen
      ? []
      : [fault('合計金額が明細と合わない', 'the total amount is not that of its data records')]),
  ];
}

/** What is no number has been told as that. */
const digitsOf = (value: string | undefined): string => (/^\d+$/.test(value ?? '') ? (value ?? '0') : '0');
