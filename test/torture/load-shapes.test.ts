import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  answerQuestions,
  FIRST_RUN,
  isAnswered,
  LOAD_SHAPES,
  type LoadShapeName,
  writeLoadShape,
} from '../../tools/torture/load-shapes.ts';

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

describe('a shape whose questions are answered', () => {
  it('is one of several, and not all are', () => {
    expect(names.filter(isAnswered)).toContain('unknown_payments_answered');
    expect(isAnswered('unknown_payments')).toBe(false);
  });

  it('has an answer to every question of its first run, by its id and its evidence', () => {
    const own = join(folder, 'answered');
    writeLoadShape('unknown_payments_answered', 3, own);
    mkdirSync(join(own, FIRST_RUN));
    writeFileSync(join(own, FIRST_RUN, 'review.csv'), 'review_id,evidence_hash,detail\nR1,abc,"a, b"\nR2,def,c\n');
    answerQuestions(own);
    expect(readFileSync(join(own, 'decisions.csv'), 'utf8').trimEnd().split('\n')).toEqual([
      'review_id,evidence_hash,decision,decided_by,decided_at',
      'R1,abc,approve,タナカ,2023-05-01T10:00:00+09:00',
      'R2,def,approve,タナカ,2023-05-01T10:00:00+09:00',
    ]);
    const config = JSON.parse(readFileSync(join(own, 'run.json'), 'utf8')) as Readonly<Record<string, string>>;
    expect(config).toMatchObject({ decisions: 'decisions.csv', issuance: 'issuance.csv' });
  });
});
