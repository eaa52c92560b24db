import type { Problem } from '../../base/problem.ts';
import { Locked } from '../../publish/lock.ts';
import { TargetTaken } from '../../publish/run-folder.ts';
import { CommandFailure, EXIT } from './exit.ts';
import { problem, shown } from './path-problem.ts';
import { systemFailureOf } from './system-failure.ts';

/** Why a run folder cannot be written, as something a user can mend; any other error as it is. */
export function publishFailureOf(error: unknown, target: string): unknown {
  if (error instanceof Locked) {
    return new CommandFailure(EXIT.system, [
      problem(
        'LOCKED',
        error.path,
        [`別の実行が書き込み中です(${error.holder})`, `another run is writing here (${error.holder})`],
        [
          'その実行が終わるのを待ってください。動いていないと確かめられたら、このロックファイルを消してください',
          'wait for it to end; if it is certainly gone, delete this lock file',
        ],
      ),
    ]);
  }
  if (error instanceof TargetTaken) return new CommandFailure(EXIT.usage, [takenProblem(error, target)]);
  return systemFailureOf(error, shown(target), '--out');
}

function takenProblem({ why }: TargetTaken, target: string): Problem {
  if (why === 'another run') {
    return problem(
      'ALREADY_PUBLISHED',
      target,
      ['内容の違う実行結果がすでにあります', 'a run with other content is already there'],
      [
        '別の --out を指定するか、置き換えてよければ --replace を足してください',
        'give another --out, or --replace to replace it',
      ],
    );
  }
  const what: readonly [string, string] =
    why === 'not a folder'
      ? ['フォルダーではありません', 'is not a folder']
      : ['実行結果でないファイルが入っています', 'holds files that are no run'];
  return problem('NOT_A_RUN_FOLDER', target, what, [
    '空か、まだないフォルダーを --out に指定してください',
    'give --out a folder that is empty or does not exist yet',
  ]);
}
