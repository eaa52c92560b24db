import { text } from '../../base/text.ts';
import { LAYOUTS } from '../schema/layouts.ts';
import { readDateByPattern } from '../values/date-patterns.ts';
import { type Clock, readDate } from '../values/dates.ts';
import { PAYOUT_ID_PATTERN, yenOf } from './column-facts.ts';
import { type Draft, rowWords } from './draft.ts';
import { type FoundColumn, type FoundTable, tableWith } from './found-table.ts';
import { STATEMENT } from './header-weights.ts';
import { meantBy } from './kinds-of-words.ts';
import { FIRST_MOMENT, type Looked, proposeMatched, proposeWords } from './matched-columns.ts';
import { isOpenWord } from './open-words.ts';
import { RECORD_TYPE, TRANSFER, TRANSFER_NOTE, TRANSFER_YEN } from './transfer-records.ts';

const WITHIN = `(${PAYOUT_ID_PATTERN})`;

/** What was paid: a list of payouts, a bank\u2019s statement, or a file of transfers that was sent. */
export function proposePaid(looked: Looked, clock: Clock, draft: Draft): void {
  if (looked.table.form.fixedWidth !== undefined) {
    proposeTransfers(looked.table, clock, draft);
    return;
  }
  const statement = statementOf(looked);
  proposeMatched(looked, draft, new Set(statement === undefined ? [] : OF_STATEMENTS));
  if (statement !== undefined) proposeStatement(looked, statement, clock, draft);
}

const OF_STATEMENTS = ['payout_id', 'amount_yen', 'status'];
const OF_TRANSFERS = [...OF_STATEMENTS, 'sent_at'];

// ----- Statements of banks -----------------------------------------------------------------------------------------------

interface Statement {
  /** Says what each line is for: in those that are ours the id of a payout. */
  readonly description: FoundColumn;
  /** Yen that went out, yen that came in, or either. */
  readonly amounts: readonly FoundColumn[];
}

/** Columns of what was paid that a statement tells in another way. */
export const toldByStatement = (looked: Looked): readonly string[] => {
  if (looked.table.form.fixedWidth !== undefined) return OF_TRANSFERS;
  return statementOf(looked) === undefined ? [] : OF_STATEMENTS;
};

function statementOf({ table, matches }: Pick<Looked, 'table' | 'matches'>): Statement | undefined {
  const named = matches.get('payout_id');
  if (named !== undefined && (named.weight === 1 || holdsIds(named.column))) return undefined;
  const amount = matches.get('amount_yen')?.column;
  const amounts = amount === undefined ? amountsOf(table) : [amount];
  const open = table.columns.filter(({ isOpen }) => isOpen);
  const [most] = open.filter(holdsIds).sort((a, b) => b.facts.payoutIds - a.facts.payoutIds);
  const description = most ?? open.find(({ header }) => STATEMENT.description.test(header));
  return description === undefined || amounts.length === 0 ? undefined : { description, amounts };
}

const holdsIds = ({ facts }: FoundColumn): boolean => facts.payoutIds > 0;

/** Columns of which each row fills one. */
function amountsOf({ columns, rows }: FoundTable): readonly FoundColumn[] {
  const found = columns.filter(
    ({ header, isOpen }) => isOpen && (STATEMENT.out.test(header) || STATEMENT.in.test(header)),
  );
  const filled = (fields: readonly string[]): number =>
    found.filter(({ position }) => (yenOf(fields[position] ?? '') ?? 0) !== 0).length;
  return rows.every((fields) => filled(fields) <= 1) ? found : [];
}

