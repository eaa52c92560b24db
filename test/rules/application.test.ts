import type { Policy } from '../../src/policy/policy.ts';
import { application as applicationRule } from '../../src/rules/application.ts';
import type { ApplicationRow } from '../../src/tables/tables.ts';
import {
  application,
  at,
  bankApplication,
  caseFile,
  coupon,
  type Expected,
  MICROSECOND,
  policyOfVersion2,
  policyWith,
  policyWithout,
  type RuleCase,
  testRule,
} from './rule-tester.ts';

const OPEN = at('2023-03-22 00:00');
const CLOSED = at('2023-05-01 00:00');
const IN_TIME: Expected = { outcome: 'met' };
const LATE: Expected = { outcome: 'not met', reasons: ['APPLICATION_OUT_OF_TIME'] };
const MISMATCH: Expected = { outcome: 'undetermined', reason: 'APPLICATION_MISMATCH', stakeYen: 0 };

const applied = (name: string, row: ApplicationRow, expect: Expected, policy?: Policy): RuleCase => ({
  name,
  file: caseFile({ coupon: coupon({ applications: [row] }) }),
  ...(policy === undefined ? {} : { policy }),
  expect,
});

const juneForBanks = policyWith({ bankApplicationsClose: '2023-06-30' });
const JUNE_OVER = at('2023-07-01 00:00');

const NOT_OFFERED: Expected = { outcome: 'not met', reasons: ['METHOD_NOT_OFFERED'] };
const noPoints = policyOfVersion2({ points: undefined });
const noBank = policyOfVersion2({ bank: undefined });
const bankFromApril = policyOfVersion2({ bank: { applicationsOpen: '2023-04-01', from: '2023-05-15' } });
const APRIL = at('2023-04-01 00:00');

testRule(applicationRule, [
  { name: 'a coupon that nobody applied for gives no finding', file: caseFile(), expect: [] },

  // Points: from the first instant of applicationsOpen to the end of applicationsClose.
  applied('an application for points in the first instant of the period is in time', application('AP1', { at: OPEN }), {
    ...IN_TIME,
    about: 'AP1',
    evidence: ['application:AP1'],
  }),
  applied(
    'an application for points one microsecond before the period is out of time',
    application('AP1', { at: OPEN - MICROSECOND }),
    LATE,
  ),
  applied(
    'an application for points in the last second of the period is in time',
    application('AP1', { at: '2023-04-30 23:59:59' }),
    IN_TIME,
  ),
  applied(
    'an application for points in the last microsecond of the period is in time',
    application('AP1', { at: CLOSED - MICROSECOND }),
    IN_TIME,
  ),
  applied(
    'an application for points in the first second after the period is out of time',
    application('AP1', { at: CLOSED }),
    LATE,
  ),

  // A way in which nothing is paid, whenever and of whatever prefecture.
  applied(
    'no points: an application for points does not count',
    application('AP1', { at: OPEN }),
    NOT_OFFERED,
    noPoints,
  ),
  applied(
    'no points: one that is late besides has the one reason',
    application('AP1', { at: CLOSED, prefecture: '45' }),
    NOT_OFFERED,
    noPoints,
  ),
  applied('no points: one for a transfer does', bankApplication('AP1', { at: OPEN }), IN_TIME, noPoints),
  applied('no transfers: one for a transfer does not count', bankApplication('AP1', { at: OPEN }), NOT_OFFERED, noBank),
  applied('no transfers: one for points does', application('AP1', { at: OPEN }), IN_TIME, noBank),

  // In version 2 each way opens by itself.
  applied('transfers from April: in its first instant', bankApplication('AP1', { at: APRIL }), IN_TIME, bankFromApril),
  applied(
    'transfers from April: one microsecond before',
    bankApplication('AP1', { at: APRIL - MICROSECOND }),
    LATE,
    bankFromApril,
  ),
  applied(
    'transfers from April: points as before',
    application('AP1', { at: APRIL - MICROSECOND }),
    IN_TIME,
    bankFromApril,
  ),

  // Bank transfers: the same beginning, and no end (R9).
  applied(
    'an application for a transfer in the first instant of the period is in time',
    bankApplication('AP1', { at: OPEN }),
    IN_TIME,
  ),
  applied(
    'an application for a transfer one microsecond before the period is out of time',
    bankApplication('AP1', { at: OPEN - MICROSECOND }),
    LATE,
  ),
  applied(
    'an application for a transfer in the first second after the points closed is in time',
    bankApplication('AP1', { at: CLOSED }),
    IN_TIME,
  ),
  applied(
    'an application for a transfer ten years later is in time',
    bankApplication('AP1', { at: '2033-04-01 00:00' }),
    IN_TIME,
  ),
  applied(
    'a stated end for transfers: its last microsecond is in time',
    bankApplication('AP1', { at: JUNE_OVER - MICROSECOND }),
    IN_TIME,
    juneForBanks,
  ),
  applied(
    'a stated end for transfers: the first instant after it is out of time',
    bankApplication('AP1', { at: JUNE_OVER }),
    LATE,
    juneForBanks,
  ),
  applied('a stated end for transfers is none for points', application('AP1', { at: CLOSED }), LATE, juneForBanks),

  // Terms that a notice may leave out
  applied(
    'no stated beginning: an application of February is in time',
    application('AP1', { at: '2023-02-25 10:00' }),
    IN_TIME,
    policyWithout('applicationsOpen'),
  ),
  applied(
    'no stated end for points: an application of next year is in time',
    application('AP1', { at: '2024-04-01 00:00' }),
    IN_TIME,
    policyWithout('applicationsClose'),
  ),

  // Another prefecture than the coupon's
  applied('an application that names another prefecture is for a person', application('AP1', { prefecture: '45' }), {
    ...MISMATCH,
    about: 'AP1',
    evidence: ['application:AP1'],
  }),
  applied(
    'an application for a transfer that names another prefecture is for a person too',
    bankApplication('AP1', { prefecture: '45' }),
    MISMATCH,
  ),
  // "In time but another prefecture": out of time comes first, and asks nothing.
  applied(
    'an application out of time that names another prefecture is only out of time',
    application('AP1', { at: CLOSED, prefecture: '45' }),
    LATE,
  ),
  {
    name: 'an application is held against the coupon\u2019s prefecture, not the policy\u2019s',
    file: caseFile({ coupon: coupon({ prefecture: '45', applications: [application('AP1', { prefecture: '45' })] }) }),
    policy: policyWith({ prefecture: '45' }),
    expect: IN_TIME,
  },
  {
    name: 'each application is judged on its own',
    file: caseFile({
      coupon: coupon({
        applications: [
          application('AP1', { at: OPEN - MICROSECOND }),
          application('AP2'),
          bankApplication('AP3', { prefecture: '45' }),
        ],
      }),
    }),
    expect: [
      { ...LATE, about: 'AP1' },
      { ...IN_TIME, about: 'AP2' },
      { ...MISMATCH, about: 'AP3' },
    ],
  },
]);
