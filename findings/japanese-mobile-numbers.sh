#!/bin/sh
# Which packages know a Japanese mobile number. By the numbering plan it is 060, 070, 080 or 090, a digit from 1 to 9, and
# seven more; 0800 is free of charge (https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/tel_number/).
# Shows, of pinned versions: awesome-phonenumber refuses 060; libphonenumber-js takes a number that is a digit short unless
# its largest metadata (/max) are asked; validator takes a free-of-charge number for a mobile one.
# Exits with 1 if any of it is no longer so. Needs Node.js and the npm registry.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund awesome-phonenumber@7.8.0 libphonenumber-js@1.13.16 validator@13.15.35
cat > numbers.mjs <<'JS'
import { parsePhoneNumber as awesome } from 'awesome-phonenumber';
import byDefault from 'libphonenumber-js';
import byMax from 'libphonenumber-js/max';
import validator from 'validator';

const seen = [
  ['awesome-phonenumber 7.8.0', '06012345678', awesome('06012345678', { regionCode: 'JP' }).valid, false],
  ['libphonenumber-js 1.13.16', '0901234567', byDefault('0901234567', 'JP')?.isValid(), true],
  ['libphonenumber-js/max 1.13.16', '0901234567', byMax('0901234567', 'JP')?.isValid(), false],
  ['libphonenumber-js/max 1.13.16', '06012345678', byMax('06012345678', 'JP')?.getType(), 'MOBILE'],
  ['libphonenumber-js/max 1.13.16', '08001234567', byMax('08001234567', 'JP')?.getType(), 'TOLL_FREE'],
  ['validator 13.15.35, isMobilePhone ja-JP', '08001234567', validator.isMobilePhone('08001234567', 'ja-JP'), true],
];
for (const [by, number, says, said] of seen)
  console.log(`${says === said ? 'as found' : 'CHANGED '}  ${by}: ${number} -> ${says}`);
process.exitCode = seen.every(([, , says, said]) => says === said) ? 0 : 1;
JS
node numbers.mjs
