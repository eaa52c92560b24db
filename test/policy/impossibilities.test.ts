import { describe, expect, it } from 'vitest';
import { impossibilitiesOf } from '../../src/policy/impossibilities.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { policyFileSchema } from '../../src/policy/policy-file.ts';
import { type ChangedTerms, FILE, policyWith } from './made-up.ts';
import { COHORTS, FILE_2, policy2With, policyOfCohorts } from './version-2.ts';

const termsRefused = (changed: ChangedTerms): readonly string[] =>
  impossibilitiesOf(policyWith(changed)).map(({ term }) => term);

/** Terms, and those of them that are refused. Around each edge: below, at, above. */
const EDGES: readonly (readonly [title: string, changed: ChangedTerms, refused: readonly string[]])[] = [
  ['prefecture 00', { prefecture: '00' }, ['prefecture']],
  ['prefecture 01', { prefecture: '01' }, []],
  ['prefecture 47', { prefecture: '47' }, []],
  ['prefecture 48', { prefecture: '48' }, ['prefecture']],
  ['prefecture 99', { prefecture: '99' }, ['prefecture']],
  // W is from outageFrom to the end of the minute or second that outageTo names (R1).
  ['an outage of a minute', { outageTo: '2031-07-14T23:30' }, []],
  ['one that ends a minute before it begins', { outageTo: '2031-07-14T23:29' }, ['outageTo']],
  ['the minute within which it begins', { outageFrom: '2031-07-14T23:30:59', outageTo: '2031-07-14T23:30' }, []],
  ['a second', { outageFrom: '2031-07-14T23:30:59', outageTo: '2031-07-14T23:30:59' }, []],
  ['a second too few', { outageFrom: '2031-07-14T23:30:59', outageTo: '2031-07-14T23:30:58' }, ['outageTo']],
  // As texts "2031-07-14 23:29" comes before "2031-07-14T23:00", and a day later with a blank before one with a T.
  ['a blank for the T, in order', { outageFrom: '2031-07-14T23:00', outageTo: '2031-07-14 23:29' }, []],
  ['a blank for the T, reversed', { outageFrom: '2031-07-14 23:30', outageTo: '2031-07-14T23:29' }, ['outageTo']],
  // R5: an extension never shortens.
  ['a first extension on the expiry', { firstExtension: '2031-07-15' }, []],
  ['a first extension before it', { originalExpiry: '2031-07-16', firstExtension: '2031-07-15' }, ['firstExtension']],
  ['the second on the first', { firstExtension: '2031-08-20' }, []],
  ['the second before the first', { firstExtension: '2031-08-21' }, ['secondExtension']],
  ['the second on the expiry', { firstExtension: undefined, originalExpiry: '2031-08-20' }, []],
  ['the second before the expiry', { firstExtension: undefined, originalExpiry: '2031-08-21' }, ['secondExtension']],
  // t1 is when (A) is decided: not before there was an outage.
  [
    'no first extension, expiry on the evening of the outage',
    { firstExtension: undefined, originalExpiry: '2031-07-14' },
    [],
  ],
  [
    'no first extension, expiry the day before',
    { firstExtension: undefined, originalExpiry: '2031-07-13' },
    ['originalExpiry'],
  ],
  ['a first extension to the evening', { originalExpiry: '2031-07-10', firstExtension: '2031-07-14' }, []],
  [
    'a first extension to the day before',
    { originalExpiry: '2031-07-10', firstExtension: '2031-07-13' },
    ['firstExtension'],
  ],
  [
    'a first extension that ends as the outage begins',
    { outageFrom: '2031-07-15T00:00', originalExpiry: '2031-07-14', firstExtension: '2031-07-14' },
    ['firstExtension'],
  ],
  // t2 is when the balance is read: not while deductions are still to come.
  [
    'the last minute of the cut-off is that of the outage',
    {
      originalExpiry: '2031-07-14',
      firstExtension: undefined,
      secondExtension: '2031-07-14',
      outageTo: '2031-07-14T23:59',
    },
    [],
  ],
  [
    'the outage goes on for a minute',
    {
      originalExpiry: '2031-07-14',
      firstExtension: undefined,
      secondExtension: '2031-07-14',
      outageTo: '2031-07-15T00:00',
    },
    ['secondExtension'],
  ],
  // Closings and sendings: a day that is over when the outage begins (23:30 on the 14th).
  ['claims close on the day', { claimsClose: '2031-07-14' }, []],
  ['claims close the day before', { claimsClose: '2031-07-13' }, ['claimsClose']],
  ['claims close as it begins', { claimsClose: '2031-07-14', outageFrom: '2031-07-15T00:00' }, ['claimsClose']],
  ['applications close on the day', { applicationsOpen: undefined, applicationsClose: '2031-07-14' }, []],
  [
    'applications close the day before',
    { applicationsOpen: undefined, applicationsClose: '2031-07-13' },
    ['applicationsClose'],
  ],
  ['those for the bank on the day', { applicationsOpen: undefined, bankApplicationsClose: '2031-07-14' }, []],
  [
    'those for the bank the day before',
    { applicationsOpen: undefined, bankApplicationsClose: '2031-07-13' },
    ['bankApplicationsClose'],
  ],
  ['points are sent on the day', { pointsFrom: '2031-07-14' }, []],
  ['points are sent the day before', { pointsFrom: '2031-07-13' }, ['pointsFrom']],
  ['transfers on the day', { bankTransfersFrom: '2031-07-14' }, []],
  ['transfers the day before', { bankTransfersFrom: '2031-07-13' }, ['bankTransfersFrom']],
  // Somebody can apply.
  ['a day to apply', { applicationsOpen: '2031-08-31' }, []],
  ['no day to apply for points', { applicationsOpen: '2031-09-01' }, ['applicationsClose']],
  ['no day to apply at all', { applicationsOpen: '2031-09-03' }, ['applicationsClose', 'bankApplicationsClose']],
  // Somebody can receive.
  ['received on the day of sending', { pointsFrom: '2031-10-01' }, []],
  ['received before that', { pointsFrom: '2031-10-02' }, ['receiveBy']],
  [
    'received on the day applications open',
    { applicationsOpen: '2031-10-01', applicationsClose: undefined, bankApplicationsClose: undefined },
    [],
  ],
  [
    'received before they open',
    { applicationsOpen: '2031-10-02', applicationsClose: undefined, bankApplicationsClose: undefined },
    ['receiveBy'],
  ],
  ['received on the day after the cut-off', { receiveBy: '2031-08-21' }, []],
  ['received by the cut-off', { receiveBy: '2031-08-20', pointsFrom: '2031-08-20' }, ['receiveBy']],
  ['no deadline to receive', { receiveBy: undefined }, []],
  // R7 and R14 are of a day.
  ['a gap of a day', { repeatPressGapSeconds: 86_400 }, []],
  ['a gap of a day and a second', { repeatPressGapSeconds: 86_401 }, ['repeatPressGapSeconds']],
  ['a tolerance of a day', { matchToleranceMinutes: 1440 }, []],
  ['a tolerance of a day and a minute', { matchToleranceMinutes: 1441 }, ['matchToleranceMinutes']],
];

