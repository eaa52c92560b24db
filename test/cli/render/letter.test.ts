import { describe, expect, test } from 'vitest';
import type { Explanation } from '../../../src/audit/explain/explanation.ts';
import { letterOn } from '../../../src/cli/render/letter.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import {
  type Answer,
  apply,
  applyForBank,
  cancel,
  claim,
  issue,
  issueToApp,
  type Night,
  paid,
  pay,
  reinstate,
  report,
  runAnswered,
  sale,
} from '../../settlement/tables.ts';
import { explainRun } from '../../support/explain-tables.ts';

const AS_OF = '2023-05-10T02:00:00+09:00';

async function explain(
  night: Night,
  {
    answers = {},
    asOf = AS_OF,
    coupon = 'C1',
  }: { answers?: Record<string, Answer>; asOf?: string; coupon?: string } = {},
): Promise<Explanation> {
  const { explanations } = await explainRun(await runAnswered(night, answers, { asOf }), asOf, [coupon]);
  const [explanation] = explanations;
  if (explanation === undefined) throw new Error('nothing was explained');
  return explanation;
}

const english = (texts: readonly { readonly en: string }[]): string => texts.map(({ en }) => en).join(' ');
/** What is read out, and the grounds that stand below it. */
const told = ({ answer, because }: Explanation): string => english([...answer, ...because]);
const letter = (explanation: Explanation): string =>
  [...letterOn(explanation, { asOf: AS_OF, terms: KAGOSHIMA.terms }, translateTo('en'))].join('');

