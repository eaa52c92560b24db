import type { Problem } from '../../base/problem.ts';
import { text } from '../../base/text.ts';
import type { Say } from './language.ts';

const ERROR = text('エラー', 'error');

/** A problem as a person reads it: what, where, what to do. */
export function problemText(problem: Problem, say: Say): string {
  return `${say(ERROR)} [${problem.code}] ${problem.where}\n  ${say(problem.what)}\n  → ${say(problem.advice)}\n`;
}

/** Problems as a program reads them. */
export const problemsJson = (problems: readonly Problem[]): string =>
  `${JSON.stringify({ problems: problems.map(({ code, where, what, advice }) => ({ code, where, what, advice })) })}\n`;
