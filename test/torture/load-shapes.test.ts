import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOAD_SHAPES, type LoadShapeName, writeLoadShape } from '../../tools/torture/load-shapes.ts';

const names = Object.keys(LOAD_SHAPES) as LoadShapeName[];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shapes-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The files of a shape, by name. */
function written(name: LoadShapeName, n: number, seed: number): Readonly<Record<string, string>> {
  const into = join(folder, `${name}-${n}-${seed}`);
  writeLoadShape(name, n, into, seed);
  return Object.fromEntries(readdirSync(into).map((file) => [file, readFileSync(join(into, file), 'utf8')]));
}

/** Rows, and the columns of headers: of both a shape may have many. */
const rowsIn = (files: Readonly<Record<string, string>>): number =>
  Object.entries(files)
    .filter(([name]) => name.endsWith('.csv'))
    .reduce(
      (sum, [, content]) => sum + content.split('\n').length - 2 + content.split('\n', 1).join().split(',').length,
      0,
    );

describe('a load shape', () => {
  it.each(names)('%s is the same bytes each time, and grows with n', (name) => {
    const files = written(name, 40, 7);
    rmSync(join(folder, `${name}-40-7`), { recursive: true });
    expect(written(name, 40, 7)).toEqual(files);
    const more = rowsIn(written(name, 80, 7)) - rowsIn(files);
    expect(more).toBeGreaterThanOrEqual(40);
    expect(rowsIn(files)).toBeGreaterThanOrEqual(40);
  });

  it('gives each row its fields', () => {
    for (const name of names)
      for (const [file, content] of Object.entries(written(name, 5, 1))) {
        if (!file.endsWith('.csv')) continue;
        const widths = new Set(
          content
            .trimEnd()
            .split('\n')
            .map((line) => line.split(',').length),
        );
        expect([name, file, widths.size]).toEqual([name, file, 1]);
      }
  });
});
