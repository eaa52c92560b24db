import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Attack } from '../../tools/torture/attack.ts';
import { ATTACKS } from '../../tools/torture/attacks.ts';
import { documentOf, rowsIn, tableOf } from '../../tools/torture/reliability.ts';
import type { Outcome } from '../../tools/torture/run-attack.ts';
import { ROOT } from '../support/program.ts';

const [first, second] = ATTACKS as [Attack, Attack];
const outcome = (attack: Attack, seed: number, cases: number, broken = 0, notRun?: string): Outcome => ({
  ...{ attack, seed, cases, broken, seconds: 1, notRun },
});

describe('docs/reliability.md', () => {
  const rows = rowsIn(readFileSync(join(ROOT, 'docs/reliability.md'), 'utf8'));

  it('has a row for every attack, in its words', () => {
    expect([...rows.keys()]).toEqual(ATTACKS.map(({ name }) => name));
    for (const { name, done, held } of ATTACKS)
      expect([rows.get(name)?.[1], rows.get(name)?.[3]]).toEqual([done, held]);
  });

  it('counts cases by their seeds', () => {
    for (const row of rows.values())
      expect(row.slice(2)).toEqual([
        expect.stringMatching(/^[1-9][\d,]*$/),
        row[3],
        expect.stringMatching(/^\d[\d,]*$/),
        expect.stringMatching(/^\d+( to \d+)?(, \d+( to \d+)?)*$/),
      ]);
  });
});

describe('the document', () => {
  const countsOf = (document: string, { name, held }: Attack) => {
    const row = rowsIn(document).get(name) ?? [];
    expect(row[3]).toBe(held);
    return [row[2], row[4], row[5]];
  };

  it('takes new counts, and keeps those of what was not run', () => {
    const before = documentOf([outcome(first, 3, 12_345), outcome(second, 3, 7, 1)], '');
    const after = documentOf([outcome(second, 4, 9), outcome(first, 4, 0, 0, 'there is no strace')], before);
    expect(countsOf(after, first)).toEqual(['12,345', '0', '3']);
    expect(countsOf(after, second)).toEqual(['9', '0', '4']);
  });

  it('adds the counts of other seeds to those that it has, and says which', () => {
    const before = documentOf([outcome(first, 1, 999), outcome(second, 1, 7)], '');
    const more = [outcome(first, 9, 10_001), outcome(first, 8, 2_000, 1)];
    const after = documentOf(more, before, 'added');
    expect(countsOf(after, first)).toEqual(['13,000', '1', '1, 8 to 9']);
    expect(countsOf(after, second)).toEqual(['7', '0', '1']);
    expect(countsOf(documentOf([outcome(first, 10, 1)], after, 'added'), first)).toEqual(['13,001', '1', '1, 8 to 10']);
  });

  it('counts no case twice', () => {
    const before = documentOf([outcome(first, 1, 5), outcome(first, 2, 5), outcome(first, 3, 5)], '');
    expect(() => documentOf([outcome(first, 2, 5)], before, 'added')).toThrow('seed 2 is counted already');
    expect(() => documentOf([outcome(first, 4, 5), outcome(first, 4, 5)], before)).toThrow('seed 4 is counted already');
  });

  it('adds nothing to what another attack of the name did', () => {
    const told = documentOf([outcome(first, 1, 5)], '').replace(first.done, 'something else');
    expect(() => documentOf([outcome(first, 2, 5)], told, 'added')).toThrow('count it anew');
    expect(countsOf(documentOf([outcome(first, 2, 6)], told), first)).toEqual(['6', '0', '2']);
  });
});

describe('the table', () => {
  it('says what was not run, and why', () => {
    expect(tableOf([outcome(first, 5, 3, 1), outcome(second, 5, 0, 0, 'there is no strace')]).split('\n')).toEqual([
      'attack           cases  broken  seed 5',
      'writing-calls        3       1  1 s',
      'reading-calls  not run          there is no strace',
    ]);
  });

  it('adds up what several seeds came to', () => {
    expect(tableOf([outcome(first, 5, 3, 1), outcome(first, 6, 4), outcome(first, 9, 1)]).split('\n')).toEqual([
      'attack         cases  broken  seed 5 to 6, 9',
      'writing-calls      8       1  3 s',
    ]);
  });
});
