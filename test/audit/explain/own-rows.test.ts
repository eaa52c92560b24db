import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explanationsSchema } from '../../../src/audit/explain/explanation.ts';
import { canonicalJson } from '../../../src/publish/canonical-json.ts';
import { program, ROOT } from '../../support/program.ts';

/** A coupon of the worked night with 2,000 yen left and 1,000 to put back: 3,000 are payable (the worked example). */
const COUPON = '000000000201';
let base = '';
let copies = 0;

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'regionpay-'));
  const config = join(ROOT, 'fixtures/outage-night/run.json');
  const words = ['run', '--config', config, '--archive', '--out', join(base, 'run'), '--quiet'];
  expect(program([...words, '--as-of', '2023-05-10T02:00:00+09:00'])).toEqual({ status: 0, stdout: '', stderr: '' });
});
afterAll(() => rmSync(base, { recursive: true }));

const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');

/** A copy of the run in which a file reads otherwise. */
function edited(name: string, edit: (content: string) => string): string {
  const folder = join(base, `copy-${copies++}`);
  cpSync(join(base, 'run'), folder, { recursive: true });
  const file = join(folder, name);
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, edit(before));
  expect(readFileSync(file, 'utf8')).not.toBe(before);
  return folder;
}

/** Writes SHA256SUMS anew, as whoever wants to hide an edit would. */
function withSums(folder: string): string {
  const sums = join(folder, 'SHA256SUMS');
  const lines = readFileSync(sums, 'utf8').trimEnd().split('\n');
  const anew = lines.map((line) => {
    const name = line.slice(66);
    return name.startsWith('inputs/') ? line : `${sha256(readFileSync(join(folder, name), 'utf8'))}  ${name}`;
  });
  writeFileSync(sums, `${anew.join('\n')}\n`);
  return folder;
}

interface Manifest {
  program: { revision: string };
  outputs: { name: string; sha256: string }[];
  fingerprint?: string;
}

/** Writes manifest.json anew, with the hashes of the outputs as they are. */
function withManifest(folder: string, change: (manifest: Manifest) => void = () => {}): string {
  const file = join(folder, 'manifest.json');
  const { fingerprint: _, ...body } = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  for (const output of body.outputs) output.sha256 = sha256(readFileSync(join(folder, output.name), 'utf8'));
  change(body);
  writeFileSync(file, canonicalJson({ ...body, fingerprint: sha256(canonicalJson(body)) }));
  return withSums(folder);
}

const rowOf = (content: string): string => content.match(new RegExp(`^${COUPON},.*\n`, 'm'))?.[0] ?? '';
const paying1 = (content: string): string => {
  const row = rowOf(content);
  return content.replace(row, row.replace(',3000,app_url,', ',1,app_url,'));
};
const explain = (folder: string, ...words: string[]) => program(['explain', folder, COUPON, '--lang', 'en', ...words]);
const answered = (folder: string) => {
  const { status, stdout } = explain(folder, '--json');
  const document = explanationsSchema.parse(JSON.parse(stdout));
  const cells = document.coupons[0]?.publishedOtherwise ?? [];
  const found = cells.map((cell) => `${cell.file} ${cell.column}: ${cell.published} / ${cell.workedOut}`);
  return { status, because: document.otherwise?.because ?? null, altered: document.otherwise?.altered ?? [], found };
};

describe('explain holds its answer against the rows that the run has published', () => {
  test('and says nothing where they say the same', () => {
    expect(answered(join(base, 'run'))).toEqual({ status: 0, because: null, altered: [], found: [] });
    expect(explain(join(base, 'run')).stdout).not.toContain('CAUTION');
  });

  test('an edited eligibility.csv is told at the top, with both sums and what to do', () => {
    const folder = edited('eligibility.csv', paying1);
    expect(answered(folder)).toEqual({
      status: 1,
      because: 'altered',
      altered: ['eligibility.csv'],
      found: ['eligibility.csv payable_yen: 1 / 3000'],
    });
    const { status, stdout } = explain(folder);
    expect(status).toBe(1);
    const [, , , caution, cell, why] = stdout.split('\n');
    expect(caution).toMatch(/^CAUTION: the run has published something else/);
    expect(cell).toBe('  eligibility.csv payable_yen: published 1, worked out 3000');
    expect(why).toMatch(/^ {2}eligibility\.csv: no longer as the run wrote it\. See verify/);
    const japanese = program(['explain', folder, COUPON, '--lang', 'ja']).stdout;
    expect(japanese).toContain('注意: この実行が公開した内容は');
    expect(japanese).toContain('  eligibility.csv payable_yen: 公開 1 → 再計算 3000');
  });

  test('whoever writes SHA256SUMS anew does not hide it: the manifest knows the file', () => {
    const folder = withSums(edited('eligibility.csv', paying1));
    expect(answered(folder)).toMatchObject({ status: 1, because: 'altered', altered: ['eligibility.csv'] });
  });

  test('nor whoever writes the manifest anew: then nothing explains it, and nobody is to be told', () => {
    const folder = withManifest(edited('eligibility.csv', paying1));
    expect(answered(folder)).toMatchObject({ status: 1, because: 'unknown', altered: [] });
    expect(explain(folder).stdout).toContain('tell nobody either');
  });

  test('a row that was taken out, and one that was put in', () => {
    const out = answered(edited('eligibility.csv', (content) => content.replace(rowOf(content), '')));
    expect(out.found).toContain(`eligibility.csv status:  / payable`);
    const put = edited('eligibility.csv', (content) => `${content}${rowOf(content).replace(COUPON, '999999999999')}`);
    const { status, stdout } = program(['explain', put, '999999999999', '--lang', 'en']);
    expect(status).toBe(1);
    expect(stdout).toContain('eligibility.csv status: published payable, worked out (none)');
  });

  test('a payout that goes elsewhere, without showing where', () => {
    const contact = /^(P[0-9a-f]{16},\w+,[^,]*,)([^,]+)(,.*000000000201.*)$/m;
    const folder = edited('payouts.csv', (content) => content.replace(contact, '$1somebody@example.com$3'));
    const { status, found } = answered(folder);
    expect(status).toBe(1);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^payouts\.csv deliver_to: \*+om \/ \*+\S\S$/);
    expect(explain(folder, '--show-contact').stdout).toContain('published somebody@example.com, worked out');
  });

  test('a run of another revision may differ in good faith: that is what it says', () => {
    const folder = withManifest(edited('eligibility.csv', paying1), (manifest) => {
      manifest.program.revision = 'f'.repeat(40);
    });
    expect(answered(folder)).toMatchObject({ status: 1, because: 'program', altered: [] });
    expect(explain(folder).stdout).toContain('The run was made by another program (version 0.1.0, ffffffff');
    // Where both say the same, nothing needs to be said.
    const same = withManifest(
      edited('summary.json', (content) => `${content} `),
      (manifest) => {
        manifest.program.revision = 'f'.repeat(40);
      },
    );
    expect(answered(same)).toEqual({ status: 0, because: null, altered: [], found: [] });
  });

  test('a run without its eligibility.csv is not as it was written', () => {
    const folder = edited('summary.json', (content) => `${content} `);
    rmSync(join(folder, 'eligibility.csv'));
    const { status, stderr } = explain(folder);
    expect(status).toBe(3);
    expect(stderr).toContain('DAMAGED_RUN');
  });
});
