import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from './generate.ts';

/** FOLDER TRANSACTIONS SEED MARK: a process of its own, so that what it takes is not counted with what is measured. */
const [folder = '', transactions, seed, mark = ''] = process.argv.slice(2);
const totals = generate(folder, { transactions: Number(transactions), seed: Number(seed) });
writeFileSync(join(folder, 'totals.json'), `${JSON.stringify({ mark, totals }, null, 2)}\n`);
