import type { Language, Text } from '../../base/text.ts';

/** `--lang`, else what the locale says; Japanese only where the locale is. */
export function languageOf(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const at = argv.findIndex((argument) => argument === '--lang' || argument.startsWith('--lang='));
  const asked = at < 0 ? undefined : (argv[at]?.split('=')[1] ?? argv[at + 1]);
  if (asked === 'ja' || asked === 'en') return asked;
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return /^ja/i.test(locale) ? 'ja' : 'en';
}

/** Picks a sentence. */
export type Translate = (words: Text) => string;
export const translateTo =
  (language: Language): Translate =>
  (words) =>
    words[language];
