import { describe, expect, it } from 'vitest';
import { formatInstant } from '../../../src/base/instants.ts';
import { readAsOfOption } from '../../../src/cli/options/as-of.ts';
import { Collected } from '../../../src/cli/options/given.ts';
import { readInstant } from '../../../src/intake/values/dates.ts';

const NOW = 1_700_000_000_500_000;
function read(value: string | undefined) {
  const found = new Collected();
  return { ...readAsOfOption(value, NOW, found), problems: found.problems };
}

describe('an as-of', () => {
  it('is now, to the whole second, where none is given', () => {
    expect(read(undefined)).toEqual({ asOf: 1_700_000_000_000_000, asOfIsNow: true, problems: [] });
  });

  it.each([
    ['9999-12-31T23:59:59+09:00', '9999-12-31T23:59:59+09:00'],
    ['9999-12-31', '9999-12-31T00:00:00+09:00'],
    ['0001-01-01', '0001-01-01T00:00:00+09:00'],
    ['2031-01-31', '2031-01-31T00:00:00+09:00'],
  ])('%s can be read back as it is written', (value, written) => {
    const { asOf, problems } = read(value);
    expect(problems).toEqual([]);
    expect(formatInstant(asOf)).toBe(written);
    expect(readInstant(written)).toEqual({ value: asOf });
  });

  it.each([
    '令和9999年1月1日 00:00',
    '令和9999年1月1日',
    'R7982.1.1',
    '9999-12-31T23:59:59-23:59',
    '9999-12-31T15:00:00Z',
    '0000-01-01T00:00:00+23:59',
    '0000-12-31T23:59:59+09:00',
    '0000-12-31',
    '0001-01-01T00:00:00+09:01',
  ])('%s lies outside the years that can be written, and is refused as that', (value) => {
    const [told, ...more] = read(value).problems;
    expect(more).toEqual([]);
    expect([told?.code, told?.what.en]).toEqual(['BAD_AS_OF', 'lies outside the years 1 to 9999 in Japan']);
  });

  it('that is no instant is told with what one looks like', () => {
    expect(read('soon').problems[0]?.what.en).toBe('is no instant');
  });
});
