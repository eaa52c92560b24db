import { type Text, text } from '../../base/text.ts';
import type { ProgramIdentity } from '../../publish/manifest.ts';
import type { PageOf } from '../../publish/page.ts';
import type { SummaryText } from '../../publish/run-files.ts';
import type { Resources } from '../../run/read-run-inputs.ts';
import { KeptContents } from '../record/kept-contents.ts';
import type { Originals } from '../record/originals.ts';
import type { Manifest } from '../record/run-record.ts';
import { type Walked, walkChain } from './chain.ts';
import { type Check, type CheckedNight, skipped, verdict } from './check.ts';
import { checkNight, type Night } from './night.ts';
import { checkSealed, type SealOptions } from './sealed.ts';

/** What can be said of a run folder: every check with its result; nothing that was skipped is called ok. */
export interface Verification {
  readonly checks: readonly Check[];
  /** Where the chain was walked. */
  readonly nights?: readonly CheckedNight[];
  /** Who made it, by its own word. */
  readonly manifestSays?: ManifestSays;
}

export interface ManifestSays {
  readonly program: ProgramIdentity;
  readonly ruleSetSha256: string;
  readonly fingerprint: string;
  readonly policy: string;
}

export interface VerifyOptions {
  readonly program: ProgramIdentity;
  readonly chain: boolean;
  /** How many nights are executed again, the run itself among them. */
  readonly execute?: number;
  /** The fingerprint that the run should have, as it was noted down elsewhere. */
  readonly expected?: string | undefined;
  /** What was sealed elsewhere. */
  readonly sealed?: SealOptions | undefined;
  /** How the program puts a summary into words. */
  readonly summaryText: SummaryText;
  /** How it makes the page of a run. */
  readonly page?: PageOf | undefined;
  readonly resources?: Resources;
  /** Where the original inputs of runs may lie that kept none. */
  readonly originals?: Originals | undefined;
}

/** Verifies a run folder. Reads it only. */
export async function verifyRun(folder: string, options: VerifyOptions): Promise<Verification> {
  const contents = new KeptContents(options.resources?.signal);
  const own = await checkNight(folder, { ...options, executes: true, contents });
  if ('unreadable' in own.read) {
    const blocked = text('manifest.json が読めないため', 'because manifest.json cannot be read');
    const asked = [
      ...(options.chain ? (['chain'] as const) : []),
      ...(options.expected === undefined ? [] : (['expected'] as const)),
      ...(options.sealed === undefined ? [] : (['sealed'] as const)),
    ];
    return { checks: [...own.checks, ...asked.map((check) => skipped(check, blocked))] };
  }
  const { manifest } = own.read;
  const walked = options.chain ? await walkChain(own, manifest, { ...options, contents }) : undefined;
  const nights = walked === undefined ? [own] : walked.nights;
  const checks: Check[] = [
    ...own.checks,
    ...(walked === undefined ? [] : [walked.check]),
    ...(options.expected === undefined ? [] : [checkExpected(manifest, options.expected)]),
    ...(options.sealed === undefined ? [] : checkSealed(nights, options.sealed, options.chain)),
  ];
  return {
    checks,
    ...(walked === undefined ? {} : { nights: tableOf(walked) }),
    manifestSays: {
      program: manifest.program,
      ruleSetSha256: manifest.ruleSet.sha256,
      fingerprint: manifest.fingerprint,
      policy: manifest.policy.id,
    },
  };
}

const tableOf = ({ nights, pins }: Walked): readonly CheckedNight[] =>
  nights.map(({ folder, read, checks }: Night, place) => {
    const manifest = 'manifest' in read ? read.manifest : undefined;
    const pin = pins[place];
    return {
      folder: folder.slice(folder.search(/[^/\\]*$/)),
      asOf: manifest?.asOf ?? '',
      fingerprint: manifest?.fingerprint ?? '',
      checks: pin === undefined ? checks : [...checks, pin],
    };
  });

/** Whether it is the run that was noted down: whoever can write all of its files can still not write what others keep. */
const checkExpected = ({ fingerprint }: Manifest, expected: string): Check => {
  const problems: readonly Text[] =
    fingerprint === expected
      ? []
      : [
          text(
            `この実行の指紋は ${fingerprint} で、控えの ${expected} と違う`,
            `the run has the fingerprint ${fingerprint}, not ${expected}`,
          ),
        ];
  return verdict('expected', problems);
};
