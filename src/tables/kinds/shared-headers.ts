/** Headers of columns that several inputs have. */
export const COUPON_HEADERS = 'クーポン番号 お問合せ番号 お問い合わせ番号 問合せ番号 地域クーポン番号';
export const PREFECTURE_HEADERS = '都道府県 都道府県コード 利用都道府県';
export const MERCHANT_HEADERS = '加盟店ID 加盟店コード 加盟店番号 店舗ID 店舗コード';
export const PHONE_HEADERS = '電話番号 携帯番号 携帯電話番号 電話';
export const EMAIL_HEADERS = 'メールアドレス メール Eメール';
