import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readingThreads } from '../../src/cli/threads.ts';
import { ROOT, WORKER } from '../support/program.ts';

test('the file that a thread runs is where the build puts it', () => {
  // Seen from the bundle in dist/cli as from this source in src/cli: were it elsewhere, one thread would read all, and nobody know.
  const asBuilt = fileURLToPath(readingThreads().script).replace(`${ROOT}src/`, `${ROOT}dist/`);
  expect(asBuilt).toBe(WORKER);
  expect(existsSync(WORKER)).toBe(true);
});
