import type { Profile } from '../intake/profile.ts';
import type { Tables } from '../intake/tables.ts';
import type { Instant } from '../policy/instants.ts';
import type { Policy } from '../policy/policy.ts';
import { compareText } from '../policy/text.ts';
import { RULES } from '../rules/index.ts';
import type { Outcome } from '../settlement/settle.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256 } from './hash.ts';
import { manifestText, type OutputFile, type ProgramIdentity } from './manifest.ts';
import { csvText, excelText, type OutputTable, outputTables } from './output-files.ts';
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
}

/** Every file of the run folder, in memory, and the summary that was written into it. */
export function runFiles(facts: RunFacts): { readonly files: readonly OutputFile[]; readonly summary: Summary } {
  const tables = outputTables(facts.outcome, facts.tables);
  const summary = summaryOf(facts.outcome, facts.tables, facts.policy, facts.asOf);
  const outputs: OutputFile[] = [
    ...tables.map((table) => outputFile(table.name, csvText(table), table)),
    ...(facts.excel ? tables.map((table) => outputFile(`excel/${table.name}`, excelText(table), table)) : []),
    { name: 'summary.json', content: canonicalJson(summary) },
  ];
  const manifest = manifestText({ ...facts, rules: RULES, inputs: facts.tables.files, outputs });
  const listed = [...outputs, { name: 'manifest.json', content: manifest }].sort((a, b) => compareText(a.name, b.name));
  const sums = listed.map(({ name, content }) => `${sha256(content)}  ${name}\n`).join('');
  return { files: [...listed, { name: 'SHA256SUMS', content: sums }], summary };
}

function outputFile(name: string, content: string, table: OutputTable): OutputFile {
  const totals = Object.fromEntries(
    table.yenColumns.map((column) => {
      const at = table.header.indexOf(column);
      return [column, table.rows.reduce((sum, row) => sum + Number(row[at] ?? 0), 0)];
    }),
  );
  return { name, content, rows: table.rows.length, ...(table.yenColumns.length === 0 ? {} : { totals }) };
}
