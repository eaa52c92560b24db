import { describe, expect, it } from 'vitest';
import { causesList, type MeasuredWaits, waitsTable } from '../../bench/waits.ts';

const measured: readonly MeasuredWaits[] = [
  {
    name: 'cancels',
    waits: {
      run: { longestMs: 180.4, causes: [], refused: false },
      explain: { longestMs: 1234.5, causes: ['1234 ms: explain 97 % > judge 73 %'], refused: false },
    },
  },
  { name: 'headers_equal', waits: { run: { longestMs: 172, causes: [], refused: true } } },
];

describe('waits', () => {
  it('have a row for each shape and a cell for each command, bold above a second', () => {
    expect(waitsTable(measured, ['run', 'explain']).split('\n')).toEqual([
      '| shape | `run` | `explain` |',
      '| --- | ---: | ---: |',
      '| `cancels` | 180 | **1,235** |',
      '| `headers_equal` | 172 (refused) | – |',
    ]);
  });

  it('have their causes told of the commands that were asked for', () => {
    expect(causesList(measured, ['run', 'explain'])).toBe('- `cancels`, `explain`: 1234 ms: explain 97 % > judge 73 %');
    expect(causesList(measured, ['run'])).toBe('');
  });
});
