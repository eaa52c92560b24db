import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { untouched } from '../../tools/torture/mutations.ts';
import { INPUT_OPTIONS, type Night, nightOf } from '../../tools/torture/nights.ts';
import { Dice } from '../simulation/dice.ts';
import { program, withFolder } from '../support/program.ts';

/** Who gets what of a night. */
function moneyOf(night: Night, folder: string): readonly string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, bytes] of Object.entries(untouched(night)))
    writeFileSync(join(folder, `${name}.${name in night.tables ? 'csv' : 'json'}`), bytes);
  const inputs = Object.keys(night.tables).flatMap((name) => [INPUT_OPTIONS[name] ?? '', join(folder, `${name}.csv`)]);
  const limits = ['--max-rejects', '100%', '--max-small-rejects', '100%', '--max-unmatched', '100%'];
  const allowed = ['--allow-empty-file', '--allow-missing-days', '--quiet'];
  const out = join(folder, 'o');
  const told = ['--profile', join(folder, 'profile.json'), '--as-of', '2023-05-15', '--out', out];
  const { status, stderr } = program(['run', ...inputs, ...limits, ...allowed, ...told]);
  if (status !== 0) throw new Error(String(stderr));
  return readFileSync(join(out, 'eligibility.csv'), 'utf8')
    .split('\n')
    .map((row) => row.split(',').slice(0, 8).join(','));
}

it.each([1, 3, 5])('night %i written as a till and a wallet export it comes to the same money', (seed) => {
  withFolder((folder) => {
    const mapped = nightOf(seed, new Dice(1, 'asOf'));
    expect(JSON.stringify(mapped.documents.profile)).toContain('"schemaVersion":2');
    const plain = nightOf(seed, new Dice(1, 'asOf'), 'as our own');
    expect(moneyOf(mapped, join(folder, 'mapped'))).toEqual(moneyOf(plain, join(folder, 'plain')));
  });
});
