import { describe, expect, test } from 'vitest';
import { dayNumber, formatDate } from '../../../src/base/instants.ts';
import { bankingDayOf } from '../../../src/disbursement/banking-days/banking-days.ts';

const of = (written: string) => {
  const [year = 0, month = 0, day = 0] = written.split('-').map(Number);
  const found = bankingDayOf(dayNumber(year, month, day));
  if (found.kind !== 'closed') return found;
  return `${found.why.ja} → ${found.next === undefined ? 'unknown' : formatDate(found.next)}`;
};

const OPEN = { kind: 'open', isReckoned: false };

describe('a banking day', () => {
  test.each(['2023-05-15', '2023-05-01', '2022-12-30', '2023-01-04', '2026-09-24'])('is %s', (date) => {
    expect(of(date)).toEqual(OPEN);
  });

  test.each([
    ['2023-05-13', '土曜日 → 2023-05-15'],
    ['2023-05-14', '日曜日 → 2023-05-15'],
    // 05-03 to 05-05 are holidays, 05-06 and 05-07 the weekend.
    ['2023-05-03', '憲法記念日 → 2023-05-08'],
    ['2022-12-31', '年末年始(12/31~1/3) → 2023-01-04'],
    ['2023-01-03', '年末年始(12/31~1/3) → 2023-01-04'],
    // 01-01 is a Thursday, so 01-02 and 01-03 are Friday and Saturday, 01-04 a Sunday: koyomi calls 01-04 the day after 12-28.
    ['2025-12-31', '年末年始(12/31~1/3) → 2026-01-05'],
    // 敬老の日, 国民の休日, 秋分の日.
    ['2026-09-21', '敬老の日 → 2026-09-24'],
    ['2025-02-24', '振替休日 → 2025-02-25'],
    ['2050-12-31', '年末年始(12/31~1/3) → unknown'],
  ])('is not %s: %s', (date, told) => {
    expect(of(date)).toBe(told);
  });

  test.each(['2019-12-27', '2051-01-04'])('may be %s or not: its year is not in the table', (date) => {
    expect(of(date)).toEqual({ kind: 'unknown' });
  });

  test.each([
    '2032-09-17',
    '2032-09-24',
  ])('is %s, by an equinox that may come out otherwise, only where it is near', (date) => {
    // 秋分の日 is reckoned as 09-22, a Wednesday, with 国民の休日 on 09-21: the 24th is two days off, the 17th five.
    expect(of(date)).toEqual({ kind: 'open', isReckoned: date === '2032-09-24' });
  });
});
