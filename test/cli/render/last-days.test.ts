import { expect, test } from 'vitest';
import { startOfDay } from '../../../src/base/instants.ts';
import { lastDaysText } from '../../../src/cli/render/last-days.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import { policyWith } from '../../policy/made-up.ts';
import { policy2With } from '../../policy/version-2.ts';

const { terms } = policyWith({});
const [claimsClose = 0, en] = [terms.claimsClose, translateTo('en')];

test('each last day is told, and is over when its day is', () => {
  const told = (asOf: number) => lastDaysText(terms, asOf, en).split('\n');
  expect(told(startOfDay(claimsClose + 1) - 1)).toEqual([
    '■ Last days',
    '  calls to the call centre: 2031-08-10',
    '  applications for points: 2031-08-31',
    '  applications for a bank transfer: 2031-09-02',
  ]);
  expect(told(startOfDay(claimsClose + 1))[1]).toBe('  calls to the call centre: 2031-08-10 (closed)');
});

test('in Japanese, of what is stated', () => {
  const { points } = policy2With({}).file.terms;
  const { terms: other } = policy2With({ claimsClose: undefined, ...(points && { points: { from: points.from } }) });
  expect(lastDaysText(other, startOfDay(claimsClose), translateTo('ja'))).toBe(
    '■ 締切(その日の終わりまで)\n  口座振込の申請: 2031-09-02',
  );
});

test('of the built-in notice, which states neither, nothing is', () => {
  expect(lastDaysText(KAGOSHIMA.terms, 0, en)).toBe('');
});
