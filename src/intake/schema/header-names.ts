import { shapeOf } from '../../policy/personal-data.ts';
import { INPUT_KINDS } from '../../tables/tables.ts';
import { LAYOUTS } from './layouts.ts';

/**
 * A file's first line may be a person's data: a title with a name, or a bank's record without a header. So a name of a
 * column that is not known here is shown only where all of it is made of words that headers are made of, and the line holds
 * nothing that no header holds; of anything else its shape.
 */

/** What headers are made of, beside those that are known (layouts.ts): longer words first. */
const WORDS =
  '支払い詳細項目 支払い方法 お問い合わせ お問合せ タイムスタンプ クレジットカード クレジット レシート サービス カテゴリー カテゴリ グループ ブランド ポイント クーポン ステータス コード メッセージ メモ メール アドレス アカウント アプリ ユーザー スタッフ レジ センター バージョン フラグ タイプ モード チャネル キャンペーン プラン データ ファイル シリアル セッション リクエスト エラー テーブル オプション ギフト チップ キャッシュバック キャッシュレス キャッシュ チャージ トランザクション オーダー ' +
  'カード フリガナ ふりがな ヨミガナ よみがな 営業 処理 回答 送信 返信 欄 起算 ご お 様 円 取引 取消 取り消し 取消し 返品 返金 決済 支払い 支払 支払方法 入金 出金 振込 送金 送付 受取 受領 受付 申請 申込 申出 登録 更新 作成 発行 発券 利用 使用 有効 無効 期限 期間 開始 終了 完了 確定 予定 請求 精算 会計 売上 販売 購入 注文 予約 旅行 宿泊 手数料 手数料率 加盟店 店舗 店名 屋号 会社 法人 事業者 支店 本店 銀行 金融機関 口座 預金 種目 名義 名義人 カナ 氏名 名前 姓 名 住所 郵便番号 都道府県 市区町村 電話 携帯 連絡先 会員 顧客 客 端末 番号 種別 種類 区分 方法 手段 状態 結果 内容 詳細 項目 備考 摘要 金額 合計 小計 総額 総計 税抜 税込 税率 税額 消費税 内消費税 内税 外税 課税 非課税 値引き 値引 割引 割引額 現金 釣銭 預り金 預かり 残高 残額 額面 券面 原資 財源 資金 単価 数量 個数 点数 人数 件数 回数 通貨 商品 品名 品目 明細 伝票 領収書 控え 帳票 日時 日付 年月日 時刻 時間 曜日 年 月 日 時 分 秒 回 行 号 順 連番 通番 枝番 ID 元 内 外 他 自 先 者 店 券 額 率 数 料 税 計 印 性別 年齢 生年月日 媒体 判断 決定 根拠 理由 担当 担当者 責任者 部署 承認 却下 確認 審査 証拠 ハッシュ';
const ENGLISH_WORDS =
  'account address agency amount app application applied approved at balance bank batch bill birth branch brand business by cancel cancelled card cash category center change channel charge city claim code comment company completed count country coupon created credit currency customer data date day debit decided decision deleted delivery description destination detail details device dining discount discounts email end entry error event evidence expires expiry face failed family fee fees file finished first flag for free from funding gift given gross group guest hash holder hour id in included index invoice issued issuer item items journal kana key kind last line list location log mail medium member memo merchant message method mid minute mobile mode modified month name net new no note notes number of off on open option order original other out paid pan partial party pay payment payout phone plan point points pos postal prefecture price processed product profile purchase qty quantity rate reason receipt received receiver reference refund refunds register related report result review row sale sales second sent serial service session settled shop sold source square staff start state status store sub subtotal suffix sum tax taxes tel tender terminal text ticket time tid timestamp tip to total transaction txn travel type unit update updated url used user uuid valid value version void voided week withdrawn year yen zip zone collected methods charges';

interface Vocabulary {
  readonly headers: ReadonlySet<string>;
  /** Longer words first. */
  readonly japanese: readonly string[];
  readonly english: ReadonlySet<string>;
}

let known: Vocabulary | undefined;

/** Put together when a header is first met that no layout knows: most files hold none. */
function vocabulary(): Vocabulary {
  if (known !== undefined) return known;
  const headers = new Set(
    INPUT_KINDS.flatMap((kind) => LAYOUTS[kind].columns.flatMap(({ name, headers }) => [name, ...headers])),
  );
  const japanese = [...new Set([...WORDS.split(' '), ...headers])]
    .map((word) => word.normalize('NFKC'))
    .filter((word) => !/^[\x20-\x7e]*$/.test(word))
    .sort((a, b) => b.length - a.length);
  known = { headers, japanese, english: new Set(ENGLISH_WORDS.split(' ')) };
  return known;
}
/** Words of one sign alone could be a name, or part of one: among them one must be longer, and one that nobody is called. */
const isTelling = (word: string): boolean => word.length > 1 && !NAMES.test(word);
const NAMES = /^(?:kana|カナ|bill|brand|day|free|gross|guest|holder|key|kind|price|sale|tender|tip)$/i;

/** Joints between words. */
const JOINTS = /^[\s_/・()[\]{}:#.&+,-]+/;
/** What counts columns of one name. */
const COUNTER = /(?<!\d)\d{1,2}$/;
/** Words in capitals within words: `PosID`, `transactionId`, `PAN`. */
const ENGLISH_WORD = /^(?:[A-Z]+(?![a-z])|[A-Z]?[a-z]+)/;
const LONGEST_HEADER = 60;

/** Whether all of a text, after NFKC, is words of headers. */
export function looksLikeHeader(header: string): boolean {
  if (header === '' || header.length > LONGEST_HEADER) return false;
  if (vocabulary().headers.has(header)) return true;
  let rest = header.replace(COUNTER, '').replace(JOINTS, '');
  let isTold = false;
  while (rest !== '') {
    const word = wordAt(rest);
    if (word === undefined) return false;
    isTold ||= isTelling(word);
    rest = rest.slice(word.length).replace(JOINTS, '');
  }
  return isTold;
}

function wordAt(rest: string): string | undefined {
  const english = ENGLISH_WORD.exec(rest)?.[0];
  if (english !== undefined) return vocabulary().english.has(english.toLowerCase()) ? english : undefined;
  return vocabulary().japanese.find((word) => rest.startsWith(word));
}

/** Beside lengths that no header has: what addresses, numbers and dates hold, and a line end inside quotes. */
const IN_DATA = /@|\p{Nd}{4}|[\p{Cc}\u2028\u2029]/u;

/**
 * Whether a first line holds, beside the headers that are known, something that is none: its line end was lost, half of it is a
 * row, or a quote in it closes rows further down. What else stands there is then as likely a person\u2019s.
 */
export const holdsData = (unknown: readonly string[]): boolean =>
  unknown.some((header) => header.length > LONGEST_HEADER || IN_DATA.test(header));

/**
 * Headers as they can be shown, by their columns: those that are known; of the others those that look like headers, where the
 * line holds no data; of all else the number of the column and the shape. @param headers after NFKC
 */
export function shownHeaders(headers: readonly string[], isKnown: (header: string) => boolean): readonly string[] {
  const hidesAll = holdsData(headers.filter((header) => !isKnown(header)));
  return headers.map((header, index) => {
    if (isKnown(header)) return header;
    const isShown = !hidesAll && looksLikeHeader(header);
    return isShown ? header.replace(/\s+/g, ' ') : `<${index + 1}: ${shapeOf(header)}>`;
  });
}
