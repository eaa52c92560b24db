import { describe, expect, it } from 'vitest';
import { readProblems, readTables } from '../read-files.ts';

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

describe('a header row', () => {
  const HEADER = 'coupon_number,medium,prefecture,face_yen,issued_at,expires_on';

  it.each([
    ['coupon_numbr', 'coupon_number'],
    ['クーポン番合', 'クーポン番号'],
  ])('that calls a required column %s is told which it nearly is, and never how it stands', async (written, meant) => {
    const [problem, ...more] = await readProblems({ issuance: `${HEADER.replace('coupon_number', written)}\n` });
    expect(more).toEqual([]);
    expect(problem?.code).toBe('MISSING_COLUMN');
    expect(problem?.what.en).toContain(`is missing (the header of column 1 is nearly "${meant}")`);
    expect(problem?.what.en).not.toContain(written);
  });

  it('that nearly means nothing known is told as before', async () => {
    const [problem] = await readProblems({ issuance: `${HEADER.replace('coupon_number', 'whatever')}\n` });
    expect(problem?.what.en).toBe(
      'the required column coupon_number is missing; headers found: <1: aaaaaaaa>, medium, prefecture, face_yen, issued_at, expires_on (<…> is an unknown header: its column, and the form of its letters)',
    );
  });

  it('has as many columns as a sheet of Excel at most', async () => {
    const most = ','.repeat(16_384 - HEADER.split(',').length);
    expect((await readTables({ issuance: `${HEADER}${most}\n` })).files[0]?.columns.length).toBe(16_384);
    for (const line of [`${HEADER}${most},`, `${HEADER}${most},x`, ','.repeat(1_000_000), 'a,'.repeat(150_000)]) {
      const problems = await readProblems({ issuance: `${line}\n` });
      expect(problems.map(({ code, where }) => `${code} ${where}`)).toEqual(['TOO_MANY_COLUMNS issuance.csv:1']);
    }
  });

  it('with thousands of headers twice names twenty, and counts the others', async () => {
    const names = Array.from({ length: 5000 }, (_, at) => `note ${'x'.repeat(3 + (at % 7))} ${at}`);
    const problems = await readProblems({ issuance: `${[HEADER, ...names, ...names].join(',')}\n` });
    expect(problems.length).toBe(21);
    expect(problems.at(-1)?.what.en).toBe('4980 more headers stand twice');
  });
});
