import { type Policy, policyOf } from '../../src/policy/policy.ts';
import { type PolicyFile2, policyFile2Schema } from '../../src/policy/policy-file.ts';

/** A made-up outage that came back in the next night, of coupons of both kinds in two prefectures, and nothing odd about it. */
export const FILE_2: PolicyFile2 = policyFile2Schema.parse({
  schemaVersion: 2,
  id: 'two-nights-2031',
  title: { ja: '二夜の架空の障害', en: 'a made-up outage of two nights' },
  terms: {
    prefectures: ['14', '13'],
    media: ['paper', 'app'],
    outages: [
      { from: '2031-07-14T18:00', to: '2031-07-14T18:59' },
      { from: '2031-07-15T20:30', to: '2031-07-15T20:44' },
    ],
    originalExpiry: '2031-07-15',
    firstExtension: '2031-07-18',
    secondExtension: '2031-08-20',
    minimumResidualYen: 100,
    points: {
      applicationsOpen: '2031-07-25',
      applicationsClose: '2031-08-31',
      from: '2031-08-21',
      receiveBy: '2031-10-01',
    },
    bank: { applicationsOpen: '2031-07-26', applicationsClose: '2031-09-02', from: '2031-09-10' },
    claimsClose: '2031-08-10',
    repeatPressGapSeconds: 60,
    matchToleranceMinutes: 5,
    mostCouponsPerAccount: 20,
  },
});

export type ChangedTerms2 = { readonly [Term in keyof PolicyFile2['terms']]?: PolicyFile2['terms'][Term] | undefined };

/** The same with other terms; undefined takes one away. */
export function policy2With(changed: ChangedTerms2): Policy & { readonly file: PolicyFile2 } {
  const terms = Object.fromEntries(
    Object.entries({ ...FILE_2.terms, ...changed }).filter(([, value]) => value !== undefined),
  );
  return policyOf(policyFile2Schema.parse({ ...FILE_2, terms }));
}

/** The expiries of that outage and of the day after, which was extended once alone, and (B) of any other. */
export const COHORTS = [
  { originalExpiry: '2031-07-15', firstExtension: '2031-07-18', secondExtension: '2031-08-20' },
  { originalExpiry: '2031-07-16', secondExtension: '2031-08-27' },
] as const;
type StatedCohort = NonNullable<PolicyFile2['terms']['cohorts']>[number];

/** The same with a list of cohorts. */
export const policyOfCohorts = (cohorts: readonly StatedCohort[] = COHORTS, changed: ChangedTerms2 = {}) =>
  policy2With({ originalExpiry: undefined, firstExtension: undefined, cohorts: [...cohorts], ...changed });
