import { isUtf8 } from 'node:buffer';
import { closestMatch } from 'leven';
import type { ZodType } from 'zod';
import * as z from 'zod';
import { ownOf } from '../../base/own.ts';
import type { Problem } from '../../base/problem.ts';
import { type Text, text } from '../../base/text.ts';
import { type FileIssue, fileIssues } from './issue-words.ts';
import { type JsonFault, jsonTextOf, parseJson } from './json-text.ts';
import { MOST_BYTES, readSmallFile } from './small-file.ts';

export type JsonFile<T> = { readonly value: T } | { readonly problems: readonly Problem[] };

/** What a JSON file is read for; its codes are called after it. */
type FileUse = 'POLICY' | 'PROFILE' | 'CONFIG' | 'REQUESTER' | 'PROVIDER';

/** Reads a JSON file by its schema; comments and commas behind the last of a list do no harm. Every problem is told with the path of its field. */
export function readJsonFile<T>(path: string, schema: ZodType<T>, what: FileUse): JsonFile<T> {
  let content: string;
  try {
    const bytes = readSmallFile(path);
    if (!isUtf8(bytes)) return { problems: [unreadable(path, what, 'NOT_UTF_8')] };
    content = jsonTextOf(bytes);
  } catch (error) {
    return { problems: [unreadable(path, what, String((error as NodeJS.ErrnoException).code))] };
  }
  return jsonFileOf(content, path, schema, what);
}

/** The same of what the file at a path holds. */
export function jsonFileOf<T>(content: string, path: string, schema: ZodType<T>, what: FileUse): JsonFile<T> {
  const read = parseJson(content);
  if ('fault' in read) return { problems: [notJson(path, what, content, read.fault)] };
  const { value: parsed } = read;
  // \n and \t in a path are no folders: JSON takes them, and means line ends and tabs.
  const meant = what === 'CONFIG' ? /"[A-Za-z]:\\[bfnrt]/.exec(content) : null;
  if (meant !== null) return { problems: [notJson(path, what, content, { position: meant.index, isEscape: true })] };
  const result = schema.safeParse(parsed);
  if (result.success) return { value: result.data };
  return {
    problems: fileIssues(result.error.issues, parsed).map((issue) => ({
      code: `BAD_${what}`,
      where: `${path}: ${issue.path.map(String).join('.') || '(root)'}`,
      what: issue.what,
      advice: adviceOn(issue, { schema, parsed }, what),
    })),
  };
}

/** What was most likely meant by a key that there is not, before where all that there are stand. */
function adviceOn({ path, unknownKey }: FileIssue, read: ReadBySchema, what: string): Text {
  const shape = text(
    `正しい形は policy schema ${what.toLowerCase()} で見られます`,
    `the expected shape: policy schema ${what.toLowerCase()}`,
  );
  if (unknownKey === undefined) return shape;
  const maxDistance = Math.max(2, Math.floor(unknownKey.length / 3));
  const near = closestMatch(unknownKey, keysAt(read, path.slice(0, -1)), { maxDistance });
  if (near === undefined) return shape;
  const meant = `${unknownKey} → ${near}`;
  return text(`${meant} のことですか? ${shape.ja}`, `did you mean ${meant}? Otherwise ${shape.en}`);
}

interface ReadBySchema {
  readonly schema: ZodType;
  readonly parsed: unknown;
}

/** The keys that an object in the file may have, by its path; of forms that there are several of, by that of the file. */
function keysAt({ schema, parsed }: ReadBySchema, path: readonly PropertyKey[]): readonly string[] {
  let value = parsed;
  let at: Node | undefined = formOf(z.toJSONSchema(schema, { io: 'input' }), value);
  for (const key of path) {
    value = (value as Readonly<Record<PropertyKey, unknown>>)[key];
    const next: unknown =
      typeof key === 'number' ? at?.items : (ownOf(at?.properties ?? {}, String(key)) ?? at?.additionalProperties);
    if (typeof next !== 'object' || next === null || Array.isArray(next)) return [];
    at = formOf(next as Node, value);
  }
  return Object.keys(at?.properties ?? {});
}

type Node = z.core.JSONSchema.BaseSchema;

/** Of several forms the one whose version, or kind, the value has. */
const formOf = (node: Node, value: unknown): Node =>
  ((node.oneOf ?? []) as readonly Node[]).find((form) => isOfForm(form, value)) ?? node;

const isOfForm = ({ properties = {} }: Node, value: unknown): boolean =>
  Object.entries(properties).some(
    ([name, property]) =>
      typeof property === 'object' &&
      property.const !== undefined &&
      property.const === (value as Readonly<Record<string, unknown>> | null)?.[name],
  );

function unreadable(path: string, what: string, code: string): Problem {
  const reasons: Readonly<Record<string, readonly [string, string]>> = {
    ENOENT: ['ファイルがありません', 'no such file'],
    EISDIR: ['フォルダーです', 'is a folder'],
    EACCES: ['読む権限がありません', 'no permission to read it'],
    TOO_LARGE: [
      `大きすぎます(読めるのは ${MOST_BYTES >> 20} MiB まで)`,
      `is too large (${MOST_BYTES >> 20} MiB are read at most)`,
    ],
    NOT_UTF_8: [
      'UTF-8 ではありません(メモ帳などで UTF-8 にして保存し直してください)',
      'is not UTF-8: save it again as UTF-8',
    ],
    NOTHING_COMES: ['パイプから何も届きません', 'nothing comes through the pipe'],
  };
  const [ja, en] = ownOf(reasons, code) ?? [`読めません(${code})`, `cannot be read (${code})`];
  return {
    code: `BAD_${what}`,
    where: path,
    what: text(ja, en),
    advice: text('名前を確かめてください', 'check the name'),
  };
}

function notJson(path: string, what: string, content: string, fault: JsonFault): Problem {
  const { line, column } = placeIn(content, fault.position);
  return { code: `BAD_${what}`, where: `${path}:${line}:${column}`, ...faultWords(content, fault) };
}

function placeIn(content: string, position: number): { readonly line: number; readonly column: number } {
  const before = content.slice(0, position).split(/\r\n|\n|\r/);
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

function faultWords(content: string, { isEscape, repeated }: JsonFault): Pick<Problem, 'what' | 'advice'> {
  if (repeated === undefined)
    return {
      what: text('JSON として読めません', 'is not JSON'),
      advice: isEscape ? WINDOWS_PATH : text('カンマや引用符を確かめてください', 'check commas and quotes'),
    };
  const { line, column } = placeIn(content, repeated.firstPosition);
  return {
    what: text(
      `${repeated.name} が二度書かれています(一度目は ${line} 行 ${column} 文字目)`,
      `has ${repeated.name} twice, first at ${line}:${column}`,
    ),
    advice: text('正しいほうだけを残してください', 'leave the right one alone'),
  };
}

/** `"C:\exports"`: what JSON takes a backslash for is nothing that who writes a path thinks of. */
const WINDOWS_PATH = text(
  'JSON では \\ は特別な文字です。フォルダーの区切りは / か \\\\ と書いてください(例: C:/exports/log.csv)',
  'a backslash means something of its own in JSON: write / or \\\\ between folders, as in C:/exports/log.csv',
);
