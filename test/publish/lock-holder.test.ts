import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { type Holder, isGone, ownHolder, parseHolder } from '../../src/publish/lock-holder.ts';

const own = ownHolder(true);
const KERNEL = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

describe('who holds a lock', () => {
  it('is read as it was written, and each time another one', () => {
    expect(parseHolder(JSON.stringify(own))).toMatchObject({ pid: process.pid, host: hostname(), kernel: KERNEL });
    expect(ownHolder(true).id).not.toBe(own.id);
    expect(ownHolder(false)).not.toHaveProperty('kernel');
  });

  it.each([
    '',
    'scribble',
    '{}',
    '{"pid":0,"host":"a","started":""}',
    '{"pid":-1,"host":"a","started":""}',
  ])('is nobody of %j', (content) => {
    expect(parseHolder(content)).toBeUndefined();
  });

  const cases: readonly [string, Partial<Holder>, boolean, boolean][] = [
    ['this process', {}, true, false],
    ['a process whose number another one has since', { started: '1' }, true, true],
    ['another machine', { host: 'elsewhere', kernel: 'another-boot' }, true, false],
    ['another machine by an older version', { host: 'elsewhere', kernel: undefined }, true, false],
    ['a container on this machine, whose lock is free', { host: 'elsewhere' }, true, true],
    ['a container on this machine, where nothing can be asked of the system', { host: 'elsewhere' }, false, false],
  ];
  it.each(cases)('%s', (_, other, free, gone) => {
    expect(isGone({ ...own, ...other } as Holder, free)).toBe(gone);
  });
});
