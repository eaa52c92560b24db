import type * as z from 'zod';
import { ownOf } from '../../base/own.ts';
import { type Text, text } from '../../base/text.ts';

type Issue = z.core.$ZodIssue;

/** What is wrong with a place of a JSON file. */
export interface FileIssue {
  readonly path: readonly PropertyKey[];
  readonly what: Text;
  /** A key that there is not: the last of its path. */
  readonly unknownKey?: string;
}

/** What a schema has refused of a file, in words of our own: those of the schema's library are of programmers, and English. */
export const fileIssues = (issues: readonly Issue[], parsed: unknown): readonly FileIssue[] =>
  issues.flatMap((issue) => issuesOf(issue, parsed));

function issuesOf(issue: Issue, parsed: unknown): readonly FileIssue[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((unknownKey) => ({
      path: [...issue.path, unknownKey],
      what: text(`知らない項目です: ${unknownKey}`, `there is no such key: ${unknownKey}`),
      unknownKey,
    }));
  const within = issuesWithin(issue);
  if (within.length > 0) return within.flatMap((each) => issuesOf(each, parsed));
  return [{ path: issue.path, what: wordsOf(issue, valueAt(parsed, issue.path)) }];
}

/** Of several forms that a value may have, it has one, and is wrong further within. */
function issuesWithin(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [];
  const deeper = issue.errors.find((errors) => errors.length > 0 && errors.every(({ path }) => path.length > 0));
  return (deeper ?? []).map((each) => ({ ...each, path: [...issue.path, ...each.path] }));
}

const valueAt = (parsed: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? ownOf(value as Readonly<Record<string, unknown>>, String(key))
        : undefined,
    parsed,
  );

function wordsOf(issue: Issue, value: unknown): Text {
  const own = ownWords(issue) ?? expectedWords(issue);
  if (value === undefined)
    return own === undefined ? MISSING : text(`${MISSING.ja}: ${own.ja}`, `${MISSING.en}: ${own.en}`);
  const { ja, en } = own ?? text('別の書き方にする', 'must be written otherwise');
  return text(`項目が正しくありません: ${ja}`, en);
}

const MISSING = text('項目がありません', 'is missing');

/** Messages of our own are in both languages. */
function ownWords({ message }: Issue): Text | undefined {
  const [ja, en] = message.split(' / ');
  return ja === undefined || en === undefined ? undefined : text(ja, en);
}

function expectedWords(issue: Issue): Text | undefined {
  if (issue.code === 'too_small') return smallest(issue);
  if (issue.code === 'too_big') return text(`${issue.maximum} 以下にする`, `must be ${issue.maximum} or less`);
  const forms = [...new Map(formsOf(issue).map((form) => [form.en, form])).values()];
  if (forms.length === 0) return undefined;
  return text(`${forms.map(({ ja }) => ja).join('か')}を書く`, `must be ${forms.map(({ en }) => en).join(' or ')}`);
}

const smallest = ({ origin, minimum }: z.core.$ZodIssueTooSmall): Text =>
  origin === 'number' || origin === 'int' || origin === 'bigint'
    ? text(`${minimum} 以上にする`, `must be ${minimum} or more`)
    : text('空にはできない', 'must not be empty');

/** What may stand there. */
function formsOf(issue: Issue): readonly Text[] {
  if (issue.code === 'invalid_union') return issue.errors.flat().flatMap((each) => formsOf(each as Issue));
  if (issue.code === 'invalid_value') return issue.values.map((value) => text(`「${String(value)}」`, String(value)));
  const form = issue.code === 'invalid_type' ? ownOf(FORMS, issue.expected) : undefined;
  return form === undefined ? [] : [form];
}

const OBJECT = text('{ } で囲んだ項目', 'keys and values in { }');
const FORMS: Readonly<Record<string, Text>> = {
  string: text('" " で囲んだ文字', 'a text in " "'),
  number: text('数', 'a number'),
  int: text('整数', 'a whole number'),
  boolean: text('true か false ', 'true or false'),
  array: text('[ ] で囲んだ並び', 'a list in [ ]'),
  object: OBJECT,
  record: OBJECT,
};
