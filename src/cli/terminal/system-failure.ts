import { constants, tmpdir } from 'node:os';
import type { Problem } from '../../base/problem.ts';
import { type Text, text } from '../../base/text.ts';
import { DiskFailure } from '../../intake/spill/unlinked-file.ts';
import { NotConfirmed } from '../../publish/on-disk.ts';
import { CommandFailure, EXIT, PublishedFailure } from './exit.ts';

/**
 * What the system says where it refuses something, as something a user can mend; any other error as it is.
 *
 * @param option that names the folder, if one does
 */
export function systemFailureOf(error: unknown, where: string, option: string | undefined): unknown {
  if (isUnusablePath(error)) return unusablePath(where);
  if (error instanceof NotConfirmed) return new PublishedFailure(EXIT.system, [notConfirmed(error)]);
  if (!isOfSystem(error)) return error;
  const code = systemCodeOf(error);
  const words = SYSTEM_WORDS[code] ?? anythingElse(code);
  const [what, advice] = option === undefined ? words.anywhere : words.of(option);
  return new CommandFailure(EXIT.system, [{ code: `SYSTEM_${code}`, where, what, advice }]);
}

/** The same of what is put on disk where memory ends; any other error as it is. */
export const spillFailureOf = (error: unknown, folder: string, option = '--temp-directory'): unknown =>
  error instanceof DiskFailure
    ? systemFailureOf(isOfSystem(error.cause) ? error.cause : CUT_SHORT, folder, option)
    : error;

/** Of what lies on disk less comes back than was written there. */
const CUT_SHORT = { errno: -constants.errno.EIO };

/** The same of what no option names: a file that is read, or what the program prints to. */
export function otherFailureOf(error: unknown): unknown {
  if (error instanceof DiskFailure) return spillFailureOf(error, tmpdir());
  const { path, syscall, message } = error as NodeJS.ErrnoException;
  if (error instanceof NotConfirmed) return systemFailureOf(error, error.path, undefined);
  if (isUnusablePath(error)) return unusablePath(JSON.stringify(/Received '(.*)'$/s.exec(message)?.[1] ?? ''));
  return syscall === undefined ? error : systemFailureOf(error, path ?? syscall, undefined);
}

/** Every refusal of the system has its number, whether Node knows a name for it or not. */
const isOfSystem = (error: unknown): boolean => {
  const { code, errno } = (error ?? {}) as NodeJS.ErrnoException;
  return typeof errno === 'number' || (typeof code === 'string' && Object.hasOwn(SYSTEM_WORDS, code));
};

/** What the system calls it (`ENOSPC`); Node 20 has no name for some, EDQUOT among them. */
export function systemCodeOf(error: unknown): string {
  const { code = '', errno = 0 } = (error ?? {}) as NodeJS.ErrnoException;
  if (/^E[A-Z0-9]+$/.test(code)) return code;
  const named = Object.entries(constants.errno).find(([, number]) => number === Math.abs(errno))?.[0];
  return named ?? String(Math.abs(errno));
}

/** No path holds a NUL. Of what a user names this is told before it is used; this is for what other files name. */
const isUnusablePath = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException | undefined)?.code === 'ERR_INVALID_ARG_VALUE' &&
  (error as Error).message.includes('null bytes');

const unusablePath = (where: string): CommandFailure =>
  new CommandFailure(EXIT.usage, [
    {
      code: 'BAD_PATH',
      where: where.replaceAll('\0', '\\0'),
      what: text('ファイル名に使えない文字(NUL)があります', 'holds a NUL, which no path can'),
      advice: text('パスの書き方を確かめてください', 'check how the path is written'),
    },
  ]);

