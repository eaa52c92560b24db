import { join } from 'node:path';
import * as z from 'zod';
import { type Text, text } from '../base/text.ts';
import { shownName } from '../base/visible-text.ts';
import { canonicalJson } from './canonical-json.ts';
import {
  type EntryKind,
  entriesBelow,
  entryAt,
  type FolderEntry,
  keptPieces,
  MOST_MANIFEST_BYTES,
  plainFilePieces,
  readPlainFile,
} from './folder-entries.ts';
import { sha256, sha256Of } from './hash.ts';

/** A run folder as it lies there. Several checks ask for the same hash: no file is hashed twice. */
export interface WholeRun {
  readonly folder: string;
  readonly entries: readonly FolderEntry[];
  /** Of plain files. */
  readonly names: ReadonlySet<string>;
  /** In steps. */
  hashOf(name: string): Generator<undefined, string>;
  /** Of a small file. What is read here is what is hashed. */
  textOf(name: string): string;
  /** The same of a large one, in steps. */
  bytesOf(name: string): Generator<undefined, readonly Uint8Array[]>;
}

/** Looks at a run folder. @throws what the system says where it may not be read */
export function wholeRunAt(folder: string): WholeRun {
  const entries = entriesBelow(folder);
  const hashes = new Map<string, string>();
  return {
    folder,
    entries,
    names: new Set(entries.filter(({ kind }) => kind === 'file').map(({ name }) => name)),
    *hashOf(name) {
      const hash = hashes.get(name) ?? (yield* sha256Of(plainFilePieces(join(folder, name))));
      hashes.set(name, hash);
      return hash;
    },
    textOf: (name) => {
      const bytes = readPlainFile(join(folder, name), MOST_BYTES[name]);
      hashes.set(name, sha256(bytes));
      return bytes.toString('utf8');
    },
    *bytesOf(name) {
      const pieces = yield* keptPieces(plainFilePieces(join(folder, name)));
      hashes.set(name, yield* sha256Of(pieces));
      return pieces;
    },
  };
}

const SUMS = 'SHA256SUMS';
const MANIFEST = 'manifest.json';
const MOST_BYTES: Readonly<Record<string, number>> = { [SUMS]: MOST_MANIFEST_BYTES, [MANIFEST]: MOST_MANIFEST_BYTES };

/** What a manifest says of the files of its folder. */
const recordedFiles = z.object({
  fingerprint: z.string(),
  options: z.object({ archive: z.boolean() }),
  inputs: z.array(z.object({ sha256: z.string(), gzip: z.boolean() })),
  outputs: z.array(z.object({ name: z.string(), sha256: z.string() })),
});
export type RecordedFiles = z.infer<typeof recordedFiles>;

const KINDS: Readonly<Record<Exclude<EntryKind, 'file'>, Text>> = {
  folder: text('フォルダー', 'a folder'),
  link: text('リンク', 'a link'),
  pipe: text('パイプ(FIFO)', 'a pipe (FIFO)'),
  socket: text('ソケット', 'a socket'),
  device: text('デバイス', 'a device'),
};

const MOST_TOLD = 20;

/** Of very many alike the first ones, and how many more there are. */
export const firstOf = (problems: readonly Text[]): readonly Text[] =>
  problems.length <= MOST_TOLD
    ? problems
    : [
        ...problems.slice(0, MOST_TOLD),
        text(`ほかに ${problems.length - MOST_TOLD} 件`, `and ${problems.length - MOST_TOLD} more`),
      ];

/**
 * SHA256SUMS against the files, both ways, and that nothing lies there but files; in steps.
 *
 * @param isHeld whose hash is asked for; of others that they are there
 */
