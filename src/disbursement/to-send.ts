import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CalendarDate, existingDate } from '../base/instants.ts';
import { sha256Of } from '../publish/hash.ts';
import { type Cells, madeOf, publishedRows } from '../publish/published-rows.ts';

/** A payout that was made and of which no paid row speaks yet. A row of to_send.csv: personal data. */
export interface ToSend {
  readonly payoutId: string;
  readonly route: string;
  readonly recipient: string;
  readonly deliverTo: string;
  readonly amountYen: number;
  readonly couponCount: number;
  readonly coupons: readonly string[];
  readonly notBefore: CalendarDate;
  /** Undefined where it has no deadline. */
  readonly receiveBy: CalendarDate | undefined;
  /** The as-of of the run that made it. */
  readonly madeAt: string;
}

export const TO_SEND_FILE = 'to_send.csv';

const COLUMNS = [
  ...['payout_id', 'route', 'recipient', 'deliver_to', 'amount_yen', 'coupon_count', 'coupons'],
  ...['not_before', 'receive_by', 'made_at', 'due'],
];

/** `altered`: not the bytes that the run wrote. `damaged`: they are, and they are no such table. */
export type ReadToSend =
  | { readonly rows: readonly ToSend[] }
  | { readonly unreadable: 'missing' | 'altered' | 'damaged' };

/**
 * What a run has to be sent, in the order of its file; in steps.
 *
 * @param recordedSha256 as its manifest has it: what somebody has edited is not what was worked out
 * @throws what the system says where the file may not be read
 */
export function* readToSend(runFolder: string, recordedSha256: string): Generator<undefined, ReadToSend> {
  const path = join(runFolder, TO_SEND_FILE);
  if (!existsSync(path)) return { unreadable: 'missing' };
  const bytes = readFileSync(path);
  if ((yield* sha256Of([bytes])) !== recordedSha256) return { unreadable: 'altered' };
  const rows = yield* rowsIn(bytes);
  return rows === undefined ? { unreadable: 'damaged' } : { rows };
}

function* rowsIn(bytes: Buffer): Generator<undefined, readonly ToSend[] | undefined> {
  const [header, end] = [COLUMNS.join(','), bytes.indexOf('\n')];
  if (bytes.toString('utf8', 0, end < 0 ? bytes.length : end) !== header) return undefined;
  try {
    const rows = yield* madeOf(publishedRows([bytes]), toSendOf);
    const whole = rows.filter((row) => row !== undefined);
    const ids = new Set(whole.map(({ payoutId }) => payoutId));
    // Of a payout that stands twice nobody could say which of the two is sent.
    return whole.length === rows.length && ids.size === rows.length ? whole : undefined;
  } catch {
    return undefined;
  }
}

function toSendOf(cells: Cells): ToSend | undefined {
  const cell = (name: string): string => cells[name] ?? '';
  const [notBefore, receiveBy] = [dateIn(cell('not_before')), dateIn(cell('receive_by'))];
  const isWhole = ['payout_id', 'route', 'recipient'].every((name) => cell(name) !== '');
  const areNumbers = ['amount_yen', 'coupon_count'].every((name) => /^\d{1,15}$/.test(cell(name)));
  if (!isWhole || !areNumbers || notBefore === undefined) return undefined;
  if (receiveBy === undefined && cell('receive_by') !== '') return undefined;
  return {
    payoutId: cell('payout_id'),
    route: cell('route'),
    recipient: cell('recipient'),
    deliverTo: cell('deliver_to'),
    amountYen: Number(cell('amount_yen')),
    couponCount: Number(cell('coupon_count')),
    coupons: cell('coupons').split(' '),
    notBefore,
    receiveBy,
    madeAt: cell('made_at'),
  };
}

function dateIn(written: string): CalendarDate | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(written);
  return found === null ? undefined : existingDate(Number(found[1]), Number(found[2]), Number(found[3]));
}
