import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { filesOf, program, ROOT, withFolder } from '../support/program.ts';

/** Windows-31J by turning the decoder round: every two-byte sequence and what it stands for. */
function toWindows31J(content: string): Buffer {
  const decoder = new TextDecoder('shift_jis');
  const codes = new Map<string, number[]>();
  for (let lead = 0x81; lead <= 0xfc; lead++) {
    for (let trail = 0x40; trail <= 0xfc; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if ([...character].length === 1 && character !== '\ufffd' && !codes.has(character))
        codes.set(character, [lead, trail]);
    }
  }
  const bytes = [...content].flatMap((character) => {
    const code = character.codePointAt(0) ?? 0;
    const pair =
      code < 0x80 ? [code] : code >= 0xff61 && code <= 0xff9f ? [code - 0xff61 + 0xa1] : codes.get(character);
    if (pair === undefined) throw new Error(`not in Windows-31J: ${character}`);
    return pair;
  });
  return Buffer.from(bytes);
}

const HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'issuance.csv': {
    coupon_number: 'クーポン番号',
    medium: '媒体',
    prefecture: '都道府県',
    face_yen: '額面',
    issued_at: '発行日時',
    expires_on: '有効期限',
    issuer_id: '発行店コード',
    travel_date: '旅行日',
    account_id: '会員ID',
    account_status: '会員状態',
    phone: '電話番号',
    email: 'メールアドレス',
  },
  'transactions.csv': {
    transaction_id: '取引番号',
    coupon_number: 'クーポン番号',
    occurred_at: '取引日時',
    kind: '取引種別',
    status: '状態',
    amount_yen: '金額',
    merchant_id: '加盟店コード',
    terminal_id: '端末番号',
    related_transaction_id: '元取引番号',
    funding: '原資',
  },
  'merchant_reports.csv': {
    report_id: '報告番号',
    merchant_id: '店舗コード',
    sold_at: '売上日時',
    total_yen: '合計金額',
    coupon_yen: 'クーポン額',
    cash_yen: '現金',
    other_yen: 'その他',
    coupon_number: 'クーポン番号',
    receipt_no: 'レシート番号',
  },
  'claims.csv': {
    claim_id: '申出番号',
    received_at: '受付日時',
    kind: '申出種別',
    coupon_number: 'お問合せ番号',
    expires_on: '有効期限',
    prefecture: '利用都道府県',
    merchant_id: '加盟店番号',
  },
  'applications.csv': {
    application_id: '申請番号',
    applied_at: '申請日時',
    coupon_number: 'お問い合わせ番号',
    prefecture: '都道府県',
    travel_date: '旅行日',
    name: '氏名',
    method: '受取方法',
    phone: '携帯番号',
    email: 'メール',
    bank_code: '銀行コード',
    branch_code: '支店コード',
    account_type: '預金種目',
    account_number: '口座番号',
    account_holder_kana: '口座名義（カナ）',
  },
};

const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  medium: { paper: '紙', app: 'アプリ' },
  account_status: { active: '有効', withdrawn: '退会' },
  kind: {
    charge: 'チャージ',
    payment: '決済',
    cancel: '取消',
    reinstatement: '戻入',
    double_charge: '二重決済',
    cash_and_deducted: '現金払い',
  },
  status: { completed: '完了', failed: '失敗', pending: '保留' },
  method: { points: 'ポイント', bank_transfer: '銀行振込' },
  account_type: { '1': '普通' },
  prefecture: { '46': '鹿児島県', '45': '宮崎県' },
};

const wide = (value: string): string =>
  value.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

function respelled(column: string, value: string): string {
  if (value === '') return '';
  const mapped = VALUES[column]?.[value];
  if (mapped !== undefined) return mapped;
  if (column.endsWith('_yen')) return `${wide(value)}円`;
  const instant = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)\+09:00$/.exec(value);
  if (instant !== null)
    return wide(`令和${Number(instant[1]) - 2018}年${Number(instant[2])}月${Number(instant[3])}日 ${instant[4]}`);
  if (['email', 'name', 'account_holder_kana'].includes(column)) return value;
  return wide(value);
}

/** The same night as a Japanese office machine would write it. */
function respell(name: string, content: string): Buffer {
  const rows: Record<string, string>[] = parse(content, { columns: true });
  const columns = Object.keys(rows[0] ?? {});
  const lines = [
    columns.map((column) => HEADERS[name]?.[column] ?? column),
    ...rows.map((row) => columns.map((column) => respelled(column, row[column] ?? ''))),
  ];
  return toWindows31J(`${lines.map((line) => line.join(',')).join('\r\n')}\r\n`);
}

test('the same night in Windows-31J with CRLF, Japanese headers and full-width digits gives byte-identical CSV files', () => {
  const night = join(ROOT, 'fixtures/outage-night');
  withFolder((folder) => {
    const other = join(folder, 'night');
    mkdirSync(other);
    for (const name of Object.keys(HEADERS))
      writeFileSync(join(other, name), respell(name, readFileSync(join(night, name), 'utf8')));
    const run = (from: string, out: string) => {
      const result = program([
        'run',
        '--issuance',
        join(from, 'issuance.csv'),
        '--transactions',
        join(from, 'transactions.csv'),
        '--merchant-reports',
        join(from, 'merchant_reports.csv'),
        '--claims',
        join(from, 'claims.csv'),
        '--applications',
        join(from, 'applications.csv'),
        '--as-of',
        '2023-05-10T02:00:00+09:00',
        '--out',
        join(folder, out),
        '--quiet',
      ]);
      expect(result).toEqual({ status: 0, stdout: '', stderr: '' });
      return Object.entries(filesOf(join(folder, out))).filter(([name]) => name.endsWith('.csv'));
    };
    const plain = run(night, 'plain');
    expect(plain.length).toBe(12);
    expect(run(other, 'respelled')).toEqual(plain);
    expect(readFileSync(join(folder, 'respelled', 'manifest.json'), 'utf8')).toContain('windows-31j');
  });
});
