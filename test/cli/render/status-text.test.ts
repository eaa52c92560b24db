import { describe, expect, it } from 'vitest';
import { statusText } from '../../../src/cli/render/status-text.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import type { Sum, Summary } from '../../../src/publish/summary.ts';
import { instant } from '../../intake/read-files.ts';

const NONE: Sum = { count: 0, yen: 0 };

/** What status says of the parts of a summary that it looks at. */
function told(
  asOf: string,
  parts: Partial<Pick<Summary, 'review' | 'statuses'>> = {},
  language: 'ja' | 'en' = 'en',
): string {
  const summary = {
    payouts: { ...NONE, routes: {} },
    sending: {
      toSend: { now: { ...NONE, routes: {} }, later: { ...NONE, routes: {} } },
      sent: NONE,
      notResent: { count: 1, yen: 1234 },
    },
    review: {},
    statuses: {},
    ...parts,
  } as unknown as Summary;
  const run = { policy: KAGOSHIMA, folder: 'runs/x', asOf: instant(asOf), fingerprint: 'f', summary };
  return statusText(run, translateTo(language));
}

describe('status', () => {
  it.each([
    ['the day itself', '2023-05-31T23:59+09:00', '2023-05-31 last day to receive (in 0 days)'],
    ['the day after', '2023-06-01T00:00+09:00', 'none'],
  ])('counts days until a deadline: %s', (_, asOf, expected) => {
    expect(told(asOf)).toContain(`deadlines ahead: ${expected}\n`);
  });

  it('counts questions, and those of them that hold a payment', () => {
    const counts = { needsSecond: 0, approved: 5, rejected: 0, stakeYen: 0 };
    const review = {
      // Holds by 3-rules.md, section 7; the other does not.
      INDETERMINATE: { ...counts, holds: true, open: 1, stale: 1 },
      REPEAT_UNVERIFIED: { ...counts, holds: false, open: 3, stale: 0 },
    };
    expect(told('2023-05-10T00:00+09:00', { review })).toContain('waiting for: a decision: 5 (2 hold a payment)');
  });

  it('says that nobody is waited for', () => {
    expect(told('2023-05-10T00:00+09:00', {}, 'ja')).toContain('待っている相手: なし\n');
  });

  it('does not forget what failed', () => {
    expect(told('2023-05-10T00:00+09:00')).toContain('failed, not paid again: 1 (1,234 yen)');
  });
});
