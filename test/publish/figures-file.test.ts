import { expect, it } from 'vitest';
import { figuresSchema } from '../../src/audit/record/figures-schema.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { figuresOf, figuresText } from '../../src/publish/figures-file.ts';
import { addedFigures } from '../../src/settlement/figures.ts';

const { terms } = KAGOSHIMA;
const nothing = { coupons: 0, faceYen: 0, spentYen: 0 };
// 18:00 in Japan is 09:00 UTC.
const unsupportedAt = [Date.UTC(2023, 1, 24, 9) * 1000];
const figures = addedFigures([], { listed: nothing, unsupportedAt }, terms);

it('tells from when on payments are counted, and in what', () => {
  const { payments, gaps, balance } = figuresOf(figures, terms);
  expect(payments).toMatchObject({ from: '2023-02-24T17:00:00+09:00', binMinutes: 1 });
  expect(payments.unsupported.findIndex((count) => count > 0)).toBe(60);
  expect(gaps).toMatchObject({ limitSeconds: 600, binSeconds: 60, longer: 0 });
  expect(gaps.counts).toHaveLength(40);
  expect(balance).toEqual({ issued: nothing, cohort: nothing, listed: nothing });
});

it('is what is taken for it where a run folder is read', () =>
  expect(figuresSchema().safeParse(JSON.parse(figuresText(figures, terms))).success).toBe(true));
