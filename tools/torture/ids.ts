import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dice } from '../../test/simulation/dice.ts';
import type { Attack, Attempt, Ground, Opened } from './attack.ts';
import { type CsvTable, csvOf, type Tables } from './csv-table.ts';
import { markedNight } from './markers.ts';
import { INPUT_OPTIONS } from './nights.ts';
import { type CallWithin, loadProgram } from './within.ts';

/** One contact of one row becomes another, which nobody else has. */
const CONTACTS: readonly (readonly [table: string, column: string, other: (dice: Dice) => string])[] = [
  ['issuance', 'phone', (dice) => `0904444${dice.int(1000, 9999)}`],
  ['issuance', 'email', (dice) => `other${dice.int(1000, 9999)}@example.jp`],
  ['applications', 'phone', (dice) => `0904444${dice.int(1000, 9999)}`],
  ['applications', 'email', (dice) => `other${dice.int(1000, 9999)}@example.jp`],
  ['applications', 'account_number', (dice) => `555${dice.int(1000, 9999)}`],
  ['applications', 'account_holder_kana', (dice) => `${'アイウエオカキクケコ'[dice.int(0, 9)]}ベツ ジロウ`],
  ['applications', 'name', (dice) => `別名${'一二三四五六七八九十'[dice.int(0, 9)]}`],
];

/** Files that say whom something is sent to, and what is a word on the bytes of files. */
const MAY_DIFFER = ['payouts.csv', 'to_send.csv', 'manifest.json', 'SHA256SUMS'];

const filesOf = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder)
      .filter((name) => statSync(join(folder, name)).isFile() && !MAY_DIFFER.includes(name))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8').replace(/"sha256": ?"[0-9a-f]{64}"/g, '')]),
  );

/** Files that come out otherwise for a contact. */
export function contactFaults(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] {
  return [...one].flatMap(([name, text]) => {
    const theirs = other.get(name)?.split('\n') ?? [];
    const line = text.split('\n').findIndex((each, place) => each !== theirs[place]);
    const differs = line >= 0 || theirs.length !== text.split('\n').length;
    return differs
      ? [`${name} follows a contact: ${text.split('\n')[line]?.slice(0, 160)} / ${theirs[line]?.slice(0, 160)}`]
      : [];
  });
}

async function published(
  call: CallWithin,
  folder: string,
  tables: Tables,
): Promise<ReadonlyMap<string, string> | undefined> {
  for (const [name, table] of Object.entries(tables)) writeFileSync(join(folder, `${name}.csv`), csvOf(table));
  rmSync(join(folder, 'o'), { recursive: true, force: true });
  const inputs = Object.keys(tables).flatMap((name) => [INPUT_OPTIONS[name] ?? '', `${name}.csv`]);
  const words = ['run', ...inputs, '--as-of', '2023-05-15', '--max-unknown-decisions', '9', '--quiet', '--out', 'o'];
  const { exit } = await call(words, folder);
  return exit === 0 ? filesOf(join(folder, 'o')) : undefined;
}

async function open(ground: Ground): Promise<Opened> {
  const call = await loadProgram(ground.program);
  const folder = join(ground.folder, 'ids');
  mkdirSync(folder, { recursive: true });
  return {
    attempt: async (index, dice): Promise<Attempt> => {
      const night = markedNight(new Dice(ground.seed, `ids ${index}`));
      const [name, column, other] = CONTACTS[index % CONTACTS.length] as (typeof CONTACTS)[number];
      const { header, rows } = night[name] as CsvTable;
      const at = header.indexOf(column);
      const places = rows.flatMap((row, place) => (row[at] === '' || isShared(rows, at, row) ? [] : [place]));
      if (places.length === 0) return { label: 'nobody has one', faults: [], counts: 0 };
      const place = dice.pick(places);
      const value = other(dice);
      const changed = rows.map((row, each) =>
        each === place ? row.map((cell, column) => (column === at ? value : cell)) : row,
      );
      const before = await published(call, folder, night);
      const after = await published(call, folder, { ...night, [name]: { header, rows: changed } });
      const label = `${column} of row ${place + 1} of ${name} is another`;
      if (before === undefined || after === undefined) return { label, faults: ['the night is not published'] };
      return { label, faults: contactFaults(before, after) };
    },
  };
}

const isShared = (rows: CsvTable['rows'], at: number, own: readonly string[]): boolean =>
  rows.some((row) => row !== own && row[at] === own[at]) && own.length < 13;

export const IDS: Attack = {
  name: 'ids',
  done: 'two nights that differ in one phone, e-mail address, account number, holder or name',
  held: 'every published file but payouts.csv, to_send.csv and the hashes of files is the same, byte by byte: no id, and no hash beside it, lets a contact be found again',
  cases: { short: 14, usual: 140, long: 2_000 },
  open,
};
