import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { LAYOUTS } from '../../src/intake/schema/layouts.ts';
import { CLIENT_SCRIPT } from '../../src/report/client-script.ts';
import { INPUT_KINDS, type InputKind } from '../../src/tables/tables.ts';
import { HEADERS, windows31j } from '../intake/read-files.ts';
import { filesOf } from '../support/program.ts';
import { type Ended, inFolder, put, regionpay, type ToldProblem, toldAsJson } from './command.ts';

/**
 * A file's first line may be anybody's data: a title with a name, a bank's record without a header, a column that somebody
 * called by a person's name. No trace of it may leave the program, and what is told must still help.
 */

/** Made-up people, spelled so that any trace of them is found, and what may be said of them. */
const MARKERS: readonly (readonly [written: string, shape: string])[] = [
  ['鵺坂茉莉花', '字字字字字'],
  ['ヌベサカ マヂリヲ', 'アアアア アアアア'],
  ['ｸﾞﾐｻﾞﾜ ﾄﾓﾖ', 'アアアア アアア'],
  ['ゐもりや ゑつこ', 'アアアア アアア'],
  ['Zxqj Wvyq', 'aaaa aaaa'],
  ['090-9173-8264', '999-9999-9999'],
  ['zxqj.wvyq@xqjz.jp', 'aaaa.aaaa@aaaa.aa'],
  ['9173826', '9999999'],
];
const WRITTEN = MARKERS.map(([written]) => written);
const [KANJI, , HALF_WIDTH, , , PHONE, EMAIL, ACCOUNT] = WRITTEN;
/** Those that no sign gives away: of what no header holds, digits and an at sign, they hold none. */
const NAMES = WRITTEN.slice(0, 5);

const pieces = (text: string, length: number): string[] =>
  Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) => text.slice(at, at + length));
const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Every two characters of a name or an address, as it is written and after NFKC, and every four digits of a number. */
const TRACES: ReadonlySet<string> = new Set(
  WRITTEN.flatMap((written) =>
    /^[\d-]+$/.test(written)
      ? [written, written.replaceAll('-', '')].flatMap((digits) => pieces(digits, 4))
      : [written, plain(written)]
          .flatMap((words) => words.split(/[ .@]/))
          .filter((word) => word !== 'jp')
          .flatMap((word) => pieces(word, 2)),
  ),
);

/**
 * Hashes and times may hold any digits by chance, and the folder that was made for a test any letters; so may the page's
 * program, whose names the build shortens, and its hash in base64: every page holds the same.
 */
function traces(text: string, folder: string): string[] {
  const words = text
    .replaceAll(folder, '')
    .replaceAll(CLIENT_SCRIPT, '')
    .replace(/'sha256-[\w+/]{43}='|[0-9a-f]{16,}|\d\d:\d\d:\d\d\.\d+Z/g, '');
  return [...TRACES].filter((trace) => words.includes(trace) || plain(words).includes(trace));
}

const ROWS: Readonly<Record<InputKind, string>> = {
  issuance: `000000000101,paper,46,2000,2023-02-23T15:00:00+09:00,2023-02-24,A1,active,${PHONE},${EMAIL}`,
  transactions: 'T1,000000000101,2023-02-24T18:00:00+09:00,payment,completed,500,M1,P1,,coupon',
  sales: 'S1,M1,2023-02-24T18:00:00+09:00,700,500,200,0,000000000101',
  claims: 'C1,2023-03-01T10:00:00+09:00,other,000000000101,2023-02-24,46,M1',
  applications: `AP1,2023-04-02T10:00:00+09:00,000000000101,46,2023-02-23,${KANJI},bank_transfer,${PHONE},${EMAIL},0001,001,1,${ACCOUNT},${HALF_WIDTH}`,
  decisions: `R0,abc,approve,${KANJI},2023-05-01T10:00:00+09:00,${WRITTEN.join(' ')}`,
  paid: 'P0,000000000101,500,2023-04-10T10:00:00+09:00,failed',
};

/** No run asks R0. */
const UNASKED = ['--max-unknown-decisions', '1'];

/** Headers of real exports that no layout knows. */
const ORDINARY = ['端末番号/PosID', 'Transaction Status', '支払い詳細項目', '内消費税', 'Card PAN Suffix', '伝票備考'];

// ----- First lines --------------------------------------------------------------------------------------------------------

/** The lines of a file of a kind. */
type Lines = (kind: InputKind) => readonly string[];

const fields = (kind: InputKind): string[] => HEADERS[kind].split(',');
const required = (kind: InputKind): string[] =>
  LAYOUTS[kind].columns.filter((column) => column.required).map(({ name }) => name);
