import { readFileSync } from 'node:fs';
import { type ZodType, z } from 'zod';
import type { Problem } from '../../base/problem.ts';
import { type Text, text } from '../../base/text.ts';

export type JsonFile<T> = { readonly value: T } | { readonly problems: readonly Problem[] };

/** Reads a JSON file by its schema. Every problem is told with the path of its field. */
export function readJsonFile<T>(path: string, schema: ZodType<T>, what: 'POLICY' | 'PROFILE' | 'CONFIG'): JsonFile<T> {
  let content: string;
  try {
    content = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    return { problems: [unreadable(path, what, String((error as NodeJS.ErrnoException).code))] };
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch (error) {
    return { problems: [notJson(path, what, content, error as Error)] };
  }
  const result = schema.safeParse(parsed);
  if (result.success) return { value: result.data };
  const inJapanese = schema.safeParse(parsed, { error: z.locales.ja().localeError }).error?.issues ?? [];
  return {
    problems: result.error.issues.map((issue, index) => ({
      code: `BAD_${what}`,
      where: `${path}: ${issue.path.map(String).join('.') || '(root)'}`,
      what: wordsOf(issue.message, inJapanese[index]?.message),
      advice: text(
        `正しい形は policy schema ${what.toLowerCase()} で見られます`,
        `the expected shape: policy schema ${what.toLowerCase()}`,
      ),
    })),
  };
}

/** Messages of our own are in both languages. */
function wordsOf(message: string, inJapanese: string | undefined): Text {
  const [ja, en] = message.split(' / ');
  if (ja === undefined || en === undefined) return text(`項目が正しくありません: ${inJapanese ?? message}`, message);
  return text(`項目が正しくありません: ${ja}`, en);
}

function unreadable(path: string, what: string, code: string): Problem {
  const reasons: Readonly<Record<string, readonly [string, string]>> = {
    ENOENT: ['ファイルがありません', 'no such file'],
    EISDIR: ['フォルダーです', 'is a folder'],
    EACCES: ['読む権限がありません', 'no permission to read it'],
  };
  const [ja, en] = reasons[code] ?? [`読めません(${code})`, `cannot be read (${code})`];
  return {
    code: `BAD_${what}`,
    where: path,
    what: text(ja, en),
    advice: text('名前を確かめてください', 'check the name'),
  };
}

function notJson(path: string, what: string, content: string, error: Error): Problem {
  const position = /position (\d+)/.exec(error.message)?.[1];
  const line = position === undefined ? '' : `:${content.slice(0, Number(position)).split('\n').length}`;
  return {
    code: `BAD_${what}`,
    where: `${path}${line}`,
    what: text('JSON として読めません', 'is not JSON'),
    advice: text('カンマや引用符を確かめてください', 'check commas and quotes'),
  };
}
