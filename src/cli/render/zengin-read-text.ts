import { ownOf } from '../../base/own.ts';
import { text } from '../../base/text.ts';
import type { Fault, ReadRecord, ReadZengin } from '../../disbursement/zengin/read.ts';
import { payoutIdOf } from '../../disbursement/zengin/transfer.ts';
import type { Translate } from '../terminal/language.ts';
import { grouped, yenText } from './yen-words.ts';

type Values = ReadRecord['values'];

/** But for its last two digits. */
const masked = (account: string): string => `${'*'.repeat(Math.max(0, account.length - 2))}${account.slice(-2)}`;

/** A field of digits as a number; as it stands where it is none. */
const numberIn = (value: string | undefined): number | string =>
  /^\d+$/.test(value ?? '') ? Number(value) : (value ?? '');

/** What a file holds, for a program: accounts masked as for a person. */
export const readZenginJson = ({ records, lineEnd, faults }: ReadZengin): unknown => ({
  lineEnd,
  records: records.map(({ type, values }) => ({
    type,
    ...values,
    ...(values.accountNumber === undefined ? {} : { accountNumber: masked(values.accountNumber) }),
    ...(type === '2' ? { payoutId: payoutIdOf(values.edi ?? '') ?? null } : {}),
  })),
  faults,
});

const ACCOUNT_TYPES: Readonly<Record<string, ReturnType<typeof text>>> = {
  1: text('普通', 'ordinary'),
  2: text('当座', 'current'),
  4: text('貯蓄', 'savings'),
  9: text('その他', 'other'),
};

/** The same for a person. */
export function readZenginText({ records, lineEnd, faults }: ReadZengin, t: Translate): string {
  const lines = [
    ...records.flatMap(({ type, values }, index) => recordLines(type, values, index + 1, t)),
    t(
      text(
        `レコード ${grouped(records.length)} 件、改行${lineEnd === 'none' ? 'なし' : lineEnd === 'crlf' ? ' CRLF' : 'は混在'}`,
        `${grouped(records.length)} records, ${lineEnd === 'none' ? 'nothing' : lineEnd === 'crlf' ? 'CRLF' : 'not always CRLF'} between`,
      ),
    ),
    ...(faults.length === 0
      ? [t(text('長さ・文字・順序・合計: 一致', 'lengths, characters, order and totals: ok'))]
      : [
          t(text(`誤り ${grouped(faults.length)} 件`, `${grouped(faults.length)} faults`)),
          ...faults.map((fault) => faultLine(fault, t)),
        ]),
  ];
  return `${lines.join('\n')}\n`;
}

function faultLine({ record, offset, field, what }: Fault, t: Translate): string {
  const named = field === undefined ? '' : ` ${t(field)}`;
  return t(
    text(
      `  レコード ${record}(${offset} バイト目から)${named}: ${what.ja}`,
      `  record ${record} (from byte ${offset})${named}: ${what.en}`,
    ),
  );
}

function recordLines(type: string, values: Values, place: number, t: Translate): readonly string[] {
  switch (type) {
    case '1':
      return [
        t(
          text(
            `種別 ${values.typeCode} 委託者 ${values.requesterCode} ${values.requesterName} 取組日 ${monthDay(values.transferDate)}`,
            `type ${values.typeCode}, requester ${values.requesterCode} ${values.requesterName}, transfer date ${monthDay(values.transferDate)}`,
          ),
        ),
        `  ${accountWords(values, t)}`,
      ];
    case '2': {
      const yen = numberIn(values.amount);
      const payout = payoutIdOf(values.edi ?? '') ?? values.edi ?? '';
      return [
        `${place - 1}. ${typeof yen === 'number' ? yenText(yen, t) : yen} ${values.holder} ${payout}`.trimEnd(),
        `  ${accountWords(values, t)}`,
      ];
    }
    case '8': {
      const [count, total] = [numberIn(values.count), numberIn(values.total)];
      return [
        t(
          text(
            `合計 ${typeof count === 'number' ? grouped(count) : count} 件、${typeof total === 'number' ? yenText(total, t) : total}`,
            `in all ${typeof count === 'number' ? grouped(count) : count} transfers, ${typeof total === 'number' ? yenText(total, t) : total}`,
          ),
        ),
      ];
    }
    default:
      return [];
  }
}

const monthDay = (written: string | undefined): string => `${written?.slice(0, 2)}-${written?.slice(2)}`;

function accountWords(values: Values, t: Translate): string {
  const type = ownOf(ACCOUNT_TYPES, values.accountType ?? '');
  return [
    `${values.bankCode} ${values.bankName}`.trim(),
    `${values.branchCode} ${values.branchName}`.trim(),
    type === undefined ? values.accountType : t(type),
    masked(values.accountNumber ?? ''),
  ].join(' ');
}
