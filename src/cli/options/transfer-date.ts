import { Option } from 'commander';
import { type CalendarDate, dateOf, formatDate, type Instant } from '../../base/instants.ts';
import { text } from '../../base/text.ts';
import { bankingDayOf } from '../../disbursement/banking-days/banking-days.ts';
import { FIRST_YEAR, LAST_YEAR } from '../../disbursement/banking-days/japanese-holidays.ts';
import { readDate } from '../../intake/values/dates.ts';
import type { Translate } from '../terminal/language.ts';
import type { Collected, GivenOption } from './given.ts';

export const transferDateFlag = (t: Translate): Option =>
  new Option(
    '--transfer-date <date>',
    t(text('振込指定日。銀行の営業日(必須)', 'the day on which the bank is to transfer: a banking day (required)')),
  );

/** The most days by which a transfer is ordered in advance: the file has month and day alone, so a year more would be another date. */
const MOST_DAYS_AHEAD = 300;

/** A banking day of Japan. */
export function readTransferDate(value: GivenOption, found: Collected): CalendarDate | undefined {
  if (typeof value !== 'string')
    return found.add(
      'MISSING_OPTION',
      '--transfer-date',
      ['振込指定日の指定がありません', 'no transfer date was given'],
      ['--transfer-date 2031-01-31 のように足してください', 'add it as in --transfer-date 2031-01-31'],
    );
  const where = `--transfer-date ${value}`;
  const read = readDate(value);
  if (!('value' in read))
    return found.add(
      'BAD_TRANSFER_DATE',
      where,
      ['日付として読めません', 'is no date'],
      ['2031-01-31 のように書いてください', 'write it as 2031-01-31'],
    );
  const day = bankingDayOf(read.value);
  if (day.kind === 'open') return read.value;
  if (day.kind === 'unknown')
    return found.add(
      'UNKNOWN_CALENDAR',
      where,
      [
        `祝日の表は ${FIRST_YEAR} 年から ${LAST_YEAR} 年まで。この年の営業日は分かりません`,
        `holidays are known from ${FIRST_YEAR} to ${LAST_YEAR}; of this year no banking day is`,
      ],
      ['年を確かめてください', 'check the year'],
    );
  const next = day.next === undefined ? undefined : formatDate(day.next);
  return found.add(
    'NOT_A_BANKING_DAY',
    where,
    [`銀行の営業日ではありません(${day.why.ja})`, `is no banking day: ${day.why.en}`],
    next === undefined
      ? ['営業日を指定してください', 'give a banking day']
      : [`次の営業日は ${next} です`, `the next banking day is ${next}`],
  );
}

/** A date that the run cannot have been made for is a slip of the year, which the bank would never see. */
export function addIfFarFrom(asOf: Instant, transferDate: CalendarDate, found: Collected): void {
  const days = transferDate - dateOf(asOf);
  if (days >= 0 && days <= MOST_DAYS_AHEAD) return;
  found.add(
    'BAD_TRANSFER_DATE',
    `--transfer-date ${formatDate(transferDate)}`,
    days < 0
      ? [
          `実行の基準時刻(${formatDate(dateOf(asOf))})より前の日付です`,
          `is before the run (as of ${formatDate(dateOf(asOf))})`,
        ]
      : [
          `実行の基準時刻(${formatDate(dateOf(asOf))})から ${MOST_DAYS_AHEAD} 日より後の日付です`,
          `is more than ${MOST_DAYS_AHEAD} days after the run (as of ${formatDate(dateOf(asOf))})`,
        ],
    ['年を確かめるか、新しい実行を指定してください', 'check the year, or name a newer run'],
  );
}
