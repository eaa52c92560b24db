import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { type Text, text } from '../../base/text.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import type { ProgramIdentity } from '../../publish/manifest.ts';
import { UNMATCHED } from '../../publish/output-files.ts';
import { CARRIED_FILE, isRefusal, parseCarried } from '../../publish/previous.ts';
import { type Cells, publishedRows } from '../../publish/published-rows.ts';
import type { Resources } from '../../run/read-run-inputs.ts';
import { mayEnd } from '../../run/turns.ts';
import { isKept, reExecute } from '../record/re-execute.ts';
import { DamagedRun } from '../record/records.ts';
import { filesBelow, hashOfFile, type Manifest, readManifest } from '../record/run-record.ts';

export interface Check {
  readonly check: 'checksums' | 'manifest' | 'totals' | 'inputs' | 're-execution' | 'chain';
  readonly result: 'ok' | 'failed' | 'not checked';
  readonly details: readonly Text[];
}

/** What can be said of a run folder: every check with its result; nothing that was skipped is called ok. */
export interface Verification {
  readonly checks: readonly Check[];
  readonly madeBy: ProgramIdentity | undefined;
  readonly ruleSetSha256: string | undefined;
}

export interface VerifyOptions {
  readonly program: ProgramIdentity;
  readonly chain: boolean;
  readonly resources?: Resources;
}

const verdict = (check: Check['check'], problems: readonly Text[]): Check => ({
  check,
  result: problems.length === 0 ? 'ok' : 'failed',
  details: problems,
});
const skipped = (check: Check['check'], why: Text): Check => ({ check, result: 'not checked', details: [why] });

/** Verifies a run folder. Reads it only. */
export async function verifyRun(folder: string, options: VerifyOptions): Promise<Verification> {
  const present = presentIn(folder);
  const checksums = verdict('checksums', checkSums(folder, present));
  const read = readManifest(folder);
  if ('unreadable' in read) {
    const blocked = text('manifest.json が読めないため', 'because manifest.json cannot be read');
    const rest = (['totals', 'inputs', 're-execution'] as const).map((check) => skipped(check, blocked));
    return {
      checks: [checksums, verdict('manifest', [read.unreadable]), ...rest],
      madeBy: undefined,
      ruleSetSha256: undefined,
    };
  }
  const { manifest } = read;
  const damaged = checksums.result === 'failed';
  await mayEnd(options.resources?.signal);
  const inputs = await checkInputs(folder, manifest, options.resources?.signal);
  const checks: Check[] = [
    checksums,
    verdict('manifest', checkManifest(manifest, read.text, present)),
    verdict('totals', checkTotals(folder, manifest, present)),
    inputs,
    await checkReExecution(folder, manifest, inputs, damaged, options),
    ...(options.chain ? [checkChain(folder, manifest, present)] : []),
  ];
  return { checks, madeBy: manifest.program, ruleSetSha256: manifest.ruleSet.sha256 };
}

/** The files of a run folder. Several checks ask for the same hash. */
interface Present {
  readonly names: ReadonlySet<string>;
  hashOf(name: string): string;
}

function presentIn(folder: string): Present {
  const hashes = new Map<string, string>();
  const hashOf = (name: string): string => {
    const hash = hashes.get(name) ?? hashOfFile(join(folder, name));
    hashes.set(name, hash);
    return hash;
  };
  return { names: new Set(filesBelow(folder)), hashOf };
}

/** SHA256SUMS against the files, both ways; the sums file itself against the manifest. */
function checkSums(folder: string, { names, hashOf }: Present): readonly Text[] {
  const problems: Text[] = [];
  if (!names.has('SHA256SUMS')) return [text('SHA256SUMS がない', 'SHA256SUMS is missing')];
  const { listed, problems: unreadable } = listedSums(readFileSync(join(folder, 'SHA256SUMS'), 'utf8'));
  problems.push(...unreadable);
  for (const [name, hash] of listed) {
    if (!names.has(name)) problems.push(text(`${name} がない`, `${name} is missing`));
    else if (hashOf(name) !== hash) {
      problems.push(
        text(
          `${name} が SHA256SUMS と違う(どちらかが変えられた)`,
          `${name} differs from SHA256SUMS (one of them was altered)`,
        ),
      );
    }
  }
  for (const name of names) {
    if (name !== 'SHA256SUMS' && !listed.has(name))
      problems.push(text(`${name} は SHA256SUMS にない`, `${name} is not in SHA256SUMS`));
  }
  return problems;
}

