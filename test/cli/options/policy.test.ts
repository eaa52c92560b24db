import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Collected } from '../../../src/cli/options/given.ts';
import { readPolicy } from '../../../src/cli/options/policy.ts';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import { FILE } from '../../policy/made-up.ts';
import { FILE_2 } from '../../policy/version-2.ts';
import { withFolder } from '../../support/program.ts';

/** What is read of a file with this, or the places and words of what is wrong with it. */
function read(content: unknown) {
  return withFolder((folder) => {
    const path = join(folder, 'policy.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    const found = new Collected();
    const policy = readPolicy(path, found);
    const problems = found.problems.map(({ code, where, what }) => [code, where.replace(path, '~'), what.en] as const);
    return { policy, problems };
  });
}

describe('a policy file', () => {
  it('is read where its terms can be meant', () => {
    expect(read(FILE)).toEqual({ policy: expect.objectContaining({ id: 'tokyo-2031' }), problems: [] });
  });

  it('is refused where they cannot, each with its path', () => {
    const terms = { ...FILE.terms, prefecture: '48', outageTo: '2031-07-14 23:29' };
    expect(read({ ...FILE, terms })).toEqual({
      policy: undefined,
      problems: [
        ['BAD_POLICY', '~: terms.prefecture', 'there is no prefecture 48: JIS X 0401 has 01 to 47'],
        [
          'BAD_POLICY',
          '~: terms.outageTo',
          'must not be before outageFrom (2031-07-14T23:30): nobody could have paid during the outage',
        ],
      ],
    });
  });

  it('is refused where a term stands twice, at its line and column', () => {
    const twice = JSON.stringify(FILE, null, 2).replace('"medium": "app"', '"medium": "app",\n    "medium": "paper"');
    const { policy, problems } = read(twice);
    expect(policy).toBeUndefined();
    expect(problems.map(([code, , what]) => [code, what.replace(/\d+:\d+$/, 'L:C')])).toEqual([
      ['BAD_POLICY', 'has medium twice, first at L:C'],
    ]);
  });
});

describe('a title', () => {
  it('is more than blanks, be they of Japanese', () => {
    expect(read({ ...FILE, title: { ja: '\u3000', en: ' \n' } }).problems).toEqual([
      ['BAD_POLICY', '~: title.ja', 'must not be blank'],
      ['BAD_POLICY', '~: title.en', 'must not be blank'],
    ]);
  });
});

describe('a policy file of version 2', () => {
  const [first, second] = FILE_2.terms.outages;

  it('is read', () => {
    expect(read(FILE_2)).toEqual({ policy: expect.objectContaining({ id: 'two-nights-2031' }), problems: [] });
  });

  it('is refused by the paths of its own terms', () => {
    const terms = { ...FILE_2.terms, outages: [second, first], prefectures: ['13', '99'] };
    expect(read({ ...FILE_2, terms }).problems.map(([, where]) => where)).toEqual([
      '~: terms.outages.1.from',
      '~: terms.prefectures',
    ]);
  });

  it('is advised on by its own keys, and one of version 1 by those', () => {
    const adviceOn = (file: object, terms: object): readonly string[] =>
      withFolder((folder) => {
        const path = join(folder, 'policy.json');
        writeFileSync(path, JSON.stringify({ ...file, terms }));
        const found = new Collected();
        readPolicy(path, found);
        return found.problems.map(({ advice }) => advice.en);
      });
    const { prefectures, ...others } = FILE_2.terms;
    expect(adviceOn(FILE_2, { ...others, prefectur: prefectures }).join()).toContain('prefectur → prefectures?');
    const compensation = { kind: 'percentage', percnt: 50, rounding: 'up' };
    expect(adviceOn(FILE_2, { ...FILE_2.terms, compensation }).join()).toContain('percnt → percent?');
    const { prefecture, ...rest } = FILE.terms;
    expect(adviceOn(FILE, { ...rest, prefectur: prefecture }).join()).toContain('prefectur → prefecture?');
  });

  it('of another version is told which there are', () => {
    expect(read({ ...FILE_2, schemaVersion: 3 }).problems).toEqual([
      ['BAD_POLICY', '~: schemaVersion', 'must be 1 or 2'],
    ]);
  });
});

describe('the id of the built-in policy', () => {
  it('may be that of a copy', () => {
    expect(read(KAGOSHIMA.file).problems).toEqual([]);
  });

  it('is refused with other terms, which are told with both values', () => {
    const terms = { ...KAGOSHIMA.file.terms, repeatPressGapSeconds: 601 };
    expect(read({ ...KAGOSHIMA.file, terms }).problems).toEqual([
      [
        'BAD_POLICY',
        '~: id',
        'is the id of the built-in policy, whose terms are others: repeatPressGapSeconds 600 → 601',
      ],
    ]);
    expect(read({ ...KAGOSHIMA.file, terms, id: 'kagoshima-601' }).problems).toEqual([]);
  });

  it('is refused with another title', () => {
    const title = { ...KAGOSHIMA.file.title, en: 'another' };
    expect(read({ ...KAGOSHIMA.file, title }).problems.map(([code, where]) => `${code} ${where}`)).toEqual([
      'BAD_POLICY ~: title',
    ]);
  });
});
