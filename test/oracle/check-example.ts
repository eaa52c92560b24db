/**
 * Runs the reference on a worked example and compares it, column by column, with what the example expects.
 * Usage: npx tsx test/oracle/check-example.ts EXAMPLE_FOLDER
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cells } from './read-night.ts';
import { parseCsv, readNight } from './read-night.ts';
import type { Outcome } from './reference.ts';
import { judgeNight } from './reference.ts';

/** One text a row, with only the columns that the expectation has; a stake that is left empty is not compared. */
function lines(rows: readonly Cells[], columns: readonly string[], skipStakeOf: ReadonlySet<string>): string[] {
  return rows
    .map((row) =>
      columns
        .map((name) => {
          const isSkipped = name === 'amount_at_stake_yen' && skipStakeOf.has(`${row.coupon_number} ${row.reason}`);
          return isSkipped ? '*' : (row[name] ?? '');
        })
        .join(','),
    )
    .sort();
}

function compare(file: string, folder: string, actual: readonly Cells[]): number {
  const text = readFileSync(join(folder, file), 'utf8');
  const expected = parseCsv(text);
  const columns = (text.split('\n')[0] ?? '').trim().split(',');
  const skip = new Set(
    expected.filter((row) => row.amount_at_stake_yen === '').map((row) => `${row.coupon_number} ${row.reason}`),
  );
  const wanted = lines(expected, columns, skip);
  const got = lines(actual, columns, skip);
  const missing = wanted.filter((line) => !got.includes(line));
  const surplus = got.filter((line) => !wanted.includes(line));
  const isEqual = missing.length === 0 && surplus.length === 0 && wanted.length === got.length;
  process.stdout.write(`  ${file}: ${isEqual ? `equal (${wanted.length} rows)` : 'DIFFERENT'}\n`);
  for (const line of missing) process.stdout.write(`    expected ${line}\n`);
  for (const line of surplus) process.stdout.write(`    got      ${line}\n`);
  return isEqual ? 0 : 1;
}

function main(): void {
  const folder = process.argv[2];
  if (folder === undefined) {
    process.stderr.write('usage: check-example.ts EXAMPLE_FOLDER\n');
    process.exitCode = 2;
    return;
  }
  const night = readNight(folder);
  let different = 0;
  for (const date of ['2023-02-26', '2023-03-20', '2023-05-10']) {
    process.stdout.write(`${date}\n`);
    const outcome: Outcome = judgeNight(night, { asOf: `${date}T02:00:00+09:00` });
    const cells = (rows: readonly object[]): Cells[] => rows.map((row) => ({ ...row }) as Cells);
    const expected = join(folder, 'expected', date);
    different += compare('eligibility.csv', expected, cells(outcome.eligibility));
    different += compare('extensions.csv', expected, cells(outcome.extensions));
    different += compare('payouts.csv', expected, cells(outcome.payouts));
    different += compare('review.csv', expected, cells(outcome.review));
  }
  process.stdout.write(different === 0 ? 'all equal\n' : `${different} files differ\n`);
  process.exitCode = different === 0 ? 0 : 1;
}

main();
