#!/bin/sh
# That codes of Japanese bank branches are given anew within months: a code that somebody wrote down may mean another branch.
# Shows, of two pinned versions of zengin-code: 0149-534 was 綱島 and is 武蔵小杉, 0522-092 was 東陽町 and is 日本橋, bank 0038
# changed its name, bank 0537 is gone; and how many codes in all are called otherwise.
# Exits with 1 if any of it is no longer so. Needs Node.js and the npm registry.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund before@npm:zengin-code@1.0.0-p20260331 after@npm:zengin-code@1.0.0-p20260824
cat > codes.cjs <<'JS'
const [before, after] = [require('before'), require('after')];
const seen = [
  ['0149-534 on 2026-03-31', before['0149'].branches['534'].name, '綱島'],
  ['0149-534 on 2026-08-24', after['0149'].branches['534'].name, '武蔵小杉'],
  ['0522-092 on 2026-03-31', before['0522'].branches['092'].name, '東陽町'],
  ['0522-092 on 2026-08-24', after['0522'].branches['092'].name, '日本橋'],
  ['0038 on 2026-03-31', before['0038'].name, '住信ＳＢＩネット'],
  ['0038 on 2026-08-24', after['0038'].name, 'ドコモＳＭＴＢネット'],
  ['0537 on 2026-03-31', before['0537'].name, '福邦'],
  ['0537 on 2026-08-24', after['0537']?.name, undefined],
];
for (const [code, says, said] of seen)
  console.log(`${says === said ? 'as found' : 'CHANGED '}  ${code}: ${says ?? 'not there'}`);
const renamed = Object.entries(before).flatMap(([bank, { branches }]) =>
  Object.entries(branches).filter(([code, { name }]) => (after[bank]?.branches[code]?.name ?? name) !== name),
);
console.log(`branch codes under another name: ${renamed.length}`);
process.exitCode = seen.every(([, says, said]) => says === said) ? 0 : 1;
JS
node codes.cjs