describe('the routes', () => {
  const bad = { account_holder_kana: 'ＱＺ' };
  const unreachable = { phone: '0991234567', email: '' };
  const twoPhones = (options = {}) => [
    issueToApp('C1', { account_id: 'A', ...options }),
    issueToApp('C2', { account_id: 'A', phone: '09099999999' }),
  ];
  const together = (coupons: number) =>
    Array.from({ length: coupons }, (_, place) => issueToApp(`C${place + 1}`, { account_id: 'A' }));
  const cases: readonly (readonly [string, Night, Record<string, Answer>, readonly string[]])[] = [
    ['nothing at hand', { issuance: [issue('C1')] }, {}, ['not possible', 'not possible', 'not possible']],
    [
      'the app, with an application for points that is not needed',
      { issuance: [issueToApp('C1')], applications: [apply('P1', 'C1')] },
      {},
      ['not possible', 'taken', 'not needed'],
    ],
    [
      'the bank, before the app',
      { issuance: [issueToApp('C1')], applications: [applyForBank('P1', 'C1')] },
      {},
      ['taken', 'not needed', 'not possible'],
    ],
    [
      'bank details that cannot be right',
      { issuance: [issueToApp('C1')], applications: [applyForBank('P1', 'C1', bad)] },
      {},
      ['waits', 'not sought', 'not possible'],
    ],
    [
      'bank details that a person passed over',
      { issuance: [issueToApp('C1')], applications: [applyForBank('P1', 'C1', bad)] },
      { BANK_DETAILS: 'approve' },
      ['passed over', 'taken', 'not possible'],
    ],
    [
      'bank details that a person rejected',
      { issuance: [issueToApp('C1')], applications: [applyForBank('P1', 'C1', bad)] },
      { BANK_DETAILS: 'reject' },
      ['rejected', 'not sought', 'not possible'],
    ],
    [
      'two phones on one account',
      { issuance: twoPhones(), applications: [apply('P1', 'C1')] },
      {},
      ['not possible', 'waits', 'not sought'],
    ],
    [
      'two phones, though the bank is taken already',
      { issuance: twoPhones(), applications: [applyForBank('P1', 'C1')] },
      {},
      ['taken', 'not needed', 'not possible'],
    ],
    [
      'an account that is too many people\u2019s',
      { issuance: together(51), applications: [apply('P1', 'C1')] },
      {},
      ['not possible', 'waits', 'not sought'],
    ],
    [
      'an account that is too many people\u2019s, passed over',
      { issuance: together(51), applications: [apply('P1', 'C1')] },
      { SHARED_ACCOUNT: 'approve' },
      ['not possible', 'passed over', 'taken'],
    ],
    [
      'an account of as many coupons as one person may have',
      { issuance: together(50), applications: [apply('P1', 'C1')] },
      {},
      ['not possible', 'taken', 'not needed'],
    ],
    [
      'an account whose holder has left',
      { issuance: [issueToApp('C1', { account_status: 'withdrawn' })], applications: [apply('P1', 'C1')] },
      {},
      ['not possible', 'not possible', 'taken'],
    ],
    [
      'a landline, and an application that cannot be reached either',
      { issuance: [issueToApp('C1', unreachable)], applications: [apply('P1', 'C1', unreachable)] },
      {},
      ['not possible', 'not possible', 'not possible'],
    ],
    [
      'nothing to pay',
      { issuance: [issueToApp('C1')], paid: [paid('X1', 'C1', 2000)] },
      {},
      ['not possible', 'not sought', 'not possible'],
    ],
    [
      'a payment of unknown outcome',
      { issuance: [issueToApp('C1')], transactions: [pay('T1', 'C1', '18:00:00', 500, { status: 'pending' })] },
      {},
      ['not possible', 'not sought', 'not possible'],
    ],
    [
      'a payment of unknown outcome, rejected',
      { issuance: [issueToApp('C1')], transactions: [pay('T1', 'C1', '18:00:00', 500, { status: 'pending' })] },
      { INDETERMINATE: 'reject' },
      ['not possible', 'not sought', 'not possible'],
    ],
  ];

  test.each(cases)('%s', async (_, night, answers, standings) => {
    const { routes } = await explain(night, { answers });
    expect(routes.map(({ route }) => route)).toEqual(['bank_transfer', 'app_url', 'application_url']);
    expect(routes.map(({ standing }) => standing)).toEqual(standings);
  });

  test.each([
    ['no application was made', 0, { issuance: [issue('C1')] }, {}],
    ['the coupon was not charged to the app', 1, { issuance: [issue('C1')] }, {}],
    [
      'the holder of account A-C1 has left the app',
      1,
      { issuance: [issueToApp('C1', { account_status: 'withdrawn' })] },
      {},
    ],
    ['account A-C1 has neither a mobile number nor', 1, { issuance: [issueToApp('C1', unreachable)] }, {}],
    ['the application has neither', 2, { issuance: [issue('C1')], applications: [apply('P1', 'C1', unreachable)] }, {}],
    [
      'no application asks for a transfer (application P1 asks for points)',
      0,
      { issuance: [issue('C1')], applications: [apply('P1', 'C1')] },
      {},
    ],
    [
      'no application asks for points (application P1 asks for a transfer)',
      2,
      { issuance: [issue('C1')], applications: [applyForBank('P1', 'C1')] },
      {},
    ],
    [
      'application P1 was out of time',
      0,
      { issuance: [issue('C1')], applications: [apply('P1', 'C1', { applied_at: '2023-05-01 00:00' })] },
      {},
    ],
    [
      'names another prefecture',
      2,
      { issuance: [issue('C1')], applications: [apply('P1', 'C1', { prefecture: '45' })] },
      {},
    ],
    [
      'which application stands is not decided',
      2,
      { issuance: [issue('C1')], applications: [apply('P1', 'C1'), apply('P2', 'C1', { phone: '09088888888' })] },
      {},
    ],
    [
      'a person has rejected the applications',
      2,
      { issuance: [issue('C1')], applications: [apply('P1', 'C1'), apply('P2', 'C1', { phone: '09088888888' })] },
      { COMPETING_APPLICATIONS: 'reject' },
    ],
    ['waits for a person: account A has contacts that differ', 1, { issuance: twoPhones() }, {}],
    [
      'passed over by a person’s decision: account A has',
      1,
      { issuance: twoPhones() },
      { CONTACT_CONFLICT: 'approve' },
    ],
    [
      'a person has decided against paying: account A has',
      1,
      { issuance: twoPhones() },
      { CONTACT_CONFLICT: 'reject' },
    ],
  ] as readonly (readonly [
    string,
    number,
    Night,
    Record<string, Answer>,
  ])[])('say: %s', async (says, at, night, answers) => {
    const { routes } = await explain(night, { answers });
    expect(routes[at]?.says.en).toContain(says);
  });

  test.each([
    ['a person has to look', {}],
    ['the holder is waited for', { NO_CONTACT: 'approve' }],
    ['a person has decided against paying', { NO_CONTACT: 'reject' }],
  ] as const)('where there is nowhere to send it: %s', async (says, answers) => {
    const explanation = await explain({ issuance: [issueToApp('C1', unreachable)] }, { answers });
    expect(letter(explanation)).toContain(`There is nowhere to send it`);
    expect(letter(explanation)).toContain(says);
  });

  test.each([
    ['not sent before a person decides', {}],
    ['a person has decided not to send it', { PAST_RECEIVE_BY: 'reject' }],
    ['sent to the contact registered with account A-C1', { PAST_RECEIVE_BY: 'approve' }],
  ] as const)('after the receiving deadline: %s', async (says, answers) => {
    const { routes } = await explain({ issuance: [issueToApp('C1')] }, { answers, asOf: '2023-06-10T02:00:00+09:00' });
    expect(routes[1]).toMatchObject({ standing: 'taken', says: { en: expect.stringContaining(says) } });
  });
});

