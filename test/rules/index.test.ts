import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { text } from '../../src/base/text.ts';
import { CLAUSES, type Clause } from '../../src/policy/clauses.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { READINGS, type ReadingId } from '../../src/policy/readings.ts';
import { type Wording, wordedBy } from '../../src/policy/wording.ts';
import { RULES } from '../../src/rules/index.ts';
import type { Rule } from '../../src/rules/rule.ts';

/** A module of src/rules and the rules that it exports. */
interface RuleModule {
  /** Without `.ts`. */
  readonly file: string;
  readonly exports: readonly Rule[];
}

const ourFolder = fileURLToPath(new URL('.', import.meta.url));
const rulesFolder = fileURLToPath(new URL('../../src/rules/', import.meta.url));
const namesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => (name.endsWith(ending) ? [name.slice(0, -ending.length)] : []));

const isRule = (value: unknown): value is Rule =>
  typeof value === 'object' && value !== null && 'id' in value && 'judge' in value && typeof value.judge === 'function';

const modules: readonly RuleModule[] = await Promise.all(
  namesIn(rulesFolder, '.ts').map(async (file) => {
    const loaded: Record<string, unknown> = await import(new URL(`../../src/rules/${file}.ts`, import.meta.url).href);
    return { file, exports: Object.values(loaded).filter(isRule) };
  }),
);
const testFiles = namesIn(ourFolder, '.test.ts');

/** Ids: unique, kebab-case, and the name of the file that holds the rule. */
function idProblems(rules: readonly Rule[], from: readonly RuleModule[]): readonly string[] {
  const twice = rules.filter((rule, index) => rules.findIndex((other) => other.id === rule.id) !== index);
  return [
    ...twice.map((rule) => `${rule.id} is in the list twice`),
    ...rules.filter((rule) => !/^[a-z]+(?:-[a-z]+)*$/.test(rule.id)).map((rule) => `${rule.id} is not kebab-case`),
    ...from.flatMap(({ file, exports }) =>
      exports.filter((rule) => rule.id !== file).map((rule) => `${file}.ts holds ${rule.id}`),
    ),
  ];
}

/** Every rule that is exported is in the list, and the other way round; one to a file. */
function listProblems(rules: readonly Rule[], from: readonly RuleModule[]): readonly string[] {
  const exported = from.flatMap((module) => module.exports);
  return [
    ...exported.filter((rule) => !rules.includes(rule)).map((rule) => `${rule.id} is not in the list`),
    ...rules.filter((rule) => !exported.includes(rule)).map((rule) => `${rule.id} is in no file of its own`),
    ...from.filter(({ exports }) => exports.length > 1).map(({ file }) => `${file}.ts holds more than one rule`),
  ];
}

const untested = (rules: readonly Rule[], tests: readonly string[]): readonly string[] =>
  rules.filter((rule) => !tests.includes(rule.id)).map((rule) => `${rule.id} has no test`);

/** Every clause is claimed by a rule or says why not; never both, never neither; and rules claim only what there is. */
function clauseProblems(rules: readonly Rule[], clauses: readonly Clause<Wording>[]): readonly string[] {
  const claimed = new Set(rules.flatMap((rule) => rule.clauses));
  return [
    ...clauses
      .filter((clause) => claimed.has(clause.id) && clause.notEncoded !== undefined)
      .map(({ id }) => `clause ${id} is claimed and not encoded`),
    ...clauses
      .filter((clause) => !claimed.has(clause.id) && clause.notEncoded === undefined)
      .map(({ id }) => `clause ${id} is neither claimed nor excused`),
    ...[...claimed].filter((id) => !clauses.some((clause) => clause.id === id)).map((id) => `there is no clause ${id}`),
    ...rules.filter((rule) => rule.clauses.length === 0).map((rule) => `${rule.id} rests on no clause`),
  ];
}

/** Readings that no rule uses, and where they live instead. None today. */
const ELSEWHERE: Readonly<Partial<Record<ReadingId, string>>> = {};

