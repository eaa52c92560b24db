#!/bin/sh
# What converters to half-width katakana leave wide. A name in a bank file of Japan is of single bytes (JIS X 0201): a
# character that stays wide becomes two bytes or three, and all fields behind it are shifted.
# Shows, of pinned versions: zengin-code writes the long mark of its names as U+FF0D and never as U+30FC, which moji and
# japanese-string-utils do not take for one; both leave the kana of names such as ヱ, ヰ and ヮ wide; iconv-lite makes a
# question mark of a decomposed mark, so that ガ becomes カ?.
# Exits with 1 if any of it is no longer so. Needs Node.js and the npm registry.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund zengin-code@1.0.0-p20260824 moji@0.5.1 japanese-string-utils@0.2.4 iconv-lite@0.7.3
cat > kana.mjs <<'JS'
import iconv from 'iconv-lite';
import { toHalfwidthKana } from 'japanese-string-utils';
import moji from 'moji';
import banks from 'zengin-code';

const kana = Object.values(banks).flatMap((bank) => [bank.kana, ...Object.values(bank.branches).map((one) => one.kana)]);
const byMoji = (text) => moji(text).convert('ZK', 'HK').toString();
const hex = (text) => iconv.encode(text, 'Shift_JIS').toString('hex');
const seen = [
  ['zengin-code p20260824: names with U+30FC', 'all', kana.filter((name) => name.includes('\u30fc')).length, 0],
  ['zengin-code p20260824: some with U+FF0D', 'all', kana.some((name) => name.includes('\uff0d')), true],
  ['moji 0.5.1', 'セ\uff0dタ', byMoji('セ\uff0dタ'), 'ｾ\uff0dﾀ'],
  ['japanese-string-utils 0.2.4', 'セ\uff0dタ', toHalfwidthKana('セ\uff0dタ'), 'ｾ\uff0dﾀ'],
  ['moji 0.5.1', 'ヱヰヮガ', byMoji('ヱヰヮガ'), 'ヱヰヮｶﾞ'],
  ['japanese-string-utils 0.2.4', 'ヱヰヮガ', toHalfwidthKana('ヱヰヮガ'), 'ヱヰヮｶﾞ'],
  ['iconv-lite 0.7.3, Shift_JIS', 'ガ', hex('ガ'), '834b'],
  ['iconv-lite 0.7.3, Shift_JIS', 'カ and U+3099', hex('カ\u3099'), '834a3f'],
];
for (const [by, given, says, said] of seen)
  console.log(`${says === said ? 'as found' : 'CHANGED '}  ${by}: ${given} -> ${says}`);
process.exitCode = seen.every(([, , says, said]) => says === said) ? 0 : 1;
JS
node kana.mjs
