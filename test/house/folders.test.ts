import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../support/program.ts';

/** Folders of `src` that hold code, from `src`. */
function roomsBelow(folder: string): readonly string[] {
  const entries = readdirSync(join(ROOT, 'src', folder), { withFileTypes: true });
  const own = folder !== '' && entries.some(({ name }) => name.endsWith('.ts')) ? [folder] : [];
  const inner = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  return [...own, ...inner.flatMap(roomsBelow)];
}

const MOST_LINES = 6;

/** What is wrong with a folder's README: it names the folder, and is short enough to be read by whoever comes by. */
function faultsOf(folder: string, content: string | undefined): readonly string[] {
  if (content === undefined) return [`${folder} has no README.md`];
  const [title, ...lines] = content.trimEnd().split('\n');
  const written = lines.filter((line) => line !== '').length;
  return [
    ...(title === `# ${folder}` ? [] : [`${folder}/README.md begins with ${title}`]),
    ...(written === 0 || written > MOST_LINES ? [`${folder}/README.md has ${written} lines`] : []),
  ];
}

describe('each folder of src', () => {
  test('has a README of about five lines', () => {
    const rooms = roomsBelow('');
    const faults = rooms.flatMap((folder) => {
      const path = join(ROOT, 'src', folder, 'README.md');
      return faultsOf(folder, existsSync(path) ? readFileSync(path, 'utf8') : undefined);
    });
    expect(rooms.length).toBeGreaterThan(9);
    expect(faults).toEqual([]);
  });

  test.each([
    ['none', undefined, ['a/b has no README.md']],
    ['one of another folder', '# a\n\nline\n', ['a/b/README.md begins with # a']],
    ['one that says nothing', '# a/b\n', ['a/b/README.md has 0 lines']],
    ['one that nobody will read', `# a/b\n${'\nline'.repeat(7)}\n`, ['a/b/README.md has 7 lines']],
  ])('is told if it has %s', (_, content, faults) => {
    expect(faultsOf('a/b', content)).toEqual(faults);
  });
});
