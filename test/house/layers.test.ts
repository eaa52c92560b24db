import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT, withFolder } from '../support/program.ts';

/** A small copy of the house with some files more, judged by the project's own configuration. */
function judge(
  check: readonly string[],
  files: readonly (readonly [path: string, content: string])[],
): { readonly status: number | null; readonly output: string } {
  return withFolder((folder) => {
    for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'biome.json', 'package.json'])
      cpSync(join(ROOT, name), join(folder, name));
    cpSync(join(ROOT, 'src'), join(folder, 'src'), { recursive: true });
    cpSync(join(ROOT, 'test/support'), join(folder, 'test/support'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const [path, content] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const result = spawnSync(join(ROOT, 'node_modules/.bin', check[0] ?? ''), check.slice(1), {
      cwd: folder,
      encoding: 'utf8',
    });
    return { status: result.status, output: result.stdout + result.stderr };
  });
}

const LAYERS = ['depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'src'];
const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  readonly forbidden: readonly { readonly name: string }[];
};

/** Rooms of intake, and one that each may not use. */
const INTAKE_WRONG = [
  ['kernel', 'values/amounts', 'readAmount'],
  ['values', 'columns/spread', 'spread'],
  ['columns', 'bytes/line-breaks', 'breaksInside'],
  ['bytes', 'schema/layouts', 'LAYOUTS'],
  ['mapping', 'schema/layouts', 'LAYOUTS'],
  ['schema', 'readers/csv-parse-reader', 'readCsv'],
  ['profiles', 'proposal/propose', 'propose'],
  ['proposal', 'readers/csv-parse-reader', 'readCsv'],
  ['readers', 'parallel/reader-pool', 'ReaderPool'],
  ['dispositions', 'spill/spill', 'Spill'],
  ['parallel', 'read-inputs', 'readInputs'],
  ['spill', 'parallel/reader-pool', 'ReaderPool'],
].map(
  ([room, path, name]) =>
    [
      `intake-${room}-looks-back-only`,
      `src/intake/${room}/wrong.ts`,
      `import { ${name} } from '../${path}.ts';\nexport const wrong = ${name};\n`,
    ] as const,
);

