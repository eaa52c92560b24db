import type { Problem } from '../../base/problem.ts';
import { text } from '../../base/text.ts';

/** Options as the command line gives them: only what was written there. */
export type GivenOptions = Partial<Record<string, string | boolean | string[]>>;
/** What may stand in the place of one of them. */
export type GivenOption = GivenOptions[string];

/** Collects problems, so that all of the command line's are told together. */
export class Collected {
  readonly problems: Problem[] = [];
  add(code: string, where: string, what: readonly [string, string], advice: readonly [string, string]): undefined {
    this.problems.push({ code, where, what: text(...what), advice: text(...advice) });
    return undefined;
  }
}

export function oneOf<T extends string>(
  option: string,
  value: GivenOption,
  allowed: readonly T[],
  found: Collected,
): T | undefined {
  if (value === undefined) return undefined;
  const known = allowed.find((each) => each === value);
  return (
    known ??
    found.add(
      'UNKNOWN_VALUE',
      `${option} ${String(value)}`,
      ['この値は使えません', 'is no value of this option'],
      [`${allowed.join('、')} のどれかを指定してください`, `give one of ${allowed.join(', ')}`],
    )
  );
}
