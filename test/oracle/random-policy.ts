/**
 * Random policies of version 2 that can be meant, around the nights of random-night.ts: every part of a policy comes
 * with one and with several, and with and without what need not be stated. The same seed always gives the same policy.
 */
import { createRandom } from '../support/random.ts';
import type { Terms2 } from './reference.ts';

/** Windows in and around the outage of the random nights, of which some hours are none of it. */
const OUTAGES: readonly (readonly (readonly [from: string, to: string])[])[] = [
  [['2023-02-24T17:45', '2023-02-24T22:15']],
  [
    ['2023-02-24T17:45', '2023-02-24T18:29'],
    ['2023-02-24T18:30', '2023-02-24T22:15'],
  ],
  [
    ['2023-02-24T17:45', '2023-02-24T18:10'],
    ['2023-02-24T18:40', '2023-02-24T19:59'],
    ['2023-02-24T20:30', '2023-02-24T22:15'],
  ],
  [
    ['2023-02-24T18:00', '2023-02-24T19:30'],
    ['2023-02-25T09:00', '2023-02-25T21:00'],
  ],
];

const DAYS_TO_CLOSE = [undefined, '2023-04-03', '2023-04-15', '2023-04-30', '2023-05-09'];

const COMPENSATIONS: readonly Terms2['compensation'][] = [
  undefined,
  { kind: 'balance', capPerCouponYen: 1500 },
  { kind: 'balance', minimumYen: 1001 },
  { kind: 'fixed', yen: 1200 },
  { kind: 'fixed', yen: 3000, capPerCouponYen: 2500, minimumYen: 2500 },
  { kind: 'percentage', percent: 50, rounding: 'down' },
  { kind: 'percentage', percent: 33, rounding: 'half-up', minimumYen: 330 },
  { kind: 'percentage', percent: 37, rounding: 'up', capPerCouponYen: 700 },
  { kind: 'balance', capPerPersonYen: 3001 },
  { kind: 'balance', capPerPersonYen: 900, minimumYen: 900 },
  { kind: 'percentage', percent: 50, rounding: 'half-up', capPerCouponYen: 1400, capPerPersonYen: 1500 },
  { kind: 'fixed', yen: 1000, capPerPersonYen: 1700 },
];

/** Expiries that coupons of the random nights have, in and around the outage. */
const EXPIRIES = [
  ['2023-02-24', '2023-02-26'],
  ['2023-02-24', undefined],
  ['2023-02-25', '2023-02-26'],
  ['2023-02-25', undefined],
  ['2023-03-05', '2023-03-08'],
  ['2023-03-05', undefined],
] as const;
const SECOND_EXTENSIONS = ['2023-03-31', '2023-04-03', '2023-03-19'];

/** One expiry among the terms, or a list of up to three, each with extensions of its own, in any order. */
function expiriesBy(
  pick: <X>(things: readonly X[]) => X,
  chance: (probability: number) => boolean,
): Pick<Terms2, 'originalExpiry' | 'firstExtension' | 'secondExtension' | 'cohorts'> {
  const secondExtension = pick(SECOND_EXTENSIONS);
  const [originalExpiry, firstExtension] = pick(EXPIRIES.slice(0, 4));
  if (chance(0.4)) return { originalExpiry, firstExtension, secondExtension };
  const cohorts = [pick(EXPIRIES), pick(EXPIRIES), pick(EXPIRIES)]
    .filter(([expiry], place, all) => all.findIndex(([other]) => other === expiry) === place)
    .map(([expiry, first]) => ({
      originalExpiry: expiry,
      firstExtension: first,
      secondExtension: pick(SECOND_EXTENSIONS),
    }));
  return { secondExtension, cohorts };
}

export function randomTerms2(seed: number): Terms2 {
  const random = createRandom(seed + 4_000_037);
  const pick = <X>(things: readonly X[]): X => things[Math.floor(random() * things.length)] as X;
  const chance = (probability: number): boolean => random() < probability;
  const open = (): string | undefined => pick([undefined, '2023-03-22', '2023-03-26']);
  const points = {
    applicationsOpen: open(),
    applicationsClose: pick(DAYS_TO_CLOSE),
    from: '2023-04-04',
    receiveBy: pick([undefined, '2023-05-09', '2023-05-31']),
  };
  const bank = { applicationsOpen: open(), applicationsClose: pick(DAYS_TO_CLOSE), from: '2023-05-15' };
  return {
    prefectures: pick([['46'], ['46', '45'], ['44', '46'], ['44', '45', '46']]),
    media: pick([['paper'], ['paper', 'app'], ['app', 'paper']] as const),
    outages: pick(OUTAGES).map(([from, to]) => ({ from: `${from}:00+09:00`, to: `${to}:00+09:00` })),
    ...expiriesBy(pick, chance),
    minimumResidualYen: pick([1, 500, 501]),
    compensation: pick(COMPENSATIONS),
    ...pick([{ points, bank }, { points, bank }, { points }, { bank }]),
    claimsClose: pick([undefined, undefined, '2023-03-05', '2023-03-20']),
    repeatPressGapSeconds: pick([120, 600]),
    matchToleranceMinutes: pick([5, 30]),
    ...(chance(0.5) ? { mostCouponsPerAccount: 2 } : {}),
  };
}

/** The same as a policy file has them: bounds to the minute, and nothing that is not stated. */
export function asPolicyFile2(terms: Terms2): unknown {
  const local = (written: string): string => written.slice(0, 16);
  const file = {
    schemaVersion: 2,
    id: 'random-2',
    title: { ja: '架空の障害', en: 'a made-up outage' },
    terms: { ...terms, outages: terms.outages.map(({ from, to }) => ({ from: local(from), to: local(to) })) },
  };
  return JSON.parse(JSON.stringify(file));
}
