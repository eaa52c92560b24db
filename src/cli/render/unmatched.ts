import { grouped } from '../../base/figures.ts';
import type { Problem } from '../../base/problem.ts';
import { type Text, text } from '../../base/text.ts';
import { mayBePersonal } from '../../policy/personal-data.ts';
import { declarationOf } from '../../tables/kinds/index.ts';
import type {
  ColumnFinding,
  FileWarning,
  InputFile,
  SpellingExample,
  Tables,
  UnmatchedRow,
} from '../../tables/tables.ts';
import type { RowLimit } from '../options/limits.ts';

/**
 * Why inputs are refused whose rows do not find each other: a number that a spreadsheet wrote otherwise is another number,
 * and whoever has it would be paid as if nothing had been spent.
 */

/** Whole numbers: 29 of 100 rows are not more than 29 %, whatever a double makes of 0.29. */
export const exceeds = (count: number, all: number, limit: RowLimit): boolean =>
  'rows' in limit ? count > limit.rows : count * limit.of > all * limit.parts;

export const limitText = (limit: RowLimit): string =>
  'rows' in limit ? `${limit.rows}` : `${(limit.parts * 100) / limit.of}%`;

/** Files whose rows name too many coupons that the issuance does not know. */
function unmatchedFiles({ files }: Tables, limit: RowLimit): readonly InputFile[] {
  return files.filter((file) => {
    if (file.coupons === null) return false;
    const { named, unknown, respelled } = file.coupons;
    if (file.kind === 'transactions')
      return (
        exceeds(unknown.rows, named.rows, limit) ||
        ('of' in limit && exceeds(unknown.yen, named.yen, limit)) ||
        exceeds(respelled, file.rowsRead, limit)
      );
    // One after the other unknown: some other column stands in the place of this one.
    if (unknown.rows === named.rows && unknown.rows >= SOME && exceeds(unknown.rows, named.rows, limit)) return true;
    // Any number may stand there: only what a spreadsheet wrote otherwise is no question for a person alone.
    if (!exceeds(respelled, named.rows, limit)) return false;
    return declarationOf(file.kind).isTyped !== true || (respelled >= SEVERAL && respelled * 2 > named.rows);
  });
}

/** Somebody writes a number by hand, each another: one without its zeros is a slip of the pen, most of them are a spreadsheet\u2019s. */
const SEVERAL = 2;
const SOME = 3;

/** Every reason to refuse, and the first rows of each. */
export function unmatchedProblems(tables: Tables, limit: RowLimit): readonly Problem[] {
  const files = unmatchedFiles(tables, limit);
  const examples = examplesOf(tables, files);
  const findings = tables.findings.filter((finding) => isRefused(finding, tables, limit));
  return [
    ...files.flatMap((file) => [tooManyUnmatched(file, limit), ...(examples.get(file) ?? [])]),
    ...onePerPair(findings).flatMap((finding) => findingProblems(finding, tables)),
  ];
}

const isRefused = ({ file, rows }: ColumnFinding, { files }: Tables, limit: RowLimit): boolean =>
  exceeds(rows, files[file]?.rowsRead ?? 0, limit);

/** What was found of columns as a whole, and is too little to refuse them. */
export const findingsLetThrough = (tables: Tables, limit: RowLimit): readonly Problem[] =>
  onePerPair(tables.findings.filter((finding) => !isRefused(finding, tables, limit))).flatMap((finding) =>
    findingProblems(finding, tables),
  );

/** Of two places that each are the other\u2019s spelling, one tells of both. */
function onePerPair(findings: readonly ColumnFinding[]): readonly ColumnFinding[] {
  const told = new Set<string>();
  return findings.map((finding) => ({
    ...finding,
    examples: finding.examples.filter(({ line, other }) => {
      if (other === undefined) return true;
      const [here, there] = [`${finding.file}:${line}`, `${other.file}:${other.line}`];
      const pair = `${finding.column} ${[here, there].sort().join(' ')}`;
      return !told.has(pair) && told.add(pair);
    }),
  }));
}

