import { type Text, text } from '../../base/text.ts';
import { shownName } from '../../base/visible-text.ts';

/** Entries by their name; `true`: whatever stands there is looked at elsewhere. */
interface Entries {
  readonly [name: string]: true | Entries | readonly [Entries];
}

const COUNT: Entries = { rows: true, yen: true };
const COUPONS: Entries = { named: COUNT, unknown: COUNT, unknownOther: COUNT, respelled: true };

/** Every entry that a run of any version writes into its manifest. Policy and profile have schemas of their own. */
const ENTRIES: Entries = {
  schemaVersion: true,
  program: { name: true, version: true, revision: true },
  ruleSet: { sha256: true, rules: [{ id: true, version: true, clauses: true, readings: true }] },
  policy: true,
  profile: true,
  asOf: true,
  options: {
    allowPaidRowsGone: true,
    archive: true,
    countUnclaimed: true,
    encoding: true,
    evidenceKey: true,
    excel: true,
    excelLanguage: true,
    report: true,
    requireSecond: true,
  },
  previous: { manifestSha256: true, fingerprint: true },
  inputs: [
    {
      kind: true,
      name: true,
      sizeBytes: true,
      sha256: true,
      encoding: true,
      gzip: true,
      rowsRead: true,
      yenRead: true,
      dispositions: {
        accepted: COUNT,
        duplicate: COUNT,
        conflicting: COUNT,
        out_of_scope: COUNT,
        after_as_of: COUNT,
        rejected: COUNT,
        refund: COUNT,
      },
      coupons: COUPONS,
      firstAt: true,
      lastAt: true,
    },
  ],
  issued: { inScope: true, neverInLog: true },
  outputs: [{ name: true, sha256: true, rows: true, totals: true }],
  fingerprint: true,
};

/** Entries of a manifest that no run writes: whoever reads them there would take them for the run\u2019s word. */
export const unknownEntries = (written: string): readonly Text[] =>
  [...new Set(unknownIn(JSON.parse(written), ENTRIES, ''))].map((path) =>
    text(
      `manifest.json に、run の書かない項目がある: ${shownName(path)}`,
      `manifest.json has an entry that no run writes: ${shownName(path)}`,
    ),
  );

function unknownIn(value: unknown, known: true | Entries | readonly [Entries], path: string): readonly string[] {
  if (known === true || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(known)) {
    const [each] = known as readonly [Entries];
    return Array.isArray(value) ? value.flatMap((item) => unknownIn(item, each, path)) : [path];
  }
  const entries = known as Entries;
  return Object.entries(value).flatMap(([name, item]) => {
    const at = path === '' ? name : `${path}.${name}`;
    return Object.hasOwn(entries, name) ? unknownIn(item, entries[name] as true, at) : [at];
  });
}