/** A file that may not be, and the rule that says so. */
const WRONG: readonly (readonly [rule: string, path: string, content: string])[] = [
  [
    'base-looks-back-only',
    'src/base/wrong.ts',
    "import { REASONS } from '../policy/vocabulary.ts';\nexport const wrong = REASONS;\n",
  ],
  [
    'tables-looks-back-only',
    'src/tables/wrong.ts',
    "import { openBook } from '../ledger/book.ts';\nexport const wrong = openBook;\n",
  ],
  [
    'policy-looks-back-only',
    'src/policy/wrong.ts',
    "import { settle } from '../settlement/settle.ts';\nexport const wrong = settle;\n",
  ],
  [
    'ledger-looks-back-only',
    'src/ledger/wrong.ts',
    "import { RULES } from '../rules/index.ts';\nexport const wrong = RULES;\n",
  ],
  [
    'pairing-looks-back-only',
    'src/pairing/wrong.ts',
    "import type { Rule } from '../rules/rule.ts';\nexport type Wrong = Rule;\n",
  ],
  [
    'rules-looks-back-only',
    'src/rules/wrong.ts',
    "import { payoutsOf } from '../settlement/payouts.ts';\nexport const wrong = payoutsOf;\n",
  ],
  [
    'settlement-looks-back-only',
    'src/settlement/wrong.ts',
    "import { sha256 } from '../publish/hash.ts';\nexport const wrong = sha256;\n",
  ],
  [
    'intake-looks-back-only',
    'src/intake/wrong.ts',
    "import { openBook } from '../ledger/book.ts';\nexport const wrong = openBook;\n",
  ],
  [
    'publish-looks-back-only',
    'src/publish/wrong.ts',
    "import { EXIT } from '../cli/terminal/exit.ts';\nexport const wrong = EXIT;\n",
  ],
  [
    'publish-looks-back-only',
    'src/publish/wrong.ts',
    "import { settleRun } from '../run/settle-run.ts';\nexport const wrong = settleRun;\n",
  ],
  [
    'publish-looks-back-only',
    'src/publish/wrong.ts',
    "import { htmlPage } from '../report/shell.ts';\nexport const wrong = htmlPage;\n",
  ],
  [
    'report-looks-back-only',
    'src/report/wrong.ts',
    "import { settleRun } from '../run/settle-run.ts';\nexport const wrong = settleRun;\n",
  ],
  [
    'run-looks-back-only',
    'src/run/wrong.ts',
    "import { verifyRun } from '../audit/verify/verify.ts';\nexport const wrong = verifyRun;\n",
  ],
  [
    'audit-looks-back-only',
    'src/audit/wrong.ts',
    "import { write } from '../cli/terminal/terminal.ts';\nexport const wrong = write;\n",
  ],
  [
    'core-knows-no-machine',
    'src/rules/wrong.ts',
    "import { readFileSync } from 'node:fs';\nexport const wrong = readFileSync;\n",
  ],
  ['core-uses-few-packages', 'src/settlement/wrong.ts', "import { pino } from 'pino';\nexport const wrong = pino;\n"],
  [
    'core-never-sees-intake',
    'src/ledger/wrong.ts',
    "import { readAmount } from '../intake/values/amounts.ts';\nexport const wrong = readAmount;\n",
  ],
  [
    'core-never-sees-intake',
    'src/tables/wrong.ts',
    "import type { Profile } from '../intake/schema/profile.ts';\nexport type Wrong = Profile;\n",
  ],
  [
    'intake-by-its-face',
    'src/publish/wrong.ts',
    "import { readAmount } from '../intake/values/amounts.ts';\nexport const wrong = readAmount;\n",
  ],
  [
    'intake-by-its-face',
    'src/cli/options/wrong.ts',
    "import type { Spill } from '../../intake/spill/spill.ts';\nexport type Wrong = Spill;\n",
  ],
  ...INTAKE_WRONG,
  [
    'nights-load-no-meanings',
    'src/tables/wrong.ts',
    "import { MEANINGS } from './kinds/meanings/index.ts';\nexport const wrong = MEANINGS;\n",
  ],
  [
    'audit-rooms-apart',
    'src/audit/explain/wrong.ts',
    "import { compareRuns } from '../diff/diff.ts';\nexport const wrong = compareRuns;\n",
  ],
  [
    'audit-rooms-apart',
    'src/audit/record/wrong.ts',
    "import { verifyRun } from '../verify/verify.ts';\nexport const wrong = verifyRun;\n",
  ],
  [
    'verify-checks-by-itself',
    'src/audit/verify/wrong.ts',
    "import { runFiles } from '../../publish/run-files.ts';\nexport const wrong = runFiles;\n",
  ],
  [
    'disbursement-looks-back-only',
    'src/disbursement/wrong.ts',
    "import { write } from '../cli/terminal/terminal.ts';\nexport const wrong = write;\n",
  ],
  [
    'audit-looks-back-only',
    'src/audit/wrong.ts',
    "import { readOrders } from '../disbursement/orders.ts';\nexport const wrong = readOrders;\n",
  ],
  [
    'disbursement-knows-little',
    'src/disbursement/wrong.ts',
    "import { RULES } from '../rules/index.ts';\nexport const wrong = RULES;\n",
  ],
  [
    'disbursement-knows-little',
    'src/disbursement/wrong.ts',
    "import { openPublisher } from '../publish/run-folder.ts';\nexport const wrong = openPublisher;\n",
  ],
  [
    'disbursement-forms-are-pure',
    'src/disbursement/form/wrong.ts',
    "import { readFileSync } from 'node:fs';\nexport const wrong = readFileSync;\n",
  ],
  [
    'few-rooms-open-files',
    'src/audit/diff/wrong.ts',
    "import { readFileSync } from 'node:fs';\nexport const wrong = readFileSync;\n",
  ],
  [
    'few-rooms-open-files',
    'src/intake/readers/wrong.ts',
    "import { open } from 'node:fs/promises';\nexport const wrong = open;\n",
  ],
  ['no-orphans', 'src/publish/wrong.ts', 'export const wrong = 1;\n'],
  ['no-development-packages', 'src/cli/wrong.ts', "import { build } from 'esbuild';\nexport const wrong = build;\n"],
  [
    'program-knows-no-tests',
    'src/cli/wrong.ts',
    "import { ROOT } from '../../test/support/program.ts';\nexport const wrong = ROOT;\n",
  ],
  [
    'rules-do-not-know-each-other',
    'src/rules/wrong.ts',
    "import { doubleCharge } from './double-charge.ts';\nexport const wrong = doubleCharge;\n",
  ],
  [
    'only-run-composes',
    'src/cli/commands/wrong.ts',
    "import { settleEach } from '../../settlement/settle.ts';\nexport const wrong = settleEach;\n",
  ],
  [
    'only-run-composes',
    'src/audit/wrong.ts',
    "import { readInputs } from '../intake/read-inputs.ts';\nexport const wrong = readInputs;\n",
  ],
  [
    'only-run-composes',
    'src/publish/wrong.ts',
    "import { settleEach } from '../settlement/settle.ts';\nexport const wrong = settleEach;\n",
  ],
  [
    'render-is-pure',
    'src/cli/render/wrong.ts',
    "import { readFileSync } from 'node:fs';\nexport const wrong = readFileSync;\n",
  ],
  [
    'render-is-pure',
    'src/cli/render/wrong.ts',
    "import { readManifest } from '../../audit/record/run-record.ts';\nexport const wrong = readManifest;\n",
  ],
  [
    'render-is-pure',
    'src/cli/render/wrong.ts',
    "import { write } from '../terminal/terminal.ts';\nexport const wrong = write;\n",
  ],
  [
    'render-is-pure',
    'src/cli/render/wrong.ts',
    "import { globSync } from 'tinyglobby';\nexport const wrong = globSync;\n",
  ],
  [
    'render-uses-pure-modules',
    'src/cli/terminal/problem-text.ts',
    "import { hostname } from 'node:os';\nexport const problemText = hostname;\nexport const problemsJson = hostname;\n",
  ],
  [
    'synth-knows-the-policy-only',
    'src/synth/wrong.ts',
    "import { readAmount } from '../intake/values/amounts.ts';\nexport const wrong = readAmount;\n",
  ],
  [
    'only-cli-uses-synth',
    'src/audit/wrong.ts',
    "import { synthesise } from '../synth/synthesise.ts';\nexport const wrong = synthesise;\n",
  ],
  [
    'no-circles',
    'src/base/wrong.ts',
    "import type { Wrong } from './wrong.ts';\nexport type Right = Wrong;\nexport type Wrong = Right;\n",
  ],
];

