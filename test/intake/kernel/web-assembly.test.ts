import { describe, expect, test } from 'vitest';
import { LONGEST, SHARED_LIMITS } from '../../../src/intake/columns/packed-ids.ts';
import {
  KEY_SLOTS,
  KEY_SLOTS_LAYOUT,
  PLAIN_RECORDS,
  PLAIN_RECORDS_LAYOUT,
} from '../../../src/intake/kernel/compiled.ts';
import { assembly, instanceOf } from '../../../src/intake/kernel/web-assembly.ts';

if (assembly === undefined) throw new Error('there is no WebAssembly');
const { Memory } = assembly;
const open = (binary: string, agreed: Readonly<Record<string, number>>) =>
  instanceOf(assembly as NonNullable<typeof assembly>, binary, new Memory({ initial: 1 }), agreed) as Readonly<
    Record<string, unknown>
  >;

describe.each([
  ['plain-records', PLAIN_RECORDS, PLAIN_RECORDS_LAYOUT],
  ['key-slots', KEY_SLOTS, KEY_SLOTS_LAYOUT],
])('the kernel %s', (_, binary, layout: Readonly<Record<string, number>>) => {
  test('exports every number that is taken from it', () => {
    const exported = Object.entries(open(binary, layout)).filter(([, value]) => typeof value !== 'function');
    expect(Object.fromEntries(exported.map(([name, value]) => [name, (value as { value: number }).value]))).toEqual(
      layout,
    );
  });

  test.each(Object.entries(layout))('is not started where %s is another than %i', (name, value) => {
    expect(() => open(binary, { ...layout, [name]: value + 1 })).toThrow(
      `the kernel has another ${name}: ${value}, not ${value + 1}`,
    );
  });

  test('is not started where it does not know a number that is said on the other side', () => {
    expect(() => open(binary, { NOBODY_EXPORTS_THIS: 1 })).toThrow('another NOBODY_EXPORTS_THIS: undefined, not 1');
  });
});

/** By the order of the bytes, each of so many and none of another's: what lies behind the last is the next one's. */
test.each([
  ['a field', ['TYPE', 'REQUIRED', 'OUT', 'OUT_BYTES', 'TABLE', 'TABLE_SHIFT', 'ABSENT', 'WANTED'], 'FIELD', 4],
  ['a state', ['NEXT', 'LINE', 'MARK', 'COUNT'], 'STATE', 4],
])('the words of %s lie apart, and fill it', (_, names, prefix, bytes) => {
  const layout: Readonly<Record<string, number>> = PLAIN_RECORDS_LAYOUT;
  const places = names.map((name) => layout[`${prefix}_${name}`] ?? -1).sort((a, b) => a - b);
  expect(places).toEqual(names.map((_, index) => index * bytes));
  expect(layout[`${prefix}_BYTES`]).toBe(names.length * bytes);
});

test('a shape that the kernel is shown ends in bytes of its own', () => {
  const { SHAPE_TEXT, SHAPE_BYTES } = PLAIN_RECORDS_LAYOUT;
  expect(PLAIN_RECORDS_LAYOUT).toMatchObject(SHARED_LIMITS);
  // Eight more are read behind the last.
  expect(SHAPE_BYTES - SHAPE_TEXT).toBeGreaterThanOrEqual(LONGEST + 8);
});