/** A column that is missed where it is called otherwise. */
const needed = (kind: InputKind): string => required(kind)[1] ?? '';
const knownWord = (kind: InputKind): string => LAYOUTS[kind].columns[0]?.headers[0] ?? '';
const joined = (line: string, ...more: readonly (string | undefined)[]): string => [line, ...more].join(',');

const FIRST_LINES = {
  'no-header': (kind) => [joined(ROWS[kind], ...WRITTEN), joined(ROWS[kind], ...WRITTEN)],
  title: (kind) => [WRITTEN.join(' '), HEADERS[kind], ROWS[kind]],
  'title-in-quotes': (kind) => [`"${WRITTEN.join('\n')}"`, HEADERS[kind], ROWS[kind]],
  labels: (kind) => [joined(knownWord(kind), ...WRITTEN), HEADERS[kind], ROWS[kind]],
  twice: (kind) => [joined(HEADERS[kind], ...WRITTEN, ...WRITTEN)],
  'in-place': (kind) => [
    joined(HEADERS[kind].replace(new RegExp(`\\b${needed(kind)}\\b`), KANJI ?? ''), ...WRITTEN.slice(1)),
  ],
  ordinary: (kind) => [
    joined(
      fields(kind)
        .filter((name) => name !== needed(kind))
        .join(','),
      KANJI,
      ...ORDINARY,
      ORDINARY[0],
    ),
  ],
} satisfies Readonly<Record<string, Lines>>;
type FirstLine = keyof typeof FIRST_LINES;

// ----- What is told -------------------------------------------------------------------------------------------------------

const ENCODINGS = { 'UTF-8': (text: string): string | Uint8Array => text, 'Windows-31J': windows31j };
const READERS = { 'the byte reader': [], 'the reference reader': ['--reader', 'csv-parse'] };
type Way = readonly [encoding: keyof typeof ENCODINGS, reader: keyof typeof READERS];
const WAYS: readonly Way[] = [
  ['UTF-8', 'the byte reader'],
  ['UTF-8', 'the reference reader'],
  ['Windows-31J', 'the byte reader'],
  ['Windows-31J', 'the reference reader'],
];

const OPTION: Readonly<Record<InputKind, string>> = {
  issuance: '--issuance',
  transactions: '--transactions',
  sales: '--merchant-reports',
  claims: '--claims',
  applications: '--applications',
  decisions: '--decisions',
  paid: '--paid',
};

