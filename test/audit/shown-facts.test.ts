import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { answerOn } from '../../src/audit/explain/answer-words.ts';
import { cashClaims } from '../../src/audit/explain/cash-claims.ts';
import { explainMerchants } from '../../src/audit/explain/explain-merchant.ts';
import { groundsOn } from '../../src/audit/explain/ground-words.ts';
import { routeLines } from '../../src/audit/explain/route-lines.ts';
import { drained } from '../../src/base/steps.ts';
import { readInstant } from '../../src/intake/values/dates.ts';
import { DrawnTill } from '../../src/pairing/drawn-group.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { RULES } from '../../src/rules/index.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { claimedCases, openSettleContext, settleCasesOf } from '../../src/settlement/settle.ts';
import type { SettledAmounts } from '../../src/settlement/settlement.ts';
import { ROOT } from '../support/program.ts';
import { digest, runTables } from '../support/run-tables.ts';

const AS_OF = '2023-05-10T02:00:00+09:00';
const night = (name: string): string => readFileSync(join(ROOT, 'fixtures/outage-night', `${name}.csv`), 'utf8');
const INPUTS = {
  issuance: night('issuance'),
  transactions: night('transactions'),
  sales: night('merchant_reports'),
  claims: night('claims'),
  applications: night('applications'),
};

/** The same rules, but none tells what it saw. */
const tightLipped: readonly Rule[] = RULES.map((rule) => ({
  ...rule,
  judge: (file, policy, earlier) =>
    Array.from(rule.judge(file, policy, earlier), (finding) => ({ ...finding, facts: () => ({}) })),
}));

/** What is said of each coupon of the night, but for the list of what each rule saw. */
async function wordsUnder(rules: readonly Rule[]): Promise<readonly (readonly [string, unknown])[]> {
  const { tables } = await runTables(INPUTS, { asOf: AS_OF });
  const asOf = readInstant(AS_OF);
  if ('problem' in asOf) throw new Error(AS_OF);
  const { terms } = KAGOSHIMA;
  const settleContext = drained(
    openSettleContext({
      tables,
      policy: KAGOSHIMA,
      asOf: asOf.value,
      countUnclaimed: false,
      digest,
      rules,
    }),
  );
  const { book, record } = settleContext;
  const claims = cashClaims([...settleCasesOf(settleContext, claimedCases(book)).values()]);
  const rowOf = (id: string) => ({ id, where: [] });
  const tillOf = (merchant: number) => new DrawnTill(record.tillOf(merchant), terms);
  const told = { terms, asOf: asOf.value, decided: new Map(), namesDecider: false, payments: [], payout: undefined };
  const sources = { tillOf, setAsideOn: record.setAsideOn, claims, rowOf };
  return Array.from(settleCasesOf(settleContext, book.scope.cases), ([coupon, settlement]) => {
    const facts = book.caseOf(coupon);
    return [
      settlement.couponNumber,
      {
        answer: answerOn({ ...told, facts, settlement, amounts: settlement.amounts as SettledAmounts }),
        because: groundsOn(facts, settlement, { terms, asOf: asOf.value }),
        shops: [...explainMerchants(settlement, book, sources)].filter((each) => each !== undefined),
        routes: routeLines(facts, settlement, terms, rowOf),
      },
    ] as const;
  });
}

it('what a rule shows as its facts is read by nobody: without them the same is said of every coupon', async () => {
  const words = await wordsUnder(RULES);
  expect(words.length).toBeGreaterThan(15);
  expect(JSON.stringify(words)).toContain('nameless bill');
  expect(await wordsUnder(tightLipped)).toEqual(words);
});