const RIGHT: readonly (readonly [path: string, content: string])[] = [
  ['src/policy/right.ts', "import { text } from '../base/text.ts';\nexport const right = text('', '');\n"],
  [
    'src/cli/render/right.ts',
    "import type { Manifest } from '../../audit/record/run-record.ts';\nexport type Right = Manifest;\n",
  ],
];

describe('an import against the direction of the house is named', () => {
  // All of them at once, each under a name of its own: looking through the house takes seconds.
  const wrong = WRONG.map(([rule, path, content], index) => ({
    rule,
    path: path.replace('wrong.ts', `wrong-${index}.ts`),
    content: content.replace("'./wrong.ts'", `'./wrong-${index}.ts'`),
  }));
  const { status, output } = judge(
    LAYERS,
    wrong.map(({ path, content }) => [path, content] as const),
  );

  test.each(wrong)('$rule: $path', ({ rule, path }) => {
    // What is wrong with the file itself ends the line; what it imports comes behind it.
    expect(`${output}\n`.replaceAll('\n', ' \n')).toContain(`error ${rule}: ${path} `);
  });

  test('and every rule is among them', () => {
    const shown = new Set(WRONG.map(([rule]) => rule));
    // There is nothing after the last room that it could use.
    const rules = forbidden.map(({ name }) => name).filter((name) => name !== 'cli-looks-back-only');
    expect(rules.filter((name) => !shown.has(name))).toEqual([]);
  });

  test('and the check fails', () => {
    expect(status).not.toBe(0);
  });

  test('and the house as it is has none, nor with what may be', () => {
    const right = judge(LAYERS, RIGHT);
    expect(right.output).toContain('no dependency violations found');
    expect(right.status).toBe(0);
  });
});

describe('the linter keeps clocks and the machine out of the core', () => {
  test.each([
    ['src/rules/wrong.ts', 'export const wrong = (): number => Date.now();\n', 1],
    ['src/settlement/wrong.ts', 'export const wrong = (): string => String(process.env.TZ);\n', 1],
    ['src/cli/right.ts', 'export const right = (): number => Date.now();\n', 0],
  ])('%s: %s', (path, content, status) => {
    expect(judge(['biome', 'lint', path], [[path, content]]).status).toBe(status);
  });
});

test('bin is two lines', () => {
  const lines = readFileSync(join(ROOT, 'bin/regionpay-reconcile.js'), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  expect(lines.length).toBe(2);
});
