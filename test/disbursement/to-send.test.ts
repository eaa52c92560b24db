import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dayNumber } from '../../src/base/instants.ts';
import { drained } from '../../src/base/steps.ts';
import { readToSend } from '../../src/disbursement/to-send.ts';
import { sha256 } from '../../src/publish/hash.ts';
import { withFolder } from '../support/program.ts';

const HEADER = 'payout_id,route,recipient,deliver_to,amount_yen,coupon_count,coupons,not_before,receive_by,made_at,due';
const BANK =
  'P0123456789abcdef,bank_transfer,bank:0185-001-1-0123456,ヤマダ ハナコ,3500,2,000000000102 000000000103,2023-05-15,,2023-05-10T02:00:00+09:00,later';
const APP =
  'P00000000000000aa,app_url,account:A1,08000000001,2000,1,000000000104,2023-04-17,2023-07-31,2023-05-10T02:00:00+09:00,now';

const read = (content: string, recorded = sha256(content)) =>
  withFolder((folder) => {
    writeFileSync(join(folder, 'to_send.csv'), content);
    return drained(readToSend(folder, recorded));
  });

describe('to_send.csv', () => {
  test('is read row by row, in its order', () => {
    expect(read(`${HEADER}\n${BANK}\n${APP}\n`)).toEqual({
      rows: [
        {
          payoutId: 'P0123456789abcdef',
          route: 'bank_transfer',
          recipient: 'bank:0185-001-1-0123456',
          deliverTo: 'ヤマダ ハナコ',
          amountYen: 3500,
          couponCount: 2,
          coupons: ['000000000102', '000000000103'],
          notBefore: dayNumber(2023, 5, 15),
          receiveBy: undefined,
          madeAt: '2023-05-10T02:00:00+09:00',
        },
        expect.objectContaining({ payoutId: 'P00000000000000aa', receiveBy: dayNumber(2023, 7, 31) }),
      ],
    });
  });

  test('may have no row', () => expect(read(`${HEADER}\n`)).toEqual({ rows: [] }));

  test('that is not there is told as that', () => {
    withFolder((folder) => expect(drained(readToSend(folder, sha256('')))).toEqual({ unreadable: 'missing' }));
  });

  test('that somebody has edited is not read', () => {
    const before = `${HEADER}\n${BANK}\n`;
    expect(read(before.replace('3500', '9500'), sha256(before))).toEqual({ unreadable: 'altered' });
  });

  test.each([
    ['other columns', `${HEADER},more\n`],
    ['an amount that is none', `${HEADER}\n${BANK.replace('3500', '3.5')}\n`],
    ['a date that there is not', `${HEADER}\n${BANK.replace('2023-05-15', '2023-02-30')}\n`],
    ['a deadline that is none', `${HEADER}\n${APP.replace('2023-07-31', 'July')}\n`],
    ['one payout twice', `${HEADER}\n${BANK}\n${BANK}\n`],
    ['no recipient', `${HEADER}\n${BANK.replace('bank:0185-001-1-0123456', '')}\n`],
    ['a row too short', `${HEADER}\nP1,bank_transfer\n`],
  ])('with %s is no such table', (_, content) => {
    expect(read(content)).toEqual({ unreadable: 'damaged' });
  });
});
