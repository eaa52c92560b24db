import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Profile } from '../../src/intake/schema/profile.ts';
import { codes, csv, HEADERS, read, windows31j } from './read-files.ts';

// Run by reader.test.ts as a program of its own, because a process has one time zone,
// and because what nobody catches ends a process. Prints what was read.

async function byPattern(pattern: string, written: string): Promise<unknown> {
  const profile: Profile = { schemaVersion: 1, id: 'zone', inputs: { transactions: { dateFormats: [pattern] } } };
  const { tables, problems } = await read(
    { transactions: csv('transactions', `T1,0001,${written},payment,completed,500,M1,P1,,coupon`) },
    { profile },
  );
  return tables?.transactions.occurredAt[0] ?? tables?.rejects.map(({ code }) => code) ?? problems;
}

async function dateByPattern(pattern: string, written: string): Promise<unknown> {
  const profile: Profile = { schemaVersion: 1, id: 'zone', inputs: { issuance: { dateFormats: [pattern] } } };
  const row = `0001,paper,46,2000,2023-02-23T15:00:00+09:00,${written},A1,active,,`;
  const { tables, problems } = await read({ issuance: `${HEADERS.issuance}\n${row}\n` }, { profile });
  return tables?.issuance.expiresOn[0] ?? tables?.rejects.map(({ code }) => code) ?? problems;
}

async function builtIn(written: string): Promise<unknown> {
  const { tables } = await read({
    transactions: csv('transactions', `T1,0001,${written},payment,completed,500,M1,P1,,coupon`),
  });
  return tables?.transactions.occurredAt[0];
}

/** A Windows-31J file to which bytes of no encoding are added after it was inspected. */
async function changing(name: string): Promise<unknown> {
  const sale = (id: string): string => `${id},店,2023-02-24T18:00:00+09:00,700,500,200,0,`;
  const { problems } = await read(
    { sales: { 'a.csv': csv('sales', sale('S1')), [name]: windows31j(csv('sales', sale('S2'))) } },
    {
      onProgress: (file, _, folder) => {
        if (file === 'a.csv') appendFileSync(join(folder, name), Buffer.from([0xff, 0xff]));
      },
    },
  );
  return codes(problems);
}

const queries = JSON.parse(process.argv[2] ?? '[]') as readonly [what: string, first: string, second?: string][];
const values: unknown[] = [];
for (const [what, first, second = ''] of queries) {
  if (what === 'pattern') values.push(await byPattern(first, second));
  else if (what === 'date') values.push(await dateByPattern(first, second));
  else if (what === 'changing') values.push(await changing(first));
  else values.push(await builtIn(first));
}
// A clock in New York that is set to 02:30 on that night shows 03:30.
process.stdout.write(JSON.stringify({ values, localHour: new Date(2023, 2, 12, 2, 30).getHours() }));
