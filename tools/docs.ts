import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { text } from '../src/base/text.ts';
import { schemaText } from '../src/cli/commands/policy.ts';
import { markdownCell } from '../src/cli/render/markdown.ts';
import { rulesMarkdown } from '../src/cli/render/rules-text.ts';
import { type Translate, translateTo } from '../src/cli/terminal/language.ts';
import { REJECT_CODES } from '../src/intake/values/reject-codes.ts';
import { KAGOSHIMA } from '../src/policy/kagoshima-2023-02-24.ts';
import { dataPage } from './data-page.ts';
import { manPage } from './man-page.ts';
import { profilesPage } from './profiles-page.ts';

/** Every document that is rendered from the code: written with `--write`, otherwise only compared. */
const ja = translateTo('ja');
const en = translateTo('en');

function rejectCodes(t: Translate): string {
  const rows = Object.entries(REJECT_CODES).map(
    ([code, { what, advice }]) => `| \`${code}\` | ${markdownCell(t(what))} | ${markdownCell(t(advice))} |`,
  );
  const head = `| ${t(text('コード', 'code'))} | ${t(text('何が', 'what is wrong'))} | ${t(text('どうする', 'what to do'))} |\n| --- | --- | --- |`;
  return `# ${t(text('読めない行', 'Rows that are set aside'))}\n\n${head}\n${rows.join('\n')}\n`;
}

/** A session of `explain` on the worked night, by the built program. */
function explainSession(language: 'ja' | 'en', t: Translate): string {
  const root = fileURLToPath(new URL('../', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'regionpay-docs-'));
  const program = (...words: string[]): string =>
    execFileSync(process.execPath, [join(root, 'bin/regionpay-reconcile.js'), ...words], { encoding: 'utf8' });
  try {
    const run = join(folder, 'run');
    const asOf = '2023-05-10T02:00:00+09:00';
    program(
      'run',
      '--config',
      join(root, 'fixtures/outage-night/run.json'),
      '--as-of',
      asOf,
      '--archive',
      '--out',
      run,
      '--quiet',
    );
    const sessions = ['000000000201', '000000000206', '000000000303', '000000000305'].map(
      (coupon) =>
        `\`\`\`\n$ regionpay-reconcile explain RUN ${coupon}\n${program('explain', run, coupon, '--lang', language)}\`\`\`\n`,
    );
    return `# ${t(text('explain の例', 'A session of explain'))}\n\n${sessions.join('\n')}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const DOCUMENTS: Readonly<Record<string, string>> = {
  'rules.md': rulesMarkdown(KAGOSHIMA, en),
  'rules.ja.md': rulesMarkdown(KAGOSHIMA, ja),
  'rejects.md': rejectCodes(en),
  'rejects.ja.md': rejectCodes(ja),
  'data.md': dataPage('en'),
  'data.ja.md': dataPage('ja'),
  'profiles.md': await profilesPage('en'),
  'profiles.ja.md': await profilesPage('ja'),
  'explain-session.md': explainSession('en', en),
  'explain-session.ja.md': explainSession('ja', ja),
  'policy.schema.json': schemaText('policy'),
  'profile.schema.json': schemaText('profile'),
  'config.schema.json': schemaText('config'),
  'requester.schema.json': schemaText('requester'),
  'provider.schema.json': schemaText('provider'),
  'check.schema.json': schemaText('check'),
  'explain.schema.json': schemaText('explain'),
  'diff.schema.json': schemaText('diff'),
  'verify.schema.json': schemaText('verify'),
  'policy-diff.schema.json': schemaText('policy-diff'),
  'man/regionpay-reconcile.1': await manPage('en'),
  'man/ja/regionpay-reconcile.1': await manPage('ja'),
};

const write = process.argv.includes('--write');
const stale: string[] = [];
for (const [name, content] of Object.entries(DOCUMENTS)) {
  const file = new URL(`../docs/${name}`, import.meta.url);
  if (write) writeFileSync(file, content);
  else if (current(file) !== content) stale.push(name);
}
if (stale.length > 0) {
  process.stderr.write(`docs are not up to date: ${stale.join(', ')}. Run: npm run docs\n`);
  process.exitCode = 1;
}

function current(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
