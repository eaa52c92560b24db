import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { drained } from '../../../src/base/steps.ts';
import { orderFiles, yenOf } from '../../../src/disbursement/gift/bulk-order.ts';
import { type Gift, giftsOf } from '../../../src/disbursement/gift/gifts.ts';
import { DATE_FORMS, type Provider, providerSchema } from '../../../src/disbursement/gift/provider.ts';
import { payoutId } from '../../support/sending-run.ts';
import { HINODE, ORDERED_ON, payable, providerJson, SAKURA, termsOf, withSms } from './made-up.ts';

const giftsFor = (number: number, yen: number, provider: Provider = SAKURA, deliverTo = '09012345678') => {
  const given = giftsOf(payable({ payoutId: payoutId(number), amountYen: yen, deliverTo }), termsOf(provider));
  if ('unusable' in given) throw new Error(given.unusable);
  return given.gifts;
};
const filesOf = (sms: readonly (readonly Gift[])[], provider: Provider, mail: readonly (readonly Gift[])[] = []) =>
  drained(orderFiles({ sms, mail }, provider, ORDERED_ON));
const decoded = (bytes: Uint8Array, encoding: string): string =>
  new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);

describe('the file of an order', () => {
  test('is what the provider asks for: all quoted, CRLF, Windows-31J, a phone with hyphens', () => {
    const [file] = filesOf([giftsFor(1, 2000)], SAKURA);
    expect(file?.name).toBe('sakura-gift-sms-2023-05-10.csv');
    expect(decoded(file?.bytes ?? new Uint8Array(), 'shift_jis')).toBe(
      '"管理番号","携帯電話番号","商品コード","金額","数量","有効期限","差出人"\r\n' +
        `"${payoutId(1)}","090-1234-5678","SKR-SMS","2000","1","2023/07/31","鹿児島旅行クーポン事務局"\r\n`,
    );
  });

  // 2,000 yen are 20 units of 100.
  test('and of another one: units, international numbers, plain UTF-8 and LF', () => {
    const [file] = filesOf([giftsFor(1, 2000, HINODE)], HINODE);
    expect(decoded(file?.bytes ?? new Uint8Array(), 'utf-8')).toBe(
      'external_id,recipient_phone,campaign,units,deliver_on,expires_on\n' +
        `${payoutId(1)},+819012345678,HNDE-2023,20,2023-05-10,2023-07-31\n`,
    );
  });

  test('each channel has its own', () => {
    const mail = [giftsFor(2, 3000, SAKURA, 'taro@example.jp')];
    expect(filesOf([giftsFor(1, 2000)], SAKURA, mail).map(({ name }) => name)).toEqual([
      'sakura-gift-sms-2023-05-10.csv',
      'sakura-gift-mail-2023-05-10.csv',
    ]);
    expect(filesOf([], SAKURA)).toEqual([]);
  });

  const withForm = (changed: object): Provider => {
    const json = providerJson('hinode-points') as unknown as { channels: { sms: object } };
    Object.assign(json.channels.sms, changed);
    return providerSchema.parse(json);
  };
  test('has a byte order mark, or no first line, where the provider says so', () => {
    const marked = filesOf([giftsFor(1, 2000, HINODE)], withForm({ encoding: 'utf-8-bom' }));
    expect([...(marked[0]?.bytes.subarray(0, 3) ?? [])]).toEqual([0xef, 0xbb, 0xbf]);
    const bare = filesOf([giftsFor(1, 2000, HINODE)], withForm({ headerLine: false }));
    expect(decoded(bare[0]?.bytes ?? new Uint8Array(), 'utf-8')).toMatch(/^P0000000000000001,/);
  });

  // Whoever reads CSV finds the very cells again, quotes, commas and blanks at the edges among them.
  test('is read back as it was meant', () => {
    const constants = ['a,b', 'say "yes"', ' edge ', 'two\nlines', ''];
    const columns = [
      { header: 'id', from: 'key' },
      { header: 'to', from: 'contact' },
      { header: 'yen', from: 'amount_yen' },
      { header: 'payout', from: 'payout_id' },
      ...constants.map((constant, at) => ({ header: `c${at}`, constant })),
      ...DATE_FORMS.map((date) => ({ header: date, from: 'order_date', date })),
    ];
    for (const quotes of ['all', 'where needed']) {
      const [file] = filesOf([giftsFor(1, 2000, HINODE)], withForm({ columns, quotes }));
      const rows = parse(Buffer.from(file?.bytes ?? []), { from_line: 2 }) as string[][];
      expect(rows[0]).toEqual([
        ...[payoutId(1), '09012345678', '2000', payoutId(1)],
        ...constants,
        ...['2023-05-10', '2023/05/10', '2023/5/10', '20230510', '2023年5月10日'],
      ]);
    }
  });
});

// Written as any other: the metadata knows how numbers are parted that it does not know.
test('a number that is only trusted is written in every form', () => {
  const given = giftsOf(payable({ deliverTo: '09001234567' }), { ...termsOf(SAKURA), trustNumbers: true });
  const [file] = 'gifts' in given ? filesOf([given.gifts], SAKURA) : [];
  expect(decoded(file?.bytes ?? new Uint8Array(), 'shift_jis')).toContain('"090-0123-4567"');
});

describe('files are parted', () => {
  const three = [giftsFor(1, 25_000), giftsFor(2, 2000), giftsFor(3, 2000)];
  const keysIn = (file: { readonly mostRows?: number; readonly mostYen?: number }) =>
    filesOf(three, withSms({ file })).map(({ name, gifts }) => [name, gifts.length, yenOf(gifts)]);

  test('by rows, the gifts of a payout together, and numbered', () => {
    expect(keysIn({ mostRows: 4 })).toEqual([
      ['sakura-gift-sms-2023-05-10-01.csv', 4, 27_000],
      ['sakura-gift-sms-2023-05-10-02.csv', 1, 2000],
    ]);
    expect(keysIn({ mostRows: 3 }).map(([, rows]) => rows)).toEqual([3, 2]);
  });

  test('by yen, exactly as much as may be', () => {
    expect(keysIn({ mostYen: 27_000 }).map(([, , yen]) => yen)).toEqual([27_000, 2000]);
    expect(keysIn({ mostYen: 26_999 }).map(([, , yen]) => yen)).toEqual([25_000, 4000]);
  });

  test('not at all where nothing is said', () => {
    expect(keysIn({}).map(([, rows]) => rows)).toEqual([5]);
  });
});

test('a gift without the deadline that is to be written is a fault of whoever asks', () => {
  const gift = { ...(giftsFor(1, 2000)[0] as Gift), expiresOn: undefined };
  expect(() => filesOf([[gift]], SAKURA)).toThrow();
});
