import { basename, dirname, join } from 'node:path';
import { type Text, text } from '../../base/text.ts';
import { ASKED_FILE, REVIEW_FILE } from '../../publish/asked.ts';
import { hashPlainFile, MOST_MANIFEST_BYTES, readPlainFile } from '../../publish/folder-entries.ts';
import { CARRIED_FILE, type Carried, isRefusal, PREVIOUS_SUMMARY_FILE, parseCarried } from '../../publish/previous.ts';
import { type Cells, madeOf, publishedRows, type Rows } from '../../publish/published-rows.ts';
import { TO_SEND_FILE } from '../../publish/unsent-payouts.ts';
import { mayEnd, wholeInTurns } from '../../run/turns.ts';
import { foldersIn, piecesOf } from '../record/files.ts';
import type { Manifest } from '../record/run-record.ts';
import { type Check, verdict } from './check.ts';
import { checkNight, type Night, type NightOptions } from './night.ts';
import { purgedWords, type RunWithPurged } from './purged-files.ts';
import { checkSeries } from './series.ts';
import { sharedDamage } from './shared-damage.ts';

/** A run of the chain, and what the next one knows it by. */
interface Link {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly present: RunWithPurged;
  /** Its manifest is the one that the next run followed. */
  readonly isPinned: boolean;
}

export interface ChainOptions extends Omit<NightOptions, 'executes'> {
  /** How many nights are executed again, the last among them, which was so already. */
  readonly execute?: number;
}

/** The nights of a chain, from the last to the first. */
export interface Walked {
  readonly check: Check;
  readonly nights: readonly Night[];
  /** Of each night whether it is what the next one followed; nothing of the last. */
  readonly pins: readonly (Check | undefined)[];
}

/** What is gathered on the way. */
interface Walk {
  readonly nights: Night[];
  readonly pins: (Check | undefined)[];
  readonly problems: Text[];
  /** Why a night was not executed that was to be. */
  readonly unexecuted: Text[];
}

/**
 * Walks back to the first night among the folders beside this one, by the hashes of their manifests, and checks each. A
 * night is blamed for its own damage: nothing is said of the one after it that rests on what was altered here. Of a series,
 * series.json is held against the folders too.
 */
export async function walkChain(last: Night, manifest: Manifest, options: ChainOptions): Promise<Walked> {
  const walk: Walk = { nights: [last], pins: [undefined], problems: [], unexecuted: [] };
  walk.problems.push(...checkSeries(last.folder, manifest.policy.id));
  const end = await walkBack({ folder: last.folder, manifest, present: last.run, isPinned: true }, walk, options);
  walk.problems.push(...sharedDamage(walk.nights));
  const { nights, pins, problems, unexecuted } = walk;
  const open = [...unexecuted, ...end];
  const result = problems.length > 0 ? 'failed' : open.length > 0 ? 'not checked' : 'ok';
  // Of files that were purged nothing is proved, and nothing held against them.
  const purged = nights.slice(1).flatMap(({ folder, run }) => inNight(folder, purgedWords(run.purged)));
  const details = [...problems, ...open, ...purged];
  return { check: { check: 'chain', result, details }, nights, pins };
}

/** Says where the walk cannot go on. */
async function walkBack(last: Link, walk: Walk, options: ChainOptions): Promise<readonly Text[]> {
  const neighbours = runsBeside(last.folder);
  const walked = new Set([last.folder]);
  let after = last;
  while (after.manifest.previous !== null) {
    const { folder: at, isPinned } = findNight(after.manifest.previous.manifestSha256, neighbours);
    if (at === undefined || walked.has(at)) return [nothingBefore(basename(after.folder))];
    walked.add(at);
    const executes = walk.nights.length < (options.execute ?? 1);
    const night = await checkNight(at, { ...options, executes });
    walk.nights.push(night);
    walk.problems.push(...inNight(at, blamed(night)));
    if (executes) walk.unexecuted.push(...inNight(at, notExecuted(night)));
    const pin = checkPin(after, night, isPinned);
    walk.pins.push(pin);
    const { read, run } = night;
    if ('unreadable' in read)
      return [text(`${basename(at)} より前は確かめられない`, `what was before ${basename(at)} cannot be followed`)];
    const before: Link = { folder: at, manifest: read.manifest, present: run, isPinned };
    // Whose manifest was altered is told by its own checks, or by this.
    if (blamed(night).length === 0) walk.problems.push(...pin.details);
    const turn = (): Promise<void> => mayEnd(options.resources?.signal);
    walk.problems.push(...(await wholeInTurns(checkCrossing(before, after), turn)));
    after = before;
  }
  return [];
}

