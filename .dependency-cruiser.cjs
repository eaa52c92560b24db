/**
 * The house as named rules (docs/architecture.md): data walks one way, and the core knows no machine.
 * Folders are given in the order in which data walks.
 */
const ORDER = [
  'base',
  'tables',
  'policy',
  'intake',
  'ledger',
  'pairing',
  'rules',
  'settlement',
  'publish',
  'run',
  'audit',
  'cli',
];
const CORE = '^src/(policy|ledger|pairing|rules|settlement)/';

/** What words are made from: values in, text out. The modules named here are held to the same below. */
const USED_BY_RENDER = [
  '^src/audit/(|diff/|explain/)(difference|open-questions)\\.ts$',
  '^src/publish/summary\\.ts$',
  '^src/synth/answers\\.ts$',
  '^src/cli/terminal/problem-text\\.ts$',
];
const PURE = ['^src/(base|tables|policy|rules|settlement|cli/render)/', '^src/tables/tables\\.ts$', ...USED_BY_RENDER];

const oneWay = ORDER.map((folder, place) => ({
  name: `${folder}-looks-back-only`,
  comment: `${folder} may use what comes before it in the walk of the data, never what comes after.`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: `^src/(${ORDER.slice(place + 1).join('|') || '(?!)'})/` },
}));

module.exports = {
  forbidden: [
    ...oneWay,
    {
      name: 'core-knows-no-machine',
      comment: 'The core takes values and gives values: no node: module, so no file, clock or process.',
      severity: 'error',
      from: { path: CORE },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-uses-few-packages',
      comment: 'zod describes the policy file; nothing else from outside is needed to judge a coupon.',
      severity: 'error',
      from: { path: CORE },
      to: { path: 'node_modules', pathNot: 'node_modules/zod/' },
    },
    {
      name: 'core-sees-tables-only',
      comment:
        'Of intake the core knows the shape of the tables and how their kinds are declared, not how they were read.',
      severity: 'error',
      from: { path: CORE },
      to: { path: '^src/intake/', pathNot: '^src/intake/(tables\\.ts$|kinds/)' },
    },
    {
      name: 'rules-do-not-know-each-other',
      comment: 'A rule rests on earlier findings, never on another rule\u2019s code; what they share has its own file.',
      severity: 'error',
      from: { path: '^src/rules/(?!index|standing-application)' },
      to: {
        path: '^src/rules/',
        pathNot:
          '^src/rules/((rule|finding|plain-coupon|conclusions|group-words|destinations|shop-report-words)\\.ts$|channels/)',
      },
    },
    {
      name: 'only-run-composes',
      comment: 'What is read and what is settled meet in run/ alone, so that a run and its re-execution cannot differ.',
      severity: 'error',
      from: { path: '^src/(?!run/)([^/]+)/' },
      to: { path: '^src/(intake/(intake|read-inputs)|settlement/settle)\\.ts$', pathNot: '^src/$1/' },
    },
    {
      name: 'render-is-pure',
      comment:
        'Words are made from values: no node: module, nothing that reads or writes. Types of anything may be named.',
      severity: 'error',
      from: { path: '^src/cli/render/' },
      to: { pathNot: [...PURE, 'node_modules/date-fns-tz/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'render-uses-pure-modules',
      comment: 'What render/ takes from other rooms is as pure as itself.',
      severity: 'error',
      from: { path: USED_BY_RENDER },
      to: { pathNot: [...PURE, 'node_modules/zod/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'synth-knows-the-policy-only',
      comment:
        'What makes the answers may not share code with what is held against them, or both could be wrong alike.',
      severity: 'error',
      from: { path: '^src/synth/' },
      to: { path: '^src/(?!synth/|policy/)' },
    },
    {
      name: 'only-cli-uses-synth',
      comment: 'Nothing that judges coupons may know that inputs can be made up.',
      severity: 'error',
      from: { path: '^src/(?!synth/|cli/)' },
      to: { path: '^src/synth/' },
    },
    {
      name: 'no-circles',
      comment: 'A circle cannot be read from either end.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
};