describe('the payments beside the sales', () => {
  test('of a busy till are shown in part, and the others counted', async () => {
    const others = Array.from({ length: 19 }, (_, at) => `D${at}`);
    const explanation = await explain({
      issuance: ['C1', ...others].map((coupon) => issue(coupon)),
      transactions: ['C1', ...others].map((coupon, at) => pay(`T${at}`, coupon, `18:00:${10 + at}`)),
      sales: Array.from({ length: 14 }, (_, at) => sale(`S${at}`, `18:05:${10 + at}`, 500)),
    });
    const [shop] = explanation.shops;
    expect([shop?.rivals.shown.length, shop?.rivals.count]).toEqual([12, 19]);
    expect([shop?.payments[0]?.sales.shown.length, shop?.payments[0]?.sales.count]).toEqual([12, 14]);
    expect(
      shop?.pairings.map(({ pairs }) => [pairs.shown[0]?.payment.row.id, pairs.shown.length, pairs.count]),
    ).toEqual([
      ['tx:T0', 12, 20],
      ['tx:T0', 12, 20],
    ]);
    expect(english(shop?.says ?? [])).toContain('of the payments concerned each gives 14 a sale');
    expect(letter(explanation)).toMatch(/and 2 more[\s\S]*and 7 more[\s\S]*and 8 more/);
  });

  test('say that a sale cannot be taken away where fewer would be paired in all', async () => {
    const explanation = await explain({
      issuance: [issue('C1'), issue('C2')],
      transactions: [pay('T1', 'C1', '18:00:00'), pay('T2', 'C2', '18:20:00')],
      sales: [sale('S1', '18:10:00', 500), sale('S2', '18:40:00', 500)],
    });
    // T1 can only have S1, T2 either: both are paired only if T1 has S1.
    expect(english(explanation.shops[0]?.says ?? [])).toBe(
      'For 1 payment there is 1 sale to choose from. 1 other payment could have it too. In every best pairing this payment has a sale: to take it away would leave more payments without a sale in all.',
    );
  });

  test('say that two payments of three can have a sale where the third sale is out of reach of all but one', async () => {
    const explanation = await explain({
      issuance: [issue('C1')],
      transactions: [pay('T1', 'C1', '18:00:00'), pay('T2', 'C1', '18:01:00'), pay('T3', 'C1', '19:00:00')],
      sales: [sale('S1', '18:02:00', 500), sale('S2', '19:01:00', 500), sale('S3', '19:02:00', 500)],
    });
    expect(english(explanation.shops[0]?.says ?? [])).toBe(
      'For 3 payments there are 3 sales to choose from. No other payment could have one of them. As the times lie, the best pairings pair 2 of 3; whichever is taken, one payment stays without a sale.',
    );
  });

  test('tell two best pairings of several payments apart by the sale that changes hands', async () => {
    const explanation = await explain({
      issuance: [issue('C1'), issue('C2')],
      transactions: [
        pay('T1', 'C1', '18:00:00'),
        pay('T2', 'C1', '18:01:00'),
        pay('T3', 'C2', '18:02:00'),
        // Hours before, and so none of the payments concerned.
        pay('T0', 'C2', '12:00:00'),
      ],
      sales: [sale('S0', '12:01:00', 500), sale('S1', '18:05:00', 500), sale('S2', '18:06:00', 500, { names: 'C1' })],
    });
    const [shop] = explanation.shops;
    expect(shop?.pairings.map(({ pairedOfGroup, pairedInAll }) => [pairedOfGroup, pairedInAll])).toEqual([
      [2, 2],
      [1, 2],
    ]);
    expect(english(shop?.says ?? [])).toMatch(
      /Of these 2 the one pairs 2, the other 1\. In one, sale S1 goes to T[12], in the other to T3 \(coupon C2\)\./,
    );
  });

  const billed = (sales: Night['sales'], ...more: readonly Record<string, string | number>[]): Night => ({
    issuance: [issue('C1'), issue('C2'), issue('C3')],
    transactions: [pay('T1', 'C1', '18:00:00', 400), pay('T2', 'C2', '18:00:20', 600), ...more],
    sales: sales ?? [],
  });

  test('are explained by one bill, where only one adds up', async () => {
    const { shops } = await explain(billed([sale('S1', '18:01:00', 1000)]));
    expect(english(shops[0]?.says ?? [])).toContain(
      'Sale S1 with 1,000 yen by coupon is exactly 400 of T1 + 600 of T2 (coupon C2). Nothing else adds up',
    );
    expect(shops[0]?.bills).toMatchObject({ count: 1, shown: [{ sole: true, sharedWith: { count: 0 } }] });
  });

  test('are not, where another payment would fit the same bill', async () => {
    const explanation = await explain(billed([sale('S1', '18:01:00', 1000)], pay('T3', 'C3', '18:00:40', 600)));
    expect(english(explanation.shops[0]?.says ?? [])).toContain(
      'but there is 1 other way to use the same sale or payments. For one, sale S1 with 1,000 yen by coupon is exactly 400 of T1 + 600 of T3 (coupon C3).',
    );
    expect(explanation.shops[0]?.bills).toMatchObject({ count: 2, shown: [{ sole: false }, { sole: false }] });
  });

  test('name whom a bill is shared with, where the coupon has no other', async () => {
    const night = billed([sale('S1', '18:01:00', 1000)], pay('T3', 'C3', '18:00:40', 600));
    const explanation = await explain(night, { coupon: 'C2' });
    expect(explanation.shops[0]?.bills.count).toBe(1);
    expect(letter(explanation)).toMatch(/shares its sale or a payment with\n +sale:S1 .*tx:T1 .*tx:T3 /);
  });

  test('name a few of those whom a bill is shared with, and count the others', async () => {
    const thirds = Array.from({ length: 5 }, (_, at) => pay(`U${at}`, `D${at}`, '18:00:40', 400));
    const night = billed([sale('S1', '18:01:00', 1000)], ...thirds);
    const explanation = await explain(
      { ...night, issuance: [...night.issuance, ...thirds.map((_, at) => issue(`D${at}`))] },
      { coupon: 'D0' },
    );
    expect(explanation.shops[0]?.bills.shown[0]?.sharedWith).toMatchObject({ count: 5, shown: [{}, {}, {}] });
    expect(letter(explanation)).toContain('          and 2 more');
  });

  test('lie before a sale, after it or at the same moment', async () => {
    const explanation = await explain({
      issuance: [issue('C1')],
      transactions: [pay('T1', 'C1', '18:00:00')],
      sales: [sale('S1', '17:55:00', 500), sale('S2', '18:00:00', 500), sale('S3', '18:01:30', 500)],
    });
    expect(explanation.shops[0]?.payments[0]?.sales.shown.map(({ apartSeconds }) => apartSeconds)).toEqual([
      -300, 0, 90,
    ]);
    expect(letter(explanation)).toMatch(/\(5 min earlier\)[\s\S]*\(at the same moment\)[\s\S]*\(1 min 30 s later\)/);
  });

  test('are too many at once to look for bills', async () => {
    const others = Array.from({ length: 26 }, (_, at) => `D${at}`);
    const explanation = await explain({
      issuance: ['C1', ...others].map((coupon) => issue(coupon)),
      transactions: ['C1', ...others].map((coupon, at) => pay(`T${at}`, coupon, `18:00:${10 + at}`)),
      sales: [report()],
    });
    expect(english(explanation.shops[0]?.says ?? [])).toContain('Too many payments without a sale lie close together');
  });

  test('are not told apart where the bills would leave none for the sale of its own', async () => {
    // T1 and T2 each make up a bill with another coupon, and one of them must have S1 all the same.
    const explanation = await explain({
      issuance: [issue('C1'), issue('C2'), issue('C3')],
      transactions: [
        pay('T1', 'C1', '18:00:00', 400),
        pay('T3', 'C2', '18:00:10', 600),
        pay('T2', 'C1', '18:25:00', 400),
        pay('T4', 'C3', '18:25:10', 700),
      ],
      sales: [sale('S1', '18:12:00', 400, { names: 'C1' }), sale('S2', '18:01:00', 1000), sale('S3', '18:26:00', 1100)],
    });
    expect(explanation.rules.find(({ id }) => id === 'shop-record')?.findings[0]?.seen.because).toBe('bill or sale');
    expect(english(explanation.shops[0]?.says ?? [])).toContain('If that bill is taken as it stands');
  });

  test('cannot be held against a report that is missing, whether or not one follows another', async () => {
    const at = (second: string): Night => ({
      issuance: [issue('C1')],
      transactions: [pay('T1', 'C1', '18:00:00'), pay('T2', 'C1', second)],
    });
    const says = async (second: string) => english((await explain(at(second))).shops[0]?.says ?? []);
    expect(await says('18:10:00')).toContain('1 payment came within 600 seconds of the one before.');
    expect(await says('18:10:01')).toBe(
      'There is no sales report of that day from M1, so nothing can be held against it.',
    );
  });

  test('cannot be held against a report of which a row was set aside, and the row is named', async () => {
    const explanation = await explain({
      issuance: [issue('C1')],
      transactions: [pay('T1', 'C1', '18:00:00')],
      sales: [sale('S1', '18:01:00', 500), { ...sale('S2', '19:00:00', 900), total_yen: '-900' }],
    });
    expect(english(explanation.shops[0]?.says ?? [])).toBe(
      'Rows of the sales report of that day from M1 cannot be used (sale S2: total_yen: not whole yen of 0 or more). Without all of its sales nothing can be held against it.',
    );
  });
});

