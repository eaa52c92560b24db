import type { Readable, Writable } from 'node:stream';
import { text } from '../../base/text.ts';
import { visibleText } from '../../base/visible-text.ts';
import { type Asked, type At, KEYS, type Key } from './answering.ts';
import type { Translate } from './language.ts';

/** A person at a terminal. */
export interface Person extends Asked {
  /** Undefined: they have ended it. */
  readonly name: () => Promise<string | undefined>;
}

const KEY_WORDS = {
  approve: text('承認', 'approve'),
  reject: text('却下', 'reject'),
  skip: text('あとで', 'skip'),
  note: text('備考を書く', 'write a note'),
  back: text('前へ', 'back'),
  quit: text('終わる', 'quit'),
} as const;

/** Where somebody types, and reads. */
export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

const CLEARED = '\u001b[2J\u001b[H';

/** Asks at the terminal, a screen a question. */
export async function personAt(
  { input, output }: Terminal,
  screenOf: (at: At) => string,
  t: Translate,
  signal: AbortSignal,
): Promise<Person> {
  const { selectKey, text: line } = await import('@clack/prompts');
  // What else comes of a question is a sign that the person has ended it.
  const said = <Value extends string>(value: Value | symbol): Value | undefined =>
    typeof value === 'symbol' ? undefined : value;
  const common = { input, output, signal, withGuide: false };
  return {
    name: async () => {
      const message = t(text('決める人の名前', 'Your name, as the one who decides'));
      const missing = t(text('名前を入れてください', 'a name is needed'));
      const name = await line({
        ...common,
        message,
        validate: (value) => ((value ?? '').trim() === '' ? missing : undefined),
      });
      return said(name)?.trim();
    },
    key: async (at) => {
      output.write(CLEARED + visibleText(screenOf(at)));
      const options = (Object.keys(KEYS) as Key[]).map((value) => ({ value, label: t(KEY_WORDS[KEYS[value]]) }));
      return said<Key>(
        await selectKey<Key>({ ...common, message: t(text('どうしますか', 'What do you say?')), options }),
      );
    },
    note: async (before) => {
      const message = t(text('備考(理由や聞いた相手)', 'Note (why, or who said so)'));
      return said(await line({ ...common, message, initialValue: before, defaultValue: '' }));
    },
  };
}
