import { describe, expect, test } from 'vitest';
import { readInstant } from '../../src/intake/values/dates.ts';
import { type AskedPlace, headOf, placeOf, type RunInSeries } from '../../src/publish/chain-place.ts';
import type { Series } from '../../src/publish/series-file.ts';

const POLICY = 'made-up';
/** A run is called by its day of May; its manifest's hash is its name, the one that it follows that of another. */
const run = (day: string, previous: string | null, policyId = POLICY): RunInSeries => ({
  run: day,
  asOf: `2031-05-${day}T02:00:00+09:00`,
  manifestSha256: `m${day}`,
  fingerprint: `f${day}`,
  policyId,
  previousSha256: previous === null ? null : `m${previous}`,
});
const series = (head: RunInSeries, ended: readonly RunInSeries[] = []): Series => ({
  schemaVersion: 1,
  heads: { [POLICY]: headOf(head) },
  ended: { [POLICY]: ended.map(headOf) },
  pending: null,
});
const instant = (day: string): number => {
  const read = readInstant(`2031-05-${day}T02:00:00+09:00`);
  if ('problem' in read) throw new Error(day);
  return read.value;
};
const ask = (day: string, more: Partial<AskedPlace> = {}): AskedPlace => ({
  policyId: POLICY,
  run: day,
  asOf: instant(day),
  previousSha256: undefined,
  first: false,
  replace: false,
  ...more,
});

const [one, two, three] = [run('01', null), run('02', '01'), run('03', '02')];
const CHAIN = [one, two, three];

describe('a new run', () => {
  test('of an empty series begins the chain', () => {
    expect(placeOf(undefined, [], ask('01'))).toMatchObject({ previous: undefined, isHead: true, ended: [] });
  });

  test('follows the head that is recorded', () => {
    expect(placeOf(series(three), CHAIN, ask('04'))).toEqual({
      previous: { run: '03' },
      isHead: true,
      ended: [],
      adopted: undefined,
    });
  });

  test('may name the head', () => {
    expect(placeOf(series(three), CHAIN, ask('04', { previousSha256: 'm03' }))).toMatchObject({
      previous: { run: '03' },
    });
  });

  test.each(['m02', 'm01', 'somewhere else'])('may name no other run (%s)', (previousSha256) => {
    expect(placeOf(series(three), CHAIN, ask('04', { previousSha256 }))).toEqual({
      why: 'not the head',
      runs: ['03'],
    });
  });

  test('takes over a run that was made elsewhere, where there is no chain', () => {
    expect(placeOf(undefined, [], ask('04', { previousSha256: 'elsewhere' }))).toMatchObject({
      previous: 'elsewhere',
      isHead: true,
    });
  });

  test('is of its policy\u2019s chain alone', () => {
    const other = run('03', null, 'other');
    expect(placeOf(series(two), [one, two, other], ask('04'))).toMatchObject({ previous: { run: '02' } });
  });

  test('may not be as of before the head, and may be of the same instant', () => {
    expect(placeOf(series(three), CHAIN, ask('09', { asOf: instant('03') - 1 }))).toEqual({
      why: 'before the head',
      runs: ['03'],
    });
    expect(placeOf(series(three), CHAIN, ask('09', { asOf: instant('03') }))).toMatchObject({
      previous: { run: '03' },
    });
  });

  test('begins a second chain where that is asked for, and the first one ends', () => {
    expect(placeOf(series(three), CHAIN, ask('04', { first: true }))).toEqual({
      previous: undefined,
      isHead: true,
      ended: [headOf(three)],
      adopted: undefined,
    });
  });

  test('does not follow a chain that has ended', () => {
    const four = run('04', null);
    expect(placeOf(series(four, [three]), [...CHAIN, four], ask('05'))).toMatchObject({ previous: { run: '04' } });
  });
});

