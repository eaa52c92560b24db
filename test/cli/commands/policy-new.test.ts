import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inFolder, put, regionpay, toldCodes } from '../command.ts';

describe('policy new where nobody can be asked', () => {
  it.concurrent('writes a form, and ends as policy check ends on it', async () => {
    await inFolder(async (folder) => {
      const ended = await regionpay(['policy', 'new', '--lang', 'ja'], { cwd: folder });
      expect(ended.status).toBe(2);
      expect(new Set(toldCodes(ended))).toEqual(new Set(['BAD_POLICY']));
      expect(ended.stdout).toBe('■ 書いたもの: policy.json\n');
      const form = readFileSync(join(folder, 'policy.json'), 'utf8');
      expect(form).toContain('    // どの都道府県の事業か\n');
      const again = await regionpay(['policy', 'check', 'policy.json', '--lang', 'ja'], { cwd: folder });
      expect(again.stderr).toBe(ended.stderr);
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
