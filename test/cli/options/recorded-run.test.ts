import { expect, it } from 'vitest';
import { recordedRunIn } from '../../../src/cli/options/recorded-run.ts';
import { CommandFailure } from '../../../src/cli/terminal/exit.ts';
import { withFolder } from '../../support/program.ts';

// What else it refuses is shown by processes in test/cli/commands/status.test.ts.
it('a folder without a manifest holds no recorded run', () => {
  expect(() => withFolder((folder) => recordedRunIn(folder))).toThrow(CommandFailure);
});
