import { expect, test } from 'vitest';
import type { Night } from '../../../src/audit/verify/night.ts';
import { sharedDamage } from '../../../src/audit/verify/shared-damage.ts';

const FILE = 'inputs/abc.gz';
const night = (name: string, inode: string, isDamaged: boolean): Night =>
  ({
    folder: `/runs/${name}`,
    run: { entries: [{ name: FILE, kind: 'file', mode: 0o600, sizeBytes: 1, inode }] },
    damagedInputs: isDamaged ? [{ file: FILE, input: 'log.csv' }] : [],
  }) as unknown as Night;
const said = (...nights: readonly Night[]) => sharedDamage(nights).map(({ en }) => en);

test('a file that one night alone has is told by that night alone', () => {
  expect(said(night('a', '1', true))).toEqual([]);
  expect(said(night('a', '1', false), night('b', '1', false))).toEqual([]);
});

test('a file that nights share is told once, with all of them', () => {
  expect(said(night('a', '1', true), night('b', '1', true), night('c', '1', true))).toEqual([
    'inputs/abc.gz (the input log.csv) is one file that a, b, c share: it is damaged in all of them',
  ]);
});

test('copies of the same name are told too, whole or damaged', () => {
  expect(said(night('a', '1', true), night('b', '2', false))).toEqual([
    'inputs/abc.gz (the input log.csv) is whole in b, which has a copy of its own: restore it from there',
  ]);
  expect(said(night('a', '1', true), night('b', '2', true))).toEqual([
    'inputs/abc.gz (the input log.csv) is damaged in separate copies, too: a, b',
  ]);
});
