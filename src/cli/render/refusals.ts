import { grouped } from '../../base/figures.ts';
import type { Problem } from '../../base/problem.ts';
import { text } from '../../base/text.ts';
import { FEW_KINDS, type InputFile, type Tables } from '../../tables/tables.ts';
import type { LimitOptions, RowLimit } from '../options/limits.ts';
import { exceeds, limitText, unmatchedProblems } from './unmatched.ts';

/** What the inputs alone are held against. */
type InputLimits = Pick<LimitOptions, 'maxRejects' | 'maxSmallRejects' | 'maxUnmatched'>;

/** Why a run on these inputs is refused: rows that cannot be read, and rows that find no other. */
export function refusals(tables: Tables, limits: InputLimits): readonly Problem[] {
  const { maxUnmatched } = limits;
  const files = tooManyRejects(tables, limits);
  return [
    ...files.map((file) => manyRejected(file, limits)),
    ...firstRejects(tables, files),
    ...unmatchedProblems(tables, maxUnmatched),
  ];
}

/** The same without the rows that cannot be read, where all of them are shown. */
export const fileRefusals = (tables: Tables, limits: InputLimits): readonly Problem[] => [
  ...tooManyRejects(tables, limits).map((file) => manyRejected(file, limits)),
  ...unmatchedProblems(tables, limits.maxUnmatched),
];

/** Files with more rejects than the limit allows. */
export const tooManyRejects = ({ files }: Tables, limits: RejectLimits): readonly InputFile[] =>
  files.filter((file) => exceeds(judgedRejects(file), file.rowsRead, limitOf(file, limits)));

/** A last row that was cut off is refused by itself (CUT_FILE), or let through by itself. */
const judgedRejects = ({ dispositions, cutAtLine }: InputFile): number =>
  dispositions.rejected.rows - (cutAtLine === undefined ? 0 : 1);

type RejectLimits = Pick<LimitOptions, 'maxRejects' | 'maxSmallRejects'>;

const isSmall = ({ kind }: InputFile): boolean => (FEW_KINDS as readonly string[]).includes(kind);

const limitOf = (file: InputFile, { maxRejects, maxSmallRejects }: RejectLimits): RowLimit =>
  isSmall(file) ? maxSmallRejects : maxRejects;

const MOST_SHOWN = 20;

function manyRejected(file: InputFile, limits: RejectLimits): Problem {
  const { name, rowsRead, dispositions } = file;
  const { rows: rejected } = dispositions.rejected;
  const limit = limitOf(file, limits);
  const option = isSmall(file) ? '--max-small-rejects' : '--max-rejects';
  return {
    code: 'TOO_MANY_REJECTS',
    where: name,
    what: text(
      `${grouped(rowsRead)} 行のうち ${grouped(rejected)} 行が読めません(許容 ${limitText(limit)})`,
      `${grouped(rejected)} of ${grouped(rowsRead)} rows cannot be read (${limitText(limit)} allowed)`,
    ),
    advice: text(
      `check で全行を確かめて直すか、承知のうえなら ${option} を上げてください`,
      `see them all with check and mend them, or raise ${option} knowingly`,
    ),
  };
}

/** The first rows of these files that cannot be read. */
function firstRejects(tables: Tables, files: readonly InputFile[]): readonly Problem[] {
  const names = new Set(files.map((file) => file.name));
  const rows = rowProblems(tables).filter(({ file }) => names.has(file));
  return rows.slice(0, MOST_SHOWN).map(({ problem }) => problem);
}

/** Every row that was set aside as unreadable. */
export const rowProblems = (tables: Tables): readonly { readonly file: string; readonly problem: Problem }[] =>
  tables.rejects.map(({ file: index, line, column, code, what, advice }) => {
    const file = tables.files[index]?.name ?? '';
    return { file, problem: { code, where: `${file}:${line}${column === '' ? '' : `:${column}`}`, what, advice } };
  });
