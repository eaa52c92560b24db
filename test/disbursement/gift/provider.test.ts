import { describe, expect, test } from 'vitest';
import { providerSchema, wholeUnits } from '../../../src/disbursement/gift/provider.ts';
import { providerJson } from './made-up.ts';

type Json = Record<string, unknown>;
const sms = (json: Json): Json => (json.channels as Json).sms as Json;
const columns = (json: Json): Json[] => sms(json).columns as Json[];
const gift = (json: Json): Json => sms(json).gift as Json;
const result = (json: Json): Json => json.result as Json;

/** The profile with something else in it, and where it is refused. */
const FAULTS: readonly (readonly [string, (json: Json) => void, string])[] = [
  ['another version', (json) => Object.assign(json, { schemaVersion: 2 }), 'schemaVersion'],
  ['a name that is no name of a file', (json) => Object.assign(json, { id: '../x' }), 'id'],
  ['no channel', (json) => Object.assign(json, { channels: {} }), 'channels'],
  ['no key', (json) => columns(json).shift(), 'channels.sms.columns'],
  ['two keys', (json) => columns(json).push({ header: 'x', from: 'key' }), 'channels.sms.columns'],
  ['no contact', (json) => columns(json).splice(1, 1), 'channels.sms.columns'],
  ['no amount', (json) => columns(json).splice(3, 1), 'channels.sms.columns'],
  ['a column from nowhere', (json) => columns(json).push({ header: 'x' }), 'channels.sms.columns.7'],
  [
    'a date without a form',
    (json) => columns(json).push({ header: 'x', from: 'order_date' }),
    'channels.sms.columns.7',
  ],
  [
    'a constant that Windows-31J lacks',
    (json) => columns(json).push({ header: 'x', constant: '😀' }),
    'channels.sms.columns.7',
  ],
  [
    'a header that Windows-31J lacks',
    (json) => columns(json).push({ header: '한', constant: '' }),
    'channels.sms.columns.7',
  ],
  ['less at most than at least', (json) => Object.assign(gift(json), { mostYen: 99 }), 'channels.sms.gift.mostYen'],
  [
    'no whole unit between least and most',
    (json) => Object.assign(gift(json), { leastYen: 101, mostYen: 199, unitYen: 100 }),
    'channels.sms.gift.mostYen',
  ],
  [
    'a file too short for one payout',
    (json) => Object.assign(sms(json), { file: { mostRows: 4 } }),
    'channels.sms.file.mostRows',
  ],
  ['half a yen', (json) => Object.assign(gift(json), { leastYen: 0.5 }), 'channels.sms.gift.leastYen'],
  [
    'a word for two states',
    (json) => Object.assign(result(json), { words: { sent: ['x'], failed: ['x'] } }),
    'result.words',
  ],
  ['a zone that is a city', (json) => Object.assign(result(json), { zone: 'Tokyo' }), 'result.zone'],
  [
    'a time that no clock has',
    (json) => Object.assign(result(json), { timeOfDatesAlone: '25:00' }),
    'result.timeOfDatesAlone',
  ],
  ['an entry that there is not', (json) => Object.assign(json, { mostYenPerDay: 1 }), ''],
];

describe('a provider profile', () => {
  test.each(['sakura-gift', 'hinode-points'])('such as %s is one', (id) => {
    expect(providerSchema.safeParse(providerJson(id)).error).toBeUndefined();
  });

  test.each(FAULTS)('with %s is none', (_, change, where) => {
    const json = providerJson('sakura-gift');
    change(json);
    const issues = providerSchema.safeParse(json).error?.issues ?? [];
    expect(issues.map(({ path }) => path.join('.'))).toContain(where);
  });

  test('says what is its own in both languages', () => {
    const json = providerJson('sakura-gift');
    columns(json).length = 0;
    columns(json).push({ header: 'x', constant: '😀' }, { header: 'y' });
    for (const { message } of providerSchema.safeParse(json).error?.issues ?? []) expect(message).toMatch(/ \/ /);
  });
});

// The least that is at least 101 in hundreds is 200; the most that is at most 199 is 100.
test('amounts are in whole units', () => {
  expect(wholeUnits(101, 100, Math.ceil)).toBe(200);
  expect(wholeUnits(199, 100, Math.floor)).toBe(100);
  expect(wholeUnits(199, 1, Math.floor)).toBe(199);
});
