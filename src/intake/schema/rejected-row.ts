import { type Language, text } from '../../base/text.ts';
import type { InputKind, Refund, Reject } from '../../tables/tables.ts';
import { REJECT_CODES } from '../values/reject-codes.ts';
import { readRefund, readRemains } from './decoders.ts';
import type { FieldProblem, RowReader } from './row-reader.ts';

/** The record that a reader has just read and found at fault: all its problems, and what can be read of it still. */
export function rejectedRow(kind: InputKind, file: number, row: RowReader, line: number): Reject {
  const refund = refundOf(kind, row);
  const problems = [...row.problems];
  const joined = (part: 'what' | 'advice', language: Language) =>
    [...new Set(problems.map((problem) => wordsOf(problem, row.shownColumn(problem.column), part, language)))].join(
      '; ',
    );
  return {
    kind,
    file,
    line,
    column: problems[0]?.column ?? '',
    code: problems[0]?.code ?? 'BAD_VALUE',
    what: text(joined('what', 'ja'), joined('what', 'en')),
    advice: text(joined('advice', 'ja'), joined('advice', 'en')),
    ...readRemains(kind, row),
    content: row.canonical(),
    ...(refund === undefined ? {} : { refund }),
  };
}

/** Where it is no fault but a row that takes back another. */
function refundOf(kind: InputKind, row: RowReader): Refund | undefined {
  const taken = row.takenBack();
  if (taken === undefined) return undefined;
  return { of: taken.of, ...readRefund(kind, row) };
}

const KNOWN_VALUES = text('使える値: ', 'known: ');

/** What is wrong names its column; of the same advice for two of them one is enough. */
function wordsOf({ code, detail }: FieldProblem, column: string, part: 'what' | 'advice', language: Language): string {
  const words = REJECT_CODES[code][part][language];
  if (part === 'advice') return words;
  const told = code === 'BAD_VALUE' ? KNOWN_VALUES[language] : '';
  const exactly = detail === undefined ? '' : language === 'ja' ? `(${told}${detail})` : ` (${told}${detail})`;
  return `${column === '' ? '' : `${column}: `}${words}${exactly}`;
}
