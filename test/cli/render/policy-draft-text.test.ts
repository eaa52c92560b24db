import { expect, test } from 'vitest';
import { parseJson } from '../../../src/cli/options/json-text.ts';
import { policyDraftText, policyQuestionText } from '../../../src/cli/render/policy-draft-text.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';
import { POLICY_QUESTIONS } from '../../../src/policy/draft.ts';
import { policyFile1Schema } from '../../../src/policy/policy-file.ts';
import { policyWith } from '../../policy/made-up.ts';

const en = translateTo('en');
const read = (content: string): unknown => {
  const parsed = parseJson(content);
  return 'value' in parsed ? parsed.value : undefined;
};

test('what was answered is a policy, with the questions beside it and what is not stated left out', () => {
  const { file } = policyWith({ claimsClose: undefined, firstExtension: undefined });
  const answers = new Map([
    ['id', file.id],
    ['title.ja', file.title.ja],
    ['title.en', file.title.en],
    ...Object.entries(file.terms).map(([term, value]) => [`terms.${term}`, String(value)] as const),
  ]);
  const written = policyDraftText(answers, en);
  expect(policyFile1Schema.parse(read(written))).toEqual(file);
  expect(written).toContain('    // "claimsClose": "2031-08-31",\n');
});

test('what nobody has answered is no policy, at any line that is to be written', () => {
  const form = policyDraftText(new Map(), translateTo('ja'));
  const { success, error } = policyFile1Schema.safeParse(read(form));
  const open = POLICY_QUESTIONS.filter(({ isOptional }) => !isOptional).map(({ path }) => path);
  expect([success, error?.issues.map(({ path }) => path.join('.'))]).toEqual([false, open]);
});

test('a question says where it is in the walk, and whether it may be left empty', () => {
  const [id] = POLICY_QUESTIONS;
  const claims = POLICY_QUESTIONS.find(({ path }) => path === 'terms.claimsClose');
  if (id === undefined || claims === undefined) throw new Error('not asked');
  expect(policyQuestionText(id, en)).toMatch(/^\[1\/21\] An id for this policy {2}\(id\)\n.+$/);
  expect(policyQuestionText(claims, en)).toMatch(/\nleave it empty where the notice says nothing$/);
});
