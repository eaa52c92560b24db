import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exitsOf, type LoadCommandName, withNeeds, wordsOf, wordsOfRunInto } from '../tools/torture/load-commands.ts';
import {
  answerQuestions,
  FIRST_RUN,
  isAnswered,
  type LoadShapeName,
  writeLoadShape,
} from '../tools/torture/load-shapes.ts';
import { type Gap, type Profile, standingIn } from './causes.ts';

/** How it is measured for how long a command hears nothing. */
export interface WaitsRequest {
  readonly names: readonly LoadShapeName[];
  readonly size: number;
  readonly commands: readonly LoadCommandName[];
  /** A profile is made of each command, which takes time, and long gaps are told with what stood in them. */
  readonly causes: boolean;
  readonly program: string;
  readonly cache: string;
  /** Preloaded; it writes the gaps of a process to the file that the variable names. */
  readonly preload: string;
  readonly waitsVariable: string;
  readonly tell: (line: string) => void;
}

/** The gaps between two turns of a command's event loop. */
interface Wait {
  readonly longestMs: number;
  /** Of those above a second: which functions stood in them. */
  readonly causes: readonly string[];
  readonly refused: boolean;
}

/** A shape, with those commands that were measured on it. */
export interface MeasuredWaits {
  readonly name: LoadShapeName;
  readonly waits: Partial<Readonly<Record<LoadCommandName, Wait>>>;
}

/** Refused with words, as equal headers are. */
const REFUSED = 3;
const LONG_MS = 1000;

export function measureWaits(request: WaitsRequest): readonly MeasuredWaits[] {
  return request.names.map((name) => {
    const folder = join(request.cache, 'shape');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeLoadShape(name, request.size, folder);
    if (isAnswered(name)) answerFirst(folder, request);
    const waits: Partial<Record<LoadCommandName, Wait>> = {};
    for (const command of withNeeds(request.commands)) {
      const isLost = withNeeds([command]).some((needed) => waits[needed]?.refused);
      if (isLost) continue;
      waits[command] = measureOnce(name, command, folder, request);
      request.tell(`${name}, ${request.size}, ${command}: ${waits[command].longestMs.toFixed(0)} ms`);
    }
    rmSync(folder, { recursive: true, force: true });
    return { name, waits };
  });
}

function answerFirst(folder: string, { program }: WaitsRequest): void {
  const words = [program, ...wordsOfRunInto(FIRST_RUN)];
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`a first run ended with ${status}:\n${stderr}`);
  answerQuestions(folder);
}

function measureOnce(name: LoadShapeName, command: LoadCommandName, folder: string, request: WaitsRequest): Wait {
  const { program, cache, preload, waitsVariable, causes } = request;
  const [file, profiles] = [join(cache, 'waits.json'), join(cache, 'profiles')];
  for (const path of [file, profiles]) rmSync(path, { recursive: true, force: true });
  const flags = causes ? ['--cpu-prof', '--cpu-prof-dir', profiles] : [];
  const words = [...flags, '--import', preload, program, ...wordsOf(command, name)];
  const { status, stderr } = spawnSync(process.execPath, words, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', [waitsVariable]: file },
  });
  if (status !== REFUSED && !exitsOf(command).includes(status ?? -1))
    throw new Error(`${command} on ${name} ended with ${status}:\n${stderr}`);
  const { longestMs, longGaps } = JSON.parse(readFileSync(file, 'utf8')) as { longestMs: number; longGaps: Gap[] };
  return {
    longestMs,
    causes: causes && longGaps.length > 0 ? causesOf(longGaps, profiles) : [],
    refused: status === REFUSED,
  };
}

function causesOf(gaps: readonly Gap[], folder: string): readonly string[] {
  // Each thread has a profile of its own; the main thread's number is 0.
  const file = readdirSync(folder).find((name) => /\.0\.\d+\.cpuprofile$/.test(name));
  if (file === undefined) throw new Error(`${folder} has no profile of a main thread`);
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile;
  return gaps.map((gap) => `${gap.ms.toFixed(0)} ms: ${standingIn(gap, profile).join(' > ')}`);
}

/** A row for each shape, a column for each command. */
export function waitsTable(measured: readonly MeasuredWaits[], commands: readonly LoadCommandName[]): string {
  const header = ['shape', ...commands.map((command) => `\`${command}\``)];
  const rule = header.map((_, at) => (at === 0 ? '---' : '---:'));
  const lines = measured.map(({ name, waits }) => [
    `\`${name}\``,
    ...commands.map((command) => cellOf(waits[command])),
  ]);
  return [header, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function cellOf(wait: Wait | undefined): string {
  if (wait === undefined) return '–';
  const ms = Math.round(wait.longestMs).toLocaleString('en-US');
  const told = wait.longestMs > LONG_MS ? `**${ms}**` : ms;
  return wait.refused ? `${told} (refused)` : told;
}

/** An item for each gap above a second, the outermost function first; empty where there is none. */
export function causesList(measured: readonly MeasuredWaits[], commands: readonly LoadCommandName[]): string {
  const lines = measured.flatMap(({ name, waits }) =>
    commands.flatMap(
      (command) => waits[command]?.causes.map((cause) => `- \`${name}\`, \`${command}\`: ${cause}`) ?? [],
    ),
  );
  return lines.join('\n');
}
