import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LOAD_COMMANDS, withNeeds, wordsOf } from '../../tools/torture/load-commands.ts';
import {
  crowdedCouponOf,
  LOAD_SHAPES,
  type LoadShapeName,
  seenAt,
  writeLoadShape,
} from '../../tools/torture/load-shapes.ts';
import { withFolder } from '../support/program.ts';

const shapes = Object.keys(LOAD_SHAPES) as LoadShapeName[];

describe('a command on a shape', () => {
  it('comes after what it needs, and each once', () => {
    expect(withNeeds(['explain', 'diff'])).toEqual(['run', 'run --archive', 'diff', 'explain']);
    expect(withNeeds(['verify --chain'])).toEqual(['run --archive', 'run --previous', 'verify --chain']);
    expect(withNeeds(['check'])).toEqual(['check']);
    expect(withNeeds(LOAD_COMMANDS)).toEqual(LOAD_COMMANDS);
  });

  it('reads the runs that were made of it', () => {
    expect(wordsOf('run --previous', 'put_back').join(' ')).toContain(
      '--as-of 2023-03-22T02:00:00+09:00 --out series/{date} --previous series/2023-03-21 ',
    );
    expect(wordsOf('verify --chain', 'put_back')).toContain('series/2023-03-22');
    expect(wordsOf('explain --json', 'apps_unknown').slice(0, 4)).toEqual([
      'explain',
      'series/2023-05-11',
      '999999999999',
      '--json',
    ]);
  });
});

it('the instant of a run goes over the end of a month', () => {
  expect(seenAt('cancels')).toBe('2023-05-10T02:00:00+09:00');
  expect(seenAt('cancels', 30)).toBe('2023-06-09T02:00:00+09:00');
});

it.each(shapes)('no coupon of %s has more rows than the one that is explained', (name) =>
  withFolder((folder) => {
    writeLoadShape(name, 12, folder);
    const counts = new Map<string, number>();
    for (const file of readdirSync(folder).filter((each) => each.endsWith('.csv'))) {
      const [header = '', ...rows] = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
      const place = header.split(',').indexOf('coupon_number');
      for (const coupon of rows.map((row) => row.split(',')[place] ?? ''))
        if (coupon !== '') counts.set(coupon, (counts.get(coupon) ?? 0) + 1);
    }
    expect(counts.get(crowdedCouponOf(name))).toBe(Math.max(...counts.values()));
  }));
