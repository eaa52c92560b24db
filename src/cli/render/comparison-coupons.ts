import {
  type CouponDifference,
  GROUPS,
  type RunComparison,
  type TableDifference,
} from '../../audit/diff/difference.ts';
import { text } from '../../base/text.ts';
import { both, type Markup, markup, NOTHING } from '../../report/markup.ts';
import { changesWords, inBothLanguages, said, saidLines, yenCells, yenHeads } from './comparison-words.ts';
import { differingTables, moreRowsText, rowsText, rowText, yenTexts } from './diff-tables.ts';
import { causeLines, countText, GROUP_WORDS, moreText, type NET_COLUMNS, yenColumns } from './diff-words.ts';

/** The groups with what each comes to; each leads to its coupons. */
export function groupTable(comparison: RunComparison): Markup {
  const { groups, couponsDiffering, coupons } = comparison;
  const columns = yenColumns(comparison);
  const rows = GROUPS.filter((group) => groups[group].coupons > 0).map((group) => {
    const isShown = coupons.some((coupon) => coupon.group === group);
    const name = both(GROUP_WORDS[group]);
    const head = isShown ? markup`<a href="#${idOf(group)}">${name}</a>` : name;
    return markup`<tr><th scope="row" class="line">${head}</th><td class="number">${countText(groups[group].coupons)}</td>${yenCells(groups[group], columns)}</tr>`;
  });
  return markup`<div class="scroll" role="group" tabindex="0" aria-label="区分 / groups">
<table>
<thead><tr><th scope="col">${both(text('区分', 'group'))}</th><th scope="col" class="number">${both(text('クーポン', 'coupons'))}</th>${yenHeads(columns)}</tr></thead>
<tbody>
${rows}
</tbody>
<tfoot><tr><th scope="row" class="line">${both(text('差引', 'net'))}</th><td class="number">${countText(couponsDiffering)}</td>${yenCells(comparison, columns)}</tr></tfoot>
</table></div>`;
}

const idOf = (group: CouponDifference['group']): string => `group-${group.replaceAll(' ', '-')}`;

/** Every coupon that is told, by group: how it was, how it is, and what made it so. */
export function couponsPart(comparison: RunComparison): Markup {
  const more = inBothLanguages((t) => moreText(comparison, t) ?? '');
  const columns = yenColumns(comparison);
  const parts = GROUPS.map((group) => {
    const coupons = comparison.coupons.filter((coupon) => coupon.group === group);
    if (coupons.length === 0) return NOTHING;
    return markup`<div class="part"><h3 id="${idOf(group)}">${both(GROUP_WORDS[group])}</h3>
<div class="scroll" role="group" tabindex="0" aria-labelledby="${idOf(group)}">
<table>
<thead><tr><th scope="col">${both(text('クーポン', 'coupon'))}</th>${yenHeads(columns)}<th scope="col">${both(text('前 → 後', 'before → after'))}</th><th scope="col">${both(text('原因', 'because of'))}</th></tr></thead>
<tbody>
${coupons.map((coupon) => couponRow(coupon, comparison, columns))}
</tbody></table></div></div>`;
  });
  return markup`${parts}${more.ja === '' ? NOTHING : markup`<p class="quiet">${both(more)}</p>`}`;
}

const couponRow = (coupon: CouponDifference, comparison: RunComparison, columns: typeof NET_COLUMNS): Markup =>
  markup`<tr><th scope="row" class="id line">${coupon.couponNumber}</th>${yenCells(coupon, columns)}<td>${changesWords(coupon.changes).map((words) => markup`<div class="line">${both(words)}</div>`)}</td><td>${saidLines((t) => causeLines(coupon, comparison, t).flat())}</td></tr>`;

/** The files beside eligibility.csv that differ: how many rows, by how many yen, and the first of them. */
export function tablesPart(comparison: RunComparison): Markup {
  const tables = differingTables(comparison);
  return markup`<div class="scroll" role="group" tabindex="0" aria-label="ファイル / files">
<table>
<thead><tr><th scope="col">${both(text('ファイル', 'file'))}</th><th scope="col">${both(text('行', 'rows'))}</th><th scope="col">${both(text('金額', 'yen'))}</th></tr></thead>
<tbody>
${tables.map((table) => markup`<tr><th scope="row" class="line">${table.name}</th><td>${said((t) => rowsText(table, t))}</td><td>${saidLines((t) => yenTexts(table, t))}</td></tr>`)}
</tbody></table></div>
${tables.filter(({ rows }) => rows.length > 0).map(rowsOf)}`;
}

function rowsOf(table: TableDifference): Markup {
  const more = inBothLanguages((t) => moreRowsText(table, t) ?? '');
  const rows = table.rows.map((row) => markup`<li>${saidLines((t) => rowText(row, t))}</li>`);
  return markup`<details><summary>${table.name}</summary>
<ul>${rows}</ul>${more.ja === '' ? NOTHING : markup`<p class="quiet">${both(more)}</p>`}</details>`;
}
