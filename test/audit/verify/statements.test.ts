import { describe, expect, test } from 'vitest';
import type { Again } from '../../../src/audit/record/re-execute.ts';
import type { Manifest } from '../../../src/audit/record/run-record.ts';
import { checkStatements } from '../../../src/audit/verify/statements.ts';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';

const program = { name: 'p', version: '1', revision: 'r' };
const body = {
  program,
  policy: KAGOSHIMA.file,
  issued: { inScope: 2 },
  inputs: [{ name: 'a.csv', rowsRead: 3 }],
  outputs: [
    { name: 'a', sha256: '1', rows: 1 },
    { name: 'b', sha256: '2', rows: 1 },
  ],
};
const again: Again = { differing: [], unrecorded: [], manifest: body };
const manifest = { program, policy: KAGOSHIMA.file } as unknown as Manifest;
const check = (recorded: object, made: Again | undefined = again, isSame = true) => {
  const { result, details } = checkStatements(
    JSON.stringify({ ...recorded, fingerprint: 'f' }),
    manifest,
    made,
    isSame,
  );
  return [result, ...details.map(({ en }) => en)];
};

describe('what a manifest says', () => {
  test('is ok where it would be said again, and only then', () => {
    expect(check(body)).toEqual(['ok']);
    expect(check({ ...body, issued: { inScope: 3 } })).toEqual([
      'failed',
      'executed again, manifest.json says otherwise of: issued.inScope',
    ]);
    expect(check({ ...body, inputs: [] })).toEqual([
      'failed',
      'executed again, manifest.json says otherwise of: inputs',
    ]);
    expect(check({ ...body, more: 1 })).toEqual(['failed', 'executed again, manifest.json says otherwise of: more']);
  });

  test('is not checked where nothing was executed', () => {
    expect(checkStatements(JSON.stringify(body), manifest, undefined, true).result).toBe('not checked');
  });

  test('of another program nobody checked where it differs, and an entry that it alone has is a failure', () => {
    expect(check({ ...body, issued: { inScope: 3 } }, again, false)).toEqual([
      'not checked',
      'manifest.json says that another program made the run (version 1, r); nobody checked what it says of: program, issued.inScope',
    ]);
    expect(check({ ...body, more: 1 }, again, false).slice(0, 2)).toEqual([
      'failed',
      'manifest.json says what this program does not know: more',
    ]);
  });

  test('of an output that comes out otherwise is told where that is told, but its rows are not passed over elsewhere', () => {
    const otherwise = { ...body, outputs: [{ name: 'a', sha256: '9', rows: 9 }, body.outputs[1]] };
    expect(check(otherwise, { ...again, differing: ['a'] })).toEqual(['ok']);
    expect(check({ ...body, outputs: [body.outputs[0]] }, { ...again, unrecorded: ['b'] })).toEqual(['ok']);
    expect(check({ ...body, outputs: [body.outputs[0], { ...body.outputs[1], rows: 5 }] })).toEqual([
      'failed',
      'executed again, manifest.json says otherwise of: outputs.1.rows',
    ]);
  });
});
