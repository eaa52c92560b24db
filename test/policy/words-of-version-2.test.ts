import { describe, expect, test } from 'vitest';
import { endOfDay, formatInstant, HOUR } from '../../src/base/instants.ts';
import type { Language } from '../../src/base/text.ts';
import { letterOn } from '../../src/cli/render/letter.ts';
import { policyText, rulesText } from '../../src/cli/render/rules-text.ts';
import { spokenOn } from '../../src/cli/render/spoken-letter.ts';
import { translateTo } from '../../src/cli/terminal/language.ts';
import { clausesOf, type Policy, readingsOf } from '../../src/policy/policy.ts';
import { tableWords } from '../../src/report/table/words.ts';
import { apply, issue, issueToApp, runNight } from '../settlement/tables.ts';
import { explainRun } from '../support/explain-tables.ts';
import { momentsOf, nightOf } from '../support/five-policies.ts';
import { policy2With, policyOfCohorts } from './version-2.ts';

const LANGUAGES: readonly Language[] = ['ja', 'en'];
const HALF = { kind: 'percentage', percent: 50, rounding: 'down', minimumYen: 900 } as const;

/** What a policy has not, and no sentence may speak of but to say that it is not there. */
const LACKING: readonly (readonly [title: string, policy: Policy, words: RegExp])[] = [
  [
    'points',
    policy2With({ points: undefined, compensation: HALF }),
    /ポイント|points|receiving site|受取サイト|受取期限|receiving deadline/i,
  ],
  [
    'transfers',
    policy2With({ bank: undefined, compensation: { kind: 'fixed', yen: 600 } }),
    /振込|口座|bank|transfer/i,
  ],
];
const DENIAL =
  /no points|no bank|none for|none is made|nothing is (paid|refunded|sent)|送らない|数えない|はない|お取り扱いしておりません|not offered|ありません/i;
