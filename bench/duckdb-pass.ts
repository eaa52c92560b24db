import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

/** SQL RESULT NAME=PATH…: runs the SQL file with the inputs as variables, writes its `result`, prints what was read. */
const [sql = '', result = '', ...inputs] = process.argv.slice(2);
const THREADS = 2;

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const database = await DuckDBInstance.create(':memory:', {
  threads: String(THREADS),
  // As a person who measures would set it: the result is sorted anyway.
  preserve_insertion_order: 'false',
});
const connection = await database.connect();
for (const input of inputs) {
  const at = input.indexOf('=');
  await connection.run(`SET VARIABLE ${input.slice(0, at)} = ${quoted(input.slice(at + 1))}`);
}
await connection.run(readFileSync(sql, 'utf8'));
await connection.run(`COPY result TO ${quoted(result)} (HEADER)`);
const read = await connection.runAndReadAll('SELECT all_rows, set_aside FROM rows_read');
process.stdout.write(`${read.getRows()[0]?.join(' ')}\n`);