function notConfirmed({ path, cause }: NotConfirmed): Problem {
  const code = systemCodeOf(cause);
  return {
    code: 'WRITTEN_UNCONFIRMED',
    where: path,
    what: text(
      `書きましたが、ディスクへの書き込みが確かめられませんでした(${code})`,
      `it is written, but the system could not confirm that it is on disk (${code})`,
    ),
    advice: text(
      'ディスクを確かめ、ファイルの中身を見てから続けてください(もう一度実行しても二重にはなりません)',
      'check the disk, and look into the file before going on; the same call again does nothing twice',
    ),
  };
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
/** Words that are the same wherever it happens. */
const everywhere = (what: Text, advice: Text): Words => ({ anywhere: [what, advice], of: () => [what, advice] });
const TOO_MANY_FILES = everywhere(
  text('開けるファイルの数の上限に達しました', 'too many files are open'),
  text('上限(ulimit -n)を上げて再実行してください', 'raise the limit (ulimit -n) and run again'),
);
const NO_MEMORY = everywhere(
  text('メモリが足りません', 'no memory left'),
  text('ほかの処理を止めるか、--memory を小さくしてください', 'end other programs, or give a smaller --memory'),
);
const LINK_LOOP: Words = {
  anywhere: [
    text('リンクが輪になっています', 'links go round in a circle'),
    text('リンクの先を確かめてください', 'check where the links lead'),
  ],
  of: (option) => [
    text('リンクが輪になっています', 'links go round in a circle'),
    another(option, 'リンクの先を直すか', 'mend where the links lead'),
  ],
};
const IN_USE: Words = {
  anywhere: [
    text('ほかで使われています', 'is in use elsewhere'),
    text('使っているものを閉じて再実行してください', 'close what uses it, and run again'),
  ],
  of: (option) => [
    text('ほかで使われているか、マウントされた場所です', 'is in use elsewhere, or a mount point'),
    another(option, '使っているものを閉じるか', 'close what uses it'),
  ],
};
const ELSEWHERE: Words = {
  anywhere: [
    text('別のディスクにまたがっています', 'lies across two file systems'),
    text('同じディスクに置いてください', 'put both on one file system'),
  ],
  of: (option) => [
    text(
      '親のフォルダーと別のディスクにあるので置き換えられません',
      'is on another file system than the folder above it',
    ),
    text(`${option} に同じディスクの中の場所を指定してください`, `give a place as ${option} that is on the same one`),
  ],
};
const TOO_MANY_LINKS = everywhere(
  text('リンクの数の上限に達しました', 'too many links'),
  text('別のフォルダーかディスクに書き出してください', 'write to another folder or disk'),
);
const CHANGED_MEANWHILE = everywhere(
  text('処理の間に、ほかのものがここに置かれました', 'something else was put there meanwhile'),
  text('中身を確かめて再実行してください', 'look at what it is, and run again'),
);
const NOT_REACHED = everywhere(
  text('ネットワーク上のフォルダーにつながりません', 'the network folder cannot be reached'),
  text('接続を確かめて再実行してください', 'check the connection, and run again'),
);
/** Of a code that is none of those below. */
const anythingElse = (code: string): Words => ({
  anywhere: [
    text(`システムに断られました(${code})`, `the system refused it (${code})`),
    text('指定とディスクを確かめてください', 'check what was named, and the disk'),
  ],
  of: (option) => [
    text(`システムに断られました(${code})`, `the system refused it (${code})`),
    another(option, 'ディスクを確かめるか', 'check the disk'),
  ],
});

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
  EMFILE: TOO_MANY_FILES,
  ENFILE: TOO_MANY_FILES,
  ENOMEM: NO_MEMORY,
  ELOOP: LINK_LOOP,
  EBUSY: IN_USE,
  ETXTBSY: IN_USE,
  EXDEV: ELSEWHERE,
  EMLINK: TOO_MANY_LINKS,
  ENOTEMPTY: CHANGED_MEANWHILE,
  ESTALE: NOT_REACHED,
  EHOSTDOWN: NOT_REACHED,
  EHOSTUNREACH: NOT_REACHED,
  ENETDOWN: NOT_REACHED,
  ENETUNREACH: NOT_REACHED,
  ENOTCONN: NOT_REACHED,
  ECONNRESET: NOT_REACHED,
  ETIMEDOUT: NOT_REACHED,
};
