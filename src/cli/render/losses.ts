import { grouped, yenWords } from '../../base/figures.ts';
import { type Text, text } from '../../base/text.ts';
import { visibleInLine } from '../../base/visible-text.ts';
import { declarationOf } from '../../tables/kinds/index.ts';
import { INPUT_KINDS, type InputKind, type Tables } from '../../tables/tables.ts';
import type { Losses } from '../../tables/understood-file.ts';

/** What columns mean, as far as it is asked here: all of it is loaded by `check` alone. */
export interface ColumnMeanings {
  /** What an input is called. */
  readonly titleOf: (kind: InputKind) => Text;
  /** What follows where an optional column is not there; undefined of one that is required. */
  readonly without: (kind: InputKind, column: string) => Text | undefined;
  /** Whether that is anything at all. */
  readonly costs: (kind: InputKind, column: string) => boolean;
}

/** What would be lost of the inputs if they were run as they are. */
export function lossesOf({ files }: Pick<Tables, 'files'>, meanings: ColumnMeanings): Losses {
  const sumOf = (countOf: (file: Tables['files'][number]) => number): number =>
    files.reduce((sum, file) => sum + countOf(file), 0);
  return {
    unreadable: {
      rows: sumOf(({ dispositions }) => dispositions.rejected.rows),
      yen: sumOf(({ dispositions }) => dispositions.rejected.yen),
    },
    leftOutRows: sumOf(({ passedOver }) => passedOver.left_out ?? 0),
    differingTotals: sumOf(({ statedTotals }) => statedTotals?.differing.length ?? 0),
    unusedColumns: files.flatMap(({ name, ignoredColumns }) =>
      ignoredColumns.length === 0 ? [] : [{ file: name, columns: ignoredColumns }],
    ),
    missingColumns: withDefaultsLast(INPUT_KINDS.flatMap((kind) => missingOf(kind, files, meanings))),
  };
}

/** Optional columns that some file of a kind has not, each once. */
function missingOf(kind: InputKind, files: Tables['files'], meanings: ColumnMeanings): Losses['missingColumns'] {
  const columns = files
    .filter((file) => file.kind === kind)
    .flatMap(({ understood }) => understood?.columns ?? [])
    .filter(({ column, origin }) => origin.from === 'not_in_file' && meanings.costs(kind, column));
  return [...new Set(columns.map(({ column }) => column))].flatMap((column) => {
    const without = meanings.without(kind, column);
    return without === undefined ? [] : [{ kind, column, without }];
  });
}

/** What counts as something where it is empty is missed only where it would be something else. */
const withDefaultsLast = (missing: Losses['missingColumns']): Losses['missingColumns'] => [
  ...missing.filter((each) => !hasDefault(each)),
  ...missing.filter(hasDefault),
];

function hasDefault({ kind, column }: Losses['missingColumns'][number]): boolean {
  const columns = Object.values(declarationOf(kind as InputKind).columns);
  return columns.some(({ name, type }) => name === column && (type === 'choice' || type === 'amount'));
}

const MOST_NAMED = 3;
const MOST_MEANINGS = 5;

/** One sentence that says all of it. */
export function lossesSentence(losses: Losses, meanings: ColumnMeanings): Text {
  const parts = [...rowsLost(losses), ...unusedColumns(losses), ...missingColumns(losses, meanings)];
  if (parts.length === 0)
    return text(
      'このまま run しても、入力から失われるものはありません。',
      'If this were run as it is, nothing of the inputs would be lost.',
    );
  const listed = (language: 'ja' | 'en', between: string) => parts.map((part) => part[language]).join(between);
  return text(
    `このまま run すると失われるもの: ${listed('ja', '、')}。`,
    `If this were run as it is, this would be lost: ${listed('en', '; ')}.`,
  );
}

function rowsLost({ unreadable, leftOutRows, differingTotals }: Losses): readonly Text[] {
  const { rows, yen } = unreadable;
  const worth = yen === 0 ? text('', '') : text(`(${yenWords(yen).ja})`, ` (${yenWords(yen).en})`);
  return [
    ...(rows === 0
      ? []
      : [text(`読めない行 ${grouped(rows)} 行${worth.ja}`, `${counted(rows, 'row')} that cannot be read${worth.en}`)]),
    ...(leftOutRows === 0
      ? []
      : [
          text(
            `profile が外す行 ${grouped(leftOutRows)} 行`,
            `${counted(leftOutRows, 'row')} that the profile leaves out`,
          ),
        ]),
    ...(differingTotals === 0
      ? []
      : [
          text(
            `行の和と合わない合計 ${grouped(differingTotals)} か所の差`,
            `what ${counted(differingTotals, 'total')} of the files ${differingTotals === 1 ? 'says' : 'say'} beyond the rows`,
          ),
        ]),
  ];
}

const counted = (count: number, what: string): string => `${grouped(count)} ${what}${count === 1 ? '' : 's'}`;

function unusedColumns({ unusedColumns: files }: Losses): readonly Text[] {
  const columns = [...new Set(files.flatMap((file) => file.columns))];
  if (columns.length === 0) return [];
  const shown = columns.map((column) => text(visibleInLine(column), visibleInLine(column)));
  const { ja, en } = named(shown, MOST_NAMED);
  return [
    text(
      `どこにも使わない列 ${columns.length} 列(${ja})`,
      `${counted(columns.length, 'column')} that nothing reads (${en})`,
    ),
  ];
}

function missingColumns({ missingColumns: missing }: Losses, { titleOf }: ColumnMeanings): readonly Text[] {
  if (missing.length === 0) return [];
  const { ja, en } = named(
    missing.map(({ kind, column, without }) => {
      const title = titleOf(kind as InputKind);
      return text(
        `${title.ja}の ${column}: ${without.ja.split('。')[0]}`,
        `${column} of ${title.en}: ${without.en.split(/\.(?: |$)/)[0]}`,
      );
    }),
    MOST_MEANINGS,
  );
  return [
    text(
      `ファイルにない列 ${missing.length} 列の中身(${ja})`,
      `what ${counted(missing.length, 'column')} would say that ${missing.length === 1 ? 'is' : 'are'} not in the files (${en})`,
    ),
  ];
}

/** The first of them, and how many there are besides. */
function named(all: readonly Text[], most: number): Text {
  const first = all.slice(0, most);
  const more = all.length - first.length;
  return text(
    `${first.map(({ ja }) => ja).join('、')}${more === 0 ? '' : `、ほか ${more} 列`}`,
    `${first.map(({ en }) => en).join(', ')}${more === 0 ? '' : `, and ${more} more`}`,
  );
}
