#!/bin/sh
# A cell of a workbook that holds an error is read as an empty one.
# Shows, of read-excel-file 9.3.17: a cell with the error #N/A (type "e" of SpreadsheetML), and a formula whose result was not
# saved, come out as null, which is what an empty cell comes out as; a text beside them comes out as it is. Nothing is thrown.
# In a list of shop or coupon numbers that were looked up (VLOOKUP) "not found" is then the same as "left blank". So this
# project reads errors as their text, which no number is, and sets the row aside (2-data.md, "A workbook").
# Exits with 1 if it is no longer so. Needs Node.js and the npm registry.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --save-exact read-excel-file@9.3.17 fflate@0.8.3
cat > seen.mjs <<'JS'
import { strToU8, zipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';

const part = (body) => strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${body}`);
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const rels = 'http://schemas.openxmlformats.org/package/2006/relationships';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const row = (n, cells) => `<row r="${n}">${cells}</row>`;
const text = (at, value) => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
const workbook = zipSync({
  '[Content_Types].xml': part(
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
  ),
  '_rels/.rels': part(
    `<Relationships xmlns="${rels}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ),
  'xl/workbook.xml': part(
    `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ),
  'xl/_rels/workbook.xml.rels': part(
    `<Relationships xmlns="${rels}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  ),
  'xl/worksheets/sheet1.xml': part(
    `<worksheet xmlns="${main}"><sheetData>${row(1, text('A1', 'number') + text('B1', 'shop'))}${row(2, text('A2', '0001') + '<c r="B2" t="e"><v>#N/A</v></c>')}${row(3, text('A3', '0002') + '<c r="B3"><f>A1</f></c>')}${row(4, text('A4', '0003'))}${row(5, text('A5', '0004') + text('B5', 'M1'))}</sheetData></worksheet>`,
  ),
});
const rows = await readSheet(Buffer.from(workbook));
const seen = [
  ['the error #N/A', rows[1][1], null],
  ['a formula without a saved result', rows[2][1], null],
  ['an empty cell', rows[3][1], null],
  ['a text', rows[4][1], 'M1'],
];
for (const [what, is, was] of seen) console.log(`${is === was ? 'as found' : 'CHANGED '}  ${what}: ${JSON.stringify(is)}`);
process.exitCode = seen.every(([, is, was]) => is === was) ? 0 : 1;
JS
node seen.mjs
