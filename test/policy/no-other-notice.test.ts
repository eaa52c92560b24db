import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunComparison } from '../../src/audit/diff/difference.ts';
import { answerOn } from '../../src/audit/explain/answer-words.ts';
import { groundsOn } from '../../src/audit/explain/ground-words.ts';
import { openQuestionsOf } from '../../src/audit/record/questions.ts';
import { dayNumber, formatInstant } from '../../src/base/instants.ts';
import { drained } from '../../src/base/steps.ts';
import type { Language, Text } from '../../src/base/text.ts';
import { recordedRunIn } from '../../src/cli/options/recorded-run.ts';
import { comparisonPage } from '../../src/cli/render/comparison-page.ts';
import { diffText } from '../../src/cli/render/diff-text.ts';
import { letterOn } from '../../src/cli/render/letter.ts';
import { reviewScreen } from '../../src/cli/render/review-screen.ts';
import { rulesMarkdown, rulesText } from '../../src/cli/render/rules-text.ts';
import { spokenOn } from '../../src/cli/render/spoken-letter.ts';
import { statusText } from '../../src/cli/render/status-text.ts';
import { summaryText } from '../../src/cli/render/summary-text.ts';
import { translateTo } from '../../src/cli/terminal/language.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { clausesOf, type Policy, readingsOf } from '../../src/policy/policy.ts';
import { REVIEW_REASONS, type ReviewReason, STATUSES, type Status } from '../../src/policy/vocabulary.ts';
import { PAGE_FILE } from '../../src/publish/page.ts';
import { htmlPage } from '../../src/report/shell.ts';
import { RULES } from '../../src/rules/index.ts';
import { toldOf } from '../audit/explain/told.ts';
import { shownIn } from '../report/worked-night.ts';
import { inputsOf, runNight } from '../settlement/tables.ts';
import { explainRun } from '../support/explain-tables.ts';
import { FIVE_POLICIES, momentsOf, nightOf, ownDays, TOKYO } from '../support/five-policies.ts';
import { program, withFolder } from '../support/program.ts';

