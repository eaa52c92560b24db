import type { Problem } from '../../base/problem.ts';

/** Exit codes (4-cli.md). */
export const EXIT = {
  done: 0,
  different: 1,
  usage: 2,
  refused: 3,
  system: 4,
  bug: 70,
  interrupted: 130,
} as const;

/** The command cannot go on: what is told to the user, and how the process ends. */
export class CommandFailure extends Error {
  readonly exitCode: number;
  readonly problems: readonly Problem[];
  constructor(exitCode: number, problems: readonly Problem[]) {
    super(problems.map((problem) => problem.code).join(', '));
    this.exitCode = exitCode;
    this.problems = problems;
  }
}

/** The run stands in its place, and yet something went wrong: nobody may be told that nothing was published. */
export class PublishedFailure extends CommandFailure {}