describe('a head that is not recorded', () => {
  test('is the run that no other follows', () => {
    expect(placeOf(undefined, CHAIN, ask('04'))).toMatchObject({ previous: { run: '03' }, adopted: '03' });
  });

  test('is the last of those that follow the recorded one: a crash, or another program, kept them from being recorded', () => {
    expect(placeOf(series(one), CHAIN, ask('04'))).toMatchObject({ previous: { run: '03' }, adopted: '03' });
  });

  test.each([
    ['without a record', undefined, [one, run('02', null)]],
    ['where two follow it', series(one), [one, two, run('03', '01')]],
  ])('is nobody\u2019s guess where there are several (%s)', (_, recorded, runs) => {
    const tips = runs.filter(({ run: name }) => recorded === undefined || name !== '01').map(({ run: name }) => name);
    expect(placeOf(recorded, runs, ask('04'))).toEqual({ why: 'several chains', runs: tips });
  });

  test('of several is the one that is named; the others end', () => {
    const other = run('02', null);
    expect(placeOf(undefined, [one, other], ask('04', { previousSha256: 'm02' }))).toEqual({
      previous: { run: '02' },
      isHead: true,
      ended: [headOf(one)],
      adopted: '02',
    });
  });

  test('cannot be replaced by an older run that is named', () => {
    expect(placeOf(undefined, CHAIN, ask('04', { previousSha256: 'm02' }))).toEqual({
      why: 'not the head',
      runs: ['03'],
    });
  });
});

describe('a head that is not as it was recorded', () => {
  test('is gone', () => {
    expect(placeOf(series(three), [one, two], ask('04'))).toEqual({ why: 'head gone', runs: ['03'] });
  });

  test('was altered', () => {
    const altered = { ...three, manifestSha256: 'another' };
    expect(placeOf(series(three), [one, two, altered], ask('04'))).toEqual({ why: 'head altered', runs: ['03'] });
  });

  test('keeps nobody from beginning anew, knowingly', () => {
    expect(placeOf(series(three), [one, two], ask('04', { first: true }))).toMatchObject({
      previous: undefined,
      ended: [headOf(three)],
    });
  });
});

describe('a run that is there already', () => {
  test.each([
    ['the head', '03', { previous: { run: '02' }, isHead: true }],
    ['an earlier one', '02', { previous: { run: '01' }, isHead: false }],
    ['the first', '01', { previous: undefined, isHead: false }],
  ])('is made again behind the run that it follows: %s', (_, day, expected) => {
    expect(placeOf(series(three), CHAIN, ask(day))).toMatchObject(expected);
  });

  test('may be replaced where it is the head', () => {
    expect(placeOf(series(three), CHAIN, ask('03', { replace: true }))).toMatchObject({
      previous: { run: '02' },
      isHead: true,
    });
  });

  test('is never replaced where others build on it', () => {
    expect(placeOf(series(three), CHAIN, ask('02', { replace: true }))).toEqual({
      why: 'replaces no head',
      runs: ['03'],
    });
  });

  test('is never replaced by a run of another policy', () => {
    expect(placeOf(series(three), CHAIN, ask('03', { replace: true, policyId: 'other' }))).toMatchObject({
      why: 'replaces no head',
    });
  });

  test('follows no other run than it did', () => {
    expect(placeOf(series(three), CHAIN, ask('03', { previousSha256: 'm01' }))).toEqual({
      why: 'not the head',
      runs: ['02'],
    });
    expect(placeOf(series(three), CHAIN, ask('03', { first: true }))).toEqual({ why: 'cuts the chain', runs: ['03'] });
    expect(placeOf(series(three), CHAIN, ask('01', { previousSha256: 'm03' }))).toEqual({
      why: 'cuts the chain',
      runs: ['01'],
    });
  });

  test('needs the run that it took over', () => {
    const taken = run('02', 'elsewhere');
    expect(placeOf(series(taken), [taken], ask('02'))).toEqual({ why: 'previous gone', runs: ['02'] });
    expect(placeOf(series(taken), [taken], ask('02', { previousSha256: 'melsewhere' }))).toMatchObject({
      previous: 'elsewhere',
      isHead: true,
    });
  });
});
