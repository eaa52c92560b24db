import { beforeAll, describe, expect, test } from 'vitest';
import type { Explanation } from '../../../src/audit/explain/explanation.ts';
import { letterOn } from '../../../src/cli/render/letter.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';
import { runNight } from '../../settlement/tables.ts';
import { explainRun } from '../../support/explain-tables.ts';
import { nightOf, TOKYO } from '../../support/five-policies.ts';

/** Calls count until 25 June 2024: somebody called about 8 an hour after that day, and nobody about 9. */
const [LATE, NEVER] = ['000000000008', '000000000009'] as const;

const explainedAt = async (asOf: string): Promise<ReadonlyMap<string, Explanation>> => {
  const result = await runNight(nightOf(TOKYO), { asOf, policy: TOKYO });
  const { explanations } = await explainRun(result, asOf, [LATE, NEVER], TOKYO);
  return new Map(explanations.map((each) => [each.couponNumber, each]));
};
const english = (texts: readonly { readonly en: string }[] = []): string => texts.map(({ en }) => en).join(' ');

describe('once the last day for calls is over', () => {
  const asOf = '2024-06-27T02:00:00+09:00';
  let explained: ReadonlyMap<string, Explanation>;
  beforeAll(async () => {
    explained = await explainedAt(asOf);
  });

  test('whoever called later is not told that nobody did', () => {
    const { answer, because, status } = explained.get(LATE) as Explanation;
    expect(status).toBe('lapsed');
    expect(english(answer)).toContain('500 yen can no longer be paid, as the call about it came after 25 June.');
    expect(english(because)).toContain(
      'But nobody had called about (B) when calls closed on 25 June, though a call came later, so that part has lapsed.',
    );
  });

  test('nor is anything said of a call where there was none', () => {
    const { answer, because } = explained.get(NEVER) as Explanation;
    expect(english(answer)).toContain('500 yen can no longer be paid, as nobody called about it until 25 June.');
    expect(english(because)).toContain(
      'But nobody had called about (B) when calls closed on 25 June, so that part has lapsed.',
    );
  });

  test('no call is asked for any more, and the letter says until when one would have counted', () => {
    for (const coupon of [LATE, NEVER]) {
      const each = explained.get(coupon) as Explanation;
      expect(each.missing).toEqual([]);
      const letter = [...letterOn(each, { asOf, terms: TOKYO.terms }, translateTo('en'))].join('');
      expect(letter).toContain('Status: lapsed');
      expect(letter).toContain('nobody called before calls closed  [CLAIMS_CLOSED]');
      // Only where there is a call its rule has anything to judge.
      expect(letter.includes('begins with a call to the call centre by 25 June 2024,')).toBe(coupon === LATE);
    }
  });
});

test('until it is over, a call is asked for', async () => {
  // 25 June, 23:59:59 Japan time: the day is not over.
  const explained = await explainedAt('2024-06-25T23:59:59+09:00');
  const { missing, because } = explained.get(NEVER) as Explanation;
  expect(missing.map(({ who }) => who)).toEqual(['call centre']);
  expect(english(because)).toContain('But nobody has called about (B) yet');
});
