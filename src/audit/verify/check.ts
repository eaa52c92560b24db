import * as z from 'zod';
import type { Text } from '../../base/text.ts';

const CHECKS = [
  'checksums',
  'modes',
  'manifest',
  'purged',
  'totals',
  'inputs',
  're-execution',
  'report',
  'statements',
  'pin',
  'chain',
  'expected',
  'sealed',
  'signatures',
] as const;

const said = z.strictObject({ ja: z.string(), en: z.string() }).describe('a sentence in both languages');

const checkSchema = z
  .strictObject({
    check: z.enum(CHECKS).describe('what was looked at (docs/contract/4-cli.md, "explain, verify, diff")'),
    result: z.enum(['ok', 'failed', 'not checked']),
    details: z.array(said).describe('what was found, or why it was not looked at'),
  })
  .describe('one check');

/** What `verify --json` prints. */
export const verificationSchema = z.strictObject({
  checks: z.array(checkSchema).describe('of the run'),
  nights: z
    .array(
      z.strictObject({
        folder: z.string().describe('the name of its folder'),
        asOf: z.string().describe('as its manifest says; empty where that cannot be read'),
        fingerprint: z.string().describe('as its manifest says; empty where that cannot be read'),
        checks: z.array(checkSchema).describe('what was looked at of it'),
      }),
    )
    .describe('with --chain, the nights that were walked, from this run to the first')
    .optional(),
  manifestSays: z
    .strictObject({
      program: z.strictObject({ name: z.string(), version: z.string(), revision: z.string() }),
      ruleSetSha256: z.string(),
      fingerprint: z.string(),
      policy: z.string().describe('its id'),
    })
    .describe('what manifest.json says of who made the run; checked where `statements` is ok')
    .optional(),
});

export interface Check {
  readonly check: (typeof CHECKS)[number];
  readonly result: 'ok' | 'failed' | 'not checked';
  readonly details: readonly Text[];
}

/** A night of a chain that was walked, and what was checked of it. */
export interface CheckedNight {
  readonly folder: string;
  readonly asOf: string;
  readonly fingerprint: string;
  readonly checks: readonly Check[];
}

export const verdict = (check: Check['check'], problems: readonly Text[]): Check => ({
  check,
  result: problems.length === 0 ? 'ok' : 'failed',
  details: problems,
});
export const skipped = (check: Check['check'], why: Text): Check => ({ check, result: 'not checked', details: [why] });
