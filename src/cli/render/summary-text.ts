import { formatInTimeZone } from 'date-fns-tz';
import type { Instant } from '../../base/instants.ts';
import { compareText, type Text, text } from '../../base/text.ts';
import { visibleInLine } from '../../base/visible-text.ts';
import type { Policy } from '../../policy/policy.ts';
import {
  GROUNDS,
  type GroundId,
  REVIEW_REASONS,
  type ReviewReason,
  STATUSES,
  type Status,
} from '../../policy/vocabulary.ts';
import { wordedBy } from '../../policy/wording.ts';
import type { FileCount, ReviewCount, Summary } from '../../publish/summary.ts';
import { byChannel } from '../../rules/channels/index.ts';
import type { CouponMatches, IssuedCoupons, StatedTotals } from '../../tables/tables.ts';
import type { Translate } from '../terminal/language.ts';
import { decisionsText } from './decisions-text.ts';
import { lastDaysText } from './last-days.ts';
import { passedOverWords } from './passed-over.ts';
import { sendingSections } from './sending-text.ts';
import type { FileSince } from './since.ts';
import { warningWords } from './unmatched.ts';
import { unmatchedPaidText } from './unmatched-paid.ts';
import { grouped, yenText } from './yen-words.ts';

const FORMATS = text("yyyy年M月d日 HH:mm:ss '(日本時間)'", "yyyy-MM-dd HH:mm:ss 'Japan time'");
const MILLISECOND = 1000;
/** As an offset, which has been that of Japan since 1951: a zone by its name is looked up in tables first. */
const JAPAN = '+09:00';

/** An instant for a reader in Japan, whatever the machine's zone. */
export const instantText = (instant: Instant, t: Translate): string =>
  formatInTimeZone(Math.floor(instant / MILLISECOND), JAPAN, t(FORMATS));

/** Columns line up where full-width characters count as two. */
export function padded(value: string, width: number): string {
  return value + ' '.repeat(Math.max(0, width - widthOf(value)));
}
/** By a range of its own, not by a library's table that grows: summary.txt has to have the same bytes in years. */
export const widthOf = (value: string): number =>
  [...value].reduce((sum, character) => sum + (isWide(character) ? 2 : 1), 0);
const isWide = (character: string): boolean =>
  /[\u1100-\u115f\u2e80-\uffdc\uffe0-\uffe6]/.test(character) && !/[\uff61-\uffdc]/.test(character);
const right = (value: string, width: number): string => ' '.repeat(Math.max(0, width - widthOf(value))) + value;

