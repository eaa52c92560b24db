import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordedSummary } from '../../../src/audit/record/recorded-summary.ts';
import { DamagedRun } from '../../../src/audit/record/records.ts';
import { sha256 } from '../../../src/publish/hash.ts';
import { withFolder } from '../../support/program.ts';

const WRITTEN = '{"schemaVersion":1}\n';
const outputs = [
  { name: 'summary.json', sha256: sha256(WRITTEN) },
  { name: 'summary.txt', sha256: sha256('') },
];

/** What is read of a folder whose summary.json holds this. */
const read = (content: string | undefined, listed = outputs) =>
  withFolder((folder) => {
    if (content !== undefined) writeFileSync(join(folder, 'summary.json'), content);
    return recordedSummary(folder, { outputs: listed });
  });

describe('the summary of a run', () => {
  it('is what the manifest says it is', () => {
    expect(read(WRITTEN)).toEqual({ schemaVersion: 1 });
  });

  it.each([
    ['altered', '{"schemaVersion":2}\n'],
    ['gone', undefined],
  ])('is not taken where it is %s', (_, content) => {
    expect(() => read(content)).toThrow(DamagedRun);
  });

  it('is none where a version made it that told less', () => {
    expect(read(WRITTEN, outputs.slice(0, 1))).toBeUndefined();
  });
});
