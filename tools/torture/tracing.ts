import { spawnSync } from 'node:child_process';

/** A system call of the program's first thread that touches the folder, by its name and its place among those of that name. */
export interface SystemCall {
  readonly name: string;
  readonly place: number;
}

/** Whether processes can be traced here. */
export function tracingImpossible(): string | undefined {
  const { status, error } = spawnSync('strace', ['-f', '--seccomp-bpf', '-o', '/dev/null', 'true']);
  if (error !== undefined) return 'there is no strace (apt-get install strace)';
  return status === 0 ? undefined : 'no process may be traced here';
}

/** Words in front of a call that write down the system calls named, and fail or end it at one of them. */
export const tracer = (file: string, names: readonly string[], injected?: string): readonly string[] => [
  ...['strace', '-f', '-y', '--seccomp-bpf', '-qq', '-s', '64', '-o', file, '-e', `trace=${names.join(',')}`],
  ...(injected === undefined ? [] : ['-e', `inject=${injected}`]),
];

/** A line of a trace: the thread, the call, and its arguments. */
const LINE = /^(\d+) +(\w+)\((.*)$/;

/** Whether a call's words are about something in the folder: by a descriptor, a path, or a relative path. */
function touches(words: string, folder: string): boolean {
  const plain = words.replace(/AT_FDCWD<[^>]*>/g, '');
  return (
    plain.includes(`${folder}/`) || plain.includes(`${folder}>`) || plain.includes(`${folder}"`) || isRelative(plain)
  );
}

const isRelative = (words: string): boolean => /"(?!\/|")[^"]+"/.test(words) && !/^\d+</.test(words.trim());

const WRITES = /O_CREAT|O_WRONLY|O_RDWR/;

/** The calls of a trace that touch the folder. @param only what of them is meant, by its words */
export function callsIn(
  trace: string,
  folder: string,
  only: (name: string, words: string) => boolean = () => true,
): readonly SystemCall[] {
  const counts = new Map<string, number>();
  const lines = trace.split('\n').flatMap((line) => {
    const found = LINE.exec(line);
    return found === null ? [] : [{ thread: found[1], name: found[2] ?? '', words: found[3] ?? '' }];
  });
  const first = lines[0]?.thread;
  const writes = new Map<string, boolean>();
  return lines.flatMap(({ thread, name, words }) => {
    if (thread !== first) return [];
    const opened = /= (\d+)</.exec(words)?.[1];
    if (name === 'openat' && opened !== undefined) writes.set(opened, WRITES.test(words));
    const place = (counts.get(name) ?? 0) + 1;
    counts.set(name, place);
    // Node itself ends where a file that it has read cannot be closed.
    if (name === 'close' && writes.get(/^\d+/.exec(words)?.[0] ?? '') !== true) return [];
    return touches(words, folder) && only(name, words) ? [{ name, place }] : [];
  });
}

/** Whether something was injected, and only into calls that touch the folder: places may shift from call to call. */
export function injectedWithin(trace: string, folder: string): boolean {
  const injected = trace.split('\n').filter((line) => /\(INJECTED\)|\(DELAYED\)/.test(line));
  return injected.length > 0 && injected.every((line) => touches(LINE.exec(line)?.[3] ?? line, folder));
}