function proposeStatement(
  { table, matches }: Looked,
  { description, amounts }: Statement,
  clock: Clock,
  draft: Draft,
): void {
  const { header, shown, facts, position } = description;
  draft.column(
    'payout_id',
    { from: header, pattern: WITHIN },
    text(
      `「${shown}」の中の支払番号(見た行では ${facts.payoutIds} 件)`,
      `the id of a payout within "${shown}" (${rowWords(facts.payoutIds)} of those that were seen)`,
    ),
  );
  draft.input.rows = { only: { [header]: { pattern: PAYOUT_ID_PATTERN } } };
  draft.guess(
    ['rows'],
    text(
      '支払番号のない行(手数料、ほかの振込)は数えない。番号の欠けた支払いが混じっていないか、確かめる',
      'lines without the id of a payout (fees, other transfers) do not count: make sure that none of ours lost its id',
    ),
  );
  const [only] = amounts;
  const source = amounts.length === 1 ? only?.header : { sum: amounts.map((column) => column.header) };
  if (source !== undefined)
    draft.column('amount_yen', source, text('出た金額か、戻った金額', 'yen that went out, or came back'));
  const ours = tableWith(table, (fields) => new RegExp(WITHIN).test((fields[position] ?? '').normalize('NFKC')), clock);
  const taken = new Set([description, ...amounts, ...[...matches.values()].map(({ column }) => column)]);
  const taking = new Set([...taken].map((column) => column.position));
  proposeStatus(ours, matches.get('status')?.column.position, taking, draft);
}

/** By words alone: of what came back without one it is said that it was sent, so that nobody is paid again. */
function proposeStatus(ours: FoundTable, named: number | undefined, taken: ReadonlySet<number>, draft: Draft): void {
  const known = LAYOUTS.paid.columns.find(({ name }) => name === 'status')?.values ?? {};
  const isMeant = (word: string): boolean =>
    isOpenWord(word) && (known[word] ?? meantBy('paid', 'status', word)) !== undefined;
  const isStatus = ({ position, isOpen, facts }: FoundColumn): boolean =>
    position === named ||
    (isOpen &&
      !taken.has(position) &&
      ours.rows.length > 0 &&
      facts.count === ours.rows.length &&
      facts.words.size > 0 &&
      [...facts.words.keys()].every(isMeant));
  const column = ours.columns.find(isStatus);
  if (column === undefined) {
    assumeSent(draft);
    return;
  }
  draft.column('status', column.header, text('言葉から', 'by its words'));
  proposeWords('paid', 'status', known, column, draft);
}

const assumeSent = (draft: Draft): void =>
  draft.assumeColumn(
    'status',
    { constant: 'sent' },
    text(
      'どの行も送った(sent)とした。戻ってきた支払いがあれば、別に failed の行で渡す',
      'all were sent; hand in what came back as rows of their own, with failed',
    ),
  );

// ----- Files of transfers ------------------------------------------------------------------------------------------------

function proposeTransfers(table: FoundTable, clock: Clock, draft: Draft): void {
  const why = text('全銀協の形式での位置', 'where the form of Zengin has it');
  draft.column('payout_id', TRANSFER_NOTE, why);
  draft.column('amount_yen', TRANSFER_YEN, why);
  draft.input.rows = { only: { [RECORD_TYPE]: [TRANSFER] } };
  draft.note(['rows'], text('振込の行(データレコード)だけ', 'transfers alone'));
  assumeSent(draft);
  proposeDay(table, clock, draft);
}

const DAY_IN_NAME = /\d{8}/;
const WRITTEN_DAY = 'yyyyMMdd';

/** The file says month and day alone. */
function proposeDay({ name }: FoundTable, clock: Clock, draft: Draft): void {
  const inName = DAY_IN_NAME.exec(name.replace(/^.*[\\/]/, ''))?.[0];
  if (inName !== undefined && 'value' in readDateByPattern(inName, WRITTEN_DAY, clock)) {
    draft.column('sent_at', { fileName: '(\\d{8})' }, text('ファイルの名前から', 'by the file\u2019s name'));
    draft.input.dateFormats = [WRITTEN_DAY];
    draft.input.timeOfDatesAlone = FIRST_MOMENT;
    return;
  }
  const day = draft
    .ask(
      {
        words: text('いつの振込ですか(例: 2024-01-31)', 'On which day were they sent (2024-01-31, say)?'),
        otherwise: '',
        assumed: text(
          '振込の日がわからないので、sent_at を書いていない(このままでは読めない)',
          'the day was left open (sent_at): the file cannot be read until it is written',
        ),
      },
      'day',
    )
    .trim();
  if ('value' in readDate(day, clock)) {
    draft.column('sent_at', { constant: day }, text('教えてもらった日', 'as it was told'));
    return;
  }
  draft.note(
    ['columns'],
    text('TODO "sent_at": { "constant": "振込の日" }', 'TODO "sent_at": { "constant": "the day" }'),
  );
}
