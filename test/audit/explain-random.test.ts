import { beforeAll, describe, expect, test } from 'vitest';
import { type ExplainedMerchant, type Explanation, explanationsSchema } from '../../src/audit/explain/explanation.ts';
import { letterOn } from '../../src/cli/render/letter.ts';
import { translateTo } from '../../src/cli/terminal/language.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import type { Settlement } from '../../src/settlement/settlement.ts';
import { randomAsOf, randomNight } from '../oracle/random-night.ts';
import { nightToCsv } from '../oracle/write-night.ts';
import { explainRun } from '../support/explain-tables.ts';
import { createRandom } from '../support/random.ts';
import { runTables } from '../support/run-tables.ts';

interface Explained {
  readonly explanation: Explanation;
  readonly settlement: Settlement | undefined;
  readonly seed: number;
}

/** Every coupon of a random night, a part of its questions being answered. */
async function explainNight(seed: number): Promise<readonly Explained[]> {
  const csv = nightToCsv(randomNight(seed));
  const { merchant_reports: sales, ...others } = csv;
  // Routes are only sought once the extension has ended.
  const [inputs, asOf] = [{ ...others, sales }, seed % 2 === 0 ? randomAsOf(seed) : '2023-05-10T02:00:00+09:00'];
  const asked = await runTables(inputs, { asOf });
  const random = createRandom(seed);
  const answers = asked.rows('review.csv').flatMap((item) => {
    const dice = random();
    if (dice < 0.4) return [];
    const hash = dice < 0.5 ? 'of-other-evidence' : item.evidence_hash;
    return [`${item.review_id},${hash},${dice < 0.8 ? 'approve' : 'reject'},tester,2023-02-24 00:00,why`];
  });
  const decisions = `${['review_id,evidence_hash,decision,decided_by,decided_at,note', ...answers].join('\n')}\n`;
  const { outcome, explanations } = await explainRun(await runTables({ ...inputs, decisions }, { asOf }), asOf);
  return explanations.map((explanation) => ({
    explanation,
    settlement: outcome.settlements.find((each) => each.couponNumber === explanation.couponNumber),
    seed,
  }));
}

let all: readonly Explained[] = [];
beforeAll(async () => {
  const nights: Explained[] = [];
  for (let seed = 0; seed < 100; seed++) nights.push(...(await explainNight(seed)));
  all = nights;
}, 120_000);

const named = ({ explanation, seed }: Explained): string => `night ${seed}, coupon ${explanation.couponNumber}`;
/** What the rule on the shop's record saw of the same group. */
const seenOf = ({ explanation }: Explained, { merchantId, amountYen }: ExplainedMerchant) =>
  explanation.rules
    .find((rule) => rule.id === 'shop-record')
    ?.findings.find((finding) => finding.about === `${merchantId} ${amountYen}`)?.seen ?? {};
const groups = () => all.flatMap((each) => each.explanation.shops.map((shop) => ({ each, shop })));

