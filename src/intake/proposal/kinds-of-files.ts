import { type Text, text } from '../../base/text.ts';
import { DECLARATIONS } from '../../tables/kinds/index.ts';
import type { InputKind } from '../../tables/tables.ts';
import { LAYOUTS } from '../schema/layouts.ts';
import { type ColumnMatches, couponTest, type KnownNumbers, rivalsFor } from './column-matches.ts';
import type { Answers, Question } from './draft.ts';
import { fittingProfiles, kindsFitting, type NamedProfile } from './fitting-profiles.ts';
import type { FoundColumn, FoundTable, LookedAtFile } from './found-table.ts';
import { type KindScore, kindScores, LEAST_LEAD, LEAST_SCORE } from './kind-scores.ts';
import { daysOf } from './matched-columns.ts';
import { shopColumn } from './shop-of-file.ts';

/** What a file is taken for, and by what. */
export interface FileFinding {
  readonly name: string;
  /** Undefined: nothing that is known fits. */
  readonly kind: InputKind | undefined;
  /** From 0 to 1. */
  readonly score: number;
  /** What else it could be, the likeliest first. */
  readonly others: readonly { readonly kind: InputKind; readonly score: number }[];
  /** Our columns, and the headers that are taken for them. */
  readonly columns: readonly { readonly name: string; readonly header: string; readonly by: string }[];
  /** Headers as they can be shown; those above aside. */
  readonly unused: readonly string[];
  /** The line of the headers. */
  readonly line: number;
  /** Rows that were looked at. */
  readonly rows: number;
  /** The first and the last day in them. */
  readonly days: readonly [string, string] | undefined;
  /** The profile that comes with the program, and reads it. */
  readonly builtIn: string | undefined;
  readonly sheets: readonly string[];
}

/** A table of a kind. */
export interface TakenTable {
  readonly kind: InputKind;
  readonly table: FoundTable;
  readonly matches: ColumnMatches;
}

interface Kinds {
  readonly findings: readonly FileFinding[];
  readonly taken: readonly TakenTable[];
  readonly known: KnownNumbers;
  readonly questions: readonly Question[];
}

const NOTHING_KNOWN: KnownNumbers = { isCoupon: undefined, merchants: new Set() };

/** What each file is taken for, by itself and by the numbers of the others. */
export function kindsOf(files: readonly LookedAtFile[], answers: Answers, builtIn: readonly NamedProfile[]): Kinds {
  const known = knownNumbers(files, answers);
  const questions: Question[] = [];
  const taken: TakenTable[] = [];
  const findings = files.map(({ name, table, shown, said }) => {
    if (table === undefined) return { ...nothingFound(name, shown), kind: said };
    const scores = kindScores(table, known);
    const [named] = fittingProfiles(table, builtIn);
    const ofNamed = named === undefined ? [] : kindsFitting(table, named);
    const best = scores.find(
      ({ kind, score }) => score >= LEAST_SCORE && (named === undefined || ofNamed.includes(kind)),
    );
    const chosen = best ?? scores.find(({ kind }) => kind === ofNamed[0]);
    const guessed = chosen === undefined ? undefined : () => askedKind(name, chosen, scores, answers, questions);
    const kind = said ?? guessed?.();
    const matches = scores.find((score) => score.kind === kind)?.matches ?? new Map();
    if (kind !== undefined) taken.push({ kind, table, matches });
    return { ...findingOf(table, kind, matches, scores), builtIn: named?.name };
  });
  return { findings, taken, known, questions };
}

/** Coupons of the issuance first, for a log is told by them; then the shops of the log. */
function knownNumbers(files: readonly LookedAtFile[], answers: Answers): KnownNumbers {
  const coupons = tablesOf(files, NOTHING_KNOWN, 'issuance').flatMap(({ matches }) =>
    numbersIn(matches.get('coupon_number')?.column),
  );
  const known = { ...NOTHING_KNOWN, isCoupon: couponTest(coupons) };
  const merchants = tablesOf(files, known, 'transactions').flatMap(({ table }) =>
    numbersIn(shopColumn(rivalsFor('transactions', 'merchant_id', table, known), answers)),
  );
  return { ...known, merchants: new Set(merchants) };
}

