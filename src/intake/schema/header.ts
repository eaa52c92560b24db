import { closestMatch } from 'leven';
import { grouped } from '../../base/figures.ts';
import type { Problem } from '../../base/problem.ts';
import { type Text, text } from '../../base/text.ts';
import { shapeOf } from '../../policy/personal-data.ts';
import type { InputKind } from '../../tables/tables.ts';
import { headersNamed } from '../mapping/mapping-schema.ts';
import { withoutUnseen } from '../values/identifiers.ts';
import { looksLikeHeader, shownHeaders } from './header-names.ts';
import { type ColumnLayout, LAYOUTS } from './layouts.ts';
import { type InputProfile, mappingOf } from './profile.ts';

/** Where each column of a layout stands in this file. */
export interface HeaderPlan {
  /** By layout order: the field's position, or -1 where the file has no such column. */
  readonly positions: readonly number[];
  readonly fieldCount: number;
  /** Names as they can be shown. */
  readonly columns: readonly string[];
  readonly ignored: readonly string[];
  /** Headers of the profile that were found. */
  readonly ofProfile: readonly string[];
  /** Headers of a mapping: where each stands. */
  readonly mapped: ReadonlyMap<string, number>;
}

export type HeaderResult = { readonly plan: HeaderPlan } | { readonly problems: readonly Problem[] };

/** A header that looks like another is meant as that one, whatever nobody sees in it. */
export const comparedHeader = (header: string): string =>
  PLAIN.test(header) ? header : withoutUnseen(header.normalize('NFKC').replace(/\s+/g, ' ')).trim();
const PLAIN = /^[a-z_]+$/;

/** As many as a sheet of Excel has. */
export const MOST_COLUMNS = 16_384;

/** Reads a header row. Problems: TOO_MANY_COLUMNS, DUPLICATE_HEADER, MISSING_COLUMN (with what was found). */
export function readHeader(
  kind: InputKind,
  file: string,
  fields: readonly string[],
  profile: InputProfile | undefined,
): HeaderResult {
  if (fields.length > MOST_COLUMNS) return { problems: [tooManyColumns(file)] };
  const headers = fields.map(comparedHeader);
  const mapping = mappingOf(profile);
  const named = headersNamed(mapping ?? {});
  const namedHere = new Set(named.map(comparedHeader));
  const names = columnNames(kind, profile, new Set(headers));
  const isKnown = (header: string): boolean => names.has(header) || namedHere.has(header);
  if (!headers.some(isKnown)) return { problems: [noHeader(kind, file, headers, fields)] };
  const shown = shownHeaders(headers, isKnown);
  const places = firstPlaces(headers);
  const problems = repeatedHeaders(file, headers, shown, places, (header) => mapping === undefined || isKnown(header));
  const mapped = new Map(named.map((header) => [header, places.get(comparedHeader(header)) ?? -1]));
  problems.push(
    ...unfoundHeaders(
      file,
      mapped,
      shown.filter((_, index) => !isKnown(headers[index] ?? '')),
    ),
  );
  const positions: number[] = [];
  for (const column of LAYOUTS[kind].columns) {
    const distinct = [...places].flatMap(([header, index]) => (names.get(header) === column.name ? [index] : []));
    if (distinct.length > 1) {
      const meaningIt = distinct.map((index) => shown[index] ?? '');
      problems.push(twoHeaders(file, column.name, meaningIt));
    }
    if (distinct.length === 0 && column.required && mapping?.columns?.[column.name] === undefined) {
      const unused = headers.map((header) => (names.has(header) ? '' : header));
      problems.push(missingColumn(file, column, { shown, unused }, mappedTo(column.name, profile)));
    }
    positions.push(distinct[0] ?? -1);
  }
  if (problems.length > 0) return { problems };
  const ignored = shown.filter((_, index) => headers[index] !== '' && !isKnown(headers[index] ?? ''));
  const ofProfile = Object.keys(profile?.headers ?? {}).filter((header) => places.has(comparedHeader(header)));
  return { plan: { positions, fieldCount: headers.length, columns: shown, ignored, ofProfile, mapped } };
}