describe('claims to have paid otherwise', () => {
  const claimants = (...bills: readonly string[]): Night => ({
    issuance: ['C1', 'C2', 'C3'].map((coupon) => issue(coupon)),
    transactions: [
      pay('T1', 'C1', '18:00:00'),
      pay('T2', 'C2', '18:05:00'),
      // Of another amount, so that its claim is about other bills.
      pay('T3', 'C3', '18:05:00', 700),
    ],
    sales: [report(), ...bills.map((at, index) => sale(`S${index}`, at, 500, { coupon: 0 }))],
    claims: ['C1', 'C2', 'C3'].map((coupon) => claim(`K-${coupon}`, coupon, 'cash_and_deducted')),
  });

  test.each([
    ['more claims than bills', ['18:02:00'], 'and there are not enough for all: whose they are', ['C2']],
    ['a bill for each', ['18:02:00', '18:03:00'], '1 other claim fits the same, but in every best pairing one', ['C2']],
    ['more bills than are told', Array(13).fill('18:02:00'), 'nameless bills fit. In every best pairing one is', []],
    ['no bill', [], 'but no nameless bill fits', []],
    // The first lies within half an hour of T1 only, the second of T2 only.
    ['bills apart', ['17:31:00', '18:31:00'], 'a nameless bill fits: S0. No other claim fits the same.', []],
  ])('are weighed against those of others: %s', async (_, bills, says, rivals) => {
    const explanation = await explain(claimants(...bills));
    expect(english(explanation.shops[0]?.says ?? [])).toContain(says);
    expect(explanation.shops[0]?.rivalClaims.map(({ couponNumber }) => couponNumber)).toEqual(rivals);
    expect(letter(explanation).includes('Other claims that fit the same bills')).toBe(rivals.length > 0);
  });

  test('are told of nobody who has not called', async () => {
    const { claims: _, ...silent } = claimants('18:02:00');
    const { shops } = await explain(silent);
    expect(english(shops[0]?.says ?? [])).not.toContain('paid otherwise');
    expect(shops[0]?.paidOtherwise.count).toBe(1);
  });
});

