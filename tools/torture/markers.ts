import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Dice } from '../../test/simulation/dice.ts';
import type { Attack, Attempt, Ground, Opened } from './attack.ts';
import { callProgram, endGroup } from './called.ts';
import { type CsvTable, csvOf, type Tables } from './csv-table.ts';
import { shown } from './judges.ts';
import { changeBytes } from './mutations.ts';
import { INPUT_OPTIONS } from './nights.ts';
import { type CallWithin, loadProgram } from './within.ts';

/** Signs that stand in contact fields and nowhere else; numbers as a whole, for hashes hold digits, too. */
export const MARKERS: Readonly<Record<string, RegExp>> = {
  name: /蓼科|鰐淵/,
  kana: /ヌヌヌ|ﾇﾇﾇ|ヂヂヂ|ﾁﾞﾁﾞﾁﾞ/,
  phone: /0?80-?7310-?\d{4}/,
  email: /zzqmark/i,
  account: /(?<![0-9a-f])7319\d{3}(?![0-9a-f])/i,
  decider: /ZDECIDER|ZNOTE/i,
};

/** What of these stands in a text. */
export const markersIn = (text: string, kinds: readonly string[] = Object.keys(MARKERS)): readonly string[] =>
  kinds.flatMap((kind) => {
    const found = MARKERS[kind]?.exec(text);
    if (found === null || found === undefined) return [];
    const around = text.slice(Math.max(0, found.index - 60), found.index + found[0].length + 20);
    return [`${kind}: ${shown(around.replaceAll('\n', ' | '))}`];
  });

const COUPONS = 12;
const numberOf = (at: number): string => String(100_000_000_101 + at * 7);
const phoneOf = (at: number): string => `0807310${String(1000 + at)}`;

/** A night in which every contact field holds a marker. */
export function markedNight(dice: Dice): Tables {
  return {
    issuance: markedIssuance(dice),
    ...markedPayments(dice),
    applications: markedApplications(dice),
    decisions: {
      header: ['review_id', 'evidence_hash', 'decision', 'decided_by', 'decided_at', 'note'],
      rows: [['R0000000000000001', 'abc', 'approve', 'ZDECIDER', '2023-04-11T10:00:00+09:00', 'ZNOTE']],
    },
  };
}

const COUPON_PLACES = Array.from({ length: COUPONS }, (_, place) => place);

/** Some are charged to accounts, on which some contacts are alike and others not. */
const markedIssuance = (dice: Dice): CsvTable => ({
  header: [
    ...['coupon_number', 'medium', 'prefecture', 'face_yen', 'issued_at', 'expires_on', 'account_id', 'account_status'],
    ...['phone', 'email'],
  ],
  rows: COUPON_PLACES.map((place) => [
    ...[numberOf(place), 'paper', '46', '2000', '2023-02-23T15:00:00+09:00', '2023-02-24'],
    ...(place % 3 === 0
      ? ['', '', '', '']
      : [`A${place % 5}`, 'active', phoneOf(dice.chance(0.8) ? place : 1), `zzqmark${place}@example.jp`]),
  ]),
});

/** Each has paid in the outage, some twice. */
function markedPayments(dice: Dice): Tables {
  const payment = (id: string, place: number, second: string): readonly string[] => [
    ...[id, numberOf(place), `2023-02-24T18:${10 + place}:${second}+09:00`, 'payment', 'completed', '500'],
    ...[`M${place % 4}`, 'P1'],
  ];
  return {
    transactions: {
      header: [
        ...['transaction_id', 'coupon_number', 'occurred_at', 'kind', 'status', 'amount_yen', 'merchant_id'],
        'terminal_id',
      ],
      rows: COUPON_PLACES.flatMap((place) => [
        payment(`T${place}`, place, '00'),
        ...(dice.chance(0.4) ? [payment(`U${place}`, place, '30')] : []),
      ]),
    },
    merchant_reports: {
      header: [
        'report_id',
        'merchant_id',
        'sold_at',
        'total_yen',
        'coupon_yen',
        'cash_yen',
        'other_yen',
        'coupon_number',
      ],
      rows: COUPON_PLACES.map((place) => [
        ...[`S${place}`, `M${place % 4}`, `2023-02-24T18:${10 + place}:00+09:00`, '500', '500', '0', '0'],
        numberOf(place),
      ]),
    },
  };
}

const markedApplications = (dice: Dice): CsvTable => ({
  header: [
    ...['application_id', 'applied_at', 'coupon_number', 'prefecture', 'name', 'method', 'phone', 'email'],
    ...['bank_code', 'branch_code', 'account_type', 'account_number', 'account_holder_kana'],
  ],
  rows: COUPON_PLACES.filter((place) => place % 3 === 0 || dice.chance(0.2)).map((place) => [
    ...[`AP${place}`, '2023-04-10T10:00:00+09:00', numberOf(place), '46', `蓼科${place % 2 === 0 ? '鰐淵' : '太郎'}`],
    ...(place % 2 === 0
      ? ['bank_transfer', '', '', '0185', '123', '1', `7319${100 + place}`, 'ヌヌヌ ヂヂヂ']
      : ['points', phoneOf(50 + place), `zzqmarka${place}@example.jp`, '', '', '', '', '']),
  ]),
});

