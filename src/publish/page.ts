import type { Instant } from '../base/instants.ts';
import type { Step } from '../base/steps.ts';
import type { Policy } from '../policy/policy.ts';
import { PAYOUTS } from './output-files.ts';
import { TO_SEND_FILE } from './unsent-payouts.ts';

/** The run for people, in one file. */
export const PAGE_FILE = 'report.html';

/** What no published file says. A page cannot name its own run's fingerprint: that covers the page. */
export interface PageFacts {
  /** Of the run before this one. */
  readonly previousFingerprint: string | null;
}

/**
 * Makes the page of what a run publishes, and of nothing else: whoever has the files can make it again. In steps, between
 * which somebody else may have a turn.
 *
 * @param published the run's other files, by name
 */
export type PageOf = (
  published: ReadonlyMap<string, Uint8Array>,
  policy: Policy,
  asOf: Instant,
  facts: PageFacts,
) => Generator<Step, string>;

const WITH_CONTACTS: readonly string[] = [PAYOUTS, TO_SEND_FILE];

/** Whether a page is made of a file: never of one with contacts, nor of a copy. What was purged is not missed. */
export const isOfPage = (name: string): boolean =>
  name !== PAGE_FILE && !WITH_CONTACTS.includes(name) && !name.startsWith('excel/');
