import {
  dateOf,
  endOfDay,
  formatDate,
  formatInstant,
  HOUR,
  type Instant,
  MINUTE,
  startOfDay,
} from '../../src/base/instants.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { firstExtensionEnd, type Policy, policyOf } from '../../src/policy/policy.ts';
import { policyFileSchema } from '../../src/policy/policy-file.ts';
import type { Cohort, Terms } from '../../src/policy/terms.ts';
import { apply, applyForBank, claim, issue, type Night, pay, reinstate, report, sale } from '../settlement/tables.ts';

/** Five notices that have as little in common as a policy file lets them: no figure, no day and no kind of term is shared. */
interface NamedPolicy {
  readonly name: string;
  readonly policy: Policy;
}

const policyWith = (id: string, title: { readonly ja: string; readonly en: string }, terms: object): Policy =>
  policyOf(policyFileSchema.parse({ schemaVersion: 1, id, title, terms }));

/** Coupons in the app, over midnight, no first extension, last days for calls and for applications for a transfer. */
export const TOKYO = policyWith(
  'tokyo-2024',
  { ja: '東京都の障害', en: 'The Tokyo outage' },
  {
    prefecture: '13',
    medium: 'app',
    outageFrom: '2024-05-31T23:10',
    outageTo: '2024-06-01T03:40',
    originalExpiry: '2024-05-31',
    secondExtension: '2024-07-05',
    minimumResidualYen: 5,
    applicationsOpen: '2024-06-20',
    applicationsClose: '2024-08-04',
    bankApplicationsClose: '2024-08-10',
    claimsClose: '2024-06-25',
    pointsFrom: '2024-07-06',
    bankTransfersFrom: '2024-09-01',
    receiveBy: '2024-12-31',
    repeatPressGapSeconds: 300,
    matchToleranceMinutes: 15,
  },
);

/** On paper, from one day over the next into a third, coupons that expired on the second. */
const OSAKA = policyWith(
  'osaka-2025',
  { ja: '大阪府の障害', en: 'The Osaka outage' },
  {
    prefecture: '27',
    medium: 'paper',
    outageFrom: '2025-08-09T17:45',
    outageTo: '2025-08-11T10:00',
    originalExpiry: '2025-08-10',
    firstExtension: '2025-08-19',
    secondExtension: '2025-09-17',
    minimumResidualYen: 100,
    applicationsClose: '2025-10-06',
    pointsFrom: '2025-09-18',
    bankTransfersFrom: '2025-10-13',
    repeatPressGapSeconds: 120,
    matchToleranceMinutes: 20,
    mostCouponsPerAccount: 7,
  },
);

/** On paper, of a morning. */
const HOKKAIDO = policyWith(
  'hokkaido-2022',
  { ja: '北海道の障害', en: 'The Hokkaido outage' },
  {
    prefecture: '01',
    medium: 'paper',
    outageFrom: '2022-11-12T08:10',
    outageTo: '2022-11-12T11:20',
    originalExpiry: '2022-11-12',
    firstExtension: '2022-11-16',
    secondExtension: '2022-11-29',
    minimumResidualYen: 50,
    applicationsOpen: '2022-11-21',
    claimsClose: '2022-11-27',
    pointsFrom: '2022-12-02',
    bankTransfersFrom: '2022-12-09',
    receiveBy: '2022-12-22',
    repeatPressGapSeconds: 240,
    matchToleranceMinutes: 10,
    mostCouponsPerAccount: 9,
  },
);

/** In the app, for an hour and a half around noon, and nothing stated that need not be. */
const OKINAWA = policyWith(
  'okinawa-2021',
  { ja: '沖縄県の障害', en: 'The Okinawa outage' },
  {
    prefecture: '47',
    medium: 'app',
    outageFrom: '2021-10-07T11:00',
    outageTo: '2021-10-07T12:30',
    originalExpiry: '2021-10-08',
    secondExtension: '2021-11-03',
    minimumResidualYen: 10,
    pointsFrom: '2021-11-04',
    bankTransfersFrom: '2021-11-14',
    repeatPressGapSeconds: 90,
    matchToleranceMinutes: 5,
  },
);

export const FIVE_POLICIES: readonly NamedPolicy[] = [
  { name: 'the built-in one', policy: KAGOSHIMA },
  { name: 'app, over midnight, no first extension', policy: TOKYO },
  { name: 'paper, two days, another expiry', policy: OSAKA },
  { name: 'paper, a morning', policy: HOKKAIDO },
  { name: 'app, nothing optional', policy: OKINAWA },
];

const firstOf = ({ cohorts }: Terms): Cohort => cohorts[0] as Cohort;

/** When such a night is looked at: before (A) is read, while coupons are extended, when all is payable, when all is over. */
export function momentsOf({ terms }: Policy): readonly Instant[] {
  const first = firstExtensionEnd(firstOf(terms));
  const days = [terms.applicationsClose, terms.bankApplicationsClose, terms.claimsClose, terms.receiveBy];
  const transfers = terms.bankTransfersFrom ?? terms.pointsFrom ?? 0;
  const over = Math.max(transfers, terms.secondExtension, ...days.map((day) => day ?? 0));
  return [first - 2 * HOUR, first + 2 * HOUR, startOfDay(transfers) + 2 * HOUR, startOfDay(over + 9) + 2 * HOUR];
}