export function* sumsProblems(
  run: WholeRun,
  isHeld: (name: string) => boolean = () => true,
): Generator<undefined, readonly Text[]> {
  const strange = run.entries.filter(({ name, kind }) => kind !== 'file' && !isOwnFolder(name, kind));
  const problems = strange.map(({ name, kind }) => {
    const { ja, en } = KINDS[kind as keyof typeof KINDS];
    return text(`${shownName(name)} はファイルでなく${ja}`, `${shownName(name)} is ${en}, no file`);
  });
  if (!run.names.has(SUMS)) return [...firstOf(problems), text('SHA256SUMS がない', 'SHA256SUMS is missing')];
  const { listed, problems: unreadable } = listedSums(readSums(run));
  const told = new Set(strange.map(({ name }) => name));
  for (const [name, hash] of listed)
    if (!told.has(name)) problems.push(...(yield* listedProblems(run, name, hash, isHeld)));
  for (const name of run.names)
    if (name !== SUMS && !listed.has(name))
      problems.push(text(`${shownName(name)} は SHA256SUMS にない`, `${shownName(name)} is not in SHA256SUMS`));
  return [...firstOf(unreadable), ...firstOf(problems)];
}

/** A line of SHA256SUMS against the file that it names. */
function* listedProblems(
  { names, hashOf }: WholeRun,
  name: string,
  hash: string,
  isHeld: (name: string) => boolean,
): Generator<undefined, readonly Text[]> {
  const shown = shownName(name);
  if (isTrick(name))
    return [
      text(
        `SHA256SUMS の ${shown} は実行結果のフォルダーの中の名前でない`,
        `${shown} in SHA256SUMS is no name of a file in the run folder`,
      ),
    ];
  if (!names.has(name)) return [text(`${shown} がない`, `${shown} is missing`)];
  if (!isHeld(name) || (yield* hashOf(name)) === hash) return [];
  return [
    text(
      `${shown} が SHA256SUMS と違う(どちらかが変えられた)`,
      `${shown} differs from SHA256SUMS (one of them was altered)`,
    ),
  ];
}

const isOwnFolder = (name: string, kind: EntryKind): boolean =>
  kind === 'folder' && (name === 'excel' || name === 'inputs');

/** A name that leads out of the folder, or to a file of it by another way. */
const isTrick = (name: string): boolean =>
  /^[/\\]|^[A-Za-z]:|\\|\0/.test(name) || name.split('/').some((part) => part === '' || part === '.' || part === '..');

function readSums(run: WholeRun): string {
  try {
    return run.textOf(SUMS);
  } catch {
    return '';
  }
}

/** Hashes by the name of their file, and what is wrong with lines. */
function listedSums(content: string): { readonly listed: ReadonlyMap<string, string>; readonly problems: Text[] } {
  const problems: Text[] = [];
  const lines = content.split('\n');
  if (lines.pop() !== '') problems.push(text('SHA256SUMS の末尾が正しくない', 'SHA256SUMS does not end as it should'));
  const listed = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    const [, hash = '', name = ''] = /^([0-9a-f]{64}) {2}(.+)$/s.exec(line) ?? [];
    if (name === '')
      problems.push(
        text(`SHA256SUMS の ${index + 1} 行目が読めない`, `line ${index + 1} of SHA256SUMS cannot be read`),
      );
    else if (listed.has(name))
      problems.push(
        text(`SHA256SUMS に ${shownName(name)} が二度ある`, `${shownName(name)} stands twice in SHA256SUMS`),
      );
    else listed.set(name, hash);
  }
  return { listed, problems };
}

const NOT_CANONICAL = text('manifest.json が正規の形でない', 'manifest.json is not in canonical form');

/**
 * The manifest against itself (canonical form, fingerprint), against the outputs, and that it speaks of every file; in steps.
 */
