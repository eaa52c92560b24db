import { describe, expect, it } from 'vitest';
import { regionpay, toldCodes } from '../command.ts';

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])('prints a script for %s that knows every command', async (shell) => {
    const { status, stdout } = await regionpay(['completion', shell]);
    expect(status).toBe(0);
    const { stdout: help } = await regionpay(['--help']);
    const names = [...help.matchAll(/^ {2}([a-z-]+)(?: [<[].*?)? {2,}/gm)].map((match) => match[1] as string);
    expect(names).toContain('verify');
    for (const name of names.filter((each) => each !== 'help')) expect(stdout).toContain(name);
  });

  it('describes in the language that is asked for', async () => {
    const { stdout } = await regionpay(['completion', 'fish'], { env: { LANG: 'ja_JP.UTF-8' } });
    expect(stdout).toContain('クーポンの発行データ');
  });

  it('says which shells there are where another is named', async () => {
    const ended = await regionpay(['completion', 'tcsh']);
    expect([ended.status, ...toldCodes(ended)]).toEqual([2, 'UNKNOWN_VALUE']);
    expect(ended.stderr).toContain('bash, zsh, fish');
  });
});
