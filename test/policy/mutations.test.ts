import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { jsonFileOf } from '../../src/cli/options/json-file.ts';
import { jsonTextOf, parseJson } from '../../src/cli/options/json-text.ts';
import { meantPolicy } from '../../src/cli/options/policy.ts';
import { asVersion2 } from '../../src/policy/as-version-2.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { odditiesOf } from '../../src/policy/oddities.ts';
import { policyFileSchema } from '../../src/policy/policy-file.ts';
import { asPolicyFile2, randomTerms2 } from '../oracle/random-policy.ts';
import { FIVE_POLICIES } from '../support/five-policies.ts';
import { ROOT } from '../support/program.ts';
import { FILE } from './made-up.ts';
import { mutationsOf, shapeMutationsOf } from './mutations.ts';
import { changed, fileText, type Json, type Mutation, type PolicyJson } from './policy-json.ts';
import { FILE_2 } from './version-2.ts';

const asJson = (file: unknown): PolicyJson => JSON.parse(JSON.stringify(file)) as PolicyJson;
const inRepository = (path: string): PolicyJson => asJson(JSON.parse(readFileSync(join(ROOT, path), 'utf8')));

const FIXED = { kind: 'fixed', yen: 3000, minimumYen: 1000, capPerCouponYen: 3000 };
const fixture = (folder: string): PolicyJson => inRepository(`fixtures/${folder}/policy.json`);
const random = (seed: number): PolicyJson => asJson(asPolicyFile2(randomTerms2(seed)));
const EXAMPLE = inRepository('examples/policies/kohoku-2032-amended.json');
const TWO_EVENINGS = fixture('two-evenings');
/** Between them every term of either version, and every kind of compensation. */
const OF_EVERY_SHAPE: readonly (readonly [name: string, file: PolicyJson])[] = [
  ['an example', EXAMPLE],
  ['two evenings, half of the balance', TWO_EVENINGS],
  ['two nights, a fixed sum', asJson({ ...FILE_2, terms: { ...FILE_2.terms, compensation: FIXED } })],
];

const POLICIES: readonly (readonly [name: string, file: PolicyJson])[] = [
  ['the built-in policy', asJson(KAGOSHIMA.file)],
  ['the same as version 2', asJson({ ...asVersion2(KAGOSHIMA.file), id: 'kagoshima-2' })],
  ['made up', asJson(FILE)],
  ['made up, of version 2', asJson(FILE_2)],
  ['an example', EXAMPLE],
  ['two evenings', TWO_EVENINGS],
  ['over midnight', fixture('nights/policy-app-over-midnight')],
  ['two days', fixture('nights/policy-paper-two-days')],
  ...FIVE_POLICIES.slice(3).map(({ name, policy }) => [name, asJson(policy.file)] as const),
  ...[1, 2, 3, 4].map((seed) => [`random ${seed}`, random(seed)] as const),
];

interface Told {
  readonly where: string;
  readonly ja: string;
  readonly en: string;
}

/** What `policy check` has to say of a file, refused or odd. */
function toldOf(written: string): readonly Told[] {
  const text = jsonTextOf(Buffer.from(written));
  const read = meantPolicy(jsonFileOf(text, '~', policyFileSchema, 'POLICY'), '~');
  if ('problems' in read)
    return read.problems.map(({ where, what }) => ({ where: where.replace(/^~(?:: )?/, ''), ...what }));
  return odditiesOf(read.value).map(({ term, says }) => ({ where: `terms.${term}`, ...says }));
}

/** At a place, around it, or within it. */
const isAt = (where: string, place: string): boolean =>
  where === place || where.startsWith(`${place}.`) || (place.startsWith(':') && where.startsWith(place));

