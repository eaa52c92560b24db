import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Dice } from '../../test/simulation/dice.ts';
import type { Attack, Attempt, Ground } from './attack.ts';
import { callProgram } from './called.ts';
import type { CsvTable } from './csv-table.ts';
import { endingFaults, terminalFaults, treeFaults } from './judges.ts';
import { type Mutated, mutate, untouched } from './mutations.ts';
import { INPUT_OPTIONS, type Night, nightOf } from './nights.ts';
import { moneyFaults, touchedBy, type Yen } from './touched.ts';
import { treeOf } from './tree.ts';
import { type CallWithin, type Ended, endedFaults, findNoFlock, loadProgram } from './within.ts';

/** Everything may pass, so that as much as can be is settled. */
const LIMITS = ['--max-rejects', '100%', '--max-small-rejects', '100%', '--max-unmatched', '100%'];
const LIMITS_OF_RUN = [
  ...['--max-unknown-decisions', '1000'],
  ...['--allow-empty-file', '--allow-missing-days', '--allow-cut-file', '--allow-rows-gone', '--allow-paid-rows-gone'],
];

interface Call {
  readonly night: Night;
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly out: string;
  readonly more?: readonly string[];
  /** What is run is said in the config file alone. */
  readonly byConfig?: boolean;
}

/** What is read, once its files are in place. */
function inputWords({ night, files, byConfig = false }: Call): readonly string[] {
  if (byConfig) return ['--config', 'config.json'];
  const inputs = Object.keys(night.tables).flatMap((name) => [INPUT_OPTIONS[name] ?? '', `${name}.csv`]);
  const documents = Object.keys(night.documents)
    .filter((name) => name !== 'config' && files[name] !== undefined)
    .flatMap((name) => [`--${name}`, `${name}.json`]);
  return [...inputs, ...documents, '--as-of', night.asOf, ...LIMITS];
}

/** The words of a run. */
const wordsOf = (call: Call): readonly string[] => [
  ...['run', ...inputWords(call), ...LIMITS_OF_RUN, '--out', call.out],
  ...(call.more ?? []),
];

function place(folder: string, { night, files }: Pick<Call, 'night' | 'files'>): void {
  for (const [name, bytes] of Object.entries(files))
    writeFileSync(join(folder, `${name}.${name in night.tables ? 'csv' : 'json'}`), bytes);
}

/** Ends as it may: done, or refused with words. */
const ENDINGS = [0, 2, 3];
/** A folder that there is not, for what lies on disk meanwhile. */
const ENDINGS_BY_CONFIG = [...ENDINGS, 4];
function yenIn(folder: string): Yen {
  const rows = parse(readFileSync(join(folder, 'eligibility.csv'), 'utf8'), { columns: true }) as Record<
    string,
    string
  >[];
  return new Map(rows.map((row) => [row.coupon_number ?? '', Number(row.payable_yen)]));
}

/** A night with questions answered, as it comes out where nothing is done to it. */
interface Base {
  readonly night: Night;
  readonly yen: Yen;
}

const OUTS = ['o', 'p', 'undisturbed'];

const ANSWERED_BY_HAND = ['review_id', 'evidence_hash', 'decision', 'decided_by', 'decided_at', 'note'];

/** Answers to questions, in a file of its own or in the run's own filled in. */
function answersTo(review: readonly Readonly<Record<string, string>>[], dice: Dice): CsvTable {
  const header = dice.chance(0.5) ? ANSWERED_BY_HAND : Object.keys(review[0] ?? {});
  if (review.length === 0) return { header: ANSWERED_BY_HAND, rows: [] };
  const rows = review
    .filter(() => dice.chance(0.7))
    .map((item): Readonly<Record<string, string>> => {
      const decision = dice.pick(['approve', 'reject']);
      return { ...item, decision, decided_by: 'K', decided_at: '2023-02-25T00:00:00+09:00' };
    });
  return { header, rows: rows.map((row) => header.map((column) => row[column] ?? '')) };
}

