import type { Text } from '../../base/text.ts';
import type { PolicyQuestion } from '../../policy/draft.ts';
import { policyQuestionText } from '../render/policy-draft-text.ts';
import type { Translate } from './language.ts';
import type { Terminal } from './prompts.ts';

/**
 * Puts a question on a notice to whoever sits at the terminal, until the answer can be meant. Undefined: they have ended it.
 *
 * @param before what they said when they were asked before
 */
export type AskPolicy = (
  question: PolicyQuestion,
  before: string | undefined,
  wrong: (answer: string) => Text | undefined,
) => Promise<string | undefined>;

export async function askingPolicyAt(
  { input, output }: Terminal,
  t: Translate,
  signal: AbortSignal,
): Promise<AskPolicy> {
  const { text: line } = await import('@clack/prompts');
  return async (question, before, wrong) => {
    const said = await line({
      input,
      output,
      signal,
      withGuide: false,
      message: policyQuestionText(question, t),
      placeholder: question.example,
      defaultValue: '',
      ...(before === undefined ? {} : { initialValue: before }),
      validate: (value) => {
        const told = wrong(value ?? '');
        return told === undefined ? undefined : t(told);
      },
    });
    return typeof said === 'symbol' ? undefined : (said ?? '');
  };
}
