import { expect, it } from 'vitest';
import { CommandFailure, PublishedFailure } from '../../../src/cli/terminal/exit.ts';
import { publishFailureOf } from '../../../src/cli/terminal/publish-failure.ts';
import { Locked } from '../../../src/publish/lock.ts';
import { LeftAside, TargetTaken, Unconfirmed } from '../../../src/publish/run-folder.ts';

const EIO = Object.assign(new Error('EIO'), { code: 'EIO', errno: -5 });

it.each([
  ['a lock of another run', new Locked('/r/.o.lock', 'host pid 7'), 4, 'LOCKED', 'host pid 7'],
  ['another run', new TargetTaken('another run'), 2, 'ALREADY_PUBLISHED', '--replace'],
  ['other files', new TargetTaken('not a run folder'), 2, 'NOT_A_RUN_FOLDER', 'hold'],
  ['a file', new TargetTaken('not a folder'), 2, 'NOT_A_RUN_FOLDER', 'is not a folder'],
  ['a mount point', new TargetTaken('a mount point'), 4, 'MOUNT_POINT', 'a folder inside it'],
  ['a run that is left aside', new LeftAside('/r/.o.old-0123abcd', EIO), 4, 'RUN_LEFT_ASIDE', '/r/.o.old-0123abcd'],
  ['a run that is not confirmed', new Unconfirmed('published', EIO), 4, 'PUBLISHED_UNCONFIRMED', 'is published'],
  ['a failing disk', EIO, 4, 'SYSTEM_EIO', 'cannot write here'],
] as const)('%s is told as what is true on disk', (_, error, exitCode, code, words) => {
  const failure = publishFailureOf(error, '/r/o') as CommandFailure;
  expect(failure).toBeInstanceOf(CommandFailure);
  const { what, advice } = failure.problems[0] ?? {};
  expect([failure.exitCode, failure.problems[0]?.code]).toEqual([exitCode, code]);
  expect(`${what?.en} ${advice?.en}`).toContain(words);
  // Only this one stands in its place: an interruption must not deny it.
  expect(failure instanceof PublishedFailure).toBe(error instanceof Unconfirmed);
});

it('any other error is left as it is', () => {
  const bug = new Error('bug');
  expect(publishFailureOf(bug, '/r/o')).toBe(bug);
});
