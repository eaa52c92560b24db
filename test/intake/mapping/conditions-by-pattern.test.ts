import { expect, it } from 'vitest';
import { conditionsOf, meetsAll, meetsAny } from '../../../src/intake/mapping/conditions.ts';

const positionOf = (header: string): number => ['区分', '摘要'].indexOf(header);
const stated = conditionsOf({ 区分: ['売上', ''], 摘要: { pattern: 'P[0-9]{2}' } }, positionOf);

it.each([
  ['both by value and by what is found', ['売上', '振込 Ｐ０１'], true, true],
  ['a blank, which is meant here too', ['　', 'P12'], true, true],
  ['one of them', ['返品', 'P12'], false, true],
  ['none', ['返品', 'P1'], false, false],
  ['none where a field is wanting', ['返品'], false, false],
])('a row meets %s', (_, fields, all, any) => {
  expect([meetsAll(fields, stated), meetsAny(fields, stated)]).toEqual([all, any]);
});
