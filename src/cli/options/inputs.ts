import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { ownOf } from '../../base/own.ts';
import type { Problem } from '../../base/problem.ts';
import { compareText, text } from '../../base/text.ts';
import { READERS, type Reader, STATED_ENCODINGS, type StatedEncoding } from '../../intake/bytes/file.ts';
import {
  BUILT_IN_PROFILES,
  builtInProfile,
  type ChosenProfile,
  chosenProfile,
} from '../../intake/profiles/built-in-profiles.ts';
import { type Profile, profileSchema } from '../../intake/schema/profile.ts';
import { DECLARATIONS, declarationOf } from '../../tables/kinds/index.ts';
import { INPUT_KINDS, type InputKind } from '../../tables/tables.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import { Collected, type GivenOption, type GivenOptions, oneOf } from './given.ts';
import { readJsonFile } from './json-file.ts';

type InputOptionName = (typeof DECLARATIONS)[InputKind]['option']['name'];
/** The options that bring files, in camel case. */
export const INPUT_OPTIONS = INPUT_KINDS.map((kind): InputOptionName => DECLARATIONS[kind].option.name);

const longOption = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Where the inputs lie, and how they are read. */
export interface InputOptions {
  readonly paths: Readonly<Record<InputKind, readonly string[]>>;
  /** Patterns that match no file. */
  readonly missing: readonly Problem[];
  readonly profile: Profile | undefined;
  /** The profile that is meant, where one of the built-in ones is named. */
  readonly builtInProfile: ChosenProfile | undefined;
  readonly encoding: StatedEncoding | undefined;
  readonly reader: Reader;
}

/** @param isAllNeeded each that is required is said to be */
export function fileFlags(made: Command, t: Translate, isAllNeeded = true): Command {
  for (const kind of INPUT_KINDS) {
    const { name, words, isRequired } = declarationOf(kind).option;
    const required = isAllNeeded && isRequired === true ? t(text('(必須)', ' (required)')) : '';
    made.addOption(new Option(`${longOption(name)} <file...>`, `${t(words)}${required}`));
  }
  return made;
}

/** How the files are read. */
export const readingFlags = (made: Command, t: Translate): Command =>
  made
    .addOption(
      new Option(
        '--profile <file>',
        t(
          text(
            `出力元ごとの見出し・値・日付の対応。ファイルか、その名前のファイルがなければ組み込みのもの(${BUILT_IN_PROFILES.join('、')}。profiles を参照)`,
            `headers, values and dates of a source system: a file or, where none has that name, a built-in one (${BUILT_IN_PROFILES.join(', ')}; see profiles)`,
          ),
        ),
      ),
    )
    .addOption(
      new Option(
        '--encoding <name>',
        t(
          text(
            `文字コード(${STATED_ENCODINGS.join('、')}。既定は自動)`,
            `${STATED_ENCODINGS.join(', ')} (default: found per file)`,
          ),
        ),
      ),
    )
    .addOption(
      new Option(
        '--reader <name>',
        t(
          text(
            '読み取り方(bytes、csv-parse。結果は同じで、csv-parse は照合用)',
            'bytes or csv-parse; the result is the same, csv-parse is the reference',
          ),
        ),
      ),
    );

type ProfileOption = Pick<InputOptions, 'profile' | 'builtInProfile'>;
const NO_PROFILE: ProfileOption = { profile: undefined, builtInProfile: undefined };

/** A built-in profile is known by its name alone, until `withBuiltInProfile`. */
export function readProfile(path: GivenOption, found: Collected): ProfileOption {
  if (typeof path !== 'string') return NO_PROFILE;
  const chosen = isThere(path) ? undefined : chosenProfile(path);
  if (chosen !== undefined) return { ...NO_PROFILE, builtInProfile: chosen };
  const read = readJsonFile<Profile>(path, profileSchema(), 'PROFILE');
  if ('value' in read) return { ...NO_PROFILE, profile: read.value };
  found.problems.push(...(existsSync(path) ? read.problems : read.problems.map(withBuiltInNames)));
  return NO_PROFILE;
}

/** A word that is no file may be meant as one of those that come with the program. */
const withBuiltInNames = (problem: Problem): Problem => ({
  ...problem,
  advice: text(
    `${problem.advice.ja}。組み込みのものは ${BUILT_IN_PROFILES.join('、')}(profiles で一覧)`,
    `${problem.advice.en}; built in are ${BUILT_IN_PROFILES.join(', ')} (see profiles)`,
  ),
});

