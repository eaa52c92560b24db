import { type Text, text } from '../base/text.ts';
import { isTheBalance } from './compensation.ts';
import type { Terms } from './terms.ts';
import { anyOf, firstReading, isExtendedAlike, mediumWords, readAfter, type Wording } from './wording.ts';

export type ReadingId =
  | 'R1'
  | 'R2'
  | 'R3'
  | 'R4'
  | 'R5'
  | 'R6'
  | 'R7'
  | 'R8'
  | 'R9'
  | 'R10'
  | 'R11'
  | 'R12'
  | 'R13'
  | 'R14'
  | 'R15'
  | 'R16';

/** Where the text of the notice leaves a choice: what we chose (1-notice.md, "Readings"). Worded as clauses are. */
export interface Reading<Says extends Wording = Text> {
  readonly id: ReadingId;
  readonly says: Says;
}

const reading = (id: ReadingId, ja: string, en: string): Reading => ({ id, says: text(ja, en) });

const readingBy = (id: ReadingId, says: (terms: Terms) => Text): Reading<Wording> => ({ id, says });

/** Where the days are not those of all coupons. */
function twoBalances(terms: Terms): Text {
  const first = firstReading(terms);
  return text(
    `残高は二度見る。対象かどうかは${first.ja}、支払額は最後の延長の終わり。それぞれの日は有効期限による。`,
    `Two balances: whether it is covered is read at ${first.en}, how much at the end of the last extension. Both days go by the expiry.`,
  );
}

export const READINGS: readonly Reading<Wording>[] = [
  reading(
    'R1',
    '分で書かれた時刻はその 1 分を丸ごと含む。時刻はすべて日本時間。',
    'A bound given to the minute includes the whole minute; every instant is read in Japan Standard Time.',
  ),
  readingBy('R2', (terms) => {
    const { own } = mediumWords(terms);
    const expiry = anyOf(terms.cohorts.map((_, place) => text(`{originalExpiry${place}}`, `{originalExpiry${place}}`)));
    return text(
      `(A) は${own.ja}の有効期限がちょうど ${expiry.ja}${terms.cohorts.length === 1 ? ' ' : ''}のクーポンだけ。`,
      `Only coupons whose ${own.en} expiry is exactly ${expiry.en} are in (A).`,
    );
  }),
  readingBy('R3', (terms) => {
    if (terms.cohorts.length > 1 || !isExtendedAlike(terms)) return twoBalances(terms);
    const first = readAfter(terms) === 'expiry' ? '{originalExpiry0}' : '{firstExtension0}';
    return text(
      `残高は二度見る。対象かどうかは ${first} の終わり、支払額は {secondExtension} の終わり。`,
      `Two balances: whether it is covered is read at the end of ${first}, how much at the end of {secondExtension}.`,
    );
  }),
  readingBy('R4', (terms) =>
    isTheBalance(terms)
      ? text(
          '(B) のクーポンは丸ごと延長する。戻し入れた分だけでなく期限時点の残高すべてを払う。',
          'A (B) coupon is extended whole: all of its balance at the cut-off is paid, not only what was put back.',
        )
      : text(
          '(B) のクーポンは丸ごと延長する。戻し入れた分だけでなく期限時点の残高すべてについて、(A) と同じ割合・額で払う。',
          'A (B) coupon is extended whole: what is paid is told by all of its balance at the cut-off, as under (A), not only by what was put back.',
        ),
  ),
  reading(
    'R5',
    '延長で期限が短くなることはない。もっと長く使えるクーポンの扱いは人が決める。',
    'An extension never shortens; what is due for a coupon that lives longer is for a person to decide.',
  ),
  reading(
    'R6',
    'クーポンと現金の併用は普通。(B)① には「クーポンなしで払われた」という店の記録が要る(±{matchToleranceMinutes} 分)。',
    'Coupon plus cash on one bill is normal; (B)① needs the shop\u2019s record of the bill paid without the coupon (within {matchToleranceMinutes} minutes).',
  ),
  reading(
    'R7',
    '同額の買物が二度あるのは普通。(B)② には店の売上が決済より少ないことと、間隔が {repeatPressGapSeconds} 秒以内であることが要る。',
    'Two equal purchases are normal; (B)② needs fewer coupon sales than payments, at most {repeatPressGapSeconds} seconds apart.',
  ),
  reading(
    'R8',
    '機械が決めるのは、最善の突合せのどれを採っても同じになることだけ。',
    'The machine decides only what every best pairing agrees on; otherwise a person does.',
  ),
  reading('R9', '期限が書かれていなければ期限はない。', 'No stated deadline, no deadline.'),
  reading('R10', '受取人ひとりに支払いひとつ。', 'One recipient, one payout.'),
  reading('R11', '自分で買ったポイントは補償ではない。', 'Points a user bought are not compensation.'),
  reading(
    'R12',
    '戻入は取消ではない。延長は続き、一度戻した分を重ねて戻すことはない。',
    'Putting back is not undoing: the coupon stays extended, and what was put back is not put back again.',
  ),
  readingBy('R13', ({ receiveBy }) =>
    receiveBy === undefined
      ? text(
          '事務局の遅れを利用者の失効にしない。受取の期限がないので、送るのが遅すぎることもない。',
          'The office\u2019s delay is not the citizen\u2019s: without a deadline for receiving nothing is sent too late.',
        )
      : text(
          '事務局の遅れを利用者の失効にしない。受取期限を過ぎた未送付分は人が決める。',
          'The office\u2019s delay is not the citizen\u2019s: what was not sent by the receiving deadline is a question for a person.',
        ),
  ),
  reading(
    'R14',
    '店の報告は、売上が一件でもある日についてその日の全売上とみなす。',
    'A shop\u2019s report is its whole journal for the dates on which it has at least one sale.',
  ),
  readingBy('R15', ({ mostCouponsPerAccount }) =>
    mostCouponsPerAccount === undefined
      ? text(
          'アカウントは一人のもの。クーポンが何枚付いていても、そう見る。',
          'An account is one person, however many coupons it has.',
        )
      : text(
          'アカウントは一人のもの。{mostCouponsPerAccount} 枚より多くのクーポンが付いたアカウントには送らず、人が確かめる(承認すれば次の送り先を探す)。',
          'An account is one person. To one with more than {mostCouponsPerAccount} coupons nothing is sent: a person looks, and approving goes on to the next way.',
        ),
  ),
  reading(
    'R16',
    'クーポンの価値は額面を超えない。正しく使われた額は 0 円を下回らないから。計算が額面を超えるときは人が確かめ、承認されても額面までしか払わない。',
    'A coupon is never worth more than its face value, as what was rightly spent of it is not below 0. Where the sums come to more a person looks, and even then no more than the face value is paid.',
  ),
];