const OF_A_LIBRARY = /[Ii]nvalid|[Ee]xpected|received|undefined|NaN|\[object|[Uu]nrecognized|無効|期待/;
const isSaid = ({ ja, en }: Told): boolean =>
  /[ぁ-んァ-ヶ一-龠]/.test(ja) && /[a-z]{2}/.test(en) && !OF_A_LIBRARY.test(ja) && !OF_A_LIBRARY.test(en);

/** A way to state expiries: what must stand there, and what must not. */
interface Expiries {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, { readonly not: object }>>;
}

/**
 * The JSON Schema, as its two parts: zod takes a key that one half of an intersection does not know and the other lets
 * through, so the choice between one expiry and several is held against the terms by itself.
 */
function schemaParts(): readonly [whole: z.ZodType, expiries: readonly Expiries[]] {
  const schema = JSON.parse(readFileSync(join(ROOT, 'docs/policy.schema.json'), 'utf8'));
  const { terms } = schema.oneOf[1].properties;
  const { oneOf, ...others } = terms;
  schema.oneOf[1].properties.terms = others;
  return [z.fromJSONSchema(schema), oneOf];
}

const [WHOLE, EXPIRIES] = schemaParts();

function isTakenBySchema(file: Json): boolean {
  if (!WHOLE.safeParse(file).success) return false;
  const { schemaVersion, terms } = file as PolicyJson;
  if (schemaVersion === 1) return true;
  const fitting = EXPIRIES.filter(
    ({ required, properties }) =>
      required.every((name) => name in terms) && Object.keys(properties).every((name) => !(name in terms)),
  );
  return fitting.length === 1;
}

/** What is wrong with what is told of a mutation. */
function lapsesIn({ what, places }: Mutation, told: readonly Told[], before: readonly Told[]): readonly string[] {
  const known = new Set(before.map(({ where }) => where));
  const fresh = told.filter(({ where, en }) => !before.some((each) => each.where === where && each.en === en));
  const unsaid = fresh.filter((each) => !isSaid(each)).map(({ ja, en }) => `${what}: ${ja} / ${en}`);
  if (places.length === 0) {
    const more = fresh.filter(({ where }) => !known.has(where));
    return [...unsaid, ...more.map(({ where, en }) => `${what}: is told, at ${where}: ${en}`)];
  }
  if (fresh.some(({ where }) => places.some((place) => isAt(where, place)))) return unsaid;
  const elsewhere = fresh.map(({ where, en }) => `${where}: ${en}`).join('; ');
  return [...unsaid, `${what}: is not told at ${places.join(' or ')}, but ${elsewhere || 'nowhere'}`];
}

function schemaLapse({ what, text, places, bySchema }: Mutation): readonly string[] {
  if (places.length > 0 && !bySchema) return [];
  const read = parseJson(jsonTextOf(Buffer.from(text)));
  if ('fault' in read) return [`${what}: is no JSON`];
  return isTakenBySchema(read.value as Json) === bySchema
    ? [`${what}: the JSON Schema ${bySchema ? 'takes' : 'refuses'} it`]
    : [];
}

function lapsesOf(file: PolicyJson, mutations: readonly Mutation[]): readonly string[] {
  const before = toldOf(fileText(file));
  return mutations.flatMap((mutation) => [
    ...lapsesIn(mutation, toldOf(mutation.text), before),
    ...schemaLapse(mutation),
  ]);
}

describe('whatever is made wrong in a policy is told, and nothing that is meant the same', () => {
  test.each(OF_EVERY_SHAPE)('at every place of %s', (_, file) => {
    const mutations = shapeMutationsOf(file);
    expect(mutations.length).toBeGreaterThan(200);
    expect(lapsesOf(file, mutations)).toEqual([]);
  });

  test.each(POLICIES)('in the order and the sums of %s', (_, file) => {
    const mutations = mutationsOf(file);
    expect(mutations.length).toBeGreaterThan(60);
    expect(lapsesOf(file, mutations)).toEqual([]);
  });

  test('what would not be told is found out, and so is what would be told for nothing', () => {
    const file = asJson(FILE);
    const [text, odd] = [file, changed(file, ['terms', 'repeatPressGapSeconds'], 0)].map(fileText);
    const untold = { what: 'it', text: text ?? '', places: ['terms.medium'], bySchema: true };
    expect(lapsesOf(file, [untold])).toEqual([
      'it: is not told at terms.medium, but nowhere',
      'it: the JSON Schema takes it',
    ]);
    const [needless] = lapsesOf(file, [{ what: 'it', text: odd ?? '', places: [], bySchema: false }]);
    expect(needless).toMatch(/^it: is told, at terms\.repeatPressGapSeconds: is 0/);
    const ofTheLibrary = { where: 'terms.medium', ja: '無効な入力', en: 'Invalid input' };
    expect(lapsesIn(untold, [ofTheLibrary], [])).toEqual(['it: 無効な入力 / Invalid input']);
  });
});
