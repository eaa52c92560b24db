import { describe, expect, it } from 'vitest';
import { readProblems } from '../read-files.ts';

/** What is advised where the first line of an issuance holds nothing that is known. */
const advised = async (firstLine: string): Promise<string> => {
  const [problem] = await readProblems({ issuance: `${firstLine}\n` });
  return problem?.advice.en ?? '';
};

describe('a table that no comma divides', () => {
  it.each([
    ['tabs', 'coupon_number\tmedium\tprefecture'],
    ['semicolons', 'coupon_number;medium;prefecture'],
  ])('is told to be divided by %s', async (sign, line) => {
    expect(await advised(line)).toContain(`divided by ${sign}, not by commas`);
  });

  it.each(['list of coupons', 'list; of coupons,2023'])('is not where the line may be a title: %s', async (line) => {
    expect(await advised(line)).toContain('delete the lines above the headers');
  });
});
