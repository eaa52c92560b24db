import { visibleText } from '../../base/visible-text.ts';
import type { Question } from '../../intake/proposal/propose.ts';
import { questionText } from '../render/init-text.ts';
import type { Translate } from './language.ts';
import type { Terminal } from './prompts.ts';

/** Puts a question to whoever sits at the terminal. Undefined: they have ended it. */
export type Ask = (question: Question) => Promise<string | undefined>;

/** Asks at the terminal, one question below the other. */
export async function askingAt({ input, output }: Terminal, t: Translate, signal: AbortSignal): Promise<Ask> {
  const { select, text: line } = await import('@clack/prompts');
  const common = { input, output, signal, withGuide: false };
  return async (question) => {
    const { choices, otherwise } = question;
    const message = visibleText(questionText(question, t));
    const said =
      choices === undefined
        ? await line({ ...common, message, initialValue: otherwise, defaultValue: '' })
        : await select<string>({
            ...common,
            message,
            initialValue: otherwise,
            showInstructions: false,
            options: choices.map((choice) => ({ value: choice.value, label: visibleText(t(choice.words)) })),
          });
    return typeof said === 'symbol' ? undefined : (said ?? '');
  };
}
