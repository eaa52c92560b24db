import { expect, test } from 'vitest';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { placeInProgramme, programmeOf } from '../../src/tables/programme.ts';
import { MEDIA } from '../../src/tables/tables.ts';

const [paper, app] = [MEDIA.indexOf('paper'), MEDIA.indexOf('app')];

test('one medium and one prefecture are one place', () => {
  const ours = programmeOf(KAGOSHIMA.terms);
  expect(ours.reduce((sum, each) => sum + each, 0)).toBe(1);
  expect(ours[placeInProgramme(paper, 46)]).toBe(1);
});

test('of several each goes with each, and no other', () => {
  const ours = programmeOf({ ...KAGOSHIMA.terms, media: ['paper', 'app'], prefectures: ['01', '47'] });
  const placed = [paper, app].flatMap((medium) =>
    [0, 1, 2, 46, 47, 48].map((each) => ours[placeInProgramme(medium, each)]),
  );
  expect(placed).toEqual([0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0]);
});