/** Header → its first column, in their order. */
function firstPlaces(headers: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [index, header] of headers.entries()) if (!places.has(header)) places.set(header, index);
  return places;
}

const tooManyColumns = (file: string): Problem => ({
  code: 'TOO_MANY_COLUMNS',
  where: `${file}:1`,
  what: text(
    `列が多すぎます(読めるのは ${grouped(MOST_COLUMNS)} 列まで)`,
    `more columns than are read (${grouped(MOST_COLUMNS)})`,
  ),
  advice: text(
    '改行が失われていないか確かめ、空の列が並んでいるだけなら消して保存し直してください',
    'check whether its line ends were lost; columns that are only empty are to be deleted and the file saved again',
  ),
});

/**
 * Header → column. What a profile says of a header takes the place of what is built in; and where one of its headers is in
 * the file, no other header means that column.
 */
function columnNames(
  kind: InputKind,
  profile: InputProfile | undefined,
  headers: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const own = Object.entries(profile?.headers ?? {}).map(
    ([header, column]) => [comparedHeader(header), column] as const,
  );
  const meant = new Set(own.filter(([header]) => headers.has(header)).map(([, column]) => column));
  for (const column of Object.keys(mappingOf(profile)?.columns ?? {})) meant.add(column);
  const names = new Map<string, string>();
  for (const column of LAYOUTS[kind].columns) {
    if (meant.has(column.name)) continue;
    for (const header of [column.name, ...column.headers]) names.set(header, column.name);
  }
  for (const [header, column] of own) names.set(header, column);
  return names;
}

const MOST_REPEATED = 20;

function repeatedHeaders(
  file: string,
  headers: readonly string[],
  shown: readonly string[],
  places: ReadonlyMap<string, number>,
  isRead: (header: string) => boolean,
): Problem[] {
  const repeated = new Set(
    headers.filter((header, index) => header !== '' && places.get(header) !== index && isRead(header)),
  );
  const problems = [...repeated].slice(0, MOST_REPEATED).map((header) => {
    const name = shown[places.get(header) ?? 0] ?? '';
    return repeatedHeader(
      `${file}:1:${name}`,
      text(`見出し「${name}」が二つあります`, `the header "${name}" stands twice`),
    );
  });
  const more = repeated.size - problems.length;
  if (more > 0)
    problems.push(
      repeatedHeader(
        `${file}:1`,
        text(`ほかに ${more} の見出しが二つずつあります`, `${more} more headers stand twice`),
      ),
    );
  return problems;
}

const repeatedHeader = (where: string, what: Text): Problem => ({
  code: 'DUPLICATE_HEADER',
  where,
  what,
  advice: text(
    'どちらが正しい列かを決め、片方の見出しを変えてください',
    'decide which column is meant and rename the other',
  ),
});

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

/** The headers that a profile takes for a column. */
const mappedTo = (column: string, profile: InputProfile | undefined): readonly string[] =>
  Object.entries(profile?.headers ?? {}).flatMap(([header, name]) => (name === column ? [header] : []));

/** Headers that a mapping makes our columns of, and that this file has not. */
const unfoundHeaders = (
  file: string,
  mapped: ReadonlyMap<string, number>,
  unused: readonly string[],
): readonly Problem[] =>
  [...mapped].flatMap(([header, position]) => {
    if (position >= 0) return [];
    const meant = didYouMean(header, unused.filter(looksLikeHeader));
    return {
      code: 'PROFILE_HEADER_MISSING',
      where: `${file}:1`,
      what: text(
        `profile が使う見出し「${header}」がありません${meant.ja}`,
        `the header "${header}", which the profile reads, is not here${meant.en}`,
      ),
      advice: WRITE_OR_TAKE_OUT,
    };
  });

/** The headers of a file, by column. */
interface FoundHeaders {
  readonly shown: readonly string[];
  /** Empty where it is known. */
  readonly unused: readonly string[];
}

