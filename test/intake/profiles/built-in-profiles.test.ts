import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  BUILT_IN_PROFILES,
  type BuiltInProfileName,
  builtInProfile,
  chosenProfile,
  isBuiltInProfile,
  writtenProfile,
} from '../../../src/intake/profiles/built-in-profiles.ts';
import { ROOT } from '../../support/program.ts';
import { readTables } from '../read-files.ts';

describe.each(BUILT_IN_PROFILES)('%s', (name) => {
  it('is a profile of version 2 by its own name, with a title in both languages and a page that was read', async () => {
    const profile = await builtInProfile({ name, input: undefined });
    if (profile?.schemaVersion !== 2) throw new Error('not of version 2');
    expect(profile).toEqual(await writtenProfile(name));
    expect(profile.id).toBe(name);
    expect(profile.title?.ja).toMatch(/[ぁ-ん]/);
    expect(profile.title?.en).toMatch(/^[A-Z]/);
    expect(profile.source?.url).toMatch(/^https:\/\//);
    expect(profile.source?.readOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(Object.keys(profile.inputs).length).toBeGreaterThan(0);
  });
});

describe('a built-in profile is chosen', () => {
  it.each([
    ['square', { name: 'square', input: undefined }],
    ['paypay:sales', { name: 'paypay', input: 'sales' }],
    ['paypay:sale', undefined],
    ['paypay:sales:x', undefined],
    ['Square', undefined],
    ['./square', undefined],
    ['toString', undefined],
  ])('by %s', (words, expected) => {
    expect(chosenProfile(words)).toEqual(expected);
  });

  it('for all of its inputs, or for one', async () => {
    const inputsOf = async (words: string) => {
      const chosen = chosenProfile(words);
      const profile = chosen === undefined ? undefined : await builtInProfile(chosen);
      return profile === undefined ? undefined : Object.keys(profile.inputs);
    };
    expect(await inputsOf('paypay')).toEqual(['transactions', 'sales']);
    expect(await inputsOf('paypay:sales')).toEqual(['sales']);
    expect(await inputsOf('square:claims')).toBeUndefined();
    expect(isBuiltInProfile('square:sales')).toBe(false);
  });
});

/** The layout of a fixture with one row of it changed, and what is said of that row. */
async function rejectsOf(layout: string, name: BuiltInProfileName, change: (content: string) => string) {
  const file = readFileSync(join(ROOT, `fixtures/layouts/${layout}/sales.csv`));
  const isUtf8 = !['airpay', 'airregi'].includes(layout);
  const content = change(new TextDecoder(isUtf8 ? 'utf-8' : 'shift_jis').decode(file));
  const profile = await builtInProfile({ name, input: 'sales' });
  if (profile === undefined) throw new Error('no such input');
  const { rejects } = await readTables({ sales: content }, { profile });
  return rejects
    .filter(({ refund }) => refund === undefined)
    .map(({ line, column, code }) => `${line}:${column} ${code}`);
}

describe('nothing is guessed:', () => {
  it.each([
    ['square', 'square', (content: string) => content.replace(',Coupon,', ',Voucher,')],
    ['stores', 'stores', (content: string) => content.replace('地域クーポン', '商品券')],
    ['paypay-report', 'paypay', (content: string) => content.replace(',地域クーポン,', ',PayPay商品券,')],
  ] as const)('a way of paying that nobody knows leaves a sale that does not add up (%s)', async (layout, name, change) => {
    expect(await rejectsOf(layout, name, change)).toEqual(['2: SALE_TOTAL']);
  });

  it('a coupon in a statement without a clock is told', async () => {
    const change = (content: string) => content.replace(',QUICPay,', ',地域クーポン,');
    expect(await rejectsOf('airpay', 'airpay', change)).toEqual(['2:sold_at DATE_WITHOUT_TIME']);
  });
});

it('the fixture of stores is the built-in one but for the shop', () => {
  const read = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
  const copy = read('fixtures/layouts/stores/profile.json');
  const built = read('src/intake/profiles/stores.json');
  copy.inputs.sales.columns.merchant_id = built.inputs.sales.columns.merchant_id;
  expect(copy.inputs).toEqual(built.inputs);
});
