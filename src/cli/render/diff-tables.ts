import {
  type RowDifference,
  type RunComparison,
  type TableDifference,
  tableDiffers,
} from '../../audit/diff/difference.ts';
import { type Text, text } from '../../base/text.ts';
import type { Translate } from '../terminal/language.ts';
import { grouped, signedYen } from './yen-words.ts';

/** The files beside eligibility.csv that differ. */
export const differingTables = ({ tables }: RunComparison): readonly TableDifference[] => tables.filter(tableDiffers);

export const TABLES_HEAD = text('ほかのファイルの違い', 'What differs in the other files');

/** How many rows came, went and changed. */
export function rowsText({ writtenBy, added, removed, changed }: TableDifference, t: Translate): string {
  if (writtenBy !== 'both') return t(ONE_SIDED[writtenBy]);
  const counts: readonly (readonly [number, Text])[] = [
    [added, text('追加', 'added')],
    [removed, text('なくなった', 'gone')],
    [changed, text('変更', 'changed')],
  ];
  return counts
    .filter(([count]) => count > 0)
    .map(([count, words]) => t(text(`${words.ja} ${grouped(count)} 行`, `${grouped(count)} ${words.en}`)))
    .join(t(text('、', ', ')));
}

const ONE_SIDED = {
  before: text('前の実行だけにある(プログラムの版の違い)', 'written by the earlier run only (another program version)'),
  after: text('後の実行だけにある(プログラムの版の違い)', 'written by the later run only (another program version)'),
} as const;

/** What came of each column of yen: the net, and both ways where cells grew and shrank. */
export function yenTexts({ yen }: TableDifference, t: Translate): readonly string[] {
  return Object.entries(yen).map(([column, { moreYen, lessYen }]) => {
    const net = `${column} ${signedYen(moreYen - lessYen, t)}`;
    return moreYen > 0 && lessYen > 0 ? `${net} (${signedYen(moreYen, t)}, ${signedYen(-lessYen, t)})` : net;
  });
}

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;

/** A row by its sign and what tells it from others, and its cells: those that changed, or all. */
export function rowText({ change, key, changes, hidden }: RowDifference, t: Translate): readonly string[] {
  const row = `${SIGNS[change]} ${Object.values(key).join(' ')}`;
  const cells = Object.entries(changes).map(([column, { before, after }]) => {
    const [was, is] = [shown(column, before), shown(column, after)];
    return change === 'changed' ? `${column} ${was} → ${is}` : `${column} ${change === 'added' ? is : was}`;
  });
  if (change !== 'changed') return [row, cells.join(t(text('、', ', ')))];
  return [row, ...cells, ...hidden.map((column) => `${column} ${t(ANOTHER)}`)];
}

const ANOTHER = text('が違う(個人データなので表示しない)', 'is another (personal data, not shown)');

function shown(column: string, value: string): string {
  if (value === '') return '–';
  return column.endsWith('_yen') ? grouped(Number(value)) : value;
}

/** Rows of a file that are not shown. */
export function moreRowsText({ added, removed, changed, rows }: TableDifference, t: Translate): string | undefined {
  const more = added + removed + changed - rows.length;
  if (more <= 0) return undefined;
  return t(text(`ほか ${grouped(more)} 行(--limit で増やせます)`, `and ${grouped(more)} more rows (see --limit)`));
}
