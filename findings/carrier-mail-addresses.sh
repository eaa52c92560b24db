#!/bin/sh
# Japan's mobile carriers gave out addresses with dots in a row, or one before the @, which are in use though RFC 5322
# does not know them; an address that is refused is money that is not sent.
# Shows, of a pinned version: validator's isEmail refuses them, and has no option by which it takes them.
# Exits with 1 if that is no longer so. Needs Node.js and the npm registry.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund validator@13.15.35
cat > addresses.mjs <<'JS'
import validator from 'validator';

const LENIENT = { allow_utf8_local_part: true, require_tld: false, ignore_max_length: true, allow_underscores: true };
const seen = ['taro..yamada@docomo.ne.jp', 'taro.@ezweb.ne.jp'].flatMap((address) => [
  [address, 'isEmail', validator.isEmail(address), false],
  [address, 'isEmail, as lenient as can be', validator.isEmail(address, LENIENT), false],
]);
seen.push(['taro.yamada@docomo.ne.jp', 'isEmail', validator.isEmail('taro.yamada@docomo.ne.jp'), true]);
for (const [address, by, says, said] of seen)
  console.log(`${says === said ? 'as found' : 'CHANGED '}  validator 13.15.35 ${by}: ${address} -> ${says}`);
process.exitCode = seen.every(([, , says, said]) => says === said) ? 0 : 1;
JS
node addresses.mjs
