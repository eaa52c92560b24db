import { readableInstant } from '../base/instants.ts';
import { type Text, text } from '../base/text.ts';
import { isOfOneNight } from '../policy/wording.ts';
import type { PageOf } from '../publish/page.ts';
import { type Contents, contentsOf } from './contents.ts';
import { both, type Markup, markup, NOTHING } from './markup.ts';
import { balanceSection } from './sections/balance.ts';
import { couponsSection, shownRows, tableData } from './sections/coupons.ts';
import { moneySection } from './sections/money.ts';
import { outageSection } from './sections/outage.ts';
import { verdictSection } from './sections/verdict.ts';
import { waitingSection } from './sections/waiting.ts';
import { htmlPage } from './shell.ts';
import { tableWords } from './table/words.ts';

/** report.html: of the same files, the same bytes. */
export const pageOf: PageOf = function* (published, policy, asOf, facts) {
  const contents = yield* contentsOf(published, policy, asOf, facts);
  const rows = yield* shownRows(contents);
  const { list, details } = yield* tableData(contents, rows);
  const body = markup`${head(contents)}${yield* verdictSection(contents)}${yield* moneySection(contents)}${waitingSection(contents)}${yield* outageSection(contents)}${yield* balanceSection(contents)}${couponsSection(contents, rows)}${foot(contents)}`;
  return yield* htmlPage({
    title: policy.title,
    body,
    data: { 'coupons-words': tableWords(policy), 'coupons-list': list },
    later: { 'coupons-details': details },
  });
};

/** Of an outage of one evening or night. */
const OF_A_NIGHT = text('障害の夜', 'The outage');

const LINKS: readonly (readonly [string, Text])[] = [
  ['money', text('だれに、いくら', 'How much to whom')],
  ['waiting', text('待っているもの', 'What waits')],
  ['outage', text('障害', 'The outage')],
  ['balance', text('額面の行き先', 'The face value')],
  ['coupons', text('クーポンごと', 'Coupon by coupon')],
];

const head = ({ asOf, policy }: Contents): Markup => markup`<p class="quiet">${both(
  text(
    `${readableInstant(asOf)}(日本時間)より前に起きたことだけを見た実行です`,
    `Of what happened before ${readableInstant(asOf)} Japan time`,
  ),
)}</p>
<nav aria-label="目次 / Contents"><ul class="links">${LINKS.map(([id, words]) => markup`<li><a href="#${id}">${both(id === 'outage' && isOfOneNight(policy.terms) ? OF_A_NIGHT : words)}</a></li>`)}</ul></nav>
`;

function foot({ policy, summary, previousFingerprint }: Contents): Markup {
  const before =
    previousFingerprint === null
      ? NOTHING
      : markup`<p>${both(text('前回の実行の指紋', 'Fingerprint of the previous run'))}: <code>${previousFingerprint}</code></p>`;
  return markup`<div class="foot">
<p>${both(
    text(
      'この頁は実行フォルダのほかのファイルだけから作りました。連絡先や口座は入っていません。verify で作り直して同じになることを確かめられます。',
      'Made from the other files of the run folder alone. It holds no contacts and no accounts. verify makes it again and holds it against this one.',
    ),
  )}</p>
<p>${both(text('方針', 'Policy'))}: <code>${policy.id}</code> ・ ${both(text('基準時刻', 'as-of'))}: <code>${summary.asOf}</code></p>
${before}
</div>`;
}
