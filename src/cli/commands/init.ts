import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { type Command, Option } from 'commander';
import { text } from '../../base/text.ts';
import { stageFile } from '../../disbursement/whole-file.ts';
import { builtInProfiles } from '../../intake/profiles/built-in-profiles.ts';
import { readFileBegin } from '../../intake/proposal/file-begin.ts';
import { type LookedAtFile, lookAt } from '../../intake/proposal/found-table.ts';
import { type Proposal, propose, type Surroundings } from '../../intake/proposal/propose.ts';
import { writtenProfile } from '../../intake/proposal/written-profile.ts';
import { JAPAN_MINUTES } from '../../intake/values/dates.ts';
import { KAGOSHIMA } from '../../policy/kagoshima-2023-02-24.ts';
import { yearOf } from '../../policy/terms.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { makeFolders } from '../../publish/on-disk.ts';
import { declarationOf } from '../../tables/kinds/index.ts';
import { MEANINGS } from '../../tables/kinds/meanings/index.ts';
import { INPUT_KINDS, type InputKind } from '../../tables/tables.ts';
import { Collected, type GivenOptions } from '../options/given.ts';
import { fileFlags, INPUT_OPTIONS, pathsOf } from '../options/inputs.ts';
import { readTelling, tellingFlags } from '../options/telling.ts';
import { assumedText, findingsText, unaskedText } from '../render/init-text.ts';
import { askingAt } from '../terminal/asking.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import { problem, shown } from '../terminal/path-problem.ts';
import { systemFailureOf } from '../terminal/system-failure.ts';
import { write } from '../terminal/terminal.ts';
import { check } from './check.ts';
import type { Invocation } from './command.ts';

/** `init`: looks at files as they are, proposes how they are read, writes that down, and checks it. */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  fileFlags(
    made.argument(
      '[file...]',
      t(
        text(
          '手元のファイル(発行データ、取引記録、店の売上、申出、申請…)。何のファイルかは中身から',
          'files as they are: issuance, log, sales, claims, applications …; what each is, is found out',
        ),
      ),
    ),
    t,
    false,
  );
  tellingFlags(
    made
      .addOption(
        new Option(
          '--out <dir>',
          t(
            text(
              'profile.json と run.json を置くフォルダー(既定は今のフォルダー)',
              'where profile.json and run.json go (default: here)',
            ),
          ),
        ),
      )
      .addOption(
        new Option(
          '--yes',
          t(text('何も尋ねず、いちばん安全な答えで作る', 'ask nothing: whatever is open is taken in the safest way')),
        ),
      )
      .addOption(
        new Option(
          '--replace',
          t(
            text(
              'すでにある profile.json と run.json を置き換える',
              'replace the profile.json and run.json that are there',
            ),
          ),
        ),
      ),
    t,
  )
    .addHelpText('after', `\n${t(EXAMPLES)}`)
    .action((files: readonly string[], given: GivenOptions) => init(files, given, invocation));
}

const EXAMPLES = text(
  `例:
  regionpay-reconcile init 発行.csv 取引.csv 店の売上/*.csv
  regionpay-reconcile init *.csv --yes --out 設定
  regionpay-reconcile init *.csv --paid 入出金明細.csv --claims 相談.csv   何のファイルかを決める`,
  `Examples:
  regionpay-reconcile init issuance.csv log.csv shops/*.csv
  regionpay-reconcile init *.csv --yes --out settings
  regionpay-reconcile init *.csv --paid statement.csv --claims cases.csv   says what they are`,
);

const [PROFILE, CONFIG] = ['profile.json', 'run.json'];

/** @throws CommandFailure */
async function init(names: readonly string[], given: GivenOptions, invocation: Invocation): Promise<void> {
  const { t, signal } = invocation;
  const found = new Collected();
  const telling = readTelling(given, found);
  const missing = new Collected();
  const named = namedFiles(names, given, missing);
  requireFiles(named, missing, found);
  if (found.problems.length > 0) throw new CommandFailure(EXIT.usage, found.problems);
  const folder = resolve(typeof given.out === 'string' ? given.out : '.');
  if (given.replace !== true) refuseExisting(folder);
  const files = await lookAtFiles(named);
  const surroundings = surroundingsOf(await builtInProfiles());
  const isAsked = given.yes !== true && !telling.json && process.stdin.isTTY === true && process.stdout.isTTY === true;
  if (isAsked) await write(process.stdout, `${findingsText(propose(files, new Map(), surroundings).findings, t)}\n`);
  const proposal = isAsked ? await asked({ files, surroundings }, t, signal) : propose(files, new Map(), surroundings);
  const saysNothing = telling.quiet || telling.json;
  if (!isAsked && !saysNothing) await write(process.stdout, `${findingsText(proposal.findings, t)}\n`);
  refuseUnknown(proposal);
  const written = writeAll(folder, proposal, invocation);
  if (telling.json) await write(process.stdout, canonicalJson(toldAsJson(proposal, written)));
  else if (!saysNothing) await write(process.stdout, endingText(proposal, written, isAsked || given.yes === true, t));
  requireAllKinds(proposal);
  await check(
    {
      ...withoutInputs(given),
      config: join(folder, CONFIG),
      out: undefined,
      logLevel: given.logLevel ?? 'warn',
      ...(telling.json ? { quiet: true, json: false } : {}),
    } as GivenOptions,
    invocation,
  );
}