/**
 * A small night of an outage: (A) with and without an account, (B) of both kinds, called about in time, late and not at
 * all, a coupon that outlives the extension, one of which too much was put back, two that nothing is due for.
 */
export function nightOf(policy: Policy): Night {
  const { terms } = policy;
  const [medium = 'paper', prefecture = ''] = [terms.media[0], terms.prefectures[0]];
  const { outageFrom, secondExtension, claimsClose } = terms;
  const { originalExpiry } = firstOf(terms);
  const at = (minutes: number): string => formatInstant(outageFrom + minutes * MINUTE);
  const day = (offset: number): string => formatDate(originalExpiry + offset);
  const issued = { medium, prefecture, issued_at: formatInstant(outageFrom - 30 * HOUR), expires_on: day(0) };
  const withAccount = (coupon: string, more = {}) =>
    issue(coupon, { ...issued, account_id: `A-${coupon}`, account_status: 'active', phone: '09012345678', ...more });
  const without = (coupon: string, more = {}) => issue(coupon, { ...issued, ...more });
  const called = (id: string, coupon: string, more = {}) =>
    claim(id, coupon, 'cash_and_deducted', { prefecture, expires_on: day(0), received_at: at(60 * 20), ...more });
  const applied = { prefecture, name: '甲', applied_at: formatInstant(startOfDay(secondExtension) - HOUR) };
  const late = claimsClose === undefined ? at(60 * 21) : formatInstant(endOfDay(claimsClose) + HOUR);
  const cash = (id: string, minutes: number, coupon: string) =>
    sale(id, at(minutes), 500, { coupon: 0, names: coupon });
  const outliving = { expires_on: formatDate(secondExtension + 2) };
  return {
    issuance: [
      withAccount('000000000001'),
      without('000000000002'),
      withAccount('000000000003'),
      withAccount('000000000004', { expires_on: day(1) }),
      without('000000000005', { account_id: 'A-5', account_status: 'withdrawn' }),
      withAccount('000000000006', outliving),
      withAccount('000000000007'),
      withAccount('000000000008', { expires_on: day(2) }),
      withAccount('000000000009', { expires_on: day(2) }),
      without('000000000010', { expires_on: day(1) }),
      withAccount('000000000011', { expires_on: day(2) }),
    ],
    transactions: [
      pay('T1', '000000000001', at(10)),
      pay('T3', '000000000003', at(-60), 2000),
      pay('T4a', '000000000004', at(20), 700),
      pay('T4b', '000000000004', at(21), 700),
      pay('T6', '000000000006', at(30)),
      pay('T7', '000000000007', at(40)),
      reinstate('T7r', '000000000007', at(50), 900),
      pay('T8', '000000000008', at(60)),
      pay('T9', '000000000009', at(70)),
      pay('T10', '000000000011', at(80), 800),
    ],
    sales: [
      { ...report(), sold_at: at(-60) },
      { ...report(), report_id: 'S-next', sold_at: at(60) },
      cash('S1', 11, '000000000001'),
      sale('S4', at(20), 700, { names: '000000000004' }),
      cash('S6', 31, '000000000006'),
      cash('S8', 61, '000000000008'),
      cash('S9', 71, '000000000009'),
    ],
    claims: [
      called('C1', '000000000001'),
      claim('C4', '000000000004', 'double_charge', { prefecture, expires_on: day(1), received_at: at(60 * 22) }),
      called('C6', '000000000006', outliving),
      called('C8', '000000000008', { expires_on: day(2), received_at: late }),
    ],
    applications: [
      applyForBank('P5', '000000000005', applied),
      apply('P10', '000000000010', applied),
      apply('P2', '000000000002', { ...applied, applied_at: formatInstant((momentsOf(policy).at(-1) ?? 0) - HOUR) }),
    ],
  };
}

/** Every day that may be named under a policy: of its terms, of the instants that follow them, and of its night. */
export function ownDays(policy: Policy): ReadonlySet<number> {
  const { terms } = policy;
  const ofCohorts = terms.cohorts.flatMap((cohort) => [
    cohort.originalExpiry,
    cohort.firstExtension,
    cohort.secondExtension,
  ]);
  const stated = [
    ...ofCohorts,
    terms.secondExtension,
    terms.applicationsOpen,
    terms.applicationsClose,
    terms.bankApplicationsClose,
    terms.claimsClose,
    terms.pointsFrom,
    terms.bankTransfersFrom,
    terms.receiveBy,
  ].filter((day) => day !== undefined);
  const read = [...ofCohorts, terms.secondExtension, terms.claimsClose].map((day) => (day === undefined ? 0 : day + 1));
  const around = [-2, -1, 0, 1, 2, 3].flatMap((offset) => [
    dateOf(terms.outageFrom) + offset,
    ...terms.cohorts.map(({ originalExpiry }) => originalExpiry + offset),
    terms.secondExtension + offset,
  ]);
  return new Set([...stated, ...read, ...around, ...momentsOf(policy).map(dateOf)]);
}
