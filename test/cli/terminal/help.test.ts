import type { Argument, Command, Option } from 'commander';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/base/text.ts';
import { inJapanese } from '../../../src/cli/terminal/help.ts';
import { displayWidth } from '../../../src/cli/terminal/wrapped-text.ts';
import { helpOf, programCalledWith, programIn } from '../../support/program-called.ts';

const NAMES = (await programCalledWith()).commands.map((command) => command.name());

/** A command, as it declares itself where it is called. */
async function commandOf(name: string, language: Language): Promise<Command> {
  const program = await programIn(language, name);
  const command = program.commands.find((each) => each.name() === name);
  if (command === undefined) throw new Error(`no command ${name}`);
  return command;
}

const withSubcommands = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(withSubcommands),
];

describe('help in Japanese', () => {
  it.each([
    ['[options] <file...>', '[オプション] <ファイル...>'],
    ['--lang <ja|en>', '--lang <ja|en>'],
    ['--previous <run>', '--previous <実行結果>'],
  ])('names what stands for a value: %s', (term, expected) => {
    expect(inJapanese(term)).toBe(expected);
  });

  // What it says of its own accord is words of commander's, and placeholders.
  it.each(NAMES)('is Japanese throughout: %s', async (name) => {
    for (const command of withSubcommands(await commandOf(name, 'ja'))) {
      expect(helpOf(command)).not.toMatch(/Usage:|Options:|Arguments:|Commands:|Examples:|display help/);
      const takes = [
        ...command.options.map(({ flags }: Option) => flags),
        ...command.registeredArguments.map((argument: Argument) => `<${argument.name()}>`),
      ];
      const unknown = takes.map(inJapanese).flatMap((term) => term.match(/[<[][a-z]+(\.\.\.)?[>\]]/g) ?? []);
      expect(unknown).toEqual([]);
    }
  });
});

describe('help is as wide as the terminal', () => {
  it.each(
    NAMES.flatMap((name) => (['ja', 'en'] as const).map((language) => [name, language] as const)),
  )('%s (%s)', async (name, language) => {
    const command = await commandOf(name, language);
    const help = helpOf(command, 64);
    // The examples are for copying, and usage is one line.
    const described = (help.split(/^(?:例|Examples):/m)[0] as string).split('\n').slice(1);
    expect(described.length).toBeGreaterThan(command.options.length);
    for (const line of described) expect(displayWidth(line)).toBeLessThanOrEqual(64);
  });
});
