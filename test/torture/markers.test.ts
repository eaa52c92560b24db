import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MARKERS, markersIn, markersInFiles } from '../../tools/torture/markers.ts';
import { withFolder } from '../support/program.ts';

describe('markers', () => {
  it.each([
    ['name', 'columns not used: 蓼科鰐淵'],
    ['kana', 'half-width: ﾇﾇﾇ'],
    ['phone', '080-7310-1234'],
    ['email', 'ZZQMARK1@example.jp'],
    ['account', 'account 7319100'],
    ['decider', 'by ZDECIDER'],
  ])('of a %s are found', (kind, text) => {
    expect(markersIn(text)).toEqual([`${kind}: ${text}`]);
    expect(kind in MARKERS).toBe(true);
  });

  it('are not found in hashes and shapes', () => {
    expect(markersIn('sha256 ab7319100cd, <3: 99999999999>, ** ***34')).toEqual([]);
  });

  it('are found in any file but those that may hold them', () => {
    withFolder((folder) => {
      for (const name of ['inputs', 'excel']) mkdirSync(join(folder, name));
      for (const name of ['payouts.csv', 'to_send.csv', 'excel/payouts.csv', 'inputs/ab.gz'])
        writeFileSync(join(folder, name), '08073101234');
      expect(markersInFiles(folder)).toEqual([]);
      writeFileSync(join(folder, 'rejects.csv'), '08073101234');
      writeFileSync(join(folder, 'kept.gz'), gzipSync('蓼科太郎'));
      expect(markersInFiles(folder).map((fault) => fault.split(':')[0])).toEqual([
        'kept.gz holds a contact',
        'rejects.csv holds a contact',
      ]);
      // As a lock file that a kill has left beside a run.
      expect(markersInFiles(join(folder, 'rejects.csv')).map((fault) => fault.split(':')[0])).toEqual([
        'rejects.csv holds a contact',
      ]);
      expect(markersInFiles(join(folder, 'gone'))).toEqual([]);
    });
  });
});
