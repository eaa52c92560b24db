import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hashOfFile } from '../../src/audit/record/run-record.ts';
import { drained } from '../../src/base/steps.ts';
import { withFolder } from '../support/program.ts';

// Nothing, less than a piece, a piece exactly, and some pieces with a rest.
test.each([0, 5, 1 << 20, 3 * (1 << 20) + 7])('a file of %d bytes has the SHA-256 of all of them', (length) => {
  withFolder((folder) => {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 31 + (at >>> 8)) & 0xff);
    const path = join(folder, 'input');
    writeFileSync(path, bytes);
    expect(drained(hashOfFile(path))).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});
