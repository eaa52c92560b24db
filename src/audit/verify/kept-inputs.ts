import { join } from 'node:path';
import { type Text, text } from '../../base/text.ts';
import { entryAt } from '../../publish/folder-entries.ts';
import type { KeptContents } from '../record/kept-contents.ts';
import { filesCalled, type Originals, originalAmong } from '../record/originals.ts';
import type { Manifest } from '../record/run-record.ts';
import { type Check, skipped, verdict } from './check.ts';
import type { RunWithPurged } from './purged-files.ts';

type Input = Manifest['inputs'][number];

export const archivedName = ({ sha256, gzip }: Input): string => `inputs/${sha256}${gzip ? '' : '.gz'}`;

/** A file that holds an input, and how many bytes the input has. */
interface Place {
  readonly path: string;
  readonly sizeBytes: number;
}

/** Whether there are the inputs that the manifest names, and which files of the archive do not hold theirs. */
export interface InputsCheck {
  readonly check: Check;
  readonly damaged: readonly { readonly file: string; readonly input: string }[];
  /** Of inputs that were found. */
  readonly pathOf: (input: Input) => string;
  readonly sizeOf: (input: Input) => number;
}

/** Inputs by their content, as far as they were found. */
class Places {
  private readonly found = new Map<string, Place>();

  add(input: Input, place: Place): void {
    this.found.set(archivedName(input), place);
  }

  readonly pathOf = (input: Input): string => this.found.get(archivedName(input))?.path ?? '';
  readonly sizeOf = (input: Input): number => this.found.get(archivedName(input))?.sizeBytes ?? Number.NaN;
}

/**
 * The inputs of a run: in its archive; of a run that kept none, among its originals, where somebody says where they lie.
 */
export async function checkInputs(
  run: RunWithPurged,
  manifest: Manifest,
  contents: KeptContents,
  originals?: Originals,
): Promise<InputsCheck> {
  if (manifest.options.archive) return checkArchive(run, manifest, contents);
  const places = new Places();
  const { pathOf, sizeOf } = places;
  const check =
    originals === undefined
      ? skipped('inputs', NOT_KEPT)
      : await checkOriginals(manifest, contents, { originals, places });
  return { check, damaged: [], pathOf, sizeOf };
}

const NOT_KEPT = text(
  '入力は保存されていない(--archive なしの実行)。元のファイルがあれば --inputs か --config で場所を指定する',
  'the inputs were not kept (run without --archive); if the originals are there, say where with --inputs or --config',
);

/** An original that is not there, or is of another night by now, says nothing against the run. */
async function checkOriginals(
  manifest: Manifest,
  contents: KeptContents,
  { originals, places }: { readonly originals: Originals; readonly places: Places },
): Promise<Check> {
  const missing: Text[] = [];
  for (const input of manifest.inputs) {
    const called = filesCalled(input, originals);
    const place = await originalAmong(called, input, contents);
    if (place !== undefined) places.add(input, place);
    else if (called.length === 0)
      missing.push(
        text(`入力 ${input.name} の元のファイルが見つからない`, `no original of the input ${input.name} was found`),
      );
    else
      missing.push(
        text(
          `${input.name} はあるが、実行が読んだ内容ではない`,
          `there is a file ${input.name}, but it does not hold what the run read`,
        ),
      );
  }
  if (missing.length > 0) return { check: 'inputs', result: 'not checked', details: missing };
  const { length } = manifest.inputs;
  const from = text(
    `元のファイル ${length} 件(実行が読んだ内容と同じ)による`,
    `by ${length} original ${length === 1 ? 'file' : 'files'}, whose content is that which the run read`,
  );
  return { check: 'inputs', result: 'ok', details: [from] };
}

async function checkArchive(
  { folder, purged }: RunWithPurged,
  manifest: Manifest,
  contents: KeptContents,
): Promise<InputsCheck> {
  const places = new Places();
  const { pathOf, sizeOf } = places;
  const problems: Text[] = [];
  const damaged: { file: string; input: string }[] = [];
  for (const input of manifest.inputs) {
    if (purged.gone.has(archivedName(input))) continue;
    const path = join(folder, archivedName(input));
    const content = await contents.at(path, input);
    if (content?.sha256 === input.sha256) {
      places.add(input, { path, sizeBytes: content.sizeBytes });
      continue;
    }
    damaged.push({ file: archivedName(input), input: input.name });
    problems.push(
      entryAt(path) === undefined
        ? text(`入力 ${input.name} の保存がない`, `the archived input ${input.name} is missing`)
        : text(`入力 ${input.name} の保存が変わっている`, `the archived input ${input.name} was altered`),
    );
  }
  if (problems.length === 0 && manifest.inputs.some((input) => purged.gone.has(archivedName(input)))) {
    const why = text('保存された入力を消してある(purge)', 'archived inputs were purged');
    return { check: skipped('inputs', why), damaged, pathOf, sizeOf };
  }
  return { check: verdict('inputs', problems), damaged, pathOf, sizeOf };
}
