import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import type { OpenQuestion } from '../../../src/audit/record/questions.ts';
import type { At } from '../../../src/cli/terminal/answering.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';
import { personAt } from '../../../src/cli/terminal/prompts.ts';

const AT: At = { question: {} as OpenQuestion, place: 1, of: 1, answers: [], decidedBy: 'sato', note: '' };

/** Somebody who types `typed`, and what they read. */
async function somebody(typed: string, signal = new AbortController().signal) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const person = await personAt({ input, output }, () => 'THE SCREEN', translateTo('en'), signal);
  // Whoever asks listens at once.
  setImmediate(() => input.write(typed));
  return { person, read: () => String(output.read()) };
}

it.each(['a', 'r', 's', 'n', 'b', 'q'])('takes %s for what it says, behind the screen', async (key) => {
  const { person, read } = await somebody(key);
  expect(await person.key(AT)).toBe(key);
  expect(read()).toContain('THE SCREEN');
});

it('asks for a name until there is one, and takes the blanks around it off', async () => {
  const { person, read } = await somebody(' \r\b sato \r');
  expect(await person.name()).toBe('sato');
  expect(read()).toContain('a name is needed');
});

it('lets a note be none', async () => {
  expect(await (await somebody('\r')).person.note('')).toBe('');
  expect(await (await somebody(' again\r')).person.note('asked')).toBe('asked again');
});

it('says nothing where somebody ends it, by a key or a signal', async () => {
  for (const ask of ['name', 'key', 'note'] as const) {
    const { person } = await somebody('\u0003');
    expect(await (ask === 'name' ? person.name() : ask === 'key' ? person.key(AT) : person.note(''))).toBeUndefined();
  }
  const { person } = await somebody('', AbortSignal.abort());
  expect(await person.key(AT)).toBeUndefined();
});
