// What a change of rules does to nights, as a verdict and as Markdown. Knows no disk and no process: tools/rule-impact.ts does.

/** What `diff --json` tells of two runs, as far as it is used here. */
export interface Comparison {
  readonly couponsDiffering: number;
  readonly netYen: number;
  readonly netReinstateYen: number;
  readonly netKeptYen: number;
  readonly coupons: readonly { readonly couponNumber: string }[];
  readonly tables: readonly ComparedTable[];
}

export interface ComparedTable {
  readonly name: string;
  readonly writtenBy: 'both' | 'before' | 'after';
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly yen: Readonly<Record<string, { readonly moreYen: number; readonly lessYen: number }>>;
  readonly rows: readonly {
    readonly change: string;
    readonly key: Readonly<Record<string, string>>;
    readonly changes: Readonly<Record<string, unknown>>;
    readonly hidden: readonly string[];
  }[];
}

/** What a manifest says of who judged, and by what. */
export interface Judge {
  readonly ruleSet: { readonly rules: readonly { readonly id: string; readonly version: number }[] };
  readonly policy: { readonly terms: unknown };
}

/** What `explain --json` tells of a coupon, as far as it is used here. */
export interface Explained {
  readonly couponNumber: string;
  readonly rules: readonly { readonly id: string; readonly findings: readonly Finding[] }[];
  readonly decisions: readonly {
    readonly reviewId: string;
    readonly stakeYen: number | null;
    readonly holds: boolean;
  }[];
}

interface Finding {
  readonly outcome: string;
  readonly about: string | null;
  readonly seen: unknown;
  readonly question: { readonly reason: string; readonly reviewId: string } | null;
  readonly settledBy: string | null;
  readonly putBack: readonly { readonly id: string }[];
}

/** One night, run with both programs, where anything of it differs. */
export interface Impact {
  readonly night: string;
  readonly comparison: Comparison;
  readonly before: Judge;
  readonly after: Judge;
  /** For each coupon that was looked into, the first rule that finds otherwise; none where no rule does. */
  readonly firstRules: readonly (string | undefined)[];
  readonly text: string;
}

/** A night that one of the programs did not come to an end with. */
export interface Crash {
  readonly night: string;
  readonly side: 'before' | 'after' | 'comparison';
  readonly message: string;
}

export interface Nights {
  readonly count: number;
  readonly impacts: readonly Impact[];
  readonly crashes: readonly Crash[];
}

export const EXIT = { nothing: 0, otherwise: 1, notFound: 2, notRaised: 3 } as const;

const differs = ({ writtenBy, added, removed, changed }: ComparedTable): boolean =>
  writtenBy !== 'both' || added + removed + changed > 0;

/** Whether anything of a night comes out otherwise. */
export const isOtherwise = ({ couponsDiffering, tables }: Comparison): boolean =>
  couponsDiffering > 0 || tables.some(differs);

/** Sentences and hashes of what was read: nobody is judged otherwise by them. */
const WORDS = ['detail', 'evidence_hash', 'message'];
/** What was read, not what was judged. */
const READING = ['rejects.csv', 'unmatched.csv', 'input_days.csv'];

const saysOtherwise = (table: ComparedTable): boolean => {
  if (table.writtenBy !== 'both') return false;
  const { added, removed, changed, rows } = table;
  if (added + removed > 0 || changed > rows.length) return added + removed + changed > 0;
  return rows.some(({ changes, hidden }) =>
    [...Object.keys(changes), ...hidden].some((column) => !WORDS.includes(column)),
  );
};

/** Whether a night is judged otherwise, and not only told in other words, or of inputs that were read otherwise. */
export function isJudgedOtherwise({ couponsDiffering, tables }: Comparison): boolean {
  if (tables.some((table) => READING.includes(table.name) && saysOtherwise(table))) return false;
  return couponsDiffering > 0 || tables.some(saysOtherwise);
}

/** Coupons of which something differs, the first few. */
export function couponsIn({ coupons, tables }: Comparison, most: number): readonly string[] {
  const named = tables.flatMap(({ rows }) =>
    rows.flatMap(({ key }) => [key.coupon_number ?? '', ...(key.coupons ?? '').split(' ')]),
  );
  const all = new Set([...coupons.map(({ couponNumber }) => couponNumber), ...named]);
  return [...all].filter((coupon) => coupon !== '').slice(0, most);
}

