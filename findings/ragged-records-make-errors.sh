#!/bin/sh
# What csv-parse does for each record that has more or fewer fields than the first, where it was told that such records are
# fine (relax_column_count). Exports whose rows end in one comma more than their header, or that have blank lines between
# rows, are of such records throughout.
# Shows, of a pinned version: for each of them an error is made that nobody asks for, with a stack of its own and a copy of
# the record's fields by way of JSON, and put aside; records as long as the first make none. With skip_empty_lines blank
# lines make none. Nothing comes out otherwise: the records are right, and info counts them.
# Where it matters: a record then takes many times as long (here 25 to 45 microseconds instead of 1.5), so a million of them
# most of a minute.
# Exits with 1 if any of it is no longer so. Needs Node.js and the npm registry.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund csv-parse@7.0.3
cat > ragged.mjs <<'JS'
import { parse } from 'csv-parse/sync';

const ROWS = 1000;
const own = Error.captureStackTrace;
const ownStringify = JSON.stringify;

/** How many stacks and copies are made while a text is read, and what comes of it. */
function read(line, more = {}) {
  let stacks = 0;
  let copies = 0;
  Error.captureStackTrace = (...given) => {
    stacks++;
    own(...given);
  };
  JSON.stringify = (value, ...rest) => {
    if (Array.isArray(value)) copies++;
    return ownStringify(value, ...rest);
  };
  try {
    const records = parse(`id,yen\n${line.repeat(ROWS)}`, { relax_column_count: true, ...more });
    return `${records.length} records, ${stacks} stacks, ${copies >= stacks && stacks > 0 ? 'fields copied' : `${copies} copies`}`;
  } finally {
    Error.captureStackTrace = own;
    JSON.stringify = ownStringify;
  }
}

const seen = [
  ['rows as long as the header', read('1,500\n'), '1001 records, 0 stacks, 0 copies'],
  ['rows with one comma more', read('1,500,\n'), '1001 records, 1000 stacks, fields copied'],
  ['rows with one field less', read('1\n'), '1001 records, 1000 stacks, fields copied'],
  ['blank lines', read('\n'), '1001 records, 1000 stacks, fields copied'],
  ['blank lines, skip_empty_lines', read('\n', { skip_empty_lines: true }), '1 records, 0 stacks, 0 copies'],
];
for (const [what, says, said] of seen)
  console.log(`${says === said ? 'as found' : 'CHANGED '}  csv-parse 7.0.3: ${what} -> ${says}`);
process.exitCode = seen.every(([, says, said]) => says === said) ? 0 : 1;
JS
node ragged.mjs