export function* manifestProblems(
  run: WholeRun,
  manifest: RecordedFiles,
  written: string,
): Generator<undefined, readonly Text[]> {
  const { names, hashOf } = run;
  const problems: Text[] = [];
  const form = formOf(written);
  const isAsHashed = sha256(written) === (yield* hashOf(MANIFEST));
  if (form === undefined || !form.isCanonical || !isAsHashed) problems.push(NOT_CANONICAL);
  if (form?.fingerprint !== manifest.fingerprint)
    problems.push(
      text('manifest.json の指紋が中身と合わない', 'the fingerprint in manifest.json is not of its content'),
    );
  const said = new Set([SUMS, MANIFEST, ...archivedNames(manifest)]);
  for (const { name, sha256: recorded } of manifest.outputs) {
    const shown = shownName(name);
    if (said.has(name))
      problems.push(text(`manifest.json に ${shown} が二度ある`, `${shown} stands twice in manifest.json`));
    else if (!names.has(name)) problems.push(text(`${shown} がない`, `${shown} is missing`));
    else if ((yield* hashOf(name)) !== recorded)
      problems.push(text(`${shown} が manifest.json と違う`, `${shown} differs from manifest.json`));
    said.add(name);
  }
  const unsaid = [...names].filter((name) => !said.has(name));
  for (const name of unsaid)
    problems.push(text(`${shownName(name)} は manifest.json にない`, `${shownName(name)} is not in manifest.json`));
  return firstOf(problems);
}

const GROUP_AND_OTHERS = 0o077;
const BEYOND_OWN_FILE = 0o177;

/** What others than the owner may read or change. Windows has no such modes. */
export function modeProblems({ folder, entries }: WholeRun): readonly Text[] {
  if (process.platform === 'win32') return [];
  const own = entryAt(`${folder}/.`, '.');
  const looked = own === undefined ? entries : [own, ...entries];
  return firstOf(
    looked.flatMap(({ name, kind, mode }) => {
      if (kind !== 'file' && kind !== 'folder') return [];
      const [most, wider] = kind === 'file' ? ['0600', mode & BEYOND_OWN_FILE] : ['0700', mode & GROUP_AND_OTHERS];
      if (wider === 0) return [];
      const [shown, is] = [shownName(name), `0${mode.toString(8).padStart(3, '0')}`];
      return text(
        `${shown} のモードが ${is} で、${most} より広い(所有者以外も読み書きできる)`,
        `${shown} has the mode ${is}, wider than ${most}: others than its owner may use it`,
      );
    }),
  );
}

/** Undefined of what is nested too deeply to be written. */
function formOf(written: string): { readonly isCanonical: boolean; readonly fingerprint: string } | undefined {
  try {
    const whole = JSON.parse(written) as Record<string, unknown>;
    const { fingerprint: _, ...body } = whole;
    return { isCanonical: canonicalJson(whole) === written, fingerprint: sha256(canonicalJson(body)) };
  } catch {
    return undefined;
  }
}

/** The files in which the inputs of a run are kept. */
const archivedNames = ({ options, inputs }: RecordedFiles): readonly string[] =>
  options.archive ? inputs.map(({ sha256: hash, gzip }) => `inputs/${hash}${gzip ? '' : '.gz'}`) : [];

/**
 * Holds a run folder against its manifest and its SHA256SUMS, in steps: every file there, each as it was written, nothing
 * else. Of archived inputs only that they are there.
 */
export function* wholeRunProblems(run: WholeRun): Generator<undefined, readonly Text[]> {
  const sums = yield* sumsProblems(run, (name) => !name.startsWith('inputs/'));
  if (!run.names.has(MANIFEST)) return sums;
  const read = recordedFilesOf(run);
  if (read === undefined) return [...sums, text('manifest.json が読めない', 'manifest.json cannot be read')];
  const { manifest, written } = read;
  const kept = archivedNames(manifest)
    .filter((name) => !run.names.has(name))
    .map((name) => text(`${name} がない`, `${name} is missing`));
  const known = new Set(sums.map(({ en }) => en));
  return [
    ...sums,
    ...[...(yield* manifestProblems(run, manifest, written)), ...kept].filter(({ en }) => !known.has(en)),
  ];
}

function recordedFilesOf(run: WholeRun): { readonly manifest: RecordedFiles; readonly written: string } | undefined {
  try {
    const written = run.textOf(MANIFEST);
    return { manifest: recordedFiles.parse(JSON.parse(written)), written };
  } catch {
    return undefined;
  }
}