/** Exports may lie in a folder that is called as their system: it is no profile. */
const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;

/** @param path where a file of the name would lie */
export const meansBuiltInProfile = (words: string, path: string): boolean =>
  !isThere(path) && chosenProfile(words) !== undefined;

/** What was asked for, with the built-in profile that it names. @throws CommandFailure */
export async function withBuiltInProfile<Request extends InputOptions>(request: Request): Promise<Request> {
  const { builtInProfile: chosen } = request;
  if (chosen === undefined) return request;
  const profile = await builtInProfile(chosen);
  if (profile !== undefined) return { ...request, profile };
  throw new CommandFailure(EXIT.usage, [
    {
      code: 'UNKNOWN_VALUE',
      where: `--profile ${chosen.name}:${chosen.input}`,
      what: text('このプロファイルにその入力はありません', 'the profile says nothing of that input'),
      advice: text('profiles で入力を確かめてください', 'profiles lists the inputs of each'),
    },
  ]);
}

export const readReader = (value: GivenOption, found: Collected): Reader =>
  oneOf('--reader', value, READERS, found) ?? 'bytes';

const ENCODING_NAMES: Readonly<Record<string, StatedEncoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'windows-31j': 'windows-31j',
  cp932: 'windows-31j',
  shift_jis: 'windows-31j',
  'shift-jis': 'windows-31j',
  sjis: 'windows-31j',
  'euc-jp': 'euc-jp',
  eucjp: 'euc-jp',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
};

/** Every word that an encoding goes by, in small letters. */
export const ENCODING_WORDS: readonly string[] = Object.keys(ENCODING_NAMES);

/** @param known those that the command takes */
export function readEncoding<Known extends StatedEncoding>(
  value: GivenOption,
  known: readonly Known[],
  found: Collected,
): Known | undefined {
  if (typeof value !== 'string') return undefined;
  const named = ownOf(ENCODING_NAMES, value.toLowerCase());
  return (
    known.find((each) => each === named) ??
    found.add(
      'UNKNOWN_VALUE',
      `--encoding ${value}`,
      ['知らない文字コードです', 'is no encoding known here'],
      [`${known.join(' か ')} を指定してください`, `give ${known.join(' or ')}`],
    )
  );
}

/** The files that an input's option names, or its patterns match. */
export function pathsOf(kind: InputKind, options: GivenOptions, missing: Collected): readonly string[] {
  const { name } = declarationOf(kind).option;
  const given = options[name];
  const patterns = given === undefined || typeof given === 'boolean' ? [] : [given].flat();
  const paths = patterns.flatMap((pattern) => expand(pattern, longOption(name), missing));
  return [...new Set(paths)].sort(compareText);
}

/** The input files that are named. */
export function readPaths(options: GivenOptions, found: Collected): Pick<InputOptions, 'paths' | 'missing'> {
  const missing = new Collected();
  const result = {} as Record<InputKind, readonly string[]>;
  for (const kind of INPUT_KINDS) {
    const { name, isRequired } = declarationOf(kind).option;
    const option = longOption(name);
    result[kind] = pathsOf(kind, options, missing);
    const given = options[name];
    if ((given !== undefined && given !== false && given !== true) || isRequired !== true) continue;
    found.add(
      'MISSING_OPTION',
      option,
      ['必須の入力の指定がありません', 'a required input was not given'],
      [`${option} ファイル を足してください`, `add ${option} FILE`],
    );
  }
  return { paths: result, missing: missing.problems };
}

/** A file as it is named, else what the pattern matches. */
function expand(pattern: string, option: string, missing: Collected): readonly string[] {
  if (existsSync(pattern) || !isDynamicPattern(pattern)) return [resolve(pattern)];
  const found = globSync(pattern, { absolute: true, onlyFiles: true, expandDirectories: false });
  if (found.length > 0) return found;
  missing.add(
    'NO_SUCH_FILE',
    `${option} ${pattern}`,
    ['当てはまるファイルがありません', 'no file matches'],
    ['パターンとフォルダーを確かめてください', 'check the pattern and the folder'],
  );
  return [];
}

/** All files that a config names or its patterns match, whatever else it says. */
export const filesNamed = (options: GivenOptions): readonly string[] =>
  Object.values(readPaths(options, new Collected()).paths).flat();
