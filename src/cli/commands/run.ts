import { basename, join } from 'node:path';
import { type Command, Option } from 'commander';
import { dateOf, formatDate, formatInstant } from '../../base/instants.ts';
import type { Problem } from '../../base/problem.ts';
import { type Text, text } from '../../base/text.ts';
import { shapeOf } from '../../policy/personal-data.ts';
import { type Archived, archiveInputs, InputChanged, InputRefused, SHARINGS } from '../../publish/archive.ts';
import { idsOf } from '../../publish/asked.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import type { Place } from '../../publish/chain-place.ts';
import type { EvidenceKey } from '../../publish/evidence-key.ts';
import type { PayoutPart } from '../../publish/known-payout.ts';
import type { ProgramIdentity } from '../../publish/manifest.ts';
import { PAGE_FILE } from '../../publish/page.ts';
import type { Previous } from '../../publish/previous.ts';
import { workbookOf } from '../../publish/review-workbook.ts';
import { type RunFiles, runFiles } from '../../publish/run-files.ts';
import { type Done, openPublisher, type Publisher, Unconfirmed } from '../../publish/run-folder.ts';
import type { ChangedCoupons } from '../../publish/since-previous.ts';
import { reviewItemsIn, shownPayoutId } from '../../publish/summary.ts';
import { payoutsGone } from '../../publish/to-send.ts';
import type { PaidBefore } from '../../run/earlier-payouts.ts';
import { type SettledRun, settleRun } from '../../run/settle-run.ts';
import { mayEnd, wholeInTurns } from '../../run/turns.ts';
import type { DecisionRow, PaidRow, Tables } from '../../tables/tables.ts';
import { payoutsMadeBy, previousOf } from '../options/earlier-runs.ts';
import { evidenceKeyFlag, evidenceKeyFor } from '../options/evidence-key.ts';
import type { GivenOptions } from '../options/given.ts';
import { withBuiltInProfile } from '../options/inputs.ts';
import { unknownDecisionsFlag } from '../options/limits.ts';
import { DATE } from '../options/output.ts';
import {
  type CommandRequest,
  countUnclaimedFlag,
  readRequest,
  requestFlags,
  requireSecondFlag,
} from '../options/request.ts';
import { openSeriesOf, type SeriesPlace } from '../options/series.ts';
import { incompleteProblems } from '../render/incomplete.ts';
import { paidRowsGone } from '../render/paid-rows-gone.ts';
import { refusals } from '../render/refusals.ts';
import { changesSince, sinceText } from '../render/since.ts';
import { summaryFile } from '../render/summary-file.ts';
import { unmatchedPaidProblems } from '../render/unmatched-paid.ts';
import { grouped } from '../render/yen-words.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import { problem, shown } from '../terminal/path-problem.ts';
import { publishFailureOf } from '../terminal/publish-failure.ts';
import {
  openSurroundings,
  type Surroundings,
  tellingOfReading,
  tellPolicy,
  tellRead,
} from '../terminal/surroundings.ts';
import { spillFailureOf, systemFailureOf } from '../terminal/system-failure.ts';
import { write } from '../terminal/terminal.ts';
import type { Invocation } from './command.ts';

/** `run`: inputs to one run folder. */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  runFlags(made, t)
    .addHelpText('after', `\n${t(EXAMPLES)}`)
    .action((given: GivenOptions) => run(given, invocation));
}

/** What it takes, in the order in which help shows it. */
export const runFlags = (made: Command, t: Translate): Command =>
  copyFlags(evidenceKeyFlag(chainFlags(judgingFlags(requestFlags(made, t), t), t), t), t);

/** Where a run goes, and what it counts. */
const judgingFlags = (made: Command, t: Translate): Command =>
  made
    .addOption(
      new Option(
        '--out <dir>',
        t(text('実行結果のフォルダー。{date} は基準日になる', 'the run folder; {date} becomes the as-of date')),
      ),
    )
    .addOption(countUnclaimedFlag(t))
    .addOption(requireSecondFlag(t))
    .addOption(unknownDecisionsFlag(t))
    .addOption(
      new Option('--replace', t(text('公開済みの実行結果を置き換える', 'replace a run that is already there'))),
    );

