/** What is read and written of a CycloneDX document. */
export interface Bom {
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

export interface LockFile {
  readonly packages: Readonly<
    Record<
      string,
      { readonly name?: string; readonly version?: string; readonly dev?: boolean; readonly devOptional?: boolean }
    >
  >;
}

export interface Bundled {
  readonly name: string;
  readonly version: string;
}

/** As npm marks what is there to build and test. */
const DEVELOPMENT = 'cdx:npm:package:development';

/**
 * What is installed with the program, and what lies in its bundle, of all that the lock file names. npm itself leaves out of
 * `--omit dev` what a development package needs as well, and the bundle.
 *
 * @throws if a bundled package is not in it
 */
export function programBom(whole: Bom, { packages }: LockFile, bundled: readonly Bundled[]): Bom {
  const named = ({ name, version }: Bundled): string => `${name}@${version}`;
  const inBundle = new Set(bundled.map(named));
  const installed = new Set(
    Object.entries(packages)
      .filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true)
      .map(([path, { name, version = '' }]) =>
        named({ name: name ?? path.split('node_modules/').at(-1) ?? '', version }),
      ),
  );
  const refs = whole.components.map((each) => each['bom-ref']);
  const missing = bundled.find((each) => !whole.components.some((one) => named(one) === named(each)));
  if (missing !== undefined) throw new Error(`${missing.name} ${missing.version} is bundled, and not in the lock file`);
  const components = whole.components
    .filter((each) => installed.has(named(each)) || inBundle.has(named(each)))
    .map((each) => ({ ...each, properties: (each.properties ?? []).filter(({ name }) => name !== DEVELOPMENT) }));
  const kept = new Set(components.map((each) => each['bom-ref']));
  const all = new Set(refs);
  const dependencies = whole.dependencies
    // The program itself is no component, and stays.
    .filter(({ ref }) => kept.has(ref) || !all.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((each) => kept.has(each)) }));
  return { ...whole, components, dependencies };
}
