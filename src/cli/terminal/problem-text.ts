import type { Problem } from '../../base/problem.ts';
import { text } from '../../base/text.ts';
import { visibleInLine } from '../../base/visible-text.ts';
import type { Translate } from './language.ts';

const ERROR = text('エラー', 'error');

/** A problem as a person reads it: what, where, what to do. */
export function problemText(problem: Problem, t: Translate): string {
  return `${t(ERROR)} [${problem.code}] ${visibleInLine(problem.where)}\n  ${t(problem.what)}\n  → ${t(problem.advice)}\n`;
}

/** Problems as a program reads them. */
export const problemsJson = (problems: readonly Problem[]): string =>
  `${JSON.stringify({ problems: problems.map(({ code, where, what, advice }) => ({ code, where, what, advice })) })}\n`;