/**
 * The first rule, in order of precedence, that finds otherwise of a coupon: those behind it may follow from it. What rules
 * saw is asked only where their findings are alike.
 */
export function firstRuleThatDiffers(before: Explained, after: Explained): string | undefined {
  for (const shown of [judgedIn, seenIn]) {
    const was = new Map(before.rules.map((rule) => [rule.id, shown(rule.findings, before)]));
    const found = after.rules.find((rule) => shown(rule.findings, after) !== (was.get(rule.id) ?? '[]'));
    const gone = before.rules.find((rule) => !after.rules.some(({ id }) => id === rule.id) && rule.findings.length > 0);
    const first = found ?? gone;
    if (first !== undefined) return first.id;
  }
  return undefined;
}

const judgedIn = (findings: readonly Finding[], { decisions }: Explained): string =>
  JSON.stringify(
    findings.map(({ outcome, about, question, settledBy, putBack }) => {
      const asked = decisions.find(({ reviewId }) => reviewId === question?.reviewId);
      return [outcome, about, question?.reason, asked?.stakeYen, asked?.holds, settledBy, putBack?.map(({ id }) => id)];
    }),
  );

const seenIn = (findings: readonly Finding[]): string => JSON.stringify(findings.map(({ seen }) => seen));

/** Rules that judge nights otherwise under the version that they had. */
export interface Unraised {
  /** With the version that it still has. */
  readonly rules: readonly { readonly id: string; readonly version: number; readonly nights: readonly string[] }[];
  /** Nights that come out otherwise though no rule has another version, and none could be named. */
  readonly unnamed: readonly string[];
}

export function unraised({ impacts }: Nights): Unraised {
  const rules = new Map<string, { id: string; version: number; nights: string[] }>();
  const unnamed: string[] = [];
  for (const { night, comparison, before, after, firstRules } of impacts) {
    const isSameTerms = JSON.stringify(before.policy.terms) === JSON.stringify(after.policy.terms);
    if (!isJudgedOtherwise(comparison) || !isSameTerms) continue;
    const still = [...new Set(firstRules)]
      .filter((id) => id !== undefined)
      .filter((id) => !isRaised(id, before, after));
    for (const id of still) {
      const rule = rules.get(id) ?? { id, version: versionIn(after, id) ?? 0, nights: [] };
      rule.nights.push(night);
      rules.set(id, rule);
    }
    if (firstRules.every((id) => id === undefined) && !isAnyRaised(before, after)) unnamed.push(night);
  }
  return { rules: [...rules.values()], unnamed };
}

const versionIn = ({ ruleSet }: Judge, id: string): number | undefined =>
  ruleSet.rules.find((rule) => rule.id === id)?.version;

/** A rule that is new, or gone, is none of its old version. */
function isRaised(id: string, before: Judge, after: Judge): boolean {
  const [was, is] = [versionIn(before, id), versionIn(after, id)];
  return was === undefined || is === undefined || is > was;
}

const isAnyRaised = (before: Judge, after: Judge): boolean =>
  [...before.ruleSet.rules, ...after.ruleSet.rules].some(({ id }) => isRaised(id, before, after));

/** How `rule-impact` ends. */
export function exitCodeOf(nights: Nights): number {
  const { rules, unnamed } = unraised(nights);
  if (rules.length + unnamed.length > 0) return EXIT.notRaised;
  if (nights.crashes.some(({ side }) => side !== 'before')) return EXIT.notFound;
  return nights.impacts.length + nights.crashes.length > 0 ? EXIT.otherwise : EXIT.nothing;
}

/** A comment on GitHub holds 65,536 characters. */
const CHARACTERS = 60_000;
/** By which the workflow finds its own comment again. */
export const MARKER = '<!-- rule-impact -->';

