import { expect, test } from 'vitest';
import { cohortsStated, statedIn, windowsStated } from '../../src/policy/stated.ts';
import { FILE } from './made-up.ts';
import { COHORTS, FILE_2, policyOfCohorts } from './version-2.ts';

test('in version 1 a term stands under its own name, and applications open on one day', () => {
  const stated = statedIn(FILE);
  expect(stated.receiveBy).toEqual({ path: 'receiveBy', value: '2031-10-01' });
  expect(stated.bankApplicationsOpen).toEqual(stated.applicationsOpen);
  expect(windowsStated(FILE)).toEqual([{ from: '2031-07-14T23:30', to: '2031-07-15T00:29' }]);
});

test('in version 2 it stands where it belongs', () => {
  const stated = statedIn(FILE_2);
  expect(stated.receiveBy).toEqual({ path: 'points.receiveBy', value: '2031-10-01' });
  expect(stated.bankApplicationsOpen).toEqual({ path: 'bank.applicationsOpen', value: '2031-07-26' });
  expect(stated.outageFrom).toEqual({ path: 'outages.0.from', value: '2031-07-14T18:00' });
  expect(stated.outageTo).toEqual({ path: 'outages.1.to', value: '2031-07-15T20:44' });
  expect(windowsStated(FILE_2)).toBe(FILE_2.terms.outages);
});

test('cohorts stand among the terms or in their list, and come by expiry with their places', () => {
  const alone = { originalExpiry: '2031-07-15', firstExtension: '2031-07-18', secondExtension: '2031-08-20' };
  expect(cohortsStated(FILE)).toEqual([{ path: '', ...alone }]);
  expect(cohortsStated(FILE_2)).toEqual([{ path: '', ...alone }]);
  const [first, second] = COHORTS;
  expect(cohortsStated(policyOfCohorts([second, first]).file)).toEqual([
    { path: 'cohorts.1.', ...first },
    { path: 'cohorts.0.', ...second, firstExtension: undefined },
  ]);
});

test('a file that states no expiry has not passed its schema', () => {
  const { originalExpiry: _, firstExtension: __, ...terms } = FILE_2.terms;
  expect(() => cohortsStated({ ...FILE_2, terms })).toThrow('states no expiry');
});
