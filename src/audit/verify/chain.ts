import { basename, dirname, join } from 'node:path';
import { type Text, text } from '../../base/text.ts';
import { ASKED_FILE, parseAsked, REVIEW_FILE } from '../../publish/asked.ts';
import { CARRIED_FILE, isRefusal, parseCarried } from '../../publish/previous.ts';
import type { Cells } from '../../publish/published-rows.ts';
import { TO_SEND_FILE } from '../../publish/unsent-payouts.ts';
import { foldersIn, isFile, isThere, readText } from '../record/files.ts';
import { hashOfFile, type Manifest, readManifest } from '../record/run-record.ts';
import { type Check, verdict } from './check.ts';
import { checkManifest, checkSums, type Present, presentIn } from './checksums.ts';
import { checkSeries } from './series.ts';
import { rowsOf } from './totals.ts';

/** A run of the chain, and what the next one knows it by. */
interface Night {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly present: Present;
  /** Its manifest is the one that the next run followed. */
  readonly isPinned: boolean;
}

/**
 * Walks back to the first night among the folders beside this one, by the hashes of their manifests. A night is blamed
 * for its own damage: nothing is said of the one after it that rests on what was altered here. Of a series, series.json is
 * held against the folders too.
 */
export function checkChain(folder: string, manifest: Manifest, present: Present): Check {
  const problems: Text[] = [...checkSeries(folder, manifest.policy.id)];
  const neighbours = runsBeside(folder);
  const walked = new Set([folder]);
  let after: Night = { folder, manifest, present, isPinned: true };
  while (after.manifest.previous !== null) {
    const { folder: at, isPinned } = findNight(after.manifest.previous.manifestSha256, neighbours);
    if (at === undefined || walked.has(at)) return chainEndsAt(basename(after.folder), problems);
    walked.add(at);
    const before = presentIn(at);
    const damage = checkSums(at, before);
    problems.push(...inNight(at, damage));
    const read = readManifest(at);
    if ('unreadable' in read) {
      const earlier = text(
        `${basename(at)} より前は確かめられない`,
        `what was before ${basename(at)} cannot be followed`,
      );
      const why = damage.length === 0 ? inNight(at, [read.unreadable]) : [];
      return verdict('chain', [...problems, ...why, earlier]);
    }
    const night: Night = { folder: at, manifest: read.manifest, present: before, isPinned };
    // A file that was altered with its sum is still not what the manifest says, whose hash is in the next run.
    if (damage.length === 0) problems.push(...inNight(at, checkManifest(read.manifest, read.text, before)));
    problems.push(...checkCarried(night, after), ...checkUnsent(night, after), ...checkAsked(night, after));
    after = night;
  }
  return verdict('chain', problems);
}

const inNight = (folder: string, problems: readonly Text[]): readonly Text[] =>
  problems.map(({ ja, en }) => text(`${basename(folder)}: ${ja}`, `${basename(folder)}: ${en}`));

/** Where the walk cannot go on: failed if something was found on the way, else not checked. */
const chainEndsAt = (name: string, problems: readonly Text[]): Check => ({
  check: 'chain',
  result: problems.length > 0 ? 'failed' : 'not checked',
  details: [
    ...problems,
    text(`${name} の前の実行が隣に見つからない`, `the run before ${name} is not among the folders beside it`),
  ],
});

/** Folders beside a run, by the hash of their manifest, and by the one that their SHA256SUMS gives it. */
interface Neighbours {
  readonly byManifest: ReadonlyMap<string, string>;
  readonly bySums: ReadonlyMap<string, string>;
}

