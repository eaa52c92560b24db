import { describe, expect, test } from 'vitest';
import {
  asPolicyHasIt,
  POLICY_QUESTIONS,
  type PolicyQuestion,
  unansweredIn,
  writtenValue,
  wrongAnswer,
} from '../../src/policy/draft.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { policyFile1Schema } from '../../src/policy/policy-file.ts';
import { FILE } from './made-up.ts';

const question = (path: string): PolicyQuestion => {
  const found = POLICY_QUESTIONS.find((each) => each.path === path);
  if (found === undefined) throw new Error(path);
  return found;
};
const ANSWERS: ReadonlyMap<string, string> = new Map([
  ['id', FILE.id],
  ['title.ja', FILE.title.ja],
  ['title.en', FILE.title.en],
  ...Object.entries(FILE.terms).map(([term, value]) => [`terms.${term}`, String(value)] as const),
]);

/** What is told of an answer after all that is asked before it; some of that may be answered otherwise. */
function told(path: string, answer: string, otherwise: Readonly<Record<string, string>> = {}): string {
  const before = POLICY_QUESTIONS.slice(0, POLICY_QUESTIONS.indexOf(question(path)));
  const answers = new Map(before.map((each) => [each.path, otherwise[each.path] ?? ANSWERS.get(each.path) ?? '']));
  return wrongAnswer(answers, question(path), answer)?.en ?? '';
}

test('what is still to be answered is what a policy cannot be without', () => {
  expect(unansweredIn(ANSWERS)).toEqual([]);
  expect(unansweredIn(new Map([...ANSWERS, ['title.en', ''], ['terms.claimsClose', '']]))).toEqual(['title.en']);
  // Of version 1, id and both titles among them.
  expect(unansweredIn(new Map()).length).toBe(14);
});

describe('what is asked', () => {
  test('may be left out where a policy may leave it out', () => {
    for (const { path, isOptional } of POLICY_QUESTIONS) {
      if (!path.startsWith('terms.')) continue;
      const { [path.slice(6) as keyof typeof FILE.terms]: _, ...terms } = FILE.terms;
      expect([path, policyFile1Schema.safeParse({ ...FILE, terms }).success]).toEqual([path, isOptional]);
    }
  });

  test('has examples that make one notice', () => {
    const examples = POLICY_QUESTIONS.map(({ path, example }) => [path, example] as const);
    const wrong = POLICY_QUESTIONS.flatMap(
      (each, at) => wrongAnswer(new Map(examples.slice(0, at)), each, each.example)?.en ?? [],
    );
    expect(wrong).toEqual([]);
  });
});

describe('an answer', () => {
  test('that can be meant is taken, one after the other', () => {
    expect(POLICY_QUESTIONS.map(({ path }) => told(path, ANSWERS.get(path) ?? ''))).toEqual(
      POLICY_QUESTIONS.map(() => ''),
    );
  });

  test.each([
    ['id', 'Tokyo', 'must be lower-case letters, digits and hyphens'],
    ['id', KAGOSHIMA.id, 'is the id of the built-in policy: give another'],
    ['title.ja', '', 'an answer is needed'],
    ['terms.prefecture', '48', 'there is no prefecture 48: JIS X 0401 has 01 to 47'],
    ['terms.medium', 'card', 'must be paper or app'],
    ['terms.outageFrom', '2031-02-30T10:00', 'must be a time in Japan, written 2031-01-31T17:05'],
    ['terms.minimumResidualYen', '0', 'must be 1 or more'],
    ['terms.minimumResidualYen', 'some', 'must be a whole number'],
    ['terms.secondExtension', '', 'an answer is needed'],
  ])('%s: %s is refused', (path, answer, expected) => expect(told(path, answer)).toBe(expected));

  test.each([
    ['terms.outageTo', '2031-07-14T23:29', '2031-07-14T23:30'],
    ['terms.firstExtension', '2031-07-14', '2031-07-15'],
    ['terms.secondExtension', '2031-07-17', '2031-07-18'],
    ['terms.applicationsClose', '2031-07-24', '2031-07-25'],
    ['terms.receiveBy', '2031-08-20', '2031-08-21'],
    ['terms.repeatPressGapSeconds', '86401', '86400'],
  ])('%s: %s contradicts what was answered before, %s does not', (path, wrong, right) => {
    expect([told(path, wrong) !== '', told(path, right)]).toEqual([true, '']);
  });

  test('an expiry before the outage waits for whether there was a first extension', () => {
    const early = { 'terms.originalExpiry': '2031-07-10' };
    expect(told('terms.originalExpiry', '2031-07-10')).toBe('');
    expect(told('terms.firstExtension', '', early)).toContain('must not be a day before the outage begins');
    expect(told('terms.firstExtension', '2031-07-15', early)).toBe('');
  });
});

test.each([
  ['terms.outageFrom', '2031年7月14日 18:20', '2031-07-14T18:20'],
  ['terms.outageFrom', '2031/7/14 8時05分', '2031-07-14T08:05'],
  ['terms.outageTo', '2031-07-14T18:20:30', '2031-07-14T18:20:30'],
  ['terms.claimsClose', ' 2031.8.1 ', '2031-08-01'],
  ['terms.prefecture', '13', '13'],
  ['terms.claimsClose', '8月末', '8月末'],
  ['title.ja', ' 2031/7/14 の障害 ', '2031/7/14 の障害'],
])('%s: %s is taken for %s', (path, typed, written) => {
  expect(asPolicyHasIt({ path }, typed)).toBe(written);
});

test('a figure is written as one, and digits of a code are not', () => {
  expect(['terms.minimumResidualYen', 'terms.prefecture', 'id'].map((path) => writtenValue(path, '13'))).toEqual([
    '13',
    '"13"',
    '"13"',
  ]);
});
