import { type Text, text } from '../../base/text.ts';
import { INPUT_KINDS, type InputKind } from '../../tables/tables.ts';
import { LAYOUTS } from '../schema/layouts.ts';
import type { Profile } from '../schema/profile.ts';
import type { Clock } from '../values/dates.ts';
import type { KnownNumbers } from './column-matches.ts';
import { type Answers, Draft, type Notes, pathOf, type Question, rowWords } from './draft.ts';
import { fittingProfiles, type NamedProfile } from './fitting-profiles.ts';
import { type FoundTable, joinedTables, type LookedAtFile } from './found-table.ts';
import { type FileFinding, kindsOf, type TakenTable } from './kinds-of-files.ts';
import { isWithdrawn, saysWhere } from './kinds-of-words.ts';
import { type Looked, proposeMatched } from './matched-columns.ts';
import { askForMissing, listMissing } from './missing-columns.ts';
import { isOpenWord } from './open-words.ts';
import { proposePaid } from './propose-paid.ts';
import { placeInFile, proposeSales } from './propose-sales.ts';
import { proposeTransactions } from './propose-transactions.ts';
import { isToldByItself } from './told-by-itself.ts';

export type { Answers, Question } from './draft.ts';
export type { FileFinding } from './kinds-of-files.ts';

/** What files are taken for, the profile that would read them, and what only a person knows. */
export interface Proposal {
  readonly findings: readonly FileFinding[];
  /** Undefined where all files are read as they are. */
  readonly profile: Profile | undefined;
  readonly notes: Notes;
  /** What was taken for granted, for a person to look at. */
  readonly assumed: readonly { readonly kind: InputKind; readonly words: Text }[];
  readonly questions: readonly Question[];
  /** Files of one kind that one profile cannot read, by kind. */
  readonly severalLayouts: readonly (readonly [kind: InputKind, names: readonly string[]])[];
}

/** What is known beside the files. */
export interface Surroundings {
  readonly clock: Clock;
  readonly builtIn: readonly NamedProfile[];
  /** What a column of ours means. */
  readonly meaningOf: (kind: InputKind, column: string) => Text;
}

/** Proposes how files are read. What it asks and nobody has answered is taken in the way that pays nothing for a guess. */
export function propose(files: readonly LookedAtFile[], answers: Answers, surroundings: Surroundings): Proposal {
  const { findings, taken, known, questions } = kindsOf(files, answers, surroundings.builtIn);
  const inputs: Record<string, unknown> = {};
  const notes = new Map<string, readonly Text[]>();
  const assumed: { kind: InputKind; words: Text }[] = [];
  const open = [...questions];
  const severalLayouts: (readonly [InputKind, readonly string[]])[] = [];
  for (const kind of INPUT_KINDS) {
    const ofKind = taken.filter((each) => each.kind === kind);
    const [first] = ofKind;
    if (first === undefined) continue;
    if (!ofKind.every((each) => isOfLayout(each.table, first.table))) {
      if (ofKind.some(needsWords)) severalLayouts.push([kind, ofKind.map(({ table }) => table.name)]);
      continue;
    }
    const proposed = inputOf(ofKind, answers, known, surroundings);
    if (proposed === undefined) continue;
    inputs[kind] = proposed.input;
    for (const [path, words] of proposed.notes) notes.set(path, words);
    assumed.push(...proposed.assumed.map((words) => ({ kind, words })));
    open.push(...proposed.questions);
  }
  const hasInputs = Object.keys(inputs).length > 0;
  const profile = { schemaVersion: 2, id: 'own-files', inputs } as Profile;
  return { findings, profile: hasInputs ? profile : undefined, notes, assumed, questions: open, severalLayouts };
}

const isOfLayout = (table: FoundTable, other: FoundTable): boolean =>
  JSON.stringify([table.form, table.columns.map(({ header }) => header)]) ===
  JSON.stringify([other.form, other.columns.map(({ header }) => header)]);

/** Files of different headers are read together where each is read without a profile. */
const needsWords = ({ kind, table, matches }: TakenTable): boolean =>
  !isToldByItself({ kind, table, matches, files: 1 }, new Draft(kind, new Map()));

interface ProposedPart {
  readonly input: unknown;
  readonly notes: Notes;
  readonly assumed: readonly Text[];
  readonly questions: readonly Question[];
}

