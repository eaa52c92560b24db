import type { Text } from './text.ts';

/** Something a user can mend, as a value: where it is, what is wrong, what to do next. */
export interface Problem {
  readonly code: string;
  /** `file:line:column`, as far as known. */
  readonly where: string;
  readonly what: Text;
  readonly advice: Text;
}
