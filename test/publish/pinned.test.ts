import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256 } from '../../src/publish/hash.ts';
import { pinProblems } from '../../src/publish/pinned.ts';
import { withFolder } from '../support/program.ts';

const BEFORE = '{"fingerprint":"f"}';
const naming = (manifestSha256: string, fingerprint: string): string =>
  JSON.stringify({ previous: { manifestSha256, fingerprint } });

test('a manifest is held against the run that it names, where that lies beside it', () =>
  withFolder((folder) => {
    const said = (written: string) => pinProblems(join(folder, 'own'), written).map(({ en }) => en);
    const put = (content: string) => writeFileSync(join(folder, 'before/manifest.json'), content);
    mkdirSync(join(folder, 'own'));
    mkdirSync(join(folder, 'before'));
    put(BEFORE);
    const altered = ['manifest.json of before, the run before it, is not the one that it followed'];
    expect(said('{"previous":null}')).toEqual([]);
    expect(said(naming(sha256(BEFORE), 'f'))).toEqual([]);
    expect(said(naming(sha256(BEFORE), 'g'))).toEqual([
      'the fingerprint that manifest.json gives the run before is not that of before',
    ]);
    put(`${BEFORE}\n`);
    expect(said(naming(sha256(BEFORE), 'f'))).toEqual(altered);
    put('{}');
    expect(said(naming(sha256(BEFORE), 'f'))).toEqual([]);
    writeFileSync(join(folder, 'before/SHA256SUMS'), `${sha256(BEFORE)}  manifest.json\n`);
    expect(said(naming(sha256(BEFORE), 'f'))).toEqual(altered);
    rmSync(join(folder, 'before'), { recursive: true });
    expect(said(naming(sha256(BEFORE), 'f'))).toEqual([]);
  }));
