import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { MINUTE } from '../../src/base/instants.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { clausesOf, duringOutage, lengthOfOutage, type Policy, policyOf, readingsOf } from '../../src/policy/policy.ts';
import { policyFile1Schema, policyFile2Schema, readBound } from '../../src/policy/policy-file.ts';
import { FILE, policyWith } from './made-up.ts';
import { COHORTS, policy2With, policyOfCohorts } from './version-2.ts';

const says = (policy: Policy, id: string) => clausesOf(policy).find((clause) => clause.id === id)?.says.en;

type Node = z.core.JSONSchema.BaseSchema;
const schema = z.toJSONSchema(policyFile1Schema, { io: 'input' }) as Node;
const schema2 = z.toJSONSchema(policyFile2Schema, { io: 'input' }) as Node;

/** The fields of an object and of those in it, by their paths. */
const fieldsOf = (node: Node, path = ''): readonly (readonly [path: string, field: Node])[] =>
  Object.entries(node.properties ?? {}).flatMap(([name, field]) => [
    [`${path}${name}`, field as Node] as const,
    ...fieldsOf(field as Node, `${path}${name}.`),
    ...fieldsOf(((field as Node).items ?? {}) as Node, `${path}${name}.*.`),
  ]);

describe('the JSON Schema of a policy', () => {
  it.each([schema, schema2])('says of every field what it is, in both languages', (each) => {
    const fields = fieldsOf(each);
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

describe('W of several windows', () => {
  const { terms } = policy2With({});

  it.each([
    ['2031-07-14T17:59:59', false],
    ['2031-07-14T18:00:00', true],
    ['2031-07-14T18:59:59', true],
    ['2031-07-14T19:00:00', false],
    ['2031-07-15T20:29:59', false],
    ['2031-07-15T20:30:00', true],
    ['2031-07-15T20:44:59', true],
    ['2031-07-15T20:45:00', false],
  ])('%s is in it: %s', (written, isIn) => {
    expect(duringOutage(terms, readBound(written)?.from ?? 0)).toBe(isIn);
  });

  it('lasts as long as they do together', () => {
    expect(lengthOfOutage(terms)).toBe((60 + 15) * MINUTE);
  });
});

describe('terms of version 2', () => {
  it('that say what version 1 can say are the same terms', () => {
    const { terms } = FILE;
    const { prefecture, medium, outageFrom, outageTo, applicationsOpen, applicationsClose, ...rest } = terms;
    const { bankApplicationsClose, pointsFrom, bankTransfersFrom, receiveBy, ...alike } = rest;
    const file = policyFile2Schema.parse({
      ...FILE,
      schemaVersion: 2,
      terms: {
        ...alike,
        prefectures: [prefecture],
        media: [medium],
        outages: [{ from: outageFrom, to: outageTo }],
        points: { applicationsOpen, applicationsClose, from: pointsFrom, receiveBy },
        bank: { applicationsOpen, applicationsClose: bankApplicationsClose, from: bankTransfersFrom },
      },
    });
    expect(policyOf(file).terms).toEqual(policyOf(FILE).terms);
    expect(clausesOf(policyOf(file))).toEqual(clausesOf(policyOf(FILE)));
    expect(readingsOf(policyOf(file))).toEqual(readingsOf(policyOf(FILE)));
  });

  it('that pay in one way alone speak of no other', () => {
    const [noPoints, noBank] = [policy2With({ points: undefined }), policy2With({ bank: undefined })];
    const all = (policy: Policy) =>
      [...clausesOf(policy), ...readingsOf(policy)].map((each) => each.says.en).join('\n');
    expect(all(noPoints)).not.toMatch(/Points worth|URL of the receiving|received by|From undefined/i);
    expect(says(noPoints, '2A2')).toBe(
      'From about 2031-09-10, the balance at 2031-08-20 23:59 is refunded by bank transfer; no points are sent.',
    );
    expect(says(noPoints, '2A2i')).toBe(
      'Everybody applies with a bank account on the special site from 2031-07-26 to 2031-09-02.',
    );
    expect(says(noBank, '2bank')).toBe('Nothing is refunded by bank transfer.');
    expect(all(noBank)).not.toMatch(/bank account|2031-09-10/);
  });

  it('are told with every expiry and its extensions', () => {
    const policy = policyOfCohorts(COHORTS, { secondExtension: '2031-08-22' });
    expect(says(policy, '1A')).toBe(
      'A coupon that still holds at least 100 yen: one valid until 2031-07-15 when the extension to 2031-07-18 has ended; one valid until 2031-07-16 at the end of that day.',
    );
    expect(says(policy, '2A1')).toBe(
      'An (A) coupon can be used longer: one valid until 2031-07-15 until the end of 2031-08-20, one valid until 2031-07-16 until the end of 2031-08-27.',
    );
    expect(says(policy, '2A2')).toContain(
      'points worth the balance at 23:59 of the last day of its extension are sent',
    );
    expect(says(policy, '2B2')).toContain(
      'is extended as under 2(A)① if its expiry is one of (A), else to 2031-08-22, and',
    );
    const readings = readingsOf(policy);
    const reads = (id: string) => readings.find((reading) => reading.id === id)?.says;
    expect(reads('R2')?.ja).toBe('(A) はもとの有効期限がちょうど 2031-07-15・2031-07-16のいずれかのクーポンだけ。');
    expect(reads('R3')?.en).toContain(
      'is read at the end of the first extension, or of an expiry that has none, how much',
    );
  });

  it('are told with every window, prefecture and medium', () => {
    const policy = policy2With({});
    expect(says(policy, '0')).toBe(
      'In the outages that began on 2031-07-14 and 2031-07-15 regional coupons, on paper and in the app, could not be issued or paid with. Programme of prefectures 13 and 14.',
    );
    expect(says(policy, '1B1')).toContain(
      '(2031-07-14 18:00 to 2031-07-14 18:59 and 2031-07-15 20:30 to 2031-07-15 20:44)',
    );
    expect(says(policy, '1')).toContain('received a coupon on paper or in the app');
  });
});
