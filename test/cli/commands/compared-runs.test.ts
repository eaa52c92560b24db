import { describe, expect, test } from 'vitest';
import { text } from '../../../src/base/text.ts';
import { comparedRuns, limitOf, wrongValue } from '../../../src/cli/commands/compared-runs.ts';
import { CommandFailure } from '../../../src/cli/terminal/exit.ts';
import { withFolder } from '../../support/program.ts';

const codesOf = (error: unknown): readonly string[] =>
  error instanceof CommandFailure ? error.problems.map(({ code }) => code) : [];
const codesThrown = (called: () => unknown): readonly string[] => {
  try {
    called();
    return [];
  } catch (error) {
    return codesOf(error);
  }
};

describe('how many coupons are told', () => {
  test.each([
    [undefined, 50],
    ['0', 0],
    ['7', 7],
  ])('%s is %i', (value, limit) => expect(limitOf(value, 50)).toBe(limit));

  test.each(['-1', '1.5', 'all', '', true])('%s is no number of coupons', (value) => {
    expect(codesThrown(() => limitOf(value, 50))).toEqual(['UNKNOWN_VALUE']);
  });
});

test('a value that an option does not take is told with what it takes', () => {
  const advice = text('a', 'give a');
  expect(wrongValue('--limit x', advice).problems).toMatchObject([{ where: '--limit x', advice }]);
});

test('a folder that is no run is told before anything is compared', async () => {
  await withFolder(async (folder) => {
    const machine = { program: { name: 'n', version: 'v', revision: 'r' }, signal: new AbortController().signal };
    const compared = comparedRuns({ before: folder, after: folder, limit: 1 }, {}, machine as never);
    expect(await compared.catch(codesOf)).toEqual(['NOT_A_RUN_FOLDER']);
  });
});