function inputOf(
  taken: readonly TakenTable[],
  answers: Answers,
  known: KnownNumbers,
  { clock, builtIn, meaningOf }: Surroundings,
): ProposedPart | undefined {
  const [first, ...others] = taken;
  if (first === undefined) return undefined;
  const { kind, matches: ofFirst } = first;
  const table = joinedTables([first.table, ...others.map((each) => each.table)], clock);
  const fitting = fittingProfiles(table, builtIn).find(({ profile }) => profile.inputs[kind] !== undefined);
  if (fitting !== undefined) return ofBuiltIn(kind, fitting);
  const found = new Map(
    [...ofFirst].map(([name, match]) => [
      name,
      { ...match, column: table.columns[match.column.position] ?? match.column },
    ]),
  );
  const draft = new Draft(kind, answers);
  const ofFiles = { kind, table, matches: found, files: taken.length };
  const looked: Looked = { ...ofFiles, matches: askForMissing(ofFiles, meaningOf, draft) };
  if (kind === 'sales') proposeSales(looked, known, draft);
  else if (kind === 'transactions') proposeTransactions(looked, known, draft);
  else if (kind === 'paid') proposePaid(looked, clock, draft);
  else proposeMatched(looked, draft, NONE);
  if (kind === 'applications' || kind === 'claims') {
    proposeOwnNumber(looked, draft);
    leaveOutAccounts(looked, draft);
    askForWithdrawn(looked, draft);
  }
  if (Object.keys(table.form).length > 0) draft.input.table = table.form;
  if (isToldByItself(looked, draft)) return undefined;
  listMissing(draft, meaningOf);
  return { input: ordered(draft), notes: draft.notes, assumed: draft.assumed, questions: draft.open };
}
const NONE: ReadonlySet<string> = new Set();

function ofBuiltIn(kind: InputKind, { name, profile }: NamedProfile): ProposedPart {
  const words = text(`組み込みのプロファイル ${name} と同じ`, `as the built-in profile ${name}`);
  return {
    input: profile.inputs[kind],
    notes: new Map([[pathOf('inputs', kind), [words]]]),
    assumed: [],
    questions: [],
  };
}

/** Forms that give their answers no number: their place in the file stands for it. */
function proposeOwnNumber({ kind, matches }: Looked, draft: Draft): void {
  const [name, date] = kind === 'claims' ? ['claim_id', 'received_at'] : ['application_id', 'applied_at'];
  if (matches.has(name)) return;
  draft.assumeColumn(
    name,
    placeInFile(matches.get(date)?.column),
    text(
      '日時と行の番号を番号とした。同じファイルを行を変えずに渡し続けること',
      'the time and the number of the line stand for it: hand in the same file every time, its lines as they are',
    ),
  );
}

/** A form that is signed in to has no addresses in a column that is read as theirs without a profile. */
function leaveOutAccounts({ kind, table, matches }: Looked, draft: Draft): void {
  if (kind !== 'applications' || matches.has('email')) return;
  const known = LAYOUTS.applications.columns.find(({ name }) => name === 'email')?.headers ?? [];
  const column = table.columns.find(({ header, facts }) => known.includes(header) && facts.count > 0);
  if (column === undefined) return;
  draft.assumeColumn(
    'email',
    { constant: '' },
    text(
      `「${column.shown}」にはメールアドレスが入っていないので、使わない`,
      `"${column.shown}" holds no addresses, and is not read as e-mail`,
    ),
  );
}

/** Calls and applications that were taken back: whether they count is for a person to say. */
function askForWithdrawn({ table, matches }: Looked, draft: Draft): void {
  const taken = new Set([...matches.values()].map(({ column }) => column));
  for (const column of table.columns) {
    const { header, shown, isOpen, facts } = column;
    if (!isOpen || taken.has(column) || !saysWhere(header)) continue;
    const words = [...facts.words].filter(([word]) => isOpenWord(word) && isWithdrawn(word));
    const times = words.reduce((sum, [, count]) => sum + count, 0);
    if (times > 0 && askWhetherTheyCount(shown, times, draft) === 'leave out')
      draft.leaveOut({ [header]: words.map(([word]) => word) });
  }
}

const askWhetherTheyCount = (shown: string, times: number, draft: Draft): string =>
  draft.ask(
    {
      words: text(
        `取り下げられたものが ${times} 行あります(「${shown}」)。どうしますか`,
        `${rowWords(times)} were withdrawn ("${shown}"). What of them?`,
      ),
      choices: [
        { value: 'keep', words: text('数える、わからない', 'they count, or not known') },
        { value: 'leave out', words: text('数えない', 'leave them out') },
      ],
      otherwise: 'keep',
      assumed: text(
        `取り下げられたもの(${times} 行)も数える`,
        `what was withdrawn (${rowWords(times)}) counts as the others do`,
      ),
    },
    'withdrawn',
  );

/** As people read it: the table, its columns in their order, what their words mean, which rows count. */
function ordered({ kind, input }: Draft): object {
  const { table, columns, values, dateFormats, timeOfDatesAlone, rows, refunds } = input;
  const inOrder = Object.fromEntries(
    LAYOUTS[kind].columns.flatMap(({ name }) => (columns[name] === undefined ? [] : [[name, columns[name]]])),
  );
  return {
    ...(table === undefined ? {} : { table }),
    columns: inOrder,
    ...(Object.keys(values).length === 0 ? {} : { values }),
    ...(dateFormats === undefined ? {} : { dateFormats }),
    ...(timeOfDatesAlone === undefined ? {} : { timeOfDatesAlone }),
    ...(rows === undefined ? {} : { rows }),
    ...(refunds === undefined ? {} : { refunds }),
  };
}
