import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FILE_NAMES, generate } from './generate.ts';

/** The same seed gives the same bytes, another seed others. */
const cache = fileURLToPath(new URL('.cache/check', import.meta.url));
const TRANSACTIONS = 20_000;

function hashOf(seed: number): string {
  generate(cache, { transactions: TRANSACTIONS, seed });
  const hash = createHash('sha256');
  for (const name of FILE_NAMES) hash.update(readFileSync(join(cache, `${name}.csv`)));
  rmSync(cache, { recursive: true });
  return hash.digest('hex');
}

const [first, second, other] = [hashOf(1), hashOf(1), hashOf(2)];
if (first !== second || first === other) throw new Error('the generator is not deterministic');
process.stdout.write(`seed 1, ${TRANSACTIONS} transactions, twice: sha256 ${first}\n`);
