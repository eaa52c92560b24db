import { describe, expect, test } from 'vitest';
import { answerOn } from '../../../src/audit/explain/answer-words.ts';
import type { EarlierPayment } from '../../../src/audit/explain/payment-history.ts';
import type { Text } from '../../../src/base/text.ts';
import type { Group } from '../../../src/pairing/groups.ts';
import {
  type GroundId,
  REASONS,
  REVIEW_REASONS,
  type ReasonCode,
  type ReviewReason,
  STATUSES,
  type Status,
} from '../../../src/policy/vocabulary.ts';
import { CHANNELS } from '../../../src/rules/channels/index.ts';
import type { PaidRow } from '../../../src/tables/tables.ts';
import { type Drawn, earlier, GROUP, payment, row, toldOf } from './told.ts';

const japanese = (drawn: Drawn): string =>
  answerOn(toldOf(drawn))
    .map(({ ja }) => ja)
    .join('');
const english = (drawn: Drawn): string =>
  answerOn(toldOf(drawn))
    .map(({ en }) => en)
    .join(' ');

const statuses = Object.keys(STATUSES) as Status[];
const reviewReasons = Object.keys(REVIEW_REASONS) as ReviewReason[];
const reasonCodes = Object.keys(REASONS) as ReasonCode[];
const ROUTES = [undefined, ...CHANNELS.map(({ id }) => id)];
const GROUNDS: readonly (readonly GroundId[])[] = [[], ['A'], ['B1'], ['B2'], ['A', 'B1'], ['A', 'B2']];
const STANDINGS: readonly EarlierPayment['standing'][] = [
  'made',
  'sent',
  'received',
  'expired',
  'failed',
  'contradicted',
];
const TOLD: Readonly<Record<EarlierPayment['standing'], readonly PaidRow[]>> = {
  made: [],
  sent: [row('sent', '2023-05-09T10:00:00+09:00')],
  received: [row('sent', '2023-05-09T10:00:00+09:00'), row('received', '2023-05-09T18:00:00+09:00')],
  expired: [row('sent', '2023-05-09T10:00:00+09:00'), row('expired', '2023-05-09T18:00:00+09:00')],
  failed: [row('failed', '2023-05-09T10:00:00+09:00')],
  contradicted: [row('received', '2023-05-09T10:00:00+09:00')],
};

/** Everything that a word of the vocabulary can lead to. */
function* everything(): Generator<Drawn> {
  for (const status of statuses)
    for (const grounds of GROUNDS)
      for (const route of ROUTES) {
        for (const reason of [...reasonCodes, undefined])
          for (const inCohort of [true, false])
            yield {
              status,
              grounds,
              reasons: reason === undefined ? [] : [reason],
              inCohort,
              ...(route === undefined ? {} : { route }),
            };
        for (const asked of reviewReasons)
          for (const verdict of ['open', 'stale', 'approve', 'reject'] as const)
            yield { status, grounds, reasons: [asked], asked, verdict, ...(route === undefined ? {} : { route }) };
        for (const standing of STANDINGS)
          yield {
            status,
            grounds,
            payments: [earlier('failed', route, ...TOLD.failed), earlier(standing, route, ...TOLD[standing])],
            ...(route === undefined ? {} : { route }),
          };
      }
}

