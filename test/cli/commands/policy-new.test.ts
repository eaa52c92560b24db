import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inFolder, put, regionpay, toldCodes } from '../command.ts';

describe('policy new where nobody can be asked', () => {
  it.concurrent('writes a form, lists what is to be written in it, and ends as policy check ends on it', async () => {
    await inFolder(async (folder) => {
      const ended = await regionpay(['policy', 'new', '--lang', 'ja'], { cwd: folder });
      expect(ended.status).toBe(2);
      expect(toldCodes(ended)).toEqual(['BAD_POLICY']);
      expect(ended.stderr).toContain(
        'まだ書かれていないところが 14 か所あります: id、title.ja、title.en、terms.prefecture、',
      );
      expect(ended.stderr).not.toContain('claimsClose');
      expect(ended.stdout).toBe('■ 書いたもの: policy.json\n');
      const form = readFileSync(join(folder, 'policy.json'), 'utf8');
      expect(form).toContain('    // どの都道府県の事業か\n');
      const again = await regionpay(['policy', 'check', 'policy.json', '--lang', 'ja'], { cwd: folder });
      // One by one, the same places.
      expect([again.status, toldCodes(again)]).toEqual([2, Array(14).fill('BAD_POLICY')]);
    });
  });

  it.concurrent('writes over nothing, unless it is told to', async () => {
    await inFolder(async (folder) => {
      const path = put(folder, 'mine.json', 'mine');
      const ended = await regionpay(['policy', 'new', path, '--yes']);
      expect([ended.status, toldCodes(ended), readFileSync(path, 'utf8')]).toEqual([3, ['FILE_EXISTS'], 'mine']);
      const replaced = await regionpay(['policy', 'new', path, '--yes', '--replace', '--quiet']);
      expect([replaced.status, replaced.stdout]).toEqual([2, '']);
      expect(readFileSync(path, 'utf8')).toContain('"prefecture": "TODO"');
    });
  });

  it.concurrent('says that a folder is not there', async () => {
    await inFolder(async (folder) => {
      const ended = await regionpay(['policy', 'new', join(folder, 'none/policy.json'), '--yes']);
      expect([ended.status, toldCodes(ended)]).toEqual([4, ['SYSTEM_ENOENT']]);
    });
  });
});
