import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { canonicalJson } from '../../src/publish/canonical-json.ts';
import type { Dice } from '../../test/simulation/dice.ts';
import type { Attack, Attempt, Ground, Opened } from './attack.ts';
import { callProgram } from './called.ts';
import { csvOf } from './csv-table.ts';
import { changeBytes, changeDocument, changeTable } from './mutations.ts';
import { madeOnce } from './shared.ts';
import { type CallWithin, endedFaults, loadProgram } from './within.ts';
import { copyInputs, REQUESTER, ROOT, runWords } from './writers.ts';

const SERIES = 's';
const [FIRST, RUN] = ['s/2023-05-14', 's/2023-05-15'];
/** Coupons of the worked night: paid, asked about, waiting. */
const COUPONS = ['000000000201', '000000000203', '000000000206', '000000000208'];
const TOLD = ['--lang', 'en', '--quiet'];

/** Two nights of a series: the second was told what became of the payouts of the first, and has answers to its questions. */
async function makeSeries(folder: string, program: string): Promise<string> {
  copyInputs(folder);
  cpSync(join(ROOT, 'fixtures/providers/hinode-points.json'), join(folder, 'provider.json'));
  writeFileSync(join(folder, 'requester.json'), JSON.stringify(REQUESTER));
  const call = async (words: readonly string[]): Promise<void> => {
    const { exit, stderr } = await callProgram(program, words, { folder });
    if (exit !== 0) throw new Error(`${words.join(' ')}: exit ${exit}\n${stderr}`);
  };
  await call(runWords('2023-05-14', 's/{date}', '--archive'));
  const cellsOf = (name: string) =>
    parse(readFileSync(join(folder, FIRST, name), 'utf8'), { columns: true }) as Record<string, string>[];
  const answers = cellsOf('review.csv').map(({ review_id = '', evidence_hash = '' }, place) => [
    ...[review_id, evidence_hash, place % 2 === 0 ? 'approve' : 'reject', 'K', '2023-05-14T10:00:00+09:00'],
  ]);
  const header = ['review_id', 'evidence_hash', 'decision', 'decided_by', 'decided_at'];
  writeFileSync(join(folder, 'decisions.csv'), csvOf({ header, rows: answers.slice(1) }));
  const [told = {}] = cellsOf('paid_template.csv');
  const row = { ...told, status: 'sent', sent_at: '2023-05-14T10:00:00+09:00' };
  writeFileSync(join(folder, 'paid.csv'), csvOf({ header: Object.keys(row), rows: [Object.values(row)] }));
  const more = ['--archive', '--excel', '--decisions', 'decisions.csv', '--paid', 'paid.csv'];
  await call(runWords('2023-05-15', 's/{date}', ...more));
  return folder;
}

/** Commands that read a run, and how each may end: what was forged may be told, or differ, or be none of its business. */
const READERS: readonly (readonly [words: (coupon: string) => readonly string[], allowed: readonly number[]])[] = [
  [() => ['show', RUN, '--lang', 'en'], [0, 3]],
  [() => ['show', RUN, '--lang', 'ja', '--json'], [0, 3]],
  [() => ['status', SERIES, '--lang', 'ja'], [0, 3]],
  [(coupon) => ['explain', RUN, coupon, '--lang', 'en'], [0, 1, 2, 3]],
  [(coupon) => ['explain', RUN, coupon, '--json', '--show-contact'], [0, 1, 2, 3]],
  [() => ['verify', RUN, '--chain', '--lang', 'en'], [0, 1, 3]],
  [() => ['diff', FIRST, RUN, '--lang', 'en'], [0, 1, 3]],
  [() => ['diff', RUN, FIRST, '--lang', 'ja', '--json'], [0, 1, 3]],
  [() => ['report', RUN, '--out', 'page.html', '--replace', '--lang', 'en'], [0, 3]],
  [() => ['report', FIRST, RUN, '--out', 'pages.html', '--replace', '--lang', 'ja'], [0, 3]],
  [() => [...runWords('2023-05-16', 'q'), '--previous', RUN], [0, 2, 3]],
  [() => [...runWords('2023-05-16', 's/{date}'), '--paid-run', FIRST, '--paid', 'paid.csv'], [0, 2, 3]],
  [() => ['seal', RUN, '--to', 'seals', '--lang', 'en'], [0, 1, 2, 3]],
  [
    () => ['zengin', RUN, '--transfer-date', '2023-05-15', '--requester', 'requester.json', '--out', 'z.txt', ...TOLD],
    [0, 2, 3],
  ],
  [() => ['gift-order', RUN, '--provider', 'provider.json', '--out', 'g', '--trust-numbers', ...TOLD], [0, 2, 3]],
];
/** Whatever was forged, so many of them are asked. */
const ASKED = 4;

