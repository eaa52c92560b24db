import { type Text, text } from '../policy/text.ts';
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
const NO_SPACE: Words = (option) =>
  option === '--out'
    ? [
        ['空き容量が足りません。何も公開していません', 'no space left; nothing was published'],
        ['容量を空けて再実行してください', 'free some space and run again'],
      ]
    : [
        ['空き容量が足りません', 'no space left'],
        [
          `容量を空けるか、${option} に別の場所を指定してください`,
          `free some space there, or give another place as ${option}`,
        ],
      ];
const NO_PERMISSION: Words = (option) => [
  ['書き込む権限がありません', 'no permission to write'],
  [`${option} のフォルダーの権限を確かめてください`, `check the permissions of the ${option} folder`],
];
const BAD_PLACE: Words = (option) => [
  ['このフォルダーには書けません', 'cannot write here'],
  [`${option} に別の場所を指定してください`, `give another place as ${option}`],
];
const NO_FOLDER: Words = (option) => [
  ['フォルダーがありません', 'no such folder'],
  [`作るか、${option} に別の場所を指定してください`, `make it, or give another place as ${option}`],
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
  ENOENT: NO_FOLDER,
  EEXIST: BAD_PLACE,
  ENAMETOOLONG: BAD_PLACE,
  EIO: BAD_PLACE,
};

/** What the system says where nobody named a place for it: of a file that is read, or of what the program prints to. */
export function otherSystemFailureOf(error: unknown): CommandFailure | undefined {
  const { code = '', path, syscall } = error as NodeJS.ErrnoException;
  const words = OTHER_WORDS[code];
  if (words === undefined || syscall === undefined) return undefined;
  const [what, advice] = words;
  const where = path ?? syscall;
  return new CommandFailure(EXIT.system, [{ code: `SYSTEM_${code}`, where, what, advice }]);
}

const OTHER_WORDS: Readonly<Record<string, readonly [what: Text, advice: Text]>> = {
  ENOSPC: [text('空き容量が足りません', 'no space left'), text('容量を空けてください', 'free some space')],
  EACCES: [text('権限がありません', 'no permission'), text('権限を確かめてください', 'check the permissions')],
  EPERM: [text('権限がありません', 'no permission'), text('権限を確かめてください', 'check the permissions')],
  ENOENT: [text('ありません', 'is not there'), text('控えから戻してください', 'restore it from a copy')],
  ENOTDIR: [text('フォルダーではありません', 'is no folder'), text('指定を確かめてください', 'check what was named')],
  EISDIR: [text('フォルダーです', 'is a folder'), text('指定を確かめてください', 'check what was named')],
  EIO: [text('読み書きできません', 'cannot be read or written'), text('ディスクを確かめてください', 'check the disk')],
};