/** How a file comes to have its rows where its header should be, or the other way round. */
const WAYS: readonly ((text: string, dice: Dice) => string)[] = [
  (text) => text,
  (text) => text.replace('\n', ''),
  (text) => text.replace('\n', ','),
  (text) => text.slice(text.indexOf('\n') + 1),
  (text, dice) => text.slice(dice.int(1, Math.max(1, text.indexOf('\n') - 1))),
  (text, dice) => at(text, dice.int(0, Math.max(0, text.indexOf('\n'))), '"'),
  (text, dice) => at(text, dice.int(0, text.length), '"'),
  (text, dice) => at(text, dice.int(0, Math.max(0, text.indexOf('\n'))), '\n'),
  (text) => text.replaceAll('\n', '\r').replace('\r', ''),
  (text) => text.replaceAll(',', ';'),
  (text) => text.replaceAll(',', '\t').replace('\n', ''),
  (text, dice) => moved(text, dice),
  (text, dice) => Buffer.from(changeBytes(Buffer.from(text), dice)[0]).toString('utf8'),
];

const at = (text: string, place: number, sign: string): string => text.slice(0, place) + sign + text.slice(place);

/** Cells of a column go where another's stand: names where dates should be. */
function moved(text: string, dice: Dice): string {
  const lines = text.split('\n').map((line) => line.split(','));
  const width = lines[0]?.length ?? 1;
  const [one, other] = [dice.int(0, width - 1), dice.int(0, width - 1)];
  const from = dice.pick([0, 1]);
  for (const cells of lines.slice(from, -1)) [cells[one], cells[other]] = [cells[other] ?? '', cells[one] ?? ''];
  return lines.map((cells) => cells.join(',')).join('\n');
}

/** Files in which contacts stand by contract, and copies of inputs. */
const MAY_HOLD = ['payouts.csv', 'to_send.csv'];
/** In a table of questions and answers stands who gave them. */
const WITHOUT_DECIDER = Object.keys(MARKERS).filter((kind) => kind !== 'decider');

