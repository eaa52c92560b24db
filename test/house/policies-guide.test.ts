import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseJson } from '../../src/cli/options/json-text.ts';
import { policyFile1Schema } from '../../src/policy/policy-file.ts';
import { BIN, execute, inFolder } from '../cli/command.ts';
import { ROOT } from '../support/program.ts';

const guide = (name: string): string => readFileSync(join(ROOT, 'docs', name), 'utf8');
const blocksOf = (document: string): readonly string[] =>
  [...document.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
const BLOCKS = blocksOf(guide('policies.md'));

test('the guide to policies says the same in both languages', () => {
  expect(BLOCKS.length).toBe(4);
  expect(blocksOf(guide('policies.ja.md'))).toEqual(BLOCKS);
});

test('its commands run as they stand, and end as it says', async () => {
  await inFolder(async (folder) => {
    symlinkSync(join(ROOT, 'examples'), join(folder, 'examples'));
    const called = `regionpay-reconcile() { '${process.execPath}' '${BIN}' "$@"; echo "$? $1 $2" >> called; }\n`;
    writeFileSync(join(folder, 'guide.sh'), called + BLOCKS.join('\n'));
    const { status, stdout } = await execute('bash', ['guide.sh'], { cwd: folder });
    expect(status).toBe(0);
    expect(readFileSync(join(folder, 'called'), 'utf8').split('\n')).toEqual([
      '2 policy new',
      '0 policy check',
      '0 rules --policy',
      '1 policy diff',
      '0 synth --policy',
      '0 run --config',
      '0 explain try/runs/2032-07-16',
      '1 policy diff',
      '',
    ]);
    // What the last of them is for: each term that was amended, with what it moves.
    expect(stdout).toMatch(/claimsClose: 2032-06-15 → 2032-05-31: \d+ coupons?, /);
  });
});

test.each(['kohoku-2032', 'kohoku-2032-amended'])('its policy %s is one, by the name of its file', (name) => {
  const parsed = parseJson(readFileSync(join(ROOT, `examples/policies/${name}.json`), 'utf8'));
  expect(policyFile1Schema.parse('value' in parsed ? parsed.value : undefined).id).toBe(name);
});
