import { basename, dirname, join } from 'node:path';
import { type Text, text } from '../../base/text.ts';
import { ASKED_FILE, parseAsked, REVIEW_FILE } from '../../publish/asked.ts';
import { hashPlainFile, MOST_MANIFEST_BYTES, readPlainFile } from '../../publish/folder-entries.ts';
import { CARRIED_FILE, isRefusal, PREVIOUS_SUMMARY_FILE, parseCarried } from '../../publish/previous.ts';
import type { Cells } from '../../publish/published-rows.ts';
import { TO_SEND_FILE } from '../../publish/unsent-payouts.ts';
import { foldersIn, readText } from '../record/files.ts';
import type { Manifest } from '../record/run-record.ts';
import { type Check, verdict } from './check.ts';
import { checkNight, type Night, type NightOptions } from './night.ts';
import { purgedWords, type RunWithPurged } from './purged-files.ts';
import { checkSeries } from './series.ts';
import { sharedDamage } from './shared-damage.ts';
import { rowsOf } from './totals.ts';

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
    walk.problems.push(...checkCarried(before, after), ...checkUnsent(before, after), ...checkAsked(before, after));
    walk.problems.push(...checkSummary(before, after));
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

/** What the later run carries against what the earlier one carried and paid, where that is as it was written. */
function checkCarried(before: Link, after: Link): readonly Text[] {
  const rests = before.isPinned && ['eligibility.csv', CARRIED_FILE].every((name) => isAsRecorded(before, name));
  if (!rests || carriesOn(before, after)) return [];
  const name = basename(after.folder);
  return [
    text(
      `${name} の carried.csv が前の実行の支払いと合わない`,
      `carried.csv of ${name} is not what the run before it paid`,
    ),
  ];
}

/** The same of the questions that the later run says were asked before it. */
function checkAsked(before: Link, after: Link): readonly Text[] {
  // Runs of earlier versions did not say.
  const says = after.manifest.outputs.some(({ name }) => name === ASKED_FILE);
  const rests = before.isPinned && [REVIEW_FILE, ASKED_FILE].every((name) => isAsRecorded(before, name));
  if (!says || !rests || asksOn(before, after)) return [];
  const name = basename(after.folder);
  return [
    text(
      `${name} の ${ASKED_FILE} が前の実行の確認事項と合わない`,
      `${ASKED_FILE} of ${name} is not what the runs before it asked`,
    ),
  ];
}

/** The summary of the earlier run, as the later one copied it: its page holds its own against it. */
function checkSummary(before: Link, after: Link): readonly Text[] {
  const recorded = before.manifest.outputs.some(({ name }) => name === SUMMARY);
  const rests = before.isPinned && recorded && isAsRecorded(before, SUMMARY);
  const copies = after.present.names.has(PREVIOUS_SUMMARY_FILE);
  if (!rests || !(copies || after.manifest.options.report === true)) return [];
  if (copies && after.present.hashOf(PREVIOUS_SUMMARY_FILE) === before.present.hashOf(SUMMARY)) return [];
  const name = basename(after.folder);
  return [
    text(
      `${name} の ${PREVIOUS_SUMMARY_FILE} が前の実行の ${SUMMARY} と違う`,
      `${PREVIOUS_SUMMARY_FILE} of ${name} is not ${SUMMARY} of the run before it`,
    ),
  ];
}

const SUMMARY = 'summary.json';

/** Nothing where there is no such file. */
const parsedIn = <Row>(
  { folder, present }: Link,
  name: string,
  parse: (content: string) => readonly Row[],
): readonly Row[] => (present.names.has(name) ? parse(readText(join(folder, name))) : []);

/** What the later run was handed is what the earlier one was, and what that one asked itself. */
function asksOn(before: Link, after: Link): boolean {
  const askedIn = (link: Link) => parsedIn(link, ASKED_FILE, parseAsked);
  const { manifest } = before;
  try {
    const own = rowsOf(join(before.folder, REVIEW_FILE)).map(({ review_id: id }) => id ?? '');
    const known = new Set(own);
    const others = askedIn(before).filter(({ reviewId }) => !known.has(reviewId));
    const handed = [
      ...own.map((id) => `${id} ${manifest.asOf}`),
      ...others.map((row) => `${row.reviewId} ${row.askedAt}`),
    ];
    const said = askedIn(after).map((row) => `${row.reviewId} ${row.askedAt}`);
    return handed.sort().join('\n') === said.sort().join('\n');
  } catch (error) {
    if (isRefusal(error)) throw error;
    return false;
  }
}

/** A file is what the manifest says, or both know of none. */
function isAsRecorded({ manifest, present }: Link, name: string): boolean {
  const recorded = manifest.outputs.find((output) => output.name === name);
  if (!present.names.has(name)) return recorded === undefined;
  return recorded?.sha256 === present.hashOf(name);
}

/** What the later run counts as paid is what the earlier one did, and what that one paid itself. */
function carriesOn(before: Link, after: Link): boolean {
  const carriedIn = (link: Link) => parsedIn(link, CARRIED_FILE, parseCarried);
  const lines = (rows: ReturnType<typeof carriedIn>) =>
    rows.map((row) => `${row.payoutId} ${row.couponNumber} ${row.amountYen} ${row.route}`);
  try {
    const made = rowsOf(join(before.folder, 'eligibility.csv'))
      .filter((row) => row.payout_id !== '')
      .map((row) => `${row.payout_id} ${row.coupon_number} ${row.payable_yen} ${row.route}`);
    return [...lines(carriedIn(before)), ...made].sort().join('\n') === lines(carriedIn(after)).sort().join('\n');
  } catch (error) {
    if (isRefusal(error)) throw error;
    // What cannot be read carries nothing on.
    return false;
  }
}

/** What the later run has still to send of earlier nights, against what the earlier one had, where that is as it was written. */
function checkUnsent(before: Link, after: Link): readonly Text[] {
  if (isPurged(before) || isPurged(after)) return [];
  const rests = before.isPinned && ['payouts.csv', TO_SEND_FILE].every((name) => isAsRecorded(before, name));
  if (!rests || !after.present.names.has(TO_SEND_FILE) || sendsOn(before, after)) return [];
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
function sendsOn(before: Link, after: Link): boolean {
  try {
    const { asOf } = before.manifest;
    const unsent = before.present.names.has(TO_SEND_FILE) ? TO_SEND_FILE : 'payouts.csv';
    const rowOf = ({ due: _, ...row }: Cells): string => JSON.stringify({ ...row, made_at: row.made_at ?? asOf });
    const known = new Set(rowsOf(join(before.folder, unsent)).map(rowOf));
    const own = new Set(rowsOf(join(after.folder, 'payouts.csv')).map((row) => row.payout_id));
    const earlier = rowsOf(join(after.folder, TO_SEND_FILE)).filter((row) => !own.has(row.payout_id));
    return earlier.every((row) => known.has(rowOf(row)));
  } catch (error) {
    if (isRefusal(error)) throw error;
    // What cannot be read sends nothing on.
    return false;
  }
}
