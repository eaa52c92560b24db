import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ALLOWANCES, readAllowances } from '../../../src/cli/options/allowances.ts';
import { ROOT } from '../../support/program.ts';
import { inFolder, put, regionpay, toldAsJson, toldCodes } from '../command.ts';

test('nothing is let through unless it is asked for, each by its own option', () => {
  const nothing = { cutFile: false, emptyFile: false, missingDays: false, rowsGone: false, otherTerms: false };
  expect(readAllowances({})).toEqual(nothing);
  expect(ALLOWANCES.map(({ name }) => readAllowances({ [name]: true }))).toEqual(
    Object.keys(nothing).map((name) => ({ ...nothing, [name]: true })),
  );
});

test.each([
  ...ALLOWANCES.map(({ name, option }) => [name, option] as const),
  ['first', '--first'] as const,
])('%s is of one run: a config file that holds it is refused, and says so', async (name, option) => {
  await inFolder(async (folder) => {
    const config = put(folder, 'run.json', JSON.stringify({ [name]: true }));
    const ended = await regionpay(['run', '--config', config, '--json']);
    expect(ended.status).toBe(2);
    const [first] = toldAsJson(ended);
    expect([first?.code, first?.where]).toEqual(['BAD_CONFIG', `${config}: ${name}`]);
    expect(first?.advice.en).toContain(`${option} with that run alone`);
    expect(first?.advice.ja).toContain(option);
  });
});

test.each([
  ['CUT_FILE', '--allow-cut-file'],
  ['NO_ROWS', '--allow-empty-file'],
])('%s is let through by %s, and by no other', async (code, option) => {
  await inFolder(async (folder) => {
    const config = join(ROOT, 'fixtures/errors', code, 'run.json');
    const run = (...more: readonly string[]) =>
      regionpay(['run', '--config', config, '--out', join(folder, 'run'), '--quiet', ...more]);
    const others = ALLOWANCES.map((each) => each.option).filter((each) => each !== option);
    const refused = await run(...others);
    expect([refused.status, ...toldCodes(refused)]).toEqual([3, code]);
    expect((await run(option)).status).toBe(0);
  });
});
