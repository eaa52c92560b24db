import { type Text, text } from '../base/text.ts';
import { impossibilitiesOf } from './impossibilities.ts';
import { KAGOSHIMA } from './kagoshima-2023-02-24.ts';
import { policyOf } from './policy.ts';
import { policyFile1Schema } from './policy-file.ts';
import { TERM_MEANINGS, type TermMeaning } from './term-meanings.ts';

/** What is answered so far, by the path of its place in a policy file; what is not stated is empty. */
export type PolicyAnswers = ReadonlyMap<string, string>;

/** What is asked of whoever has the notice. */
export interface PolicyQuestion extends Pick<TermMeaning, 'asks' | 'means' | 'example'> {
  /** `id`, `title.ja`, `terms.claimsClose`. */
  readonly path: string;
  readonly isOptional: boolean;
}

/** Stands for what has not been asked yet: it contradicts no answer. */
const UNASKED: Readonly<Record<string, string | number>> = {
  id: 'x',
  'title.ja': 'x',
  'title.en': 'x',
  'terms.prefecture': '01',
  'terms.medium': 'paper',
  'terms.outageFrom': '9999-01-01T00:00',
  'terms.outageTo': '9999-01-01T00:00',
  'terms.originalExpiry': '9999-12-01',
  'terms.firstExtension': '9999-12-01',
  'terms.secondExtension': '9999-12-01',
  'terms.minimumResidualYen': 1,
  'terms.pointsFrom': '9999-12-01',
  'terms.bankTransfersFrom': '9999-12-01',
  'terms.repeatPressGapSeconds': 0,
  'terms.matchToleranceMinutes': 0,
  'terms.mostCouponsPerAccount': 1,
};
const MAY_BE_ABSENT: ReadonlySet<string> = new Set(['terms.firstExtension', 'terms.mostCouponsPerAccount']);

const ABOUT_IT: readonly PolicyQuestion[] = [
  {
    path: 'id',
    asks: text('この policy の id', 'An id for this policy'),
    means: text(
      '英小文字・数字・ハイフン。実行のつながりと確認ID はこれで分かれるので、あとで変えない',
      'Lower-case letters, digits and hyphens. It keeps runs and review ids of notices apart, so it stays as it is',
    ),
    example: 'tokyo-2031-07-14',
    isOptional: false,
  },
  {
    path: 'title.ja',
    asks: text('日本語の表題', 'Its title in Japanese'),
    means: text('実行結果のはじめに出る', 'It stands above every run'),
    example: '東京都 2031年7月14日の障害の補償',
    isOptional: false,
  },
  {
    path: 'title.en',
    asks: text('英語の表題', 'Its title in English'),
    means: text('英語で表示するときに出る', 'The same where English is shown'),
    example: 'Tokyo: compensation for the outage of 2031-07-14',
    isOptional: false,
  },
];

/** In the order of a policy file, so that each answer can be held against those before it. */
export const POLICY_QUESTIONS: readonly PolicyQuestion[] = [
  ...ABOUT_IT,
  ...Object.entries(TERM_MEANINGS).map(([term, { asks, means, example }]) => {
    const path = `terms.${term}`;
    return { path, asks, means, example, isOptional: UNASKED[path] === undefined || MAY_BE_ABSENT.has(path) };
  }),
];

const LOOSE_DAY = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?/;
const LOOSE_TIME = /[T\s]*(\d{1,2})\s*[:時]\s*(\d{2})(?:\s*分|:(\d{2}))?$/;

/** What people type, as a policy file has it: `2031年7月14日 18:20` becomes `2031-07-14T18:20`; a title stays as it is. */
export function asPolicyHasIt({ path }: Pick<PolicyQuestion, 'path'>, typed: string): string {
  if (path.startsWith('title.')) return typed.trim();
  const plain = typed.normalize('NFKC').trim();
  const [day, year, month, date] = LOOSE_DAY.exec(plain) ?? [];
  if (day === undefined) return plain;
  const two = (digits = ''): string => digits.padStart(2, '0');
  const written = `${year}-${two(month)}-${two(date)}`;
  const rest = plain.slice(day.length);
  if (rest === '') return written;
  const [, hour, minute, second] = LOOSE_TIME.exec(rest) ?? [];
  if (hour === undefined) return plain;
  return `${written}T${two(hour)}:${minute}${second === undefined ? '' : `:${second}`}`;
}

/** Places that have to be answered, and are not. */
export const unansweredIn = (answers: PolicyAnswers): readonly string[] =>
  POLICY_QUESTIONS.filter(({ path, isOptional }) => !isOptional && (answers.get(path) ?? '') === '').map(
    ({ path }) => path,
  );

/** Why an answer cannot be meant after those before it; undefined where it can. */
export function wrongAnswer(
  before: PolicyAnswers,
  { path, example, isOptional }: PolicyQuestion,
  answer: string,
): Text | undefined {
  if (answer === '' && !isOptional) return text('答えが要ります', 'an answer is needed');
  if (path === 'id' && answer === KAGOSHIMA.id)
    return text(
      '組み込みの policy の id です。別の id を付けてください',
      'is the id of the built-in policy: give another',
    );
  const answers = new Map(before).set(path, answer);
  const read = policyFile1Schema.safeParse(candidate(answers));
  if (!read.success) {
    const issue = read.error.issues.find((each) => each.path.join('.') === path) ?? read.error.issues[0];
    const [ja, en] = issue?.message.split(' / ') ?? [];
    if (ja !== undefined && en !== undefined) return text(ja, en);
    return text(`この書き方では読めません(例: ${example})`, `cannot be read like this; for example ${example}`);
  }
  const [remark] = impossibilitiesOf(policyOf(read.data));
  return remark?.says;
}

/** The file with all that is answered, and with what contradicts nothing in the place of what is not asked yet. */
function candidate(answers: PolicyAnswers): unknown {
  const value = (path: string): string | number | undefined =>
    answers.has(path) ? typedValue(path, answers.get(path) ?? '') : UNASKED[path];
  return fileOf(value);
}

const typedValue = (path: string, answer: string): string | number | undefined => {
  if (answer === '') return undefined;
  return typeof UNASKED[path] === 'number' && /^\d{1,15}$/.test(answer) ? Number(answer) : answer;
};

function fileOf(value: (path: string) => string | number | undefined): unknown {
  const terms = Object.keys(TERM_MEANINGS).flatMap((term) => {
    const stated = value(`terms.${term}`);
    return stated === undefined ? [] : [[term, stated] as const];
  });
  const title = { ja: value('title.ja'), en: value('title.en') };
  return { schemaVersion: 1, id: value('id'), title, terms: Object.fromEntries(terms) };
}

/** A value as a policy file has it, for a line of its own. */
export const writtenValue = (path: string, answer: string): string => JSON.stringify(typedValue(path, answer) ?? '');
