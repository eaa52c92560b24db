import { describe, expect, test } from 'vitest';
import { contactFiles, isPlainName, mayBePurged, readPurged } from '../../../src/audit/record/purged.ts';
import type { Manifest } from '../../../src/audit/record/run-record.ts';

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];
const note = (more: object): string =>
  JSON.stringify({
    schemaVersion: 1,
    purged: [{ name: 'payouts.csv', sha256: A, at: '2024-05-01T10:00:00+09:00', by: 'Yamada', ...more }],
  });

describe('purged.json', () => {
  test('says which files were taken, when and by whom', () => {
    expect(readPurged(note({}))).toEqual({
      purged: [{ name: 'payouts.csv', sha256: A, at: '2024-05-01T10:00:00+09:00', by: 'Yamada' }],
    });
  });

  test.each([
    ['eligibility.csv', 'says who is due what'],
    ['manifest.json', 'pins all the rest'],
    ['../other/payouts.csv', 'lies elsewhere'],
    [`inputs/../${A}`, 'lies elsewhere'],
  ])('that names %s, which %s, is not believed', (name) => {
    expect(mayBePurged(name)).toBe(false);
    expect(readPurged(note({ name }))).toMatchObject({
      unreadable: { en: expect.stringContaining('which may not be') },
    });
  });

  test.each([
    ['no JSON', 'not at all'],
    ['a hash that is none', note({ sha256: 'abc' })],
    ['a name with what would steer a terminal', note({ by: '\u001b[2J' })],
    ['a time with what would steer a terminal', note({ at: '\u001b[2J' })],
    ['more than it should', note({ more: 1 })],
  ])('with %s cannot be read', (_, content) => {
    expect(readPurged(content)).toMatchObject({ unreadable: { en: 'purged.json cannot be read' } });
  });

  test('shows a wrong name without what would steer a terminal', () => {
    expect(JSON.stringify(readPurged(note({ name: '\u001b[2J' })))).not.toContain('\u001b');
  });

  test('takes names of one line', () => {
    expect(['山田', 'a b', '', 'a\nb', 'x'.repeat(101)].map(isPlainName)).toEqual([true, true, false, false, false]);
  });
});

describe('files with contacts', () => {
  const input = (kind: string, sha256: string, gzip = false) => ({ kind, name: `${kind}.csv`, sha256, gzip });
  const manifest = (archive: boolean) =>
    ({
      options: { archive },
      outputs: ['eligibility.csv', 'payouts.csv', 'excel/payouts.csv', 'to_send.csv', 'paid_template.csv'].map(
        (name) => ({ name }),
      ),
      inputs: [input('issuance', A), input('transactions', B, true), input('decisions', A)],
    }) as unknown as Manifest;

  test('are payouts, what is to be sent, their copies, and what people wrote', () => {
    expect(contactFiles(manifest(true), false)).toEqual([
      { name: 'payouts.csv', inputs: [] },
      { name: 'excel/payouts.csv', inputs: [] },
      { name: 'to_send.csv', inputs: [] },
      { name: `inputs/${A}.gz`, inputs: ['issuance.csv', 'decisions.csv'] },
    ]);
  });

  test('are the log too, where all inputs are meant, and none that was not kept', () => {
    expect(contactFiles(manifest(true), true).map(({ name }) => name)).toContain(`inputs/${B}`);
    expect(contactFiles(manifest(false), true).filter(({ name }) => name.startsWith('inputs/'))).toEqual([]);
  });
});
