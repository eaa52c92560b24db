import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { text } from '../../../src/base/text.ts';
import { askingAt } from '../../../src/cli/terminal/asking.ts';
import type { Question } from '../../../src/intake/proposal/propose.ts';

const SHOP: Question = {
  id: 'sales.shop',
  about: 'sales',
  words: text('どの店', 'Which shop?'),
  otherwise: '',
  assumed: text('', ''),
};
const CHOICE: Question = {
  ...SHOP,
  choices: [
    { value: 'keep', words: text('残す', 'keep') },
    { value: 'leave out', words: text('除く', 'leave out') },
  ],
  otherwise: 'keep',
};

/** Asks, and types once the question is shown. */
async function answered(
  question: Question,
  typed: readonly string[],
): Promise<{ answer: string | undefined; shown: string }> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let shown = '';
  output.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
  });
  const ask = await askingAt({ input, output }, ({ en }) => en, new AbortController().signal);
  const answer = ask(question);
  for (const key of typed) {
    await new Promise((resolve) => setImmediate(resolve));
    input.write(key);
  }
  return { answer: await answer, shown };
}

describe('askingAt', () => {
  it('takes a text, and says what the question is about', async () => {
    const { answer, shown } = await answered(SHOP, ['M01', '\r']);
    expect(answer).toBe('M01');
    expect(shown).toContain('[merchant reports] Which shop?');
  });

  it('takes nothing for an answer', async () => {
    expect((await answered(SHOP, ['\r'])).answer).toBe('');
  });

  it('takes one of a list, the safe one first', async () => {
    expect((await answered(CHOICE, ['\r'])).answer).toBe('keep');
    expect((await answered(CHOICE, ['\u001b[B', '\r'])).answer).toBe('leave out');
  });

  it('is ended by Ctrl-C', async () => {
    expect((await answered(CHOICE, ['\u0003'])).answer).toBeUndefined();
  });
});
