import { relative } from 'node:path';
import type { PaidRow, Tables } from '../../intake/tables.ts';
import { dateOf, formatDate } from '../../policy/instants.ts';
import { shapeOf } from '../../policy/personal-data.ts';
import type { Problem } from '../../policy/problem.ts';
import { text } from '../../policy/text.ts';
import { type Archived, archiveInputs, InputChanged } from '../../publish/archive.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { Locked } from '../../publish/lock.ts';
import type { OutputFile, ProgramIdentity } from '../../publish/manifest.ts';
import { ELIGIBILITY } from '../../publish/output-files.ts';
import { type PayoutPart, spreadPaid, withPaid } from '../../publish/paid-payouts.ts';
import { NotARun, type Previous, readPrevious, withCarried } from '../../publish/previous.ts';
import { type Cells, publishedRows } from '../../publish/published-rows.ts';
import { runFiles } from '../../publish/run-files.ts';
import { openPublisher, type Publisher, TargetTaken } from '../../publish/run-folder.ts';
import { reviewItemsIn, type Summary } from '../../publish/summary.ts';
import { type Settled, settleInputs } from '../../run/settle-inputs.ts';
import { mayEnd } from '../../run/turns.ts';
import type { Request } from '../options/request.ts';
import { changesSince, sinceText } from '../render/since.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Say } from '../terminal/language.ts';
import { type Inputs, readAll, refusals, type Surroundings } from '../terminal/reading.ts';
import { spillFailureOf, systemFailureOf } from '../terminal/system-failure.ts';
import { write } from '../terminal/terminal.ts';

/** A run that is made: what was asked for, and where it goes. */
interface Making {
  readonly request: Request;
  readonly surroundings: Surroundings;
  readonly program: ProgramIdentity;
  readonly say: Say;
  readonly target: string;
  readonly publisher: Publisher;
  readonly previous: Previous | undefined;
  /** What is known of earlier payouts, by coupon. */
  readonly payoutsMade: readonly PayoutPart[];
}

/** `run`: inputs to one run folder. @throws CommandFailure */
export async function runCommand(
  request: Request,
  surroundings: Surroundings,
  program: ProgramIdentity,
  say: Say,
): Promise<void> {
  const target = (request.out ?? '').replaceAll('{date}', formatDate(dateOf(request.asOf)));
  const publisher = open(target);
  try {
    const previous = previousOf(request);
    const payoutsMade = payoutsMadeBy(request, previous);
    const making = { request, surroundings, program, say, target, publisher, previous, payoutsMade };
    await publishOutcome(making, await readAndSettle(making));
  } catch (error) {
    const { tempDirectory } = request;
    throw tempDirectory === undefined
      ? spillFailureOf(error, shown(target), '--out')
      : spillFailureOf(error, shown(tempDirectory));
  } finally {
    publisher.close();
  }
}

type SettledRun = Settled & Pick<Inputs, 'paths'> & { readonly paidPayouts: readonly PayoutPart[] };

/** Reads the inputs and settles them, in as much memory as there may be. */
async function readAndSettle(making: Making): Promise<SettledRun> {
  const { request, surroundings, say, publisher, previous, payoutsMade } = making;
  const { log, progress, signal } = surroundings;
  const folder = request.tempDirectory ?? publisher.staging;
  const onOverflow = () => log.info('rows to disk', { folder: shown(folder) });
  const inputs = await readAll(request, surroundings, { bytes: request.memoryBytes, folder, onOverflow });
  try {
    const { tables: read, paths } = inputs;
    const refused = refusals(read, request);
    if (refused.length > 0) throw new CommandFailure(EXIT.refused, refused);
    const { paid: spread, parts: paidPayouts, unknown } = spreadPaid(read.paid, payoutsMade, request.asOf);
    if (unknown.length > 0)
      throw new CommandFailure(
        EXIT.refused,
        unknown.slice(0, MOST_UNKNOWN_SHOWN).map((row) => unknownPayout(row, read)),
      );
    const paid = previous === undefined ? spread : withCarried(spread, previous.carried, request.asOf);
    const carry = (tables: Tables): Tables => withPaid(tables, paid);
    const onPart = (part: number, parts: number) => {
      progress.clear();
      log.info('part settled', { part, parts });
    };
    const onProgress = (settled: number) => progress.show(say(text(`精算  ${settled}`, `settling  ${settled}`)));
    return { ...(await settleInputs(inputs, request, carry, { signal, onPart, onProgress })), paths, paidPayouts };
  } finally {
    progress.clear();
    inputs.parts?.close();
  }
}

