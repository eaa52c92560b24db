import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { ROOT } from '../support/program.ts';

/** JSON Schemas of files that people write; editors show what they say of a field. */
const WRITTEN_BY_HAND = ['policy', 'profile', 'config', 'requester', 'provider'] as const;

const schemaOf = (name: string): z.core.JSONSchema.JSONSchema =>
  JSON.parse(readFileSync(join(ROOT, `docs/${name}.schema.json`), 'utf8'));

/** Properties, wherever they are, that say nothing of themselves. */
function undescribed(node: unknown, path = ''): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { properties = {} } = node as {
    readonly properties?: Readonly<Record<string, { readonly description?: unknown; readonly not?: unknown }>>;
  };
  return [
    ...Object.entries(properties).flatMap(([name, { description, not }]) =>
      // What may not stand there is told where it may.
      not !== undefined || (typeof description === 'string' && description !== '') ? [] : [`${path}.${name}`],
    ),
    ...Object.entries(node).flatMap(([name, each]) => undescribed(each, `${path}.${name}`)),
  ];
}

/** What is the same in both languages, such as the words of an option. */
const isSaid = (description: string): boolean =>
  /[ぁ-んァ-ヶ一-龠].*[a-z]{2}/.test(description) || /^[a-z |]+$/.test(description);

describe.each(WRITTEN_BY_HAND)('the JSON Schema of a %s file', (name) => {
  test('says what each property is', () => {
    expect(undescribed(schemaOf(name))).toEqual([]);
  });

  test('in both languages', () => {
    const said = [...JSON.stringify(schemaOf(name)).matchAll(/"description":"((?:[^"\\]|\\.)*)"/g)].map(
      ([, words]) => words,
    );
    expect(said.length).toBeGreaterThan(5);
    expect(said.filter((words) => !isSaid(words ?? ''))).toEqual([]);
  });
});

test('a property without a word is found, wherever it is', () => {
  expect(undescribed({ properties: { a: { description: 'x' }, b: {} }, anyOf: [{ properties: { c: {} } }] })).toEqual([
    '.b',
    '.anyOf.0.c',
  ]);
});

describe('what the check refuses of a profile, its JSON Schema does where it can', () => {
  const schema = z.fromJSONSchema(schemaOf('profile'));
  const taken = (input: object): boolean =>
    schema.safeParse({ schemaVersion: 2, id: 'a', inputs: { sales: input } }).success;

  test.each([
    [{ zone: '+09:00' }, true],
    [{ zone: '9' }, false],
    [{ timeOfDatesAlone: '12:00' }, true],
    [{ timeOfDatesAlone: '24:00' }, false],
    [{ absent: [''] }, false],
    [{ headers: { 店: 'merchant_id' } }, true],
    [{ headers: { 店: 'shop' } }, false],
    [{ columns: { merchant_id: { constant: 'M1' } }, rows: { only: { 区分: ['売上'] } } }, true],
    [{ columns: { shop: '店' } }, false],
    [{ columns: { merchant_id: { constnt: 'M1' } } }, false],
    [{ rows: { only: { 区分: [] } } }, false],
    [{ table: { header: { row: 0 } } }, false],
    [{ table: { header: { row: 101 } } }, false],
    [{ table: { encoding: 'latin1' } }, false],
    [{ table: { fixedWidth: [{ name: 'a', from: 0, length: 1 }] } }, false],
    [{ refunds: { negative: false } }, false],
  ])('%j', (input, isTaken) => {
    expect(taken(input)).toBe(isTaken);
  });
});
