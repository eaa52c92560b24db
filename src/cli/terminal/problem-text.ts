import type { Problem } from '../../base/problem.ts';
import { text } from '../../base/text.ts';
import { visibleInLine } from '../../base/visible-text.ts';
import type { Translate } from './language.ts';

const ERROR = text('エラー', 'error');

/**
 * Problems as a person reads them: what, where, what to do. Of neighbours that have the same cause all places are told first,
 * then it once.
 */
export function problemsText(problems: readonly Problem[], t: Translate): string {
  const told = problems.map(({ code, where, what, advice }) => ({
    code,
    place: `${t(ERROR)} [${code}] ${visibleInLine(where)}\n`,
    cause: `  ${t(what)}\n  → ${t(advice)}\n`,
  }));
  return told
    .map(({ place, code, cause }, index) => {
      const next = told[index + 1];
      return next?.code === code && next.cause === cause ? place : `${place}${cause}`;
    })
    .join('');
}

/** Problems as a program reads them. */
export const problemsJson = (problems: readonly Problem[]): string =>
  `${JSON.stringify({ problems: problems.map(({ code, where, what, advice }) => ({ code, where, what, advice })) })}\n`;