async function publishOutcome(making: Making, settled: SettledRun): Promise<void> {
  const { request, surroundings, program, target, publisher, previous } = making;
  const { log, signal } = surroundings;
  const { outcome, told, tables, bytesOnDisk, paidPayouts } = settled;
  if (outcome.problems.length > 0) throw new CommandFailure(EXIT.refused, outcome.problems);
  const archived = request.archive ? await archive(making, settled) : undefined;
  const { files, summary } = runFiles({ ...request, outcome, told, tables, program, archived, previous, paidPayouts });
  const { count: payouts, yen } = summary.payouts;
  log.info('settled', {
    payouts,
    yen,
    reviewItems: reviewItemsIn(summary),
    ...(bytesOnDisk > 0 ? { bytesOnDisk } : {}),
  });
  // One last chance before anything is put in place.
  await mayEnd(signal);
  const done = publish(publisher, target, files, request.replace);
  log.info(done, { folder: shown(target) });
  await tellOutcome(making, files, summary, done, tables.paid);
}

async function tellOutcome(
  { request, target, previous, say }: Making,
  files: readonly OutputFile[],
  summary: Summary,
  done: keyof typeof DONE,
  paid: readonly PaidRow[],
): Promise<void> {
  const since = previous === undefined ? undefined : changesSince(previous, eligibilityIn(files), paid);
  if (request.json)
    return write(process.stdout, canonicalJson({ out: target, result: done, summary, since: since ?? null }));
  if (request.quiet) return;
  const { summaryText } = await import('../render/summary-text.ts');
  const words = summaryText(summary, request.asOf, request.policy.title, say);
  const change = since === undefined ? '' : `${sinceText(since, say)}\n\n`;
  await write(process.stdout, `${words}\n${change}${placeText(done, target, say)}\n`);
}

const eligibilityIn = (files: readonly OutputFile[]): readonly Cells[] => {
  const { content } = files.find(({ name }) => name === ELIGIBILITY) as OutputFile;
  return publishedRows(Buffer.from(content).toString('utf8'));
};

/** Payouts of the chain, and of the runs that were named for it. @throws CommandFailure */
function payoutsMadeBy({ paidRuns }: Request, previous: Previous | undefined): readonly PayoutPart[] {
  return [...(previous?.carried ?? []), ...paidRuns.flatMap((folder) => readRun(folder, 'BAD_PAID_RUN').carried)];
}

const MOST_UNKNOWN_SHOWN = 20;

/** A row of a whole payout that no known run made. */
function unknownPayout({ payoutId, file, line }: PaidRow, { files }: Tables): Problem {
  // Whatever stands in the column: an id of ours is shown.
  const shown = /^P[0-9a-f]{16}$/.test(payoutId) ? payoutId : `<${shapeOf(payoutId)}>`;
  return {
    code: 'UNKNOWN_PAYOUT',
    where: `${files[file]?.name ?? ''}:${line}:payout_id`,
    what: text(
      `支払 ${shown} をどの実行が作ったか分からず、クーポンに割り振れません`,
      `no known run made the payout ${shown}, so it cannot be spread over its coupons`,
    ),
    advice: text(
      'その支払いを作った実行結果を --previous か --paid-run で指定するか、クーポンごとの行にしてください',
      'name the run that made it with --previous or --paid-run, or write a row for each of its coupons',
    ),
  };
}