function tooManyUnmatched({ name, kind, coupons, rowsRead }: InputFile, limit: RowLimit): Problem {
  const { named, unknown, respelled } = coupons as NonNullable<InputFile['coupons']>;
  const allowed = text(`(許容 ${limitText(limit)})`, `(${limitText(limit)} allowed)`);
  const isByPayments =
    kind === 'transactions' &&
    (exceeds(unknown.rows, named.rows, limit) || ('of' in limit && exceeds(unknown.yen, named.yen, limit)));
  const all = kind === 'transactions' ? rowsRead : named.rows;
  const isOtherColumn = !isByPayments && unknown.rows === named.rows && respelled < named.rows;
  // Of what people type some may be so: not the share is too large, but most of them are.
  const typed = declarationOf(kind).isTyped === true;
  const what = isByPayments
    ? text(
        `クーポン番号のある完了した決済 ${grouped(named.rows)} 件(${grouped(named.yen)}円)のうち ${grouped(unknown.rows)} 件(${grouped(unknown.yen)}円)の番号が発行データにありません${allowed.ja}`,
        `${grouped(unknown.rows)} of ${grouped(named.rows)} completed payments (${grouped(unknown.yen)} of ${grouped(named.yen)} yen) name coupons that were never issued ${allowed.en}`,
      )
    : isOtherColumn
      ? text(
          `クーポン番号のある行 ${grouped(all)} 件のどれも発行データの番号ではありません`,
          `none of ${grouped(all)} rows names a coupon that was issued`,
        )
      : text(
          `クーポン番号のある行 ${grouped(all)} 件のうち ${grouped(respelled)} 件の番号が、発行データと違う書き方です${typed ? '' : allowed.ja}`,
          `${grouped(respelled)} of ${grouped(all)} rows name a coupon in another spelling than the issuance${typed ? '' : ` ${allowed.en}`}`,
        );
  return {
    code: 'TOO_MANY_UNMATCHED',
    where: name,
    what,
    advice: isOtherColumn ? MAP_THE_COLUMN : EXPORT_AGAIN,
  };
}

const EXPORT_AGAIN = text(
  'どちらかのファイルを表計算ソフトで開いて保存しませんでしたか。元のシステムから出力し直し、そのまま使ってください。承知のうえなら --max-unmatched を上げてください',
  'was one of the files saved by a spreadsheet? Export it again and use it as it is, or raise --max-unmatched knowingly',
);
const MAP_THE_COLUMN = text(
  'クーポン番号ではない列でしたら、profile でその見出しを正しい列(レシート番号なら receipt_no)に対応づけてください。番号が正しければ --max-unmatched を上げてください',
  'if this is no column of coupon numbers, map its header in a profile to what it is (receipt_no for receipts); if it is, raise --max-unmatched',
);

const MOST_SHOWN = 5;

/** The first rows of each file, those first whose number nearly is a known one. */
function examplesOf(tables: Tables, files: readonly InputFile[]): ReadonlyMap<InputFile, readonly Problem[]> {
  const wanted = new Set(files);
  const near = new Map<InputFile, UnmatchedRow[]>();
  const others = new Map<InputFile, UnmatchedRow[]>();
  if (files.length > 0) {
    for (const row of tables.unmatched) {
      const file = tables.files[row.file];
      if (file === undefined || !wanted.has(file)) continue;
      const list = row.nearest === undefined ? others : near;
      const rows = list.get(file) ?? [];
      list.set(file, rows);
      if (rows.length < MOST_SHOWN) rows.push(row);
    }
  }
  return new Map(
    files.map((file) => {
      const rows = [...(near.get(file) ?? []), ...(others.get(file) ?? [])].slice(0, MOST_SHOWN);
      return [file, rows.map((row) => unmatchedProblem(row, file.name))];
    }),
  );
}

const unmatchedProblem = ({ line, shownNumber, nearest }: UnmatchedRow, file: string): Problem => ({
  code: 'UNKNOWN_COUPON',
  where: `${file}:${line}:coupon_number`,
  ...(nearest === undefined ? neverIssued(shownNumber) : issuedOtherwise(shownNumber, nearest)),
});

const neverIssued = (number: string) => ({
  what: text(`クーポン番号 ${number} は発行データにありません`, `coupon number ${number} was never issued`),
  advice: text(
    '発行データがその期間と都道府県のすべてを含むか、列の取り違えがないか確かめてください',
    'see whether the issuance export is whole, and whether this is the column of coupon numbers',
  ),
});

const issuedOtherwise = (number: string, nearest: string) => ({
  what: text(
    `クーポン番号 ${number} は発行データになく、似た ${nearest} があります`,
    `coupon number ${number} was never issued, but ${nearest} was`,
  ),
  advice: text(
    'ゼロ・印・末尾の数字が表計算ソフトで変わっていないか確かめてください',
    'see whether a spreadsheet changed its zeros, a guard or its last digits',
  ),
});

