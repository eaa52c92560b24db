import { Option } from 'commander';
import { dateOf, type Instant, isWritable, SECOND, startOfDay } from '../../base/instants.ts';
import { text } from '../../base/text.ts';
import { readDate, readInstant } from '../../intake/values/dates.ts';
import type { Translate } from '../terminal/language.ts';
import type { Collected, GivenOption } from './given.ts';

export interface AsOfOption {
  readonly asOf: Instant;
  /** No instant was given: it is now. */
  readonly asOfIsNow: boolean;
}

export const asOfFlag = (t: Translate): Option =>
  new Option(
    '--as-of <instant>',
    t(
      text(
        '基準時刻。これより前のことだけを見る(既定は今)',
        'sees only what happened strictly before it (default: now)',
      ),
    ),
  );

/** @param now where nothing else is said, and where what is said cannot be read */
export const readAsOfOption = (value: GivenOption, now: Instant, found: Collected): AsOfOption => ({
  asOf: readAsOf(value, now, found) ?? now,
  asOfIsNow: value === undefined,
});

/** as_of: an instant, or a date for its first moment in Japan. The run sees what happened strictly before it. */
function readAsOf(value: GivenOption, now: Instant, found: Collected): Instant | undefined {
  if (typeof value !== 'string') return Math.floor(now / SECOND) * SECOND;
  const read = asOfIn(value);
  if ('value' in read && isWritable(dateOf(read.value))) return read.value;
  // Without a policy's year, nothing else is too far away.
  if ('value' in read || read.problem === 'IMPLAUSIBLE_DATE') return addTooFar(value, found);
  return found.add(
    'BAD_AS_OF',
    `--as-of ${value}`,
    ['日時として読めません', 'is no instant'],
    [
      '2031-01-31T02:00:00+09:00、"2031/1/31 02:00"、または日付 2031-01-31(その日の 0 時)のように書いてください',
      'write 2031-01-31T02:00:00+09:00, "2031/1/31 02:00", or a date for its midnight in Japan',
    ],
  );
}

function asOfIn(value: string): ReturnType<typeof readInstant> {
  const instant = readInstant(value);
  if ('value' in instant || instant.problem === 'IMPLAUSIBLE_DATE') return instant;
  const date = readDate(value);
  return 'value' in date ? { value: startOfDay(date.value) } : date;
}

/** What is written of it could not be read back. */
const addTooFar = (value: string, found: Collected): undefined =>
  found.add(
    'BAD_AS_OF',
    `--as-of ${value}`,
    ['日本時間で西暦1年から9999年までの日時ではありません', 'lies outside the years 1 to 9999 in Japan'],
    ['年を確かめてください', 'check its year'],
  );
