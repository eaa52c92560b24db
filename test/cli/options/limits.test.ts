import { describe, expect, it } from 'vitest';
import { Collected } from '../../../src/cli/options/given.ts';
import { readLimits } from '../../../src/cli/options/limits.ts';

const limitsOf = (given: Parameters<typeof readLimits>[0]) => readLimits(given, new Collected());

describe('unreadable rows of small files', () => {
  it('may be none, whatever a log may have', () => {
    expect(limitsOf({}).maxSmallRejects).toEqual({ rows: 0 });
    expect(limitsOf({ maxRejects: '99.999999%' }).maxSmallRejects).toEqual({ rows: 0 });
  });

  it('may be all where every row of every file may be', () => {
    const { maxRejects, maxSmallRejects } = limitsOf({ maxRejects: '100.0%' });
    expect(maxSmallRejects).toEqual(maxRejects);
  });

  it('are as many as is said of them', () => {
    expect(limitsOf({ maxRejects: '100%', maxSmallRejects: '1' }).maxSmallRejects).toEqual({ rows: 1 });
  });
});
