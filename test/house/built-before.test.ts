import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isBuilt } from '../support/build.ts';
import { withFolder } from '../support/program.ts';

const at = (path: string, second: number): void => utimesSync(path, second, second);

/** A program built at second 20 from what was changed last at second 10. */
const withBuilt = (use: (folder: string) => void): void =>
  withFolder((folder) => {
    for (const name of ['src/room', 'tools', 'dist/cli']) mkdirSync(join(folder, name), { recursive: true });
    const made = ['src/room/a.ts', 'tools/build.ts', 'package.json', 'package-lock.json'];
    for (const name of made) writeFileSync(join(folder, name), '');
    for (const name of [...made, 'src/room', 'src', 'tools']) at(join(folder, name), 10);
    writeFileSync(join(folder, 'dist/cli/whole.cjs.compiled'), '');
    at(join(folder, 'dist/cli/whole.cjs.compiled'), 20);
    use(folder);
  });

test('what was built after every change is not built again', () => {
  withBuilt((folder) => expect(isBuilt(folder)).toBe(true));
});

test.each<[string, (folder: string) => void]>([
  ['a file that was changed', (folder) => at(join(folder, 'src/room/a.ts'), 30)],
  ['a file that has come', (folder) => writeFileSync(join(folder, 'src/room/b.ts'), '')],
  ['a file that has gone', (folder) => rmSync(join(folder, 'src/room/a.ts'))],
  ['another library', (folder) => at(join(folder, 'package-lock.json'), 30)],
  ['nothing built', (folder) => rmSync(join(folder, 'dist'), { recursive: true })],
])('%s is built', (_, change) => {
  withBuilt((folder) => {
    change(folder);
    expect(isBuilt(folder)).toBe(false);
  });
});
