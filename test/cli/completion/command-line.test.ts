import { Command, Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { commandTyped, withInner } from '../../../src/cli/completion/command-line.ts';

const root = new Command('tool').description('a tool');
const open = root.command('open').argument('<run>').description('opens');
open
  .addOption(new Option('--files <file...>'))
  .addOption(new Option('--lang <ja|en>'))
  .addOption(new Option('--log-level <level>'))
  .addOption(new Option('--quiet'))
  .addOption(new Option('--memory <size>'))
  .helpOption(false);
const inner = root.command('policy').option('--json');
inner.command('schema').argument('[which]', 'policy | config').helpOption(false);

const typed = (name: string) => withInner(commandTyped(root)).find((each) => each.name === name);

describe('what may be typed', () => {
  it('is every command by the words that call it', () => {
    // commander adds help of its own to a command with others; it completes as a word of the list.
    expect(withInner(commandTyped(root)).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['', 'open', 'policy', 'policy schema']),
    );
  });

  it('behind an option follows from its placeholder', () => {
    expect(typed('open')?.options.map(({ long, value }) => [long, value])).toEqual([
      ['--files', { kind: 'file' }],
      ['--lang', { kind: 'words', words: ['ja', 'en'] }],
      ['--log-level', { kind: 'words', words: ['silent', 'error', 'warn', 'info', 'debug'] }],
      ['--quiet', undefined],
      ['--memory', { kind: 'any' }],
    ]);
  });

  it('behind a command is what it takes', () => {
    expect(typed('open')?.values).toEqual([{ kind: 'folder' }]);
    expect(typed('policy schema')?.values).toEqual([{ kind: 'words', words: ['policy', 'config'] }]);
  });
});
