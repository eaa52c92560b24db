/** A policy file as what it is written in, to be changed at any place. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface PolicyJson {
  readonly [key: string]: Json;
  readonly id: string;
  readonly terms: { readonly [key: string]: Json };
}

export type Path = readonly (string | number)[];

export interface Mutation {
  readonly what: string;
  readonly text: string;
  /** One of these is to be told; none: nothing that was not told before. */
  readonly places: readonly string[];
  /** Whether its JSON Schema can refuse it: what contradicts no other place. */
  readonly bySchema: boolean;
}

export const fileText = (file: Json): string => `${JSON.stringify(file, null, 2)}\n`;

/** Every place of a file, from the outermost, with what stands there. */
export const placesIn = (value: Json, path: Path = []): readonly (readonly [path: Path, value: Json])[] => [
  [path, value],
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, each]) =>
        placesIn(each as Json, [...path, Array.isArray(value) ? Number(key) : key]),
      )
    : []),
];

export const at = (file: Json, path: Path): Json | undefined =>
  path.reduce<Json | undefined>(
    (value, key) => (value as Readonly<Record<string, Json>> | undefined)?.[String(key)],
    file,
  );

/** The file with something else at a place; undefined takes it away. */
export function changed(file: Json, path: Path, to: Json | undefined): Json {
  const [key, ...rest] = path;
  if (key === undefined) return to as Json;
  if (Array.isArray(file))
    return file.map((each, index) => (index === key ? changed(each as Json, rest, to) : (each as Json)));
  const within = file as Readonly<Record<string, Json>>;
  const entries = Object.entries(within).flatMap(([name, each]) =>
    name !== key
      ? [[name, each] as const]
      : rest.length === 0 && to === undefined
        ? []
        : [[name, changed(each, rest, to)] as const],
  );
  return Object.fromEntries(
    Object.hasOwn(within, key) || to === undefined ? entries : [...entries, [String(key), to] as const],
  );
}
