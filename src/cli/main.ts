import type { Command } from 'commander';
import { type Language, text } from '../base/text.ts';
import { programIdentity } from './identity.ts';
import { jsonTextOf, parseJson } from './options/json-text.ts';
import { readSmallFile } from './options/small-file.ts';
import { buildProgram } from './program.ts';
import { CommandFailure, EXIT, PublishedFailure } from './terminal/exit.ts';
import { languageOf, translateTo } from './terminal/language.ts';
import { type FailureForm, tellFailure, tellInterrupted } from './terminal/tell-failure.ts';
import { readingThreads } from './threads.ts';

/** Runs the command line. Sets the exit code; never throws. */
export async function main(argv: readonly string[]): Promise<void> {
  const settings = settingsOf(argv);
  const t = translateTo(settings.lang ?? languageOf(argv, process.env));
  const interruption = listenForSignals();
  // A reader that goes away (| head) is no reason to fail.
  process.stdout.on('error', () => {});
  const form = formOf(argv, settings);
  let called = '';
  try {
    const { signal } = interruption;
    const invocation = { t, signal, threads: readingThreads(), program: programIdentity() };
    const program = await buildProgram(argv, invocation);
    silence(program);
    program.hook('preAction', (_, command) => {
      called = command.name();
      // run and check tell it together with what else is wrong with their options.
      if (!command.options.some((option) => option.long === '--issuance')) requireLanguage(command.opts().lang);
    });
    await program.parseAsync(argv);
  } catch (error) {
    const isInterrupted = interruption.signal.aborted && !(error instanceof PublishedFailure);
    process.exitCode = isInterrupted ? await tellInterrupted(called, t, form) : await tellFailure(error, t, form);
  } finally {
    interruption.stop();
  }
}

/** What a config file says of how to speak. */
interface Settings {
  readonly lang: Language | undefined;
  readonly json: boolean;
  readonly logFormat: unknown;
}

/** The value of a long option, as it stands on the command line. */
function givenOf(argv: readonly string[], option: string): string | undefined {
  const at = argv.indexOf(option);
  if (at >= 0) return argv[at + 1];
  return argv.find((argument) => argument.startsWith(`${option}=`))?.slice(option.length + 1);
}

function formOf(argv: readonly string[], { json, logFormat }: Settings): FailureForm {
  if (argv.includes('--json') || json) return 'json';
  return (givenOf(argv, '--log-format') ?? logFormat) === 'json' ? 'log' : 'text';
}

/** How to speak must be known before anything can be said: what the config file says of it, if it can be read. */
function settingsOf(argv: readonly string[]): Settings {
  const asked = givenOf(argv, '--lang') !== undefined;
  try {
    const read = parseJson(jsonTextOf(readSmallFile(givenOf(argv, '--config') ?? '')));
    const config = ('value' in read ? read.value : {}) as Partial<Record<'lang' | 'json' | 'logFormat', unknown>>;
    const lang = config.lang === 'ja' || config.lang === 'en' ? config.lang : undefined;
    return { lang: asked ? undefined : lang, json: config.json === true, logFormat: config.logFormat };
  } catch {
    // Told once the options are read.
    return { lang: undefined, json: false, logFormat: undefined };
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

/** Commander's errors are told in our own form and language. */
function silence(program: Command): void {
  program.exitOverride();
  program.configureOutput({ outputError: () => {} });
  for (const command of program.commands) silence(command as Command);
}
