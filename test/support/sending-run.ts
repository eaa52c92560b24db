import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { canonicalJson } from '../../src/publish/canonical-json.ts';
import { csvBytes } from '../../src/publish/csv-bytes.ts';
import { sha256 } from '../../src/publish/hash.ts';
import { ROOT } from './program.ts';

/** A row of to_send.csv; what is not said is what most are. */
export interface Sending {
  readonly id: string;
  readonly to: string;
  readonly yen: number;
  readonly route?: string;
  readonly notBefore?: string;
  readonly receiveBy?: string;
}

/** A payout id of our form: P and 16 hexadecimal digits. */
export const payoutId = (number: number): string => `P${number.toString(16).padStart(16, '0')}`;

const COLUMNS = [
  ...['payout_id', 'route', 'recipient', 'deliver_to', 'amount_yen', 'coupon_count', 'coupons'],
  ...['not_before', 'receive_by', 'made_at', 'due'],
];

export interface SendingRunOptions {
  readonly asOf?: string;
  readonly previous?: string;
  /** A run of a version that wrote no to_send.csv. */
  readonly withoutToSend?: boolean;
}

/** A run folder by hand: its manifest and its to_send.csv, which is all that an order is made of. */
export function sendingRun(folder: string, rows: readonly Sending[], options: SendingRunOptions = {}): string {
  const asOf = options.asOf ?? '2023-05-10T02:00:00+09:00';
  mkdirSync(folder, { recursive: true });
  const toSend = csvBytes(
    COLUMNS,
    rows.map(({ id, to, yen, route = 'app_url', notBefore = '2023-04-10', receiveBy = '2023-07-31' }, place) => [
      ...[id, route, `account:A${place}`, to, String(yen), '1', String(place + 1).padStart(12, '0')],
      ...[notBefore, receiveBy, asOf, 'now'],
    ]),
  );
  writeFileSync(join(folder, 'to_send.csv'), toSend, { mode: 0o600 });
  const manifest = canonicalJson({
    schemaVersion: 1,
    program: { name: 'regionpay-reconcile', version: '1', revision: 'test' },
    ruleSet: { sha256: '0'.repeat(64), rules: [] },
    policy: KAGOSHIMA.file,
    profile: null,
    asOf,
    options: { countUnclaimed: false, encoding: null, excel: false, archive: false },
    previous: options.previous === undefined ? null : { manifestSha256: options.previous, fingerprint: '1'.repeat(64) },
    inputs: [],
    outputs: options.withoutToSend === true ? [] : [{ name: 'to_send.csv', sha256: sha256(toSend), rows: rows.length }],
    fingerprint: '2'.repeat(64),
  });
  writeFileSync(join(folder, 'manifest.json'), manifest);
  return folder;
}

/** A made-up provider of fixtures/providers. */
export const providerFile = (id: string): string => join(ROOT, 'fixtures/providers', `${id}.json`);

export const manifestHash = (folder: string): string => sha256(readFileSync(join(folder, 'manifest.json')));
