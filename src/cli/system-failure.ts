import { text } from '../policy/text.ts';
import { CommandFailure, EXIT } from './exit.ts';

/**
 * What the system says when a folder cannot be written, as something a user can mend; any other error as it is.
 *
 * @param option that names the folder
 */
export function systemFailureOf(error: unknown, where: string, option = '--out'): unknown {
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  const words = SYSTEM_WORDS[code];
  if (words === undefined) return error;
  const [what, advice] = words(option);
  return new CommandFailure(EXIT.system, [
    { code: `SYSTEM_${code}`, where, what: text(...what), advice: text(...advice) },
  ]);
}

type Words = (option: string) => readonly [what: readonly [string, string], advice: readonly [string, string]];
const NO_SPACE: Words = () => [
  ['空き容量が足りません。何も公開していません', 'no space left; nothing was published'],
  ['容量を空けて再実行してください', 'free some space and run again'],
];
const NO_PERMISSION: Words = (option) => [
  ['書き込む権限がありません', 'no permission to write'],
  [`${option} のフォルダーの権限を確かめてください`, `check the permissions of the ${option} folder`],
];
const BAD_PLACE: Words = (option) => [
  ['このフォルダーには書けません', 'cannot write here'],
  [`${option} に別の場所を指定してください`, `give another place as ${option}`],
];
const SYSTEM_WORDS: Readonly<Record<string, Words>> = {
  ENOSPC: NO_SPACE,
  EDQUOT: NO_SPACE,
  EFBIG: NO_SPACE,
  EACCES: NO_PERMISSION,
  EPERM: NO_PERMISSION,
  EROFS: NO_PERMISSION,
  ENOTDIR: BAD_PLACE,
  EISDIR: BAD_PLACE,
  ENOENT: BAD_PLACE,
  EEXIST: BAD_PLACE,
  ENAMETOOLONG: BAD_PLACE,
  EIO: BAD_PLACE,
};
