import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundledPackages, licencesText, packageFolderOf } from '../../tools/bundled.ts';
import { withFolder } from '../support/program.ts';

describe('a bundled file', () => {
  test.each([
    ['src/cli/main.ts', undefined],
    ['node_modules/zod/v4/core/api.js', 'node_modules/zod'],
    ['node_modules/@date-fns/utc/date/index.js', 'node_modules/@date-fns/utc'],
    ['node_modules/a/node_modules/b/index.js', 'node_modules/a/node_modules/b'],
  ])('%s is of the package in %s', (input, folder) => {
    expect(packageFolderOf(input)).toBe(folder);
  });
});

describe('bundled packages', () => {
  const put = (folder: string, name: string, licence: string | undefined): void => {
    mkdirSync(join(folder, 'node_modules', name), { recursive: true });
    const told = JSON.stringify({ name, version: '1.2.3', license: 'MIT' });
    writeFileSync(join(folder, 'node_modules', name, 'package.json'), told);
    if (licence !== undefined) writeFileSync(join(folder, 'node_modules', name, licence), `Copyright of ${name}\n`);
  };

  test('are told once each, by name, with their licences in full', () => {
    withFolder((folder) => {
      put(folder, 'b', 'LICENSE');
      put(folder, 'a', 'license.md');
      const packages = bundledPackages(folder, [
        'node_modules/b/x.js',
        'node_modules/a/x.js',
        'node_modules/b/y.js',
        'src/c.ts',
      ]);
      expect(packages.map(({ name }) => name)).toEqual(['a', 'b']);
      expect(licencesText(packages)).toMatch(
        /^a 1\.2\.3 \(MIT\)\n\nCopyright of a\n\n-+\n\nb 1\.2\.3 \(MIT\)\n\nCopyright of b\n$/,
      );
    });
  });

  test('are refused without a licence', () => {
    withFolder((folder) => {
      put(folder, 'a', undefined);
      expect(() => bundledPackages(folder, ['node_modules/a/x.js'])).toThrow('a has no licence');
    });
  });
});
