import { CommanderError } from 'commander';
import type { Problem } from '../../base/problem.ts';
import { type Text, text } from '../../base/text.ts';
import { CommandFailure, EXIT } from './exit.ts';
import type { Translate } from './language.ts';
import { ERROR, FATAL, logLine, WARN } from './log.ts';
import { problemsJson, problemsText } from './problem-text.ts';
import { write } from './terminal.ts';

/** In what form failures are told: for people, as one JSON text (`--json`), or as lines of a JSON log (`--log-format json`). */
export type FailureForm = 'text' | 'json' | 'log';

/** Tells that a command was ended from outside. Returns the exit code. */
export async function tellInterrupted(command: string, t: Translate, form: FailureForm): Promise<number> {
  const words =
    command === 'run'
      ? text('中断しました。何も公開していません。', 'interrupted; nothing was published.')
      : text('中断しました。', 'interrupted.');
  await write(process.stderr, form === 'log' ? logLine(WARN, 'interrupted', { what: t(words) }) : `${t(words)}\n`);
  return EXIT.interrupted;
}

/** Tells why a command could not go on. Returns the exit code. */
export async function tellFailure(error: unknown, t: Translate, form: FailureForm): Promise<number> {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.done;
    if (error.code === 'commander.help') return EXIT.usage;
    await tellProblems([commanderProblem(error)], t, form);
    return EXIT.usage;
  }
  const { otherFailureOf } = await import('./system-failure.ts');
  const failure = otherFailureOf(error);
  if (failure instanceof CommandFailure) {
    await tellProblems(failure.problems, t, form);
    return failure.exitCode;
  }
  const bug = text(
    'プログラムの誤りです。この表示を添えて知らせてください。',
    'this is a bug; please report it with what is shown here.',
  );
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  await write(
    process.stderr,
    form === 'log' ? logLine(FATAL, 'bug', { what: t(bug), stack }) : `${t(bug)}\n${stack}\n`,
  );
  return EXIT.bug;
}

function tellProblems(problems: readonly Problem[], t: Translate, form: FailureForm): Promise<void> {
  if (form === 'json') return write(process.stderr, problemsJson(problems));
  if (form === 'text') return write(process.stderr, problemsText(problems, t));
  const lines = problems.map(({ code, where, what, advice }) =>
    logLine(ERROR, 'problem', { code, where, what: t(what), advice: t(advice) }),
  );
  return write(process.stderr, lines.join(''));
}

const COMMANDER_WORDS: Readonly<Record<string, Text>> = {
  'commander.unknownOption': text('知らないオプションです', 'unknown option'),
  'commander.unknownCommand': text('知らないコマンドです', 'unknown command'),
  'commander.missingArgument': text('引数が足りません', 'an argument is missing'),
  'commander.optionMissingArgument': text('オプションの値がありません', 'the option needs a value'),
  'commander.excessArguments': text('引数が多すぎます', 'too many arguments'),
};

function commanderProblem(error: CommanderError): Problem {
  const named = /'([^']+)'/.exec(error.message)?.[1] ?? '';
  const suggestion = /\(Did you mean (?:one of )?([^?]+)\?\)/.exec(error.message)?.[1];
  const what = COMMANDER_WORDS[error.code] ?? text(error.message, error.message);
  const help = text('--help で使い方を見てください', 'see --help');
  const advice =
    suggestion === undefined
      ? help
      : text(`${suggestion} のことですか? ${help.ja}`, `did you mean ${suggestion}? Otherwise ${help.en}`);
  return { code: 'USAGE', where: named, what, advice };
}