const YEN = { netYen: 'to pay', netReinstateYen: 'to put back', netKeptYen: 'kept or held' };
type YenColumn = keyof typeof YEN;
const YEN_COLUMNS = Object.keys(YEN) as readonly YenColumn[];
const signed = (yen: number): string => `${yen > 0 ? '+' : ''}${String(yen).replace(/\B(?=(\d{3})+(?!\d))/g, ',')} yen`;
const sum = (impacts: readonly Impact[], column: YenColumn | 'couponsDiffering'): number =>
  impacts.reduce((total, { comparison }) => total + comparison[column], 0);
const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const named = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/**
 * The whole report.
 *
 * @param since the revision before, in few characters
 * @param changed files that judge a coupon, and that differ between the revisions
 */
export function report(since: string, changed: readonly string[], nights: Nights): string {
  const files = changed.length === 0 ? [] : [`Changed of what judges a coupon: ${named(changed)}`, ''];
  const sections = [MARKER, `## Rule impact since ${since}`, '', ...verdictLines(nights), ...crashLines(nights)];
  if (nights.impacts.length === 0) {
    const said = `Nothing of ${nights.count} nights comes out otherwise.`;
    return [...sections, said, '', ...files].join('\n');
  }
  return [...sections, ...netLines(nights), ...files, ...nightTable(nights), ...nightTexts(nights.impacts)].join('\n');
}

function verdictLines(nights: Nights): readonly string[] {
  const { rules, unnamed } = unraised(nights);
  const lines = [
    ...rules.map(
      ({ id, version, nights: where }) =>
        `**The rule \`${id}\` judges otherwise, and its \`version\` is still ${version}: raise it.** (${where.join(', ')})`,
    ),
    ...(unnamed.length === 0
      ? []
      : [`**Nights come out otherwise, and no rule\u2019s \`version\` was raised.** (${unnamed.join(', ')})`]),
  ];
  return lines.flatMap((line) => [line, '']);
}

const SIDES = { before: 'the program as it was', after: 'the program as it is', comparison: 'the comparison' } as const;

const crashLines = ({ crashes }: Nights): readonly string[] =>
  crashes.flatMap(({ night, side, message }) => [
    `**${night}: ${SIDES[side]} failed.** ${message.replace(/\s+/g, ' ').slice(0, 300)}`,
    '',
  ]);

function netLines({ impacts, count }: Nights): readonly string[] {
  const net = YEN_COLUMNS.map((column) => `${signed(sum(impacts, column))} ${YEN[column]}`).join(', ');
  const coupons = sum(impacts, 'couponsDiffering');
  const files = [
    ...new Set(impacts.flatMap(({ comparison }) => comparison.tables.filter(differs).map(({ name }) => name))),
  ];
  const others = files.length === 0 ? '' : ` Other files that differ: ${named(files)}.`;
  return [
    `**Net ${net}.** Coupons that come out otherwise: ${coupons}, in ${impacts.length} of ${count} nights.${others}`,
    '',
  ];
}

function nightTable({ impacts }: Nights): readonly string[] {
  const cells = ({ comparison }: Impact) => YEN_COLUMNS.map((column) => signed(comparison[column]));
  const filesOf = ({ comparison }: Impact): string =>
    comparison.tables
      .filter(differs)
      .map(({ name, added, removed, changed }) => `${name} +${added} -${removed} ~${changed}`)
      .join('<br>');
  return [
    row('night', 'coupons', ...Object.values(YEN), 'other files'),
    row('---', '---:', ...YEN_COLUMNS.map(() => '---:'), '---'),
    ...impacts.map((each) => row(each.night, each.comparison.couponsDiffering, ...cells(each), filesOf(each))),
    row('**net**', sum(impacts, 'couponsDiffering'), ...YEN_COLUMNS.map((column) => signed(sum(impacts, column))), ''),
    '',
    'If this is meant, record it in the same commit: `npm run nights:record`.',
    '',
  ];
}

function nightTexts(impacts: readonly Impact[]): readonly string[] {
  const shown: string[] = [];
  for (const [index, { night, text }] of impacts.entries()) {
    const next = `## ${night}\n\n${text}`;
    if (shown.join('\n').length + next.length > CHARACTERS)
      return [
        ...shown,
        `The details of ${impacts.length - index} more nights are left out: \`npm run rule-impact\`.\n`,
      ];
    shown.push(next);
  }
  return shown;
}