/** @param mapped headers that the profile takes for it, none of which is there */
function missingColumn(
  file: string,
  column: ColumnLayout,
  { shown, unused }: FoundHeaders,
  mapped: readonly string[],
): Problem {
  const common = { code: 'MISSING_COLUMN', where: `${file}:1:${column.name}` };
  const listed = listOf(shown);
  const [header] = mapped;
  if (header === undefined) {
    const near = nearlyNamed(column, unused);
    return {
      ...common,
      what: text(
        `必須の列 ${column.name} がありません${near.ja}。${listed.ja}`,
        `the required column ${column.name} is missing${near.en}; ${listed.en}`,
      ),
      advice: text(
        '列を足すか、profile で見出しを対応づけてください',
        'add the column, or map its header in a profile',
      ),
    };
  }
  const meant = didYouMean(
    header,
    shown.filter((name, index) => unused[index] !== '' && looksLikeHeader(name)),
  );
  return {
    ...common,
    what: text(
      `必須の列 ${column.name} がなく、profile の見出し「${mapped.join('」「')}」もありません${meant.ja}。${listed.ja}`,
      `the required column ${column.name} is missing, and so is the profile\u2019s header "${mapped.join('", "')}"${meant.en}; ${listed.en}`,
    ),
    advice: WRITE_OR_TAKE_OUT,
  };
}

const MOST_SHOWN = 100;

function listOf(shown: readonly string[]): Text {
  const list = shown.slice(0, MOST_SHOWN).join(', ');
  const all = shown.length > MOST_SHOWN ? `${list}, … (${grouped(shown.length)})` : list;
  if (!shown.some((name) => name.startsWith('<'))) return text(`見つかった見出し: ${all}`, `headers found: ${all}`);
  return text(
    `見つかった見出し: ${all}(<…> は知らない見出しの、列の番号と字の形)`,
    `headers found: ${all} (<…> is an unknown header: its column, and the form of its letters)`,
  );
}

/** A header that is mistyped by one sign in five or more: told by the one that is known, and by its column, never as it stands. */
function nearlyNamed({ name, headers }: ColumnLayout, unused: readonly string[]): Text {
  const known = [name, ...headers].filter((each) => each.length >= LEAST_NEAR);
  for (const [index, header] of unused.entries()) {
    if (header.length < LEAST_NEAR || header.length > LONGEST_NEAR) continue;
    const near = closestMatch(header, known, { maxDistance: Math.max(1, Math.floor(header.length / LEAST_NEAR)) });
    if (near !== undefined)
      return text(
        `(${index + 1} 列目の見出しは「${near}」とほぼ同じです)`,
        ` (the header of column ${index + 1} is nearly "${near}")`,
      );
  }
  return text('', '');
}

const LEAST_NEAR = 5;
const LONGEST_NEAR = 40;

/** The nearest of the headers that are not used. */
function didYouMean(header: string, unused: readonly string[]): Text {
  const nearest = closestMatch(header, unused);
  return nearest === undefined
    ? text('', '')
    : text(`。使われていない見出し「${nearest}」のことですか`, `; did you mean the unused header "${nearest}"?`);
}

const WRITE_OR_TAKE_OUT = text(
  'profile の見出しをファイルに合わせるか、要らなければ profile から消してください',
  'write the header in the profile as the files have it, or take it out of the profile',
);

const MOST_LISTED = 12;

