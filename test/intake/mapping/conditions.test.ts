import { expect, it } from 'vitest';
import { conditionsOf, meetsAll, meetsAny } from '../../../src/intake/mapping/conditions.ts';

const NAMES = ['種別', '取消', '方法'];
const conditions = conditionsOf({ 種別: ['売上', '返品'], 取消: ['0'] }, (header) => NAMES.indexOf(header));

it.each([
  ['all fields hold one of their values', ['売上', '0', ''], true, true],
  ['one does not', ['売上', '1', ''], false, true],
  ['none does', ['入金', '1', ''], false, false],
  ['one holds nothing', ['売上', '', ''], false, true],
  ['full-width digits and blanks stand around them', [' 返品 ', '０', ''], true, true],
  ['a value only begins alike', ['売上取消', '00', ''], false, false],
  ['the row ends before the field', ['売上'], false, true],
])('a row is asked for values: %s', (_, fields, all, any) => {
  expect([meetsAll(fields, conditions), meetsAny(fields, conditions)]).toEqual([all, any]);
});

it('no condition is met by all of it, and by none of it', () => {
  const none = conditionsOf(undefined, () => 0);
  expect([meetsAll(['x'], none), meetsAny(['x'], none)]).toEqual([true, false]);
});
