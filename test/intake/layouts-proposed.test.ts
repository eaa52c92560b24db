import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInProfiles } from '../../src/intake/profiles/built-in-profiles.ts';
import { readFileBegin } from '../../src/intake/proposal/file-begin.ts';
import { lookAt } from '../../src/intake/proposal/found-table.ts';
import { type Proposal, propose } from '../../src/intake/proposal/propose.ts';
import { profileSchema } from '../../src/intake/schema/profile.ts';
import type { InputKind } from '../../src/tables/tables.ts';
import { ROOT } from '../support/program.ts';
import { asRead, countedOf, type ExpectedLine, isRow, linesRead } from './layout-lines.ts';
import { CLOCK, SURROUNDINGS } from './proposal/tables.ts';
import { readTables } from './read-files.ts';

interface Layout {
  readonly name: string;
  /** A bank's file does not say that it is of what was paid. */
  readonly isSaid?: true;
  /** What no file holds, answered as at the terminal. */
  readonly answers?: Readonly<Record<string, string>>;
  /** What the fixture's own profile calls a row, where that is a choice of whoever wrote it. */
  readonly idOf?: (id: string) => string;
}

const LAYOUTS: readonly Layout[] = [
  { name: 'airpay' },
  { name: 'airregi' },
  { name: 'anser', isSaid: true },
  { name: 'crm' },
  { name: 'google-forms' },
  { name: 'jp-bank', isSaid: true },
  { name: 'kintone', answers: { 'claims.withdrawn': 'leave out' } },
  { name: 'microsoft-forms', idOf: (id) => id.replace('MF-', '') },
  { name: 'paypay-log' },
  { name: 'paypay-report' },
  { name: 'smaregi' },
  { name: 'square' },
  { name: 'stores' },
  { name: 'town-coin', answers: { 'transactions.unit': 'yen' } },
  { name: 'zengin', isSaid: true },
];

interface Expected {
  readonly input: InputKind;
  readonly file: string;
  readonly rows: readonly ExpectedLine[];
}

const FOLDER = join(ROOT, 'fixtures/layouts');
const expectedOf = (name: string): Expected =>
  JSON.parse(readFileSync(join(FOLDER, name, 'expected.json'), 'utf8')) as Expected;

async function proposedFor({ name, isSaid, answers = {} }: Layout): Promise<Proposal> {
  const { file, input } = expectedOf(name);
  const read = await readFileBegin(join(FOLDER, name, file), file);
  if ('problem' in read) throw new Error(read.problem.code);
  const looked = lookAt(read.begin, CLOCK, isSaid === true ? input : undefined);
  return propose([looked], new Map(Object.entries(answers)), { ...SURROUNDINGS, builtIn: await builtInProfiles() });
}

describe.each(LAYOUTS.map((layout) => [layout.name, layout] as const))('%s', (name, layout) => {
  const { input, file, rows } = expectedOf(name);

  it('is proposed as its fixture reads it', async () => {
    const { profile, findings, questions } = await proposedFor(layout);
    expect(findings.map(({ kind }) => kind)).toEqual([input]);
    expect(questions).toEqual([]);
    const tables = await readTables(
      { [input]: { [file]: readFileSync(join(FOLDER, name, file)) } },
      { profile: profileSchema().parse(profile) },
    );
    expect(tables.files[0]?.passedOver).toEqual(countedOf(rows));
    const read = linesRead(tables, input);
    const expected = rows.filter(isRow).map((row, at) => asRead(row, read[at]));
    const { idOf = (id: string) => id } = layout;
    expect(read).toEqual(expected.map((row) => ({ ...row, ...(row.id === undefined ? {} : { id: idOf(row.id) }) })));
  });
});

describe('where nobody answers', () => {
  const unanswered = (name: string) => proposedFor({ name });

  it('what a coin is worth is left open, and the file cannot be read', async () => {
    const { profile, questions, assumed } = await unanswered('town-coin');
    expect(questions.map(({ id, otherwise }) => [id, otherwise])).toEqual([['transactions.unit', 'no']]);
    expect(profile?.inputs.transactions).not.toHaveProperty('columns.amount_yen');
    expect(assumed.map(({ words }) => words.en)).toContain('the required column amount_yen was not found');
  });

  it('what was withdrawn counts', async () => {
    const { profile, questions } = await unanswered('kintone');
    expect(questions.map(({ id, otherwise }) => [id, otherwise])).toEqual([['claims.withdrawn', 'keep']]);
    expect(profile?.inputs.claims).not.toHaveProperty('rows');
  });

  it.each(['anser', 'jp-bank', 'zengin'])('%s is not taken for what was paid', async (name) => {
    const { findings, profile } = await unanswered(name);
    expect([findings[0]?.kind, profile]).toEqual([undefined, undefined]);
  });
});
