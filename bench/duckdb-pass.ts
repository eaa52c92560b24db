import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/**
 * SQL RESULT NAME=PATH…: runs the SQL file with the inputs as variables, writes its `result`, and prints how many rows
 * counted. NAME|PATH for NAME=PATH puts `gzip -dc` before it, through a named pipe.
 */
const [sql = '', result = '', ...inputs] = process.argv.slice(2);
const THREADS = 2;

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const ended = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.on('close', resolve));

const pipes = mkdtempSync(join(tmpdir(), 'regionpay-bench-'));
try {
  const database = await DuckDBInstance.create(':memory:', {
    threads: String(THREADS),
    // As a person who measures would set it: the result is sorted anyway.
    preserve_insertion_order: 'false',
  });
  const connection = await database.connect();
  const running: Promise<unknown>[] = [];
  for (const input of inputs) {
    const [, name = '', how, path = ''] = /^(\w+)([=|])(.*)$/.exec(input) ?? [];
    const pipe = join(pipes, name);
    if (how === '|') {
      execFileSync('mkfifo', [pipe]);
      // The shell waits at the pipe until DuckDB opens it.
      running.push(ended(spawn('sh', ['-c', 'exec gzip -dc "$1" > "$2"', 'sh', path, pipe], { stdio: 'inherit' })));
    }
    await connection.run(`SET VARIABLE ${name} = ${quoted(how === '|' ? pipe : path)}`);
  }
  await connection.run(readFileSync(sql, 'utf8'));
  await connection.run(`COPY result TO ${quoted(result)} (HEADER)`);
  const kept = await connection.runAndReadAll('SELECT kept FROM rows_kept');
  await Promise.all(running);
  process.stdout.write(`${kept.getRows()[0]?.join(' ')}\n`);
} finally {
  rmSync(pipes, { recursive: true });
}
