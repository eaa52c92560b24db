import { describe, expect, test } from 'vitest';
import { watch } from '../../bench/timeline.ts';

const NO_MARKS = () => ({ marks: [], readers: [] });
const busy = 'const until = performance.now() + 120; while (performance.now() < until);';

describe.skipIf(process.platform !== 'linux')('a run that is watched (skipped where there is no /proc)', () => {
  test('is seen working, by its main thread', async () => {
    const { pid, samples, begun, ended } = await watch(['-e', busy], process.env, NO_MARKS);
    const ran = samples.map(({ ranNs }) => ranNs.get(pid) ?? 0);
    expect(Math.max(...ran)).toBeGreaterThan(0);
    expect(ran.every((each, at) => at === 0 || each === 0 || each >= (ran[at - 1] as number))).toBe(true);
    expect(samples.every(({ at }) => at >= begun && at <= ended)).toBe(true);
  });

  test('that fails is told with what it said', async () => {
    await expect(watch(['-e', "console.error('why'); process.exit(3)"], process.env, NO_MARKS)).rejects.toThrow(
      /ended with 3:\nwhy/,
    );
  });
});