describe('the answer', () => {
  const answer = async (...given: Parameters<typeof explain>) => told(await explain(...given));
  const cash: Night = {
    issuance: [issueToApp('C1', { expires_on: '2023-02-25' })],
    transactions: [pay('T1', 'C1', '18:00:00', 500)],
    sales: [sale('S1', '18:05:00', 500, { coupon: 0, names: 'C1' })],
  };

  test.each([
    [
      'You will be paid 2,000 yen. It will be sent, as a link to the receiving site, to the contact registered in the app. It has to be received by 31 May.',
      { issuance: [issueToApp('C1')] },
      {},
    ],
    ['2,000 yen is due to you, but we do not know where to send it', { issuance: [issue('C1')] }, {}],
    ['less 500 yen that was ordered before', { issuance: [issueToApp('C1')], paid: [paid('X1', 'C1', 500)] }, {}],
    [
      'You have been paid 2,000 yen. 2,000 yen was sent on 3 April. Nothing else is due.',
      { issuance: [issueToApp('C1')], paid: [paid('X1', 'C1', 2000)] },
      {},
    ],
    [
      'All of it was spent by 31 March, so there is no balance left to pay',
      { issuance: [issueToApp('C1')], transactions: [pay('T1', 'C1', '2023-03-10 12:00', 2000)] },
      {},
    ],
    ['The coupon can be used until 31 March', { issuance: [issueToApp('C1')] }, { asOf: '2023-03-01T00:00:00+09:00' }],
    [
      'The coupon was extended to 26 February and can be used. If 1 yen or more is left',
      { issuance: [issueToApp('C1')] },
      { asOf: '2023-02-25T00:00:00+09:00' },
    ],
    ['Please call about 500 yen: once you have, we check it and see to it.', cash, {}],
    ['But nobody has called about (B) yet', cash, {}],
    ['was deducted although the shop’s record has a bill', cash, {}],
    [
      '500 yen have been put back already',
      { ...cash, transactions: [...(cash.transactions ?? []), reinstate('R1', 'C1', '2023-03-10 10:00', 500, 'T1')] },
      {},
    ],
    [
      'The coupon can be used until its own expiry on 10 April',
      {
        ...cash,
        issuance: [issueToApp('C1', { expires_on: '2023-04-10' })],
        claims: [claim('K1', 'C1', 'cash_and_deducted', { expires_on: '2023-04-10' })],
      },
      { asOf: '2023-04-05T00:00:00+09:00' },
    ],
    [
      'The payment is on hold',
      { issuance: [issueToApp('C1')], transactions: [pay('T1', 'C1', '18:00:00', 500, { status: 'pending' })] },
      {},
    ],
    [
      'There is 1 payment of unknown outcome, and regionPAY has to be asked. 2,000 yen is waiting for it.',
      { issuance: [issueToApp('C1')], transactions: [pay('T1', 'C1', '18:00:00', 500, { status: 'pending' })] },
      {},
    ],
    [
      'The payment of unknown outcome was looked into, and nothing can be paid (decided on 24 February). It was decided by tester',
      { issuance: [issueToApp('C1')], transactions: [pay('T1', 'C1', '18:00:00', 500, { status: 'pending' })] },
      { answers: { INDETERMINATE: 'reject' } },
    ],
    [
      'Nothing is due, but there is something to look into.',
      { issuance: [issueToApp('C1', { expires_on: '2023-02-23' })], paid: [paid('X1', 'C1', 500)] },
      {},
    ],
    [
      'There is an application, but nothing for which it could be paid.',
      { issuance: [issue('C1', { expires_on: '2023-02-23' })], applications: [apply('P1', 'C1')] },
      {},
    ],
    [
      'A person has decided that (B) applies',
      { ...cash, sales: [report()] },
      { answers: { UNSUPPORTED_PAYMENT: 'approve' } },
    ],
    [
      'It is not (B): it made no payment during the outage',
      { issuance: [issue('C1', { face_yen: 500 })], transactions: [pay('T1', 'C1', '2023-02-25 12:00', 500)] },
      {},
    ],
    [
      'It is not (A): the balance was 0 yen',
      { issuance: [issue('C1', { face_yen: 500 })], transactions: [pay('T1', 'C1', '2023-02-25 12:00', 500)] },
      {},
    ],
    [
      'Of 2 payments during the outage, 1 was cancelled. It is not (B): the shop’s sales account for the rest.',
      {
        issuance: [issue('C1', { expires_on: '2023-02-25' })],
        transactions: [
          pay('T1', 'C1', '18:00:00'),
          pay('T2', 'C1', '18:01:00'),
          cancel('T3', 'C1', '18:02:00', 500, 'T2'),
        ],
        sales: [sale('S1', '18:00:30', 500)],
      },
      {},
    ],
  ] as readonly (readonly [
    string,
    Night,
    NonNullable<Parameters<typeof explain>[1]>,
  ])[])('says: %s', async (says, night, options) => {
    expect(await answer(night, options)).toContain(says);
  });

  test('does not call a ground what a person granted on a question that is no longer asked', async () => {
    const double: Night = {
      ...cash,
      transactions: [pay('T1', 'C1', '18:00:00'), pay('T2', 'C1', '18:00:05')],
      sales: [sale('S1', '18:01:00', 500)],
      claims: [claim('K1', 'C1', 'double_charge', { expires_on: '2023-02-25' })],
    };
    expect(await answer(double, { answers: { UNSUPPORTED_PAYMENT: 'approve' } })).not.toContain('A person has decided');
  });
});

