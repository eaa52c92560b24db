/** Plans are plain data that threads are given, and each row asks. */
const expressions = new Map<string, RegExp>();

export function expressionOf(pattern: string): RegExp {
  const known = expressions.get(pattern) ?? new RegExp(pattern, 'u');
  expressions.set(pattern, known);
  return known;
}

/** Nothing that takes longer than it reads: no group is repeated, none refers back. */
export function isPattern(pattern: string): boolean {
  return !/\)[*+?{]|\\[1-9k]/.test(pattern) && groupsIn(pattern) !== undefined;
}

export const hasOneGroup = (pattern: string): boolean => isPattern(pattern) && groupsIn(pattern) === 1;

function groupsIn(pattern: string): number | undefined {
  try {
    return (new RegExp(`${pattern}|`, 'u').exec('')?.length ?? 1) - 1;
  } catch {
    return undefined;
  }
}
