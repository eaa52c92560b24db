import { expect, test } from 'vitest';
import { describeProfile, profilesText } from '../../../src/cli/render/profiles-text.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';

const OWN = {
  schemaVersion: 2,
  id: 'own',
  title: { ja: '町のレジ', en: 'The town\u2019s till' },
  inputs: { sales: {}, claims: {} },
} as const;

test('a profile is told in the language asked for, with what it reads, in the order in which it is read', () => {
  const described = [describeProfile({ ...OWN, source: { url: 'https://example.jp/csv', readOn: '2026-11-30' } })];
  expect(profilesText(described, translateTo('en')).split('\n').slice(0, 3)).toEqual([
    'own  sales (merchant reports), claims (call-centre claims)',
    '    The town\u2019s till',
    '    https://example.jp/csv (2026-11-30)',
  ]);
  expect(profilesText(described, translateTo('ja'))).toContain(
    'own  sales (店の売上報告)、claims (コールセンターへの申出)\n    町のレジ',
  );
});

test('one without a page has none', () => {
  expect(profilesText([describeProfile(OWN)], translateTo('en'))).not.toContain('https');
});