function runsBeside(folder: string): Neighbours {
  const parent = dirname(folder);
  const byManifest = new Map<string, string>();
  const bySums = new Map<string, string>();
  for (const run of foldersIn(parent)) {
    const [manifest, sums] = [join(run, 'manifest.json'), join(run, 'SHA256SUMS')];
    if (isFile(manifest)) byManifest.set(hashOfFile(manifest), run);
    const listed = isFile(sums) ? /^([0-9a-f]{64}) {2}manifest\.json$/m.exec(readText(sums)) : null;
    if (listed !== null) bySums.set(listed[1] ?? '', run);
  }
  return { byManifest, bySums };
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
function checkCarried(before: Night, after: Night): readonly Text[] {
  const rests = before.isPinned && ['eligibility.csv', CARRIED_FILE].every((name) => isAsRecorded(before, name));
  if (!rests || carriesOn(before.folder, after.folder)) return [];
  const name = basename(after.folder);
  return [
    text(
      `${name} の carried.csv が前の実行の支払いと合わない`,
      `carried.csv of ${name} is not what the run before it paid`,
    ),
  ];
}

/** The same of the questions that the later run says were asked before it. */
function checkAsked(before: Night, after: Night): readonly Text[] {
  // Runs of earlier versions did not say.
  const says = after.manifest.outputs.some(({ name }) => name === ASKED_FILE);
  const rests = before.isPinned && [REVIEW_FILE, ASKED_FILE].every((name) => isAsRecorded(before, name));
  if (!says || !rests || asksOn(before, after.folder)) return [];
  const name = basename(after.folder);
  return [
    text(
      `${name} の ${ASKED_FILE} が前の実行の確認事項と合わない`,
      `${ASKED_FILE} of ${name} is not what the runs before it asked`,
    ),
  ];
}

/** What the later run was handed is what the earlier one was, and what that one asked itself. */
function asksOn({ folder: before, manifest }: Night, after: string): boolean {
  const askedIn = (folder: string) =>
    isThere(join(folder, ASKED_FILE)) ? parseAsked(readText(join(folder, ASKED_FILE))) : [];
  try {
    const own = rowsOf(join(before, REVIEW_FILE)).map(({ review_id: id }) => id ?? '');
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
function isAsRecorded({ manifest, present }: Night, name: string): boolean {
  const recorded = manifest.outputs.find((output) => output.name === name);
  if (!present.names.has(name)) return recorded === undefined;
  return recorded?.sha256 === present.hashOf(name);
}

/** What the later run counts as paid is what the earlier one did, and what that one paid itself. */
function carriesOn(before: string, after: string): boolean {
  const carriedIn = (folder: string) =>
    isThere(join(folder, CARRIED_FILE)) ? parseCarried(readText(join(folder, CARRIED_FILE))) : [];
  const lines = (rows: ReturnType<typeof carriedIn>) =>
    rows.map((row) => `${row.payoutId} ${row.couponNumber} ${row.amountYen} ${row.route}`);
  try {
    const made = rowsOf(join(before, 'eligibility.csv'))
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
function checkUnsent(before: Night, after: Night): readonly Text[] {
  const rests = before.isPinned && ['payouts.csv', TO_SEND_FILE].every((name) => isAsRecorded(before, name));
  if (!rests || !isThere(join(after.folder, TO_SEND_FILE)) || sendsOn(before, after)) return [];
  const name = basename(after.folder);
  return [
    text(
      `${name} の ${TO_SEND_FILE} の前夜までの行が、前の実行のものと合わない`,
      `rows of earlier nights in ${TO_SEND_FILE} of ${name} are not those of the run before it`,
    ),
  ];
}

/** Rows go once somebody answers for them; none comes, and none changes but by falling due. */
function sendsOn(before: Night, after: Night): boolean {
  try {
    const { asOf } = before.manifest;
    const unsentIn = (folder: string) => (isThere(join(folder, TO_SEND_FILE)) ? TO_SEND_FILE : 'payouts.csv');
    const rowOf = ({ due: _, ...row }: Cells): string => JSON.stringify({ ...row, made_at: row.made_at ?? asOf });
    const known = new Set(rowsOf(join(before.folder, unsentIn(before.folder))).map(rowOf));
    const own = new Set(rowsOf(join(after.folder, 'payouts.csv')).map((row) => row.payout_id));
    const earlier = rowsOf(join(after.folder, TO_SEND_FILE)).filter((row) => !own.has(row.payout_id));
    return earlier.every((row) => known.has(rowOf(row)));
  } catch (error) {
    if (isRefusal(error)) throw error;
    // What cannot be read sends nothing on.
    return false;
  }
}