/** What a run follows. */
const chainFlags = (made: Command, t: Translate): Command =>
  made
    .addOption(
      new Option(
        '--previous <run>',
        t(
          text(
            '前回の実行結果(そこで払った分は支払済みとする)。--out に {date} があれば latest(最新)が既定',
            'the run before this one: what it paid counts as paid. Default with {date} in --out: latest',
          ),
        ),
      ),
    )
    .addOption(
      new Option(
        '--first',
        t(
          text(
            '前回に続けず、新しく始める(すでに払った分も払い直すことになる)',
            'begin anew, following no run: what earlier runs paid is paid again',
          ),
        ),
      ),
    )
    .addOption(
      new Option(
        '--paid-run <run...>',
        t(
          text(
            '--paid がクーポン番号なしで述べる支払いを作った実行結果(--previous になければ)',
            'runs that made the payouts which --paid names without their coupons, if --previous does not hold them',
          ),
        ),
      ),
    )
    .addOption(
      new Option(
        '--allow-paid-rows-gone',
        t(
          text(
            '前に読んだ支払済みの行がなくなっていても続ける(今回だけ)',
            'go on although paid rows that an earlier night has read have gone (this once)',
          ),
        ),
      ),
    );

/** What is kept and written beside. */
const copyFlags = (made: Command, t: Translate): Command =>
  made
    .addOption(
      new Option(
        `--archive [${SHARINGS.join('|')}]`,
        t(
          text(
            '入力も圧縮して実行結果に残す。前回と同じ入力はリンクし(既定)、copy なら写しを作る',
            'keep the inputs, compressed, in the run folder; those that the run before kept are linked (default), or copied',
          ),
        ),
      ),
    )
    .addOption(
      new Option(
        '--excel [ja|en]',
        t(
          text(
            'Excel 用の写しと、確認事項に答えるための review.xlsx(既定は日本語)も excel/ に作る',
            'also write copies for Excel into excel/, and review.xlsx to answer questions in (default: in Japanese)',
          ),
        ),
      ),
    )
    // Of an option that can only be denied, commander would say that it was given.
    .addOption(new Option('--report').hideHelp())
    .addOption(
      new Option(
        '--no-report',
        t(
          text(
            '画面で見るための report.html と、そのためのファイルを作らない',
            'leave out report.html, the run as a page, and what is made for it',
          ),
        ),
      ),
    );

const EXAMPLES = text(
  `例:
  # 夜間の実行(結果は runs/基準日 に)
  regionpay-reconcile run --issuance issuance.csv --transactions 'log/*.csv.gz' \\
    --merchant-reports reports.csv --claims claims.csv --applications applications.csv \\
    --out 'runs/{date}'
  # 指定を run.json に書いておく
  regionpay-reconcile run --config run.json`,
  `Examples:
  # the nightly run, into runs/AS-OF-DATE
  regionpay-reconcile run --issuance issuance.csv --transactions 'log/*.csv.gz' \\
    --merchant-reports reports.csv --claims claims.csv --applications applications.csv \\
    --out 'runs/{date}'
  # with the options in a file
  regionpay-reconcile run --config run.json`,
);

/** A run that is made: what was asked for, and where it goes. */
interface Making {
  readonly request: CommandRequest;
  readonly surroundings: Surroundings;
  readonly program: ProgramIdentity;
  readonly t: Translate;
  readonly target: string;
  readonly publisher: Publisher;
  /** Where it stands in its series; undefined for a run that is of none. */
  readonly inSeries: SeriesPlace | undefined;
  readonly previousFolder: string | undefined;
  readonly previous: Previous | undefined;
  readonly evidenceKey: EvidenceKey | undefined;
  /** What is known of earlier payouts, by coupon. */
  readonly payoutsMade: readonly PayoutPart[];
}

/** @throws CommandFailure */
async function run(given: GivenOptions, { t, program, ...machine }: Invocation): Promise<void> {
  const request = await withBuiltInProfile(readRequest(given, Date.now() * 1000, { out: true }));
  const surroundings = openSurroundings(request, machine, t);
  tellPolicy(request.policy, surroundings);
  const target = (request.out ?? '').replaceAll(DATE, formatDate(dateOf(request.asOf)));
  const inSeries = openSeriesOf(request, target);
  try {
    await make({ request, surroundings, program, t, target, inSeries });
  } finally {
    inSeries?.series.close();
  }
}