/** What of the markers stands in files of a folder, or in the one file, where it may not. */
export function markersInFiles(place: string): readonly string[] {
  const stands = statSync(place, { throwIfNoEntry: false });
  if (stands === undefined) return [];
  const names = stands.isDirectory() ? readdirSync(place, { recursive: true, encoding: 'utf8' }) : [''];
  return names.flatMap((name) => {
    const path = join(place, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isFile() !== true || MAY_HOLD.includes(basename(name)) || /(^|\/)inputs\//.test(name)) return [];
    return markersIn(textOf(path), WITHOUT_DECIDER).map(
      (fault) => `${(name || basename(place)).replace(/\d{3,}[\w-]*/g, 'N')} holds a contact: ${fault}`,
    );
  });
}

/** Spreadsheets are read as they are stored: what they hold of texts lies deflated, and their copies of tables are beside. */
function textOf(path: string): string {
  const bytes = readFileSync(path);
  const text = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  return `${text.toString('utf8')}\n${new TextDecoder('shift_jis').decode(text)}`;
}

const LEVELS = ['silent', 'error', 'warn', 'info', 'debug'];
const OUTER = [
  '--max-rejects',
  '100%',
  '--max-small-rejects',
  '100%',
  '--max-unmatched',
  '100%',
  '--max-unknown-decisions',
  '100',
];
const MAY_BE = ['--allow-empty-file', '--allow-missing-days', '--allow-cut-file'];

interface Scene {
  readonly folder: string;
  readonly names: readonly string[];
  readonly dice: Dice;
}

function runWordsOf({ names, dice }: Scene): readonly string[] {
  const inputs = names.flatMap((name) => [INPUT_OPTIONS[name] ?? '', `${name}.csv`]);
  const limits = dice.chance(0.7) ? [...OUTER, ...MAY_BE] : [];
  const telling = [
    ...[
      '--lang',
      dice.pick(['ja', 'en']),
      '--log-level',
      dice.pick(LEVELS),
      '--log-format',
      dice.pick(['text', 'json']),
    ],
    ...(dice.chance(0.3) ? ['--json'] : []),
  ];
  return [...inputs, '--as-of', '2023-05-10T02:00:00+09:00', ...limits, ...telling];
}

const RUN_ONLY = ['--max-unknown-decisions', '100'];
const checkWords = (words: readonly string[]): readonly string[] =>
  words.filter((word, place) => !RUN_ONLY.includes(word) || (word === '100' && words[place - 1] !== RUN_ONLY[0]));

/** Commands on what came of it. */
const READERS: readonly ((coupon: string) => readonly string[])[] = [
  (coupon) => ['explain', 'o', coupon],
  (coupon) => ['explain', 'o', coupon, '--json'],
  (coupon) => ['explain', 'o', coupon, '--short'],
  () => ['explain', 'o', 'zzqmark1@example.jp'],
  () => ['verify', 'o'],
  () => ['show', 'o'],
  () => ['status', '.'],
  () => ['diff', 'o', 'o'],
  () => ['diff', 'before', 'o'],
  () => ['diff', 'before', 'o', '--json'],
  () => ['diff', 'before', 'o', '--markdown'],
  () => ['review', 'o'],
];

/** What is said of a call, without the words that it was called with. */
async function saidFaults(call: CallWithin, words: readonly string[], folder: string): Promise<readonly string[]> {
  const { stdout, stderr } = await call(words, folder);
  return Object.entries({ stdout, stderr }).flatMap(([stream, text]) =>
    markersIn(text.replaceAll('zzqmark1@example.jp', '')).map((fault) => `${words[0]} shows on ${stream} ${fault}`),
  );
}

async function spread(call: CallWithin, scene: Scene): Promise<readonly string[]> {
  const { folder, dice } = scene;
  rmSync(join(folder, 'o'), { recursive: true, force: true });
  const words = runWordsOf(scene);
  const faults = [
    ...(await saidFaults(call, ['check', ...checkWords(words)], folder)),
    ...(await saidFaults(
      call,
      ['run', ...words, '--out', 'o', ...dice.pick([[], ['--excel'], ['--archive']])],
      folder,
    )),
  ];
  if (existsSync(join(folder, 'o')))
    for (const reader of [dice.pick(READERS), dice.pick(READERS)])
      faults.push(
        ...(await saidFaults(
          call,
          [...reader(numberOf(dice.int(0, COUPONS - 1))), '--lang', dice.pick(['ja', 'en'])],
          folder,
        )),
      );
  return [...faults, ...markersInFiles(join(folder, 'o'))];
}

/** Rows on disk, looked at while they lie there and after a kill. */
async function spilled(scene: Scene, program: string): Promise<readonly string[]> {
  const { folder, dice } = scene;
  const faults = new Set<string>();
  mkdirSync(join(folder, 'rows'), { recursive: true });
  const words = ['run', ...runWordsOf(scene), '--out', 'k', '--memory', '1KB', '--temp-directory', 'rows'];
  const look = (): void => {
    for (const fault of markersInFiles(join(folder, 'rows'))) faults.add(`rows/${fault}`);
  };
  const timer = setInterval(look, 5);
  const afterMs = dice.int(50, 900);
  await callProgram(program, words, { folder, onStart: (child) => void setTimeout(() => endGroup(child), afterMs) });
  clearInterval(timer);
  look();
  for (const name of readdirSync(folder).filter((each) => /^\.?k/.test(each)))
    for (const fault of markersInFiles(join(folder, name))) faults.add(`after a kill: ${fault}`);
  return [...faults];
}

/** One in so many is killed with its rows on disk. */
const KILLED_EVERY = 10;

async function open(ground: Ground): Promise<Opened> {
  const call = await loadProgram(ground.program);
  const folder = join(ground.folder, 'marked');
  mkdirSync(folder, { recursive: true });
  const sound = markedNight(new Dice(ground.seed, 'marked'));
  for (const [name, table] of Object.entries(sound)) writeFileSync(join(folder, `${name}.csv`), csvOf(table));
  const names = Object.keys(sound);
  rmSync(join(folder, 'before'), { recursive: true, force: true });
  const scene = { folder, names, dice: new Dice(ground.seed, 'before') };
  await call(['run', ...runWordsOf(scene), ...OUTER, '--quiet', '--out', 'before', '--archive'], folder);
  return {
    attempt: async (index, dice): Promise<Attempt> => {
      const tables = markedNight(dice);
      const broken = dice.pick(['applications', 'applications', 'issuance', 'decisions', 'transactions']);
      const way = dice.int(0, WAYS.length - 1);
      for (const name of names) {
        const text = csvOf(tables[name] as CsvTable);
        writeFileSync(join(folder, `${name}.csv`), name === broken ? (WAYS[way]?.(text, dice) ?? text) : text);
      }
      const faults = [...(await spread(call, { folder, names, dice }))];
      if (index % KILLED_EVERY === 0) faults.push(...(await spilled({ folder, names, dice }, ground.program)));
      return { label: `${broken}.csv changed in way ${way}`, faults };
    },
  };
}

export const MARKS: Attack = {
  name: 'markers',
  done: 'a marker in every contact field; headers cut, lost or grown into rows, stray quotes, columns moved; every command, log level and format, rows on disk, kills',
  held: 'no marker on stdout, stderr or in a log line, nor in any file but payouts.csv, to_send.csv and what is made from them, nor in one that has a name while rows lie on disk or after a kill',
  cases: { short: 20, usual: 1_500, long: 50_000 },
  open,
};