/** What was done, what waits and for what, what needs a person, what was refused. */
export function summaryText(
  summary: Summary,
  asOf: Instant,
  policy: Policy,
  t: Translate,
  since?: readonly FileSince[],
): string {
  const sections = [
    `${t(policy.title)}\n${instantText(asOf, t)}${t(text(' より前に起きたことだけを見ています', ' – only what happened before it is seen'))}`,
    payable(summary, policy, t),
    prefectures(summary, t),
    ...sendingSections(summary, line, t),
    unmatchedPaidText(summary, t),
    waiting(summary, policy, t),
    lastDaysText(policy.terms, asOf, t),
    people(summary, t),
    decisionsText(summary, t),
    changes(summary, t),
    couponNumbers(summary, t, ' (unmatched.csv)'),
    oddities(summary, t),
    refused(summary, t, since),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function payable(summary: Summary, { terms }: Policy, t: Translate): string {
  const { count, yen, routes } = summary.payouts;
  const title = t(
    text(
      `■ 支払えるもの(今回新しく)  ${grouped(count)} 件  ${yenText(yen, t)}(payouts.csv)`,
      `■ Can be paid, new this time: ${grouped(count)} payouts, ${yenText(yen, t)} (payouts.csv)`,
    ),
  );
  const lines = byChannel(routes).map(([{ name }, sum]) => line(t(name), sum.count, sum.yen, t));
  const grounds = Object.entries(summary.grounds).map(
    ([ground, sum]) => `${ground} ${t(wordedBy(terms, GROUNDS[ground as GroundId]))} ${grouped(sum.coupons)}`,
  );
  const note = t(text(`  補償の理由(クーポン数): ${grounds.join('、')}`, `  coupons by ground: ${grounds.join('; ')}`));
  return [title, ...lines, ...cutLine(summary, t), ...(grounds.length === 0 ? [] : [note])].join('\n');
}

/** What a person is not paid because of others of their coupons. */
const cutLine = ({ capPerPerson }: Summary, t: Translate): readonly string[] =>
  capPerPerson === undefined
    ? []
    : [
        line(
          t(text('ひとりの上限により払わない', 'cut by the cap a person')),
          capPerPerson.coupons,
          capPerPerson.cutYen,
          t,
        ),
      ];

/** Each programme has money of its own, also where one payout goes to coupons of several. */
function prefectures({ prefectures: counts }: Summary, t: Translate): string {
  if (counts === undefined) return '';
  const title = t(
    text(
      '■ 都道府県ごと(一覧のクーポン数、今回新しく支払えるもの)',
      '■ By prefecture (coupons listed, what can be paid new this time)',
    ),
  );
  const lines = Object.entries(counts)
    .sort(([a], [b]) => compareText(a, b))
    .map(([prefecture, { coupons, payoutYen }]) =>
      line(`${t(text('都道府県コード', 'prefecture'))} ${prefecture}`, coupons, payoutYen, t),
    );
  return [title, ...lines].join('\n');
}

const LABEL_WIDTH = 44;
const line = (label: string, count: number, yen: number | undefined, t: Translate): string =>
  `  ${padded(label, LABEL_WIDTH)}${right(grouped(count), 8)}${yen === undefined ? '' : right(yenText(yen, t), 18)}`;

const WAITING: readonly Status[] = ['pending', 'extended', 'still_valid', 'awaiting_claim', 'awaiting_application'];
/** Of a coupon the payout was made; whether it was sent is told of payouts. */
const LABELS: Partial<Readonly<Record<Status, Text>>> = {
  settled: text('支払いを作ったもの(送付の状況は上)', 'payout made (for whether it was sent, see above)'),
};
const CLOSED: readonly Status[] = ['settled', 'used_up', 'lapsed', 'not_eligible'];

function waiting(summary: Summary, { terms }: Policy, t: Translate): string {
  const rows = (statuses: readonly Status[]) =>
    statuses.flatMap((status) => {
      const sum = summary.statuses[status];
      if (sum === undefined) return [];
      const yen = status === 'awaiting_application' ? sum.payableYen : sum.residualYen + sum.reinstateYen;
      const label = LABELS[status] ?? wordedBy(terms, STATUSES[status]);
      return [line(t(label), sum.coupons, CLOSED.includes(status) ? undefined : yen, t)];
    });
  const open = rows(WAITING);
  const closed = rows(CLOSED);
  const parts = [];
  if (open.length > 0)
    parts.push(
      [t(text('■ 待っているもの(クーポン数、残高または額)', '■ Waiting (coupons, balance or amount)')), ...open].join(
        '\n',
      ),
    );
  if (closed.length > 0)
    parts.push([t(text('■ 終わったもの(クーポン数)', '■ Closed (coupons)')), ...closed].join('\n'));
  return parts.join('\n\n');
}

const unanswered = ({ open, stale, needsSecond }: ReviewCount): number => open + stale + needsSecond;

function people(summary: Summary, t: Translate): string {
  // In the order of their names, as files have them.
  const entries = Object.entries(summary.review)
    .filter(([, count]) => unanswered(count) > 0)
    .sort(([a], [b]) => compareText(a, b));
  if (entries.length === 0) return t(text('■ 人の確認が要るもの  なし', '■ Needs a person: nothing'));
  const total = entries.reduce((sum, [, count]) => sum + unanswered(count), 0);
  const title = t(
    text(
      `■ 人の確認が要るもの  ${grouped(total)} 件(review.csv)`,
      `■ Needs a person: ${grouped(total)} items (review.csv)`,
    ),
  );
  const lines = entries.flatMap(([reason, count]) => {
    const { asks } = REVIEW_REASONS[reason as ReviewReason];
    const holds = count.holds ? t(text('(支払いを止めています)', ' (holds the payment)')) : '';
    const stale =
      count.stale > 0
        ? t(text(`(うち ${count.stale} 件は根拠が変わり決定が無効)`, ` (${count.stale} decided on other facts)`))
        : '';
    const second =
      count.needsSecond > 0
        ? t(
            text(
              `(うち ${count.needsSecond} 件は 2 人目の確認待ち)`,
              ` (${count.needsSecond} wait for a second person)`,
            ),
          )
        : '';
    return [line(reason, unanswered(count), count.stakeYen, t), `      ${t(asks)}${holds}${stale}${second}`];
  });
  return [title, ...lines].join('\n');
}

function changes(summary: Summary, t: Translate): string {
  const { extensions, reinstatements } = summary;
  if (extensions === 0 && reinstatements.count === 0) return '';
  return [
    t(text('■ regionPAY で直すもの', '■ To be changed in regionPAY')),
    ...(extensions > 0
      ? [
          line(
            t(text('有効期限の延長(extensions.csv)', 'expiries to extend (extensions.csv)')),
            extensions,
            undefined,
            t,
          ),
        ]
      : []),
    ...(reinstatements.count > 0
      ? [
          line(
            t(text('残高の戻入(reinstatements.csv)', 'deductions to put back (reinstatements.csv)')),
            reinstatements.count,
            reinstatements.yen,
            t,
          ),
        ]
      : []),
  ].join('\n');
}

/** Whether the numbers of all inputs are the same numbers: rows that find no coupon, and coupons that no row names. */
export function couponNumbers(
  { files, issued }: { readonly files: readonly NamedRows[]; readonly issued: IssuedCoupons },
  t: Translate,
  listed = '',
): string {
  const naming = files.filter(({ coupons }) => coupons !== null && coupons.named.rows + coupons.unknownOther.rows > 0);
  const lines = naming.map(({ name, kind, coupons }) => {
    const { named, unknown, unknownOther } = coupons as CouponMatches;
    const count =
      kind === 'transactions' ? text('完了した決済', 'completed payments') : text('番号のある行', 'rows with a number');
    const yen = unknown.yen === 0 ? '' : t(text(`(${yenText(unknown.yen, t)})`, ` (${yenText(unknown.yen, t)})`));
    const missing =
      unknown.rows === 0
        ? t(text('すべて発行データにある', 'all issued'))
        : t(
            text(
              `うち ${grouped(unknown.rows)} 件${yen}は発行データにない${listed}`,
              `${grouped(unknown.rows)} of them${yen} not issued${listed}`,
            ),
          );
    const others =
      unknownOther.rows === 0
        ? ''
        : t(
            text(
              `、ほかに発行データにない番号の取消など ${grouped(unknownOther.rows)} 件${listed}`,
              `; ${grouped(unknownOther.rows)} cancels and others on numbers never issued${listed}`,
            ),
          );
    return `  ${padded(name, 28)}${right(grouped(named.rows), 12)}  ${t(count)}${t(text('、', ', '))}${missing}${others}`;
  });
  const appear = issued.neverInLog === 1 ? 'never appears' : 'never appear';
  const never = t(
    text(
      `  対象の発行クーポン ${grouped(issued.inScope)} 枚のうち、取引記録に一度も出てこないもの ${grouped(issued.neverInLog)} 枚`,
      `  of ${grouped(issued.inScope)} coupons issued in this programme, ${grouped(issued.neverInLog)} ${appear} in the log`,
    ),
  );
  return [t(text('■ クーポン番号の突合せ', '■ Coupon numbers')), ...lines, never].join('\n');
}

/** What is odd about a file, and refused nothing. */
function oddities({ files }: Summary, t: Translate): string {
  const lines = files.flatMap(({ name, warnings, statedTotals }) =>
    [...warnings.map((warning) => t(warningWords(warning))), ...differingTotalLines(statedTotals, t)].map(
      (words) => `  ${padded(name, 28)}${words}`,
    ),
  );
  return lines.length === 0 ? '' : [t(text('■ 確かめてください', '■ To be checked')), ...lines].join('\n');
}

/** Totals that a file states, and its rows do not come to. */
export const differingTotalLines = (totals: StatedTotals | undefined, t: Translate): readonly string[] =>
  (totals?.differing ?? []).map(({ line, column, statedYen, summedYen }) => {
    const [stated, summed] = [yenText(statedYen, t), yenText(summedYen, t)];
    return t(
      text(
        `${line} 行目の合計 ${stated}が、上の行の ${column} の和 ${summed}と合わない`,
        `the total on line ${line}, ${stated}, is not what the rows above come to in ${column}: ${summed}`,
      ),
    );
  });

interface NamedRows {
  readonly name: string;
  readonly kind: string;
  readonly coupons: CouponMatches | null;
}

/** Rows by file: read, and those that were not used; from when to when, and how many more than in the run before. */
export function refused(summary: Pick<Summary, 'files'>, t: Translate, since?: readonly FileSince[]): string {
  const lines = summary.files.map((file) => {
    const parts = Object.entries(DISPOSITION_WORDS).flatMap(([name, words]) => {
      const rows = file.dispositions[name as keyof typeof file.dispositions]?.rows ?? 0;
      return rows === 0 ? [] : [`${t(words)} ${grouped(rows)}`];
    });
    parts.push(...passedOverWords(file.passedOver, t));
    const rows = `  ${padded(visibleInLine(file.name), 28)}${right(grouped(file.rowsRead), 12)}${parts.length === 0 ? '' : `  (${parts.join(t(text('、', ', ')))})`}`;
    const more = [spanText(file), sinceFileText(file, since, t)].filter((each) => each !== '');
    return more.length === 0 ? rows : `${rows}\n      ${more.join(t(text('、', ', ')))}`;
  });
  return [t(text('■ 読んだ行', '■ Rows read')), ...lines].join('\n');
}

const minuteOf = (instant: string): string => instant.slice(0, 16).replace('T', ' ');

const spanText = ({ firstAt, lastAt }: Pick<FileCount, 'firstAt' | 'lastAt'>): string =>
  firstAt === null || lastAt === null ? '' : `${minuteOf(firstAt)} – ${minuteOf(lastAt)}`;

function sinceFileText(
  { kind, name, rowsRead }: Pick<FileCount, 'kind' | 'name' | 'rowsRead'>,
  since: readonly FileSince[] | undefined,
  t: Translate,
): string {
  const before = since?.find((file) => file.kind === kind && file.name === name);
  if (before === undefined) return '';
  if (before.rowsBefore === null) return t(text('前回にはないファイル', 'not read by the previous run'));
  const more = rowsRead - before.rowsBefore;
  const signed = `${more < 0 ? '−' : '+'}${grouped(Math.abs(more))}`;
  return more === 0
    ? t(text('前回と同じ行数', 'as many rows as the previous run'))
    : t(text(`前回より ${signed} 行`, `${signed} rows since the previous run`));
}

const DISPOSITION_WORDS = {
  duplicate: text('重複', 'duplicate'),
  conflicting: text('矛盾', 'conflicting'),
  out_of_scope: text('対象外', 'out of scope'),
  after_as_of: text('基準時刻より後', 'after as-of'),
  refund: text('返金', 'refunds'),
  rejected: text('読めず除外', 'rejected'),
} as const;