const CLOCK = { zoneMinutes: JAPAN_MINUTES, lateHours: true, aroundYear: yearOf(KAGOSHIMA.terms) };

const surroundingsOf = (builtIn: Surroundings['builtIn']): Surroundings => ({
  clock: CLOCK,
  builtIn,
  meaningOf: (kind, column) => {
    const inTables = Object.entries(declarationOf(kind).columns).find(([, { name }]) => name === column)?.[0] ?? '';
    return MEANINGS[kind].columns[inTables]?.what ?? text('', '');
  },
});

interface NamedFile {
  readonly name: string;
  /** What it is said to be. */
  readonly said: InputKind | undefined;
}

/** Files that an option says the kind of, and all others that are named. */
function namedFiles(names: readonly string[], given: GivenOptions, missing: Collected): readonly NamedFile[] {
  const said = INPUT_KINDS.flatMap((kind) =>
    pathsOf(kind, given, missing).map((path) => ({ name: shown(path), said: kind })),
  );
  const isSaid = new Set(said.map(({ name }) => resolve(name)));
  const others = [...new Set(names)].filter((name) => !isSaid.has(resolve(name)));
  return [...others.map((name) => ({ name, said: undefined })), ...said];
}

/** @throws CommandFailure where a pattern matches none */
function requireFiles(named: readonly NamedFile[], missing: Collected, found: Collected): void {
  if (missing.problems.length > 0) throw new CommandFailure(EXIT.refused, missing.problems);
  if (named.length > 0) return;
  found.add(
    'USAGE',
    'init',
    ['ファイルの指定がありません', 'no file was given'],
    ['手元のファイルを並べてください。--help で使い方を見てください', 'name the files that are there; see --help'],
  );
}

/** What is left for `check`: the config that was written names the inputs. */
function withoutInputs(given: GivenOptions): GivenOptions {
  const inputs: ReadonlySet<string> = new Set(INPUT_OPTIONS);
  return Object.fromEntries(Object.entries(given).filter(([name]) => !inputs.has(name)));
}

/** @throws CommandFailure with what is wrong with each that is no table */
async function lookAtFiles(files: readonly NamedFile[]): Promise<readonly LookedAtFile[]> {
  const begins = await Promise.all(
    files.map(async ({ name, said }) => ({ said, ...(await readFileBegin(resolve(name), name)) })),
  );
  const problems = begins.flatMap((each) => ('problem' in each ? [each.problem] : []));
  if (problems.length > 0) throw new CommandFailure(EXIT.refused, problems);
  return begins.flatMap((each) => ('begin' in each ? [lookAt(each.begin, CLOCK, each.said)] : []));
}

interface Asking {
  readonly files: readonly LookedAtFile[];
  readonly surroundings: Surroundings;
}

/** Each answer may open another question. @throws what the signal was aborted with */
async function asked({ files, surroundings }: Asking, t: Translate, signal: AbortSignal): Promise<Proposal> {
  const ask = await askingAt({ input: process.stdin, output: process.stdout }, t, signal);
  const answers = new Map<string, string>();
  for (;;) {
    const proposal = propose(files, answers, surroundings);
    const question = proposal.questions.find(({ id }) => !answers.has(id));
    if (question === undefined) {
      if (answers.size > 0) await write(process.stdout, '\n');
      return proposal;
    }
    const answer = await ask(question);
    if (answer === undefined) throw new CommandFailure(EXIT.interrupted, []);
    answers.set(question.id, answer);
  }
}

/** @throws CommandFailure */
function refuseExisting(folder: string): void {
  const there = [PROFILE, CONFIG].map((name) => join(folder, name)).filter((path) => existsSync(path));
  if (there.length === 0) return;
  throw new CommandFailure(
    EXIT.refused,
    there.map((path) =>
      problem(
        'FILE_EXISTS',
        path,
        ['すでにファイルがあります', 'is there already'],
        [
          '別のフォルダーを --out に指定するか、置き換えるなら --replace を付けてください',
          'give another folder with --out, or --replace to write over it',
        ],
      ),
    ),
  );
}