describe('what is read out', () => {
  // Whoever calls knows no code, no clause and no shop's number, and hears neither digits nor dashes.
  const FORBIDDEN: readonly (readonly [string, RegExp])[] = [
    ['a code', /[A-Z_]{3,}|[a-z]_[a-z]/],
    ['a ground by its letter', /[(（][AB][①②)）]|\([AB]\)/],
    ['a date in figures', /\d{4}[-/]\d/],
    ['a sum that is not grouped', /\d{4,}(円| yen)/],
    ['the number of a shop, a row, an id', /M00309|CL0000003|\bT\d|P0123|\bP1\b|R-/],
    ['nothing', /undefined|NaN|null|\[object| {2}/],
  ];
  const isPolite = /(です|ます|ました|ません|でした|ください|ございませんか|決定\)|」です|日\))。$/;

  test('has no code, no letter, no date in figures and no digits in a row, whatever has come of the coupon', () => {
    const told = new Set<string>();
    let count = 0;
    for (const drawn of everything()) {
      count++;
      for (const sentence of answerOn(toldOf(drawn))) {
        told.add(sentence.ja);
        for (const words of [sentence.ja, sentence.en]) {
          const spoken = words.replaceAll('regionPAY', 'it');
          for (const [what, pattern] of FORBIDDEN)
            if (pattern.test(spoken)) expect.unreachable(`${what}: ${words} (${JSON.stringify(drawn)})`);
        }
        if (!isPolite.test(sentence.ja)) expect.unreachable(`not polite: ${sentence.ja}`);
        if (!/^[A-Z0-9].*\.$/.test(sentence.en)) expect.unreachable(`no sentence: ${sentence.en}`);
      }
    }
    // So many combinations, and not all of them told alike.
    expect(count).toBeGreaterThan(20_000);
    expect(told.size).toBeGreaterThan(80);
  });

  test('begins with the yen that are paid, and says when and how: a bank transfer from 15 May on', () => {
    const drawn: Drawn = { status: 'payable', grounds: ['A'], route: 'bank_transfer' };
    expect(japanese(drawn)).toMatch(/^お支払い額は3,000円です。5月15日以降に、ご申請の口座にお振り込みする予定です。/);
    expect(japanese(drawn)).toContain('内訳は、3月31日時点の残高2,000円と、誤って引き落とされた1,000円です。');
    expect(english(drawn)).toMatch(/^You will be paid 3,000 yen\. It will be sent from 15 May on, by transfer /);
  });

  test('never says paid of what was only ordered, nor that it was sent', () => {
    const later: Drawn = { status: 'settled', grounds: ['A'], payments: [earlier('made', 'bank_transfer')] };
    expect(japanese(later)).toContain('2,000円は、5月15日以降に、ご申請の口座にお振り込みする予定です。');
    const now: Drawn = { ...later, payments: [earlier('made', 'app_url')] };
    expect(japanese(now)).toContain('5月8日に手続きをしており');
    expect(japanese(now)).toContain('お送りしたという記録は、まだ届いておりません。');
    for (const drawn of [later, now, { ...later, payments: [earlier('made', undefined)] }]) {
      expect(japanese(drawn)).not.toMatch(/お支払い済み|お送りしました|お振り込みしました|支払って/);
      expect(english(drawn)).not.toMatch(/been paid|was sent on/);
    }
  });

  test('says what was sent, when and how, what did not arrive, and that it was sent again', () => {
    const drawn: Drawn = {
      status: 'settled',
      grounds: ['A'],
      payments: [
        earlier('failed', 'app_url', ...TOLD.failed),
        earlier(
          'received',
          'bank_transfer',
          row('sent', '2023-05-16T10:00:00+09:00'),
          row('received', '2023-05-17T10:00:00+09:00'),
        ),
      ],
      asOf: '2023-05-20T02:00:00+09:00',
    };
    expect(japanese(drawn)).toContain(
      '2,000円をお支払い済みです。2,000円については、5月9日に、アプリにご登録の連絡先に、受取サイトのご案内をお送りしましたが、お届けできませんでした。2,000円については、5月16日に改めて、ご申請の口座にお振り込みしました。お受け取りの記録もございます(5月17日)。',
    );
  });

  test('of a rejection says what was found, when it was decided and who can say why', () => {
    const drawn: Drawn = {
      status: 'not_eligible',
      asked: 'UNSUPPORTED_PAYMENT',
      verdict: 'reject',
      reasons: ['UNSUPPORTED_PAYMENT'],
    };
    expect(japanese(drawn)).toMatch(
      /^お店への確認の結果、二重のお支払いとは認められませんでした\(5月8日決定\)。決定の理由につきましては、事務局がお答えします。補償の対象とならないため/,
    );
    // A single payment cannot have been charged twice.
    const single = { ...GROUP, payments: [payment(0)] } as unknown as Group;
    expect(japanese({ ...drawn, group: single })).toMatch(
      /^お店への確認の結果、クーポンとは別にお支払いになったものとは認められませんでした\(5月8日決定\)。/,
    );
    expect(english(drawn)).toContain('(decided on 8 May)');
    expect(japanese(drawn)).not.toMatch(/佐藤|店に確認/);
    const named = { ...drawn, namesDecider: true };
    expect(japanese(named)).toContain('決定したのは佐藤です。理由は「店に確認」です。');
  });

  test('says what is missing and from whom, and so many yen that wait for it', () => {
    expect(
      japanese({ status: 'in_review', grounds: ['A'], asked: 'INDETERMINATE', reasons: ['INDETERMINATE'] }),
    ).toMatch(
      /^確認が済むまで、お支払いを保留しております。結果が不明な決済が1件あり、regionPAYに確認する必要があります。確認中の金額は1,317円です。/,
    );
    expect(japanese({ status: 'in_review', asked: 'CLAIM_MISMATCH' })).toContain(
      '有効期限が、お申し出(2月23日)と記録(2月24日)で異なります。',
    );
    expect(japanese({ status: 'awaiting_application', grounds: ['A'] })).toMatch(
      /^お支払い額は3,000円です。お送り先が未登録のため、お手続きをお待ちしております。/,
    );
    expect(japanese({ status: 'awaiting_claim', grounds: ['B2'], reasons: ['CLAIM_AWAITED'], claims: [] })).toMatch(
      /^お申し出をいただけましたら、1,317円について確認のうえお手続きします。/,
    );
    expect(japanese({ status: 'used_up', grounds: ['A'] })).toBe(
      '3月31日までに全額ご利用済みのため、お支払いする残額はございません。',
    );
  });

  test('says the year once it is another than that of the outage', () => {
    expect(japanese({ status: 'used_up', grounds: ['A'], asOf: '2024-01-10T02:00:00+09:00' })).toContain(
      '2023年3月31日までに',
    );
  });
});

test('each sentence is told in both languages', () => {
  const all: Text[] = [];
  for (const drawn of everything()) all.push(...answerOn(toldOf(drawn)));
  expect(all.filter(({ ja, en }) => ja === '' || en === '' || /[ぁ-ん]/.test(en))).toEqual([]);
});