const LANGUAGES: readonly Language[] = ['ja', 'en'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August'];
MONTHS.push('September', 'October', 'November', 'December');

/** What of a notice a sentence can speak of, and whether a policy has it. By what is known of each policy, not by its terms. */
const TRAITS: readonly (readonly [what: string, words: RegExp, has: readonly string[]])[] = [
  ['an evening', /evening|夕方/, ['kagoshima']],
  ['a morning', /morning|午前/, ['hokkaido']],
  ['a night', /(?<!earlier )night|(?<!障害)の夜/, ['tokyo']],
  ['an evening or a night', /障害の夜/, ['kagoshima', 'tokyo']],
  ['another part of the day', /afternoon|午後|\d 夜、/, []],
  [
    'paper',
    /paper|printed|紙|券面|charged to the app|, charged or|アプリにチャージ|発行・チャージ|アプリを使わなかった/,
    ['kagoshima', 'osaka', 'hokkaido'],
  ],
  ['coupons in the app', /coupons? in the app|アプリの地域|クーポン\(アプリ\)/, ['tokyo', 'okinawa']],
  [
    'a first extension',
    /first extension|extension (to \S+ )?(has )?ended|was extended to(?! …)|最初の延長|延長が終わ|延長期間|延長されて|期限延長後/,
    ['kagoshima', 'osaka', 'hokkaido'],
  ],
  ['the day of the outage', /day of the outage|障害の日|障害のあった/, ['kagoshima', 'hokkaido']],
  [
    'a last day for calls',
    /call centre by|受付は\d|受付の期限\(|call(s|ed)? .*(until|by|after) \d/,
    ['tokyo', 'hokkaido'],
  ],
  [
    'a day to receive',
    /[Tt]o be received by (?!the)|受取は|お受け取りの期限は|sent by the receiving/,
    ['kagoshima', 'tokyo', 'hokkaido'],
  ],
  [
    'coupons of one account',
    /枚より多く|more than \S+ coupons|can be one person|と見られるなら/,
    ['kagoshima', 'osaka', 'hokkaido'],
  ],
  ['no last day for transfers', /no closing date is stated|締切の書かれていない/, ['kagoshima', 'osaka', 'hokkaido']],
  ['no period for applications', /No period is stated|受付期間が書かれて/, ['okinawa']],
  ['Kagoshima', /鹿児島|Kagoshima|prefecture 46|都道府県(コード)? 46/, ['kagoshima']],
  ['Tokyo', /東京|Tokyo|prefecture 13|都道府県(コード)? 13/, ['tokyo']],
  ['Osaka', /大阪|Osaka|prefecture 27|都道府県(コード)? 27/, ['osaka']],
  ['Hokkaido', /北海道|Hokkaido|prefecture 01|都道府県(コード)? 01/, ['hokkaido']],
  ['Okinawa', /沖縄|Okinawa|prefecture 47|都道府県(コード)? 47/, ['okinawa']],
  ['nothing', /none stated|定めなし|undefined|NaN|\bnull\b|\{\w+\}|\[object/, []],
];

/** The figures of readings R6 and R7. */
const FIGURES: readonly (readonly [words: RegExp, figure: (policy: Policy) => number])[] = [
  [/[Ww]ithin (\d+) minutes|±(\d+) 分|前後 (\d+) 分以内/g, ({ file }) => file.terms.matchToleranceMinutes],
  [/at most (\d+) seconds apart|間隔が (\d+) 秒以内/g, ({ file }) => file.terms.repeatPressGapSeconds],
];

const DATE = /\b(\d{4})-(\d{2})-(\d{2})|(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日|\b(\d{1,2}) ([A-Z][a-z]+)(?: (\d{4}))?/g;

/** The days that a text names, without a year where it says none. */
function daysIn(words: string): readonly { readonly written: string; readonly is: (day: number) => boolean }[] {
  return [...words.matchAll(DATE)].flatMap((found) => {
    const [written, y1, m1, d1, y2, m2, d2, d3, name, y3] = found;
    const month = Number(m1 ?? m2 ?? (name === undefined ? 0 : MONTHS.indexOf(name) + 1));
    if (month === 0) return [];
    const [year, date] = [y1 ?? y2 ?? y3, Number(d1 ?? d2 ?? d3)];
    const years = year === undefined ? [2021, 2022, 2023, 2024, 2025, 2026] : [Number(year)];
    const days = new Set(years.map((each) => dayNumber(each, month, date)));
    return [{ written, is: (day: number) => days.has(day) }];
  });
}

const placeOf = ({ id }: Policy): string => id.split('-')[0] ?? '';

/** What of a text belongs to another notice than the one in force. */
function leaksIn(words: string, policy: Policy): readonly string[] {
  const own = [...ownDays(policy)];
  return words.split('\n').flatMap((line) => [
    ...TRAITS.filter(([, pattern, has]) => pattern.test(line) && !has.includes(placeOf(policy))).map(
      ([what]) => `${what}: ${line}`,
    ),
    ...FIGURES.flatMap(([pattern, figure]) =>
      [...line.matchAll(pattern)]
        .filter((found) => Number(found.slice(1).find((each) => each !== undefined)) !== figure(policy))
        .map(([written]) => `${written}: ${line}`),
    ),
    ...daysIn(line)
      .filter(({ is }) => !own.some(is))
      .map(({ written }) => `${written}: ${line}`),
  ]);
}

/** Words of every policy alike: each review reason is listed in the vocabulary, whether it can come or not. */
const withoutVocabulary = (markdown: string): string =>
  markdown
    .split('\n')
    .filter((line) => !/^\| `[A-Z_]+` \| (yes|no|はい|いいえ) \|/.test(line))
    .join('\n');

const ruleWords = (policy: Policy): string =>
  LANGUAGES.map(translateTo)
    .flatMap((t) => [rulesText(policy, t), withoutVocabulary(rulesMarkdown(policy, t))])
    .join('\n');

describe.each(FIVE_POLICIES)('under $name', ({ policy }) => {
  test('rules, clauses and readings speak of this notice alone', () => {
    expect(leaksIn(ruleWords(policy), policy)).toEqual([]);
  });

  test('letters do, long and short, of every coupon of a night, whenever it is looked at', async () => {
    const statuses = new Set<string>();
    for (const moment of momentsOf(policy)) {
      const asOf = formatInstant(moment);
      const { explanations } = await explainRun(
        await runNight(nightOf(policy), { asOf, policy }),
        asOf,
        undefined,
        policy,
      );
      for (const each of explanations) {
        statuses.add(each.status);
        for (const t of LANGUAGES.map(translateTo)) {
          const letter = [...letterOn(each, { asOf, terms: policy.terms }, t)].join('');
          expect(leaksIn(letter, policy), each.couponNumber).toEqual([]);
          expect(leaksIn(spokenOn(each, asOf, t), policy), each.couponNumber).toEqual([]);
        }
      }
    }
    // Otherwise little would have been looked at.
    expect([...statuses]).toEqual(expect.arrayContaining(['', 'pending', 'extended', 'payable', 'awaiting_claim']));
    expect(statuses.size).toBeGreaterThanOrEqual(8);
  });

  test('whatever can be read out does, and why it can', () => {
    for (const words of allTold(policy)) {
      const found = [words.ja, words.en].flatMap((line) => TRAITS.filter(([, pattern]) => pattern.test(line)));
      const foreign = found.filter(([, , has]) => !has.includes(placeOf(policy))).map(([what]) => what);
      expect(foreign, words.en).toEqual([]);
    }
  });

  test('what runs print and publish does: summary, questions, status, verify, diff and their pages', () => {
    withFolder((folder) => {
      const [, extended, , over] = momentsOf(policy).map(formatInstant);
      const [before, after] = [join(folder, 'before'), join(folder, 'after')];
      const config = writeNight(folder, policy);
      const called = (...words: string[]): string => {
        const { status, stdout, stderr } = program(words);
        expect([0, 1].includes(status ?? -1), stderr).toBe(true);
        return stdout;
      };
      for (const [out, asOf] of [[before, extended] as const, [after, over] as const])
        called('run', '--config', config, '--as-of', asOf ?? '', '--out', out, '--quiet', '--archive');
      const words = [before, after].flatMap((out) => printedOf(out, policy));
      const comparison: RunComparison = JSON.parse(called('diff', before, after, '--json'));
      for (const language of LANGUAGES) {
        const differs = diffText(comparison, translateTo(language));
        expect(differs).toContain('000000000001');
        words.push(called('verify', after, '--lang', language), differs);
      }
      const pages = [before, after].map((out) => readFileSync(join(out, PAGE_FILE), 'utf8'));
      words.push(...[...pages, drained(htmlPage(comparisonPage(comparison)))].flatMap(wordsOfPage));
      expect(leaksIn(words.join('\n').replaceAll(folder, ''), policy)).toEqual([]);
    });
  });
});

function writeNight(folder: string, policy: Policy): string {
  mkdirSync(join(folder, 'in'));
  const put = (name: string, content: string): string => {
    writeFileSync(join(folder, 'in', name), content);
    return name;
  };
  const names = {
    issuance: 'issuance',
    transactions: 'transactions',
    sales: 'merchantReports',
    claims: 'claims',
    applications: 'applications',
  };
  const inputs = Object.entries(inputsOf(nightOf(policy))).map(([kind, content]) => [
    names[kind as keyof typeof names],
    put(`${kind}.csv`, String(content)),
  ]);
  const config = { ...Object.fromEntries(inputs), policy: put('policy.json', JSON.stringify(policy.file)) };
  return join(folder, 'in', put('run.json', JSON.stringify(config)));
}

/** What is told of a run on screens, from what stands in its folder. */
function printedOf(folder: string, policy: Policy): string[] {
  const { manifest, summary } = recordedRunIn(folder);
  const asOf = Date.parse(manifest.asOf) * 1000;
  const questions = drained(openQuestionsOf({ folder, manifest }));
  expect(questions.length).toBeGreaterThan(2);
  const facts = { place: 1, of: 1, answers: [], decidedBy: '', note: '' };
  return LANGUAGES.map(translateTo).flatMap((t) => [
    summaryText(summary, asOf, policy, t),
    statusText({ policy, folder: '', asOf, fingerprint: '', summary }, t),
    ...questions.map((question) => reviewScreen(question, facts, t)),
  ]);
}

/** What somebody reads of a page, and what its script goes on to show. */
function wordsOfPage(html: string): readonly string[] {
  const blocks = [...html.matchAll(/<script type="application\/json"[^>]*>([\s\S]*?)<\/script>/g)];
  expect(blocks.length).toBeGreaterThan(0);
  const shown = LANGUAGES.map((language) => shownIn(html, language));
  for (const words of shown) expect(words.length).toBeGreaterThan(500);
  const texts = blocks.flatMap(([, json]) => textsIn(JSON.parse(json ?? '')));
  // Its script fills in what stands in braces; of a last day that is not stated a page says so.
  return [...shown, ...texts].map((words) => words.replace(/\{\w+\}/g, '…').replace(/none stated|定めなし/g, '…'));
}

const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

/** Everything that a status, a ground and an answered question can lead to; its days are those of another night. */
function* allTold(policy: Policy): Generator<Text> {
  const { terms } = policy;
  for (const status of Object.keys(STATUSES) as Status[])
    for (const asked of [...(Object.keys(REVIEW_REASONS) as ReviewReason[]), undefined])
      for (const verdict of ['open', 'approve', 'reject'] as const)
        for (const inCohort of [true, false]) {
          const reasons = ['CLAIM_AWAITED'] as const;
          const question = asked === undefined ? {} : { asked, verdict };
          for (const grounds of [[], ['A', 'B1'], ['B2']] as const) {
            const told = { ...toldOf({ status, grounds, inCohort, reasons, ...question }), terms };
            // A coupon without a deadline cannot have passed it.
            if (terms.receiveBy === undefined && asked === 'PAST_RECEIVE_BY') continue;
            if (terms.applicationsClose === undefined && status === 'lapsed') continue;
            const settlement = { ...told.settlement, amounts: told.amounts };
            yield* answerOn(told);
            yield* groundsOn(told.facts, settlement, told);
          }
        }
}

describe('a leak is found', () => {
  const wordsOf = (policy: Policy): string =>
    [...clausesOf(policy), ...readingsOf(policy)].flatMap(({ says }) => [says.ja, says.en]).join('\n');
  const kindsOf = (leaks: readonly string[]): readonly string[] => leaks.map((leak) => leak.split(': ')[0] ?? '');

  test.each(
    FIVE_POLICIES.filter(({ policy }) => policy !== KAGOSHIMA),
  )('of the built-in notice, were its clauses printed under $name', ({ policy }) => {
    const kinds = kindsOf(leaksIn(wordsOf(KAGOSHIMA), policy));
    expect(kinds).toEqual(expect.arrayContaining(['an evening', 'Kagoshima', '2023-02-24', '2023-03-31']));
  });

  test.each([
    ['On the evening of 2024-05-31 nothing could be paid.', ['an evening']],
    ['2024-05-31、地域クーポン(紙)の決済ができなくなった。', ['paper']],
    ['Its printed expiry is that of (A).', ['paper']],
    ['The balance was 5 yen when the extension ended on 31 May.', ['a first extension']],
    ['有効期限が障害の日', ['the day of the outage']],
    ['お受け取りの期限は5月30日です。お送りは2月24日です。', ['2月24日']],
    ['To be received by 30 June 2023.', ['30 June 2023']],
    ['(within 30 minutes)', ['within 30 minutes']],
    ['From (none stated) on.', ['nothing']],
  ])('in a sentence that is planted under another notice: %s', (planted, kinds) => {
    expect(kindsOf(leaksIn(planted, TOKYO))).toEqual(kinds);
  });

  test('of a rule that reads alike whatever the terms are', () => {
    const stubborn = RULES.map(({ reading }) => (typeof reading === 'function' ? reading(KAGOSHIMA.terms) : reading));
    const words = stubborn.flatMap(({ ja, en }) => [ja, en]).join('\n');
    expect(new Set(kindsOf(leaksIn(words, TOKYO)))).toEqual(
      new Set([
        'paper',
        'a first extension',
        'the day of the outage',
        'coupons of one account',
        'no last day for transfers',
      ]),
    );
  });

  test('but none is in what the built-in notice says of itself', () => {
    expect(leaksIn(wordsOf(KAGOSHIMA), KAGOSHIMA)).toEqual([]);
  });
});