const numbersIn = (column: FoundColumn | undefined): readonly string[] => [...(column?.facts.numbers.keys() ?? [])];

/** Tables that are said to be of a kind, or most likely are. */
const tablesOf = (files: readonly LookedAtFile[], known: KnownNumbers, kind: InputKind): readonly TakenTable[] =>
  files.flatMap(({ table, said }) => {
    if (table === undefined || (said !== undefined && said !== kind)) return [];
    const scores = kindScores(table, known);
    const [best] = said === undefined ? scores : scores.filter((score) => score.kind === said);
    const isOne = best?.kind === kind && (said !== undefined || best.score >= LEAST_SCORE);
    return isOne ? [{ kind, table, matches: best.matches }] : [];
  });

const wordsOf = (kind: InputKind): Text => DECLARATIONS[kind].option.words;

/** Two kinds that are nearly as likely: only a person knows. */
function askedKind(
  name: string,
  best: KindScore,
  scores: readonly KindScore[],
  answers: Answers,
  questions: Question[],
): InputKind | undefined {
  const near = scores.filter(({ score }) => score >= LEAST_SCORE && best.score - score < LEAST_LEAD);
  if (near.length < 2) return best.kind;
  const id = `kind.${name}`;
  const answer = answers.get(id);
  if (answer !== undefined) return near.find(({ kind }) => kind === answer)?.kind;
  const { ja, en } = wordsOf(best.kind);
  questions.push({
    id,
    words: text(`${name} は何のファイルですか`, `What is ${name}?`),
    choices: [
      ...near.map(({ kind }) => ({ value: kind, words: wordsOf(kind) })),
      { value: '', words: text('どれでもない(使わない)', 'none of these: leave it out') },
    ],
    otherwise: best.kind,
    assumed: text(`${name} は${ja}だとした`, `${name} was taken for ${en}`),
  });
  return best.kind;
}

function findingOf(
  table: FoundTable,
  kind: InputKind | undefined,
  matches: ColumnMatches,
  scores: readonly KindScore[],
): Omit<FileFinding, 'builtIn'> {
  const used = new Set([...matches.values()].map(({ column }) => column));
  const when = kind === undefined ? undefined : matches.get(WHEN[kind])?.column;
  return {
    name: table.name,
    kind,
    score: scores.find((score) => score.kind === kind)?.score ?? scores[0]?.score ?? 0,
    others: scores
      .filter((score) => score.kind !== kind && score.score > 0)
      .slice(0, 2)
      .map(({ kind, score }) => ({ kind, score })),
    columns: kind === undefined ? [] : inOrder(kind, matches),
    unused: table.columns.filter((column) => !used.has(column) && column.header !== '').map(({ shown }) => shown),
    line: table.line,
    rows: table.rows.length,
    days: when === undefined ? undefined : daysOf(when),
    sheets: table.sheets,
  };
}

const inOrder = (kind: InputKind, matches: ColumnMatches): FileFinding['columns'] =>
  LAYOUTS[kind].columns.flatMap(({ name }) => {
    const match = matches.get(name);
    return match === undefined ? [] : [{ name, header: match.column.shown, by: match.by }];
  });

/** The column that says when what a row tells of happened. */
const WHEN: Readonly<Record<InputKind, string>> = {
  issuance: 'issued_at',
  transactions: 'occurred_at',
  sales: 'sold_at',
  claims: 'received_at',
  applications: 'applied_at',
  decisions: 'decided_at',
  paid: 'sent_at',
};

const nothingFound = (name: string, shown: readonly string[]): FileFinding => ({
  name,
  kind: undefined,
  score: 0,
  others: [],
  columns: [],
  unused: shown,
  line: 0,
  rows: 0,
  days: undefined,
  builtIn: undefined,
  sheets: [],
});
