import type { Utf16 } from './utf16.ts';

/** Those that are found, and read from bytes. */
export const ENCODINGS = ['utf-8', 'windows-31j'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Those that can be stated: EUC-JP cannot be told from Windows-31J for certain, nor UTF-16 without its mark. */
export const STATED_ENCODINGS = [...ENCODINGS, 'euc-jp', 'utf-16le', 'utf-16be'] as const;
export type StatedEncoding = (typeof STATED_ENCODINGS)[number];

/** What stands between fields, by its name. */
export const DELIMITERS = { comma: ',', tab: '\t', semicolon: ';' } as const;
export type DelimiterName = keyof typeof DELIMITERS;
/** Of lines whose columns have fixed widths: a record is its line. */
export const NO_DELIMITER = '\0';
export type Delimiter = (typeof DELIMITERS)[DelimiterName] | typeof NO_DELIMITER;

/** What is stated of how a file is written: whatever is not is found, or is as usual. */
export interface FileFormat {
  readonly encoding?: StatedEncoding | undefined;
  readonly delimiter?: DelimiterName | 'none' | undefined;
  /** Of a workbook: the first that is seen, unless it is named. */
  readonly sheet?: string | undefined;
}

/** What stands between the fields of such a file, if that is stated. */
export const statedDelimiter = ({ delimiter }: FileFormat): Delimiter | undefined =>
  delimiter === undefined ? undefined : delimiter === 'none' ? NO_DELIMITER : DELIMITERS[delimiter];

export const isUtf16 = (encoding: StatedEncoding | undefined): encoding is Utf16 =>
  encoding === 'utf-16le' || encoding === 'utf-16be';

/** How such a file is read from bytes; undefined of one that only the reference reader reads. */
export function formatInBytes({
  encoding,
  delimiter,
}: FileFormat): { readonly encoding: Encoding | undefined } | undefined {
  if (delimiter !== undefined && delimiter !== 'comma') return undefined;
  return encoding === undefined || isInBytes(encoding) ? { encoding } : undefined;
}

const isInBytes = (encoding: StatedEncoding): encoding is Encoding => ENCODINGS.some((each) => each === encoding);
