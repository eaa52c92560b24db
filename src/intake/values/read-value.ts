/** Why a value cannot be read; the words are in reject-codes.ts. */
export type ValueProblem =
  | 'MISSING_VALUE'
  | 'CIRCLED_DIGIT'
  | 'STRAY_QUOTE'
  | 'INVISIBLE_CHARACTER'
  | 'EXCEL_NUMBER'
  | 'SPREADSHEET_GUARD'
  | 'SPREADSHEET_ERROR'
  | 'SPREADSHEET_DATE'
  | 'BAD_AMOUNT'
  | 'ZERO_AMOUNT'
  | 'AMOUNT_TOO_LARGE'
  | 'BAD_INSTANT'
  | 'BAD_DATE'
  | 'DATE_WITHOUT_TIME'
  | 'DATE_WITHOUT_YEAR'
  | 'NO_SUCH_DATE'
  | 'WRONG_WEEKDAY'
  | 'IMPLAUSIBLE_DATE'
  | 'SHORT_YEAR'
  | 'BAD_VALUE'
  | 'BAD_PREFECTURE';

/** A value, or why there is none, with what tells it exactly. Never thrown. */
export type Read<T> = { readonly value: T } | { readonly problem: ValueProblem; readonly detail?: string };
