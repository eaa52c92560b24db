import { describe, expect, test } from 'vitest';
import { readZenginJson, readZenginText } from '../../../src/cli/render/zengin-read-text.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';
import { readZengin } from '../../../src/disbursement/zengin/read.ts';
import { writeZengin } from '../../../src/disbursement/zengin/write.ts';
import { fileOf, transfer } from '../../disbursement/zengin/transfer-files.ts';

const READ = readZengin(writeZengin(fileOf([transfer()]), 'crlf'));

describe('a file in clear', () => {
  test('shows everything but the account numbers', () => {
    expect(readZenginText(READ, translateTo('ja'))).toBe(`種別 21 委託者 0123456789 ｶｺﾞｼﾏｹﾝ ｶﾝｺｳｶ 取組日 05-17
  0185 ｶｺﾞｼﾏ 100 ﾁﾕｳｵｳ 普通 *****54
1. 3,500円 ﾔﾏﾀﾞ ﾊﾅｺ P0123456789abcdef
  9900 ﾕｳﾁﾖ 058 ｾﾞﾛｺﾞﾊﾁ 普通 *****67
合計 1 件、3,500円
レコード 4 件、改行 CRLF
長さ・文字・順序・合計: 一致
`);
    const json = JSON.stringify(readZenginJson(READ));
    expect(json).toContain('"payoutId":"P0123456789abcdef"');
    expect(json).not.toContain('1234567"');
  });

  test('of another program, and a broken one, is shown as far as it goes', () => {
    const bytes = writeZengin(fileOf([transfer()]), 'none');
    bytes.set(new TextEncoder().encode('INV-1            '), 120 + 91);
    bytes[120 + 80] = 0x41;
    expect(readZenginText(readZengin(bytes), translateTo('en'))).toContain(`1. A000003500 ﾔﾏﾀﾞ ﾊﾅｺ INV-1
  9900 ﾕｳﾁﾖ 058 ｾﾞﾛｺﾞﾊﾁ ordinary *****67
in all 1 transfers, 3,500 yen
4 records, nothing between
2 faults
  record 2 (from byte 200) amount: is no number
  record 3 (from byte 240): the total amount is not that of its data records
`);
  });
});
