import type { Profile } from '../intake/profile.ts';
import type { Tables } from '../intake/tables.ts';
import type { Instant } from '../policy/instants.ts';
import type { Policy } from '../policy/policy.ts';
import { compareText } from '../policy/text.ts';
import { RULES } from '../rules/index.ts';
import type { Outcome } from '../settlement/settle.ts';
import type { Archived } from './archive.ts';
import { canonicalJson } from './canonical-json.ts';
import { CountedCsv } from './counted-csv.ts';
import { csvBytes } from './csv-bytes.ts';
import { sha256 } from './hash.ts';
import { manifestText, type OutputFile, type ProgramIdentity } from './manifest.ts';
import {
  carriedTable,
  excelText,
  OUTPUTS,
  type OutputTable,
  otherTables,
  outputTables,
  payoutOfCoupons,
  SETTLEMENT_TABLES,
  type SettlementTable,
} from './output-files.ts';
import type { Previous } from './previous.ts';
import { type Summary, summaryOf } from './summary.ts';
import { type Told, type ToldTable, tell, toldTogether } from './told.ts';

export interface RunFacts {
  readonly outcome: Outcome;
  /** What another thread tells of settlements that the outcome does not hold, with places. No copies for Excel then. */
  readonly elsewhere?: Told | undefined;
  readonly tables: Tables;
  readonly policy: Policy;
  readonly profile: Profile | undefined;
  readonly asOf: Instant;
  readonly countUnclaimed: boolean;
  readonly encoding: string | undefined;
  readonly excel: boolean;
  readonly program: ProgramIdentity;
  /** What is already in the folder: the archived inputs, or nothing. */
  readonly archived: readonly Archived[] | undefined;
  readonly previous: Pick<Previous, 'manifestSha256' | 'fingerprint' | 'carried'> | undefined;
}

/** Every file of the run folder, in memory, and the summary that was written into it. */
export function runFiles(facts: RunFacts): { readonly files: readonly OutputFile[]; readonly summary: Summary } {
  const { outcome, tables, excel } = facts;
  const told = toldOf(facts);
  const summary = summaryOf(outcome, told.counts, tables, facts.policy, facts.asOf);
  const chain = facts.previous === undefined ? [] : [carriedTable(facts.previous.carried)];
  const made = [
    ...SETTLEMENT_TABLES.map((table, place) => toldFile(table, told.tables[place] as ToldTable)),
    ...otherTables(outcome, tables).map(outputFile),
  ].sort((a, b) => OUTPUTS.indexOf(a.name) - OUTPUTS.indexOf(b.name));
  const all = [...made, ...chain.map(outputFile)];
  const forExcel = new Map(
    (excel ? [...outputTables(outcome, tables), ...chain] : []).map((table) => [table.name, table]),
  );
  const outputs: OutputFile[] = [
    ...all.flatMap((file) => [file, ...excelFiles(file, forExcel.get(file.name))]),
    outputOf('summary.json', canonicalJson(summary)),
  ];
  const manifest = manifestText({
    ...facts,
    rules: RULES,
    inputs: tables.files,
    outputs,
    archived: facts.archived !== undefined,
  });
  const listed = [...outputs, outputOf('manifest.json', manifest)].sort((a, b) => compareText(a.name, b.name));
  const sums = sumsText([...listed, ...(facts.archived ?? [])]);
  return { files: [...listed, outputOf('SHA256SUMS', sums)], summary };
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

/** Of all settlements, those of another thread among them. */
function toldOf({ outcome, elsewhere }: RunFacts): Told {
  const payoutOf = payoutOfCoupons(outcome.payouts);
  const own = tell(outcome.settlements, (couponNumber) => payoutOf.get(couponNumber), elsewhere !== undefined);
  return elsewhere === undefined ? own : toldTogether(own, elsewhere);
}

const toldFile = ({ name, header, yenColumns }: SettlementTable, { bytes, rows, sums }: ToldTable): OutputFile => ({
  ...outputOf(name, Buffer.concat([csvBytes(header, []), bytes])),
  ...rowFacts(yenColumns, rows, sums),
});

function outputFile({ name, header, yenColumns, rows }: OutputTable): OutputFile {
  const csv = new CountedCsv({ header, yenColumns });
  for (const row of rows) csv.add(row);
  return {
    ...outputOf(name, Buffer.concat([csvBytes(header, []), csv.finish()])),
    ...rowFacts(yenColumns, csv.rows, csv.sums),
  };
}

const rowFacts = (yenColumns: readonly string[], rows: number, sums: readonly number[]) => ({
  rows,
  ...(yenColumns.length === 0
    ? {}
    : { totals: Object.fromEntries(yenColumns.map((column, place) => [column, sums[place] ?? 0])) }),
});

/** The same rows once more, for Excel. */
function excelFiles(
  { sha256: _, content: __, ...file }: OutputFile,
  table: OutputTable | undefined,
): readonly OutputFile[] {
  if (table === undefined) return [];
  const { name, header, rows, forMachines } = table;
  return [{ ...file, ...outputOf(`excel/${name}`, excelText(header, rows, forMachines)) }];
}
