import type { Instant } from '../base/instants.ts';
import type { Step } from '../base/steps.ts';
import { compareText, type Language } from '../base/text.ts';
import type { Profile } from '../intake/schema/profile.ts';
import type { Policy } from '../policy/policy.ts';
import { RULES } from '../rules/index.ts';
import type { Outcome } from '../settlement/outcome.ts';
import type { Tables } from '../tables/tables.ts';
import type { Archived } from './archive.ts';
import { idsOf } from './asked.ts';
import { joinedInSteps } from './bytes-in-steps.ts';
import { canonicalJson } from './canonical-json.ts';
import { CountedCsv } from './counted-csv.ts';
import { csvBytes } from './csv-bytes.ts';
import { excelText } from './excel-copy.ts';
import { FIGURES_FILE, figuresText } from './figures-file.ts';
import { sha256, sha256Of } from './hash.ts';
import type { PayoutPart } from './known-payout.ts';
import { manifestText, type OutputFile, type ProgramIdentity } from './manifest.ts';
import { OUTAGE_PAYMENTS } from './outage-payments.ts';
import { OUTPUTS, REVIEW_WORKBOOK, SETTLEMENT_TABLES } from './output-files.ts';
import { headerOf, type RunContents, type RunTable, type SettlementTable, yenColumnsOf } from './output-table.ts';
import { isOfPage, PAGE_FILE, type PageOf } from './page.ts';
import type { UnmatchedPaid } from './paid-matches.ts';
import { PREVIOUS_SUMMARY_FILE, type Previous } from './previous.ts';
import { countSending } from './sending-counts.ts';
import type { WrittenSettlements, WrittenTable } from './settlement-writer.ts';
import { type Summary, summaryOf } from './summary.ts';
import { toSendOf } from './to-send.ts';

export interface RunFacts {
  readonly outcome: Outcome;
  readonly written: WrittenSettlements;
  readonly tables: Tables;
  readonly policy: Policy;
  readonly profile: Profile | undefined;
  readonly asOf: Instant;
  readonly countUnclaimed: boolean;
  readonly requireSecond?: boolean;
  readonly encoding: string | undefined;
  readonly evidenceKey?: { readonly fingerprint: string } | undefined;
  /** Whether it was to go on where paid rows of earlier nights have gone. */
  readonly allowPaidRowsGone: boolean;
  readonly excel: boolean;
  readonly excelLanguage?: Language;
  /** The questions as a workbook, where copies for Excel are asked for. */
  readonly workbook?: Uint8Array | undefined;
  readonly program: ProgramIdentity;
  /** What is already in the folder: the archived inputs, or nothing. */
  readonly archived: readonly Archived[] | undefined;
  readonly previous:
    | Pick<Previous, 'manifestSha256' | 'fingerprint' | 'carried' | 'unsent' | 'asked' | 'summary'>
    | undefined;
  /** Of payouts that paid rows speak of as a whole. */
  readonly paidPayouts: readonly PayoutPart[];
  /** Paid rows that match nothing. */
  readonly unmatchedPaid: readonly UnmatchedPaid[];
  /** The summary in words, for summary.txt: of its figures alone, in one language, so that the same run has the same bytes. */
  readonly summaryText: SummaryText;
  /** Whether the page is made, and the files that are made for it. */
  readonly report: boolean;
  readonly page?: PageOf | undefined;
}

/** A summary as a person reads it. */
export type SummaryText = (summary: Summary, asOf: Instant, policy: Policy) => string;

/** Every file of the run folder, in memory, the summary that was written into it, and what the run is known by. */
export interface RunFiles {
  readonly files: readonly OutputFile[];
  readonly summary: Summary;
  readonly fingerprint: string;
  readonly manifestSha256: string;
}

