import { type Text, text } from '../../base/text.ts';
import { DiskFailure } from '../../intake/spill/unlinked-file.ts';
import { CommandFailure, EXIT } from './exit.ts';

/**
 * What the system says where it refuses something, as something a user can mend; any other error as it is.
 *
 * @param option that names the folder, if one does
 */
export function systemFailureOf(error: unknown, where: string, option: string | undefined): unknown {
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  const words = SYSTEM_WORDS[code];
  if (words === undefined) return error;
  const [what, advice] = option === undefined ? words.anywhere : words.of(option);
  return new CommandFailure(EXIT.system, [{ code: `SYSTEM_${code}`, where, what, advice }]);
}

/** The same of what is put on disk where memory ends; any other error as it is. */
export const spillFailureOf = (error: unknown, folder: string, option = '--temp-directory'): unknown =>
  error instanceof DiskFailure ? systemFailureOf(error.cause, folder, option) : error;

/** The same of what no option names: a file that is read, or what the program prints to. */
export function otherFailureOf(error: unknown): unknown {
  const { path, syscall } = error as NodeJS.ErrnoException;
  return syscall === undefined ? error : systemFailureOf(error, path ?? syscall, undefined);
}

type Told = readonly [what: Text, advice: Text];
interface Words {
  readonly anywhere: Told;
  /** Where an option names the place. */
  readonly of: (option: string) => Told;
}

const another = (option: string, ja: string, en: string): Text =>
  text(`${ja}、${option} に別の場所を指定してください`, `${en}, or give another place as ${option}`);

const NO_SPACE: Words = {
  anywhere: [text('空き容量が足りません', 'no space left'), text('容量を空けてください', 'free some space')],
  of: (option) =>
    option === '--out'
      ? [
          text('空き容量が足りません。何も公開していません', 'no space left; nothing was published'),
          text('容量を空けて再実行してください', 'free some space and run again'),
        ]
      : [text('空き容量が足りません', 'no space left'), another(option, '容量を空けるか', 'free some space there')],
};
const NO_PERMISSION: Words = {
  anywhere: [text('権限がありません', 'no permission'), text('権限を確かめてください', 'check the permissions')],
  of: (option) => [
    text('書き込む権限がありません', 'no permission to write'),
    text(`${option} のフォルダーの権限を確かめてください`, `check the permissions of the ${option} folder`),
  ],
};
const BAD_PLACE: Words = {
  anywhere: [
    text('読み書きできません', 'cannot be read or written'),
    text('指定とディスクを確かめてください', 'check what was named, and the disk'),
  ],
  of: (option) => [
    text('このフォルダーには書けません', 'cannot write here'),
    text(`${option} に別の場所を指定してください`, `give another place as ${option}`),
  ],
};
const NOT_THERE: Words = {
  anywhere: [text('ありません', 'is not there'), text('控えから戻してください', 'restore it from a copy')],
  of: (option) => [text('フォルダーがありません', 'no such folder'), another(option, '作るか', 'make it')],
};
const SYSTEM_WORDS: Readonly<Record<string, Words>> = {
  ENOSPC: NO_SPACE,
  EDQUOT: NO_SPACE,
  EFBIG: NO_SPACE,
  EACCES: NO_PERMISSION,
  EPERM: NO_PERMISSION,
  EROFS: NO_PERMISSION,
  ENOTDIR: BAD_PLACE,
  EISDIR: BAD_PLACE,
  ENOENT: NOT_THERE,
  EEXIST: BAD_PLACE,
  ENAMETOOLONG: BAD_PLACE,
  EIO: BAD_PLACE,
};
