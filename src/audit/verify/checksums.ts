import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Text, text } from '../../base/text.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { readText } from '../record/files.ts';
import { filesBelow, hashOfFile, type Manifest } from '../record/run-record.ts';

/** The files of a run folder. Several checks ask for the same hash. */
export interface Present {
  readonly names: ReadonlySet<string>;
  hashOf(name: string): string;
}

export function presentIn(folder: string): Present {
  const hashes = new Map<string, string>();
  const hashOf = (name: string): string => {
    const hash = hashes.get(name) ?? hashOfFile(join(folder, name));
    hashes.set(name, hash);
    return hash;
  };
  return { names: new Set(filesBelow(folder)), hashOf };
}

/** SHA256SUMS against the files, both ways; the sums file itself against the manifest. */
export function checkSums(folder: string, { names, hashOf }: Present): readonly Text[] {
  const problems: Text[] = [];
  if (!names.has('SHA256SUMS')) return [text('SHA256SUMS がない', 'SHA256SUMS is missing')];
  const { listed, problems: unreadable } = listedSums(readText(join(folder, 'SHA256SUMS')));
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
export function checkManifest(manifest: Manifest, written: string, { names, hashOf }: Present): readonly Text[] {
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