describe('the drawings of random nights', () => {
  test('show as many paired at most and at least as the rule has counted', () => {
    let differing = 0;
    for (const { each, shop } of groups()) {
      const seen = seenOf(each, shop);
      const paired = shop.pairings.map((pairing) => pairing.pairedOfGroup);
      if (!shop.covered) expect([seen.covered, paired], named(each)).toEqual([false, []]);
      else if (seen.paired_with_sales !== undefined) expect(paired, named(each)).toEqual([seen.paired_with_sales]);
      else {
        const counted = [...new Set([seen.paired_at_most, seen.paired_at_least])];
        expect(paired, named(each)).toEqual(counted);
        if (counted.length > 1) differing++;
      }
    }
    expect(differing).toBeGreaterThan(20);
  });

  test('pair what may be paired, each sale once, and as many payments either way', () => {
    for (const { each, shop } of groups()) {
      for (const { pairs, pairedOfGroup } of shop.pairings) {
        const used = pairs.shown.flatMap(({ sale }) => (sale === null ? [] : [sale.row.id]));
        expect(new Set(used).size, named(each)).toBe(used.length);
        for (const { payment, sale } of pairs.shown) {
          if (sale === null) continue;
          expect(sale.couponYen, named(each)).toBe(payment.amountYen);
          expect(['', payment.couponNumber], named(each)).toContain(sale.couponNumber);
        }
        const own = pairs.shown.filter(({ payment }) =>
          shop.payments.some((of) => of.payment.row.id === payment.row.id),
        );
        expect(own.filter(({ sale }) => sale !== null).length, named(each)).toBe(pairedOfGroup);
      }
      expect(new Set(shop.pairings.map((pairing) => pairing.pairedInAll)).size, named(each)).toBeLessThanOrEqual(1);
    }
  });

  test('show a bill that stands alone where the rule counted one, and bills that overlap where it could not tell', () => {
    const found = { sole: 0, overlapping: 0 };
    for (const { each, shop } of groups()) {
      const seen = seenOf(each, shop);
      for (const bill of shop.bills.shown) {
        expect(
          bill.payments.reduce((sum, payment) => sum + payment.amountYen, 0),
          named(each),
        ).toBe(bill.sale.couponYen);
        expect(bill.sole, named(each)).toBe(bill.sharedWith.count === 0);
      }
      const own = new Set(shop.payments.map(({ payment }) => payment.row.id));
      const inSole = shop.bills.shown.filter(({ sole }) => sole).flatMap(({ payments }) => payments);
      if (typeof seen.in_combined_bills === 'number') {
        expect(inSole.filter(({ row }) => own.has(row.id)).length, named(each)).toBe(seen.in_combined_bills);
        expect(
          shop.bills.shown.every(({ sole }) => sole),
          named(each),
        ).toBe(true);
        found.sole += seen.in_combined_bills;
      }
      if (seen.because === 'bills overlap') {
        expect(
          shop.bills.shown.some(({ sole }) => !sole),
          named(each),
        ).toBe(true);
        found.overlapping++;
      }
    }
    expect(found.sole).toBeGreaterThan(5);
    expect(found.overlapping).toBeGreaterThan(5);
  });
});

describe('the letters of random nights', () => {
  test('take the route that the run takes, and no other', () => {
    for (const each of all) {
      const { routes } = each.explanation;
      const taken = routes.filter(({ standing }) => standing === 'taken').map(({ route }) => route);
      expect(taken, named(each)).toEqual(each.settlement?.route === undefined ? [] : [each.settlement.route]);
      const waits = each.explanation.decisions.some(
        ({ reason, verdict }) =>
          ['CONTACT_CONFLICT', 'BANK_DETAILS'].includes(reason) && (verdict === 'open' || verdict === 'stale'),
      );
      expect(
        routes.some(({ standing }) => standing === 'waits'),
        named(each),
      ).toBe(waits);
    }
  });

  test('are what the schema says, and give an answer in both languages', () => {
    const coupons = all.map(({ explanation }) => explanation);
    expect(
      explanationsSchema.safeParse({ run: '', asOf: '', coupons, otherwise: null, originals: false }).error,
    ).toBeUndefined();
    const letterOf = { asOf: '2023-05-10T02:00:00+09:00', terms: KAGOSHIMA.terms };
    for (const each of all) {
      // No explanation is another than what its run has published.
      expect(each.explanation.publishedOtherwise, named(each)).toEqual([]);
      expect(each.explanation.answer.length, named(each)).toBeGreaterThan(0);
      for (const language of ['ja', 'en'] as const) {
        const letter = [...letterOn(each.explanation, letterOf, translateTo(language))].join('');
        expect(letter, named(each)).not.toMatch(/undefined|NaN|null|\[object|\{\w+\}|、、|\.\./);
      }
    }
  });

  test('say what is missing wherever a person is asked, and only there or where the holder has to act', () => {
    for (const each of all) {
      const { decisions, missing, status, reasons } = each.explanation;
      const open = decisions.some(({ verdict }) => verdict === 'open' || verdict === 'stale');
      const holder = status === 'awaiting_application' || reasons.includes('CLAIM_AWAITED');
      expect(missing.length > 0, named(each)).toBe(open || holder);
    }
  });
});
