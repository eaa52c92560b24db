import { describe, expect, it } from 'vitest';
import { programmeScope } from '../../src/rules/programme-scope.ts';
import { apply, claim, issue, type Night, paid, pay, runNight } from '../settlement/tables.ts';
import { application, caseFile, coupon, payment, policyWith, testRule } from './rule-tester.ts';

// A coupon outside the programme never becomes a case, so the rule itself can only be met.
testRule(programmeScope, [
  {
    name: 'a cohort coupon of the prefecture is in the programme',
    file: caseFile(),
    expect: {
      outcome: 'met',
      facts: { prefecture: '46', medium: 'paper', face_yen: 2000 },
      evidence: ['coupon:C1'],
    },
  },
  {
    name: 'a coupon that is a case for its payment in the outage is in the programme',
    file: caseFile({ coupon: coupon({ expires: '2023-03-10', payments: [payment('T1', '17:45:00')] }) }),
    expect: { outcome: 'met' },
  },
  {
    name: 'a coupon that is a case for its application is in the programme',
    file: caseFile({ coupon: coupon({ expires: '2023-03-10', applications: [application('AP1')] }) }),
    expect: { outcome: 'met' },
  },
  {
    name: 'the medium and prefecture shown are those of the coupon, under a policy of others',
    file: caseFile({ coupon: coupon({ prefecture: '45', medium: 'app' }) }),
    policy: policyWith({ prefecture: '45', medium: 'app' }),
    expect: { outcome: 'met', facts: { prefecture: '45', medium: 'app', face_yen: 2000 } },
  },
]);

/** Valid until March, so that it is no case by its expiry. */
const later = issue('C1', { expires_on: '2023-03-10' });

interface ScopeCase {
  readonly name: string;
  readonly night: Night;
  readonly isCase: boolean;
}

// §1: in scope by medium and prefecture; then the cohort, a completed payment in W, or being named.
const SCOPE: readonly ScopeCase[] = [
  {
    name: 'an expiry one day before the outage is no case',
    night: { issuance: [issue('C1', { expires_on: '2023-02-23' })] },
    isCase: false,
  },
  { name: 'an expiry on the day of the outage is a case', night: { issuance: [issue('C1')] }, isCase: true },
  {
    name: 'an expiry one day after the outage is no case',
    night: { issuance: [issue('C1', { expires_on: '2023-02-25' })] },
    isCase: false,
  },
  {
    name: 'a cohort coupon of another prefecture is no case',
    night: { issuance: [issue('C1', { prefecture: '45' })] },
    isCase: false,
  },
  {
    name: 'a cohort coupon in the app is no case',
    night: { issuance: [issue('C1', { medium: 'app' })] },
    isCase: false,
  },
  {
    name: 'a payment one microsecond before the outage makes no case',
    night: { issuance: [later], transactions: [pay('T1', 'C1', '17:44:59.999999')] },
    isCase: false,
  },
  {
    name: 'a payment in the first instant of the outage makes a case',
    night: { issuance: [later], transactions: [pay('T1', 'C1', '17:45:00')] },
    isCase: true,
  },
  // R1: "22:15" includes its whole minute.
  {
    name: 'a payment in the last microsecond of the outage makes a case',
    night: { issuance: [later], transactions: [pay('T1', 'C1', '22:15:59.999999')] },
    isCase: true,
  },
  {
    name: 'a payment in the first instant after the outage makes no case',
    night: { issuance: [later], transactions: [pay('T1', 'C1', '22:16:00')] },
    isCase: false,
  },
  {
    name: 'a payment written in another zone is read by its instant',
    night: { issuance: [later], transactions: [pay('T1', 'C1', '2023-02-24T08:45:00Z')] },
    isCase: true,
  },
  {
    name: 'a payment in the outage that failed makes no case',
    night: { issuance: [later], transactions: [pay('T1', 'C1', '18:00:00', 500, { status: 'failed' })] },
    isCase: false,
  },
  {
    name: 'a payment in the outage of unknown outcome makes no case',
    night: { issuance: [later], transactions: [pay('T1', 'C1', '18:00:00', 500, { status: 'pending' })] },
    isCase: false,
  },
  {
    name: 'a payment in the outage with the user\u2019s own points makes no case',
    night: { issuance: [later], transactions: [pay('T1', 'C1', '18:00:00', 500, { funding: 'own' })] },
    isCase: false,
  },
  {
    name: 'a payment in the outage that is set aside as conflicting makes no case',
    night: { issuance: [later], transactions: [pay('T1', 'C1', '18:00:00', 500), pay('T1', 'C1', '18:00:00', 600)] },
    isCase: false,
  },
  {
    name: 'a coupon that a claim names is a case',
    night: { issuance: [later], claims: [claim('K1', 'C1', 'other')] },
    isCase: true,
  },
  {
    name: 'a coupon that two conflicting claims name is a case',
    night: { issuance: [later], claims: [claim('K1', 'C1', 'other'), claim('K1', 'C1', 'double_charge')] },
    isCase: true,
  },
  {
    name: 'a coupon that an application names is a case',
    night: { issuance: [later], applications: [apply('AP1', 'C1')] },
    isCase: true,
  },
  {
    name: 'a coupon that a paid row names is a case',
    night: { issuance: [later], paid: [paid('P1', 'C1', 500)] },
    isCase: true,
  },
  {
    name: 'a coupon that a failed paid row names is a case',
    night: { issuance: [later], paid: [paid('P1', 'C1', 500, 'failed')] },
    isCase: true,
  },
  {
    name: 'a coupon of another prefecture is no case though a claim names it',
    night: { issuance: [issue('C1', { prefecture: '45' })], claims: [claim('K1', 'C1', 'other')] },
    isCase: false,
  },
  { name: 'a coupon that nothing speaks of is no case', night: { issuance: [later] }, isCase: false },
];

describe('who is judged at all (§1)', () => {
  it.each(SCOPE)('$name', async ({ night, isCase }) => {
    const { outcome } = await runNight(night, { asOf: '2023-04-10 00:00' });
    expect(outcome.casesJudged).toBe(isCase ? 1 : 0);
  });
});
