import type { CalendarDate } from '../../base/instants.ts';
import { mapped } from '../../base/steps.ts';
import { type Text, text } from '../../base/text.ts';
import type { Order } from '../orders.ts';
import type { ToSend } from '../to-send.ts';
import { type BankDirectory, branchIn } from './bank-directory.ts';
import { zenginText } from './kana.ts';
import { DATA } from './layout.ts';
import { ediOf, type Transfer } from './transfer.ts';

/** Why a field cannot be written; nothing of what stands in it. */
export interface Reason {
  readonly field: Text;
  readonly what: Text;
}

/** Something to be looked at that keeps nothing back. */
export interface Notice {
  readonly payoutId: string;
  readonly what: Text;
}

/** What becomes of the payouts by bank that a run has to send. Every one of them is in one of the lists. */
export interface PreparedTransfers {
  readonly transfers: readonly Transfer[];
  readonly unusable: readonly { readonly payoutId: string; readonly reasons: readonly Reason[] }[];
  /** Put into an order before; {@link Transfer} only if they are asked for again. */
  readonly alreadyOrdered: readonly Order[];
  /** Not before a later day. */
  readonly notYetDue: readonly ToSend[];
  /** Must have been received before the transfer date. */
  readonly lapsed: readonly ToSend[];
  readonly notices: readonly Notice[];
}

const ROUTE = 'bank_transfer';

/**
 * In steps.
 *
 * @param ordered by payout id: what was ordered before and is not ordered again
 */
export function* prepareTransfers(
  rows: readonly ToSend[],
  transferDate: CalendarDate,
  ordered: ReadonlyMap<string, Order>,
  directory: BankDirectory,
): Generator<undefined, PreparedTransfers> {
  const byBank = rows.filter(({ route }) => route === ROUTE);
  const fresh = byBank.filter(({ payoutId }) => !ordered.has(payoutId));
  const lapsed = fresh.filter((row) => hasLapsed(row, transferDate));
  const inTime = fresh.filter((row) => !hasLapsed(row, transferDate));
  const due = inTime.filter(({ notBefore }) => notBefore <= transferDate);
  const made = yield* mapped(due, (row) => transferOf(row, directory));
  return {
    transfers: made.flatMap(({ transfer }) => transfer ?? []),
    unusable: made.filter(({ reasons }) => reasons.length > 0).map(({ payoutId, reasons }) => ({ payoutId, reasons })),
    alreadyOrdered: byBank.flatMap(({ payoutId }) => ordered.get(payoutId) ?? []),
    notYetDue: inTime.filter(({ notBefore }) => notBefore > transferDate),
    lapsed,
    notices: made.flatMap(({ payoutId, notices }) => notices.map((what) => ({ payoutId, what }))),
  };
}

const hasLapsed = ({ receiveBy }: ToSend, transferDate: CalendarDate): boolean =>
  receiveBy !== undefined && receiveBy < transferDate;

interface Made {
  readonly payoutId: string;
  /** Undefined where there are reasons against it. */
  readonly transfer: Transfer | undefined;
  readonly reasons: readonly Reason[];
  readonly notices: readonly Text[];
}

/** `bank:0185-001-1-0123456`, as publish writes it. */
const RECIPIENT = /^bank:(\d{4})-(\d{3})-([1249])-(\d{7})$/;

function transferOf(row: ToSend, directory: BankDirectory): Made {
  const { payoutId, amountYen } = row;
  const found = RECIPIENT.exec(row.recipient);
  const [, bankCode = '', branchCode = '', accountType = '', accountNumber = ''] = found ?? [];
  const holder = holderOf(row.deliverTo);
  const reasons = [
    ...(ediOf(payoutId) === undefined
      ? [reason('edi', 'この版の支払番号ではない', 'is no payout id of this program')]
      : []),
    ...(found === null
      ? [reason('accountNumber', '銀行・支店・種目・番号の形でない', 'is not bank, branch, type and number')]
      : []),
    ...holder.reasons,
    ...amountReasons(amountYen),
  ];
  if (reasons.length > 0) return { payoutId, transfer: undefined, reasons, notices: [] };
  const branch = branchIn(directory, bankCode, branchCode);
  const transfer: Transfer = {
    payoutId,
    bankCode,
    bankName: institution('bankName', branch.bankKana),
    branchCode,
    branchName: institution('branchName', branch.branchKana),
    accountType,
    accountNumber,
    holder: holder.text,
    amountYen,
  };
  return { payoutId, transfer, reasons: [], notices: [...holder.notices, ...branch.notices] };
}

const fieldOf = (name: string) => {
  const field = DATA.find((each) => each.name === name);
  if (field === undefined) throw new Error(`no field ${name}`);
  return field;
};
const reason = (name: string, ja: string, en: string): Reason => ({ field: fieldOf(name).title, what: text(ja, en) });

/**
 * A holder of more than thirty signs is written by the first thirty, as banks ask for one that does not fit (a bank may
 * return it, so it is told).
 */
function holderOf(written: string): Pick<Made, 'reasons' | 'notices'> & { readonly text: string } {
  const name = zenginText(written);
  if ('refused' in name) {
    const reasons = name.refused.map(({ place, what }) =>
      reason('holder', `${place} 文字目が${what.ja}`, `character ${place} is ${what.en}`),
    );
    return { text: '', reasons, notices: [] };
  }
  if (name.text === '') return { text: '', reasons: [reason('holder', '空', 'is empty')], notices: [] };
  const most = fieldOf('holder').length;
  const { length } = name.text;
  if (length <= most) return { text: name.text, reasons: [], notices: [] };
  const notice = text(
    `受取人名が半角 ${length} 文字のため、先頭 ${most} 文字を書いた`,
    `the account holder has ${length} half-width signs; the first ${most} are written`,
  );
  return { text: name.text.slice(0, most), reasons: [], notices: [notice] };
}

function amountReasons(amountYen: number): readonly Reason[] {
  const { length } = fieldOf('amount');
  if (amountYen <= 0) return [reason('amount', '0 円', 'is 0 yen')];
  if (String(amountYen).length <= length) return [];
  return [reason('amount', `${length} 桁を超える`, `has more than ${length} digits`)];
}

/** Names of banks and branches are there for people, the codes decide: what is longer is written as far as it goes. */
function institution(name: 'bankName' | 'branchName', kana: string): string {
  const converted = zenginText(kana);
  return 'refused' in converted ? '' : converted.text.slice(0, fieldOf(name).length).trimEnd();
}