const nothingBefore = (name: string): Text =>
  text(`${name} の前の実行が隣に見つからない`, `the run before ${name} is not among the folders beside it`);

/** What is wrong with a night: of files that are not as they were written, nothing else is said. */
function blamed({ checks }: Night): readonly Text[] {
  const failed = checks.filter(({ result }) => result === 'failed');
  const [first] = failed;
  return first?.check === 'checksums' ? first.details : failed.flatMap(({ details }) => details);
}

const notExecuted = ({ checks }: Night): readonly Text[] =>
  checks
    .filter(({ check, result }) => check === 're-execution' && result === 'not checked')
    .flatMap(({ details }) =>
      details.map(({ ja, en }) => text(`再実行していない(${ja})`, `was not executed again, ${en}`)),
    );

/** Whether a night is what the next one followed. */
function checkPin(after: Link, night: Night, isPinned: boolean): Check {
  const [own, next] = [basename(night.folder), basename(after.folder)];
  if (!isPinned)
    return verdict('pin', [
      text(
        `${own}: manifest.json が、${next} の続いたものと違う`,
        `${own}: manifest.json is not the one that ${next} followed`,
      ),
    ]);
  const isSame = 'unreadable' in night.read || night.read.manifest.fingerprint === after.manifest.previous?.fingerprint;
  return verdict(
    'pin',
    isSame
      ? []
      : [
          text(
            `${next} の manifest.json にある前の実行の指紋が ${own} のものでない`,
            `the fingerprint that manifest.json of ${next} gives the run before is not that of ${own}`,
          ),
        ],
  );
}

const inNight = (folder: string, problems: readonly Text[]): readonly Text[] =>
  problems.map(({ ja, en }) => text(`${basename(folder)}: ${ja}`, `${basename(folder)}: ${en}`));

/** Folders beside a run, by the hash of their manifest, and by the one that their SHA256SUMS gives it. */
interface Neighbours {
  readonly byManifest: ReadonlyMap<string, string>;
  readonly bySums: ReadonlyMap<string, string>;
}

function runsBeside(folder: string): Neighbours {
  const byManifest = new Map<string, string>();
  const bySums = new Map<string, string>();
  for (const run of foldersIn(dirname(folder))) {
    const manifest = ifPlain(() => hashPlainFile(join(run, 'manifest.json')));
    if (manifest !== undefined) byManifest.set(manifest, run);
    const sums = ifPlain(() => readPlainFile(join(run, 'SHA256SUMS'), MOST_MANIFEST_BYTES).toString('utf8')) ?? '';
    const listed = /^([0-9a-f]{64}) {2}manifest\.json$/m.exec(sums);
    if (listed !== null) bySums.set(listed[1] ?? '', run);
  }
  return { byManifest, bySums };
}

/** Undefined of what is there, but no file that a run writes, and of what is not there. */
function ifPlain<Read>(read: () => Read): Read | undefined {
  try {
    return read();
  } catch (error) {
    if (isRefusal(error)) throw error;
    return undefined;
  }
}

/** The run with that manifest; where it was altered or is gone, its own sums still say what it was. */
function findNight(
  manifestSha256: string,
  { byManifest, bySums }: Neighbours,
): { readonly folder: string | undefined; readonly isPinned: boolean } {
  const pinned = byManifest.get(manifestSha256);
  return pinned === undefined
    ? { folder: bySums.get(manifestSha256), isPinned: false }
    : { folder: pinned, isPinned: true };
}

/** What went from the earlier run into the later one, in steps. */
function* checkCrossing(before: Link, after: Link): Generator<undefined, readonly Text[]> {
  return [
    ...(yield* checkCarried(before, after)),
    ...(yield* checkUnsent(before, after)),
    ...(yield* checkAsked(before, after)),
    ...(yield* checkSummary(before, after)),
  ];
}

type Found = Generator<undefined, readonly Text[]>;

