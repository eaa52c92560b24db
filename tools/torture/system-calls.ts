import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attack, Attempt, Ground, Opened } from './attack.ts';
import { callProgram } from './called.ts';
import { endingFaults, terminalFaults, toldFaults } from './judges.ts';
import { type Meant, pickOf, repeatFaults, type Stage, Stages, stateOf, verifyFaults, writersOf } from './stages.ts';
import { injectedWithin, type SystemCall, tracer, tracingImpossible } from './tracing.ts';
import type { Writer } from './writers.ts';

/** What a system says when each call fails, on disks and networks that people have. */
const WRITING: Readonly<Record<string, readonly string[]>> = {
  mkdir: ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS', 'EMLINK', 'EACCES'],
  openat: ['EIO', 'ENOSPC', 'EDQUOT', 'EMFILE', 'EROFS', 'EACCES'],
  write: ['EIO', 'ENOSPC', 'EDQUOT'],
  pwrite64: ['EIO', 'ENOSPC', 'EDQUOT'],
  fsync: ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS'],
  fdatasync: ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS'],
  rename: ['EIO', 'ENOSPC', 'EDQUOT', 'EXDEV', 'EROFS', 'EMLINK', 'EACCES'],
  renameat2: ['EIO', 'ENOSPC', 'EDQUOT', 'EXDEV', 'EROFS', 'EMLINK', 'EACCES'],
  link: ['EIO', 'ENOSPC', 'EDQUOT', 'EXDEV', 'EROFS', 'EMLINK', 'EACCES'],
  unlink: ['EIO', 'EROFS', 'EACCES'],
  rmdir: ['EIO', 'EROFS', 'EACCES'],
  ftruncate: ['EIO', 'EDQUOT', 'EROFS'],
  chmod: ['EIO', 'EROFS', 'EACCES'],
  fchmod: ['EIO', 'EROFS', 'EACCES'],
  close: ['EIO', 'ENOSPC', 'EDQUOT'],
};
const READING: Readonly<Record<string, readonly string[]>> = {
  openat: ['EIO', 'EMFILE', 'ENFILE', 'EACCES', 'ENOENT'],
  read: ['EIO', 'EISDIR'],
  pread64: ['EIO'],
};

interface Failure {
  readonly writer: Writer;
  readonly call: SystemCall;
  readonly error: string;
}

const CREATES = /O_CREAT/;
interface Kinds {
  readonly errors: Readonly<Record<string, readonly string[]>>;
  readonly meant: Meant;
}
const TO_WRITE: Kinds = {
  errors: WRITING,
  meant: { name: 'to write', of: (name, words) => name !== 'openat' || CREATES.test(words) },
};
const TO_READ: Kinds = {
  errors: READING,
  meant: { name: 'to read', of: (name, words) => name !== 'openat' || !CREATES.test(words) },
};
/** Places shift where threads and timers write to each other, too. */
const TRIES = 3;

async function open(ground: Ground, { errors, meant }: Kinds): Promise<Opened> {
  const { program, seed, form } = ground;
  const stages = new Stages(ground);
  const writers = writersOf(form);
  return {
    attempt: async (index) => {
      const writer = writers[index % writers.length] as Writer;
      const calls = await stages.callsOf(writer, Object.keys(errors), meant);
      const failures = calls.flatMap((call) => (errors[call.name] ?? []).map((error) => ({ writer, call, error })));
      const failure = pickOf(failures, Math.floor(index / writers.length), seed);
      if (failure === undefined) return { label: writer.name, faults: [], counts: 0 };
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const done = await stages.on(writer, (stage, folder) => fail(failure, stage, folder, program));
        if (done !== undefined) return done;
      }
      return { label: labelOf(failure), faults: [], counts: 0 };
    },
  };
}

const labelOf = ({ writer, call, error }: Failure): string =>
  `${writer.name}: ${call.name} ${call.place} fails with ${error}`;

/** One call fails. Undefined where that call was another one this time. */
async function fail(failure: Failure, stage: Stage, folder: string, program: string): Promise<Attempt | undefined> {
  const { writer, call, error } = failure;
  const file = join(folder, '..', 'trace');
  const under = tracer(file, [call.name], `${call.name}:error=${error}:when=${call.place}`);
  const called = await callProgram(program, writer.words, { folder, under });
  if (!injectedWithin(readFileSync(file, 'utf8'), folder)) return undefined;
  const state = stateOf(folder, stage);
  const faults = [
    ...endingFaults(called, [0, 2, 3, 4]),
    ...terminalFaults(called),
    ...(state === 'neither' ? ['what was there before is gone from its place'] : toldFaults(called, state)),
    ...(called.exit === 0 && state === 'old' ? ['exit 0, and no new run'] : []),
    ...(state === 'new' || (state === 'old' && stage.before !== undefined)
      ? await verifyFaults(folder, writer, program)
      : []),
    ...(await repeatFaults(folder, stage, program)),
  ];
  return { label: labelOf(failure), faults };
}

export const WRITING_CALLS: Attack = {
  name: 'writing-calls',
  done: 'every system call by which a command writes fails in turn, with each error that a disk has for it',
  held: 'exit 2 to 4 with a sentence and no stack trace; what is said is what is on disk; the run is the old one or the new one, and verifies; the next call does it all and leaves nothing behind',
  cases: { short: 8, usual: 300, long: 9_000 },
  impossible: tracingImpossible,
  open: (ground) => open(ground, TO_WRITE),
};

export const READING_CALLS: Attack = {
  name: 'reading-calls',
  done: 'every system call by which a command opens or reads a file of the folder fails in turn',
  held: 'the same',
  cases: { short: 4, usual: 200, long: 9_000 },
  impossible: tracingImpossible,
  open: (ground) => open(ground, TO_READ),
};
