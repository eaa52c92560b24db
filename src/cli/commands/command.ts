import type { Command } from 'commander';
import type { Text } from '../../base/text.ts';
import type { Threads } from '../../intake/read-inputs.ts';
import type { ProgramIdentity } from '../../publish/manifest.ts';
import { helpIn } from '../terminal/help.ts';
import type { Translate } from '../terminal/language.ts';

/** What a command is called with, beside its words. */
export interface Invocation {
  readonly t: Translate;
  readonly signal: AbortSignal;
  readonly threads: Threads;
  readonly program: ProgramIdentity;
  /** The command line with all commands: for what tells of all of them. */
  readonly wholeProgram: () => Promise<Command>;
}

/**
 * What the file of a command gives: it adds arguments, flags and examples, and what the command does. Options get no
 * defaults, so that a config file can tell what was given.
 */
export type Declare = (made: Command, invocation: Invocation) => void;

/** A command by its name and the one line that help says of it. */
export function addCommand(parent: Command, name: string, description: Text, t: Translate): Command {
  const made = parent.command(name).description(t(description));
  helpIn(made, t);
  return made;
}
