import type { Verdict } from '../../src/policy/vocabulary.ts';
import type { JudgedFinding } from '../../src/rules/finding.ts';
import { standingApplication } from '../../src/rules/standing-application.ts';
import type { ApplicationRow } from '../../src/tables/tables.ts';
import {
  application,
  asked,
  bankApplication,
  caseFile,
  coupon,
  type Expected,
  found,
  type RuleCase,
  testRule,
} from './rule-tester.ts';

/** What the rule `application` found of each: in time, out of time, or another prefecture with somebody's answer. */
type Found = 'met' | 'not met' | Verdict;

const finding = (id: string, what: Found): JudgedFinding =>
  what === 'met' || what === 'not met'
    ? found('application', { about: id, outcome: what })
    : asked('APPLICATION_MISMATCH', what, { ruleId: 'application', about: id });

const applied = (
  name: string,
  rows: readonly (readonly [ApplicationRow, Found])[],
  expect: Expected | readonly Expected[],
): RuleCase => ({
  name,
  file: caseFile({ coupon: coupon({ applications: rows.map(([row]) => row) }) }),
  earlier: rows.map(([row, found]) => finding(row.applicationId, found)),
  expect,
});

const stands = (id: string): Expected => ({ outcome: 'met', standing: id });
const COMPETING: Expected = { outcome: 'undetermined', reason: 'COMPETING_APPLICATIONS', standing: 'AP1' };
const first = application('AP1', { at: '2023-04-05 10:00' });
const bank = bankApplication('AP1', { at: '2023-04-05 10:00' });
const LATER = { at: '2023-04-06 10:00' } as const;

/** A second application, a day later, beside the first. */
const beside = (name: string, second: ApplicationRow, expect: Expected, before: ApplicationRow = first): RuleCase =>
  applied(
    name,
    [
      [before, 'met'],
      [second, 'met'],
    ],
    expect,
  );

testRule(standingApplication, [
  { name: 'no application: none stands', file: caseFile(), expect: [] },
  applied('the only application that counts stands', [[first, 'met']], {
    ...stands('AP1'),
    evidence: ['application:AP1'],
  }),
  applied('an application out of time does not stand', [[first, 'not met']], []),
  applied('an application of another prefecture does not stand while nobody has answered', [[first, 'open']], []),
  applied('an application of another prefecture stands once it is approved', [[first, 'approve']], stands('AP1')),
  applied('an application of another prefecture does not stand where it was rejected', [[first, 'reject']], []),
  applied('an application of another prefecture does not stand by an answer to other evidence', [[first, 'stale']], []),
  applied(
    'an application that does not count competes with none',
    [
      [application('AP0', { name: '薩摩太郎', phone: '08000000000' }), 'not met'],
      [first, 'met'],
    ],
    stands('AP1'),
  ),
  {
    name: 'an application that the rule before did not find to count does not stand',
    file: caseFile({ coupon: coupon({ applications: [first] }) }),
    expect: [],
  },

  // Several of the same name, method and destination: the earliest
  beside('of two that agree the earlier stands', application('AP2', LATER), {
    ...stands('AP1'),
    evidence: ['application:AP1', 'application:AP2'],
  }),
  applied(
    'of two that agree the earlier stands, though its id comes later',
    [
      [application('AP1', LATER), 'met'],
      [application('AP2', { at: '2023-04-05 10:00' }), 'met'],
    ],
    stands('AP2'),
  ),
  beside(
    'of two in one instant that agree the first by id stands',
    application('AP2', { at: '2023-04-05 10:00' }),
    stands('AP1'),
  ),
  beside('a name with a space is the same name', application('AP2', { ...LATER, name: '鹿児島 花子' }), stands('AP1')),
  beside(
    'a name with an ideographic space is the same name',
    application('AP2', { ...LATER, name: '鹿児島\u3000花子' }),
    stands('AP1'),
  ),
  beside(
    'a name in half-width kana is the same name (NFKC)',
    application('AP2', { ...LATER, name: 'ﾊﾅｺ' }),
    stands('AP1'),
    application('AP1', { name: 'ハナコ' }),
  ),
  beside(
    'a phone with hyphens is the same destination',
    application('AP2', { ...LATER, phone: '090-1111-2222' }),
    stands('AP1'),
  ),
  beside(
    'a phone with spaces is the same destination',
    application('AP2', { ...LATER, phone: '090 1111 2222' }),
    stands('AP1'),
  ),
  // deliver_to is the phone where it is a mobile number: the e-mail is not where it goes.
  beside(
    'another e-mail beside the same mobile phone is the same destination',
    application('AP2', { ...LATER, email: 'b@example.jp' }),
    stands('AP1'),
  ),
  beside(
    'a landline beside the same e-mail is the same destination',
    application('AP2', { ...LATER, phone: '0992861111', email: 'a@example.jp' }),
    stands('AP1'),
    application('AP1', { phone: '', email: 'a@example.jp' }),
  ),
  beside(
    'an account number without its leading zeros is the same account',
    bankApplication('AP2', { ...LATER, accountNumber: '34567' }),
    stands('AP1'),
    bankApplication('AP1', { accountNumber: '0034567' }),
  ),
  // Destination: bank, branch, type, number; the holder is not among them.
  beside(
    'the holder of the account written otherwise is the same destination',
    bankApplication('AP2', { ...LATER, accountHolderKana: 'ｶｺﾞｼﾏ ﾊﾅｺ' }),
    stands('AP1'),
    bank,
  ),

  // One that differs
  beside('another name competes', application('AP2', { ...LATER, name: '鹿児島花代' }), {
    ...COMPETING,
    evidence: ['application:AP1', 'application:AP2'],
  }),
  beside('another mobile phone competes', application('AP2', { ...LATER, phone: '09011112223' }), COMPETING),
  beside(
    'an e-mail against a phone competes',
    application('AP2', { ...LATER, phone: '', email: 'a@example.jp' }),
    COMPETING,
  ),
  beside('points against a transfer compete', bankApplication('AP2', LATER), COMPETING),
  beside('another bank competes', bankApplication('AP2', { ...LATER, bankCode: '0001' }), COMPETING, bank),
  beside('another branch competes', bankApplication('AP2', { ...LATER, branchCode: '002' }), COMPETING, bank),
  beside('another type of account competes', bankApplication('AP2', { ...LATER, accountType: '2' }), COMPETING, bank),
  beside(
    'another account number competes',
    bankApplication('AP2', { ...LATER, accountNumber: '1234568' }),
    COMPETING,
    bank,
  ),
  applied(
    'three of which one differs compete, in one question',
    [
      [first, 'met'],
      [application('AP2', LATER), 'met'],
      [application('AP3', { ...LATER, name: '薩摩太郎' }), 'met'],
    ],
    { ...COMPETING, evidence: ['application:AP1', 'application:AP2', 'application:AP3'] },
  ),
  applied(
    'one that was approved in spite of its prefecture competes as any other',
    [
      [first, 'met'],
      [application('AP2', { ...LATER, name: '薩摩太郎', prefecture: '45' }), 'approve'],
    ],
    COMPETING,
  ),
]);
