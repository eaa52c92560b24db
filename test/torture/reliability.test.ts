import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Attack } from '../../tools/torture/attack.ts';
import { ATTACKS } from '../../tools/torture/attacks.ts';
import { documentOf, rowsIn, tableOf } from '../../tools/torture/reliability.ts';
import type { Outcome } from '../../tools/torture/run-attack.ts';
import { ROOT } from '../support/program.ts';

const [first, second] = ATTACKS as [Attack, Attack];
const outcome = (attack: Attack, cases: number, broken = 0, notRun?: string): Outcome => ({
  ...{ attack, cases, broken, seconds: 1, notRun },
});

describe('docs/reliability.md', () => {
  const rows = rowsIn(readFileSync(join(ROOT, 'docs/reliability.md'), 'utf8'));

  it('has a row for every attack, in its words', () => {
    expect([...rows.keys()]).toEqual(ATTACKS.map(({ name }) => name));
    for (const { name, done, held } of ATTACKS)
      expect([rows.get(name)?.[1], rows.get(name)?.[3]]).toEqual([done, held]);
  });

  it('counts cases by a seed', () => {
    for (const row of rows.values())
      expect(row.slice(2)).toEqual([
        expect.stringMatching(/^[1-9][\d,]*$/),
        row[3],
        expect.stringMatching(/^\d[\d,]*$/),
        expect.stringMatching(/^\d+$/),
      ]);
  });
});

describe('the document', () => {
  it('takes new counts, and keeps those of what was not run', () => {
    const before = documentOf([outcome(first, 12_345), outcome(second, 7, 1)], 3, '');
    const after = rowsIn(documentOf([outcome(second, 9), outcome(first, 0, 0, 'there is no strace')], 4, before));
    expect(after.get(first.name)?.slice(2)).toEqual(['12,345', first.held, '0', '3']);
    expect(after.get(second.name)?.slice(2)).toEqual(['9', second.held, '0', '4']);
  });
});

describe('the table', () => {
  it('says what was not run, and why', () => {
    expect(tableOf([outcome(first, 3, 1), outcome(second, 0, 0, 'there is no strace')], 5).split('\n')).toEqual([
      'attack           cases  broken  seed 5',
      'writing-calls        3       1  1 s',
      'reading-calls  not run          there is no strace',
    ]);
  });
});
