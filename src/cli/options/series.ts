import { basename, dirname, join } from 'node:path';
import { text } from '../../base/text.ts';
import { type NoPlace, type Place, placeOf } from '../../publish/chain-place.ts';
import { NotARun, type Previous, readPrevious } from '../../publish/previous.ts';
import {
  followersOf,
  isSeries,
  LATEST,
  type OpenSeries,
  openSeries,
  readSeries,
  runAt,
  SeriesDamaged,
} from '../../publish/series.ts';
import { mayEnd, wholeInTurns } from '../../run/turns.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import { problem, shown } from '../terminal/path-problem.ts';
import { publishFailureOf } from '../terminal/publish-failure.ts';
import { DATE } from './output.ts';
import type { CommandRequest } from './request.ts';
import { restoreAt } from './run-folder.ts';

/** A run's place among those that it belongs to. */
export interface SeriesPlace {
  readonly series: OpenSeries;
  readonly place: Place;
  /** The folder of the run before it. */
  readonly previous: string | undefined;
}

/** Whether the run is one of a series: its folder is one, or is made one by how it is asked for. */
export const isOfSeries = ({ out, first, previous }: CommandRequest, target: string): boolean =>
  (out ?? '').includes(DATE) || first || previous === LATEST || isSeries(dirname(target));

/**
 * Opens the series of a run, for it alone, and finds the run's place; undefined for a run that is of none.
 *
 * @throws CommandFailure
 */
export function openSeriesOf(request: CommandRequest, target: string): SeriesPlace | undefined {
  restoreAt(target);
  if (!isOfSeries(request, target)) {
    if (request.replace) refuseFollowed(target);
    return undefined;
  }
  const series = opened(target);
  try {
    const place = placeIn(series, request, target);
    return { series, place, previous: previousIn(series, place, request) };
  } catch (error) {
    series.close();
    throw error;
  }
}

function opened(target: string): OpenSeries {
  const folder = dirname(target);
  try {
    return openSeries(folder);
  } catch (error) {
    if (error instanceof SeriesDamaged) throw new CommandFailure(EXIT.usage, [damagedSeries(error.path)]);
    throw publishFailureOf(error, folder);
  }
}

export const damagedSeries = (path: string) =>
  problem(
    'BAD_SERIES',
    path,
    ['実行の並びの記録として読めません', 'cannot be read as the record of a series'],
    [
      '控えから戻してください。控えがなければこのファイルを消すと、次の run がフォルダーから最新の実行を探します',
      'restore it from a copy; without one, delete it, and the next run looks for the latest run among the folders',
    ],
  );

/** @throws CommandFailure */
function placeIn(series: OpenSeries, request: CommandRequest, target: string): Place {
  const { previous } = request;
  if (previous !== undefined && previous !== LATEST) restoreAt(previous);
  const named = previous === undefined || previous === LATEST ? undefined : runAt(previous);
  if (previous !== undefined && previous !== LATEST && named === undefined)
    throw new CommandFailure(EXIT.usage, [
      problem(
        'BAD_PREVIOUS',
        previous,
        ['実行結果のフォルダーではありません', 'is no run folder'],
        ['run が作ったフォルダーを指定してください', 'name a folder that run made'],
      ),
    ]);
  const place = placeOf(series.recorded, series.runs, {
    policyId: request.policy.id,
    run: basename(target),
    asOf: request.asOf,
    previousSha256: named?.manifestSha256,
    first: request.first,
    replace: request.replace,
  });
  if ('why' in place) throw new CommandFailure(EXIT.usage, [noPlace(place, series, request, target)]);
  return place;
}

const previousIn = ({ folder }: OpenSeries, { previous }: Place, request: CommandRequest): string | undefined =>
  previous === 'elsewhere' ? request.previous : previous && join(folder, previous.run);

type Words = readonly [ja: string, en: string];
interface Refusal {
  readonly code: string;
  readonly what: (names: string) => Words;
  readonly advice: (names: string) => Words;
}

const RESTORE: Words = [
  '控えから戻してください。戻せなければ、その夜までの支払いを --paid で渡し、--first で始め直します',
  'restore it from a copy; if there is none, give what was paid until then as --paid, and begin anew with --first',
];