/** The run before this one, if it can be continued. @throws CommandFailure */
function previousOf(request: Request): Previous | undefined {
  if (request.previous === undefined) return undefined;
  const { previous: folder } = request;
  const refuse = refusingRun('BAD_PREVIOUS', folder);
  const previous = readRun(folder, 'BAD_PREVIOUS');
  if (previous.policyId !== request.policy.id) {
    throw refuse(
      [`別の policy(${previous.policyId})の実行結果です`, `was made under another policy (${previous.policyId})`],
      ['同じ policy の前回を指定してください', 'name a run of the same policy'],
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
function readRun(folder: string, code: 'BAD_PREVIOUS' | 'BAD_PAID_RUN'): Previous {
  const refuse = refusingRun(code, folder);
  try {
    return readPrevious(folder);
  } catch (error) {
    if (!(error instanceof NotARun)) throw error;
    if (error.why === 'missing')
      throw refuse(
        ['実行結果のフォルダーではありません', 'is no run folder'],
        ['run が作ったフォルダーを指定してください', 'name a folder that run made'],
      );
    throw refuse(
      ['中身が SHA256SUMS と合いません', 'is not what its SHA256SUMS says'],
      ['verify で確かめ、控えから戻してください', 'see verify, and restore it from a copy'],
    );
  }
}

async function archive(
  { publisher, request, target, surroundings: { signal } }: Making,
  { tables, paths }: SettledRun,
): Promise<readonly Archived[]> {
  try {
    return await archiveInputs(publisher.staging, tables.files, paths, request.previous, signal);
  } catch (error) {
    if (!(error instanceof InputChanged)) throw failureOf(error, target);
    throw new CommandFailure(EXIT.refused, [
      problem(
        'INPUT_CHANGED',
        error.input,
        ['読んでいる間にファイルが変わりました', 'the file changed while it was read'],
        ['書き出しが終わってから再実行してください', 'run again once whatever writes it has finished'],
      ),
    ]);
  }
}

const shown = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near !== '' && !near.startsWith('..') ? near : path;
};

const DONE = {
  published: text('書き出しました', 'written to'),
  replaced: text('置き換えました', 'replaced'),
  unchanged: text(
    'すでに同じ内容が公開されています(何も変えていません)',
    'the same run is already there; nothing was changed',
  ),
} as const;

const placeText = (done: keyof typeof DONE, target: string, say: Say): string => `${say(DONE[done])}: ${shown(target)}`;

function open(target: string): Publisher {
  try {
    return openPublisher(target);
  } catch (error) {
    throw failureOf(error, target);
  }
}

function publish(
  publisher: Publisher,
  target: string,
  files: Parameters<Publisher['publish']>[0],
  replace: boolean,
): keyof typeof DONE {
  try {
    return publisher.publish(files, replace);
  } catch (error) {
    throw failureOf(error, target);
  }
}

const problem = (
  code: string,
  where: string,
  what: readonly [string, string],
  advice: readonly [string, string],
): Problem => ({
  code,
  where: shown(where),
  what: text(...what),
  advice: text(...advice),
});

function failureOf(error: unknown, target: string): unknown {
  if (error instanceof Locked) {
    return new CommandFailure(EXIT.system, [
      problem(
        'LOCKED',
        error.path,
        [`別の実行が書き込み中です(${error.holder})`, `another run is writing here (${error.holder})`],
        [
          'その実行が終わるのを待ってください。動いていないと確かめられたら、このロックファイルを消してください',
          'wait for it to end; if it is certainly gone, delete this lock file',
        ],
      ),
    ]);
  }
  if (error instanceof TargetTaken) return new CommandFailure(EXIT.usage, [takenProblem(error, target)]);
  return systemFailureOf(error, shown(target), '--out');
}

function takenProblem({ why }: TargetTaken, target: string): Problem {
  if (why === 'another run') {
    return problem(
      'ALREADY_PUBLISHED',
      target,
      ['内容の違う実行結果がすでにあります', 'a run with other content is already there'],
      [
        '別の --out を指定するか、置き換えてよければ --replace を足してください',
        'give another --out, or --replace to replace it',
      ],
    );
  }
  const what: readonly [string, string] =
    why === 'not a folder'
      ? ['フォルダーではありません', 'is not a folder']
      : ['実行結果でないファイルが入っています', 'holds files that are no run'];
  return problem('NOT_A_RUN_FOLDER', target, what, [
    '空か、まだないフォルダーを --out に指定してください',
    'give --out a folder that is empty or does not exist yet',
  ]);
}
