import { resolve } from 'node:path';
import { type CompareOptions, compareRuns } from '../../audit/diff.ts';
import type { RunComparison } from '../../audit/difference.ts';
import { DamagedRun } from '../../audit/records.ts';
import { type Text, text } from '../../policy/text.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import type { GivenOptions } from '../options/request.ts';
import { diffMarkdown } from '../render/diff-markdown.ts';
import { diffText } from '../render/diff-text.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Say } from '../terminal/language.ts';
import { spillFailureOf } from '../terminal/system-failure.ts';
import { write } from '../terminal/terminal.ts';
import { damagedRun, manifestOf } from './verify.ts';

const DEFAULT_LIMIT = 50;

/** `diff`. Returns the exit code. @throws CommandFailure */
export async function diffCommand(
  before: string,
  after: string,
  given: GivenOptions,
  surroundings: Pick<CompareOptions, 'program' | 'resources'>,
  say: Say,
): Promise<number> {
  const limit = limitOf(given.limit);
  const failOn = failOnOf(given.failOn);
  const [a, b] = [recorded(before), recorded(after)];
  const comparison = await compareRuns(a, b, { ...surroundings, limit }).catch((error: unknown) => {
    throw error instanceof DamagedRun
      ? damagedRun(error.path)
      : spillFailureOf(error, surroundings.resources?.memory?.folder ?? '');
  });
  const differs = failOn === 'money' ? comparison.money : comparison.couponsDiffering > 0;
  if (given.quiet !== true) await write(process.stdout, shown(comparison, given, say));
  return differs ? EXIT.different : EXIT.done;
}

const recorded = (run: string) => ({ folder: resolve(run), manifest: manifestOf(resolve(run)) });

function shown(comparison: RunComparison, given: GivenOptions, say: Say): string {
  if (given.json === true) return canonicalJson(comparison);
  return given.markdown === true ? diffMarkdown(comparison, say) : diffText(comparison, say);
}

const wrong = (option: string, advice: Text): CommandFailure =>
  new CommandFailure(EXIT.usage, [
    { code: 'UNKNOWN_VALUE', where: option, what: text('この値は使えません', 'is no value of this option'), advice },
  ]);

function limitOf(value: GivenOptions[string]): number {
  if (value === undefined) return DEFAULT_LIMIT;
  if (/^\d+$/.test(String(value))) return Number(value);
  throw wrong(`--limit ${String(value)}`, text('クーポンの数を指定してください', 'give a number of coupons'));
}

function failOnOf(value: GivenOptions[string]): 'money' | 'any' {
  if (value === undefined || value === 'any') return 'any';
  if (value === 'money') return 'money';
  throw wrong(`--fail-on ${String(value)}`, text('money か any を指定してください', 'give money or any'));
}
