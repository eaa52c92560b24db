import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkSeries } from '../../../src/audit/verify/series.ts';
import { withFolder } from '../../support/program.ts';

interface Known {
  readonly run: string;
  readonly asOf: string;
  readonly manifestSha256: string;
  readonly fingerprint: string;
}

function putRun(folder: string, name: string, previous: Known | null, policy = 'made-up'): Known {
  const asOf = `${name}T02:00:00+09:00`;
  const fingerprint = `f-${name}`;
  const follows = previous === null ? null : { manifestSha256: previous.manifestSha256 };
  const manifest = JSON.stringify({ fingerprint, asOf, policy: { id: policy }, previous: follows });
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'manifest.json'), manifest);
  return { run: name, asOf, fingerprint, manifestSha256: createHash('sha256').update(manifest).digest('hex') };
}

interface Nights {
  readonly folder: string;
  readonly one: Known;
  readonly two: Known;
  readonly record: (head: Known, ended?: readonly Known[]) => void;
  readonly said: () => readonly string[];
}

const inNights = (use: (nights: Nights) => void): void =>
  withFolder((folder) => {
    const one = putRun(folder, '2031-05-01', null);
    const two = putRun(folder, '2031-05-02', one);
    const record = (head: Known, ended: readonly Known[] = []) =>
      writeFileSync(
        join(folder, 'series.json'),
        JSON.stringify({ schemaVersion: 1, heads: { 'made-up': head }, ended: { 'made-up': ended }, pending: null }),
      );
    record(two);
    use({ folder, one, two, record, said: () => checkSeries(join(folder, one.run), 'made-up').map(({ en }) => en) });
  });

test('a series that is as it was recorded says nothing, nor do runs that are none', () => {
  inNights(({ folder, said }) => {
    expect(said()).toEqual([]);
    rmSync(join(folder, 'series.json'));
    expect(said()).toEqual([]);
  });
});

describe('a series is not proved where', () => {
  test.each<[string, (nights: Nights) => void, readonly string[]]>([
    [
      'its head is gone',
      ({ folder, two }) => rmSync(join(folder, two.run), { recursive: true }),
      ['the folder of 2031-05-02, which series.json names, is not there', 'and nothing follows 2031-05-01'],
    ],
    [
      'its head has another manifest',
      ({ folder, one }) => void putRun(folder, '2031-05-02', { ...one, manifestSha256: 'another' }),
      ['manifest.json of 2031-05-02 is not the one that series.json names', 'and nothing follows 2031-05-01'],
    ],
    [
      'another fingerprint is recorded',
      ({ record, two }) => record({ ...two, fingerprint: 'another' }),
      ['series.json has another fingerprint of 2031-05-02'],
    ],
    [
      'another as-of is recorded',
      ({ record, two }) => record({ ...two, asOf: 'another' }),
      ['series.json has another as-of of 2031-05-02'],
    ],
    [
      'a run follows the head',
      ({ record, one }) => record(one),
      ['series.json calls 2031-05-01 the latest run, but 2031-05-02 follows it'],
    ],
    [
      'two runs follow one',
      ({ folder, one }) => void putRun(folder, '2031-05-03', one),
      ['2031-05-03 stands at the end of a chain that series.json does not know'],
    ],
    [
      'a run of no chain was put there',
      ({ folder }) => void putRun(folder, '2031-05-03', null),
      ['2031-05-03 stands at the end of a chain that series.json does not know'],
    ],
    [
      'series.json is none',
      ({ folder }) => writeFileSync(join(folder, 'series.json'), '{'),
      ['series.json cannot be read'],
    ],
    [
      'series.json knows nothing of the policy',
      ({ folder }) => writeFileSync(join(folder, 'series.json'), '{"heads":{},"ended":{}}'),
      ['series.json names no latest run of made-up'],
    ],
  ])('%s', (_, harm, [first = '', more]) => {
    inNights((nights) => {
      harm(nights);
      expect(nights.said()[0]).toBe(first);
      expect(nights.said().length).toBe(more === undefined ? 1 : 2);
    });
  });
});

test('chains that were left, runs of other policies and other folders are in order', () => {
  inNights(({ folder, two, record, said }) => {
    const three = putRun(folder, '2031-05-03', null);
    record(three, [two]);
    putRun(folder, '2031-05-04', null, 'other');
    mkdirSync(join(folder, 'notes'));
    expect(said()).toEqual([]);
  });
});