/** In steps, between which somebody else may have a turn. */
export function* runFiles(facts: RunFacts): Generator<Step, RunFiles> {
  const { outcome, written, tables, excel } = facts;
  const { carried, unsent = [] } = facts.previous ?? {};
  const chain = { payouts: outcome.payouts, carried, unsent, paid: tables.paid, asOf: facts.asOf };
  const toSend = yield* toSendOf(chain);
  const sending = yield* countSending(chain, toSend, facts.policy.terms.receiveBy);
  const { previous, paidPayouts } = facts;
  const askedBefore = yield* idsOf(previous?.asked ?? []);
  yield undefined;
  const summary = summaryOf(outcome, written.counts, tables, { ...facts, sending, askedBefore });
  const contents = { outcome, tables, carried, toSend, asked: previous?.asked, paidPayouts };
  const outputs: OutputFile[] = [];
  for (const table of OUTPUTS) {
    if (!facts.report && table.name === OUTAGE_PAYMENTS) continue;
    yield undefined;
    const file = yield* 'rowsOf' in table ? writtenFile(table.name, written) : runFile(table, contents);
    if (file === undefined) continue;
    outputs.push(file);
    if (excel) outputs.push(excelFile(file, table));
  }
  yield undefined;
  outputs.push(
    ...(facts.workbook === undefined ? [] : [outputOf(REVIEW_WORKBOOK, facts.workbook)]),
    outputOf('summary.json', canonicalJson(summary)),
    outputOf('summary.txt', facts.summaryText(summary, facts.asOf, facts.policy)),
    ...filesForPage(facts),
  );
  performance.mark('make the page');
  outputs.push(...(yield* pageOf(outputs, facts)));
  performance.mark('seal files');
  const { content, fingerprint } = manifestText({
    ...facts,
    rules: RULES,
    inputs: tables.files,
    issued: tables.issued,
    outputs,
    archived: facts.archived !== undefined,
  });
  const manifest = outputOf('manifest.json', content);
  const listed = [...outputs, manifest].sort((a, b) => compareText(a.name, b.name));
  const sums = sumsText([...listed, ...(facts.archived ?? [])]);
  return { files: [...listed, outputOf('SHA256SUMS', sums)], summary, fingerprint, manifestSha256: manifest.sha256 };
}

/** What it is made of, and no other file says. */
function filesForPage({ report, outcome, policy, previous }: RunFacts): readonly OutputFile[] {
  if (!report) return [];
  const figures = outputOf(FIGURES_FILE, figuresText(outcome.figures, policy.terms));
  const summary = previous?.summary;
  return summary === undefined ? [figures] : [figures, outputOf(PREVIOUS_SUMMARY_FILE, summary)];
}

function* pageOf(
  outputs: readonly OutputFile[],
  { report, page, policy, asOf, previous }: RunFacts,
): Generator<Step, OutputFile[]> {
  if (!report || page === undefined) return [];
  const published = outputs
    .filter(({ name }) => isOfPage(name))
    .map(({ name, content }) => [name, typeof content === 'string' ? Buffer.from(content) : content] as const);
  const facts = { previousFingerprint: previous?.fingerprint ?? null };
  const made = Buffer.from(yield* page(new Map(published), policy, asOf, facts));
  return [{ name: PAGE_FILE, content: made, sha256: yield* sha256Of([made]) }];
}

/** SHA256SUMS, as `sha256sum -c` reads it. */
export const sumsText = (hashes: readonly Archived[]): string =>
  [...hashes]
    .sort((a, b) => compareText(a.name, b.name))
    .map(({ name, sha256: hash }) => `${hash}  ${name}\n`)
    .join('');

const outputOf = (name: string, content: OutputFile['content']): OutputFile => ({
  name,
  content,
  sha256: sha256(content),
});

type AnyTable = SettlementTable | RunTable;

/** In steps. @param name of a table that follows the settlements */
export function writtenFile(name: string, { tables }: WrittenSettlements): Generator<undefined, OutputFile> {
  const place = SETTLEMENT_TABLES.findIndex((table) => table.name === name);
  return fileOf(SETTLEMENT_TABLES[place] as SettlementTable, tables[place] as WrittenTable);
}

/** So many rows of a table are written at a time. */
const ROWS_A_STEP = 1 << 11;

function* runFile(table: RunTable, contents: RunContents): Generator<undefined, OutputFile | undefined> {
  const things = table.rowsIn(contents);
  if (things === undefined) return undefined;
  const csv = new CountedCsv(table.columns);
  for (const thing of things) {
    csv.add(thing, '');
    if (csv.rows % ROWS_A_STEP === 0) yield undefined;
  }
  return yield* fileOf(table, { bytes: csv.finish(), rows: csv.rows, sums: csv.sums });
}

function* fileOf(table: AnyTable, { bytes, rows, sums }: WrittenTable): Generator<undefined, OutputFile> {
  const content = yield* joinedInSteps([csvBytes(headerOf(table), []), bytes]);
  const hash = yield* sha256Of([content]);
  return { name: table.name, content, sha256: hash, ...rowFacts(table, rows, sums) };
}

function rowFacts({ columns }: AnyTable, rows: number, sums: readonly number[]): Pick<OutputFile, 'rows' | 'totals'> {
  const yenColumns = yenColumnsOf(columns);
  if (yenColumns.length === 0) return { rows };
  return { rows, totals: Object.fromEntries(yenColumns.map(({ name }, place) => [name, sums[place] ?? 0])) };
}

/** The same rows once more, for Excel. */
const excelFile = ({ name, content, ...file }: OutputFile, { forMachines }: AnyTable): OutputFile => ({
  ...file,
  ...outputOf(`excel/${name}`, excelText(Buffer.from(content).toString('utf8'), forMachines)),
});
