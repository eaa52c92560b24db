import { describe, expect, it } from 'vitest';
import { Collected } from '../../../src/cli/options/given.ts';
import { readUnderstanding } from '../../../src/cli/options/understanding.ts';

describe('how much is told of the files', () => {
  it.each([
    [{}, { columns: false, sampleRows: 0 }],
    [{ columns: true }, { columns: true, sampleRows: 0 }],
    [{ sample: '1' }, { columns: false, sampleRows: 1 }],
    [
      { sample: '1000', columns: true },
      { columns: true, sampleRows: 1000 },
    ],
  ])('%j', (given, expected) => {
    const found = new Collected();
    expect([readUnderstanding(given, found), found.problems]).toEqual([expected, []]);
  });

  it.each(['0', '1001', '', '-1', '1.5', '٣', 'all'])('is not told by --sample %j', (sample) => {
    const found = new Collected();
    expect(readUnderstanding({ sample }, found).sampleRows).toBe(0);
    expect(found.problems.map(({ code, where }) => [code, where])).toEqual([['UNKNOWN_VALUE', `--sample ${sample}`]]);
  });
});
