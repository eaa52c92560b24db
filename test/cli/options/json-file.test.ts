import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type JsonFile, readJsonFile } from '../../../src/cli/options/json-file.ts';
import { withFolder } from '../../support/program.ts';

const SCHEMA = z.strictObject({
  issuance: z.string().optional(),
  maxRejects: z.string().optional(),
  terms: z.strictObject({ cutOff: z.string().optional() }).optional(),
  inputs: z.array(z.strictObject({ name: z.string().optional() })).optional(),
});

function read(content: string, what: 'CONFIG' | 'PROFILE' = 'CONFIG'): JsonFile<z.infer<typeof SCHEMA>> {
  return withFolder((folder) => {
    const path = join(folder, 'file.json');
    writeFileSync(path, content);
    return readJsonFile(path, SCHEMA, what);
  });
}

function problemOf(content: string, what?: 'CONFIG' | 'PROFILE') {
  const result = read(content, what);
  if (!('problems' in result) || result.problems.length !== 1) throw new Error('one problem was expected');
  return result.problems[0] as (typeof result.problems)[number];
}

describe('a key that there is not', () => {
  it.each([
    ['{"isuance": "a"}', 'isuance → issuance'],
    ['{"maxReject": "1"}', 'maxReject → maxRejects'],
    ['{"terms": {"cutoff": ""}}', 'cutoff → cutOff'],
    ['{"inputs": [{"nme": ""}]}', 'nme → name'],
  ])('%s is told with the one that was meant', (content, meant) => {
    const { advice } = problemOf(content);
    expect(advice.ja).toContain(`${meant} のことですか?`);
    expect(advice.en).toContain(`did you mean ${meant}?`);
  });

  it('is told alone where nothing is near', () => {
    const { what, advice } = problemOf('{"qwertyuiop": 1}');
    expect(what.ja).toBe('知らない項目です: qwertyuiop');
    expect(advice.en).toBe('the expected shape: policy schema config');
  });
});

describe('a name that stands twice', () => {
  it('is told where it stands, with the place of the first', () => {
    const { code, where, what } = problemOf('{\n  "issuance": "a",\n  "issuance": "b"\n}');
    expect([code, where.slice(where.indexOf(':'))]).toEqual(['BAD_CONFIG', ':3:3']);
    expect(what).toEqual({
      ja: 'issuance が二度書かれています(一度目は 2 行 3 文字目)',
      en: 'has issuance twice, first at 2:3',
    });
  });
});

describe('a file in another encoding', () => {
  it('is refused, for what it says would come out as other signs', () => {
    const result = withFolder((folder) => {
      const path = join(folder, 'file.json');
      // 東京, as Windows-31J has it.
      writeFileSync(path, Buffer.from('{"issuance": "\x93\x8c\x8b\x9e"}', 'latin1'));
      return readJsonFile(path, SCHEMA, 'CONFIG');
    });
    expect('problems' in result && result.problems.map(({ what }) => what.en)).toEqual([
      'is not UTF-8: save it again as UTF-8',
    ]);
  });
});

describe('a path with backslashes', () => {
  // JSON knows \e and \u…-without-digits not at all, and reads \n, \t as a line end and a tab.
  it.each(['C:\\exports\\log.csv', 'C:\\users\\log.csv', 'C:\\new\\temp.csv'])('%s is explained', (path) => {
    const { code, where, advice } = problemOf(`{\n"issuance": "${path}"}`);
    expect([code, /file\.json:2:\d+$/.test(where)]).toEqual(['BAD_CONFIG', true]);
    expect(advice.en).toContain('write / or \\\\ between folders');
  });

  it.each(['C:\\\\exports\\\\log.csv', 'C:/exports/log.csv'])('%s is one as it should be', (path) => {
    expect(read(`{"issuance": "${path}"}`)).toHaveProperty('value');
  });

  it('is no matter of a profile, where a text may hold a line end', () => {
    expect(read('{"issuance": "a:\\nb"}', 'PROFILE')).toHaveProperty('value');
  });
});
