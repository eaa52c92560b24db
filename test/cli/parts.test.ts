import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { calledIn, PARTS, partOf } from '../../src/cli/parts.ts';
import { program, ROOT } from '../support/program.ts';

const called = (...words: readonly string[]): readonly string[] => ['node', 'regionpay-reconcile', ...words];
const NAMES: readonly string[] = PARTS.whole;

describe('a part of the program', () => {
  it.each([
    ['the nightly one for run', ['run', '--out', 'o'], 'nightly'],
    ['the nightly one for run, with options before it', ['--lang', 'en', 'run'], 'nightly'],
    ['the one of the command, where a folder is called as another command', ['verify', 'run'], 'whole'],
    ['the one of the command that help is asked of', ['help', 'zengin'], 'whole'],
    ['the whole program for what tells of every command', ['completion', 'bash'], 'whole'],
    ['the list where nothing is called', [], 'list'],
    ['the list for a word that is no command', ['rnu'], 'list'],
    ['the list for a word that every object knows', ['constructor'], 'list'],
  ])('is %s', (_, words, part) => {
    expect(partOf(called(...words))).toBe(part);
  });

  it('has each command once, and each has a file', () => {
    expect(new Set(NAMES).size).toBe(NAMES.length);
    const files = readdirSync(join(ROOT, 'src/cli/commands'));
    expect(NAMES.filter((name) => !files.includes(`${name}.ts`))).toEqual([]);
  });

  it('is asked for the first word that is a command', () => {
    expect(calledIn(called('--out', 'x', 'diff', 'run', 'check'))).toBe('diff');
    expect(calledIn(called('x'))).toBeUndefined();
  });

  it('knows each of its commands, as it was built', () => {
    // One that is of two parts, and one of each; completion asks all that the whole has.
    for (const name of ['run', 'check', 'explain']) {
      const { status, stdout, stderr } = program([name, '--help', '--lang', 'en']);
      expect([name, status, stderr]).toEqual([name, 0, '']);
      expect(stdout).toContain(`regionpay-reconcile ${name}`);
    }
    const { status, stdout } = program(['completion', 'bash']);
    expect([status, NAMES.filter((name) => !stdout.includes(name))]).toEqual([0, []]);
  });

  it('lists every command where none is called', () => {
    const { stdout } = program(['--help', '--lang', 'en']);
    expect(NAMES.filter((name) => !new RegExp(`^  ${name}\\b`, 'm').test(stdout))).toEqual([]);
  });
});
