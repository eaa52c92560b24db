import { type Language, text } from '../policy/text.ts';
import { readRemains } from './decode.ts';
import { REJECT_CODES } from './reject-codes.ts';
import type { RowReader } from './row-reader.ts';
import type { InputKind, Reject } from './tables.ts';

/** The record that a reader has just read and found at fault: all its problems, and what can be read of it still. */
export function rejectedRow(kind: InputKind, file: number, row: RowReader, line: number): Reject {
  const problems = [...row.problems];
  const joined = (part: 'what' | 'advice', language: Language, withColumn: boolean) =>
    problems
      .map(
        ({ column, code }) => (withColumn && column !== '' ? `${column}: ` : '') + REJECT_CODES[code][part][language],
      )
      .join('; ');
  return {
    kind,
    file,
    line,
    column: problems[0]?.column ?? '',
    code: problems[0]?.code ?? 'BAD_VALUE',
    what: text(joined('what', 'ja', true), joined('what', 'en', true)),
    advice: text(joined('advice', 'ja', false), joined('advice', 'en', false)),
    ...readRemains(kind, row),
    content: row.canonical(),
  };
}