/** Hashes by the name of their file, and lines that are none. */
function listedSums(content: string) {
  const problems: Text[] = [];
  const lines = content.split('\n');
  if (lines.pop() !== '') problems.push(text('SHA256SUMS の末尾が正しくない', 'SHA256SUMS does not end as it should'));
  const listed = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    const parts = /^([0-9a-f]{64}) {2}(.+)$/.exec(line);
    if (parts === null)
      problems.push(
        text(`SHA256SUMS の ${index + 1} 行目が読めない`, `line ${index + 1} of SHA256SUMS cannot be read`),
      );
    else listed.set(parts[2] ?? '', parts[1] ?? '');
  }
  return { listed, problems };
}

/** The manifest against itself (canonical form, fingerprint) and against the outputs. */
function checkManifest(manifest: Manifest, written: string, { names, hashOf }: Present): readonly Text[] {
  const problems: Text[] = [];
  const whole = JSON.parse(written) as Record<string, unknown>;
  const { fingerprint: _, ...body } = whole;
  const fingerprint = createHash('sha256').update(canonicalJson(body)).digest('hex');
  if (canonicalJson(whole) !== written)
    problems.push(text('manifest.json が正規の形でない', 'manifest.json is not in canonical form'));
  if (fingerprint !== manifest.fingerprint)
    problems.push(
      text('manifest.json の指紋が中身と合わない', 'the fingerprint in manifest.json is not of its content'),
    );
  for (const output of manifest.outputs) {
    if (!names.has(output.name)) problems.push(text(`${output.name} がない`, `${output.name} is missing`));
    else if (hashOf(output.name) !== output.sha256)
      problems.push(text(`${output.name} が manifest.json と違う`, `${output.name} differs from manifest.json`));
  }
  return problems;
}

const rowsOf = (path: string): readonly Cells[] => publishedRows(readFileSync(path, 'utf8'));
const sumOf = (rows: readonly Cells[], column: string): number =>
  rows.reduce((sum, row) => sum + Number(row[column] ?? Number.NaN), 0);

/** Tables that runs of every version wrote. */
const ALWAYS_WRITTEN = [
  'eligibility.csv',
  'payouts.csv',
  'extensions.csv',
  'reinstatements.csv',
  'review.csv',
  'merchant_days.csv',
  'rejects.csv',
] as const;

/** Tables that a run of these options must have written, by name. */
function tablesDue({ inputs, options, previous }: Manifest): readonly string[] {
  const countsUnmatched = inputs.some(({ coupons }) => coupons !== undefined && coupons !== null);
  const names = [
    ...ALWAYS_WRITTEN,
    ...(countsUnmatched ? [UNMATCHED] : []),
    ...(previous === null ? [] : [CARRIED_FILE]),
  ];
  return options.excel ? names.flatMap((name) => [name, `excel/${name}`]) : names;
}

/** Control totals, added again from the CSV files; and files against each other. A table that is not there proves none. */
function checkTotals(folder: string, manifest: Manifest, { names }: Present): readonly Text[] {
  const recorded = manifest.outputs.filter(({ name }) => name.endsWith('.csv'));
  const problems = tablesDue(manifest)
    .filter((name) => recorded.every((output) => output.name !== name))
    .map((name) => text(`manifest.json に ${name} の記録がない`, `manifest.json records nothing of ${name}`));
  const files = new Map<string, readonly Cells[]>();
  for (const { name } of recorded) {
    if (!names.has(name)) {
      problems.push(text(`${name} がないため、合計を確かめられない`, `${name} is missing, so it cannot be added up`));
      continue;
    }
    try {
      files.set(name, rowsOf(join(folder, name)));
    } catch (error) {
      if (isRefusal(error)) throw error;
      problems.push(text(`${name} が CSV として読めない`, `${name} cannot be read as CSV`));
    }
  }
  for (const output of recorded) {
    const rows = files.get(output.name);
    if (rows !== undefined) problems.push(...againstRecord(output, rows));
  }
  return [...problems, ...checkAgainstEachOther(files), ...checkUnmatched(manifest, files.get(UNMATCHED))];
}

