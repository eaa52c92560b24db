import type { Text } from '../../base/text.ts';
import { differenceWords, termDifferences } from '../../policy/term-differences.ts';
import type { PayoutPart } from '../../publish/known-payout.ts';
import { NotARun, type Previous, readPrevious } from '../../publish/previous.ts';
import { mayEnd, wholeInTurns } from '../../run/turns.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import { problem } from '../terminal/path-problem.ts';
import type { CommandRequest } from './request.ts';
import { restoreAt } from './run-folder.ts';

/**
 * Payouts of the chain, and of the runs that were named for it.
 *
 * @throws CommandFailure, and what the signal was aborted with
 */
export async function payoutsMadeBy(
  { paidRuns }: CommandRequest,
  previous: Previous | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly PayoutPart[]> {
  const made = [previous?.carried ?? []];
  for (const folder of paidRuns) made.push((await readRun(folder, 'BAD_PAID_RUN', signal)).carried);
  return made.flat();
}

/** The run before this one, if it can be continued. @throws CommandFailure, and what the signal was aborted with */
export async function previousOf(
  request: CommandRequest,
  folder: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Previous | undefined> {
  if (folder === undefined) return undefined;
  const refuse = refusingRun('BAD_PREVIOUS', folder);
  const previous = await readRun(folder, 'BAD_PREVIOUS', signal);
  if (previous.policyId !== request.policy.id) {
    throw refuse(
      [`別の policy(${previous.policyId})の実行結果です`, `was made under another policy (${previous.policyId})`],
      ['同じ policy の前回を指定してください', 'name a run of the same policy'],
    );
  }
  const { file } = request.policy;
  const otherwise = termDifferences(previous.terms ?? file.terms, file.terms);
  if (otherwise.length > 0 && !request.allowed.otherTerms) {
    const { ja, en } = differenceWords(otherwise);
    throw refuse(
      [
        `同じ id の policy で、違う条件の実行結果です: ${ja}`,
        `was made under the same policy id, and other terms: ${en}`,
      ],
      [
        '条件を元に戻してください。お知らせが改められたのなら、この実行だけ --allow-other-terms を付けてください',
        'write the terms as they were; if the notice was amended, give --allow-other-terms with this run alone',
      ],
    );
  }
  if (previous.asOf > request.asOf) {
    throw refuse(
      ['基準時刻がこの実行より後です', 'has a later as-of than this run'],
      ['この実行より前のものを指定してください', 'name an earlier run'],
    );
  }
  return previous;
}

const refusingRun =
  (code: 'BAD_PREVIOUS' | 'BAD_PAID_RUN', folder: string) =>
  (what: readonly [string, string], advice: readonly [string, string]) =>
    new CommandFailure(EXIT.usage, [problem(code, folder, what, advice)]);

/** What an earlier run paid, if its folder is as it was written. @throws CommandFailure */
async function readRun(
  folder: string,
  code: 'BAD_PREVIOUS' | 'BAD_PAID_RUN',
  signal: AbortSignal | undefined,
): Promise<Previous> {
  const refuse = refusingRun(code, folder);
  restoreAt(folder);
  try {
    return await wholeInTurns(readPrevious(folder), () => mayEnd(signal));
  } catch (error) {
    if (!(error instanceof NotARun)) throw error;
    if (error.why === 'missing')
      throw refuse(
        ['実行結果のフォルダーではありません', 'is no run folder'],
        ['run が作ったフォルダーを指定してください', 'name a folder that run made'],
      );
    throw refuse(damageWords(error.problems), [
      'verify で確かめ、控えから戻してください',
      'see verify, and restore it from a copy',
    ]);
  }
}

const MOST_NAMED = 3;

/** Which files differ, and how. */
function damageWords(problems: readonly Text[]): readonly [string, string] {
  if (problems.length === 0) return ['実行が書いたままではありません', 'is not as the run wrote it'];
  const [named, more] = [problems.slice(0, MOST_NAMED), problems.length - MOST_NAMED];
  const ja = named.map((each) => each.ja).join('、');
  const en = named.map((each) => each.en).join('; ');
  return [
    `実行が書いたままではありません: ${ja}${more > 0 ? `、ほか ${more} 件` : ''}`,
    `is not as the run wrote it: ${en}${more > 0 ? `; and ${more} more` : ''}`,
  ];
}
