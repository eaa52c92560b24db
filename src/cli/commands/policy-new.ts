import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { Problem } from '../../base/problem.ts';
import { text } from '../../base/text.ts';
import { asPolicyHasIt, POLICY_QUESTIONS, type PolicyAnswers, unansweredIn, wrongAnswer } from '../../policy/draft.ts';
import { Collected, type GivenOptions } from '../options/given.ts';
import { readTelling } from '../options/telling.ts';
import { policyDraftText } from '../render/policy-draft-text.ts';
import { askingPolicyAt } from '../terminal/asking-policy.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import { problem, shown } from '../terminal/path-problem.ts';
import { placeWhole } from '../terminal/placed-file.ts';
import { write } from '../terminal/terminal.ts';
import { addCommand, type Invocation } from './command.ts';

/** `policy new`: asks what a notice says, and writes it down as a policy. */
export function declarePolicyNew(
  policy: Command,
  invocation: Invocation,
  check: (file: string, given: GivenOptions) => Promise<number>,
): Command {
  const { t } = invocation;
  const description = text(
    'お知らせに何と書いてあるかを順に尋ね、policy ファイルを書く',
    'ask what a notice says, term by term, and write it down as a policy file',
  );
  return addCommand(policy, 'new', description, t)
    .argument('[file]', t(text('書くファイル(既定は policy.json)', 'the file to write (default: policy.json)')))
    .addOption(
      new Option('--yes', t(text('何も尋ねず、書き込むための用紙を作る', 'ask nothing: write a form to be filled in'))),
    )
    .addOption(new Option('--replace', t(text('すでにあるファイルを置き換える', 'replace a file that is there'))))
    .action(async (file: string | undefined, _: GivenOptions, command: Command) => {
      const given: GivenOptions = command.optsWithGlobals();
      const path = file ?? 'policy.json';
      const unanswered = unansweredIn(await writeNew(path, given, invocation));
      if (unanswered.length > 0) throw new CommandFailure(EXIT.usage, [toBeWritten(path, unanswered)]);
      process.exitCode = await check(path, given);
    });
}

/** Of a form all in one: what is wrong with each place is that nobody has written there yet. */
const toBeWritten = (path: string, places: readonly string[]): Problem => ({
  code: 'BAD_POLICY',
  where: path,
  what: text(
    `まだ書かれていないところが ${places.length} か所あります: ${places.join('、')}`,
    `has ${places.length} places that are still to be written: ${places.join(', ')}`,
  ),
  advice: text(
    'お知らせを見て書き入れ、policy check で確かめてください',
    'write them from the notice, then policy check',
  ),
});

/** What was answered. @throws CommandFailure */
async function writeNew(file: string, given: GivenOptions, { t, signal }: Invocation): Promise<PolicyAnswers> {
  const found = new Collected();
  const { json, quiet } = readTelling(given, found);
  if (found.problems.length > 0) throw new CommandFailure(EXIT.usage, found.problems);
  const path = resolve(file);
  if (given.replace !== true && existsSync(path)) throw fileExists(path);
  const isAsked = given.yes !== true && !json && process.stdin.isTTY === true && process.stdout.isTTY === true;
  const answers = isAsked ? await asked(t, signal) : new Map<string, string>();
  const bytes = Buffer.from(policyDraftText(answers, t));
  placeWhole({ path: shown(path), bytes }, given.replace === true, ELSEWHERE);
  if (!quiet) await write(process.stdout, `${t(text(`■ 書いたもの: ${shown(path)}`, `■ Written: ${shown(path)}`))}\n`);
  return answers;
}

const ELSEWHERE = [
  '別の名前を指定するか、置き換えるなら --replace を付けてください',
  'give another name, or --replace to write over it',
] as const;

const fileExists = (path: string): CommandFailure =>
  new CommandFailure(EXIT.refused, [
    problem('FILE_EXISTS', path, ['すでにファイルがあります', 'is there already'], [...ELSEWHERE]),
  ]);

const BACK = '<';

/** Every question once, and again where somebody goes back. @throws CommandFailure where they end it */
async function asked(t: Translate, signal: AbortSignal): Promise<PolicyAnswers> {
  await write(process.stdout, `${t(INTRODUCTION)}\n\n`);
  const ask = await askingPolicyAt({ input: process.stdin, output: process.stdout }, t, signal);
  const answers = new Map<string, string>();
  for (let at = 0; at < POLICY_QUESTIONS.length; ) {
    const question = POLICY_QUESTIONS[at] as (typeof POLICY_QUESTIONS)[number];
    const before = new Map(POLICY_QUESTIONS.slice(0, at).map(({ path }) => [path, answers.get(path) ?? '']));
    const wrong = (answer: string) =>
      answer.trim() === BACK ? undefined : wrongAnswer(before, question, asPolicyHasIt(question, answer));
    const answer = await ask(question, answers.get(question.path), wrong);
    if (answer === undefined) throw new CommandFailure(EXIT.interrupted, []);
    if (answer.trim() !== BACK) answers.set(question.path, asPolicyHasIt(question, answer));
    at = answer.trim() === BACK ? Math.max(0, at - 1) : at + 1;
  }
  await write(process.stdout, '\n');
  return answers;
}

const INTRODUCTION = text(
  'お知らせを手元に置いて、書いてあるとおりに答えてください。前の問いに戻るには < と入れます。',
  'Have the notice at hand, and answer what it says. To go back to the question before: <',
);