describe('what cannot be meant', () => {
  it.each(EDGES)('%s', (_, changed, refused) => {
    expect(termsRefused(changed)).toEqual(refused);
  });

  it('is nothing of the built-in policy', () => {
    expect(impossibilitiesOf(KAGOSHIMA)).toEqual([]);
  });

  it('is said in both languages, without a blank left', () => {
    for (const [, changed] of EDGES)
      for (const { says } of impossibilitiesOf(policyWith(changed)))
        for (const words of [says.ja, says.en]) expect(words).toMatch(/^(?!.*undefined).{10,}$/);
  });
});

/** The windows of an outage in version 2: the second begins below, at and above the end of the first, 18:59 and all of that minute. */
describe('windows of an outage', () => {
  const first = { from: '2031-07-14T18:00', to: '2031-07-14T18:59' };
  const refused = (...outages: readonly { readonly from: string; readonly to: string }[]) =>
    impossibilitiesOf(policy2With({ outages: [...outages] })).map(({ term }) => term);

  it.each([
    ['2031-07-14T18:58', ['outages.1.from']],
    ['2031-07-14T18:59', ['outages.1.from']],
    ['2031-07-14T18:59:59', ['outages.1.from']],
    ['2031-07-14T19:00', []],
  ])('a second from %s', (from, terms) => {
    expect(refused(first, { from, to: '2031-07-14T19:30' })).toEqual(terms);
  });

  it('are in order', () => {
    expect(refused({ from: '2031-07-14T20:00', to: '2031-07-14T20:30' }, first)).toEqual(['outages.1.from']);
  });

  it('each take some time', () => {
    expect(refused(first, { from: '2031-07-14T20:00', to: '2031-07-14T19:59' })).toEqual(['outages.1.to']);
    expect(refused({ from: '2031-07-14T20:00', to: '2031-07-14T19:59' })).toEqual(['outages.0.to']);
  });

  it('are what days are held against: the first begins, the last ends', () => {
    const last = { from: '2031-08-20T23:00', to: '2031-08-21T00:00' };
    expect(refused(first, { ...last, to: '2031-08-20T23:59' })).toEqual([]);
    expect(refused(first, last)).toEqual(['secondExtension']);
  });
});