const REFUSALS: Readonly<Record<NoPlace['why'], Refusal>> = {
  'several chains': {
    code: 'SEVERAL_CHAINS',
    what: (names) => [`最新の実行が一つに決まりません: ${names}`, `there are several latest runs: ${names}`],
    advice: () => [
      'どれに続けるかを --previous で指定してください(ほかは以後使いません)。どれにも続けないなら --first',
      'name the one to go on with as --previous (the others end there), or give --first to go on with none',
    ],
  },
  'head gone': {
    code: 'SERIES_BROKEN',
    what: (names) => [`最新の実行 ${names} のフォルダーがありません`, `the folder of the latest run ${names} is gone`],
    advice: () => RESTORE,
  },
  'head altered': {
    code: 'SERIES_BROKEN',
    what: (names) => [
      `最新の実行 ${names} の manifest.json が series.json の記録と違います`,
      `manifest.json of the latest run ${names} is not the one that series.json names`,
    ],
    advice: () => RESTORE,
  },
  'not the head': {
    code: 'OLD_PREVIOUS',
    what: (names) => [
      `最新の実行ではありません。最新は ${names} です(そこで払った分をもう一度払うことになります)`,
      `is not the latest run, which is ${names}; what that one paid would be paid again`,
    ],
    advice: (names) => [
      `--previous を外すか(最新に続きます)、${names} を指定してください`,
      `leave --previous out, which follows the latest, or name ${names}`,
    ],
  },
  'before the head': {
    code: 'BEFORE_LATEST',
    what: (names) => [
      `基準時刻が最新の実行 ${names} より前です`,
      `the as-of is before that of the latest run ${names}`,
    ],
    advice: () => [
      'より後の --as-of を指定するか、試すだけなら別のフォルダーを --out に指定してください',
      'give a later --as-of, or, only to try something, another folder as --out',
    ],
  },
  'replaces no head': {
    code: 'RUN_CONTINUED',
    what: (names) => [
      `この実行のあとに ${names} が続いているので、置き換えられません`,
      `cannot be replaced, since the chain goes on with ${names}`,
    ],
    advice: () => [
      '最新の実行だけを置き換えられます。直したい点は次の夜の入力で直してください',
      'only the latest run can be replaced; put right what is wrong in the inputs of the next night',
    ],
  },
  'cuts the chain': {
    code: 'OLD_PREVIOUS',
    what: (names) => [
      `すでにある実行 ${names} とは続ける先が違います`,
      `the run ${names} that is there already follows another run, or none`,
    ],
    advice: () => [
      '--previous と --first を外すと、同じ続き方で作り直します',
      'leave --previous and --first out: it is made again behind the run that it follows',
    ],
  },
  'previous gone': {
    code: 'BAD_PREVIOUS',
    what: (names) => [
      `すでにある実行 ${names} が続いている前の実行が、このフォルダーにありません`,
      `the run that ${names} follows is not in this folder`,
    ],
    advice: () => ['その実行を --previous で指定してください', 'name that run as --previous'],
  },
};

function noPlace({ why, runs }: NoPlace, { folder }: OpenSeries, request: CommandRequest, target: string) {
  const { code, what, advice } = REFUSALS[why];
  const names = runs.map((run) => shown(join(folder, run))).join('、');
  const english = runs.map((run) => shown(join(folder, run))).join(', ');
  const asked = request.previous === undefined || request.previous === LATEST ? target : request.previous;
  return {
    code,
    where: shown(why === 'not the head' ? asked : target),
    what: text(what(names)[0], what(english)[1]),
    advice: text(advice(names)[0], advice(english)[1]),
  };
}

/**
 * What the next run would follow, as far as the options say and it can be read: `check` only compares with it, so that it
 * takes no lock, and a series that is not in order is told by `run`.
 *
 * @throws what the signal was aborted with
 */
export async function latestPrevious(
  request: CommandRequest,
  signal: AbortSignal | undefined,
): Promise<Previous | undefined> {
  const { out, policy, previous } = request;
  const named = previous === undefined || previous === LATEST ? undefined : previous;
  try {
    const folder = out === undefined ? undefined : dirname(out);
    const head = folder === undefined || request.first ? undefined : readSeries(folder)?.heads[policy.id]?.run;
    const latest = folder === undefined || head === undefined ? undefined : join(folder, head);
    const before = named ?? latest;
    if (before === undefined) return undefined;
    restoreAt(before);
    return await wholeInTurns(readPrevious(before), () => mayEnd(signal));
  } catch (error) {
    if (error instanceof NotARun || error instanceof SeriesDamaged) return undefined;
    throw error;
  }
}

/** Of a run that is of no series: none beside it may build on what is replaced. @throws CommandFailure */
function refuseFollowed(target: string): void {
  const followers = followersOf(target);
  if (followers.length === 0) return;
  const { code, what, advice } = REFUSALS['replaces no head'];
  const names = followers.map((run) => shown(join(dirname(target), run)));
  throw new CommandFailure(EXIT.usage, [
    {
      code,
      where: shown(target),
      what: text(what(names.join('、'))[0], what(names.join(', '))[1]),
      advice: text(...advice('')),
    },
  ]);
}