function readingProblems(
  rules: readonly Rule[],
  known: readonly ReadingId[],
  elsewhere: typeof ELSEWHERE,
): readonly string[] {
  const used = new Set(rules.flatMap((rule) => rule.readings));
  return [
    ...known.filter((id) => !used.has(id) && elsewhere[id] === undefined).map((id) => `no rule uses ${id}`),
    ...known
      .filter((id) => used.has(id) && elsewhere[id] !== undefined)
      .map((id) => `${id} is used by a rule and listed as used elsewhere`),
    ...[...used].filter((id) => !known.includes(id)).map((id) => `there is no reading ${id}`),
  ];
}

/** The order of 3-rules.md: each of these before the next. */
const GROUP_RULES = ['shop-record', 'cash-plus-deduction', 'double-charge', 'unsupported-payment'] as const;
/** Rules that ask what rules before them found. */
const FOUNDATIONS: readonly (readonly [string, string])[] = [
  ['unsupported-payment', 'call-centre-claim'],
  ['call-centre-claim', 'reinstatement'],
  ['reinstatement', 'residual-balance'],
  ['expiry-extension', 'sound-ledger'],
  ['expiry-extension', 'residual-balance'],
  ['sound-ledger', 'face-value'],
  ['residual-balance', 'face-value'],
  ['face-value', 'delivery-route'],
  ['application', 'standing-application'],
  ['standing-application', 'delivery-route'],
];

function orderProblems(rules: readonly Rule[]): readonly string[] {
  const place = (id: string): number => rules.findIndex((rule) => rule.id === id);
  const inOrder = GROUP_RULES.slice(1).map((id, index) => [GROUP_RULES[index] ?? '', id] as const);
  return [...inOrder, ...FOUNDATIONS]
    .filter(([before, after]) => place(before) < 0 || place(before) >= place(after))
    .map(([before, after]) => `${before} must come before ${after}`);
}

const READING_IDS = READINGS.map(({ id }) => id);

describe('the list of rules', () => {
  it('was really looked for', () => {
    expect(modules.length).toBeGreaterThan(RULES.length);
    expect(testFiles).toContain('index');
  });

  it('has ids that are unique, kebab-case and the names of their files', () => {
    expect(idProblems(RULES, modules)).toEqual([]);
  });

  it('holds every rule that a file exports', () => {
    expect(listProblems(RULES, modules)).toEqual([]);
  });

  it('has a test file for every rule', () => {
    expect(untested(RULES, testFiles)).toEqual([]);
  });

  it('claims or excuses every clause of the notice', () => {
    expect(clauseProblems(RULES, CLAUSES)).toEqual([]);
  });

  it('uses every reading', () => {
    expect(READING_IDS).toEqual(Array.from({ length: 16 }, (_, index) => `R${index + 1}`));
    expect(readingProblems(RULES, READING_IDS, ELSEWHERE)).toEqual([]);
  });

  it('is in order of precedence', () => {
    expect(orderProblems(RULES)).toEqual([]);
    const groupRules = RULES.map((rule) => rule.id).filter((id) => GROUP_RULES.some((other) => other === id));
    expect(groupRules).toEqual(GROUP_RULES);
  });

  it('says in both languages what each rule reads, and numbers its version from 1', () => {
    const silent = RULES.filter(({ title, reading }) => {
      const { ja, en } = wordedBy(KAGOSHIMA.terms, reading);
      return [title.ja, title.en, ja, en].some((words) => words.trim() === '');
    });
    expect(silent).toEqual([]);
    expect(RULES.filter(({ version }) => !Number.isInteger(version) || version < 1)).toEqual([]);
  });
});

