import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, TSX, withFolder } from '../support/program.ts';

test('a drawing of the house that is no longer true is named', () => {
  withFolder((folder) => {
    for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json', 'src', 'tools', 'docs'])
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    for (const name of ['bin', 'test', 'bench']) mkdirSync(join(folder, name));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    appendFileSync(join(folder, 'docs/house-intake.svg'), '<!-- moved -->\n');
    const { status, stderr } = spawnSync(TSX, ['tools/house.ts'], { cwd: folder, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toBe('docs/house-intake.svg is not up to date. Run: npm run layers\n');
  });
});
