/**
 * How a page looks: light and dark by what the reader's machine prefers, and on paper. Colours are those of Okabe and Ito,
 * which people with any kind of sight tell apart; what they mean also stands beside them in words.
 */
const COLOURS = `
:root{color-scheme:light dark;
--paper:#fff;--ground:#f5f6f8;--ink:#18212c;--quiet:#556170;--line:#dce1e7;--accent:#0b5394;--accent-soft:#e8f0f8;
--now:#0072b2;--later:#56b4e9;--earlier:#009e73;--held:#d55e00;--waits:#e69f00;--outside:#a9b2bd;--lapsed:#6d7885;
--good:#00704f;--good-soft:#e6f4ef;--care:#9a4300;--care-soft:#fdf0e6;--window:#fbeeda}
@media (prefers-color-scheme:dark){:root{
--paper:#171c22;--ground:#10141a;--ink:#e8ecf1;--quiet:#a7b2bf;--line:#333c47;--accent:#8ec3f2;--accent-soft:#1d2b3a;
--now:#3d9fdc;--later:#8fd0f5;--earlier:#2bc196;--held:#f08a3c;--waits:#f0b93a;--outside:#66717e;--lapsed:#8b96a3;
--good:#6fd6b2;--good-soft:#16302a;--care:#f5b078;--care-soft:#38271a;--window:#2e2718}}`;

const BASE = `
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
html[data-lang=ja] .en,html[data-lang=en] .ja{display:none}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.7 "Hiragino Sans","Hiragino Kaku Gothic ProN","Yu Gothic UI","Noto Sans CJK JP","Noto Sans JP",system-ui,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
html[data-lang=en] body{line-height:1.55}
.skip{position:absolute;left:-999px}
.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:1}
.top,main,.foot{max-width:68rem;margin:0 auto;padding:0 1.5rem}
.top{display:flex;gap:1.5rem;align-items:flex-start;justify-content:space-between;padding-top:1.5rem}
h1{font-size:1.15rem;line-height:1.5;margin:0;font-weight:650}
h2{font-size:1.3rem;line-height:1.4;margin:0 0 .35rem;font-weight:650}
h3{font-size:1rem;line-height:1.5;margin:0;font-weight:650}
p{margin:.4rem 0}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:3px}
button,input,select{font:inherit;color:inherit}
.quiet{color:var(--quiet);font-size:.875rem}
.note{background:var(--care-soft);border-left:4px solid var(--care);padding:.6rem 1rem;border-radius:0 4px 4px 0}
.languages{display:flex;flex:none;border:1px solid var(--line);border-radius:6px;overflow:hidden;background:var(--paper)}
.languages[hidden]{display:none}
.languages button{border:0;background:none;padding:.25rem .8rem;font-size:.875rem;cursor:pointer;min-height:2rem}
.languages button[aria-pressed=true]{background:var(--accent);color:var(--paper)}
.languages button:focus-visible{outline-offset:-3px;outline-color:var(--ink)}
section{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:1.5rem;margin:1.25rem 0}
.foot{color:var(--quiet);font-size:.875rem;padding-bottom:3rem}
.foot code,.id{font-family:ui-monospace,"SFMono-Regular",Menlo,Consolas,monospace;font-size:.9em}
.links{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:.75rem 0 0;padding:0;list-style:none;font-size:.9375rem}`;

const VERDICT = `
.verdict{border-top:5px solid var(--good);padding-top:1.35rem}
.verdict.care{border-top-color:var(--care)}
.verdict.idle{border-top-color:var(--quiet)}
.verdict h2{font-size:1.55rem;line-height:1.45}
.verdict ul.reasons{margin:.6rem 0 0;padding-left:1.3em}
.verdict ul.reasons li{margin:.2rem 0}
.tiles{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:1px;background:var(--line);border:1px solid var(--line);border-radius:8px;overflow:hidden;margin:1.25rem 0 0}
.tile{background:var(--paper);padding:.9rem 1.1rem}
.tile dt{color:var(--quiet);font-size:.875rem;display:flex;gap:.45rem;align-items:center}
.tile dd{margin:.15rem 0 0;font-size:1.65rem;line-height:1.3;font-weight:650;letter-spacing:-.01em}
.tile dd .unit{font-size:.9375rem;font-weight:400;margin-left:.1em}
.tile dd.more{font-size:.875rem;font-weight:400;color:var(--quiet);letter-spacing:0;line-height:1.5}`;

const TABLES = `
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9375rem;line-height:1.5;margin:.75rem 0 0}
caption{text-align:left;font-weight:650;padding:.25rem 0}
th,td{padding:.5rem .75rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{font-weight:650;color:var(--quiet);font-size:.875rem}
tbody th{color:var(--ink);font-weight:400;font-size:inherit}
tfoot th,tfoot td{font-weight:650;border-bottom:0;color:var(--ink)}
td.number,th.number{text-align:right;white-space:nowrap}
thead th{vertical-align:bottom}
.label{display:none}
details{margin-top:.75rem}
summary{cursor:pointer;color:var(--accent);font-size:.9375rem;width:fit-content;padding:.15rem 0}
.columns{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 2rem}
.key{display:inline-block;width:.8em;height:.8em;border-radius:2px;flex:none;vertical-align:-.05em;margin-right:.45em;background:currentcolor}
.dt-key{display:inline-flex;margin-right:-.45em}`;

