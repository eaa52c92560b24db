import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Reader } from '../../src/intake/bytes/file.ts';
import { builtInProfile, chosenProfile } from '../../src/intake/profiles/built-in-profiles.ts';
import { type Profile, profileSchema } from '../../src/intake/schema/profile.ts';
import type { InputKind, Tables } from '../../src/tables/tables.ts';
import { inFolder, regionpay } from '../cli/command.ts';
import { ROOT, readRows } from '../support/program.ts';
import type { Row } from '../support/run-tables.ts';
import { asRead, countedOf, type ExpectedLine, isRow, linesRead } from './layout-lines.ts';
import { readTables } from './read-files.ts';

/**
 * Made-up files in the layouts of real systems. What becomes of each line was written down first, a sentence each, from the
 * contract and the profile; the program was asked afterwards.
 */
const FOLDER = join(ROOT, 'fixtures/layouts');
const BASE = join(ROOT, 'fixtures/real-files/base');
const NAMES = readdirSync(FOLDER);

interface ExpectedNight {
  readonly why: string;
  readonly coupons: readonly string[];
  readonly payouts: readonly string[];
  readonly review?: readonly string[];
  readonly rejects?: readonly string[];
}

interface Expected {
  readonly layout: string;
  readonly input: InputKind;
  readonly file: string;
  /** A file of the folder, or the name of a built-in profile. */
  readonly profile: string;
  readonly rows: readonly ExpectedLine[];
  readonly statedTotals?: unknown;
  readonly night?: ExpectedNight;
}

const expectedOf = (name: string): Expected =>
  JSON.parse(readFileSync(join(FOLDER, name, 'expected.json'), 'utf8')) as Expected;

async function profileOf(name: string, { profile }: Expected): Promise<Profile | undefined> {
  const chosen = chosenProfile(profile);
  if (chosen !== undefined) return builtInProfile(chosen);
  return profileSchema().parse(JSON.parse(readFileSync(join(FOLDER, name, profile), 'utf8')));
}

async function readLayout(name: string, reader: Reader): Promise<Tables> {
  const expected = expectedOf(name);
  const content = readFileSync(join(FOLDER, name, expected.file));
  const profile = await profileOf(name, expected);
  return readTables(
    { [expected.input]: { [expected.file]: content } },
    { reader, ...(profile === undefined ? {} : { profile }) },
  );
}

describe.each(NAMES)('%s', (name) => {
  const expected = expectedOf(name);

  it.each(['bytes', 'csv-parse'] as const)('is read line by line as its fixture says (%s)', async (reader) => {
    const tables = await readLayout(name, reader);
    const read = linesRead(tables, expected.input);
    const rows = expected.rows.filter(isRow);
    expect(read).toEqual(rows.map((row, at) => asRead(row, read[at])));
    const [file] = tables.files;
    expect(file?.passedOver).toEqual(countedOf(expected.rows));
    if (expected.statedTotals !== undefined) expect(file?.statedTotals).toEqual(expected.statedTotals);
  });

  it('says of every line of the file why', () => {
    const { rows, file } = expected;
    const written = readFileSync(join(FOLDER, name, file));
    const text = written[0] === 0xff ? written.toString('utf16le') : written.toString('latin1');
    expect(rows.map(({ line }) => line)).toEqual(
      text
        .split('\n')
        .slice(0, -1)
        .map((_, at) => at + 1),
    );
    for (const { why } of rows) expect(why).toMatch(/^\S.{5,}\.$/);
  });

  // What a bank sends back speaks of payouts, whose ids no fixture can know.
  if (expected.night === undefined) return;
  it('makes the night that its fixture says', async () => {
    await inFolder(async (folder) => {
      const out = join(folder, 'run');
      const ended = await regionpay(nightWords(name, expected, out));
      expect(ended).toMatchObject({ status: 0, stderr: '' });
      expect(publishedIn(out)).toEqual(expectedNight(expected));
    });
  });
});

const OPTIONS: Readonly<Partial<Record<InputKind, string>>> = { sales: 'merchant-reports' };
const NIGHT: readonly InputKind[] = ['issuance', 'transactions', 'sales', 'claims'];

function nightWords(name: string, { input, file, profile }: Expected, out: string): readonly string[] {
  const inputs = Object.fromEntries(NIGHT.map((kind) => [kind, join(BASE, `${kind}.csv`)]));
  const files = { ...inputs, [input]: join(FOLDER, name, file) };
  const given = Object.entries(files).flatMap(([kind, path]) => [`--${OPTIONS[kind as InputKind] ?? kind}`, path]);
  const own = join(FOLDER, name, profile);
  const asked = ['--profile', existsSync(own) ? own : profile, '--as-of', '2023-05-10T02:00:00+09:00'];
  return ['run', ...given, ...asked, '--out', out, '--quiet'];
}

function publishedIn(out: string): Omit<ExpectedNight, 'why'> {
  const lines = (file: string, line: (row: Row) => string): string[] => readRows(join(out, file)).map(line);
  const coupon = ({ coupon_number: number }: Row): string => (number ?? '').replace(/^46000000/, '');
  return {
    coupons: lines('eligibility.csv', (row) => `${coupon(row)} ${row.status} ${row.grounds || '-'} ${row.payable_yen}`),
    payouts: lines('payouts.csv', ({ recipient, amount_yen: yen }) => `${recipient} ${yen}`).sort(),
    review: lines('review.csv', (row) => `${coupon(row)} ${row.reason} ${row.amount_at_stake_yen}`),
    rejects: lines('rejects.csv', ({ file, line, code }) => `${file}:${line} ${code}`),
  };
}

function expectedNight({ night }: Expected): Omit<ExpectedNight, 'why'> {
  const { coupons = [], payouts = [], review = [], rejects = [] } = night ?? {};
  return { coupons, payouts: [...payouts].sort(), review, rejects };
}

describe('the fixtures', () => {
  it('are the fifteen layouts, and each night says why in a sentence', () => {
    expect(NAMES).toHaveLength(15);
    for (const name of NAMES) expect(expectedOf(name).night?.why ?? 'It is no night.').toMatch(/^\S.{5,}\.$/);
  });
});
