import { join } from 'node:path';
import { type Text, text } from '../../base/text.ts';
import { readInstant } from '../../intake/values/dates.ts';
import { policyOf } from '../../policy/policy.ts';
import { readPlainFile } from '../../publish/folder-entries.ts';
import { isOfPage, PAGE_FILE, type PageOf } from '../../publish/page.ts';
import { mayEnd, wholeInTurns } from '../../run/turns.ts';
import { figuresSchema } from '../record/figures-schema.ts';
import type { Manifest } from '../record/run-record.ts';
import { type Check, skipped, verdict } from './check.ts';

/** As 2-data.md names it. */
const FIGURES_FILE = 'figures.json';

/** What a page is held against. */
export interface ReportFacts {
  /** Every file that is there is as SHA256SUMS says. */
  readonly areAsWritten: boolean;
  /** The files that are there. */
  readonly present: Pick<ReadonlySet<string>, 'has'>;
  /** Of another one nobody knows how it made its pages. */
  readonly isSameProgram: boolean;
  readonly page: PageOf | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The page, made once more of the files beside it, and what is only there for it; undefined of a run that has neither. */
export async function checkReport(folder: string, manifest: Manifest, facts: ReportFacts): Promise<Check | undefined> {
  const names = new Set(manifest.outputs.map(({ name }) => name));
  const due = manifest.options.report === true ? [FIGURES_FILE, ...(facts.page === undefined ? [] : [PAGE_FILE])] : [];
  if (due.length === 0 && !names.has(FIGURES_FILE) && !names.has(PAGE_FILE)) return undefined;
  const isGone = (name: string): boolean => (isOfPage(name) || name === PAGE_FILE) && !facts.present.has(name);
  if (!facts.areAsWritten || [...names].some(isGone))
    return skipped('report', text('ファイルが変わっているため', 'because files were altered'));
  const missing = due
    .filter((name) => !names.has(name))
    .map((name) => text(`manifest.json に ${name} の記録がない`, `manifest.json records nothing of ${name}`));
  const problems = [...missing, ...(names.has(FIGURES_FILE) ? figuresProblems(folder) : [])];
  if (problems.length > 0 || facts.page === undefined || !names.has(PAGE_FILE)) return verdict('report', problems);
  const found = await pageProblems(folder, manifest, facts.page, facts.signal);
  if (found.length === 0 || facts.isSameProgram) return verdict('report', found);
  const why = text(
    `${PAGE_FILE} は別の版のプログラムが作ったもので、この版が作るページとは違う`,
    `${PAGE_FILE} was made by another version of the program, and this one makes another page`,
  );
  return skipped('report', why);
}

function figuresProblems(folder: string): readonly Text[] {
  const written = readPlainFile(join(folder, FIGURES_FILE)).toString('utf8');
  try {
    if (figuresSchema().safeParse(JSON.parse(written)).success) return [];
  } catch {
    // What is no JSON is no figures either.
  }
  return [
    text(
      `${FIGURES_FILE} に、ないか、形が違う項目がある`,
      `${FIGURES_FILE} lacks entries, or has them in another form than a run writes`,
    ),
  ];
}

async function pageProblems(
  folder: string,
  manifest: Manifest,
  page: PageOf,
  signal: AbortSignal | undefined,
): Promise<readonly Text[]> {
  const read = (name: string): Buffer => readPlainFile(join(folder, name));
  const files = new Map<string, Uint8Array>();
  for (const { name } of manifest.outputs) {
    if (!isOfPage(name)) continue;
    files.set(name, read(name));
    await mayEnd(signal);
  }
  const written = read(PAGE_FILE);
  const made = await pageOf(files, manifest, page, signal);
  if (made === undefined)
    return [
      text(
        `${PAGE_FILE} を、隣のファイルからは作れない(run の書かない内容がある)`,
        `${PAGE_FILE} cannot be made of the files beside it: no run writes what stands there`,
      ),
    ];
  if (written.equals(made)) return [];
  return [
    text(
      `${PAGE_FILE} が、隣のファイルから作ったページと違う`,
      `${PAGE_FILE} is not the page that the files beside it make`,
    ),
  ];
}

/** Undefined where it cannot be made of what is there. */
async function pageOf(
  published: ReadonlyMap<string, Uint8Array>,
  manifest: Manifest,
  page: PageOf,
  signal: AbortSignal | undefined,
): Promise<Buffer | undefined> {
  const asOf = readInstant(manifest.asOf);
  if ('problem' in asOf) return undefined;
  const facts = { previousFingerprint: manifest.previous?.fingerprint ?? null };
  try {
    const steps = page(published, policyOf(manifest.policy), asOf.value, facts);
    return Buffer.from(await wholeInTurns(steps, () => mayEnd(signal)));
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}
