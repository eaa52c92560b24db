import { join } from 'node:path';
import { expect, it } from 'vitest';
import { INPUTS, inFolder, regionpay } from '../command.ts';

it('show prints for a machine what the run was published with', () =>
  inFolder(async (folder) => {
    const out = join(folder, 'run');
    const made = await regionpay(['run', ...INPUTS, '--out', out, '--json', '--log-level', 'error']);
    const { summary, fingerprint } = JSON.parse(made.stdout) as { summary: unknown; fingerprint: string };
    const { stdout } = await regionpay(['show', out, '--json']);
    expect(JSON.parse(stdout)).toEqual({ run: out, fingerprint, summary });
  }));
