import type { Command } from 'commander';
import { ownOf } from '../../base/own.ts';
import { text } from '../../base/text.ts';
import { bashCompletion } from '../completion/bash.ts';
import { commandTyped, type TypedCommand } from '../completion/command-line.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { tellingFlags } from '../options/telling.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import { write } from '../terminal/terminal.ts';
import type { Invocation } from './command.ts';

const SHELLS: Readonly<Record<string, (program: string, root: TypedCommand) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `completion`: a script by which a shell completes what is typed. */
export function declare(made: Command, { t, wholeProgram }: Invocation): void {
  tellingFlags(made, t)
    .argument('<shell>', 'bash | zsh | fish')
    .addHelpText('after', `\n${t(EXAMPLES)}`)
    .action(async (shell: string) => {
      const program = await wholeProgram();
      await write(process.stdout, scriptFor(shell)(program.name(), commandTyped(program)));
    });
}

const EXAMPLES = text(
  `例:
  regionpay-reconcile completion bash > ~/.local/share/bash-completion/completions/regionpay-reconcile
  regionpay-reconcile completion zsh > "\${fpath[1]}/_regionpay-reconcile"
  regionpay-reconcile completion fish > ~/.config/fish/completions/regionpay-reconcile.fish`,
  `Examples:
  regionpay-reconcile completion bash > ~/.local/share/bash-completion/completions/regionpay-reconcile
  regionpay-reconcile completion zsh > "\${fpath[1]}/_regionpay-reconcile"
  regionpay-reconcile completion fish > ~/.config/fish/completions/regionpay-reconcile.fish`,
);

/** @throws CommandFailure */
function scriptFor(shell: string): (program: string, root: TypedCommand) => string {
  const script = ownOf(SHELLS, shell);
  if (script !== undefined) return script;
  const names = Object.keys(SHELLS).join(', ');
  throw new CommandFailure(EXIT.usage, [
    {
      code: 'UNKNOWN_VALUE',
      where: `completion ${shell}`,
      what: text('このシェルの補完はありません', 'no completion for this shell'),
      advice: text(`${names} のどれかを指定してください`, `give one of ${names}`),
    },
  ]);
}
