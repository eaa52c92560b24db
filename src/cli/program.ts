import { Command } from 'commander';
import { type Text, text } from '../base/text.ts';
import { addCommand, type Declare, type Invocation } from './commands/command.ts';
import { type CommandName, calledIn } from './parts.ts';
import { commandTerm, helpIn } from './terminal/help.ts';
import type { Translate } from './terminal/language.ts';

interface CommandEntry {
  readonly name: CommandName;
  /** Its arguments, as its file declares them. */
  readonly takes?: string;
  /** The one line that the list of commands says of it. */
  readonly description: Text;
  readonly load: () => Promise<{ readonly declare: Declare }>;
}

/** Each command has a file, loaded when it is called: the list of commands must not wait for the rules. */
const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'init',
    takes: '[file...]',
    description: text(
      '手元のファイルを見て、読むための設定(profile.json と run.json)を作る',
      'look at files as they are, and write what reads them (profile.json and run.json)',
    ),
    load: () => import('./commands/init.ts'),
  },
  {
    name: 'run',
    description: text('入力と規則から、実行結果のフォルダーをひとつ作る', 'make one run folder from inputs and rules'),
    load: () => import('./commands/run.ts'),
  },
  {
    name: 'check',
    description: text(
      '入力だけを読み、読めない行をすべて示す',
      'read the inputs only, and show every row that cannot be read',
    ),
    load: () => import('./commands/check.ts'),
  },
  {
    name: 'show',
    takes: '<run>',
    description: text('実行結果の集計をもう一度表示する', 'print the summary of a run again'),
    load: () => import('./commands/show.ts'),
  },
  {
    name: 'status',
    takes: '<series>',
    description: text('実行の並びの今の状態を一画面で示す', 'say on one screen where a series of runs stands'),
    load: () => import('./commands/status.ts'),
  },
  {
    name: 'explain',
    takes: '<run> <who...>',
    description: text('そのクーポンがなぜそうなったかを説明する', 'say why a coupon came out as it did'),
    load: () => import('./commands/explain.ts'),
  },
  {
    name: 'review',
    takes: '<run>',
    description: text(
      '確認事項に端末でひとつずつ答え、決定ファイルに書く',
      'answer the open questions of a run at the terminal, into a file of decisions',
    ),
    load: () => import('./commands/review.ts'),
  },
  {
    name: 'verify',
    takes: '<run>',
    description: text(
      '実行結果が変わっていないこと、同じ結果が出ることを確かめる',
      'check that a run is unaltered and comes out the same',
    ),
    load: () => import('./commands/verify.ts'),
  },
  {
    name: 'seal',
    takes: '<run>',
    description: text(
      '実行結果の指紋を、別の場所の書き足すだけのファイルに一行で残す',
      'note the fingerprint of a run down in a file elsewhere that only grows',
    ),
    load: () => import('./commands/seal.ts'),
  },
  {
    name: 'diff',
    takes: '<before> <after>',
    description: text('ふたつの実行結果をクーポンごとに比べる', 'compare two runs, coupon by coupon'),
    load: () => import('./commands/diff.ts'),
  },
  {
    name: 'report',
    takes: '<run> [after]',
    description: text(
      '実行結果のページ、またはふたつを比べるページ(HTML)を作る',
      'make the page of a run, or one that compares two (HTML)',
    ),
    load: () => import('./commands/report.ts'),
  },
  {
    name: 'purge',
    takes: '<run...>',
    description: text(
      '古い実行結果から連絡先を消し、残りの証明は確かめられるままにする',
      'take contacts out of old runs, and leave the rest of the proof verifiable',
    ),
    load: () => import('./commands/purge.ts'),
  },
  {
    name: 'zengin',
    takes: '<run>',
    description: text(
      '銀行振込の支払を、全銀協の総合振込ファイルにする',
      'put the bank transfers of a run into a Zengin file; read one',
    ),
    load: () => import('./commands/zengin.ts'),
  },
  {
    name: 'gift-order',
    takes: '<run>',
    description: text(
      'URL で送る支払の、デジタルギフト業者への一括依頼を作る',
      'make the bulk order of gifts for what is paid by URL',
    ),
    load: () => import('./commands/gift-order.ts'),
  },
  {
    name: 'deliveries',
    takes: '<file...>',
    description: text('業者の送付結果を、支払済みの記録にする', 'turn a provider\u2019s result into paid rows'),
    load: () => import('./commands/deliveries.ts'),
  },
  {
    name: 'rules',
    description: text('条項・読み方・規則を示す', 'show clauses, readings and rules'),
    load: () => import('./commands/rules.ts'),
  },
  {
    name: 'policy',
    description: text('有効な数値を示す。policy ファイルを確かめる', 'show the terms in force; check a policy file'),
    load: () => import('./commands/policy.ts'),
  },
  {
    name: 'profiles',
    description: text(
      '組み込みのプロファイル(ほかのシステムの書き出しの読み方)を示す',
      'list the built-in profiles: how exports of other systems are read',
    ),
    load: () => import('./commands/profiles.ts'),
  },
  {
    name: 'synth',
    description: text('架空の入力を、正しい答えとともに作る', 'make synthetic inputs, with the answers known'),
    load: () => import('./commands/synth.ts'),
  },
  {
    name: 'completion',
    takes: '<shell>',
    description: text('シェルの入力補完の設定を出す', 'print what makes a shell complete the command line'),
    load: () => import('./commands/completion.ts'),
  },
];

/** A command in the list, where the others are known by their names alone. */
const termOf = (made: Command, t: Translate): string =>
  commandTerm(made.name(), made.name() === 'help' ? '[command]' : COMMANDS.find(isNamed(made.name()))?.takes, t);

const isNamed =
  (name: string) =>
  (entry: CommandEntry): boolean =>
    entry.name === name;

/** The command line, in one language: every command by its name, and the one that is called with all that it takes. */
export async function buildProgram(argv: readonly string[], machine: Machine): Promise<Command> {
  const called = calledIn(argv);
  return programWith((name) => name === called, machine);
}

/** Every command with all that it takes: for what tells of all of them. */
export const wholeProgram = (machine: Machine): Promise<Command> => programWith(() => true, machine);

type Machine = Omit<Invocation, 'wholeProgram'>;

async function programWith(isDeclared: (name: string) => boolean, machine: Machine): Promise<Command> {
  const { t } = machine;
  const invocation: Invocation = { ...machine, wholeProgram: () => wholeProgram(machine) };
  const program = new Command('regionpay-reconcile');
  program
    .version(invocation.program.version, '-V, --version', t(text('版を表示する', 'print the version')))
    .description(
      t(
        text(
          'regionPAY の障害で約束された補償を、取引記録から計算します。',
          'Works out the compensation promised for the regionPAY outage from transaction records.',
        ),
      ),
    )
    .helpCommand('help [command]', t(text('使い方を表示する', 'display help for a command')))
    .showSuggestionAfterError(true);
  helpIn(program, t);
  program.configureHelp({ ...program.configureHelp(), subcommandTerm: (made) => termOf(made, t) });
  for (const { name, description, load } of COMMANDS) {
    const made = addCommand(program, name, description, t);
    if (isDeclared(name)) (await load()).declare(made, invocation);
  }
  return program;
}
