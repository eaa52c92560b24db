import { type Language, type Text, text } from '../src/base/text.ts';
import { markdownCell } from '../src/cli/render/markdown.ts';
import { type Translate, translateTo } from '../src/cli/terminal/language.ts';
import { ABSENT_WORDS, AbsentWords } from '../src/intake/values/absent-words.ts';
import type { KindDeclaration } from '../src/tables/kinds/column.ts';
import { declarationOf } from '../src/tables/kinds/index.ts';
import { FORMS } from '../src/tables/kinds/meanings/forms.ts';
import { MEANINGS } from '../src/tables/kinds/meanings/index.ts';
import { type AnyKindMeaning, exampleOf } from '../src/tables/kinds/meanings/meaning.ts';
import { INPUT_KINDS, type InputKind } from '../src/tables/tables.ts';

type Column = KindDeclaration['columns'][string];
type ColumnMeaning = AnyKindMeaning['columns'][string];

/** What goes in, for whoever makes the files: every kind of input, its columns, and files that are read as they stand. */
export function dataPage(language: Language): string {
  const t = translateTo(language);
  return [
    ...opening(t),
    ...howValuesAreWritten(t),
    ...wordsForNothing(t),
    ...INPUT_KINDS.flatMap((kind) => kindSection(kind, language)),
  ].join('\n');
}

// ----- The page ----------------------------------------------------------------------------------------------------------

const TITLE = text('入力ファイルの作り方', 'How to make the files that go in');
const OPENING: readonly Text[] = [
  text(
    'ファイルを作って渡す人(店、決済システム・特設サイトの事業者、コールセンター、職員)のための説明です。正確な取り決めは[データ](contract/2-data.md)にあります。',
    'For whoever makes a file and hands it over: shops, the vendors of the payment system and of the special site, the call centre, staff. The exact terms are in [the contract](contract/2-data.md).',
  ),
  text(
    '- **形式** CSV。1 行目は列の名前(見出し)、2 行目から中身。文字コードは UTF-8 か Shift_JIS(Windows-31J)。gzip で縮めたもの(`.csv.gz`)も読みます。何個に分けてもかまいません。',
    '- **Form** CSV: the first line holds the names of the columns (headers), and each line behind it a row. UTF-8 or Shift_JIS (Windows-31J), plain or gzip (`.csv.gz`), in one file or in several.',
  ),
  text(
    '- **見出し** 下の表の「列」か「ほかの見出し」のどれか。順番は自由です。ほかの列があっても読み飛ばします。別の見出しは[プロファイル](profile.schema.json)(`--profile`)で対応させます。',
    '- **Headers** A column’s name or one of its other headers below, in any order. Other columns are passed over. Other headers are mapped by a [profile](profile.schema.json) (`--profile`).',
  ),
  text(
    '- **必須の列** 列がなければファイルを読みません(`MISSING_COLUMN`)。空欄ならその行を使いません(`MISSING_VALUE`)。ほかの列は、なくても空欄でもかまいません。そのときどうなるかを表に書いてあります。',
    '- **Required columns** Without the column the file is refused (`MISSING_COLUMN`); where a cell is empty, its row is set aside (`MISSING_VALUE`). Any other column may be left out, or empty: the tables say what follows.',
  ),
  text(
    '- **表計算ソフト** 元のシステムから書き出した CSV を、開いて保存し直さずに渡してください。開くだけで先頭の 0 が消え、長い番号が `1.23E+11` に、`12-1` が `12月1日` になり、元に戻せません。',
    '- **Spreadsheets** Hand over the CSV as its system exported it. A spreadsheet that opens it and saves it drops zeros in front, turns long numbers into `1.23E+11` and `12-1` into `1-Dec`, and nobody can turn them back.',
  ),
  text(
    '- **表計算ソフトに入力する** 店や窓口で一から書くときは、番号と日時の列を先に「文字列」の書式にしてから入力し、CSV(UTF-8)で保存します。',
    '- **Typing into a spreadsheet** Whoever writes a file by hand formats the columns of numbers, dates and times as text first, types, and saves as CSV (UTF-8).',
  ),
  text(
    '- **確かめる** 渡す前に `regionpay-reconcile check` に下のオプションで読ませると、読めない行を 1 行ずつ示します。それぞれの直し方は[読めない行](rejects.ja.md)にあります。読めない行が多いと実行しません。申出・申請・決定・支払済みでは 1 行でも実行しません。',
    '- **Try it** `regionpay-reconcile check` with the option of the file shows each row that cannot be read; what to do about each is in [Rows that are set aside](rejects.md). A run is refused where too many are; of claims, applications, decisions and what was paid, where one is.',
  ),
];

const OVERVIEW = [
  text('ファイル', 'file'),
  text('だれが作るか', 'who makes it'),
  text('オプション', 'option'),
  text('必要か', 'needed'),
];

function opening(t: Translate): readonly string[] {
  const rows = INPUT_KINDS.map((kind) => [
    `[${t(MEANINGS[kind].title)}](#${kind})`,
    markdownCell(t(MEANINGS[kind].givenBy)),
    code(optionOf(kind)),
    t(declarationOf(kind).option.isRequired === true ? text('必ず', 'always') : text('あれば', 'if there is one')),
  ]);
  return [
    `# ${t(TITLE)}`,
    '',
    t(OPENING[0] as Text),
    '',
    ...OPENING.slice(1).map(t),
    '',
    ...table(OVERVIEW.map(t), rows),
    '',
  ];
}

const FORM_HEADERS = [
  text('書き方', 'written as'),
  text('説明', 'what it is'),
  text('読むもの', 'read'),
  text('読まないもの', 'not read'),
];

