import { expect, test } from 'vitest';
import { statedIn, windowsStated } from '../../src/policy/stated.ts';
import { FILE } from './made-up.ts';
import { FILE_2 } from './version-2.ts';

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