/** Where no header is known the first row may be anything, a person\u2019s data too: of that only shapes are shown. */
function noHeader(kind: InputKind, file: string, headers: readonly string[], fields: readonly string[]): Problem {
  const shapes = headers.slice(0, MOST_LISTED).map((header) => `<${shapeOf(header)}>`);
  const listed = `${shapes.join(', ')}${headers.length > MOST_LISTED ? ', …' : ''}`;
  const { length } = headers;
  const required = LAYOUTS[kind].columns.filter((column) => column.required).map(({ name }) => name);
  return {
    code: 'MISSING_COLUMN',
    where: `${file}:1`,
    what: text(
      `1 行目に知っている見出しがひとつもありません(${length} 列。値は伏せて形だけ示します: ${listed})。要る列: ${required.join(', ')}`,
      `the first line holds no header that is known (${length} ${length === 1 ? 'column' : 'columns'}, shown by ${length === 1 ? 'its shape' : 'their shapes'} only: ${listed}); needed: ${required.join(', ')}`,
    ),
    advice:
      otherSeparator(fields) ??
      text(
        '見出しの上に題名などの行があれば消し、見出しの行がなければ足し、見出しが違うなら profile で対応づけてください',
        'delete the lines above the headers if there are any, add a line of headers if there is none, or map them in a profile',
      ),
  };
}

/** A table whose columns another sign divides is one column of ours: what it was saved as is known by its first line. */
function otherSeparator(fields: readonly string[]): Text | undefined {
  const [only = '', ...others] = fields;
  const sign = ['\t', ';'].find((each) => only.includes(each));
  if (others.length > 0 || sign === undefined) return undefined;
  const [ja, en] = sign === '\t' ? ['タブ', 'tabs'] : ['セミコロン', 'semicolons'];
  return text(
    `列がカンマでなく${ja}で区切られています。表計算ソフトで「CSV(コンマ区切り)」か「CSV UTF-8」として保存し直してください`,
    `its columns are divided by ${en}, not by commas: save it as CSV (comma delimited) or CSV UTF-8`,
  );
}

/** A file of an input, and what was found of its header. */
export interface PlannedFile {
  readonly name: string;
  readonly plan: HeaderPlan;
}

/**
 * Headers that a profile maps and no file of its input has: a system renamed one, and a column would be missed without a
 * word. One that only some files have is missed in another if its column is not there, and a header that is not used is.
 *
 * @param files all of the input
 */
export function missedHeaders(
  kind: InputKind,
  profile: InputProfile | undefined,
  files: readonly PlannedFile[],
): readonly Problem[] {
  const mapped = Object.entries(profile?.headers ?? {});
  const unusedIn = ({ plan }: PlannedFile): readonly string[] => plan.ignored.filter(looksLikeHeader);
  return mapped.flatMap(([header, column]) => {
    const without = files.filter(({ plan }) => !plan.ofProfile.includes(header));
    if (files.length > 0 && without.length === files.length)
      return [missedEverywhere(kind, header, column, [...new Set(files.flatMap(unusedIn))])];
    const index = LAYOUTS[kind].columns.findIndex(({ name }) => name === column);
    return without
      .filter(({ plan }) => plan.positions[index] === -1 && plan.ignored.length > 0)
      .map((file) => missedIn(file, header, column, unusedIn(file)));
  });
}

const missedEverywhere = (kind: InputKind, header: string, column: string, unused: readonly string[]): Problem => ({
  code: 'PROFILE_HEADER_MISSING',
  where: `profile: inputs.${kind}.headers.${header}`,
  what: text(
    `profile が ${column} とする見出し「${header}」がどのファイルにもありません${didYouMean(header, unused).ja}`,
    `the profile takes the header "${header}" for ${column}, but no file has it${didYouMean(header, unused).en}`,
  ),
  advice: WRITE_OR_TAKE_OUT,
});

const missedIn = (file: PlannedFile, header: string, column: string, unused: readonly string[]): Problem => ({
  code: 'PROFILE_HEADER_MISSING',
  where: `${file.name}:1:${column}`,
  what: text(
    `ほかのファイルにある見出し「${header}」がなく、${column} の列が見つかりません${didYouMean(header, unused).ja}`,
    `the header "${header}", which other files have for ${column}, is not here${didYouMean(header, unused).en}`,
  ),
  advice: text(
    'このファイルの見出しも profile に書くか、使わない列を消してください',
    'write this file\u2019s header in the profile too, or delete the columns that are not used',
  ),
});
