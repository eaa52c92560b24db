import { type Text, text } from '../../base/text.ts';
import type { InputKind } from '../../tables/tables.ts';
import { LAYOUTS } from '../schema/layouts.ts';
import type { ColumnMatch, ColumnMatches } from './column-matches.ts';
import type { Draft } from './draft.ts';
import type { FoundColumn } from './found-table.ts';
import type { Looked } from './matched-columns.ts';
import { toldByStatement } from './propose-paid.ts';

/** Required columns that have their own ways to be told. */
const OTHERWISE: Readonly<Record<InputKind, readonly string[]>> = {
  issuance: [],
  transactions: ['kind', 'status'],
  sales: ['report_id', 'merchant_id', 'coupon_yen', 'cash_yen'],
  claims: ['claim_id'],
  applications: ['application_id'],
  decisions: [],
  paid: [],
};

/** Asks which column each is that is required, and that nothing fits. */
export function askForMissing(
  looked: Looked,
  meaningOf: (kind: InputKind, column: string) => Text,
  draft: Draft,
): ColumnMatches {
  const { kind, table } = looked;
  const matches = new Map(looked.matches);
  const otherwise = new Set([...OTHERWISE[kind], ...(kind === 'paid' ? toldByStatement(looked) : [])]);
  for (const { name, required } of LAYOUTS[kind].columns) {
    if (!required || matches.has(name) || otherwise.has(name)) continue;
    const taken = new Set([...matches.values()].map(({ column }) => column));
    const open = table.columns.filter((column) => column.isOpen && !taken.has(column));
    const answered = open.length === 0 ? undefined : askForColumn(name, open, meaningOf(kind, name), draft);
    if (answered !== undefined) matches.set(name, answered);
  }
  return matches;
}

function askForColumn(
  name: string,
  open: readonly FoundColumn[],
  meaning: Text,
  draft: Draft,
): ColumnMatch | undefined {
  const answer = draft.ask(
    {
      words: text(
        `必須の列 ${name}(${meaning.ja})は、どの列ですか`,
        `Which column is ${name} (${meaning.en})? It is required`,
      ),
      choices: [
        { value: '', words: text('ない、わからない', 'none of these, or not known') },
        ...open.map(({ header, shown }) => ({ value: header, words: text(shown, shown) })),
      ],
      otherwise: '',
      assumed: notFound(name),
    },
    `column.${name}`,
  );
  const column = open.find(({ header }) => header === answer);
  return column === undefined ? undefined : { column, weight: 1, by: 'said' };
}

const notFound = (name: string): Text =>
  text(`必須の列 ${name} が見つからない`, `the required column ${name} was not found`);

/** Columns of ours that nothing fits, with what each means. */
export function listMissing(draft: Draft, meaningOf: (kind: InputKind, column: string) => Text): void {
  for (const { name, required } of LAYOUTS[draft.kind].columns) {
    if (draft.input.columns[name] !== undefined) continue;
    const { ja, en } = meaningOf(draft.kind, name);
    if (!required) draft.note(['columns', ''], text(`なし(任意) ${name}: ${ja}`, `none (optional) ${name}: ${en}`));
    else {
      draft.note(
        ['columns', ''],
        text(`TODO 必須の列 ${name} が見つからない: ${ja}`, `TODO required, and not found: ${name}: ${en}`),
      );
      const words = notFound(name);
      if (!draft.assumed.some(({ en }) => en === words.en)) draft.assume(words);
    }
  }
}
