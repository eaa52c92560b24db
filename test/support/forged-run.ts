import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { canonicalJson } from '../../src/publish/canonical-json.ts';
import { sha256 } from '../../src/publish/hash.ts';

type Body = Record<string, unknown>;

/** Alters a file, and leaves every hash of it as it was. */
export function alter(folder: string, name: string, change: (content: string) => string): void {
  const before = readFileSync(join(folder, name), 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(join(folder, name), after);
}

/** Makes SHA256SUMS of what lies there now, and of whatever it listed already. */
export function redoSums(folder: string, more: readonly string[] = []): void {
  const path = join(folder, 'SHA256SUMS');
  const listed = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(66));
  const names = [...new Set([...listed, ...more])].filter((name) => existsSync(join(folder, name))).sort();
  writeFileSync(path, names.map((name) => `${sha256(readFileSync(join(folder, name)))}  ${name}\n`).join(''));
}

/** Makes the manifest say something else, with a fingerprint that fits, and SHA256SUMS with it. */
export function redoManifest(folder: string, change: (body: Body) => Body): void {
  const path = join(folder, 'manifest.json');
  const { fingerprint: _, ...read } = JSON.parse(readFileSync(path, 'utf8')) as Body;
  const body = change(read);
  writeFileSync(path, canonicalJson({ ...body, fingerprint: sha256(canonicalJson(body)) }));
  redoSums(folder);
}

/** Makes manifest, fingerprint and SHA256SUMS agree with the files, as a careful forger would. */
export const redoAll = (folder: string, change: (body: Body) => Body = (body) => body): void =>
  redoManifest(folder, (body) =>
    change({
      ...body,
      outputs: (body.outputs as { name: string }[])
        .filter(({ name }) => existsSync(join(folder, name)))
        .map((output) => ({ ...output, sha256: sha256(readFileSync(join(folder, output.name))) })),
    }),
  );

/** The first payable coupon comes out with one yen, as if less had been paid. */
export const withOneYenPayable = (eligibility: string): string =>
  eligibility.replace(/,payable,([^,]*,[^,]*,\d+,\d+,\d+),\d+,/, ',payable,$1,1,');
