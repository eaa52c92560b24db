import { expect, it, test } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { csvBytes } from '../../src/publish/csv-bytes.ts';
import { outputTables, SETTLEMENT_TABLES } from '../../src/publish/output-files.ts';
import { SettlementWriter } from '../../src/publish/settlement-writer.ts';
import type { Settlement } from '../../src/settlement/settlement.ts';
import { outageNight } from '../support/nights.ts';
import { digest, runTables } from '../support/run-tables.ts';
import { turnsOf } from '../support/turns.ts';

const { outcome, tables } = await runTables(outageNight(), { asOf: '2023-05-10T02:00:00+09:00' });

/** As those of so many parts. */
function tell(given: readonly Settlement[], parts = 1) {
  const settlements = new SettlementWriter();
  for (let part = 0; part < parts; part++) {
    for (const settlement of given.filter((_, at) => at % parts === part)) settlements.add(settlement);
    settlements.addFacts(outcome);
  }
  return drained(settlements.finish(tables.files, KAGOSHIMA, { digest }));
}

/** Holds what is told against each table's rows, made from a list of all settlements. */
function holdAgainstTables(settlements: readonly Settlement[], given: readonly Settlement[], parts = 1): void {
  const { outcome: told, written: rows } = tell(given, parts);
  const expected = outputTables({ ...told, settlements }, tables);
  SETTLEMENT_TABLES.forEach(({ name }, place) => {
    const table = expected.find((each) => each.name === name);
    if (table === undefined) throw new Error(`no ${name}`);
    const { bytes, rows: count } = rows.tables[place] as (typeof rows.tables)[number];
    const lines = Buffer.concat([csvBytes(table.header, []), bytes]).toString('utf8');
    expect(lines).toBe(Buffer.from(csvBytes(table.header, table.rows)).toString('utf8'));
    expect(count).toBe([...table.rows].length);
  });
}

const payable = outcome.settlements.filter(({ status }) => status === 'payable');

it('tells settlements in the order of their coupons, however they come', () => {
  expect(payable.length).toBeGreaterThan(2);
  holdAgainstTables(outcome.settlements, outcome.settlements);
  holdAgainstTables(outcome.settlements, [...outcome.settlements].reverse());
  const [first, ...others] = outcome.settlements;
  holdAgainstTables(outcome.settlements, [...others, first as Settlement]);
});

it.each([2, 3, 7])('tells settlements of %i parts as those of one, and counts shops\u2019 days once', (parts) => {
  holdAgainstTables(outcome.settlements, outcome.settlements, parts);
  expect(outcome.merchantDays.length).toBeGreaterThan(0);
  expect(tell(outcome.settlements, parts).outcome.merchantDays).toEqual(outcome.merchantDays);
});

it('tells one with many rows in steps as it tells it at once', () => {
  const [several] = outcome.settlements.filter(({ items }) => items.length > 0);
  const many = { ...(several as Settlement), items: Array.from({ length: 5000 }, () => several?.items[0] as never) };
  const [whole, inSteps] = [new SettlementWriter(), new SettlementWriter()];
  whole.add(many);
  const steps = [...inSteps.addInSteps(many)].length;
  // One for each table, and within the questions two as they are put in order, and two as they are written.
  expect(steps).toBe(SETTLEMENT_TABLES.length + 4);
  const [once, stepwise] = [whole, inSteps].map((writer) => {
    writer.addFacts(outcome);
    return drained(writer.finish(tables.files, KAGOSHIMA, { digest }));
  });
  expect(stepwise).toEqual(once);
});

it.each(['as they come', 'from behind'])('finishes many, %s, in steps', (way) => {
  const [waiting] = outcome.settlements.filter(({ status }) => status === 'awaiting_application');
  const many = Array.from({ length: 20_000 }, (_, at) => ({
    ...(waiting as Settlement),
    couponNumber: String(at).padStart(12, '0'),
  }));
  const writer = new SettlementWriter();
  for (const each of way === 'as they come' ? many : many.toReversed()) writer.add(each);
  writer.addFacts(outcome);
  const { whole, turns } = turnsOf(writer.finish(tables.files, KAGOSHIMA, { digest }));
  expect(turns).toBeGreaterThan(3);
  const [eligibility] = whole.written.tables;
  const lines = Buffer.from(eligibility?.bytes ?? '')
    .toString()
    .split('\n');
  expect([lines.length, lines[0]?.slice(0, 12), lines[19_999]?.slice(0, 12)]).toEqual([
    20_001,
    '000000000000',
    '000000019999',
  ]);
});

test('nothing is told of nothing', () => {
  const { written } = tell([]);
  expect(written.tables.map(({ bytes, rows }) => [bytes.length, rows])).toEqual(SETTLEMENT_TABLES.map(() => [0, 0]));
});

// A coupon number is opaque: it may look like anything, what stands for an id until it is known included.
it.each([
  ['like an id that is awaited', 'P----------------'],
  ['with a comma and a quote', 'a,"b'],
  ['with a line end', 'a\nb'],
  ['with a carriage return', 'a\rb'],
  ['that begins with a blank', ' a'],
  ['in wide characters', '券１'],
])('puts the id of a payout in its place behind a coupon number %s', (_, couponNumber) => {
  const odd = payable.slice(0, 3).map((each, at) => ({ ...each, couponNumber: `${couponNumber}${at}` }));
  holdAgainstTables(odd, [...odd].reverse());
  holdAgainstTables(odd, odd);
});
