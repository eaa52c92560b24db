#!/bin/sh
# What packages for records of fixed width do to amounts. A bank file of Japan (全銀協 総合振込) has ten digits for the yen of
# a transfer, on the right, filled up with zeros.
# Shows, of pinned versions: fixy cuts an amount of eleven digits to its first ten, so that 12,345,678,901 yen are written as
# 1,234,567,890, without an error; @evologi/fixed-width, which writes 100,000 yen as 0000100000, reads that back as 1.
# Exits with 1 if any of it is no longer so. Needs Node.js and the npm registry.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund fixy@1.3.3 @evologi/fixed-width@1.1.0
cat > amounts.mjs <<'JS'
import { parse, stringify } from '@evologi/fixed-width';
import fixy from 'fixy';

const column = { name: 'amount', width: 10, padding_position: 'start', padding_symbol: '0' };
const written = (amount) => fixy.unparse([column], [{ amount }]).trim();
const options = { eol: '\n', fields: [{ property: 'amount', width: 10, align: 'right', pad: '0' }] };
const round = stringify([{ amount: 100000 }], options);
const seen = [
  ['fixy 1.3.3 writes what fits', '1234567890', written(1234567890), '1234567890'],
  ['fixy 1.3.3 writes what does not', '12345678901', written(12345678901), '1234567890'],
  ['@evologi/fixed-width 1.1.0 writes', '100000', round.trim(), '0000100000'],
  ['@evologi/fixed-width 1.1.0 reads that', '0000100000', parse(round, options)[0].amount, '1'],
];
for (const [by, given, says, said] of seen)
  console.log(`${says === said ? 'as found' : 'CHANGED '}  ${by}: ${given} -> ${says}`);
process.exitCode = seen.every(([, , says, said]) => says === said) ? 0 : 1;
JS
node amounts.mjs
