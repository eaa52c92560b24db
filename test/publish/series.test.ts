import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/publish/hash.ts';
import { Locked } from '../../src/publish/lock.ts';
import {
  followersOf,
  isSeries,
  type NextHead,
  openSeries,
  readSeries,
  runAt,
  runsIn,
  SERIES_FILE,
  SeriesDamaged,
} from '../../src/publish/series.ts';
import { withFolder } from '../support/program.ts';

/** A folder that is a run, as far as a series looks at it. Returns the hash of its manifest. */
function putRun(folder: string, name: string, previous: string | null = null, policy = 'made-up'): string {
  const manifest = JSON.stringify({
    fingerprint: `f-${name}`,
    asOf: `${name}T02:00:00+09:00`,
    policy: { id: policy },
    previous: previous === null ? null : { manifestSha256: previous },
  });
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'manifest.json'), manifest);
  writeFileSync(join(folder, name, 'SHA256SUMS'), '');
  return sha256(manifest);
}

const next = (run: string, manifestSha256: string, ended: NextHead['ended'] = []): NextHead => ({
  policyId: 'made-up',
  head: { run, asOf: `${run}T02:00:00+09:00`, manifestSha256, fingerprint: `f-${run}` },
  ended,
});

/** Publishes a run as the head. */
function makeHead(folder: string, name: string, previous: string | null = null): string {
  const series = openSeries(folder);
  try {
    // The hash is known before the folder is in place.
    const elsewhere = `${folder}-made`;
    const hash = putRun(elsewhere, name, previous);
    series.publish(next(name, hash), () => {
      mkdirSync(folder, { recursive: true });
      renameSync(join(elsewhere, name), join(folder, name));
      return 'published';
    });
    return hash;
  } finally {
    series.close();
  }
}

const inSeries = (use: (folder: string) => void): void => withFolder((folder) => use(join(folder, 'runs')));

test('a series knows its head once that is published, and leaves nothing else behind', () => {
  inSeries((folder) => {
    expect(isSeries(folder)).toBe(false);
    const hash = makeHead(folder, '2031-05-01');
    expect(isSeries(folder)).toBe(true);
    expect(readSeries(folder)).toEqual({
      schemaVersion: 1,
      heads: { 'made-up': next('2031-05-01', hash).head },
      ended: {},
      pending: null,
    });
    expect(readdirSync(folder).sort()).toEqual(['2031-05-01', SERIES_FILE]);
  });
});

test('heads of chains that were left are kept', () => {
  inSeries((folder) => {
    const first = makeHead(folder, '2031-05-01');
    const series = openSeries(folder);
    const second = putRun(folder, '2031-05-02');
    series.publish(next('2031-05-02', second, [next('2031-05-01', first).head]), () => 'published');
    series.close();
    expect(readSeries(folder)?.ended).toEqual({ 'made-up': [next('2031-05-01', first).head] });
  });
});

describe('a crash', () => {
  /** The machine stops within `put`: nothing after it is done. */
  const stop = (folder: string, act: () => void): void => {
    const series = openSeries(folder);
    const before = existsSync(join(folder, SERIES_FILE)) ? readFileSync(join(folder, SERIES_FILE)) : undefined;
    let stopped: Buffer | undefined;
    expect(() =>
      series.publish(next('2031-05-02', 'to come'), () => {
        stopped = readFileSync(join(folder, SERIES_FILE));
        throw new Error('stopped');
      }),
    ).toThrow('stopped');
    // What was refused leaves everything as it was; what was stopped leaves what stood there at that moment.
    expect(existsSync(join(folder, SERIES_FILE)) ? readFileSync(join(folder, SERIES_FILE)) : undefined).toEqual(before);
    writeFileSync(join(folder, SERIES_FILE), stopped ?? '');
    act();
    series.close();
  };

  test('before the run is in place leaves the head as it was', () => {
    inSeries((folder) => {
      const first = makeHead(folder, '2031-05-01');
      stop(folder, () => {});
      expect(readFileSync(join(folder, SERIES_FILE), 'utf8')).toContain('to come');
      expect(readSeries(folder)?.heads).toEqual({ 'made-up': next('2031-05-01', first).head });
    });
  });

  test('after it is in place leaves it as the head', () => {
    inSeries((folder) => {
      makeHead(folder, '2031-05-01');
      let second = '';
      stop(folder, () => {
        second = putRun(folder, '2031-05-02');
        const written = readFileSync(join(folder, SERIES_FILE), 'utf8').replaceAll('to come', second);
        writeFileSync(join(folder, SERIES_FILE), written);
      });
      expect(readSeries(folder)?.heads).toEqual({ 'made-up': next('2031-05-02', second).head });
    });
  });

  test('of the first run leaves no series that nobody began', () => {
    inSeries((folder) => {
      const series = openSeries(folder);
      expect(() =>
        series.publish(next('2031-05-01', 'x'), () => {
          throw new Error('refused');
        }),
      ).toThrow('refused');
      series.close();
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  test('while a run was moved aside brings it back, whichever run comes next', () => {
    inSeries((folder) => {
      makeHead(folder, '2031-05-01');
      renameSync(join(folder, '2031-05-01'), join(folder, '.2031-05-01.old-0123abcd'));
      openSeries(folder).close();
      expect(readdirSync(folder).sort()).toEqual(['2031-05-01', SERIES_FILE]);
    });
  });
});

test('two runs never work in one series at once', () => {
  inSeries((folder) => {
    const series = openSeries(folder);
    expect(() => openSeries(folder)).toThrow(Locked);
    series.close();
    openSeries(folder).close();
  });
});

test('a series.json that cannot be read is told, and the lock given back', () => {
  inSeries((folder) => {
    mkdirSync(folder);
    writeFileSync(join(folder, SERIES_FILE), '{}');
    expect(() => openSeries(folder)).toThrow(SeriesDamaged);
    expect(readdirSync(folder)).toEqual([SERIES_FILE]);
  });
});

test('runs are what has a manifest, by name; hidden folders and others are none', () => {
  inSeries((folder) => {
    expect(runsIn(folder)).toEqual([]);
    const first = putRun(folder, '2031-05-01');
    putRun(folder, '2031-05-02', first);
    putRun(folder, '.2031-05-03.partial-1-aa');
    mkdirSync(join(folder, 'notes'));
    expect(runsIn(folder).map(({ run, previousSha256 }) => [run, previousSha256])).toEqual([
      ['2031-05-01', null],
      ['2031-05-02', first],
    ]);
    expect(runAt(join(folder, 'notes'))).toBeUndefined();
  });
});

test('runs beside a run that follow it are found', () => {
  inSeries((folder) => {
    const first = putRun(folder, '2031-05-01');
    putRun(folder, '2031-05-02', first);
    expect(followersOf(join(folder, '2031-05-01'))).toEqual(['2031-05-02']);
    expect(followersOf(join(folder, '2031-05-02'))).toEqual([]);
    expect(followersOf(join(folder, 'nothing'))).toEqual([]);
  });
});
