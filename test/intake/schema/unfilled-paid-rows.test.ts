import { describe, expect, it } from 'vitest';
import { type Content, readTables, windows31j } from '../read-files.ts';

const ID = 'P32926c178d369526';
const HEADER = 'payout_id,route,amount_yen,coupons,not_before,status,sent_at';
const read = async (content: Content, reader: 'bytes' | 'csv-parse' = 'bytes') => {
  const { paid, rejects, files } = await readTables({ paid: content }, { reader });
  return {
    paid: paid.map(({ payoutId, couponNumber, status }) => `${payoutId} ${couponNumber} ${status}`),
    rejects: rejects.map(({ line, code, column }) => `${line} ${column} ${code}`),
    rowsRead: files[0]?.rowsRead,
    yenRead: files[0]?.yenRead,
    passedOver: files[0]?.passedOver,
  };
};
const row = (status: string, sentAt: string, id = ID) => `${id},app_url,2800,104,2023-04-01,${status},${sentAt}\n`;

describe.each(['bytes', 'csv-parse'] as const)('by %s, a row of a template', (reader) => {
  it.each([
    '',
    '　',
    '未送付',
    '未払い',
  ])('with the status "%s" and no date is not sent yet, and counts for none', async (status) => {
    expect(await read(`${HEADER}\n${row(status, '')}`, reader)).toEqual({
      paid: [],
      rejects: [],
      rowsRead: 0,
      yenRead: 0,
      passedOver: { unsent: 1 },
    });
  });

  it('that says what became of the payout is a paid row', async () => {
    const { paid, rejects, passedOver } = await read(`${HEADER}\n${row('支払済み', '2023/5/8')}`, reader);
    expect([paid, rejects, passedOver]).toEqual([[`${ID} 104 sent`], [], {}]);
  });

  // It may have been sent: whoever passed it over would send it again.
  it.each([
    ['', '2023/5/8', '2 status MISSING_VALUE'],
    ['送付済', '', '2 sent_at MISSING_VALUE'],
  ])('that says half of it (%s, %s) is rejected', async (status, sentAt, expected) => {
    const { rejects, passedOver } = await read(`${HEADER}\n${row(status, sentAt)}`, reader);
    expect([rejects, passedOver]).toEqual([[expected], {}]);
  });

  it('that names no payout is rejected', async () => {
    expect((await read(`${HEADER}\n${row('', '', '')}`, reader)).rejects).toEqual(['2 payout_id MISSING_VALUE']);
  });

  it('is read as spreadsheets save it: Windows-31J, CRLF, empty rows, a total, a quote at an odd place', async () => {
    const lines = [
      '支払ID,金額,クーポン番号,状態,支払日時,備考',
      `${ID},"2,800円",000000000208,送付済み,2023/5/8,"窓口 ""A"""`,
      `P79cd20d71ae0880a,"1,300",000000000307,,,`,
      ',,,,,',
      '　,,,,, ',
      '合計,"4,100",,,,2件',
      '',
    ];
    expect(await read(windows31j(lines.join('\r\n')), reader)).toEqual({
      paid: [`${ID} 000000000208 sent`],
      rejects: [],
      rowsRead: 1,
      yenRead: 2800,
      passedOver: { unsent: 1, empty: 2, total: 1 },
    });
  });
});

it('a total that says all that a row says is a row', async () => {
  const { paid, passedOver } = await read(`${HEADER}\n合計,app_url,2800,104,2023-04-01,sent,2023/5/8\n`);
  expect([paid, passedOver]).toEqual([['合計 104 sent'], {}]);
});

it('empty rows and totals of other files that are few count for none, whatever their commas; of a log they are rejected', async () => {
  const { files, rejects } = await readTables({
    decisions: 'review_id,evidence_hash,decision,decided_by,decided_at,note\n,,,\n合計,1件\n',
    transactions: 'transaction_id,coupon_number,occurred_at,kind,status,amount_yen,merchant_id\n,,,,,,\n',
  });
  expect(files.map(({ kind, rowsRead, passedOver }) => [kind, rowsRead, passedOver])).toEqual([
    ['transactions', 1, {}],
    ['decisions', 0, { empty: 1, total: 1 }],
  ]);
  expect(rejects.map(({ kind }) => kind)).toEqual(['transactions']);
});

describe('what became of a payout is said in the words of offices', () => {
  it.each([
    ['支払済み', 'sent'],
    ['送付済', 'sent'],
    ['振込済', 'sent'],
    ['受取済', 'received'],
    ['組戻', 'failed'],
    ['組戻し', 'failed'],
    ['不能', 'failed'],
    ['振込不能', 'failed'],
    ['期限切れ', 'expired'],
  ])('%s: %s', async (word, status) => {
    expect((await read(`${HEADER}\n${row(word, '2023-05-08 10:00')}`)).paid).toEqual([`${ID} 104 ${status}`]);
  });

  it('and another word is refused by the header of the file, with the words that are known', async () => {
    const { rejects } = await readTables({ paid: `支払ID,金額,状態,支払日時\n${ID},2800,たぶん,2023/5/8\n` });
    expect(rejects[0]?.what.ja).toMatch(
      /^状態 \(status\): 決められた値ではありません\(使える値: .*支払済み.*組戻.*\)$/,
    );
    expect(rejects[0]?.what.en).toMatch(/^状態 \(status\): not one of the values known here \(known: sent .*\)$/);
  });
});

it('a day alone is its first moment in Japan, so that what was sent that day counts as sent', async () => {
  const { paid } = await readTables(
    { paid: `${HEADER}\n${row('sent', '2023/5/8')}` },
    { asOf: '2023-05-08T00:00:01+09:00' },
  );
  expect(paid.map(({ disposition }) => disposition)).toEqual(['accepted']);
});

it.each(['5/8', '5月8日', '5/8 10:00', '5/8(月)'])('%s is refused, for it lacks the year', async (sentAt) => {
  const { rejects } = await readTables({ paid: `${HEADER}\n${row('sent', sentAt)}` });
  expect(rejects.map(({ code, column }) => `${column} ${code}`)).toEqual(['sent_at DATE_WITHOUT_YEAR']);
  expect(rejects[0]?.advice.ja).toContain('年も書いてください');
});