/** Files of the run, or what the series says of it: those that are shown, and what vouches for them, more often. */
function namesToForge(folder: string, dice: Dice): ReadonlySet<string> {
  const names = [
    ...readdirSync(join(folder, RUN)).filter((name) => name.includes('.')),
    ...['summary.json', 'summary.json', 'summary.json', 'manifest.json', 'manifest.json', 'eligibility.csv'],
  ];
  const count = dice.int(1, 2);
  return new Set(Array.from({ length: count }, () => (dice.chance(0.05) ? '../series.json' : dice.pick(names.sort()))));
}

/** Something of a file is otherwise. */
function forge(folder: string, name: string, dice: Dice): string {
  const path = join(folder, RUN, name);
  if (dice.chance(0.03)) {
    rmSync(path);
    return `${name} gone`;
  }
  const [bytes, label] = forgedBytes(name, readFileSync(path), dice);
  writeFileSync(path, bytes);
  return `${name}: ${label}`;
}

function forgedBytes(name: string, bytes: Uint8Array, dice: Dice): readonly [Uint8Array, string] {
  const content = Buffer.from(bytes).toString('utf8');
  if (name.endsWith('.json')) return changeDocument(JSON.parse(content) as object, dice);
  if (!name.endsWith('.csv') || dice.chance(0.1)) return changeBytes(bytes, dice);
  const [header = [], ...rows] = parse(content, { relax_column_count: true }) as string[][];
  const { table, label } = changeTable({ header, rows }, dice);
  return [Buffer.from(csvOf(table)), label];
}

const hashOf = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
type Json = Record<string, unknown>;
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whoever forges a run can work out its sums, too: manifest, fingerprint, SHA256SUMS and what the series says of it. */
function vouchFor(folder: string): void {
  const run = join(folder, RUN);
  const read = (name: string): Uint8Array => readFileSync(join(run, name));
  const names = (readdirSync(run, { recursive: true }) as string[]).filter((name) => name.includes('.')).sort();
  const manifest = parsed(join(run, 'manifest.json'));
  if (manifest !== undefined) {
    const { outputs } = manifest;
    for (const output of Array.isArray(outputs) ? outputs.filter(isRecord) : [])
      if (names.includes(String(output.name))) output.sha256 = hashOf(read(String(output.name)));
    const { fingerprint: _, ...body } = manifest;
    const fingerprint = hashOf(canonicalJson(body));
    writeFileSync(join(run, 'manifest.json'), canonicalJson({ ...body, fingerprint }));
    vouchInSeries(folder, { manifestSha256: hashOf(read('manifest.json')), fingerprint });
  }
  const listed = names.filter((name) => name !== 'SHA256SUMS');
  writeFileSync(join(run, 'SHA256SUMS'), listed.map((name) => `${hashOf(read(name))}  ${name}\n`).join(''));
}

function vouchInSeries(folder: string, known: { readonly manifestSha256: string; readonly fingerprint: string }): void {
  const path = join(folder, SERIES, 'series.json');
  const series = parsed(path);
  if (!isRecord(series?.heads)) return;
  for (const head of Object.values(series.heads).filter(isRecord)) Object.assign(head, known);
  writeFileSync(path, JSON.stringify(series));
}

function parsed(path: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

async function forgeAndAsk(base: string, around: string, call: CallWithin, dice: Dice): Promise<Attempt> {
  const folder = mkdtempSync(join(around, 'forged-'));
  try {
    cpSync(base, folder, { recursive: true });
    const labels = [...namesToForge(folder, dice)].map((name) => forge(folder, name, dice));
    const vouched = dice.chance(0.7);
    if (vouched) vouchFor(folder);
    const faults: string[] = [];
    for (let count = 0; count < ASKED; count++) {
      const [wordsOf, allowed] = dice.pick(READERS);
      const words = wordsOf(dice.pick(COUPONS));
      const found = endedFaults(await call(words, folder), words, allowed);
      faults.push(...found.map((fault) => `${words.join(' ')}: ${fault}`));
    }
    return { label: `${labels.join('; ')}${vouched ? ', with sums that fit' : ''}`, faults };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function open(ground: Ground): Promise<Opened> {
  const { folder, shared, program } = ground;
  const call = await loadProgram(program);
  const base = await madeOnce(shared, 'series that is forged', (own) => makeSeries(own, program));
  return { attempt: (_, dice) => forgeAndAsk(base, folder, call, dice) };
}

export const FORGED_RUNS: Attack = {
  name: 'forged-runs',
  done: 'values of JSON replaced, retyped, added or taken out, cells, rows, columns and bytes changed in the files of a run folder and in series.json, mostly with all sums made to fit; then `show`, `status`, `explain`, `verify`, `diff`, `seal`, `zengin`, `gift-order` or the next night’s `run`',
  held: 'exit 0 to 3 with words and no stack trace, in 10 s of CPU; no control sign on the terminal',
  cases: { short: 15, usual: 1_000, long: 100_000 },
  open,
};
