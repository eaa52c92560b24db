import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { text } from '../../../src/base/text.ts';
import { askingPolicyAt } from '../../../src/cli/terminal/asking-policy.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';
import { POLICY_QUESTIONS } from '../../../src/policy/draft.ts';

/** Asks for the id, of which no A may be in it, and types. */
async function answered(typed: string, before?: string) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const ask = await askingPolicyAt({ input, output }, translateTo('en'), new AbortController().signal);
  const [question] = POLICY_QUESTIONS;
  if (question === undefined) throw new Error('nothing is asked');
  setImmediate(() => input.write(typed));
  const answer = await ask(question, before, (given) => (given.includes('A') ? text('だめ', 'no A') : undefined));
  return { answer, shown: String(output.read()) };
}

it('asks until the answer can be meant, and says why it cannot', async () => {
  const { answer, shown } = await answered('A\r\bb\r');
  expect(answer).toBe('b');
  expect(shown).toContain('no A');
  expect(shown).toContain('An id for this policy');
});

it('takes nothing for an answer, and what was said before for the next', async () => {
  expect((await answered('\r')).answer).toBe('');
  expect((await answered('\r', 'mie')).answer).toBe('mie');
});

it('is ended by Ctrl-C', async () => {
  expect((await answered('\u0003')).answer).toBeUndefined();
});