const withAnswers = (night: Night, decisions: CsvTable): Night => ({
  ...night,
  tables: { ...night.tables, decisions },
  documents: { ...night.documents, config: { ...night.documents.config, decisions: ['decisions.csv'] } },
});

/** @throws if the config says anything else than the options do */
async function baseOf(seed: number, folder: string, call: CallWithin, dice: Dice): Promise<Base> {
  let night = nightOf(seed, dice);
  const run = async (byConfig: boolean): Promise<boolean> => {
    rmSync(join(folder, 'undisturbed'), { recursive: true, force: true });
    const files = untouched(night);
    place(folder, { night, files });
    const words = wordsOf({ night, files, byConfig, out: 'undisturbed', more: ['--quiet', '--archive'] });
    return (await call(words, folder)).exit === 0;
  };
  if (!(await run(false))) return { night, yen: new Map() };
  const review = parse(readFileSync(join(folder, 'undisturbed/review.csv'), 'utf8'), { columns: true }) as Record<
    string,
    string
  >[];
  night = withAnswers(night, answersTo(review, dice));
  if (!(await run(false))) return { night, yen: new Map() };
  const written = treeOf(join(folder, 'undisturbed'));
  if (!(await run(true))) throw new Error('the config that is changed is refused undisturbed');
  const otherwise = treeFaults(treeOf(join(folder, 'undisturbed')), written);
  if (otherwise.length > 0) throw new Error(`by config: ${otherwise.join(', ')}`);
  return { night, yen: yenIn(join(folder, 'undisturbed')) };
}

/** What else is asked of the files and of what came of them, in turn. */
const ASKED: readonly ((call: Call, coupon: string) => readonly string[])[] = [
  (call) => ['check', ...inputWords(call), '--lang', 'en'],
  (call, coupon) => ['explain', call.out, coupon, '--lang', 'ja'],
  (call) => ['verify', call.out, '--lang', 'en'],
  (call) => ['diff', 'undisturbed', call.out, '--lang', 'en', '--fail-on', 'any'],
  (call) => ['show', call.out],
  (call, coupon) => ['explain', call.out, coupon, '--json'],
];
const VERIFY = 2;

/** What must hold of one mutated night. */
async function judge(
  base: Base,
  mutated: Mutated,
  folder: string,
  call: CallWithin,
  dice: Dice,
): Promise<readonly string[]> {
  const { night } = base;
  const { files } = mutated;
  const byConfig = mutated.name === 'config';
  place(folder, { night, files });
  const telling = dice.pick([
    ['--lang', 'en'],
    ['--lang', 'ja'],
    ['--log-level', 'debug'],
    ['--json'],
    ['--log-format', 'json'],
  ]);
  const kept = dice.chance(0.4) ? ['--archive'] : [];
  const words = wordsOf({ night, files, byConfig, out: 'o', more: [...kept, ...telling] });
  const ended = await call(words, folder);
  const faults = [...endedFaults(ended, words, byConfig ? ENDINGS_BY_CONFIG : ENDINGS)];
  const slow = wordsOf({ night, files, byConfig, out: 'o', more: [...kept, ...telling, '--reader', 'csv-parse'] });
  const first = existsSync(join(folder, 'o')) ? treeOf(join(folder, 'o')) : undefined;
  const { yen } = base;
  const after = first === undefined ? undefined : yenIn(join(folder, 'o'));
  rmSync(join(folder, 'o'), { recursive: true, force: true });
  const second = await call(slow, folder);
  const theirs = existsSync(join(folder, 'o')) ? treeOf(join(folder, 'o')) : undefined;
  if (second.exit !== ended.exit || shownOf(second) !== shownOf(ended))
    faults.push(`csv-parse says otherwise: exit ${ended.exit} and ${second.exit}: ${firstDifference(ended, second)}`);
  if (first !== undefined && theirs !== undefined)
    faults.push(...treeFaults(theirs, first).map((fault) => `by csv-parse: ${fault}`));
  if (after !== undefined)
    faults.push(...moneyFaults(yen, after, touchedBy(mutated.changed, night.tables, mutated.tables)));
  faults.push(
    ...(await askFaults({ out: ended, call: { night, files, byConfig, out: 'o' }, after }, folder, call, dice)),
  );
  return faults;
}