describe('terms of version 2', () => {
  const said = (changed: Parameters<typeof policy2With>[0]) => impossibilitiesOf(policy2With(changed));
  const { points = { from: '' }, bank = { from: '' } } = FILE_2.terms;

  it('are none of them impossible as they are', () => {
    expect(said({})).toEqual([]);
  });

  it('are named by where they stand', () => {
    expect(said({ points: { ...points, receiveBy: '2031-08-20' } }).map(({ term }) => term)).toEqual([
      'points.receiveBy',
      'points.receiveBy',
    ]);
    const [closed] = said({ bank: { ...bank, applicationsOpen: '2031-09-03' } });
    expect(closed?.term).toBe('bank.applicationsClose');
    expect(closed?.says.en).toBe('must not be before bank.applicationsOpen (2031-09-03): nobody could apply');
  });

  it('pay in points, by transfer, or both', () => {
    expect(said({ bank: undefined })).toEqual([]);
    expect(said({ points: undefined })).toEqual([]);
    expect(said({ points: undefined, bank: undefined }).map(({ term }) => term)).toEqual(['points']);
  });

  it.each([
    [{ kind: 'fixed', yen: 499, minimumYen: 500 }, ['compensation.yen']],
    [{ kind: 'fixed', yen: 500, minimumYen: 500 }, []],
    [{ kind: 'balance', capPerCouponYen: 499, minimumYen: 500 }, ['compensation.capPerCouponYen']],
    [{ kind: 'balance', capPerCouponYen: 500, minimumYen: 500 }, []],
    [{ kind: 'balance', capPerPersonYen: 499, minimumYen: 500 }, ['compensation.capPerPersonYen']],
    [{ kind: 'balance', capPerPersonYen: 500, minimumYen: 500 }, []],
    [{ kind: 'fixed', yen: 1, capPerCouponYen: 1 }, []],
  ] as const)('pay somebody: %o', (compensation, refused) => {
    expect(said({ compensation }).map(({ term }) => term)).toEqual(refused);
  });

  it('name the prefecture that there is not', () => {
    const [none] = said({ prefectures: ['13', '48'] });
    expect(none).toMatchObject({
      term: 'prefectures',
      says: { en: 'there is no prefecture 48: JIS X 0401 has 01 to 47' },
    });
  });
});

describe('cohorts', () => {
  const [first, second] = COHORTS;
  const at = (cohorts: readonly object[], changed = {}) =>
    impossibilitiesOf(policyOfCohorts(cohorts as typeof COHORTS, changed));

  // The outage is of 14 and 15 July to 20:44; each cohort is held against it by itself, and against its own days.
  it.each([
    ['as they are', [first, second], []],
    ['one alone', [second], []],
    ['an extension before its expiry', [first, { ...second, firstExtension: '2031-07-15' }], ['1.firstExtension']],
    ['one on it', [first, { ...second, firstExtension: '2031-07-16' }], []],
    ['the last before the expiry', [first, { ...second, secondExtension: '2031-07-15' }], ['1.secondExtension']],
    ['the last before the first', [{ ...first, firstExtension: '2031-08-21' }, second], ['0.secondExtension']],
    ['over before the outage', [first, { ...second, originalExpiry: '2031-07-13' }], ['1.originalExpiry']],
    [
      'read within the outage',
      [first, { originalExpiry: '2031-07-14', secondExtension: '2031-07-14' }],
      ['1.secondExtension'],
    ],
    ['two of one expiry', [first, second, { ...first, secondExtension: '2031-08-25' }], ['2.originalExpiry']],
  ])('%s', (_, cohorts, refused) => {
    expect(at(cohorts).map(({ term }) => term)).toEqual(refused.map((path) => `cohorts.${path}`));
  });

  it('are refused with the place of what they are held against', () => {
    expect(at([first, second, first])[0]?.says).toEqual({
      ja: 'cohorts.0.originalExpiry と同じ日(2031-07-15)です。ひとつの有効期限は一度だけ書いてください',
      en: 'is the same as cohorts.0.originalExpiry (2031-07-15): write each expiry once',
    });
    expect(at([{ ...first, firstExtension: '2031-07-14' }])[0]?.says.en).toBe(
      'must not be before cohorts.0.originalExpiry (2031-07-15): an extension never shortens (R5)',
    );
  });

  it('and the extension of all other coupons is read after the outage, too', () => {
    const early = at([first, second], { secondExtension: '2031-07-14' });
    expect(early.map(({ term }) => term)).toEqual(['secondExtension']);
    expect(at([first, second], { secondExtension: '2031-07-15' })).toEqual([]);
  });

  // The last balance is read at the end of 27 August.
  it.each([
    ['2031-08-27', ['points.receiveBy']],
    ['2031-08-28', []],
  ])('points are received after every balance is read: by %s', (receiveBy, refused) => {
    const points = { from: '2031-08-21', receiveBy };
    expect(at([first, second], { points }).map(({ term }) => term)).toEqual(refused);
  });
});

describe('24:00', () => {
  // Some mean the end of the day by it; by R1 it would be the first minute of the next.
  it.each([
    '2031-07-14T24:00',
    '2031-07-14 24:00',
    '2031-07-14T24:00:00',
  ])('%s is refused with both ways out', (outageTo) => {
    const { error } = policyFileSchema.safeParse({ ...FILE, terms: { ...FILE.terms, outageTo } });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['terms.outageTo']);
    expect(error?.issues[0]?.message).toMatch(/23:59.*00:00.* \/ .*23:59.*00:00/);
  });
});