/** What somebody asked for is shown as it was asked, clauses by their ids; R11 is of points that a user bought. */
const OF_OTHERS = /受取方法|method (points|bank)|\b2bank\b(?!:)|bought|自分で買った/;
/** Of any of them: a figure or a word that was not filled in. */
const UNFILLED = /undefined|NaN|\bnull\b|\{(?!payable|already|until)\w+\}|\[object/;

/** Sentences that are the same whatever the policy: each question is listed in the vocabulary, whether it can come or not. */
const ownWords = (policy: Policy): string => {
  const { says, because, routes, reasons: _ } = tableWords(policy);
  const clauses = [...clausesOf(policy), ...readingsOf(policy)].map((each) => each.says);
  return [
    ...clauses,
    ...Object.values(says),
    ...Object.values(because),
    ...Object.values(routes).map(({ name }) => name),
  ]
    .flatMap(({ ja, en }) => [ja, en])
    .concat(LANGUAGES.map(translateTo).flatMap((t) => [policyText(policy, t), rulesText(policy, t)]))
    .join('\n');
};

const linesWith = (words: RegExp, lines: string): readonly string[] =>
  lines.split(/\n|(?<=[。.]) ?/).filter((line) => words.test(line) && !DENIAL.test(line) && !OF_OTHERS.test(line));

describe.each(LACKING)('a policy without %s', (_, policy, words) => {
  test('does not speak of them in clauses, readings, rules and the page', () => {
    expect(linesWith(words, ownWords(policy))).toEqual([]);
    expect(linesWith(UNFILLED, ownWords(policy))).toEqual([]);
  });

  test('nor in letters, whenever a night is looked at', async () => {
    const statuses = new Set<string>();
    // Also as soon as balances are read, while applications are open.
    for (const moment of [...momentsOf(policy), endOfDay(policy.terms.secondExtension) + HOUR]) {
      const asOf = formatInstant(moment);
      const run = await runNight(nightOf(policy), { asOf, policy });
      const { explanations } = await explainRun(run, asOf, undefined, policy);
      for (const each of explanations) {
        statuses.add(each.status);
        for (const t of LANGUAGES.map(translateTo)) {
          const letter = [[...letterOn(each, { asOf, terms: policy.terms }, t)].join(''), spokenOn(each, asOf, t)].join(
            '\n',
          );
          expect([...linesWith(words, letter), ...linesWith(UNFILLED, letter)], each.couponNumber).toEqual([]);
        }
      }
    }
    expect([...statuses]).toEqual(expect.arrayContaining(['pending', 'extended', 'awaiting_application']));
  });
});

// Of the second cohort (A) is read when its expiry is over, a day before the first extension of the other ends.
test('under a policy of two expiries no word is left out, and each coupon is told its own days', async () => {
  const policy = policyOfCohorts();
  expect(linesWith(UNFILLED, ownWords(policy))).toEqual([]);
  const asOf = '2031-07-17T02:00:00+09:00';
  const issued = { medium: 'paper', prefecture: '13', issued_at: '2031-07-13T10:00:00+09:00' } as const;
  const night = {
    issuance: [
      issue('000000000001', { ...issued, expires_on: '2031-07-15' }),
      issue('000000000002', { ...issued, expires_on: '2031-07-16' }),
      issue('000000000003', { ...issued, expires_on: '2031-07-17' }),
    ],
    applications: [apply('P3', '000000000003', { prefecture: '13', applied_at: '2031-07-16T10:00:00+09:00' })],
  };
  const run = await runNight(night, { asOf, policy });
  const { explanations } = await explainRun(run, asOf, undefined, policy);
  const told = explanations.map((each) => {
    const letter = [
      [...letterOn(each, { asOf, terms: policy.terms }, translateTo('en'))].join(''),
      spokenOn(each, asOf, translateTo('en')),
    ].join('\n');
    expect(linesWith(UNFILLED, letter)).toEqual([]);
    return [each.status, letter] as const;
  });
  expect(told.map(([status]) => status)).toEqual(['pending', 'extended', 'not_eligible']);
  const [pending, extended, neither] = told.map(([, letter]) => letter);
  expect(pending).toContain('The coupon was extended to 18 July and can be used.');
  expect(extended).toContain('27 August');
  expect(neither).toContain('15 July or 16 July');
});

// Three coupons of 2,000 yen of one account, of which a person receives 2,500 at most: 2,000, 500 and nothing.
test('under a cap a person each coupon is told what of it is cut, and why', async () => {
  const policy = policy2With({ compensation: { kind: 'balance', capPerPersonYen: 2500 } });
  const asOf = '2031-08-22T02:00:00+09:00';
  const night = {
    issuance: ['000000000001', '000000000002', '000000000003'].map((number) =>
      issueToApp(number, {
        ...{ medium: 'app', prefecture: '13', issued_at: '2031-07-13T10:00:00+09:00', expires_on: '2031-07-15' },
        account_id: 'A-1',
      }),
    ),
  };
  const run = await runNight(night, { asOf, policy });
  const { explanations } = await explainRun(run, asOf, undefined, policy);
  const t = translateTo('en');
  const told = explanations.map((each) => {
    const [letter, spoken] = [[...letterOn(each, { asOf, terms: policy.terms }, t)].join(''), spokenOn(each, asOf, t)];
    expect(linesWith(UNFILLED, `${letter}\n${spoken}`)).toEqual([]);
    return { status: each.status, amounts: [each.amounts?.payableYen, each.amounts?.cutYen], letter, spoken };
  });
  expect(told.map(({ status, amounts }) => [status, ...amounts])).toEqual([
    ['payable', 2000, undefined],
    ['payable', 500, 1500],
    ['used_up', 0, 2000],
  ]);
  const [whole, part, none] = told;
  expect(whole?.spoken).not.toContain('to one person');
  expect(part?.spoken).toContain(
    'No more than 2,500 yen is paid to one person in all, so 1,500 yen for this coupon is',
  );
  expect(part?.letter).toContain('cut by the cap a person 1,500 yen');
  expect(none?.spoken).toContain('Nothing is due.');
  expect(none?.spoken).toContain('so 2,000 yen for this coupon is not paid');
  expect(none?.spoken).not.toContain('spent');
});
