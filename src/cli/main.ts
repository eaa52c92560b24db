import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { CommanderError } from 'commander';
import type { Resources } from '../audit/re-execute.ts';
import type { Threads } from '../intake/piece-readers.ts';
import type { Instant } from '../policy/instants.ts';
import type { Policy } from '../policy/policy.ts';
import type { Problem } from '../policy/problem.ts';
import { type Language, type Text, text } from '../policy/text.ts';
import type { ProgramIdentity } from '../publish/manifest.ts';
import type { GivenOptions, Request } from './options/request.ts';
import { type Actions, buildProgram } from './program.ts';
import { CommandFailure, EXIT } from './terminal/exit.ts';
import { languageOf, type Say, sayIn } from './terminal/language.ts';
import { problemsJson, problemText } from './terminal/problem-text.ts';
import { write } from './terminal/terminal.ts';

/** Runs the command line. Sets the exit code; never throws. */
export async function main(argv: readonly string[]): Promise<void> {
  const settings = settingsOf(argv);
  const say = sayIn(settings.lang ?? languageOf(argv, process.env));
  const interruption = listenForSignals();
  // A reader that goes away (| head) is no reason to fail.
  process.stdout.on('error', () => {});
  const asJson = argv.includes('--json') || settings.json;
  let called = '';
  try {
    const program = buildProgram(identity().version, actions(say, interruption.signal), say);
    silence(program);
    program.hook('preAction', (_, command) => {
      called = command.name();
      // run and check tell it together with what else is wrong with their options.
      if (!command.options.some((option) => option.long === '--issuance')) requireLanguage(command.opts().lang);
    });
    await program.parseAsync(argv);
  } catch (error) {
    const isInterrupted = interruption.signal.aborted;
    process.exitCode = isInterrupted ? await tellInterrupted(called, say) : await tell(error, say, asJson);
  } finally {
    interruption.stop();
  }
}

/** How to speak must be known before anything can be said: what the config file says of it, if it can be read. */
function settingsOf(argv: readonly string[]): { readonly lang: Language | undefined; readonly json: boolean } {
  const asked = argv.some((argument) => argument === '--lang' || argument.startsWith('--lang='));
  const at = argv.indexOf('--config');
  const path = at >= 0 ? argv[at + 1] : argv.find((argument) => argument.startsWith('--config='))?.slice(9);
  try {
    const config = JSON.parse(readFileSync(path ?? '', 'utf8')) as { readonly lang?: unknown; readonly json?: unknown };
    const lang = config.lang === 'ja' || config.lang === 'en' ? config.lang : undefined;
    return { lang: asked ? undefined : lang, json: config.json === true };
  } catch {
    // Told once the options are read.
    return { lang: undefined, json: false };
  }
}

function requireLanguage(lang: unknown): void {
  if (lang === undefined || lang === 'ja' || lang === 'en') return;
  const advice = text('ja か en を指定してください', 'give ja or en');
  const what = text('この値は使えません', 'is no value of this option');
  throw new CommandFailure(EXIT.usage, [{ code: 'UNKNOWN_VALUE', where: `--lang ${String(lang)}`, what, advice }]);
}

interface Interruption {
  readonly signal: AbortSignal;
  stop(): void;
}

/** The first Ctrl-C lets the command clean up; the second ends it at once. */
function listenForSignals(): Interruption {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, interrupt);
  return {
    signal: controller.signal,
    stop: () => {
      for (const signal of signals) process.off(signal, interrupt);
    },
  };
}

type ProgramCommand = ReturnType<typeof buildProgram>;

/** Commander's errors are told in our own form and language. */
function silence(program: ProgramCommand): void {
  program.exitOverride();
  program.configureOutput({ outputError: () => {} });
  for (const command of program.commands) silence(command as ProgramCommand);
}

async function tellInterrupted(command: string, say: Say): Promise<number> {
  const words =
    command === 'run'
      ? text('中断しました。何も公開していません。', 'interrupted; nothing was published.')
      : text('中断しました。', 'interrupted.');
  await write(process.stderr, `${say(words)}\n`);
  return EXIT.interrupted;
}