type Asked = Omit<Making, 'publisher' | 'previous' | 'previousFolder' | 'payoutsMade' | 'evidenceKey'>;

/** @throws CommandFailure */
async function make(asked: Asked): Promise<void> {
  const { request, surroundings, target, inSeries } = asked;
  const publisher = open(target);
  try {
    const previousFolder = inSeries === undefined ? request.previous : inSeries.previous;
    const previous = await previousOf(request, previousFolder, surroundings.signal);
    if (previousFolder !== undefined) {
      const isFound = inSeries?.place.adopted !== undefined;
      surroundings.log.info(isFound ? 'latest run found' : 'follows', { folder: shown(previousFolder) });
    }
    const payoutsMade = await payoutsMadeBy(request, previous, surroundings.signal);
    const evidenceKey = evidenceKeyFor({ ...request, series: inSeries?.series.folder, previousFolder, previous });
    const making = { ...asked, publisher, previousFolder, previous, payoutsMade, evidenceKey };
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

/** Reads the inputs and settles them, in as much memory as there may be. */
async function readAndSettle(making: Making): Promise<SettledRun> {
  const { request, surroundings, t, publisher, previous, payoutsMade, evidenceKey } = making;
  const { log, progress, signal, threads } = surroundings;
  const folder = request.tempDirectory ?? publisher.staging;
  const onSpill = () => log.info('rows to disk', { folder: shown(folder) });
  const memory = { bytes: request.memoryBytes, folder, onSpill };
  const onProgress = tellingOfReading(surroundings, t);
  try {
    const settled = await settleRun(
      { ...request, evidenceKey, made: payoutsMade, carried: previous?.carried },
      { memory, threads, signal, onProgress },
      {
        accept: (read, paid) => {
          tellRead(read, surroundings);
          accept(read, paid, making);
        },
        onPartition: (partition, partitions) => {
          progress.clear();
          log.info('part settled', { part: partition, parts: partitions });
        },
        before: previous?.coupons,
        reviewSheet: request.excel ? request.excelLanguage : undefined,
        onProgress: (count) => progress.show(t(text(`精算  ${grouped(count)} 件`, `settling  ${grouped(count)}`))),
      },
    );
    if ('problems' in settled) throw new CommandFailure(EXIT.refused, settled.problems);
    return settled;
  } finally {
    progress.clear();
  }
}

/** Nothing is settled of inputs that are refused. @throws CommandFailure */
function accept(
  read: Tables,
  { unknown, unmatchedPaid }: Pick<PaidBefore, 'unknown' | 'unmatchedPaid'>,
  { request, previous }: Making,
): void {
  const refused = [...refusals(read, request), ...halfRead(read, request, previous)];
  if (refused.length > 0) throw new CommandFailure(EXIT.refused, refused);
  const gone = previous === undefined ? [] : payoutsGone({ ...previous, paid: read.paid });
  if (gone.length > 0 && !request.allowPaidRowsGone) throw new CommandFailure(EXIT.refused, [paidRowsGone(gone)]);
  if (unknown.length > 0) {
    const shown = unknown.slice(0, MOST_UNKNOWN_SHOWN);
    throw new CommandFailure(
      EXIT.refused,
      shown.map((row) => unknownPayout(row, read)),
    );
  }
  const unmatched = unmatchedPaidProblems(read, unmatchedPaid, request.maxUnmatched);
  if (unmatched.length > 0) throw new CommandFailure(EXIT.refused, unmatched);
}

/** Signs that not all of the inputs came. */
const halfRead = (tables: Tables, request: CommandRequest, previous: Previous | undefined): readonly Problem[] =>
  incompleteProblems(tables, { ...request, terms: request.policy.terms, before: previous?.inputs });

async function publishOutcome(making: Making, settled: SettledRun): Promise<void> {
  const { request, surroundings, program, target, previous, evidenceKey } = making;
  const { log, signal } = surroundings;
  const { outcome, written, tables, bytesOnDisk, paidPayouts, unmatchedPaid } = settled;
  // Of rows that lay on disk it only shows now.
  const problems = [...outcome.problems, ...halfRead(tables, request, previous)];
  if (problems.length > 0) throw new CommandFailure(EXIT.refused, problems);
  await wholeInTurns(refuseUnknownDecisions(making, settled), () => mayEnd(signal));
  performance.mark('make files');
  const archived = request.archive ? await archive(making, settled) : undefined;
  const workbook = request.excel ? await workbookOf(written, request.excelLanguage) : undefined;
  await mayEnd(signal);
  const steps = runFiles({
    ...request,
    evidenceKey,
    workbook,
    outcome,
    written,
    tables,
    program,
    archived,
    previous,
    paidPayouts,
    unmatchedPaid,
    summaryText: summaryFile,
    // Loaded where a page is made: a run without one does not wait for it.
    page: request.report ? (await import('../../report/page.ts')).pageOf : undefined,
  });
  const made = await wholeInTurns(steps, () => mayEnd(signal));
  const { summary, fingerprint } = made;
  const { count: payouts, yen } = summary.payouts;
  log.info('settled', {
    payouts,
    yen,
    reviewItems: reviewItemsIn(summary),
    ...(bytesOnDisk > 0 ? { bytesOnDisk } : {}),
  });
  performance.mark('put in place');
  await stage(making, made);
  // One last chance before anything is put in place.
  await mayEnd(signal);
  const { done, doubt } = publish(making, made);
  performance.mark('tell');
  log.info(done, { folder: shown(target), fingerprint });
  await tellOutcome(making, written.changed, made, done, tables);
  if (doubt !== undefined) throw doubt;
}

async function tellOutcome(
  { request, target, previous, previousFolder, inSeries, t }: Making,
  changed: ChangedCoupons | undefined,
  { summary, fingerprint }: RunFiles,
  done: Done,
  tables: Tables,
): Promise<void> {
  const since = previous === undefined || changed === undefined ? undefined : changesSince(previous, changed, tables);
  if (request.json) {
    const follows = previousFolder ?? null;
    return write(
      process.stdout,
      canonicalJson({ out: target, result: done, fingerprint, previous: follows, summary, since: since ?? null }),
    );
  }
  if (request.quiet) return;
  const { summaryText } = await import('../render/summary-text.ts');
  const words = summaryText(summary, request.asOf, request.policy, t, since?.files);
  const change = since === undefined ? '' : `${sinceText(since, t)}\n\n`;
  const place = inSeries === undefined ? '' : `${followsText(inSeries.place, previousFolder, t)}\n`;
  await write(
    process.stdout,
    `${words}\n${change}${place}${placeText(done, target, t)}\n${request.report ? pageText(target, t) : ''}${fingerprintText(fingerprint, t)}\n`,
  );
}

/** What a run of a series goes on with. */
function followsText({ adopted }: Place, previousFolder: string | undefined, t: Translate): string {
  if (previousFolder === undefined)
    return t(text('前回: なし(ここから始まります)', 'previous run: none, the chain begins here'));
  const name = shown(previousFolder);
  const found =
    adopted === undefined
      ? ''
      : t(text('(フォルダーから最新と分かりました)', ' (found to be the latest among the folders)'));
  return `${t(text(`前回: ${name}`, `previous run: ${name}`))}${found}`;
}

const fingerprintText = (fingerprint: string, t: Translate): string =>
  t(
    text(
      `指紋: ${fingerprint}(控えておくと verify --expect で照合できます)`,
      `fingerprint: ${fingerprint} (note it down elsewhere, for verify --expect)`,
    ),
  );

/** In steps. @throws CommandFailure */
function* refuseUnknownDecisions(
  { request, previous }: Making,
  { written, tables }: SettledRun,
): Generator<undefined, void> {
  const askedBefore = tables.decisions.length === 0 ? new Set<string>() : yield* idsOf(previous?.asked ?? []);
  const unknown = yield* written.counts.asked.unknownAmong(tables.decisions, askedBefore, request.asOf);
  if (unknown.length <= request.maxUnknownDecisions) return;
  throw new CommandFailure(
    EXIT.refused,
    unknown.slice(0, MOST_UNKNOWN_SHOWN).map((row) => unknownReview(row, tables, previous !== undefined)),
  );
}

const MOST_UNKNOWN_SHOWN = 20;

/** A decision on a question that no known run asks. */
function unknownReview({ reviewId, file, line }: DecisionRow, { files }: Tables, hasPrevious: boolean): Problem {
  const shown = /^R[0-9a-f]{16}$/.test(reviewId) ? reviewId : `<${shapeOf(reviewId)}>`;
  const advice = text(
    '正しい review.csv の確認ID か確かめてください。分かっていて通すなら --max-unknown-decisions で行数を指定してください',
    'check the id against the review.csv that was answered; if it is known to be of no use, allow so many rows with --max-unknown-decisions',
  );
  const first = text(
    '前回の実行で聞かれていたなら、その実行結果を --previous で指定してください。',
    'if an earlier run asked it, name that run with --previous; ',
  );
  return {
    code: 'UNKNOWN_REVIEW',
    where: `${files[file]?.name ?? ''}:${line}:review_id`,
    what: text(
      `確認 ${shown} は、この実行でも前の実行でも聞かれていません`,
      `no run that is known asks ${shown}, neither this one nor one before it`,
    ),
    advice: hasPrevious ? advice : text(first.ja + advice.ja, first.en + advice.en),
  };
}

/** A row of a whole payout that no known run made. */
export function unknownPayout({ payoutId, file, line }: PaidRow, { files }: Tables): Problem {
  const shown = shownPayoutId(payoutId);
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

async function archive(
  { request, publisher, previousFolder, target, surroundings: { signal } }: Making,
  { tables, paths }: SettledRun,
): Promise<readonly Archived[]> {
  const earlier = { folder: previousFolder, sharing: request.archiveSharing };
  try {
    return await archiveInputs(publisher.staging, tables.files, paths, earlier, signal);
  } catch (error) {
    if (error instanceof InputChanged) throw new CommandFailure(EXIT.refused, [inputChanged(error)]);
    if (error instanceof InputRefused) throw systemFailureOf(error.cause, shown(error.path), undefined);
    throw publishFailureOf(error, target);
  }
}

const inputChanged = ({ input, why }: InputChanged): Problem =>
  problem(
    'INPUT_CHANGED',
    input,
    why === 'changed'
      ? ['読んでいる間にファイルが変わりました', 'the file changed while it was read']
      : [
          '読んだあとにファイルがなくなったか、読めなくなりました',
          'was read, and is gone now, or cannot be read any more',
        ],
    why === 'changed'
      ? ['書き出しが終わってから再実行してください', 'run again once whatever writes it has finished']
      : ['元の場所に戻してから再実行してください', 'put it back in its place, and run again'],
  );

const DONE = {
  published: text('書き出しました', 'written to'),
  replaced: text('置き換えました', 'replaced'),
  unchanged: text(
    'すでに同じ内容が公開されています(何も変えていません)',
    'the same run is already there; nothing was changed',
  ),
} as const satisfies Readonly<Record<Done, Text>>;

const pageText = (target: string, t: Translate): string =>
  `${t(text('ブラウザーで開くページ', 'page, to open in a browser'))}: ${shown(join(target, PAGE_FILE))}\n`;

const placeText = (done: Done, target: string, t: Translate): string => `${t(DONE[done])}: ${shown(target)}`;

function open(target: string): Publisher {
  try {
    return openPublisher(target);
  } catch (error) {
    throw publishFailureOf(error, target);
  }
}

/** @throws CommandFailure */
async function stage({ publisher, target, surroundings }: Making, { files }: RunFiles): Promise<void> {
  try {
    await publisher.write(files, surroundings.signal);
  } catch (error) {
    throw publishFailureOf(error, target);
  }
}

interface Published {
  readonly done: Done;
  /** Why it is not certain that it is on disk. */
  readonly doubt?: unknown;
}

/** Puts the run in place; of a series it becomes the head that the next run follows. */
function publish(
  { publisher, target, request, inSeries }: Making,
  { files, fingerprint, manifestSha256 }: RunFiles,
): Published {
  const put = (): Done => publisher.publish(files, request.replace);
  try {
    if (inSeries === undefined || !inSeries.place.isHead) return { done: put() };
    const head = { run: basename(target), asOf: formatInstant(request.asOf), manifestSha256, fingerprint };
    const { ended } = inSeries.place;
    return { done: inSeries.series.publish({ policyId: request.policy.id, head, ended }, put) };
  } catch (error) {
    const failure = publishFailureOf(error, target);
    if (!(error instanceof Unconfirmed)) throw failure;
    return { done: error.done, doubt: failure };
  }
}
