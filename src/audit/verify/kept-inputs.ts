import { join } from 'node:path';
import { type Text, text } from '../../base/text.ts';
import { entryAt } from '../../publish/folder-entries.ts';
import type { KeptContents } from '../record/kept-contents.ts';
import type { Manifest } from '../record/run-record.ts';
import { type Check, skipped, verdict } from './check.ts';
import type { RunWithPurged } from './purged-files.ts';

type Input = Manifest['inputs'][number];

export const archivedName = ({ sha256, gzip }: Input): string => `inputs/${sha256}${gzip ? '' : '.gz'}`;

/** Whether the archive holds the inputs that the manifest names, and which files of it do not. */
export interface InputsCheck {
  readonly check: Check;
  readonly damaged: readonly { readonly file: string; readonly input: string }[];
  readonly sizeOf: (input: Input) => number;
}

export async function checkInputs(
  { folder, purged }: RunWithPurged,
  manifest: Manifest,
  contents: KeptContents,
): Promise<InputsCheck> {
  const sizes = new Map<string, number>();
  const sizeOf = (input: Input): number => sizes.get(archivedName(input)) ?? Number.NaN;
  if (!manifest.options.archive) {
    const why = text(
      '入力は保存されていない(--archive なしの実行)',
      'the inputs were not kept (run without --archive)',
    );
    return { check: skipped('inputs', why), damaged: [], sizeOf };
  }
  const problems: Text[] = [];
  const damaged: { file: string; input: string }[] = [];
  for (const input of manifest.inputs) {
    if (purged.gone.has(archivedName(input))) continue;
    const path = join(folder, archivedName(input));
    const content = await contents.at(path, input);
    if (content?.sha256 === input.sha256) {
      sizes.set(archivedName(input), content.sizeBytes);
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
    return { check: skipped('inputs', why), damaged, sizeOf };
  }
  return { check: verdict('inputs', problems), damaged, sizeOf };
}
