import { describe, expect, test } from 'vitest';
import type { Account } from '../../src/ledger/case.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import type { Policy } from '../../src/policy/policy.ts';
import type { Verdict } from '../../src/policy/vocabulary.ts';
import { deliveryRoute } from '../../src/rules/delivery-route.ts';
import type { JudgedFinding } from '../../src/rules/finding.ts';
import type { ApplicationRow } from '../../src/tables/tables.ts';
import {
  account,
  application,
  asked,
  bankApplication,
  caseFile,
  coupon,
  type Expected,
  evidence,
  found,
  policyOfVersion2,
  type RuleCase,
  testRule,
} from './rule-tester.ts';

/** The application that stands; or that would, had a person said so. */
const standing = (row: ApplicationRow, competing?: Verdict): JudgedFinding =>
  competing === undefined
    ? found('standing-application', { standing: row })
    : asked('COMPETING_APPLICATIONS', competing, { ruleId: 'standing-application', standing: row });

const routed = (
  name: string,
  of: Account | undefined,
  row: ApplicationRow | undefined,
  expect: RuleCase['expect'],
  competing?: Verdict,
  policy?: Policy,
): RuleCase => ({
  name,
  ...(policy === undefined ? {} : { policy }),
  file: caseFile({
    coupon: coupon({ ...(of === undefined ? {} : { account: of }), applications: row === undefined ? [] : [row] }),
  }),
  earlier: row === undefined ? [] : [standing(row, competing)],
  expect,
});

const byBank = (recipient: string): Expected => ({
  outcome: 'met',
  about: 'bank_transfer',
  route: { route: 'bank_transfer', recipient, deliverTo: 'カゴシマ ハナコ' },
});
const byApp = (deliverTo: string): Expected => ({
  outcome: 'met',
  about: 'app_url',
  route: { route: 'app_url', recipient: 'account:A1', deliverTo },
});
const byApplication = (deliverTo: string): Expected => ({
  outcome: 'met',
  about: 'application_url',
  route: { route: 'application_url', recipient: `contact:${deliverTo}`, deliverTo },
});
const UNREACHABLE_APP: Expected = { outcome: 'not met', about: 'app_url' };
const UNREACHABLE_APPLICANT: Expected = { outcome: 'not met', about: 'application_url' };
const BANK_DETAILS: Expected = {
  outcome: 'undetermined',
  about: 'bank_transfer',
  reason: 'BANK_DETAILS',
  onRoute: true,
};
const CONFLICT: Expected = { outcome: 'undetermined', about: 'app_url', reason: 'CONTACT_CONFLICT', onRoute: true };
/** Last of all, where there is somebody to send points to and no way at all; asked only if the search comes by. */
const NO_CONTACT: Expected = { outcome: 'undetermined', about: 'no_contact', reason: 'NO_CONTACT', onRoute: true };

const noPoints = policyOfVersion2({ points: undefined });
const noBank = policyOfVersion2({ bank: undefined });
const gone = account({ active: false });
const coupons = [evidence('coupon:C1'), evidence('coupon:C2')];

