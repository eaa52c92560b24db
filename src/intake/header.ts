import type { Problem } from '../policy/problem.ts';
import { text } from '../policy/text.ts';
import { LAYOUTS } from './layouts.ts';
import type { InputProfile } from './profile.ts';
import type { InputKind } from './tables.ts';

/** Where each column of a layout stands in this file. */
export interface HeaderPlan {
  /** By layout order: the field's position, or -1 where the file has no such column. */
  readonly positions: readonly number[];
  readonly fieldCount: number;
  readonly columns: readonly string[];
  readonly ignored: readonly string[];
}

export type HeaderResult = { readonly plan: HeaderPlan } | { readonly problems: readonly Problem[] };

/** Reads a header row. Problems: DUPLICATE_HEADER, MISSING_COLUMN (with the headers that were found). */
export function readHeader(
  kind: InputKind,
  file: string,
  fields: readonly string[],
  profile: InputProfile | undefined,
): HeaderResult {
  const headers = fields.map((field) => field.normalize('NFKC').trim());
  const names = columnNames(kind, profile);
  const recognised = headers.some((header) => names.has(header));
  const listed = recognised ? headers.join(', ') : listedWithCare(kind, headers);
  const problems = recognised ? repeatedHeaders(file, headers) : [];
  const positions: number[] = [];
  for (const column of LAYOUTS[kind].columns) {
    const found = headers.flatMap((header, index) => (names.get(header) === column.name ? [index] : []));
    const distinct = found.filter((index) => headers.indexOf(headers[index] ?? '') === index);
    if (distinct.length > 1)
      problems.push(
        twoHeaders(
          file,
          column.name,
          distinct.map((index) => headers[index] ?? ''),
        ),
      );
    if (found.length === 0 && column.required) problems.push(missingColumn(file, column.name, listed));
    positions.push(found[0] ?? -1);
  }
  if (problems.length > 0) return { problems };
  const ignored = headers.filter((header) => header !== '' && !names.has(header));
  return { plan: { positions, fieldCount: headers.length, columns: headers, ignored } };
}

/** Header → column. What a profile says of a header takes the place of what is built in. */
function columnNames(kind: InputKind, profile: InputProfile | undefined): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const column of LAYOUTS[kind].columns) {
    names.set(column.name, column.name);
    for (const header of column.headers) names.set(header, column.name);
  }
  for (const [header, column] of Object.entries(profile?.headers ?? {}))
    names.set(header.normalize('NFKC').trim(), column);
  return names;
}

function repeatedHeaders(file: string, headers: readonly string[]): Problem[] {
  const repeated = new Set(headers.filter((header, index) => header !== '' && headers.indexOf(header) !== index));
  return [...repeated].map((header) => ({
    code: 'DUPLICATE_HEADER',
    where: `${file}:1:${header}`,
    what: text(`見出し「${header}」が二つあります`, `the header "${header}" stands twice`),
    advice: text(
      'どちらが正しい列かを決め、片方の見出しを変えてください',
      'decide which column is meant and rename the other',
    ),
  }));
}

const twoHeaders = (file: string, column: string, headers: readonly string[]): Problem => ({
  code: 'DUPLICATE_HEADER',
  where: `${file}:1:${column}`,
  what: text(
    `見出し ${headers.join('・')} がどれも ${column} を指します`,
    `the headers ${headers.join(', ')} all mean ${column}`,
  ),
  advice: text(
    'profile で使う列を決めるか、片方の見出しを変えてください',
    'say in a profile which is meant, or rename one',
  ),
});

const missingColumn = (file: string, column: string, listed: string): Problem => ({
  code: 'MISSING_COLUMN',
  where: `${file}:1:${column}`,
  what: text(
    `必須の列 ${column} がありません。見つかった見出し: ${listed}`,
    `the required column ${column} is missing; headers found: ${listed}`,
  ),
  advice: text('列を足すか、profile で見出しを対応づけてください', 'add the column, or map its header in a profile'),
});

const PERSONAL = /@|\d{7,}/;
const SEPARATORS = /[-\u2010-\u2015\u2212\s()]/g;

/** Where no header is known the first row may be a person's data, so only what cannot be is shown. */
function listedWithCare(kind: InputKind, headers: readonly string[]): string {
  if (kind === 'applications' || kind === 'decisions') return '(?)';
  return headers
    .map((header) => (PERSONAL.test(header.replace(SEPARATORS, '')) || header.length > 40 ? '(…)' : header))
    .join(', ');
}
