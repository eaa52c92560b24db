import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { canonicalJson } from '../../src/publish/canonical-json.ts';
import { sha256 } from '../../src/publish/hash.ts';

const HEADER = 'payout_id,route,recipient,deliver_to,amount_yen,coupon_count,coupons,not_before,receive_by,made_at,due';

/** Two by bank, of whom the second has a branch code that was given anew, and one by another route. */
export const BANK_1 =
  'P0123456789abcdef,bank_transfer,bank:0185-100-1-0123456,ヤマダ ハナコ,3500,2,000000000102 000000000103,2023-05-15,,2023-05-10T02:00:00+09:00,now';
export const BANK_2 =
  'P00000000000000bb,bank_transfer,bank:0149-534-1-7654321,ミサヲ ジョー,100000,1,000000000105,2023-05-15,,2023-05-10T02:00:00+09:00,now';
export const APP =
  'P00000000000000aa,app_url,account:A1,08000000001,2000,1,000000000104,2023-04-17,2023-07-31,2023-05-10T02:00:00+09:00,now';
/** Kanji in the place of kana. */
export const UNUSABLE =
  'P00000000000000cc,bank_transfer,bank:0185-100-1-0000001,山田ハナコ,1000,1,000000000106,2023-05-15,,2023-05-10T02:00:00+09:00,now';

export interface MadeRun {
  readonly name?: string;
  readonly asOf?: string;
  readonly rows?: readonly string[];
  /** Of the manifest of the run before it. */
  readonly previous?: string;
  readonly withoutToSend?: boolean;
}

/** A small run folder by hand: a manifest and what it has to send. Returns its path and the hash of its manifest. */
export function makeRun(series: string, { name = '2023-05-15', rows = [BANK_1, BANK_2, APP], ...more }: MadeRun = {}) {
  const folder = join(series, name);
  mkdirSync(folder, { recursive: true });
  const content = [HEADER, ...rows].map((line) => `${line}\n`).join('');
  if (more.withoutToSend !== true) writeFileSync(join(folder, 'to_send.csv'), content);
  const manifest = canonicalJson({
    schemaVersion: 1,
    program: { name: 'regionpay-reconcile', version: '0.1.0', revision: 'test' },
    ruleSet: { sha256: 'x', rules: [] },
    policy: KAGOSHIMA.file,
    profile: null,
    asOf: more.asOf ?? '2023-05-15T02:00:00+09:00',
    options: { countUnclaimed: false, encoding: null, excel: false, archive: false },
    previous: more.previous === undefined ? null : { manifestSha256: more.previous, fingerprint: 'x' },
    inputs: [],
    outputs: more.withoutToSend === true ? [] : [{ name: 'to_send.csv', sha256: sha256(content) }],
    fingerprint: 'x',
  });
  writeFileSync(join(folder, 'manifest.json'), manifest);
  return { folder, manifestSha256: sha256(readFileSync(join(folder, 'manifest.json'))) };
}

export const REQUESTER = {
  requesterCode: '0123456789',
  requesterName: 'カゴシマケン　カンコウカ',
  bankCode: '0185',
  bankName: 'カゴシマ',
  branchCode: '100',
  branchName: 'チュウオウ',
  accountType: '1',
  accountNumber: '7654',
};
