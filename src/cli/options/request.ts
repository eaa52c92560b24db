import { type Command, Option } from 'commander';
import type { Instant } from '../../base/instants.ts';
import { text } from '../../base/text.ts';
import { STATED_ENCODINGS } from '../../intake/bytes/file.ts';
import { KAGOSHIMA } from '../../policy/kagoshima-2023-02-24.ts';
import type { Policy } from '../../policy/policy.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import { type Allowed, allowanceFlags, readAllowances } from './allowances.ts';
import { type AsOfOption, asOfFlag, readAsOfOption } from './as-of.ts';
import { readConfig } from './config-file.ts';
import { type EvidenceKeyOptions, readEvidenceKeyOption } from './evidence-key.ts';
import { Collected, type GivenOptions } from './given.ts';
import {
  fileFlags,
  type InputOptions,
  readEncoding,
  readingFlags,
  readPaths,
  readProfile,
  readReader,
} from './inputs.ts';
import { type LimitOptions, limitFlags, readLimits } from './limits.ts';
import { type MemoryOptions, memoryFlags, readMemoryLimit } from './memory.ts';
import { type OutputOptions, readOutput } from './output.ts';
import { policyFlag, readPolicy } from './policy.ts';
import { readTelling, type TellingOptions, tellingFlags } from './telling.ts';

/** What `run` or `check` was asked for. */
export interface CommandRequest
  extends InputOptions,
    AsOfOption,
    LimitOptions,
    MemoryOptions,
    OutputOptions,
    EvidenceKeyOptions,
    TellingOptions {
  readonly policy: Policy;
  readonly allowed: Allowed;
}

/** What both take, in the order in which help shows it. */
export function requestFlags(made: Command, t: Translate): Command {
  fileFlags(made, t);
  made.addOption(asOfFlag(t)).addOption(policyFlag(t));
  return readingAndLimitFlags(made, t);
}

/** What counts in a night, for whoever settles one. */
export const countUnclaimedFlag = (t: Translate): Option =>
  new Option('--count-unclaimed', t(text('申出がなくても (B) を数える', 'count (B) grounds without a call')));

export const requireSecondFlag = (t: Translate): Option =>
  new Option(
    '--require-second',
    t(
      text(
        '承認は、別のもうひとりが確認するまで数えない',
        'an approval counts only once another person has confirmed it',
      ),
    ),
  );

/** The same of a night that is held against policies which have been named already, or of none. */
export function nightFlags(made: Command, t: Translate): Command {
  fileFlags(made, t, false);
  made.addOption(asOfFlag(t));
  return readingAndLimitFlags(made, t);
}

function readingAndLimitFlags(made: Command, t: Translate): Command {
  readingFlags(made, t);
  limitFlags(made, t);
  allowanceFlags(made, t);
  memoryFlags(made, t);
  made.addOption(
    new Option('--config <file>', t(text('これらの指定を書いた JSON ファイル', 'a JSON file with these options'))),
  );
  return tellingFlags(made, t);
}

/** Puts command line, config and defaults together. `now` is in microseconds. @throws CommandFailure with every problem */
export function readRequest(given: GivenOptions, now: Instant, needs: { readonly out: boolean }): CommandRequest {
  const config = readConfig(typeof given.config === 'string' ? given.config : undefined);
  const options: GivenOptions = { ...(config as GivenOptions), ...given };
  const found = new Collected();
  // Problems are told in the order in which options are read here.
  const request: CommandRequest = {
    policy: readPolicy(options.policy, found) ?? KAGOSHIMA,
    ...readProfile(options.profile, found),
    ...readAsOfOption(options.asOf, now, found),
    ...readLimits(options, found),
    allowed: readAllowances(given),
    ...readMemoryLimit(options, found),
    encoding: readEncoding(options.encoding, STATED_ENCODINGS, found),
    reader: readReader(options.reader, found),
    ...readPaths(options, found),
    ...readTelling(options, found),
    ...readOutput(options, needs.out, found),
    ...readEvidenceKeyOption(options.evidenceKey),
  };
  if (found.problems.length > 0) throw new CommandFailure(EXIT.usage, found.problems);
  return request;
}
