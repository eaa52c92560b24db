import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, readRows } from '../support/program.ts';
import { BIN, type Ended, execute, inFolder, NIGHT } from './command.ts';

/** The lines of a README that stand in a crontab: variables, and the one line of the night. */
function crontabOf(readme: string): { readonly variables: readonly string[]; readonly line: string } {
  const block = /```\n(PATH=[^`]*?)```/.exec(readFileSync(join(ROOT, readme), 'utf8'))?.[1] ?? '';
  const lines = block.trimEnd().split('\n');
  const night = lines.filter((line) => /^\d/.test(line));
  if (night.length !== 1) throw new Error(`${readme} has no one line for cron`);
  return {
    variables: lines.filter((line) => /^[A-Z]+=/.test(line)),
    line: (night[0] as string).replace(/^(?:\S+\s+){5}/, ''),
  };
}

/** A machine as the README takes it to be, below a folder: the program in a folder of its own, inputs and a log. */
function machineIn(folder: string) {
  for (const name of ['bin', 'srv', 'log']) mkdirSync(join(folder, name));
  symlinkSync(process.execPath, join(folder, 'bin/node'));
  symlinkSync(BIN, join(folder, 'bin/regionpay-reconcile'));
  chmodSync(BIN, 0o755);
  cpSync(NIGHT, join(folder, 'srv'), { recursive: true });
  const config = {
    ...(JSON.parse(readFileSync(join(NIGHT, 'run.json'), 'utf8')) as object),
    out: 'runs/{date}',
  };
  return {
    log: () => readFileSync(join(folder, 'log/regionpay.log'), 'utf8').trimEnd().split('\n'),
    /** What cron does with the line on a day: no variable is set but those of the crontab, and some of its own. */
    night: (day: string, readme: string, changes: object = {}): Promise<Ended> => {
      writeFileSync(
        join(folder, 'srv/run.json'),
        JSON.stringify({ ...config, asOf: `2023-05-${day}T02:00`, ...changes }),
      );
      const { variables, line } = crontabOf(readme);
      const here = (text: string): string =>
        text.replaceAll('/srv/regionpay', join(folder, 'srv')).replaceAll('/var/log', join(folder, 'log'));
      const set = variables.map((each) => here(each).replace('/usr/local/bin', join(folder, 'bin')));
      return execute('/usr/bin/env', [
        '-i',
        'HOME=/',
        'LOGNAME=regionpay',
        'SHELL=/bin/sh',
        ...set,
        '/bin/sh',
        '-c',
        here(line),
      ]);
    },
  };
}

describe.each(['README.md', 'README.ja.md'])('the line for cron in %s', (readme) => {
  it('says nothing on two good nights, and the second makes no payout of the first again', () =>
    inFolder(async (folder) => {
      const machine = machineIn(folder);
      expect(await machine.night('08', readme)).toEqual({ status: 0, stdout: '', stderr: '' });
      expect(await machine.night('09', readme)).toEqual({ status: 0, stdout: '', stderr: '' });
      const payouts = (day: string) => readRows(join(folder, `srv/runs/2023-05-${day}/payouts.csv`));
      // The worked night: 12 payouts, 26,401 yen.
      expect(payouts('08').reduce((sum, row) => sum + Number(row.amount_yen), 0)).toBe(26401);
      expect(payouts('09')).toEqual([]);
      // --quiet: there is nothing to tell of a good night.
      expect(machine.log()).toEqual(['']);
    }));

  it('prints the log of a bad night, for cron to mail it, and leaves no run', () =>
    inFolder(async (folder) => {
      const machine = machineIn(folder);
      const { stdout, stderr } = await machine.night('08', readme, { transactions: 'gone.csv' });
      expect(stderr).toBe('');
      const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { level: number; code: string };
      expect([last.level, last.code]).toEqual([50, 'NO_SUCH_FILE']);
      expect(existsSync(join(folder, 'srv/runs/2023-05-08'))).toBe(false);
    }));
});