async function askFaults(
  { out, call: asked, after }: { readonly out: Ended; readonly call: Call; readonly after: Yen | undefined },
  folder: string,
  call: CallWithin,
  dice: Dice,
): Promise<readonly string[]> {
  const which = after === undefined ? 0 : dice.int(0, ASKED.length - 1);
  const coupon = [...(after?.keys() ?? [])][0];
  if (out.exit === 70 || (coupon === undefined && which !== 0)) return [];
  const words = ASKED[which]?.(asked, coupon ?? '') ?? [];
  const allowed = which === VERIFY ? [0] : [0, 1, ...(asked.byConfig === true ? ENDINGS_BY_CONFIG : ENDINGS)];
  return endedFaults(await call(words, folder), words, allowed).map((fault) => `${words[0]}: ${fault}`);
}

/** Times differ, and logs hold them. */
const shownOf = ({ stdout, stderr }: Ended): string =>
  `${stdout}\n${stderr}`
    .replace(/"(?:time|pid|hostname)":(?:"[^"]*"|[^,}]+),?/g, '')
    .replace(/\d{2}:\d{2}:\d{2}(\.\d+)?/g, '');

function firstDifference(one: Ended, other: Ended): string {
  const [ours, theirs] = [shownOf(one).split('\n'), shownOf(other).split('\n')];
  const place = ours.findIndex((line, at) => line !== theirs[at]);
  return JSON.stringify([ours[place]?.slice(0, 200), theirs[place]?.slice(0, 200)]);
}

/** So many cases share a night: what comes of it undisturbed is worked out once. */
const CASES_OF_A_NIGHT = 40;
/** One in so many is a process, too. */
const PROCESS_EVERY = 400;

async function open(ground: Ground) {
  const call = await loadProgram(ground.program);
  findNoFlock();
  let known: { readonly number: number; readonly base: Promise<Base> } | undefined;
  const folder = join(ground.folder, 'night');
  mkdirSync(folder, { recursive: true });
  return {
    attempt: async (index: number, dice: Dice): Promise<Attempt> => {
      const number = Math.floor(index / CASES_OF_A_NIGHT);
      const { Dice: Chances } = await import('../../test/simulation/dice.ts');
      if (known?.number !== number)
        known = {
          number,
          base: baseOf(ground.seed * 1_000_003 + number, folder, call, new Chances(ground.seed, `night ${number}`)),
        };
      const base = await known.base;
      const mutated = mutate(base.night, dice);
      for (const out of OUTS.slice(0, 2)) rmSync(join(folder, out), { recursive: true, force: true });
      const faults = [...(await judge(base, mutated, folder, call, dice))];
      if (index % PROCESS_EVERY === 0) faults.push(...(await processFaults(base, mutated, folder, ground)));
      return { label: `night ${number}, as of ${base.night.asOf}: ${mutated.label}`, faults };
    },
  };
}

/** The same as a process, on a pipe. */
async function processFaults(
  base: Base,
  { files, name }: Mutated,
  folder: string,
  { program }: Ground,
): Promise<readonly string[]> {
  const words = wordsOf({ night: base.night, files, byConfig: name === 'config', out: 'p' });
  const called = await callProgram(program, words, { folder });
  return [...endingFaults(called, ENDINGS_BY_CONFIG), ...terminalFaults(called)].map(
    (fault) => `as a process: ${fault}`,
  );
}

export const FUZZ: Attack = {
  name: 'fuzz',
  done: 'cells, rows, columns, headers, quotes, line ends, encodings and bytes of every input, decisions among them, and of policy, profile and config changed, by both readers; then `check`, `explain`, `verify`, `diff` or `show`',
  held: 'exit 0, 2 or 3 with words, in 10 s of CPU; no control sign on the terminal; both readers say and write the same; what is published verifies; no yen more than undisturbed for anybody whom no changed row touches',
  cases: { short: 60, usual: 4_000, long: 1_000_000 },
  open,
};
