import type { Text } from '../../base/text.ts';
import { visibleInLine } from '../../base/visible-text.ts';
import type { Profile } from '../schema/profile.ts';
import { type Notes, pathOf } from './draft.ts';

const WIDEST = 100;

/** A profile as JSON with comments, each before its line; those of the empty name at the end of what they speak of. */
export function writtenProfile(
  profile: Profile,
  notes: Notes,
  head: readonly Text[],
  t: (words: Text) => string,
): string {
  const comment = (words: Text, indent: string): string => `${indent}// ${visibleInLine(t(words))}\n`;
  const commentsAt = (path: string, indent: string): string =>
    (notes.get(path) ?? []).map((words) => comment(words, indent)).join('');
  const hasNotes = (path: string): boolean => [...notes.keys()].some((key) => key.startsWith(`${path}\u0000`));
  const written = (value: unknown, path: readonly string[], indent: string): string => {
    const short = inLine(value);
    const isShort = short.length + indent.length <= WIDEST && !hasNotes(pathOf(...path)) && path.length > MOST_OUTSIDE;
    if (isShort || typeof value !== 'object' || value === null || Array.isArray(value)) return short;
    const inner = `${indent}  `;
    const entries = Object.entries(value);
    const lines = entries.map(([name, each], at) => {
      const below = [...path, name];
      const comma = at < entries.length - 1 ? ',' : '';
      return `${commentsAt(pathOf(...below), inner)}${inner}${JSON.stringify(name)}: ${written(each, below, inner)}${comma}\n`;
    });
    return `{\n${lines.join('')}${commentsAt(pathOf(...path, ''), inner)}${indent}}`;
  };
  return `${head.map((words) => comment(words, '')).join('')}${written(profile, [], '')}\n`;
}

/** What stands further out is never written on one line. */
const MOST_OUTSIDE = 2;

function inLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${inLine(each)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