// As in summaries: who reads a letter aloud must not count digits.
test('sums are grouped wherever a letter counts them', async () => {
  const explanation = await explain({
    issuance: [issue('C1', { face_yen: '12000' })],
    transactions: [pay('T1', 'C1', '18:00:00', 10500)],
    sales: [sale('S1', '18:00:00', 10500)],
  });
  const says = letter(explanation);
  expect(says).toContain('Issued: 12,000 yen');
  expect(says).toContain('payment −10,500  → 1,500 yen');
  expect(says).toContain('Balance 1,500 yen; wrongly deducted 0 yen');
  expect(says).toContain('1 payment of 10,500 yen at M1');
  expect(says).toContain('balance (yen) 1,500;');
  const japanese = [...letterOn(explanation, { asOf: AS_OF, terms: KAGOSHIMA.terms }, translateTo('ja'))].join('');
  expect(japanese).toContain('発行: 12,000円');
  expect(japanese).toContain('M1 での 10,500円の決済 1 件');
});

describe('the rules', () => {
  test('say in words what of a claim does not fit', async () => {
    const explanation = await explain({
      issuance: [issue('C1')],
      claims: [claim('K1', 'C1', 'double_charge', { expires_on: '2023-01-01' })],
    });
    expect(letter(explanation)).toContain('what does not fit expiry, shop;');
  });

  test('name those that have nothing to judge', async () => {
    const silent = letter(await explain({ issuance: [issue('C1')] })).match(
      /nothing to judge on this coupon: (.*)/,
    )?.[1];
    expect(silent).toContain('The shop’s record; Cash plus deduction (B①)');
    expect(silent).not.toContain('Residual balance');
  });
});