/** What `run` and `check` said, one of them as JSON. */
interface Told {
  readonly run: Ended;
  readonly check: Ended;
  readonly asJson: Ended;
  readonly asText: Ended;
  /** Files of the run folder, by name. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Reads a file of each kind and first line, at the most talkative, and sees that nothing told holds a trace. How it is
 * told does not hang on who read the files: each reader has one of the commands as text and the other as JSON.
 */
async function tell(lines: Readonly<Record<string, Lines>>, [encoding, reader]: Way, headers = {}): Promise<Told> {
  return inFolder(async (folder) => {
    const inputs = INPUT_KINDS.flatMap((kind) => [
      OPTION[kind],
      ...Object.entries(lines).map(([name, of]) =>
        put(folder, `${kind}-${name}.csv`, ENCODINGS[encoding](`${of(kind).join('\n')}\n`)),
      ),
    ]);
    const profile = JSON.stringify({ schemaVersion: 1, id: 'source-system', inputs: headers });
    const words = [
      ...[...inputs, ...READERS[reader], '--profile', put(folder, 'profile.json', profile)],
      ...['--as-of', '2023-05-20T02:00:00+09:00', '--lang', 'en', '--log-level', 'debug'],
    ];
    const json = ['--json', '--log-format', 'json'];
    const runsAsJson = reader === 'the byte reader';
    const run = await regionpay([
      'run',
      ...words,
      ...UNASKED,
      '--out',
      join(folder, 'run'),
      ...(runsAsJson ? json : []),
    ]);
    const check = await regionpay(['check', ...words, ...(runsAsJson ? [] : json)]);
    for (const { stdout, stderr } of [run, check]) {
      expect((stdout + stderr).length).toBeGreaterThan(1000);
      expect(traces(stdout + stderr, folder)).toEqual([]);
    }
    const files = Object.fromEntries(
      Object.entries(run.status === 0 ? filesOf(join(folder, 'run')) : {}).map(([name, bytes]) => [
        name,
        Buffer.from(bytes, 'latin1').toString('utf8'),
      ]),
    );
    for (const [name, text] of Object.entries(files))
      if (name !== 'payouts.csv' && name !== 'to_send.csv') expect(traces(text, folder), name).toEqual([]);
    const [asJson, asText] = runsAsJson ? [run, check] : [check, run];
    return { run, check, asJson, asText, files };
  });
}

/** What `run` and `check` refuse alike. */
function refusedFor({ run, check, asJson, asText }: Told): readonly ToldProblem[] {
  expect([run.status, check.status]).toEqual([3, 3]);
  const problems = toldAsJson(asJson);
  for (const { code, where, what } of problems) {
    // Neighbours with the same cause are told it once, behind the last of them.
    const [, behind = ''] = asText.stderr.split(`error [${code}] ${where}\n`);
    expect(behind.replace(new RegExp(`^(?:error \\[${code}\\] .*\n)*`), '').startsWith(`  ${what.en}\n`)).toBe(true);
  }
  expect(asText.stderr.match(/^error \[/gm)).toHaveLength(problems.length);
  return problems;
}

/** Columns that are not used, by file, as `check` tells them. */
function notUsed({ run, check, asJson }: Told): readonly string[] {
  expect([run.status, check.status]).toEqual([0, 0]);
  if (asJson !== check)
    return [...check.stdout.matchAll(/; columns not used: (.*)$/gm)].map(([, names]) => names ?? '');
  const { files } = JSON.parse(check.stdout) as { files: readonly { ignoredColumns: readonly string[] }[] };
  return files.map(({ ignoredColumns }) => ignoredColumns.join(', '));
}

/** Of a first line without a known header. */
const MOST_LISTED = 12;

/** By the number of its column, from 1. */
const hidden = (from: number, markers = MARKERS): string[] =>
  markers.map(([, shape], index) => `<${from + index}: ${shape}>`);

describe.each(WAYS)('a first line in %s, read by %s', (...way) => {
  let problems: readonly ToldProblem[] = [];
  beforeAll(async () => {
    problems = refusedFor(await tell(FIRST_LINES, way));
  });

  /** What is told of the file of a kind, its name left out. */
  const told = (kind: InputKind, line: FirstLine): (readonly [problem: string, ToldProblem['what']])[] =>
    problems.flatMap(({ code, where, what }) => {
      const [file, ...place] = where.split(':1:');
      return file === `${kind}-${line}.csv` ? [[`${code} ${place.join(':1:')}`, what] as const] : [];
    });
  const missing = (...columns: readonly string[]): string[] => columns.map((column) => `MISSING_COLUMN ${column}`);
  /** Of a line without any header: told once, with all that are needed. */
  const noHeader = (kind: InputKind, line: FirstLine): ToldProblem['what'] => {
    const [problem, ...more] = problems.filter(({ where }) => where === `${kind}-${line}.csv:1`);
    expect([problem?.code, more]).toEqual(['MISSING_COLUMN', []]);
    const { ja = '', en = '' } = problem?.what ?? {};
    expect(ja.endsWith(`要る列: ${required(kind).join(', ')}`)).toBe(true);
    expect(en.endsWith(`needed: ${required(kind).join(', ')}`)).toBe(true);
    return { ja, en };
  };

  it.each(INPUT_KINDS)('of %s that is data shows shapes', (kind) => {
    const { ja, en } = noHeader(kind, 'no-header');
    const columns = fields(kind).length + MARKERS.length;
    expect(ja).toContain(`(${columns} 列。値は伏せて形だけ示します: <`);
    expect(en).toContain(`(${columns} columns, shown by their shapes only: <`);
    const shapes = MARKERS.map(([, shape]) => `<${shape}>`).slice(0, Math.max(0, MOST_LISTED - fields(kind).length));
    expect(en).toContain(shapes.join(', '));
  });

  it.each(INPUT_KINDS)('of %s that is a title shows its shape', (kind) => {
    const shapes = {
      title: '字字字字字 アアアア アアアア アアアア アアア…',
      'title-in-quotes': '字字字字字 アアアア アアアア アアアア アアア…',
    } as const;
    for (const [line, shape] of Object.entries(shapes) as [keyof typeof shapes, string][]) {
      const { ja, en } = noHeader(kind, line);
      expect(ja).toContain(`(1 列。値は伏せて形だけ示します: <${shape}>)`);
      expect(en).toContain(`(1 column, shown by its shape only: <${shape}>)`);
    }
  });

  it.each(INPUT_KINDS)('of %s that holds a known word beside a person shows that word alone', (kind) => {
    const found = told(kind, 'labels');
    expect(found.map(([problem]) => problem)).toEqual(missing(...required(kind).slice(1)));
    const names = [knownWord(kind), ...hidden(2)].join(', ');
    for (const [, { ja, en }] of found) {
      expect(ja).toContain(`見つかった見出し: ${names}`);
      expect(en).toContain(`headers found: ${names}`);
    }
  });

  it.each(INPUT_KINDS)('of %s with a person twice says which columns', (kind) => {
    const columns = hidden(fields(kind).length + 1);
    expect(told(kind, 'twice')).toEqual(
      columns.map((column) => [
        `DUPLICATE_HEADER ${column}`,
        { ja: `見出し「${column}」が二つあります`, en: `the header "${column}" stands twice` },
      ]),
    );
  });

  it.each(INPUT_KINDS)('of %s with a person in place of a required column says which is missing', (kind) => {
    const names = fields(kind);
    const place = names.indexOf(needed(kind));
    const shown = names.map((name, index) => (index === place ? hidden(place + 1)[0] : name));
    const listed = [...shown, ...hidden(names.length + 1, MARKERS.slice(1))].join(', ');
    expect(told(kind, 'in-place')).toEqual([
      [
        `MISSING_COLUMN ${needed(kind)}`,
        {
          ja: `必須の列 ${needed(kind)} がありません。見つかった見出し: ${listed}(<…> は知らない見出しの、列の番号と字の形)`,
          en: `the required column ${needed(kind)} is missing; headers found: ${listed} (<…> is an unknown header: its column, and the form of its letters)`,
        },
      ],
    ]);
  });

  it.each(INPUT_KINDS)('of %s shows what is made of words of headers', (kind) => {
    const names = fields(kind).filter((name) => name !== needed(kind));
    const listed = [...names, `<${names.length + 1}: 字字字字字>`, ...ORDINARY, ORDINARY[0]].join(', ');
    expect(told(kind, 'ordinary').map(([problem, { en }]) => `${problem}: ${en}`)).toEqual([
      `DUPLICATE_HEADER ${ORDINARY[0]}: the header "${ORDINARY[0]}" stands twice`,
      `MISSING_COLUMN ${needed(kind)}: the required column ${needed(kind)} is missing; headers found: ${listed} (<…> is an unknown header: its column, and the form of its letters)`,
    ]);
  });
});

describe.each(WAYS)('columns beside the known ones in %s, read by %s', (...way) => {
  it.concurrent('are told by number and shape unless they look like headers, and kept out of the run', async () => {
    const more: Lines = (kind) => [HEADERS[kind], ROWS[kind]].map((line) => joined(line, ...NAMES, ...ORDINARY));
    const told = await tell({ more }, way);
    expect(notUsed(told)).toEqual(
      INPUT_KINDS.map((kind) => [...hidden(fields(kind).length + 1).slice(0, NAMES.length), ...ORDINARY].join(', ')),
    );
    expect(Object.keys(told.files)).toContain('manifest.json');
    // The test can fail: what must be there is found.
    expect(traces(told.files['payouts.csv'] ?? '', '')).toContain('9173');
  });

  it.concurrent('are all told so in a line that holds what no header holds', async () => {
    const more: Lines = (kind) => [HEADERS[kind], ROWS[kind]].map((line) => joined(line, ...WRITTEN, ...ORDINARY));
    for (const listed of notUsed(await tell({ more }, way))) {
      expect(listed).toContain(': aaaa aaa aaaaaa>');
      expect(ORDINARY.filter((header) => listed.includes(header))).toEqual([]);
    }
  });

  const mapped = (header: string) =>
    Object.fromEntries(INPUT_KINDS.map((kind) => [kind, { headers: { [header]: needed(kind) } }]));

  it.concurrent('are never proposed for a header of the profile where they may be a person', async () => {
    const more: Lines = (kind) => [joined(HEADERS[kind], ...WRITTEN)];
    const problems = refusedFor(await tell({ more }, way, mapped('元の列')));
    expect(problems.map(({ code, where }) => `${code} ${where}`)).toEqual(
      INPUT_KINDS.map((kind) => `PROFILE_HEADER_MISSING profile: inputs.${kind}.headers.元の列`),
    );
    for (const { what } of problems) {
      expect(what.ja).toMatch(/見出し「元の列」がどのファイルにもありません$/);
      expect(what.en).toMatch(/ the header "元の列" for \w+, but no file has it$/);
    }
  });

  it.concurrent('are proposed where they look like headers', async () => {
    const more: Lines = (kind) => [joined(HEADERS[kind], ...NAMES, ...ORDINARY)];
    const problems = refusedFor(await tell({ more }, way, mapped('支払い詳細')));
    expect(problems.map(({ code }) => code)).toEqual(INPUT_KINDS.map(() => 'PROFILE_HEADER_MISSING'));
    for (const { what } of problems) {
      expect(what.ja).toMatch(/。使われていない見出し「支払い詳細項目」のことですか$/);
      expect(what.en).toMatch(/; did you mean the unused header "支払い詳細項目"\?$/);
    }
  });
});
