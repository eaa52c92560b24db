import { join, resolve, sep } from 'node:path';
import { fileBehind } from './files.ts';
import type { KeptContents } from './kept-contents.ts';
import type { Manifest } from './run-record.ts';

/** Where the original inputs of a run may lie that kept no copies of them. */
export interface Originals {
  readonly folders: readonly string[];
  /** Files that a config names. */
  readonly files: readonly string[];
}

/**
 * Files that may be the original of an input, by its name, which has folders where several inputs would be called alike. Which
 * of them is, only their content tells: so it is no matter where one is found, or through which links.
 */
export const filesCalled = (
  { name }: Pick<Manifest['inputs'][number], 'name'>,
  { folders, files }: Originals,
): readonly string[] =>
  [
    ...new Set([
      ...folders.map((each) => join(each, name)),
      ...files.filter((each) => resolve(each).replaceAll(sep, '/').endsWith(`/${name}`)),
    ]),
  ].flatMap((path) => fileBehind(path) ?? []);

/**
 * The file with the content that the run read, of those that are called like it, and how many bytes that has.
 *
 * @throws what the signal was aborted with
 */
export async function originalAmong(
  paths: readonly string[],
  input: Manifest['inputs'][number],
  contents: KeptContents,
): Promise<{ readonly path: string; readonly sizeBytes: number } | undefined> {
  for (const path of paths) {
    // An original lies as it was given, compressed or not.
    const content = await contents.at(path, { ...input, gzip: true });
    if (content?.sha256 === input.sha256) return { path, sizeBytes: content.sizeBytes };
  }
  return undefined;
}
