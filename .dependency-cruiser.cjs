/**
 * The house as named rules (CONTRIBUTING.md, docs/architecture.md): data walks one way, and the core knows no machine.
 * test/house/layers.test.ts shows each of them failing.
 */

/** Rooms of src, in the order in which they may use each other: each those before it. */
const ORDER = [
  'base',
  'policy',
  'tables',
  'intake',
  'ledger',
  'pairing',
  'rules',
  'settlement',
  'publish',
  'report',
  'run',
  'audit',
  'disbursement',
  'cli',
];
const CORE = '^src/(base|policy|tables|ledger|pairing|rules|settlement)/';

/** Rooms of intake: each may use those of the lines before its own. */
const INTAKE = [
  ['kernel', 'values'],
  ['columns'],
  ['bytes'],
  ['mapping'],
  ['schema'],
  ['profiles'],
  ['proposal'],
  ['readers', 'dispositions'],
  ['parallel', 'spill'],
];
/** What others may take of intake: all inputs, the profile, values one by one, and a file\u2019s name, hash and disk. */
const INTAKE_FACE =
  '^src/intake/(read-inputs|signals|schema/profile|profiles/built-in-profiles|proposal/(file-begin|found-table|propose|written-profile)|values/(dates|identifiers|reject-codes)|bytes/(detect-format|file|gzip)|dispositions/dispositions|spill/unlinked-file)\\.ts$';

/** What words are made from: values in, text out. The modules named here are held to the same below. */
const USED_BY_RENDER = [
  '^src/audit/(diff/difference|explain/open-questions)\\.ts$',
  '^src/publish/(summary|eligibility|output-table)\\.ts$',
  '^src/report/markup\\.ts$',
  '^src/synth/answers\\.ts$',
  '^src/disbursement/zengin/transfer\\.ts$',
  '^src/cli/terminal/problem-text\\.ts$',
];
const PURE = ['^src/(base|policy|tables|rules|settlement|cli/render)/', ...USED_BY_RENDER];

const oneWay = ORDER.map((room, place) => ({
  name: `${room}-looks-back-only`,
  comment: `${room} may use what comes before it in the walk of the data, never what comes after.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: `^src/(${ORDER.slice(place + 1).join('|') || '(?!)'})/` },
}));

const intakeOneWay = INTAKE.flatMap((line, place) =>
  line.map((room) => {
    const before = INTAKE.slice(0, place).flat();
    return {
      name: `intake-${room}-looks-back-only`,
      comment: `Of intake, ${room} may use ${before.join(', ') || 'no other room'}; none may use what reads them all.`,
      severity: 'error',
      from: { path: `^src/intake/${room}/` },
      to: { path: `^src/intake/(?!(${[room, ...before].join('|')})/)` },
    };
  }),
);

/** Packages that the build puts into the bundle (test/house/supply.test.ts): they are not installed beside it. */
const BUNDLED = [
  '@date-fns/utc',
  'commander',
  'csv-stringify',
  'd3-array',
  'd3-scale',
  'd3-shape',
  'date-fns',
  'date-fns-tz',
  'fast-string-width',
  'jsonc-parser',
  'leven',
  'libphonenumber-js',
  'safe-stable-stringify',
  'sax',
  'zod',
];

module.exports = {
  forbidden: [
    ...oneWay,
    ...intakeOneWay,
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
      name: 'core-never-sees-intake',
      comment: 'The core knows the tables, never how they were filled.',
      severity: 'error',
      from: { path: CORE },
      to: { path: '^src/intake/' },
    },
    {
      name: 'intake-by-its-face',
      comment:
        'How files are read is nobody\u2019s business but intake\u2019s: whoever else needs something asks its face.',
      severity: 'error',
      from: { path: '^src/(?!intake/)' },
      to: { path: '^src/intake/', pathNot: INTAKE_FACE },
    },
    {
      name: 'nights-load-no-meanings',
      comment: 'What inputs mean is text for documents: a night that runs would load all of it and show none.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(tables/kinds/meanings/|cli/commands/(check|init)\\.ts$)' },
      to: { path: '^src/tables/kinds/meanings/' },
    },
    {
      name: 'rules-do-not-know-each-other',
      comment: 'A rule rests on earlier findings, never on another rule\u2019s code; what they share has its own file.',
      severity: 'error',
      from: { path: '^src/rules/(?!index|standing-application)' },
      to: {
        path: '^src/rules/',
        pathNot:
          '^src/rules/((rule|finding|plain-coupon|conclusions|group-words|destinations|merchant-report-words)\\.ts$|channels/)',
      },
    },
    {
      name: 'only-run-composes',
      comment: 'What is read and what is settled meet in run/ alone, so that a run and its re-execution cannot differ.',
      severity: 'error',
      from: { path: '^src/(?!run/)([^/]+)/' },
      to: {
        path: '^src/(intake/read-inputs|settlement/settle)\\.ts$',
        pathNot: '^src/$1/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'audit-rooms-apart',
      comment: 'explain, verify and diff read the same records and nothing of each other.',
      severity: 'error',
      from: { path: '^src/audit/([^/]+)/' },
      to: { path: '^src/audit/', pathNot: ['^src/audit/$1/', '^src/audit/record/'] },
    },
    {
      name: 'verify-checks-by-itself',
      comment:
        'Whoever checks the writer may not use it: of publish, verify takes names, and how a folder, a table or a seal is read back.',
      severity: 'error',
      from: { path: '^src/audit/verify/' },
      to: {
        path: '^src/publish/',
        pathNot:
          '^src/publish/(asked|canonical-json|eligibility|folder-entries|output-files|page|previous|published-rows|seal-lines|ssh-signature|unsent-payouts|whole-run)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'disbursement-knows-little',
      comment:
        'What goes out is made of what a run has published: names, words, how a table is read and how a file is put on disk, never how it was judged.',
      severity: 'error',
      from: { path: '^src/disbursement/' },
      to: {
        path: '^src/(?!disbursement/|base/|policy/|tables/|publish/(csv-bytes|hash|lock|on-disk|published-rows)\\.ts$)',
      },
    },
    {
      name: 'disbursement-forms-are-pure',
      comment: 'The forms of banks and providers are values in, values out; the files of disbursement do the rest.',
      severity: 'error',
      from: { path: '^src/disbursement/[^/]+/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'few-rooms-open-files',
      comment: 'Files are opened where bytes are read, spilled, published, looked up and asked for; nowhere else.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(intake/(bytes|spill)|publish|audit/record|disbursement|cli|synth)/' },
      to: { path: '^(node:)?fs(/promises)?$' },
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
      to: { path: '^src/(?!synth/|policy/|base/)' },
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
    {
      name: 'no-orphans',
      comment:
        'What nobody uses is not part of the program. Entries of the program, a thread and the kernels have no user.',
      severity: 'error',
      from: {
        orphan: true,
        path: '^src/',
        pathNot: '^src/(cli/(main|start)|intake/parallel/worker|intake/kernel/(plain-records|key-slots))\\.ts$',
      },
      to: {},
    },
    {
      name: 'no-development-packages',
      comment:
        'What the program needs is installed or bundled with it: nothing in src may need what is there to build and test.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: ['^node_modules/@types/', `node_modules/(${BUNDLED.join('|')})/`],
      },
    },
    {
      name: 'program-knows-no-tests',
      comment: 'The program is built without tests, tools and measurements.',
      severity: 'error',
      from: { path: '^(src|bin)/' },
      to: { path: '^(test|tools|bench)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
};
