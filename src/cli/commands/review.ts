import { dirname, join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type OpenQuestion, openQuestionsOf } from '../../audit/record/questions.ts';
import { DamagedRun } from '../../audit/record/records.ts';
import { formatInstant, SECOND } from '../../base/instants.ts';
import { text } from '../../base/text.ts';
import { NotSignedHere, readSigned, type SignedDecision, writeSigned } from '../../publish/signed-decisions.ts';
import { mayEnd, wholeInTurns } from '../../run/turns.ts';
import type { GivenOptions } from '../options/given.ts';
import { damagedRun, manifestOf, runFolderWords } from '../options/run-folder.ts';
import { answeredText, reviewScreen } from '../render/review-screen.ts';
import { answerQuestions, type Walked } from '../terminal/answering.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import { problem, shown } from '../terminal/path-problem.ts';
import { type Person, personAt } from '../terminal/prompts.ts';
import { systemFailureOf } from '../terminal/system-failure.ts';
import { write } from '../terminal/terminal.ts';
import type { Invocation } from './command.ts';

/** `review`: one person walks through the open questions of a run, and each answer is a row of a file of decisions. */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  made
    .argument('<run>', runFolderWords(t))
    .addOption(
      new Option(
        '--decisions <file>',
        t(
          text(
            '答えを書き足す決定ファイル(既定は実行結果の隣の decisions.csv)',
            'the file of decisions that answers are added to (default: decisions.csv beside the run)',
          ),
        ),
      ),
    )
    .addOption(
      new Option(
        '--by <name>',
        t(text('決める人の名前(なければ最初に尋ねる)', 'who decides (else asked for at first)')),
      ),
    )
    .addOption(new Option('--lang <ja|en>', t(text('表示の言語', 'the language'))))
    .addHelpText('after', `\n${t(EXAMPLES)}`)
    .action(async (run: string, given: GivenOptions) => {
      process.exitCode = await review(run, given, invocation);
    });
}

const EXAMPLES = text(
  '例:\n  regionpay-reconcile review runs/RUN\n  regionpay-reconcile review runs/RUN --decisions decisions.csv --by 佐藤',
  'Examples:\n  regionpay-reconcile review runs/RUN\n  regionpay-reconcile review runs/RUN --decisions decisions.csv --by sato',
);

/** Returns the exit code. @throws CommandFailure */
async function review(run: string, given: GivenOptions, { t, signal }: Invocation): Promise<number> {
  const folder = resolve(run);
  const manifest = manifestOf(folder);
  const file = typeof given.decisions === 'string' ? resolve(given.decisions) : join(dirname(folder), 'decisions.csv');
  requireTerminal();
  const questions = await questionsIn({ folder, manifest }, signal);
  const before = await signedIn(file, signal);
  if (questions.length === 0) {
    await write(process.stdout, `${t(text('答えを待つ確認事項はありません', 'nothing waits for an answer'))}\n`);
    return EXIT.done;
  }
  const terminal = { input: process.stdin, output: process.stdout };
  const person = await personAt(terminal, (at) => reviewScreen(at.question, at, t), t, signal);
  const decidedBy = await nameOf(given, person);
  if (decidedBy === undefined) return EXIT.interrupted;
  const now = (): string => formatInstant(Math.floor(Date.now() / 1000) * SECOND);
  const walk = { questions, decidedBy, before, now, write: (rows: readonly SignedDecision[]) => signAll(file, rows) };
  const walked = await answerQuestions(walk, person);
  await write(process.stdout, `\n${endingText(walked, file, t)}\n`);
  return walked.ending === 'interrupted' ? EXIT.interrupted : EXIT.done;
}

const nameOf = async ({ by }: GivenOptions, person: Person): Promise<string | undefined> =>
  typeof by === 'string' && by.trim() !== '' ? by.trim() : person.name();

const endingText = ({ answered, left }: Walked, file: string, t: Translate): string =>
  answeredText(answered, left, shown(file), t);

/** @throws CommandFailure */
function requireTerminal(): void {
  if (process.stdin.isTTY === true && process.stdout.isTTY === true) return;
  throw new CommandFailure(EXIT.usage, [
    problem(
      'NOT_A_TERMINAL',
      'review',
      ['画面と対話できる端末ではありません', 'is to be answered at a terminal, and this is none'],
      [
        '端末で実行するか、review.csv か excel/review.xlsx に記入し、CSV として保存したものを run の --decisions に指定してください',
        'call it at a terminal; or fill in review.csv or excel/review.xlsx, and give what you save as CSV to run with --decisions',
      ],
    ),
  ]);
}

/** @throws CommandFailure, and what the signal was aborted with */
async function questionsIn(
  run: Parameters<typeof openQuestionsOf>[0],
  signal: AbortSignal,
): Promise<readonly OpenQuestion[]> {
  try {
    return await wholeInTurns(openQuestionsOf(run), () => mayEnd(signal));
  } catch (error) {
    throw error instanceof DamagedRun ? damagedRun(error.path) : error;
  }
}

/** What the file holds. @throws CommandFailure, and what the signal was aborted with */
async function signedIn(file: string, signal: AbortSignal): Promise<readonly SignedDecision[]> {
  try {
    return await wholeInTurns(readSigned(file), () => mayEnd(signal));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof NotSignedHere)) throw systemFailureOf(error, shown(file), '--decisions');
    throw new CommandFailure(EXIT.usage, [
      problem(
        'OTHER_DECISIONS_FILE',
        file,
        ['review が書いたままの決定ファイルではありません', 'is no file of decisions as review writes it'],
        [
          '別の名前を --decisions に指定してください(run には両方を渡せます)',
          'give another name with --decisions; run takes both files',
        ],
      ),
    ]);
  }
}

/** @throws CommandFailure */
function signAll(file: string, rows: readonly SignedDecision[]): void {
  try {
    writeSigned(file, rows);
  } catch (error) {
    throw systemFailureOf(error, shown(file), '--decisions');
  }
}