/** What the later run carries against what the earlier one carried and paid, where that is as it was written. */
function* checkCarried(before: Link, after: Link): Found {
  const rests = before.isPinned && (yield* areAsRecorded(before, ['eligibility.csv', CARRIED_FILE]));
  if (!rests || (yield* carriesOn(before, after))) return [];
  const name = basename(after.folder);
  return [
    text(
      `${name} の carried.csv が前の実行の支払いと合わない`,
      `carried.csv of ${name} is not what the run before it paid`,
    ),
  ];
}

/** The same of the questions that the later run says were asked before it. */
function* checkAsked(before: Link, after: Link): Found {
  // Runs of earlier versions did not say.
  const says = after.manifest.outputs.some(({ name }) => name === ASKED_FILE);
  const rests = before.isPinned && (yield* areAsRecorded(before, [REVIEW_FILE, ASKED_FILE]));
  if (!says || !rests || (yield* asksOn(before, after))) return [];
  const name = basename(after.folder);
  return [
    text(
      `${name} の ${ASKED_FILE} が前の実行の確認事項と合わない`,
      `${ASKED_FILE} of ${name} is not what the runs before it asked`,
    ),
  ];
}

/** The summary of the earlier run, as the later one copied it: its page holds its own against it. */
function* checkSummary(before: Link, after: Link): Found {
  const recorded = before.manifest.outputs.some(({ name }) => name === SUMMARY);
  const rests = before.isPinned && recorded && (yield* areAsRecorded(before, [SUMMARY]));
  const copies = after.present.names.has(PREVIOUS_SUMMARY_FILE);
  if (!rests || !(copies || after.manifest.options.report === true)) return [];
  const copied = copies ? yield* after.present.hashOf(PREVIOUS_SUMMARY_FILE) : undefined;
  if (copied === (yield* before.present.hashOf(SUMMARY))) return [];
  const name = basename(after.folder);
  return [
    text(
      `${name} の ${PREVIOUS_SUMMARY_FILE} が前の実行の ${SUMMARY} と違う`,
      `${PREVIOUS_SUMMARY_FILE} of ${name} is not ${SUMMARY} of the run before it`,
    ),
  ];
}

const SUMMARY = 'summary.json';

/** Rows of a file of a run, as they come. */
const rowsOf = ({ folder }: Link, name: string, columns?: readonly string[]): Rows =>
  publishedRows(piecesOf(join(folder, name)), columns);

/** Lines as they come, and undefined where somebody else may have a turn. */
type Lines = Iterable<string | undefined>;

/** So many things are looked at in a step. */
const THINGS_A_STEP = 1 << 12;

/** Whether all things are so, as far as the first that is not. */
function* areAll<Thing>(
  things: Iterable<Thing | undefined>,
  isSo: (thing: Thing) => boolean,
): Generator<undefined, boolean> {
  let count = 0;
  for (const thing of things) {
    if (thing === undefined || ++count % THINGS_A_STEP === 0) yield undefined;
    if (thing !== undefined && !isSo(thing)) return false;
  }
  return true;
}

/** Whether the same lines stand in both, in whatever order. */
function* areSame(handed: Lines, said: Lines): Generator<undefined, boolean> {
  const counts = new Map<string, number>();
  const add = (line: string): boolean => counts.set(line, (counts.get(line) ?? 0) + 1).size > 0;
  const take = (line: string): boolean => {
    const count = counts.get(line) ?? 0;
    if (count > 1) counts.set(line, count - 1);
    else counts.delete(line);
    return count > 0;
  };
  yield* areAll(handed, add);
  return (yield* areAll(said, take)) && counts.size === 0;
}

/** What the later run was handed is what the earlier one was, and what that one asked itself. */
function* asksOn(before: Link, after: Link): Generator<undefined, boolean> {
  try {
    return yield* areSame(askedBy(before), askedIn(after));
  } catch (error) {
    if (isRefusal(error)) throw error;
    return false;
  }
}

function* askedBy(link: Link): Lines {
  const own = new Set<string>();
  for (const row of rowsOf(link, REVIEW_FILE, ['review_id'])) {
    if (row === undefined) yield undefined;
    else {
      own.add(row.review_id ?? '');
      yield `${row.review_id ?? ''} ${link.manifest.asOf}`;
    }
  }
  yield* askedIn(link, own);
}

