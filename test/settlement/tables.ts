import { type Inputs, type Row, type RunOptions, type RunResult, runTables } from '../support/run-tables.ts';

type Cells = Readonly<Record<string, string | number>>;

/** Rows of the inputs, as few columns as they need. */
export interface Night {
  readonly issuance: readonly Cells[];
  readonly transactions?: readonly Cells[];
  readonly sales?: readonly Cells[];
  readonly claims?: readonly Cells[];
  readonly applications?: readonly Cells[];
  readonly paid?: readonly Cells[];
}

/** `18:00:00` is on the day of the outage. */
const when = (written: string): string => (written.includes('-') ? written : `2023-02-24 ${written}`);

/** A paper coupon of Kagoshima in the (A) cohort, 2000 yen, charged to no account, unless told. */
export const issue = (coupon: string, options: Cells = {}): Cells => ({
  coupon_number: coupon,
  medium: 'paper',
  prefecture: '46',
  face_yen: 2000,
  issued_at: '2023-02-20 10:00',
  expires_on: '2023-02-24',
  account_id: '',
  account_status: '',
  phone: '',
  email: '',
  ...options,
});

/** The same, charged to an active account with a mobile phone. */
export const issueToApp = (coupon: string, options: Cells = {}): Cells =>
  issue(coupon, { account_id: `A-${coupon}`, account_status: 'active', phone: '09012345678', ...options });

const transaction = (
  kind: string,
  id: string,
  coupon: string,
  at: string,
  yen: number | string,
  options: Cells,
): Cells => ({
  transaction_id: id,
  coupon_number: coupon,
  occurred_at: when(at),
  kind,
  status: 'completed',
  amount_yen: yen,
  merchant_id: '',
  related_transaction_id: '',
  funding: 'coupon',
  ...options,
});

/** At shop M1 unless told. */
export const pay = (id: string, coupon: string, at: string, yen: number | string = 500, options: Cells = {}): Cells =>
  transaction('payment', id, coupon, at, yen, { merchant_id: 'M1', ...options });
export const cancel = (id: string, coupon: string, at: string, yen: number, of: string): Cells =>
  transaction('cancel', id, coupon, at, yen, { related_transaction_id: of });
export const reinstate = (id: string, coupon: string, at: string, yen: number, of = ''): Cells =>
  transaction('reinstatement', id, coupon, at, yen, { related_transaction_id: of });

/** A sale at M1, paid with a coupon unless told; the rest of the total is cash. */
export function sale(
  id: string,
  at: string,
  total: number,
  options: { shop?: string; coupon?: number; names?: string } = {},
): Cells {
  const couponYen = options.coupon ?? total;
  return {
    report_id: id,
    merchant_id: options.shop ?? 'M1',
    sold_at: when(at),
    total_yen: total,
    coupon_yen: couponYen,
    cash_yen: total - couponYen,
    other_yen: 0,
    coupon_number: options.names ?? '',
  };
}

/** A bill of M1 that has nothing to do with any coupon: it only shows that the shop reported that day. */
export const report = (shop = 'M1'): Cells => sale(`S-${shop}-other`, '12:00:00', 333, { coupon: 0, shop });

export const claim = (id: string, coupon: string, kind: string, options: Cells = {}): Cells => ({
  claim_id: id,
  received_at: '2023-02-25 10:00',
  kind,
  coupon_number: coupon,
  expires_on: '2023-02-24',
  prefecture: '46',
  merchant_id: 'M1',
  ...options,
});

export const apply = (id: string, coupon: string, options: Cells = {}): Cells => ({
  application_id: id,
  applied_at: '2023-03-25 10:00',
  coupon_number: coupon,
  prefecture: '46',
  name: '鹿児島花子',
  method: 'points',
  phone: '09011112222',
  email: '',
  bank_code: '',
  branch_code: '',
  account_type: '',
  account_number: '',
  account_holder_kana: '',
  ...options,
});

export const applyForBank = (id: string, coupon: string, options: Cells = {}): Cells =>
  apply(id, coupon, {
    method: 'bank_transfer',
    phone: '',
    bank_code: '0185',
    branch_code: '001',
    account_type: '1',
    account_number: '1234567',
    account_holder_kana: 'カゴシマ ハナコ',
    ...options,
  });

export const paid = (id: string, coupon: string, yen: number, status = 'sent'): Cells => ({
  payout_id: id,
  coupon_number: coupon,
  amount_yen: yen,
  sent_at: '2023-04-03 10:00',
  status,
});

function csv(rows: readonly Cells[]): string {
  const names = Object.keys(rows[0] ?? {});
  const cell = (value: string | number | undefined): string => `"${String(value ?? '').replaceAll('"', '""')}"`;
  return `${[names.join(','), ...rows.map((row) => names.map((name) => cell(row[name])).join(','))].join('\n')}\n`;
}

/** What cannot be run without, where a night has none of it. */
const NO_TRANSACTIONS = 'transaction_id,coupon_number,occurred_at,kind,status,amount_yen\n';
const NO_SALES = 'report_id,merchant_id,sold_at,total_yen,coupon_yen,cash_yen\n';

export function inputsOf(night: Night): Inputs {
  const few = (['claims', 'applications', 'paid'] as const).flatMap((kind) => {
    const rows = night[kind] ?? [];
    return rows.length === 0 ? [] : [[kind, csv(rows)] as const];
  });
  return {
    issuance: csv(night.issuance),
    transactions: (night.transactions ?? []).length === 0 ? NO_TRANSACTIONS : csv(night.transactions ?? []),
    sales: (night.sales ?? []).length === 0 ? NO_SALES : csv(night.sales ?? []),
    ...Object.fromEntries(few),
  };
}

export const runNight = (night: Night, options: RunOptions): Promise<RunResult> => runTables(inputsOf(night), options);

export type Answer = 'approve' | 'reject' | 'stale';

/**
 * Runs, answers every item of the reasons named, and runs again. What an approval brings to light is answered in the
 * next round. `stale` is an approval given on other evidence.
 */
export async function runAnswered(
  night: Night,
  answers: Readonly<Record<string, Answer>>,
  options: RunOptions,
): Promise<RunResult> {
  const rows = new Map<string, string>();
  let result = await runNight(night, options);
  for (let round = 0; round < 4; round++) {
    const before = rows.size;
    for (const item of result.rows('review.csv')) {
      const answer = answers[item.reason ?? ''];
      if (answer === undefined) continue;
      const hash = answer === 'stale' ? 'of-other-evidence' : item.evidence_hash;
      const decision = answer === 'stale' ? 'approve' : answer;
      rows.set(item.review_id ?? '', `${item.review_id},${hash},${decision},tester,2023-02-24 00:00,`);
    }
    if (rows.size === before) return result;
    const decisions = `${['review_id,evidence_hash,decision,decided_by,decided_at,note', ...rows.values()].join('\n')}\n`;
    result = await runTables({ ...inputsOf(night), decisions }, options);
  }
  return result;
}

/** The one row of a coupon. */
export function rowOf(result: RunResult, file: string, coupon: string): Row {
  const rows = result.rows(file).filter((row) => row.coupon_number === coupon);
  const [row] = rows;
  if (row === undefined || rows.length > 1) throw new Error(`${file} has ${rows.length} rows on ${coupon}`);
  return row;
}

/** `REASON stake`, one for each item of the coupon, sorted. */
export const itemsOf = (result: RunResult, coupon: string): readonly string[] =>
  result
    .rows('review.csv')
    .filter((row) => row.coupon_number === coupon)
    .map((row) => `${row.reason} ${row.amount_at_stake_yen}`)
    .sort();