function howValuesAreWritten(t: Translate): readonly string[] {
  const rows = Object.values(FORMS).map(({ name, what, read, refused }) => [
    t(name),
    markdownCell(t(what)),
    read.map(code).join(' '),
    Object.entries(refused)
      .map(([written, why]) => `${code(written)} (${code(why)})`)
      .join(' '),
  ]);
  return [`## ${t(text('値の書き方', 'How values are written'))}`, '', ...table(FORM_HEADERS.map(t), rows), ''];
}

function wordsForNothing(t: Translate): readonly string[] {
  const words = ABSENT_WORDS.map(code).join(' ');
  const zero = columnsWhereZeroIsNone().map(code).join(' ');
  return [
    `## ${t(text('「ない」の書き方', 'Words for nothing'))}`,
    '',
    t(
      text(
        `必須でない列では、空欄のほかに次の言葉も「ない」と読みます(\`-\` は何本でも、どの横線でも。英字の大文字と小文字は問いません): ${words}。${zero} では \`0\` だけの値も同じです。必須の ID の列では、これらの言葉も空欄と同じに扱います。`,
        `In a column that may be empty these are no value, as an empty cell is (any number of \`-\`, and of any dash; letters of either case): ${words}. So is a lone \`0\` in ${zero}. In an identifier that is required these words count as an empty cell.`,
      ),
    ),
    '',
  ];
}

/** By their names, without those that are required. */
function columnsWhereZeroIsNone(): readonly string[] {
  const absent = new AbsentWords();
  const optional = INPUT_KINDS.flatMap((kind) => Object.values<Column>(declarationOf(kind).columns)).filter(
    (column) => column.optional === true,
  );
  return [...new Set(optional.map(({ name }) => name))].filter((name) => absent.includes('0', name, false));
}

// ----- A kind ------------------------------------------------------------------------------------------------------------

const COLUMN_HEADERS = [
  text('列', 'column'),
  text('ほかの見出し', 'other headers'),
  text('意味', 'meaning'),
  text('書き方', 'written as'),
  text('なければ', 'without it'),
  text('例', 'example'),
];
const VALUE_HEADERS = [
  text('列', 'column'),
  text('値', 'value'),
  text('ほかの言葉', 'other words'),
  text('意味', 'meaning'),
];

function kindSection(kind: InputKind, language: Language): readonly string[] {
  const t = translateTo(language);
  const meaning = MEANINGS[kind];
  const { columns } = declarationOf(kind);
  const listed = Object.entries<Column>(columns).map(([name, column]) => ({
    name,
    column,
    meaning: meaning.columns[name] as ColumnMeaning,
  }));
  const values = listed.flatMap(({ column, meaning }) => valueRows(column, meaning, t));
  return [
    `<a id="${kind}"></a>`,
    '',
    `## ${t(meaning.title)}`,
    '',
    `${t(text('作る人', 'Made by'))}: ${t(meaning.givenBy)}${language === 'ja' ? '。' : '. '}${t(text('渡し方', 'Handed in with'))}: ${code(optionOf(kind))}`,
    '',
    t(meaning.what),
    '',
    ...table(
      COLUMN_HEADERS.map(t),
      listed.map(({ name, column, meaning: its }) => columnRow(column, its, exampleOf(meaning, name), t)),
    ),
    '',
    ...(values.length === 0 ? [] : [...table(VALUE_HEADERS.map(t), values), '']),
    t(text('例(作りもの。このまま読めます):', 'An example, made up; it is read as it stands:')),
    '',
    '```csv',
    exampleCsv(kind, language).trimEnd(),
    '```',
    '',
  ];
}

const columnRow = (column: Column, meaning: ColumnMeaning, example: string, t: Translate): readonly string[] => [
  code(column.name),
  markdownCell(column.headers.split(' ').join(t(LIST))),
  markdownCell(t(meaning.what)),
  t(FORMS[column.type].name),
  meaning.without === undefined ? `**${t(text('必須', 'required'))}**` : markdownCell(t(meaning.without)),
  code(example),
];

const LIST = text('、', ', ');

function valueRows(column: Column, meaning: ColumnMeaning, t: Translate): readonly (readonly string[])[] {
  if (!('values' in column) || column.values === undefined) return [];
  return Object.entries(column.values).map(([value, words]) => [
    code(column.name),
    code(value),
    markdownCell(words.split(' ').join(t(LIST))),
    markdownCell(t(meaning.values?.[value] as Text)),
  ]);
}

/** The made-up file of a kind: in Japanese with the first of the headers and words that are. */
export function exampleCsv(kind: InputKind, language: Language): string {
  const columns = Object.entries<Column>(declarationOf(kind).columns);
  const header = columns.map(([, { name, headers }]) => (language === 'ja' ? (firstJapanese(headers) ?? name) : name));
  const rows = MEANINGS[kind].rows.map((row) =>
    columns.map(([name, column]) => inLanguage(row[name] ?? '', column, language)),
  );
  return `${[header, ...rows].map((cells) => cells.join(',')).join('\n')}\n`;
}

function inLanguage(cell: string, column: Column, language: Language): string {
  if (language === 'en' || !('values' in column)) return cell;
  return firstJapanese(column.values?.[cell] ?? '') ?? cell;
}

/** Of words with spaces between. */
const firstJapanese = (words: string): string | undefined => words.split(' ').find((word) => /[^\x20-\x7e]/.test(word));

// ----- Markdown ----------------------------------------------------------------------------------------------------------

const optionOf = (kind: InputKind): string =>
  `--${declarationOf(kind).option.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** A value as it is typed: no sign of it means anything. */
const code = (value: string): string => (value === '' ? '' : `\`${value.replaceAll('|', '\\|')}\``);

const table = (headers: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  [headers, headers.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