/** @throws CommandFailure where nothing can be written that would read the files */
function refuseUnknown({ findings, severalLayouts }: Proposal): void {
  const problems = severalLayouts.map(([, names]) =>
    problem(
      'SEVERAL_LAYOUTS',
      names.join(', '),
      [
        '同じ種類なのに見出しが違い、ひとつのプロファイルでは読めません',
        'are of one kind with different headers, and one profile cannot read them',
      ],
      [
        '出力元をそろえるか、ほかを docs/data.md の見出しに直してから、もう一度実行してください',
        'export them alike, or give all but one the headers of docs/data.md, and call init again',
      ],
    ),
  );
  if (findings.every(({ kind }) => kind === undefined))
    problems.push(
      problem(
        'NOTHING_KNOWN',
        findings.map(({ name }) => name).join(', '),
        ['何のファイルかわかるものがありません', 'nothing here looks like an input'],
        [
          '見出しの行があるか確かめてください。何のファイルか決まっていれば「--claims ファイル」のように指定できます。送ってもらう列は docs/data.md にあります',
          'check that there is a row of headers; an option (--claims FILE, say) tells what a file is; what it should hold: docs/data.md',
        ],
      ),
    );
  if (problems.length > 0) throw new CommandFailure(EXIT.refused, problems);
}

/** Paths of what was written. @throws CommandFailure */
function writeAll(folder: string, { profile, notes, findings }: Proposal, { t }: Invocation): readonly string[] {
  const inputs = INPUT_KINDS.flatMap((kind) => {
    const files = findings.filter((finding) => finding.kind === kind).map(({ name }) => pathIn(folder, name));
    return files.length === 0 ? [] : [[declarationOf(kind).option.name, files.length === 1 ? files[0] : files]];
  });
  const config = {
    ...Object.fromEntries(inputs),
    ...(profile === undefined ? {} : { profile: PROFILE }),
    out: 'runs/{date}',
    lang: t(text('ja', 'en')),
  };
  const contents = [
    ...(profile === undefined ? [] : [[PROFILE, writtenProfile(profile, notes, HEAD, t)] as const]),
    [CONFIG, `${JSON.stringify(config, null, 2)}\n`] as const,
  ];
  try {
    makeFolders(folder);
    const staged = contents.map(([name, content]) => stageFile(join(folder, name ?? ''), Buffer.from(content)));
    for (const file of staged) file.replace();
    return staged.map(({ path }) => path);
  } catch (error) {
    throw systemFailureOf(error, shown(folder), '--out');
  }
}

const HEAD = [
  text(
    'init が、ファイルのはじめの行だけを見て書いた案です。「推定」と「TODO」を確かめてください。',
    'A proposal of init, by what the files begin with: look at whatever is assumed or to be done.',
  ),
  text(
    '列の意味は docs/data.md、書き方は docs/contract/2-data.md、直したら check で確かめます。',
    'What columns mean: docs/data.md. How a profile is written: docs/contract/2-data.md. After a change: check.',
  ),
];

const pathIn = (folder: string, name: string): string => relative(folder, resolve(name)).split(sep).join('/');

function endingText(proposal: Proposal, written: readonly string[], isAnswered: boolean, t: Translate): string {
  const list = written.map((path) => shown(path)).join(t(text('、', ', ')));
  const parts = [
    assumedText(proposal, t),
    isAnswered ? '' : unaskedText(proposal.questions, t),
    `${t(text(`■ 書いたもの: ${list}`, `■ Written: ${list}`))}\n`,
  ];
  return `${parts.filter((part) => part !== '').join('\n')}\n`;
}

const toldAsJson = ({ findings, assumed, questions }: Proposal, written: readonly string[]): unknown => ({
  files: findings,
  assumed,
  questions: questions.map(({ id, words, choices, otherwise }) => ({ id, words, choices: choices ?? null, otherwise })),
  written: written.map((path) => shown(path)),
});

/** @throws CommandFailure: what is there is written, and cannot be checked alone */
function requireAllKinds({ findings }: Proposal): void {
  const missing = INPUT_KINDS.filter((kind: InputKind) => {
    const { isRequired } = declarationOf(kind).option;
    return isRequired === true && !findings.some((finding) => finding.kind === kind);
  });
  if (missing.length === 0) return;
  const words = missing.map((kind) => declarationOf(kind).option.words);
  throw new CommandFailure(EXIT.usage, [
    problem(
      'MISSING_OPTION',
      'init',
      [
        `必要なファイルがまだあります: ${words.map(({ ja }) => ja).join('、')}`,
        `files are still needed: ${words.map(({ en }) => en).join(', ')}`,
      ],
      [
        '全部のファイルを init に渡し、--replace を付けてもう一度実行してください',
        'give init all files at once, with --replace',
      ],
    ),
  ]);
}