testRule(deliveryRoute, [
  routed('a coupon never charged, and no application: no way and no question', undefined, undefined, []),
  routed('a withdrawn account and no application: no way and no question', gone, undefined, []),

  // A way in which nothing is paid is not sought, and nobody is asked for a contact.
  routed(
    'no points: an active account leads nowhere',
    account({ phones: ['09012345678'] }),
    undefined,
    [],
    undefined,
    noPoints,
  ),
  routed(
    'no points: nor is one without a contact asked about',
    account({ phones: [], emails: [] }),
    undefined,
    [],
    undefined,
    noPoints,
  ),
  routed(
    'no points: an application for a transfer leads to the account',
    account({ phones: ['09012345678'] }),
    bankApplication('AP1'),
    byBank('bank:0185-001-1-1234567'),
    undefined,
    noPoints,
  ),
  routed(
    'no transfers: an active account is reached',
    account({ phones: ['09012345678'] }),
    undefined,
    byApp('09012345678'),
    undefined,
    noBank,
  ),
  routed(
    'no transfers: one without a contact is asked about',
    account({ phones: [], emails: [] }),
    undefined,
    [UNREACHABLE_APP, NO_CONTACT],
    undefined,
    noBank,
  ),

  // 1. bank_transfer
  routed('an application for a transfer that stands leads to the account', undefined, bankApplication('AP1'), {
    ...byBank('bank:0185-001-1-1234567'),
    evidence: ['application:AP1'],
  }),
  routed(
    'a short account number is padded to seven digits',
    undefined,
    bankApplication('AP1', { accountNumber: '4567' }),
    byBank('bank:0185-001-1-0004567'),
  ),
  routed(
    'an account number of one digit is padded to seven',
    undefined,
    bankApplication('AP1', { accountNumber: '7' }),
    byBank('bank:0185-001-1-0000007'),
  ),
  routed('a transfer comes before the app', account(), bankApplication('AP1'), [
    byBank('bank:0185-001-1-1234567'),
    byApp('09012345678'),
  ]),
  routed('bank details that cannot be right are for a person', undefined, bankApplication('AP1', { bankCode: '185' }), {
    ...BANK_DETAILS,
    evidence: ['application:AP1'],
  }),
  routed(
    'bank details that cannot be right come before the app all the same',
    account(),
    bankApplication('AP1', { bankCode: '185' }),
    [BANK_DETAILS, byApp('09012345678')],
  ),
  routed(
    'an application for a transfer gives no contact for points',
    undefined,
    bankApplication('AP1', { phone: '09011112222' }),
    byBank('bank:0185-001-1-1234567'),
  ),

  // 2. app_url
  routed('an active account with a mobile phone is reached there', account(), undefined, [
    { ...byApp('09012345678'), evidence: ['coupon:C1'] },
  ]),
  routed(
    'an active account with an e-mail only is reached there',
    account({ phones: [], emails: ['a@example.jp'] }),
    undefined,
    [byApp('a@example.jp')],
  ),
  routed('the mobile phone comes before the e-mail', account({ emails: ['a@example.jp'] }), undefined, [
    byApp('09012345678'),
  ]),
  routed(
    'an e-mail serves where the phone is a landline',
    account({ phones: ['0992861111'], emails: ['a@example.jp'] }),
    undefined,
    [byApp('a@example.jp')],
  ),
  routed('an active account with a landline only is not reachable', account({ phones: ['0992861111'] }), undefined, [
    UNREACHABLE_APP,
    { ...NO_CONTACT, evidence: ['coupon:C1'], facts: { active_account: true, applied_for_points: false } },
  ]),
  routed('an active account without any contact is not reachable', account({ phones: [] }), undefined, [
    UNREACHABLE_APP,
    NO_CONTACT,
  ]),
  routed(
    'an account with two phones is for a person, with all its coupons as evidence',
    account({ phones: ['08012345678', '09012345678'], coupons }),
    undefined,
    [{ ...CONFLICT, evidence: ['coupon:C1', 'coupon:C2'] }, NO_CONTACT],
  ),
  routed(
    'an account with two e-mails is for a person though its phone is one',
    account({ emails: ['a@example.jp', 'b@example.jp'], coupons }),
    undefined,
    [CONFLICT, NO_CONTACT],
  ),
  routed(
    'an account with two phones that are no mobile numbers is for a person too',
    account({ phones: ['0992861111', '0992861112'], emails: ['a@example.jp'] }),
    undefined,
    [CONFLICT, NO_CONTACT],
  ),
  routed('an account of fifty coupons, the most of one person, is reached', account({ couponCount: 50 }), undefined, [
    byApp('09012345678'),
  ]),
  routed(
    'an account of fifty-one coupons is for a person, with the coupon\u2019s own row as evidence',
    account({ couponCount: 51, coupons }),
    undefined,
    [
      {
        outcome: 'undetermined',
        about: 'app_url',
        reason: 'SHARED_ACCOUNT',
        onRoute: true,
        evidence: ['coupon:C1'],
        facts: { account: 'A1', coupons: 51, phones: 1, emails: 0 },
      },
      NO_CONTACT,
    ],
  ),
  routed(
    'an account of fifty-one coupons and two phones is asked about once',
    account({ couponCount: 51, phones: ['08012345678', '09012345678'] }),
    application('AP1'),
    [
      { outcome: 'undetermined', about: 'app_url', reason: 'SHARED_ACCOUNT', onRoute: true },
      byApplication('09011112222'),
    ],
  ),
  routed(
    'a withdrawn account of fifty-one coupons is asked about by nobody',
    account({ active: false, couponCount: 51 }),
    undefined,
    [],
  ),
  routed(
    'a withdrawn account with two phones is asked about by nobody',
    account({ active: false, phones: ['08012345678', '09012345678'] }),
    undefined,
    [],
  ),

  // 3. application_url
  routed('an application for points that stands is reached by phone', undefined, application('AP1'), [
    byApplication('09011112222'),
  ]),
  routed(
    'a phone with hyphens is delivered to without them',
    undefined,
    application('AP1', { phone: '090-1111-2222' }),
    [byApplication('09011112222')],
  ),
  routed(
    'an application for points with a landline and an e-mail is reached by e-mail',
    undefined,
    application('AP1', { phone: '0992861111', email: 'b@example.jp' }),
    [byApplication('b@example.jp')],
  ),
  routed('an application for points by a withdrawn member is reached', gone, application('AP1'), [
    byApplication('09011112222'),
  ]),
  routed('the app comes before an application for points', account(), application('AP1'), [
    byApp('09012345678'),
    byApplication('09011112222'),
  ]),
  routed(
    'an application for points serves where the app\u2019s contact cannot be used',
    account({ phones: ['0992861111'] }),
    application('AP1'),
    [UNREACHABLE_APP, byApplication('09011112222')],
  ),
  routed(
    'an application for points serves once a contact conflict is passed over',
    account({ phones: ['08012345678', '09012345678'] }),
    application('AP1'),
    [CONFLICT, byApplication('09011112222')],
  ),

  // 4. None of these
  routed('an application for points without a contact is for a person', undefined, application('AP1', { phone: '' }), [
    UNREACHABLE_APPLICANT,
    {
      ...NO_CONTACT,
      evidence: ['coupon:C1', 'application:AP1'],
      facts: { active_account: false, applied_for_points: true },
    },
  ]),
  routed(
    'neither the app nor the application can be reached',
    account({ phones: [] }),
    application('AP1', { phone: '0992861111', email: 'a@b' }),
    [UNREACHABLE_APP, UNREACHABLE_APPLICANT, NO_CONTACT],
  ),

  routed(
    'an application for a transfer that cannot be used is no evidence that the app cannot be reached',
    account({ phones: [] }),
    bankApplication('AP1', { bankCode: '185' }),
    [BANK_DETAILS, UNREACHABLE_APP, { ...NO_CONTACT, evidence: ['coupon:C1'] }],
  ),

  // Competing applications: none stands until a person has said so.
  routed(
    'competing applications lead nowhere while nobody has answered',
    undefined,
    bankApplication('AP1'),
    [],
    'open',
  ),
  routed(
    'competing applications lead nowhere where they were rejected',
    undefined,
    bankApplication('AP1'),
    [],
    'reject',
  ),
  routed(
    'competing applications lead nowhere by an answer to other evidence',
    undefined,
    bankApplication('AP1'),
    [],
    'stale',
  ),
  routed(
    'competing applications that were approved: the earliest stands',
    gone,
    bankApplication('AP1'),
    byBank('bank:0185-001-1-1234567'),
    'approve',
  ),
  routed(
    'competing applications leave the way by the app open',
    account(),
    application('AP1'),
    [byApp('09012345678')],
    'open',
  ),
]);

describe('nowhere to send it', () => {
  const detailOf = (of: Account | undefined, row?: ApplicationRow): string | undefined => {
    const { file, earlier = [] } = routed('a phone', of, row, []);
    return [...deliveryRoute.judge(file, KAGOSHIMA, earlier)].find(({ about }) => about === 'no_contact')?.question
      ?.detail.en;
  };
  const LOST = /^nowhere to send it: the phone number has lost its leading 0/;

  test('is told to be a spreadsheet’s doing where the phone lacks its leading 0', () => {
    expect(detailOf(account({ phones: ['9000000001'] }))).toMatch(LOST);
    expect(detailOf(gone, application('AP1', { phone: '90-0000-0001' }))).toMatch(LOST);
  });

  test('is told as it is of any other phone', () => {
    expect(detailOf(account({ phones: ['0992861111'] }))).toBe('nowhere to send it');
    expect(detailOf(account({ phones: [] }))).toBe('nowhere to send it');
  });
});
