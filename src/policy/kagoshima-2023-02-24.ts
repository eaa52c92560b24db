import { policyOf } from './policy.ts';
import type { PolicyFile1 } from './policy-file.ts';

/** The built-in policy. The only place in `src` that holds a date, a prefecture or a limit of the notice. */
const file: PolicyFile1 = {
  schemaVersion: 1,
  id: 'kagoshima-2023-02-24',
  title: {
    ja: '鹿児島県 地域クーポン(regionPAY)2023年2月24日のシステム障害の補償',
    en: 'Kagoshima regional coupons: compensation for the regionPAY outage of 2023-02-24',
  },
  terms: {
    prefecture: '46',
    medium: 'paper',
    outageFrom: '2023-02-24T17:45',
    outageTo: '2023-02-24T22:15',
    originalExpiry: '2023-02-24',
    firstExtension: '2023-02-26',
    secondExtension: '2023-03-31',
    minimumResidualYen: 1,
    applicationsOpen: '2023-03-22',
    applicationsClose: '2023-04-30',
    pointsFrom: '2023-04-01',
    // "mid May" in the notice
    bankTransfersFrom: '2023-05-15',
    receiveBy: '2023-05-31',
    // readings R7 and R6
    repeatPressGapSeconds: 600,
    matchToleranceMinutes: 30,
    // reading R15
    mostCouponsPerAccount: 50,
  },
};

export const KAGOSHIMA = policyOf(file);