const CHARTS = `
figure{margin:1.25rem 0 0}
figcaption p{margin:.1rem 0 .5rem}
svg{display:block;width:100%;overflow:visible}
svg text{fill:var(--ink);font-size:13px}
svg .quiet text{fill:var(--quiet);font-size:12px}
svg a{cursor:pointer}
svg a text{fill:var(--accent)}
svg a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.halo text{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.axis{stroke:var(--line);stroke-width:1;shape-rendering:crispEdges}
.base{stroke:var(--quiet);stroke-width:1;shape-rendering:crispEdges}
.mark{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:5 3}
.window{fill:var(--window)}
.fill-now{fill:var(--now)}.fill-later{fill:var(--later)}.fill-earlier{fill:var(--earlier)}.fill-held{fill:var(--held)}
.fill-waits{fill:var(--waits)}.fill-outside{fill:var(--outside)}.fill-lapsed{fill:var(--lapsed)}.fill-ink{fill:var(--ink)}
.fill-accent{fill:var(--accent)}.fill-soft{fill:var(--line)}
.ink-now{color:var(--now)}.ink-later{color:var(--later)}.ink-earlier{color:var(--earlier)}.ink-held{color:var(--held)}
.ink-waits{color:var(--waits)}.ink-outside{color:var(--outside)}.ink-lapsed{color:var(--lapsed)}
.ribbon{opacity:.28}
.hatch path{stroke:var(--paper);stroke-width:2}
.legend{display:flex;flex-wrap:wrap;gap:.1rem 1.25rem;list-style:none;margin:.4rem 0 0;padding:0;font-size:.875rem}
.wide{overflow-x:auto}
.wide svg{min-width:44rem}`;

const COUPONS = `
.filters{display:grid;grid-template-columns:1.4fr repeat(4,1fr);gap:.75rem;margin:1rem 0 0}
.filters label{display:block;font-size:.875rem;color:var(--quiet)}
.filters input,.filters select{display:block;width:100%;min-height:2.6rem;margin-top:.15rem;padding:.35rem .6rem;border:1px solid var(--quiet);border-radius:6px;background:var(--paper);color:var(--ink);font-size:.9375rem}
.found{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;margin:.9rem 0 0}
.found p{margin:0;font-weight:650}
.button{border:1px solid var(--quiet);background:var(--paper);border-radius:6px;padding:.3rem .9rem;min-height:2.25rem;cursor:pointer;font-size:.9375rem}
.button:disabled{opacity:.45;cursor:default}
.button[hidden]{display:none}
.coupons td{vertical-align:middle}
.coupons tbody th{white-space:nowrap;vertical-align:middle}
.open{border:0;background:none;padding:.2rem 0;min-height:1.9rem;cursor:pointer;color:var(--accent);text-align:left;text-decoration:underline;text-underline-offset:.15em;font-family:ui-monospace,"SFMono-Regular",Menlo,Consolas,monospace;font-size:.875rem}
.open::before{content:"";display:inline-block;border:.3em solid transparent;border-left:.45em solid currentcolor;border-right:0;margin-right:.5em}
.open[aria-expanded=true]::before{transform:rotate(90deg)}
.status{white-space:nowrap}
tr.why>td{background:var(--ground);padding:1rem 1.25rem}
.why h3{margin:.9rem 0 .1rem;font-size:.9375rem}
.why h3:first-child{margin-top:0}
.why ul{margin:.2rem 0;padding-left:1.3em}
.why p{max-width:46rem}
.why table{background:var(--paper);font-size:.875rem}
.clause{color:var(--quiet);font-size:.875rem}
.pages{display:flex;gap:1rem;align-items:center;justify-content:center;margin-top:1rem}`;

/** The page that holds two runs against each other. */
const COMPARED = `
.part{margin-top:1.25rem}
.line{white-space:nowrap}`;

const NARROW = `
@media (max-width:46rem){
.top,main,.foot{padding-left:1rem;padding-right:1rem}
.top{flex-direction:column-reverse;gap:.75rem}
section{padding:1.1rem 1rem;margin:1rem 0}
.verdict h2{font-size:1.3rem}
.tiles{grid-template-columns:repeat(2,minmax(0,1fr))}
.tile{padding:.75rem .8rem}
.tile dd{font-size:1.3rem}
.columns{grid-template-columns:minmax(0,1fr)}
.filters{grid-template-columns:1fr 1fr}
.filters .search{grid-column:1/-1}
th,td{padding:.45rem .5rem}
.coupons .wide-only{display:none}
.stacked thead{display:none}
.stacked tr{display:block;border-bottom:1px solid var(--line);padding:.5rem 0}
.stacked th,.stacked td,.stacked td.number{display:block;border:0;padding:.1rem 0;text-align:left}
.stacked .label{display:inline;color:var(--quiet)}
tr.why>td{padding:.9rem .75rem}
}`;

const PRINTED = `
@page{size:A4;margin:14mm 12mm}
@media print{
:root{color-scheme:light;--paper:#fff;--ground:#fff;--ink:#000;--quiet:#444;--line:#bbb;--accent:#000}
body{font-size:10.5pt;line-height:1.5}
.languages,.skip,.links,.filters,.pages,.button,details,.note.screen{display:none!important}
.top,main,.foot{max-width:none;padding:0}
section{border:0;border-radius:0;padding:0;margin:0 0 9mm;break-inside:auto}
figure,.tiles,tr,.verdict{break-inside:avoid}
h2,h3{break-after:avoid}
.verdict{border-top:2pt solid #000;padding-top:3mm}
a{color:inherit;text-decoration:none}
.wide svg{min-width:0}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}`;

/** One line a rule is for whoever reads it here; the page gets it as it stands. */
export const STYLE = [COLOURS, BASE, VERDICT, TABLES, CHARTS, COUPONS, COMPARED, NARROW, PRINTED].join('').trim();
