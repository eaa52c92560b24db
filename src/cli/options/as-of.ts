import { Option } from 'commander';
import { type Instant, SECOND, startOfDay } from '../../base/instants.ts';
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
  const instant = readInstant(value);
  if ('value' in instant) return instant.value;
  const date = readDate(value);
  if ('value' in date) return startOfDay(date.value);
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