function findingProblems(finding: ColumnFinding, { files }: Tables): readonly Problem[] {
  const { name } = files[finding.file] as InputFile;
  const nameOf = (file: number): string => files[file]?.name ?? '';
  return finding.code === 'TWO_SPELLINGS'
    ? finding.examples.slice(0, MOST_SHOWN).map((example) => spelledTwice(finding.column, name, example, nameOf))
    : [rounded(finding, name)];
}

/** Ids that people type, who may have typed anything. */
const TYPED: ReadonlySet<string> = new Set(['claim_id', 'application_id']);

function spelledTwice(
  column: string,
  name: string,
  { line, written, other }: SpellingExample,
  nameOf: (file: number) => string,
): Problem {
  const elsewhere = other === undefined ? '' : `${nameOf(other.file)}:${other.line}`;
  return {
    code: 'TWO_SPELLINGS',
    where: `${name}:${line}:${column}`,
    what:
      TYPED.has(column) || [written, other?.written ?? ''].some(mayBePersonal)
        ? text(`${elsewhere} と同じ番号の別の書き方です`, `another spelling of the number in ${elsewhere}`)
        : text(
            `${written} は ${elsewhere} の ${other?.written} と同じ番号の別の書き方です`,
            `${written} is another spelling of ${other?.written} (${elsewhere})`,
          ),
    advice: writeAlike(LET_THROUGH[column] ?? NEITHER_IS_USED),
  };
}

const writeAlike = (otherwise: Text): Text =>
  text(
    `表計算ソフトを通した行やファイルを除き、元のシステムの書き方にそろえてください。--max-unmatched を上げれば実行できますが、${otherwise.ja}`,
    `leave out what went through a spreadsheet, and write all as the source does; with a higher --max-unmatched the run passes, but ${otherwise.en}`,
  );

const NEITHER_IS_USED = text(
  'どちらの行も使わず、関係するクーポンは確認待ちになります',
  'uses neither row, and leaves their coupons for a person',
);

/** What becomes of rows whose number stands in two spellings, by column, where it is something else. */
const LET_THROUGH: Readonly<Record<string, Text>> = {
  account_id: text('別々のアカウントとして扱います', 'takes them for two accounts'),
  merchant_id: text(
    'その店の売上報告はどちらの書き方のものも使いません',
    'uses the sales that the shop reported in neither spelling',
  ),
};

const rounded = ({ column, rows, examples }: ColumnFinding, name: string): Problem => ({
  code: 'ROUNDED_NUMBERS',
  where: `${name}:${examples[0]?.line ?? 1}:${column}`,
  what: text(
    `16 桁以上の番号 ${rows} 件がどれも 16 桁目から 0 です。表計算ソフトが 15 桁に丸めたようです`,
    `all of ${rows} numbers of more than 15 digits end in zeros from the sixteenth on: a spreadsheet seems to have rounded them`,
  ),
  advice: text(
    '元のシステムから出力し直し、表計算ソフトで開かずに使ってください。もとからそういう番号なら --max-unmatched を上げてください',
    'export it again from its source, and do not open it in a spreadsheet; where they are so at the source, raise --max-unmatched',
  ),
});

const WARNINGS: Readonly<Record<FileWarning, Text>> = {
  MAY_BE_UTC: text(
    '時刻が世界標準時(UTC)など別の時差かもしれません。夜中や開店前の決済が多すぎます。時差のない時刻なら profile に "zone": "UTC" と書き、時差が付いているなら出力元に確かめてください',
    'its times may be UTC, or have the wrong offset: too many payments at night or before shops open. If they have none, say "zone": "UTC" in a profile; if they have one, ask whoever exported it',
  ),
  ALL_AFTER_AS_OF: text(
    'すべての行が基準時刻より後で、使っていません。日時の列か --as-of を確かめてください',
    'all of its rows are after as-of, and not used: check its dates, or --as-of',
  ),
  COUPON_BY_PAYOUT: text(
    'クーポン番号のゼロが落ちた行や、一つの欄に複数の番号がある行を、支払ID で読み取りました',
    'coupon numbers without their zeros, or several in one cell, were read by the payout id',
  ),
  TWO_SPELLINGS: text(
    '同じ番号が二通りに書かれた行があり、使っていません(rejects.csv、場所は check)',
    'rows whose number stands in two spellings are not used (rejects.csv; check shows both places)',
  ),
  ROUNDED_NUMBERS: text(
    '16 桁以上の番号を表計算ソフトが 15 桁に丸めたようです',
    'a spreadsheet seems to have rounded its numbers to 15 digits',
  ),
};

/** What is odd about a file, and refuses nothing. */
export const warningWords = (warning: FileWarning): Text => WARNINGS[warning];