/** What the manifest counted and added up of a table, against the table. */
function againstRecord(
  { name, rows: count, totals }: Manifest['outputs'][number],
  rows: readonly Cells[],
): readonly Text[] {
  const problems: Text[] = [];
  if (count === undefined)
    problems.push(text(`manifest.json に ${name} の行数の記録がない`, `manifest.json records no rows of ${name}`));
  else if (rows.length !== count)
    problems.push(
      text(`${name}: ${rows.length} 行(記録は ${count} 行)`, `${name}: ${rows.length} rows, but ${count} recorded`),
    );
  for (const [column, total] of Object.entries(totals ?? {})) {
    const sum = sumOf(rows, column);
    if (sum !== total)
      problems.push(
        text(
          `${name} ${column}: 合計 ${sum}(記録は ${total})`,
          `${name} ${column}: adds up to ${sum}, but ${total} recorded`,
        ),
      );
  }
  return problems;
}

function checkAgainstEachOther(files: ReadonlyMap<string, readonly Cells[]>): readonly Text[] {
  const [eligibility, payouts] = [files.get('eligibility.csv'), files.get('payouts.csv')];
  if (eligibility === undefined || payouts === undefined) return [];
  const payable = sumOf(
    eligibility.filter((row) => row.status === 'payable'),
    'payable_yen',
  );
  const sent = sumOf(payouts, 'amount_yen');
  if (payable === sent) return [];
  return [
    text(
      `payouts.csv の合計 ${sent}円が eligibility.csv の支払額 ${payable}円と違う`,
      `payouts.csv adds up to ${sent} yen, eligibility.csv to ${payable}`,
    ),
  ];
}

const NO_ROWS = { rows: 0, yen: 0 };

/** Rows that find no coupon, against what was counted of each input. */
function checkUnmatched({ inputs }: Manifest, rows: readonly Cells[] | undefined): readonly Text[] {
  if (rows === undefined) return [];
  const problems: Text[] = [];
  for (const { name, coupons } of inputs) {
    const own = rows.filter((row) => row.file === name);
    const [payments, others] = [coupons?.unknown ?? NO_ROWS, coupons?.unknownOther ?? NO_ROWS];
    const counted = { rows: payments.rows + others.rows, yen: payments.yen + others.yen };
    const listed = { rows: own.length, yen: sumOf(own, 'amount_yen') };
    if (counted.rows === listed.rows && counted.yen === listed.yen) continue;
    problems.push(
      text(
        `${UNMATCHED} の ${name} は ${listed.rows} 行 ${listed.yen}円(記録は ${counted.rows} 行 ${counted.yen}円)`,
        `${UNMATCHED} has ${listed.rows} rows of ${name} with ${listed.yen} yen, but ${counted.rows} with ${counted.yen} are recorded`,
      ),
    );
  }
  return problems;
}

/** Whether the archive holds the inputs that the manifest names. */
async function checkInputs(folder: string, manifest: Manifest, signal: AbortSignal | undefined): Promise<Check> {
  if (!manifest.options.archive) {
    return skipped(
      'inputs',
      text('入力は保存されていない(--archive なしの実行)', 'the inputs were not kept (run without --archive)'),
    );
  }
  const problems: Text[] = [];
  for (const input of manifest.inputs) {
    const path = join(folder, archivedPath(input));
    if (!existsSync(path))
      problems.push(text(`入力 ${input.name} の保存がない`, `the archived input ${input.name} is missing`));
    else if (!(await isKept(path, input, signal)))
      problems.push(text(`入力 ${input.name} の保存が変わっている`, `the archived input ${input.name} was altered`));
  }
  return verdict('inputs', problems);
}

