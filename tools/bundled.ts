// What a bundle holds of other people: their names and versions, and the licences that go with every copy.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/** The folder of the package that a file of a bundle lies in; undefined for one of ours. */
export function packageFolderOf(input: string): string | undefined {
  const at = input.lastIndexOf('node_modules/');
  if (at < 0) return undefined;
  const [scope = '', name = ''] = input.slice(at + 'node_modules/'.length).split('/');
  return input.slice(0, at) + join('node_modules', scope.startsWith('@') ? `${scope}/${name}` : scope);
}

/** The packages that bundled files come from, by name. */
export function bundledPackages(home: string, inputs: Iterable<string>): readonly BundledPackage[] {
  const folders = new Set([...inputs].map(packageFolderOf).filter((folder) => folder !== undefined));
  return [...folders].map((folder) => packageIn(join(home, folder))).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function packageIn(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as BundledPackage;
  const file = readdirSync(folder).find((each) => /^licen[cs]e(\.|$)/i.test(each));
  if (file === undefined) throw new Error(`${name} has no licence to go with the bundle`);
  return { name, version, license, text: readFileSync(join(folder, file), 'utf8').trim() };
}

/** Every licence in full, as its terms ask. */
export const licencesText = (packages: readonly BundledPackage[]): string =>
  packages
    .map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
