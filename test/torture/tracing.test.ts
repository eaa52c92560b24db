import { describe, expect, it } from 'vitest';
import { callsIn, injectedWithin } from '../../tools/torture/tracing.ts';

const TRACE = `
10  openat(AT_FDCWD</t/f>, "/lib/a.so", O_RDONLY|O_CLOEXEC) = 3</lib/a.so>
10  close(3</lib/a.so>) = 0
10  mkdir("/t/f/.o.partial-1-ab", 0700) = 0
11  mkdir("/t/f/other", 0700) = 0
10  openat(AT_FDCWD</t/f>, "/t/f/in.csv", O_RDONLY|O_CLOEXEC) = 3</t/f/in.csv>
10  close(3</t/f/in.csv>) = 0
10  openat(AT_FDCWD</t/f>, "/t/f/.o.partial-1-ab/a.csv", O_WRONLY|O_CREAT|O_EXCL, 0600) = 3</t/f/.o.partial-1-ab/a.csv>
10  write(2</dev/pts/0>, "x", 1) = 1
10  write(3</t/f/.o.partial-1-ab/a.csv>, "x", 1) = 1
10  close(3</t/f/.o.partial-1-ab/a.csv>) = 0
10  rename("/t/f/.o.partial-1-ab", "/t/f/o") = 0
`.trim();

describe('the calls of a trace', () => {
  it('are those of the first thread that touch the folder, counted among all of their name', () => {
    expect(callsIn(TRACE, '/t/f', (name, words) => name !== 'openat' || words.includes('O_CREAT'))).toEqual([
      { name: 'mkdir', place: 1 },
      { name: 'openat', place: 3 },
      { name: 'write', place: 2 },
      { name: 'close', place: 3 },
      { name: 'rename', place: 1 },
    ]);
  });
});

describe('what was injected', () => {
  it.each([
    ['into the folder', '10  write(3</t/f/o/a>, "x", 1) = -1 EIO (Input/output error) (INJECTED)', true],
    ['elsewhere', '10  write(7<anon_inode:[eventfd]>, "x", 8) = -1 EIO (Input/output error) (INJECTED)', false],
    ['nowhere', '10  write(3</t/f/o/a>, "x", 1) = 1', false],
  ])('%s', (_, line, within) => {
    expect(injectedWithin(line, '/t/f')).toBe(within);
  });
});