const archivedPath = (input: Manifest['inputs'][number]): string => `inputs/${input.sha256}${input.gzip ? '' : '.gz'}`;

async function checkReExecution(
  folder: string,
  manifest: Manifest,
  inputs: Check,
  damaged: boolean,
  { program, resources }: VerifyOptions,
): Promise<Check> {
  if (inputs.result !== 'ok')
    return skipped(
      're-execution',
      text('保存された入力がそろっていないため', 'because the archived inputs are not complete'),
    );
  if (damaged) return skipped('re-execution', text('ファイルが変わっているため', 'because files were altered'));
  const sameProgram = manifest.program.version === program.version && manifest.program.revision === program.revision;
  const differing = await executedAgain(folder, manifest, resources);
  if (typeof differing === 'string')
    return verdict('re-execution', [
      text(
        `${differing} が実行時のものと違い、再実行できない`,
        `${differing} is not what the run wrote, so that it cannot be executed again`,
      ),
    ]);
  if (differing.length === 0) return verdict('re-execution', []);
  const found = differing.map((name) => text(`再実行した ${name} が違う`, `${name} comes out otherwise`));
  if (sameProgram) return verdict('re-execution', found);
  const other = text(
    `別のプログラム(版 ${manifest.program.version}、${manifest.program.revision})が作った実行なので、違いがあっても確かめられない`,
    `the run was made by another program (version ${manifest.program.version}, ${manifest.program.revision}), so a difference proves nothing`,
  );
  return { check: 're-execution', result: 'not checked', details: [other, ...found] };
}

/** Outputs that come out otherwise, or what the run is executed from and has been altered since. */
async function executedAgain(
  folder: string,
  manifest: Manifest,
  resources: Resources | undefined,
): Promise<readonly string[] | string> {
  try {
    return await reExecute(folder, manifest, resources);
  } catch (error) {
    if (!(error instanceof DamagedRun)) throw error;
    return relative(folder, error.path);
  }
}

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
 * for its own damage: nothing is said of the one after it that rests on what was altered here.
 */
function checkChain(folder: string, manifest: Manifest, present: Present): Check {
  const problems: Text[] = [];
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
    problems.push(...checkCarried(night, after));
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
  for (const entry of readdirSync(parent, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const run = join(parent, entry.name);
    const [manifest, sums] = [join(run, 'manifest.json'), join(run, 'SHA256SUMS')];
    if (isFile(manifest)) byManifest.set(hashOfFile(manifest), run);
    const listed = isFile(sums) ? /^([0-9a-f]{64}) {2}manifest\.json$/m.exec(readFileSync(sums, 'utf8')) : null;
    if (listed !== null) bySums.set(listed[1] ?? '', run);
  }
  return { byManifest, bySums };
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

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

/** A file is what the manifest says, or both know of none. */
function isAsRecorded({ manifest, present }: Night, name: string): boolean {
  const recorded = manifest.outputs.find((output) => output.name === name);
  if (!present.names.has(name)) return recorded === undefined;
  return recorded?.sha256 === present.hashOf(name);
}

/** What the later run counts as paid is what the earlier one did, and what that one paid itself. */
function carriesOn(before: string, after: string): boolean {
  const carriedIn = (folder: string) =>
    existsSync(join(folder, CARRIED_FILE)) ? parseCarried(readFileSync(join(folder, CARRIED_FILE), 'utf8')) : [];
  const lines = (rows: ReturnType<typeof carriedIn>) =>
    rows.map((row) => `${row.payoutId} ${row.couponNumber} ${row.amountYen}`);
  try {
    const made = rowsOf(join(before, 'eligibility.csv'))
      .filter((row) => row.payout_id !== '')
      .map((row) => `${row.payout_id} ${row.coupon_number} ${row.payable_yen}`);
    return [...lines(carriedIn(before)), ...made].sort().join('\n') === lines(carriedIn(after)).sort().join('\n');
  } catch (error) {
    if (isRefusal(error)) throw error;
    // What cannot be read carries nothing on.
    return false;
  }
}
