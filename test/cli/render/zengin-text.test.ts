import { describe, expect, test } from 'vitest';
import { dayNumber } from '../../../src/base/instants.ts';
import { text } from '../../../src/base/text.ts';
import { type ToldTransfers, transfersJson, transfersText } from '../../../src/cli/render/zengin-text.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';
import type { ToSend } from '../../../src/disbursement/to-send.ts';
import { transfer } from '../../disbursement/zengin/transfer-files.ts';

const waiting = (payoutId: string, route = 'bank_transfer'): ToSend => ({
  payoutId,
  route,
  recipient: 'bank:0185-100-1-0123456',
  deliverTo: 'ヤマダ ハナコ',
  amountYen: 1,
  couponCount: 1,
  coupons: [],
  notBefore: dayNumber(2023, 6, 1),
  receiveBy: undefined,
  madeAt: '',
});
const TOLD: ToldTransfers = {
  outcome: 'written',
  fileSha256: 'abc',
  file: 'z.txt',
  ordersFile: 'runs/orders.csv',
  lineEnd: 'none',
  directoryDate: '2026-08-24',
  transferDate: dayNumber(2023, 5, 17),
  rows: [waiting('P1', 'app_url')],
  payerNotices: [text('支店コードが一覧にない', 'the branch is unknown')],
  prepared: {
    transfers: [transfer({ amountYen: 1_000_000 })],
    unusable: [
      { payoutId: 'P2', reasons: [{ field: text('受取人名', 'account holder'), what: text('空', 'is empty') }] },
    ],
    alreadyOrdered: [
      { payoutId: 'P3', route: 'bank_transfer', amountYen: 5, orderedAt: '2023-05-16', file: 'y.txt', fileSha256: 'x' },
    ],
    notYetDue: [waiting('P4')],
    lapsed: [waiting('P5')],
    notices: [{ payoutId: 'P6', what: text('名前が変わった', 'was renamed') }],
  },
};

describe('what was ordered', () => {
  test('is told with everything that was left out, and why', () => {
    expect(transfersText(TOLD, translateTo('ja'))).toBe(`振込指定日 2023-05-17: 1 件、1,000,000円
書き出しました: z.txt
  SHA-256 abc
振込依頼の控え: runs/orders.csv
銀行振込でない支払: 1 件
まだ送れない振込(2023-06-01 から): 1 件
前に振込依頼に入れたため除いた: 1 件
  P3: 2023-05-16 y.txt
受取期限を過ぎたため除いた: 1 件
  P5
書けないため除いた: 1 件
  P2: 受取人名: 空
  P6: 名前が変わった
  依頼人の口座: 支店コードが一覧にない
銀行・支店コードは 2026-08-24 の一覧で照合。一覧にないもの・名前が変わったものも除いていません
`);
  });

  test('says where nothing was to be sent, or the file was there', () => {
    const { prepared } = TOLD;
    const nothing = { ...TOLD, outcome: 'nothing to send', prepared: { ...prepared, transfers: [] } } as const;
    expect(transfersText(nothing, translateTo('en'))).toMatch(/^nothing to transfer on 2023-05-17; no file was made\n/);
    expect(transfersText({ ...TOLD, outcome: 'unchanged' }, translateTo('en'))).toContain(
      'the same file as before: z.txt',
    );
  });

  test('and neither way names anybody', () => {
    const all = [transfersText(TOLD, translateTo('en')), JSON.stringify(transfersJson(TOLD))].join();
    for (const personal of ['ヤマダ', 'ﾔﾏﾀﾞ', '1234567', '0123456']) expect(all).not.toContain(personal);
    expect(transfersJson(TOLD)).toMatchObject({
      count: 1,
      totalYen: 1_000_000,
      notYetDue: { count: 1, from: '2023-06-01' },
    });
  });
});
