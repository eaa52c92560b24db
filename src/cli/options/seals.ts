import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import type { Problem } from '../../base/problem.ts';
import type { Text } from '../../base/text.ts';
import { readSealFile } from '../../publish/seal-file.ts';
import { CannotSign, type SignatureFault } from '../../publish/ssh-signature.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import { problem } from '../terminal/path-problem.ts';

type Words = readonly [ja: string, en: string];

/** What a file of seals holds. @throws CommandFailure */
export function sealContentOf(path: string): string {
  try {
    return readSealFile(resolve(path));
  } catch (error) {
    throw new CommandFailure(EXIT.refused, [unreadableSeals(path, error)]);
  }
}

export const unreadableSeals = (path: string, error: unknown): Problem =>
  (error as NodeJS.ErrnoException).code === 'ENOENT'
    ? problem('BAD_SEAL_FILE', path, ['そのようなファイルはありません', 'there is no such file'], SEAL_ADVICE)
    : problem('BAD_SEAL_FILE', path, ['ファイルとして読めません', 'cannot be read as a file'], SEAL_ADVICE);

const SEAL_ADVICE: Words = ['seal --to で書いたファイルを指定してください', 'name the file that seal --to wrote'];

/** @throws CommandFailure */
export function readableSigners(path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch {
    throw new CommandFailure(EXIT.refused, [
      problem(
        'NO_SUCH_FILE',
        path,
        ['署名者の一覧が読めません', 'the file of allowed signers cannot be read'],
        [
          '「名前 公開鍵」の行からなるファイルを指定してください',
          'name a file with a line "name public-key" for each of them',
        ],
      ),
    ]);
  }
}

/** The file of seals is at odds with itself, or with the run. */
export const sealProblem = (code: 'BAD_SEAL_FILE' | 'SEAL_CONTRADICTED', path: string, { ja, en }: Text) =>
  problem(
    code,
    path,
    [ja, en],
    code === 'BAD_SEAL_FILE'
      ? [
          '控えと比べ、直せなければ新しいファイルから始めてください',
          'compare it with a copy; if it cannot be restored, begin with a new file',
        ]
      : [
          '封印済みの実行と見比べてください。わざと始め直したのなら、別のファイルに封印してください',
          'compare the run with the one that was sealed; if the chain was begun anew on purpose, seal it into another file',
        ],
  );

const SIGNING: Readonly<
  Record<SignatureFault, { readonly code: string; readonly what: Words; readonly advice: Words }>
> = {
  'no program': {
    code: 'NO_SSH_KEYGEN',
    what: ['ssh-keygen がありません', 'there is no ssh-keygen here'],
    advice: ['OpenSSH(8.1 以降)を入れてください', 'install OpenSSH (8.1 or newer)'],
  },
  'old program': {
    code: 'NO_SSH_KEYGEN',
    what: ['ssh-keygen が古く、署名を扱えません', 'ssh-keygen is too old to know signatures'],
    advice: ['OpenSSH を 8.1 以降にしてください', 'install OpenSSH 8.1 or newer'],
  },
  'no key': {
    code: 'CANNOT_SIGN',
    what: ['SSH の鍵がないか、鍵として読めません', 'there is no SSH key, or it cannot be read as one'],
    advice: [
      '秘密鍵(か、エージェントにある鍵の公開鍵)を --key で指定してください',
      'name a private key as --key, or the public one of a key that the agent holds',
    ],
  },
  passphrase: {
    code: 'CANNOT_SIGN',
    what: ['鍵のパスフレーズが必要か、違っています', 'the key needs a passphrase, or another one'],
    advice: [
      '端末で実行するか、ssh-add でエージェントに入れてください',
      'call it at a terminal, or put the key into the agent with ssh-add',
    ],
  },
  'not in the agent': {
    code: 'CANNOT_SIGN',
    what: [
      'その公開鍵の秘密鍵がエージェントにありません',
      'the agent does not hold the private key of that public one',
    ],
    advice: [
      'ssh-add で入れるか、秘密鍵を --key で指定してください',
      'add it with ssh-add, or name the private key as --key',
    ],
  },
  refused: {
    code: 'CANNOT_SIGN',
    what: ['ssh-keygen がこの鍵で署名できません', 'ssh-keygen does not sign with this key'],
    advice: [
      '鍵の種類とファイルの権限(0600)を確かめてください',
      'check the kind of the key, and that the mode of its file is 0600',
    ],
  },
};

/** Why ssh-keygen did not do what it was asked, as something a user can mend; any other error as it is. */
export function signingFailureOf(error: unknown, where: string): unknown {
  if (!(error instanceof CannotSign)) return error;
  const { code, what, advice } = SIGNING[error.why];
  const exit = code === 'NO_SSH_KEYGEN' ? EXIT.system : EXIT.refused;
  return new CommandFailure(exit, [problem(code, where, what, advice)]);
}
