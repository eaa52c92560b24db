import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { clausesOf, policyFileSchema } from '../../src/policy/policy.ts';
import { policyWith } from './made-up.ts';

type Node = z.core.JSONSchema.BaseSchema;
const schema = z.toJSONSchema(policyFileSchema, { io: 'input' }) as Node;

/** The fields of an object and of those in it, by their paths. */
const fieldsOf = (node: Node, path = ''): readonly (readonly [path: string, field: Node])[] =>
  Object.entries(node.properties ?? {}).flatMap(([name, field]) => [
    [`${path}${name}`, field as Node] as const,
    ...fieldsOf(field as Node, `${path}${name}.`),
  ]);

describe('the JSON Schema of a policy', () => {
  it('says of every field what it is, in both languages', () => {
    const fields = fieldsOf(schema);
    expect(fields.length).toBeGreaterThan(20);
    expect(fields.filter(([, { description }]) => !/^.*[ぁ-んァ-ヶ一-龠].* \/ .+$/.test(description ?? ''))).toEqual(
      [],
    );
  });

  it('and a field without would be found', () => {
    const bare = z.toJSONSchema(z.object({ a: z.object({ b: z.string() }) })) as Node;
    expect(fieldsOf(bare).map(([path, { description }]) => [path, description])).toEqual([
      ['a', undefined],
      ['a.b', undefined],
    ]);
  });

  it.each([
    ['prefecture', ['01', '46', '47'], ['00', '48', '99', '1']],
    ['outageTo', ['2031-07-14T23:59', '2031-07-14 23:59:59'], ['2031-07-14T24:00', '2031-07-14', '2031-13-14T00:00']],
    ['claimsClose', ['2031-07-31'], ['2031-7-31', '2031-07-32', '2031-00-01']],
  ])('refuses by its pattern what cannot be %s', (term, right, wrong) => {
    const pattern = new RegExp(fieldsOf(schema).find(([path]) => path === `terms.${term}`)?.[1].pattern ?? '(?!)');
    expect(right.filter((value) => !pattern.test(value))).toEqual([]);
    expect(wrong.filter((value) => pattern.test(value))).toEqual([]);
  });

  it('has the least and the most of each number', () => {
    const limits = fieldsOf(schema).flatMap(([path, { minimum, maximum }]) =>
      minimum === undefined ? [] : [[path, minimum, maximum]],
    );
    expect(limits).toEqual([
      ['terms.minimumResidualYen', 1, Number.MAX_SAFE_INTEGER],
      ['terms.repeatPressGapSeconds', 0, 86_400],
      ['terms.matchToleranceMinutes', 0, 1440],
      ['terms.mostCouponsPerAccount', 1, Number.MAX_SAFE_INTEGER],
    ]);
  });
});

describe('clauses', () => {
  const says = (policy: typeof KAGOSHIMA, id: string) => clausesOf(policy).find((clause) => clause.id === id)?.says.en;

  it('name the last days that a policy states', () => {
    const policy = policyWith({});
    expect(says(policy, '2B1')).toContain('a call to the call centre by 2031-08-10, ');
    expect(says(policy, '2bank')).toContain('applies with a bank account by 2031-09-02 ');
  });

  it('and none where it states none', () => {
    expect(says(KAGOSHIMA, '2B1')).toContain('a call to the call centre, ');
    expect(says(KAGOSHIMA, '2bank')).toContain('applies with a bank account and ');
    for (const clause of clausesOf(KAGOSHIMA)) expect(clause).not.toHaveProperty('stated');
  });
});
