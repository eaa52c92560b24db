import type { Text } from '../../base/text.ts';
import { text } from '../../base/text.ts';
import { POLICY_QUESTIONS, type PolicyAnswers, type PolicyQuestion, writtenValue } from '../../policy/draft.ts';
import type { Translate } from '../terminal/language.ts';

const TODO = 'TODO';
/** Any words are a title: where one is to be written, none stands, which is refused. */
const todoOf = (path: string): string => (path.startsWith('title.') ? '' : TODO);
const NOT_STATED = text('お知らせに書かれていなければ、空のまま Enter', 'leave it empty where the notice says nothing');
const IN_FILE = text(
  'お知らせに書かれていれば、この行の // を消して、その値にする',
  'where the notice states one, take the // away and write it',
);
const HEAD: readonly Text[] = [
  text(
    'お知らせの条件。それぞれの行の上に、何を書くかがあります。',
    'The terms of a notice. Above each line stands what belongs there.',
  ),
  text('直したら policy check で確かめます。', 'After a change: policy check.'),
];

/** A question as somebody at a terminal reads it, with what is wrong nowhere: that is told behind their answer. */
export function policyQuestionText(question: PolicyQuestion, t: Translate): string {
  const { path, asks, means, isOptional } = question;
  const place = POLICY_QUESTIONS.indexOf(question) + 1;
  const absent = isOptional ? `\n${t(NOT_STATED)}` : '';
  return `[${place}/${POLICY_QUESTIONS.length}] ${t(asks)}  (${path})\n${t(means)}${absent}`;
}

/** A policy file with its questions as comments; what nobody has answered is to be done, or left out. */
export function policyDraftText(answers: PolicyAnswers, t: Translate): string {
  const of = (part: string): readonly PolicyQuestion[] => POLICY_QUESTIONS.filter(({ path }) => path.startsWith(part));
  const [id] = of('id');
  return [
    ...HEAD.map((line) => `// ${t(line)}`),
    '{',
    '  "schemaVersion": 1,',
    ...(id === undefined ? [] : questionLines(id, '  ', answers, t)),
    '  "title": {',
    ...of('title.').flatMap((question) => questionLines(question, '    ', answers, t)),
    '  },',
    '  "terms": {',
    ...of('terms.').flatMap((question) => questionLines(question, '    ', answers, t)),
    '  },',
    '}',
    '',
  ].join('\n');
}

function questionLines(
  question: PolicyQuestion,
  indent: string,
  answers: PolicyAnswers,
  t: Translate,
): readonly string[] {
  const { path, asks, means, example, isOptional } = question;
  const name = path.slice(path.indexOf('.') + 1);
  const answer = answers.get(path) ?? '';
  const isAbsent = answer === '' && isOptional;
  const value = writtenValue(path, answer !== '' ? answer : isAbsent ? example : todoOf(path));
  const said = answer === '' && !isOptional ? t(text(`例: ${example}`, `for example ${example}`)) : undefined;
  return [
    `${indent}// ${t(asks)}`,
    `${indent}// ${t(means)}`,
    ...(isAbsent ? [`${indent}// ${t(IN_FILE)}`] : said === undefined ? [] : [`${indent}// ${said}`]),
    `${indent}${isAbsent ? '// ' : ''}"${name}": ${value},`,
  ];
}
