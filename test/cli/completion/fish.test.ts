import { describe, expect, it } from 'vitest';
import { fishCompletion } from '../../../src/cli/completion/fish.ts';
import { TYPED } from './typed-commands.ts';

const lines = fishCompletion('tool', TYPED).split('\n');

describe('a script for fish', () => {
  it('offers commands first, and those of a command behind it', () => {
    expect(lines).toContain("complete -c tool -n '__fish_use_subcommand' -f -a policy -d 'policies'");
    expect(lines).toContain(
      "complete -c tool -n '__fish_seen_subcommand_from policy; and not __fish_seen_subcommand_from check' -f -a check -d 'it\\'s checked'",
    );
  });

  it('offers options where their command was called, with the values that they take', () => {
    expect(lines).toContain(
      "complete -c tool -n '__fish_seen_subcommand_from policy; and __fish_seen_subcommand_from check' -l lang -d 'ja [or] en' -r -f -a 'ja en'",
    );
    expect(lines).toContain("complete -c tool -n '__fish_seen_subcommand_from verify' -l chain -d 'all'");
  });

  it('offers folders where a run is asked for, and files where one is', () => {
    expect(lines).toContain(
      "complete -c tool -n '__fish_seen_subcommand_from verify' -f -a '(__fish_complete_directories)'",
    );
    expect(lines).toContain(
      "complete -c tool -n '__fish_seen_subcommand_from policy; and __fish_seen_subcommand_from check' -F",
    );
  });
});
