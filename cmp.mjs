import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

const [s, o] = process.argv.slice(2);
const a = JSON.parse(readFileSync(s + '/answers.json'));
const m = JSON.parse(readFileSync(o + '/manifest.json'));
for (const i of m.inputs) console.log(i.name, i.rowsRead, JSON.stringify(i.dispositions), i.encoding);
for (const f of Object.values(a.files)) console.log(JSON.stringify({ ...f, rejects: undefined }));
const rows = (f) => parse(readFileSync(o + '/' + f), { columns: true });
const rej = {};
for (const r of rows('rejects.csv')) {
  rej[r.file] ??= {};
  rej[r.file][r.code] = (rej[r.file][r.code] ?? 0) + 1;
}
console.log(JSON.stringify(rej));
console.log(JSON.stringify(Object.fromEntries(Object.values(a.files).map((f) => [f.name, f.rejects]))));
const e = new Map(rows('eligibility.csv').map((r) => [r.coupon_number, r]));
let bad = 0;
for (const c of a.cohort) {
  const r = e.get(c.couponNumber);
  const A = (r?.grounds ?? '').split('+').includes('A');
  if (A !== c.groundA || (r && +r.residual_yen !== c.residualYen)) {
    bad++;
    if (bad < 5) console.log(c, r);
  }
}
console.log('cohort', a.cohort.length, 'bad', bad);
const rev = rows('review.csv');
let badE = 0;
for (const t of a.tillEvents) {
  const r = e.get(t.couponNumber);
  const g = (r?.grounds ?? '').split('+');
  const asked = rev.filter((x) => t.transactionIds.some((id) => x.evidence.split(' ').includes('tx:' + id)));
  const ok =
    t.expected === 'nothing'
      ? asked.length === 0
      : t.expected === 'REPEAT_UNVERIFIED'
        ? asked.some((x) => x.reason === 'REPEAT_UNVERIFIED')
        : g.includes(t.expected);
  if (!ok) {
    badE++;
    console.log(t, r, asked);
  }
}
console.log('events', a.tillEvents.length, 'bad', badE);
