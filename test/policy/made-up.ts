import { type Policy, policyOf } from '../../src/policy/policy.ts';
import { type PolicyFile1, policyFile1Schema } from '../../src/policy/policy-file.ts';

/** An outage over midnight, with every term that a policy may state, and nothing odd about it. */
export const FILE: PolicyFile1 = policyFile1Schema.parse({
  schemaVersion: 1,
  id: 'tokyo-2031',
  title: { ja: '架空の障害', en: 'a made-up outage' },
  terms: {
    prefecture: '13',
    medium: 'app',
    outageFrom: '2031-07-14T23:30',
    outageTo: '2031-07-15T00:29',
    originalExpiry: '2031-07-15',
    firstExtension: '2031-07-18',
    secondExtension: '2031-08-20',
    minimumResidualYen: 100,
    applicationsOpen: '2031-07-25',
    applicationsClose: '2031-08-31',
    bankApplicationsClose: '2031-09-02',
    claimsClose: '2031-08-10',
    pointsFrom: '2031-08-21',
    bankTransfersFrom: '2031-09-10',
    receiveBy: '2031-10-01',
    repeatPressGapSeconds: 60,
    matchToleranceMinutes: 5,
    mostCouponsPerAccount: 20,
  },
});

export type ChangedTerms = { readonly [Term in keyof PolicyFile1['terms']]?: PolicyFile1['terms'][Term] | undefined };

/** The same with other terms; undefined takes one away. */
export function policyWith(changed: ChangedTerms): Policy {
  const terms = Object.fromEntries(
    Object.entries({ ...FILE.terms, ...changed }).filter(([, value]) => value !== undefined),
  );
  return policyOf(policyFile1Schema.parse({ ...FILE, terms }));
}