describe('a coupon that is no case', () => {
  test.each([
    ['its issuance rows contradict each other', [issue('C1'), issue('C1', { face_yen: 1000 })], 'C1'],
    ['it was not yet issued at the as-of', [issue('C1', { issued_at: '2023-06-01 10:00' })], 'C1'],
    ['its issuance row could not be read; see rejects.csv', [issue('C0'), issue('C1', { face_yen: '12.5' })], 'C1'],
    ['no issuance row has this number', [issue('C1')], 'C9'],
    ['its prefecture is 45, not 46', [issue('C1', { prefecture: '45' })], 'C1'],
    ['whose coupons are on paper: this one is in the app', [issue('C1', { medium: 'app' })], 'C1'],
  ] as const)('is told why: %s', async (why, issuance, coupon) => {
    const explanation = await explain({ issuance: [...issuance] }, { coupon });
    expect(letter(explanation)).toContain(`There is no case, because ${explanation.noCase?.en}.`);
    expect(explanation.answer[0]?.en).not.toMatch(/because its issuance|as-of|rejects/);
    expect(explanation.noCase?.en).toContain(why);
    expect(letter(explanation)).not.toContain('Rule by rule');
  });
});

describe('decisions', () => {
  const night: Night = {
    issuance: [issueToApp('C1')],
    transactions: [pay('T1', 'C1', '18:00:00', 500, { status: 'pending' })],
  };

  test.each([
    ['not decided yet', {}, 1],
    ['approved  24 February 2023 00:00:00', { INDETERMINATE: 'approve' }, 0],
    ['rejected  24 February 2023 00:00:00', { INDETERMINATE: 'reject' }, 0],
    ['decided, but on other facts: to be decided again', { INDETERMINATE: 'stale' }, 1],
  ] as const)('are told: %s', async (says, answers, missing) => {
    const explanation = await explain(night, { answers });
    expect(letter(explanation)).toContain(`→ ${says}`);
    expect(letter(explanation).includes('holds the payment')).toBe(missing > 0);
    expect(explanation.missing.length).toBe(missing);
  });
});
