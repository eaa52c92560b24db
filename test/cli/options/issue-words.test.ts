import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fileIssues } from '../../../src/cli/options/issue-words.ts';

const SCHEMA = z.strictObject({
  name: z.string().min(1),
  count: z.int().min(1).max(9).optional(),
  share: z.number().optional(),
  isOpen: z.boolean().optional(),
  medium: z.enum(['paper', 'app']).optional(),
  paths: z.union([z.string(), z.array(z.string())]).optional(),
  texts: z.record(z.string(), z.string()).optional(),
  excel: z.union([z.boolean(), z.enum(['ja', 'en'])]).optional(),
  day: z.string().regex(/^\d$/, '数字ひとつ / must be a digit').optional(),
  mark: z.string().regex(/^x$/).optional(),
});

/** Paths and English words of what is refused. */
function told(value: unknown): readonly string[] {
  const issues = SCHEMA.safeParse(value).error?.issues ?? [];
  return fileIssues(issues, value).map(({ path, what }) => `${path.map(String).join('.')} ${what.en}`);
}

describe('what a schema refuses', () => {
  it.each([
    [{}, 'name is missing: must be a text in " "'],
    [{ name: 1 }, 'name must be a text in " "'],
    [{ name: null }, 'name must be a text in " "'],
    [{ name: '' }, 'name must not be empty'],
    [{ name: 'a', count: '1' }, 'count must be a number'],
    [{ name: 'a', count: 1.5 }, 'count must be a whole number'],
    [{ name: 'a', count: 0 }, 'count must be 1 or more'],
    [{ name: 'a', count: 10 }, 'count must be 9 or less'],
    [{ name: 'a', share: true }, 'share must be a number'],
    [{ name: 'a', isOpen: 'yes' }, 'isOpen must be true or false'],
    [{ name: 'a', medium: 'card' }, 'medium must be paper or app'],
    [{ name: 'a', paths: 1 }, 'paths must be a text in " " or a list in [ ]'],
    [{ name: 'a', paths: ['b', 1] }, 'paths.1 must be a text in " "'],
    [{ name: 'a', texts: [] }, 'texts must be keys and values in { }'],
    [{ name: 'a', excel: 'fr' }, 'excel must be true or false or ja or en'],
    [{ name: 'a', day: 'x' }, 'day must be a digit'],
    [{ name: 'a', mark: 'y' }, 'mark must be written otherwise'],
    [[], ' must be keys and values in { }'],
  ])('of %j', (value, words) => {
    expect(told(value)).toEqual([words]);
  });

  it('is a key that there is not, each by itself', () => {
    expect(told({ name: 'a', nmae: 1, constructor: 2 })).toEqual([
      'nmae there is no such key: nmae',
      'constructor there is no such key: constructor',
    ]);
  });

  it('is said in Japanese', () => {
    const value = { count: '1', medium: 'card', nmae: 1 };
    const issues = SCHEMA.safeParse(value).error?.issues ?? [];
    expect(fileIssues(issues, value).map(({ what }) => what.ja)).toEqual([
      '項目がありません: " " で囲んだ文字を書く',
      '項目が正しくありません: 数を書く',
      '項目が正しくありません: 「paper」か「app」を書く',
      '知らない項目です: nmae',
    ]);
  });
});
