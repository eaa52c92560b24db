import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { INPUTS, inFolder, regionpay } from '../command.ts';

it('summary.txt is the same whatever the language asked for: a published file follows no locale', () =>
  inFolder(async (folder) => {
    const texts = [];
    for (const language of ['ja', 'en']) {
      const out = join(folder, language);
      await regionpay(['run', ...INPUTS, '--out', out, '--quiet', '--log-level', 'error', '--lang', language]);
      texts.push(readFileSync(join(out, 'summary.txt'), 'utf8'));
    }
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).toContain('支払えるもの');
  }));
