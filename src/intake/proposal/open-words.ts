import { looksLikeHeader } from '../schema/header-names.ts';
import { normalised } from '../values/identifiers.ts';

/**
 * Cells that can be shown, and written into a profile: those of which all is words that tables are made of, names of ways to
 * pay, or a code of two digits. Anything else may be somebody\u2019s name.
 */

const MORE_WORDS = [
  '地域 全国 旅行 支援 電子マネー 電子 マネー 交通系 商品券 金券 ギフト券 売上 売り上げ 返品 返金 両替 預り 釣銭準備 準備 中間 精算 通常 銀行振込 口座振込 二重 重複 普通 当座 貯蓄 完了 成功 失敗 保留 エラー 不成立 処理中 未確定 戻入 付与 アプリ 退会 済み あり なし 組戻 組戻し 返戻 不能 取り下げ 取下げ 引かれた 引き落とされた 引落 払った 支払った 払い 後払い 前払い 一括 分割 リボ 対象 課税 10% 8% 率',
  'visa mastercard master jcb amex diners discover paypay linepay merpay aupay d払い 楽天ペイ 楽天 楽天edy auPAY メルペイ quicpay id suica pasmo waon nanaco edy icoca alipay wechatpay wechat unionpay 銀聯 コード決済 qr バーコード regionpay e-money emoney',
  'success succeeded complete ok ng fail declined pending hold chargeback chargebacks coupon coupons redeemed purchase cash other normal topup sales return returned voided ordinary current savings double withdrawn active yes no true false',
]
  .flatMap((words) => words.split(' '))
  .sort((a, b) => b.length - a.length);

const LONGEST = 40;

/** Whether all of a cell is such words. */
export function isOpenWord(cell: string): boolean {
  const word = normalised(cell);
  if (word === '' || word.length > LONGEST) return false;
  if (/^\d{1,2}$/.test(word) || looksLikeHeader(word)) return true;
  const parts = word.split(moreWords());
  const isRest = (part: string): boolean => !/^[\s_/・()[\]:#.&+%-]*$/.test(part);
  const isTelling = parts.some(isRest) || (word.match(moreWords()) ?? []).some((each) => each.length > 1);
  const isMade = (part: string, at: number): boolean =>
    !isRest(part) || isMadeOfHeaders(part.replace(/^[\s(]+|[\s)]+$/g, ''), at === 0);
  return isTelling && parts.every(isMade);
}

/** With what joins words: `銀行口座へ`, `アプリのポイント`. Nothing but that, at the beginning, may be a name. */
function isMadeOfHeaders(part: string, isFirst: boolean): boolean {
  if (looksLikeHeader(part)) return true;
  const bare = part.replace(/^[のへにでもをがと]/, '').replace(/(?:でも|[のへにでもをがと])$/, '');
  return bare === part ? false : bare === '' ? !isFirst && part.length === 1 : looksLikeHeader(bare);
}

let pattern: RegExp | undefined;

/** Words of Latin letters are whole ones. */
function moreWords(): RegExp {
  pattern ??= new RegExp(MORE_WORDS.map(wholeWord).join('|'), 'gi');
  return pattern;
}

function wholeWord(word: string): string {
  const escaped = word.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&');
  return /[a-z]$/i.test(word) ? `(?<![a-z])${escaped}(?![a-z])` : escaped;
}