describe('a list that is broken on purpose', () => {
  const at = (index: number): Rule => {
    const rule = RULES[index];
    if (rule === undefined) throw new Error(`no rule ${index}`);
    return rule;
  };
  const changed = (id: string, change: Partial<Rule>): readonly Rule[] =>
    RULES.map((rule) => (rule.id === id ? { ...rule, ...change } : rule));
  const swapped = (one: string, other: string): readonly Rule[] => {
    const [a, b] = [one, other].map((id) => RULES.findIndex((rule) => rule.id === id)) as [number, number];
    return RULES.map((rule, index) => (index === a ? at(b) : index === b ? at(a) : rule));
  };

  it('is told: a rule twice', () => {
    expect(idProblems([...RULES, at(0)], modules)).toContain('programme-scope is in the list twice');
  });

  it('is told: an id that is not kebab-case', () => {
    expect(idProblems(changed('application', { id: 'Application_1' }), modules)).toContain(
      'Application_1 is not kebab-case',
    );
  });

  it('is told: a file that is not named after its rule', () => {
    expect(idProblems(RULES, [{ file: 'scope', exports: [at(0)] }])).toEqual(['scope.ts holds programme-scope']);
  });

  it('is told: a rule left out', () => {
    expect(listProblems(RULES.slice(1), modules)).toEqual(['programme-scope is not in the list']);
  });

  it('is told: a rule from nowhere', () => {
    const stray = { ...at(0), id: 'stray' };
    expect(listProblems([...RULES, stray], modules)).toEqual(['stray is in no file of its own']);
  });

  it('is told: two rules in one file', () => {
    expect(listProblems(RULES, [{ file: 'both', exports: RULES }])).toEqual(['both.ts holds more than one rule']);
  });

  it('is told: a rule without a test', () => {
    expect(untested([...RULES, { ...at(0), id: 'stray' }], testFiles)).toEqual(['stray has no test']);
  });

  it('is told: a clause that is neither claimed nor excused', () => {
    expect(clauseProblems(changed('double-charge', { clauses: ['2B2'] }), CLAUSES)).toEqual([
      'clause 1B2 is neither claimed nor excused',
    ]);
  });

  it('is told: a clause that is claimed and excused', () => {
    expect(clauseProblems(changed('double-charge', { clauses: ['1B2', '3'] }), CLAUSES)).toEqual([
      'clause 3 is claimed and not encoded',
    ]);
  });

  it('is told: a clause that the notice does not have', () => {
    expect(
      clauseProblems(
        RULES,
        CLAUSES.filter(({ id }) => id !== '1B1'),
      ),
    ).toEqual(['there is no clause 1B1']);
  });

  it('is told: a rule that rests on no clause', () => {
    expect(clauseProblems([...RULES, { ...at(0), id: 'stray', clauses: [] }], CLAUSES)).toEqual([
      'stray rests on no clause',
    ]);
  });

  it('is told: a reading that no rule uses', () => {
    const rules = changed('residual-balance', { readings: [] });
    expect(readingProblems(rules, READING_IDS, {})).toEqual(['no rule uses R4', 'no rule uses R5']);
    expect(readingProblems(rules, READING_IDS, { R4: 'here', R5: 'there' })).toEqual([]);
  });

  it('is told: a reading that is excused although a rule uses it', () => {
    expect(readingProblems(RULES, READING_IDS, { R4: 'here' })).toEqual([
      'R4 is used by a rule and listed as used elsewhere',
    ]);
  });

  it('is told: a reading that there is not', () => {
    expect(readingProblems(RULES, READING_IDS.slice(1), {})).toEqual(['there is no reading R1']);
  });

  it('is told: (B)② before (B)①', () => {
    expect(orderProblems(swapped('cash-plus-deduction', 'double-charge'))).toContain(
      'cash-plus-deduction must come before double-charge',
    );
  });

  it('is told: a question before the grounds', () => {
    expect(orderProblems(swapped('shop-record', 'unsupported-payment'))).toContain(
      'shop-record must come before cash-plus-deduction',
    );
  });

  it('is told: a rule before the one that it builds on', () => {
    expect(orderProblems(swapped('expiry-extension', 'residual-balance'))).toContain(
      'expiry-extension must come before residual-balance',
    );
  });

  it('is told: no rule at all', () => {
    const placeholder = text('仮', 'Stub');
    expect(orderProblems([{ ...at(0), title: placeholder }])).toHaveLength(GROUP_RULES.length - 1 + FOUNDATIONS.length);
  });
});
