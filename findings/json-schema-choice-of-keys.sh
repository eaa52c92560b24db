#!/bin/sh
# How a choice between two keys of a JSON Schema is read. "Either cohorts or an expiry, not both" is commonly written as a oneOf
# of two lists of required keys, beside the properties that both share (JSON Schema 2020-12 Validation, section 6.5.3: `required`
# asks for names, whether or not `properties` describes them).
# Shows, of pinned versions: ajv takes a value that has one of the keys; z.fromJSONSchema of zod refuses it, for it passes over a
# `required` whose names no `properties` beside it describes, so that both branches fit; it takes the value once each
# branch also describes its key. So the choice in docs/policy.schema.json is held against files by itself
# (test/policy/mutations.test.ts).
# Exits with 1 if any of it is no longer so. Needs Node.js and the npm registry.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund zod@4.6.7 ajv@8.20.0
cat > choice.mjs <<'JS'
import ajv2020 from 'ajv/dist/2020.js';
import * as z from 'zod';

const text = { type: 'string' };
const shared = { type: 'object', properties: { expiry: text, cohorts: text } };
const named = { ...shared, oneOf: ['expiry', 'cohorts'].map((key) => ({ type: 'object', required: [key] })) };
const described = {
  ...shared,
  oneOf: ['expiry', 'cohorts'].map((key) => ({ type: 'object', required: [key], properties: { [key]: text } })),
};
const byAjv = (schema, value) => new ajv2020.default({ strict: false }).validate(schema, value);
const byZod = (schema, value) => z.fromJSONSchema(schema).safeParse(value).success;
const one = { expiry: '2031-01-01' };
const seen = [
  ['ajv 8.20.0', 'branches that only require', byAjv(named, one), true],
  ['zod 4.6.7', 'branches that only require', byZod(named, one), false],
  ['ajv 8.20.0', 'branches that also describe', byAjv(described, one), true],
  ['zod 4.6.7', 'branches that also describe', byZod(described, one), true],
];
for (const [by, given, says, said] of seen)
  console.log(`${says === said ? 'as found' : 'CHANGED '}  ${by}, ${given}: one of the keys ${says ? 'fits' : 'is refused'}`);
process.exitCode = seen.every(([, , says, said]) => says === said) ? 0 : 1;
JS
node choice.mjs
