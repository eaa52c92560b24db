import { describe, expect, test } from 'vitest';
import { programCalledWith } from '../support/program-called.ts';

const optionsIn = (program: Awaited<ReturnType<typeof programCalledWith>>, name: string): number =>
  program.commands.find((each) => each.name() === name)?.options.length ?? 0;

const NAMES = (await programCalledWith()).commands.map((command) => command.name());

describe('the list of commands', () => {
  test('is this', () => {
    expect(NAMES).toEqual([
      'init',
      'run',
      'check',
      'show',
      'status',
      'explain',
      'review',
      'verify',
      'seal',
      'diff',
      'report',
      'purge',
      'zengin',
      'gift-order',
      'deliveries',
      'rules',
      'policy',
      'profiles',
      'synth',
      'completion',
    ]);
  });

  // The list is told without the files of the commands: what it says that they take must be what they take.
  test.each(NAMES)('%s is told with the arguments that its file declares', async (name) => {
    const program = await programCalledWith(name);
    const command = program.commands.find((each) => each.name() === name);
    if (command === undefined) throw new Error('no such command');
    // What a command declares of its own is told by its own help.
    expect(program.createHelp().subcommandTerm(command)).toBe(command.createHelp().subcommandTerm(command));
  });
});

describe('the file of a command is loaded', () => {
  test.each(NAMES)('%s where it is called, and no other', async (name) => {
    const program = await programCalledWith(name, 'x');
    expect(NAMES.filter((each) => optionsIn(program, each) > 0)).toEqual([name]);
  });

  test('where help is asked for by its name', async () => {
    expect(optionsIn(await programCalledWith('help', 'run'), 'run')).toBeGreaterThan(0);
  });

  test('not because an argument of another has its name', async () => {
    const program = await programCalledWith('explain', 'run', 'check');
    expect(NAMES.filter((each) => optionsIn(program, each) > 0)).toEqual(['explain']);
  });

  test('nor where none is called', async () => {
    const program = await programCalledWith('--version');
    expect(NAMES.filter((each) => optionsIn(program, each) > 0)).toEqual([]);
  });
});
