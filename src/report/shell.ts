import { createHash } from 'node:crypto';
import type { Step } from '../base/steps.ts';
import { type Text, text } from '../base/text.ts';
import { CLIENT_SCRIPT } from './client-script.ts';
import { deflated, MOST_PLAIN_SIGNS } from './deflated.ts';
import { both, dataText, type Markup, markup } from './markup.ts';
import { STYLE } from './style.ts';

/** What a page is made of. */
export interface PageParts {
  readonly title: Text;
  /** What stands below the head line, as `<section>`s. */
  readonly body: Markup;
  /** What the script reads, each as a block of JSON with this id. The script knows which it looks for. */
  readonly data: Readonly<Record<string, unknown>>;
  /** What it reads when it is asked for: it stands behind the script, which does not wait for it. */
  readonly later?: Readonly<Record<string, unknown>>;
}

const hashOf = (content: string): string => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;

/** Nothing is loaded and nothing runs but the one style and the one script, by their hashes. */
const SECURITY_POLICY = [
  "default-src 'none'",
  `script-src ${hashOf(CLIENT_SCRIPT)}`,
  `style-src ${hashOf(STYLE)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The title in both languages: the script puts it into the window's line. */
const TITLE_BLOCK = 'page-title';

const WITHOUT_SCRIPT = text(
  'スクリプトが動かないため、日本語だけを表示し、一覧表は出せません。表計算ソフトで eligibility.csv を開いてください。',
  '',
);

/**
 * A whole page in one file: Japanese first, with a switch to English; light, dark and printed; nothing is loaded from
 * anywhere. To make one:
 *
 * - write pieces with the template {@link markup}, which escapes every text that is filled in; sentences in both languages
 *   with `both(text(ja, en))`, or `ofBoth(markup…, markup…)` where they hold more than text;
 * - no `style` attribute and no handler: the page's own policy refuses them. Classes are in style.ts;
 * - a figure that a published file states is marked with `figure('payouts.yen', '26,401')`;
 * - what the script is to read goes into `data`. It switches the language on every page, and shows the table of coupons
 *   where there are blocks `coupons-list`, `coupons-details` and `coupons-words`.
 *
 * Bytes follow from the parts alone. Data may be large, so it is made in steps.
 */
export function* htmlPage({ title, body, data, later = {} }: PageParts): Generator<Step, string> {
  return `${headOf(title).html}${bodyOf(title, body).html}
${yield* blocksOf({ [TITLE_BLOCK]: title, ...data })}<script>${CLIENT_SCRIPT}</script>
${yield* blocksOf(later)}</body>
</html>
`;
}

function* blocksOf(data: Readonly<Record<string, unknown>>): Generator<Step, string> {
  let blocks = '';
  for (const [id, value] of Object.entries(data)) blocks += `${yield* blockOf(id, value)}\n`;
  return blocks;
}

function* blockOf(id: string, value: unknown): Generator<Step, string> {
  const json = yield* dataText(value);
  const signs = json.reduce((sum, { length }) => sum + length, 0);
  if (signs <= MOST_PLAIN_SIGNS) return `<script type="application/json" id="${id}">${json.join('')}</script>`;
  const pieces: Buffer[] = [];
  for (const piece of json) {
    pieces.push(Buffer.from(piece));
    yield undefined;
  }
  return `<script type="application/octet-stream" id="${id}">${yield* deflated(Buffer.concat(pieces))}</script>`;
}

const headOf = (title: Text): Markup => markup`<!doctype html>
<html lang="ja" data-lang="ja">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${{ html: SECURITY_POLICY }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title.ja}</title>
<style>${{ html: STYLE }}</style>
</head>
`;

const SKIP = text('本文へ', 'Skip to the content');
const LANGUAGES = markup`<div class="languages" role="group" aria-label="言語 / Language" hidden>
<button type="button" data-language="ja" lang="ja" aria-pressed="true">日本語</button>
<button type="button" data-language="en" lang="en" aria-pressed="false">English</button>
</div>`;

const bodyOf = (title: Text, body: Markup): Markup => markup`<body>
<a class="skip" href="#content">${both(SKIP)}</a>
<header class="top">
<h1>${both(title)}</h1>
${LANGUAGES}
</header>
<noscript><p class="note">${WITHOUT_SCRIPT.ja}</p></noscript>
<main id="content">
${body}
</main>`;
