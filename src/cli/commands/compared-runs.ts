import { resolve } from 'node:path';
import { Option } from 'commander';
import { compareRuns } from '../../audit/diff/diff.ts';
import type { RunComparison } from '../../audit/diff/difference.ts';
import { DamagedRun } from '../../audit/record/records.ts';
import { type Text, text } from '../../base/text.ts';
import { evidenceKeyFileOf } from '../options/evidence-key.ts';
import type { GivenOption, GivenOptions } from '../options/given.ts';
import { readMemoryOptions } from '../options/memory.ts';
import { damagedRun, manifestOf } from '../options/run-folder.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import { spillFailureOf } from '../terminal/system-failure.ts';
import type { Invocation } from './command.ts';

/** Two runs, of which some coupons are told one by one. */
export interface TwoRuns {
  readonly before: string;
  readonly after: string;
  readonly limit: number;
}

/** Compares two run folders, as they were named. @throws CommandFailure */
export async function comparedRuns(
  { before, after, limit }: TwoRuns,
  given: GivenOptions,
  { program, signal, threads }: Pick<Invocation, 'program' | 'signal' | 'threads'>,
): Promise<RunComparison> {
  const memory = readMemoryOptions(given);
  const [a, b] = [recorded(before), recorded(after)];
  const resources = { signal, threads, memory, evidenceKeyFile: evidenceKeyFileOf(given) };
  try {
    return await compareRuns(a, b, { program, resources, limit });
  } catch (error) {
    throw error instanceof DamagedRun ? damagedRun(error.path) : spillFailureOf(error, memory.folder);
  }
}

const recorded = (run: string) => ({ folder: resolve(run), manifest: manifestOf(resolve(run)) });

/** A value that an option does not take. */
export const wrongValue = (option: string, advice: Text): CommandFailure =>
  new CommandFailure(EXIT.usage, [
    { code: 'UNKNOWN_VALUE', where: option, what: text('この値は使えません', 'is no value of this option'), advice },
  ]);

/** How many coupons are told. @throws CommandFailure */
export function limitOf(value: GivenOption, byDefault: number): number {
  if (value === undefined) return byDefault;
  if (/^\d+$/.test(String(value))) return Number(value);
  throw wrongValue(`--limit ${String(value)}`, text('クーポンの数を指定してください', 'give a number of coupons'));
}

/** Which differences end a command with 1. */
export const failOnFlag = (t: Translate): Option =>
  new Option(
    '--fail-on <what>',
    t(
      text(
        'money(支払・戻し・残る額の違い)か any(すべての違い。既定)で終了コード 1',
        'exit 1 on money (what is paid, put back or kept) or on any difference (default)',
      ),
    ),
  );

/** @throws CommandFailure */
export function failOnOf(value: GivenOption): 'money' | 'any' {
  if (value === undefined || value === 'any') return 'any';
  if (value === 'money') return 'money';
  throw wrongValue(`--fail-on ${String(value)}`, text('money か any を指定してください', 'give money or any'));
}
