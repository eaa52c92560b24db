import { text } from '../../base/text.ts';
import { shownName } from '../../base/visible-text.ts';
import { KAGOSHIMA } from '../../policy/kagoshima-2023-02-24.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import type { Again } from '../record/re-execute.ts';
import type { Manifest } from '../record/run-record.ts';
import { type Check, verdict } from './check.ts';

type Json = unknown;

const MOST_TOLD = 12;

/**
 * What manifest.json says beside the outputs (rules and their hash, rows read and what became of them, policy, encodings,
 * options, …), against what the run would say if it were made again. By another program the rest is as good as unsaid:
 * nobody has checked it.
 *
 * @param written the manifest
 * @param again undefined where the run was not executed again
 */
export function checkStatements(
  written: string,
  manifest: Manifest,
  again: Again | undefined,
  isSameProgram: boolean,
): Check {
  const title = foreignTitle(manifest);
  if (again === undefined) {
    const why = text(
      '再実行していないので、manifest.json の記載(規則、入力の行数、金額の条件、プログラムの版など)は誰も確かめていない',
      'the run was not executed again, so nobody checked what manifest.json says of rules, rows, terms, program and the rest',
    );
    return { check: 'statements', result: title.length > 0 ? 'failed' : 'not checked', details: [...title, why] };
  }
  const { fingerprint: _, ...recorded } = JSON.parse(written) as Record<string, Json>;
  const paths = differences(withoutOutputsToldElsewhere(recorded, again), again.manifest, '');
  const unknown = paths.filter(({ isUnknown }) => isUnknown);
  const names = (found: readonly Difference[]): string => {
    const shown = found.slice(0, MOST_TOLD).map(({ path }) => shownName(path));
    return [...shown, ...(found.length > MOST_TOLD ? ['…'] : [])].join(', ');
  };
  if (isSameProgram)
    return verdict('statements', [
      ...title,
      ...(paths.length === 0
        ? []
        : [
            text(
              `再実行すると manifest.json の次の記載が違う: ${names(paths)}`,
              `executed again, manifest.json says otherwise of: ${names(paths)}`,
            ),
          ]),
    ]);
  const others = paths.filter(({ isUnknown }) => !isUnknown);
  const unchecked = [{ path: 'program', isUnknown: false }, ...others];
  const details = [
    ...title,
    ...(unknown.length === 0
      ? []
      : [
          text(
            `このプログラムの知らない記載が manifest.json にある: ${names(unknown)}`,
            `manifest.json says what this program does not know: ${names(unknown)}`,
          ),
        ]),
  ];
  const why = text(
    `manifest.json の記載では別のプログラム(版 ${manifest.program.version}、${shownName(manifest.program.revision)})の実行で、次の記載は誰も確かめていない: ${names(unchecked)}`,
    `manifest.json says that another program made the run (version ${manifest.program.version}, ${shownName(manifest.program.revision)}); nobody checked what it says of: ${names(unchecked)}`,
  );
  return {
    check: 'statements',
    result: details.length > 0 ? 'failed' : 'not checked',
    details: [...details, why],
  };
}

/** Terms of the built-in policy under a title that is not its own. */
function foreignTitle({ policy }: Manifest) {
  const { title, ...built } = KAGOSHIMA.file;
  const { title: given, ...own } = policy;
  if (canonicalJson(own) !== canonicalJson(built) || canonicalJson(given) === canonicalJson(title)) return [];
  return [
    text(
      `manifest.json の policy の表題が、同じ条件の組み込みの policy(${policy.id})のものでない`,
      `the title of the policy in manifest.json is not that of the built-in policy ${policy.id}, whose terms it has`,
    ),
  ];
}

/** Of outputs that come out otherwise, and of those that only come out now, re-execution tells. */
function withoutOutputsToldElsewhere(recorded: Record<string, Json>, again: Again): Record<string, Json> {
  const { outputs } = recorded;
  if (!Array.isArray(outputs)) return recorded;
  const made = new Map((again.manifest.outputs as { name: string }[]).map((output) => [output.name, output]));
  const told = new Set(again.differing);
  const kept = (outputs as { name: string }[]).map((output) =>
    told.has(output.name) ? made.get(output.name) : output,
  );
  const later = again.unrecorded.map((name) => made.get(name));
  const all = [...kept, ...later].filter((output) => output !== undefined);
  const places = new Map([...made.keys()].map((name, place) => [name, place]));
  return { ...recorded, outputs: all.sort((a, b) => (places.get(a.name) ?? 0) - (places.get(b.name) ?? 0)) };
}

interface Difference {
  readonly path: string;
  /** Only the recorded one has it. */
  readonly isUnknown: boolean;
}

const isObject = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null;

/** Where two values differ, as deep as both have the same form. */
function differences(recorded: Json, made: Json, path: string): readonly Difference[] {
  if (!isObject(recorded) || !isObject(made) || Array.isArray(recorded) !== Array.isArray(made))
    return recorded === made ? [] : [{ path, isUnknown: false }];
  if (Array.isArray(recorded) && recorded.length !== (made as unknown as Json[]).length)
    return [{ path, isUnknown: false }];
  const keys = [...new Set([...Object.keys(recorded), ...Object.keys(made)])].sort();
  return keys.flatMap((key) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (!Object.hasOwn(made, key)) return [{ path: at, isUnknown: true }];
    if (!Object.hasOwn(recorded, key)) return [{ path: at, isUnknown: false }];
    return differences(recorded[key], made[key], at);
  });
}
