import { expect, it } from 'vitest';
import { sendingSections } from '../../../src/cli/render/sending-text.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';
import type { SendingCounts } from '../../../src/publish/summary.ts';

const NONE = { count: 0, yen: 0 };
const NOTHING: SendingCounts = {
  toSend: { now: { ...NONE, routes: {} }, later: { ...NONE, routes: {} } },
  sent: NONE,
  received: NONE,
  expired: NONE,
  failed: NONE,
  resent: NONE,
  notResent: NONE,
  conflicting: NONE,
  ofOlderVersions: NONE,
  gone: NONE,
  deadline: { days: 7, lapsing: { toSend: NONE, sent: NONE }, lapsed: { toSend: NONE, sent: NONE } },
};
const told = (sending: SendingCounts, language: 'ja' | 'en') =>
  sendingSections({ sending }, (label, count, yen) => `${label}: ${count} / ${yen}`, translateTo(language));

it('says that nothing is to be sent, and is silent about what was never made and what does not lapse', () => {
  expect(told(NOTHING, 'ja')).toEqual(['■ これから送るもの  今 0 件 0円、後日 0 件 0円(to_send.csv)', '', '']);
  expect(told(NOTHING, 'en')).toEqual([
    '■ To be sent: now 0 payouts of 0 yen, later 0 payouts of 0 yen (to_send.csv)',
    '',
    '',
  ]);
});

it('tells failed payouts apart from sent ones, with what was paid again of them', () => {
  const sending: SendingCounts = {
    ...NOTHING,
    toSend: {
      now: { count: 1, yen: 4300, routes: { app_url: { count: 1, yen: 4300 } } },
      later: { count: 1, yen: 2000, routes: { bank_transfer: { count: 1, yen: 2000 } } },
    },
    sent: { count: 10, yen: 22_101 },
    failed: { count: 2, yen: 4300 },
    resent: { count: 1, yen: 1300 },
    notResent: { count: 1, yen: 3000 },
    deadline: {
      days: 7,
      lapsing: { toSend: { count: 1, yen: 4300 }, sent: NONE },
      lapsed: { toSend: NONE, sent: { count: 10, yen: 22_101 } },
    },
  };
  expect(told(sending, 'ja')).toEqual([
    '■ これから送るもの  今 1 件 4,300円、後日 1 件 2,000円(to_send.csv)\n今 アプリ登録先に URL を送付: 1 / 4300\n後日 銀行振込: 1 / 2000',
    '■ これまでの支払いのその後\n送付済み(受取の知らせはまだ): 10 / 22101\n失敗(届かなかったもの): 2 / 4300\n  うち 同じクーポンを別の支払いで払い直したもの: 1 / 1300\n  うち まだ払い直していないもの: 1 / 3000',
    '■ 受取期限\n  7日以内に受取期限が来る: まだ送っていないもの 1 件 4,300円\n  受取期限を過ぎた: 送ったが受取の知らせがないもの 10 件 22,101円',
  ]);
  expect(told(sending, 'en')[2]).toBe(
    '■ Deadlines\n  to be received within 7 days, not sent yet: 1 payout of 4,300 yen\n  past the day by which it must be received, sent and not known to be received: 10 payouts of 22,101 yen',
  );
});