/** Of what was asked before; others than these. */
function* askedIn(link: Link, known: ReadonlySet<string> = new Set()): Lines {
  if (!link.present.names.has(ASKED_FILE)) return;
  for (const row of rowsOf(link, ASKED_FILE, ['review_id', 'asked_at'])) {
    if (row === undefined) yield undefined;
    else if (!known.has(row.review_id ?? '')) yield `${row.review_id ?? ''} ${row.asked_at ?? ''}`;
  }
}

function* areAsRecorded(link: Link, names: readonly string[]): Generator<undefined, boolean> {
  for (const name of names) if (!(yield* isAsRecorded(link, name))) return false;
  return true;
}

/** A file is what the manifest says, or both know of none. */
function* isAsRecorded({ manifest, present }: Link, name: string): Generator<undefined, boolean> {
  const recorded = manifest.outputs.find((output) => output.name === name);
  if (!present.names.has(name)) return recorded === undefined;
  return recorded?.sha256 === (yield* present.hashOf(name));
}

/** What the later run counts as paid is what the earlier one did, and what that one paid itself. */
function* carriesOn(before: Link, after: Link): Generator<undefined, boolean> {
  try {
    const [was, is] = [yield* carriedIn(before), yield* carriedIn(after)];
    return yield* areSame(paidBy(before, was), linesOf(is));
  } catch (error) {
    if (isRefusal(error)) throw error;
    // What cannot be read carries nothing on.
    return false;
  }
}

const carriedIn = ({ folder, present }: Link): ReturnType<typeof parseCarried> =>
  parseCarried(present.names.has(CARRIED_FILE) ? piecesOf(join(folder, CARRIED_FILE)) : []);

function* linesOf(rows: readonly Carried[]): Lines {
  for (const row of rows) yield `${row.payoutId} ${row.couponNumber} ${row.amountYen} ${row.route}`;
}

function* paidBy(link: Link, carried: readonly Carried[]): Lines {
  yield* linesOf(carried);
  const columns = ['coupon_number', 'payable_yen', 'route', 'payout_id'];
  for (const row of rowsOf(link, 'eligibility.csv', columns)) {
    if (row === undefined) yield undefined;
    else if (row.payout_id !== '') yield `${row.payout_id} ${row.coupon_number} ${row.payable_yen} ${row.route}`;
  }
}

/** What the later run has still to send of earlier nights, against what the earlier one had, where that is as it was written. */
function* checkUnsent(before: Link, after: Link): Found {
  if (isPurged(before) || isPurged(after)) return [];
  const rests = before.isPinned && (yield* areAsRecorded(before, ['payouts.csv', TO_SEND_FILE]));
  if (!rests || !after.present.names.has(TO_SEND_FILE) || (yield* sendsOn(before, after))) return [];
  const name = basename(after.folder);
  return [
    text(
      `${name} の ${TO_SEND_FILE} の前夜までの行が、前の実行のものと合わない`,
      `rows of earlier nights in ${TO_SEND_FILE} of ${name} are not those of the run before it`,
    ),
  ];
}

const isPurged = ({ present }: Link): boolean =>
  ['payouts.csv', TO_SEND_FILE].some((name) => present.purged.gone.has(name));

/** Rows go once somebody answers for them; none comes, and none changes but by falling due. */
function* sendsOn(before: Link, after: Link): Generator<undefined, boolean> {
  try {
    const { asOf } = before.manifest;
    const unsent = before.present.names.has(TO_SEND_FILE) ? TO_SEND_FILE : 'payouts.csv';
    const lineOf = ({ due: _, ...row }: Cells): string => JSON.stringify({ ...row, made_at: row.made_at ?? asOf });
    const known = new Set(yield* madeOf(rowsOf(before, unsent), lineOf));
    const own = new Set(yield* madeOf(rowsOf(after, 'payouts.csv', ['payout_id']), (row) => row.payout_id));
    return yield* areAll(rowsOf(after, TO_SEND_FILE), (row) => own.has(row.payout_id) || known.has(lineOf(row)));
  } catch (error) {
    if (isRefusal(error)) throw error;
    // What cannot be read sends nothing on.
    return false;
  }
}
