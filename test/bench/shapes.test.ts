import { describe, expect, it } from 'vitest';
import { type MeasuredShape, shapeExponent, shapesTable } from '../../bench/shapes.ts';

const shape = (...seconds: readonly number[]): MeasuredShape => ({
  name: 'cancels',
  nothingSeconds: 0.5,
  took: seconds.map((cpuSeconds, at) => ({ size: 10 ** (4 + at), cpuSeconds, exit: 0 })),
});

describe('the exponent of a shape', () => {
  it.each([
    // Tenfold, beyond half a second.
    ['with n', [1.5, 10.5], 1],
    ['with the square', [1.5, 100.5], 2],
    ['over all sizes', [1.5, 10.5, 100.5], 1],
    // Of what hardly took longer than nothing no growth can be told.
    ['from the first size that can be told', [0.6, 1.5, 10.5], 1],
  ])('is told %s', (_, seconds, exponent) => {
    expect(shapeExponent(shape(...seconds))).toBeCloseTo(exponent);
  });

  it('is not told of one size, of next to nothing, or of what was refused', () => {
    expect(shapeExponent(shape(20))).toBeUndefined();
    expect(shapeExponent(shape(0.6, 0.7))).toBeUndefined();
    const refused = shape(1.5, 10.5);
    expect(shapeExponent({ ...refused, took: refused.took.map((each) => ({ ...each, exit: 3 })) })).toBeUndefined();
  });
});

it('the table has a row for each shape and a cell for each size, also where it was not measured', () => {
  const lines = shapesTable([shape(1.5, 10.5)], [10_000, 100_000, 1_000_000]).split('\n');
  expect(lines[0]).toContain('n = 1,000,000: CPU s');
  expect(lines[2]).toMatch(/^\| `cancels` \| .* \| 1\.50 \| 10\.50 \| – \| 1\.00 \|$/);
});
