import type { Profile } from '../intake/profile.ts';
import type { Tables } from '../intake/tables.ts';
import type { Instant } from '../policy/instants.ts';
import type { Policy } from '../policy/policy.ts';
import { compareText } from '../policy/text.ts';
import { RULES } from '../rules/index.ts';
import type { Outcome } from '../settlement/settle.ts';
import type { Archived } from './archive.ts';
import { canonicalJson } from './canonical-json.ts';
import { CsvBytes } from './csv-bytes.ts';
import { sha256 } from './hash.ts';
import { manifestText, type OutputFile, type ProgramIdentity } from './manifest.ts';
import { carriedTable, excelText, type OutputTable, outputTables } from './output-files.ts';
import type { Previous } from './previous.ts';
import { type Summary, summaryOf } from './summary.ts';

export interface RunFacts {
  readonly outcome: Outcome;
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
  const chain = facts.previous === undefined ? [] : [carriedTable(facts.previous.carried)];
  const tables = [...outputTables(facts.outcome, facts.tables), ...chain];
  const summary = summaryOf(facts.outcome, facts.tables, facts.policy, facts.asOf);
  const outputs: OutputFile[] = [
    ...tables.flatMap((table) => outputFiles(table, facts.excel)),
    outputOf('summary.json', canonicalJson(summary)),
  ];
  const manifest = manifestText({
    ...facts,
    rules: RULES,
    inputs: facts.tables.files,
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

function outputFiles(table: OutputTable, excel: boolean): readonly OutputFile[] {
  const { name, header, yenColumns } = table;
  const places = yenColumns.map((column) => header.indexOf(column));
  const sums = yenColumns.map(() => 0);
  const csv = new CsvBytes();
  csv.add(header);
  let rows = 0;
  for (const row of table.rows) {
    csv.add(row);
    rows++;
    places.forEach((at, place) => {
      sums[place] = (sums[place] ?? 0) + Number(row[at] ?? 0);
    });
  }
  const output = outputOf(name, csv.finish());
  const totals = Object.fromEntries(yenColumns.map((column, place) => [column, sums[place] ?? 0]));
  const facts = { rows, ...(yenColumns.length === 0 ? {} : { totals }) };
  return [
    { ...output, ...facts },
    ...(excel ? [{ ...outputOf(`excel/${name}`, excelText(header, table.rows, table.forMachines)), ...facts }] : []),
  ];
}