async function tell(error: unknown, say: Say, asJson: boolean): Promise<number> {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.done;
    if (error.code === 'commander.help') return EXIT.usage;
    await tellProblems([commanderProblem(error)], say, asJson);
    return EXIT.usage;
  }
  const { otherFailureOf } = await import('./terminal/system-failure.ts');
  const failure = otherFailureOf(error);
  if (failure instanceof CommandFailure) {
    await tellProblems(failure.problems, say, asJson);
    return failure.exitCode;
  }
  const bug = text(
    'プログラムの誤りです。この表示を添えて知らせてください。',
    'this is a bug; please report it with what is shown here.',
  );
  await write(process.stderr, `${say(bug)}\n${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT.bug;
}

const tellProblems = (problems: readonly Problem[], say: Say, asJson: boolean): Promise<void> =>
  write(
    process.stderr,
    asJson ? problemsJson(problems) : problems.map((problem) => problemText(problem, say)).join(''),
  );

const COMMANDER_WORDS: Readonly<Record<string, Text>> = {
  'commander.unknownOption': text('知らないオプションです', 'unknown option'),
  'commander.unknownCommand': text('知らないコマンドです', 'unknown command'),
  'commander.missingArgument': text('引数が足りません', 'an argument is missing'),
  'commander.optionMissingArgument': text('オプションの値がありません', 'the option needs a value'),
  'commander.excessArguments': text('引数が多すぎます', 'too many arguments'),
};

function commanderProblem(error: CommanderError): Problem {
  const named = /'([^']+)'/.exec(error.message)?.[1] ?? '';
  const suggestion = /\(Did you mean (?:one of )?([^?]+)\?\)/.exec(error.message)?.[1];
  const what = COMMANDER_WORDS[error.code] ?? text(error.message, error.message);
  const help = text('--help で使い方を見てください', 'see --help');
  const advice =
    suggestion === undefined
      ? help
      : text(`${suggestion} のことですか? ${help.ja}`, `did you mean ${suggestion}? Otherwise ${help.en}`);
  return { code: 'USAGE', where: named, what, advice };
}

let known: ProgramIdentity | undefined;

/** Name and version from package.json; the revision from what the build wrote beside this file. */
function identity(): ProgramIdentity {
  if (known !== undefined) return known;
  const { name, version } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as ProgramIdentity;
  let revision = 'unknown';
  try {
    revision = readFileSync(new URL('../revision.txt', import.meta.url), 'utf8').trim();
  } catch {
    // Run from source: there was no build to say.
  }
  known = { name, version, revision };
  return known;
}

/** What a command needs is loaded when it is called: `--help` must not wait for the rules. */
function actions(say: Say, signal: AbortSignal): Actions {
  return {
    run: async (given) => {
      const { request, surroundings } = await prepare(given, { out: true }, signal, say);
      const { runCommand } = await import('./commands/run.ts');
      await runCommand(request, surroundings, identity(), say);
    },
    check: async (given) => {
      const { request, surroundings } = await prepare(given, { out: false }, signal, say);
      const { checkCommand } = await import('./commands/check.ts');
      await checkCommand(request, surroundings, say);
    },
    explain: async (run, coupons, given) => {
      const { explainCommand } = await import('./commands/explain.ts');
      await explainCommand(run, coupons, given, { signal, threads: threads() }, say);
    },
    verify: async (run, given) => {
      const { verifyCommand } = await import('./commands/verify.ts');
      process.exitCode = await verifyCommand(run, given, identity(), await resourcesOf(given, signal), say);
    },
    diff: async (before, after, given) => {
      const { diffCommand } = await import('./commands/diff.ts');
      const surroundings = { program: identity(), resources: await resourcesOf(given, signal) };
      process.exitCode = await diffCommand(before, after, given, surroundings, say);
    },
    rules: async (given) => {
      const { canonicalJson } = await import('../publish/canonical-json.ts');
      const { rulesData, rulesMarkdown, rulesText } = await import('./render/rules-text.ts');
      const policy = await policyOfOptions(given);
      const rendered =
        given.json === true
          ? canonicalJson(rulesData(policy))
          : given.markdown === true
            ? rulesMarkdown(policy, say)
            : rulesText(policy, say);
      await write(process.stdout, rendered);
    },
    policyShow: async (given) => {
      const { canonicalJson } = await import('../publish/canonical-json.ts');
      const { policyText } = await import('./render/rules-text.ts');
      const policy = await policyOfOptions(given);
      await write(process.stdout, given.json === true ? canonicalJson(policy.file) : policyText(policy, say));
    },
    policyCheck: async (file, given) => {
      const policy = await policyOfOptions({ ...given, policy: file });
      await write(
        process.stdout,
        `${say(text(`${file}: 正しい policy です(${policy.id})`, `${file}: a valid policy (${policy.id})`))}\n`,
      );
    },
    synth: async (given) => {
      const { synthCommand } = await import('./commands/synth.ts');
      await synthCommand(given, say, signal);
    },
    policySchema: async (which) => {
      const { schemaText } = await import('./commands/policy.ts');
      await write(process.stdout, schemaText(which));
    },
  };
}

/** What a run may be executed again with. */
async function resourcesOf(given: GivenOptions, signal: AbortSignal): Promise<Resources> {
  const { readMemoryOptions } = await import('./options/request.ts');
  return { signal, threads: threads(), memory: readMemoryOptions(given) };
}

async function policyOfOptions(given: GivenOptions): Promise<Policy> {
  const { readPolicyOption } = await import('./options/request.ts');
  return readPolicyOption(given.policy);
}

/** Measured: below this, starting threads and compiling once more takes as long as they save. */
const LEAST_BYTES_FOR_THREADS = 200_000_000;
/** One thread reads, hashes and puts rows together; more than three others would wait for it. */
const MOST_THREADS = 4;

const threads = (): Threads => ({
  script: new URL('../intake/piece-worker.js', import.meta.url),
  count: Math.min(MOST_THREADS, availableParallelism()),
  leastBytes: LEAST_BYTES_FOR_THREADS,
  pieceBytes: 2 << 20,
  ownPieces: 4,
});

async function prepare(given: GivenOptions, needs: { readonly out: boolean }, signal: AbortSignal, say: Say) {
  const { readRequest } = await import('./options/request.ts');
  const { openLog } = await import('./terminal/log.ts');
  const { openProgress } = await import('./terminal/terminal.ts');
  const now: Instant = Date.now() * 1000;
  const request: Request = readRequest(given, now, needs);
  const log = openLog(request.logLevel, request.logFormat, say);
  return {
    request,
    surroundings: { log, progress: openProgress(process.stderr, !request.quiet), signal, threads: threads() },
  };
}
