import type { Problem } from '../../base/problem.ts';
import { Locked } from '../../publish/lock.ts';
import { LeftAside, TargetTaken, Unconfirmed } from '../../publish/run-folder.ts';
import { CommandFailure, EXIT, PublishedFailure } from './exit.ts';
import { problem, shown } from './path-problem.ts';
import { systemCodeOf, systemFailureOf } from './system-failure.ts';

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
  if (error instanceof TargetTaken) {
    const exitCode = error.why === 'a mount point' ? EXIT.system : EXIT.usage;
    return new CommandFailure(exitCode, [takenProblem(error, target)]);
  }
  if (error instanceof Unconfirmed) return new PublishedFailure(EXIT.system, [unconfirmedProblem(error, target)]);
  if (error instanceof LeftAside) return new CommandFailure(EXIT.system, [leftAsideProblem(error, target)]);
  return systemFailureOf(error, shown(target), '--out');
}

/** It is published, whatever else is said. */
function unconfirmedProblem({ cause }: Unconfirmed, target: string): Problem {
  const code = systemCodeOf(cause);
  return problem(
    'PUBLISHED_UNCONFIRMED',
    target,
    [
      `公開しましたが、ディスクへの書き込みが確かめられませんでした(${code})`,
      `the run is published, but the system could not confirm that it is on disk (${code})`,
    ],
    [
      'ディスクを確かめ、同じ --as-of でもう一度実行してください(中身は変わらず、書き込みだけを確かめます)',
      'check the disk, then run again with the same --as-of: that changes nothing, and confirms it',
    ],
  );
}

/** Neither run stands in its place now. */
function leftAsideProblem({ aside, cause }: LeftAside, target: string): Problem {
  const code = systemCodeOf(cause);
  return problem(
    'RUN_LEFT_ASIDE',
    target,
    [
      `置き換えられませんでした(${code})。前の実行結果は ${shown(aside)} にあります`,
      `could not be replaced (${code}); the run that was there lies in ${shown(aside)}`,
    ],
    [
      'ディスクを確かめてから、この実行結果に verify か run を実行してください(前の実行結果が元の場所に戻ります)',
      'check the disk, then call verify or run on it: the run that was there is put back',
    ],
  );
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
  if (why === 'a mount point') {
    return problem(
      'MOUNT_POINT',
      target,
      [
        'ディスクやボリュームが接続(マウント)された場所なので、フォルダーごと置き換えられません',
        'is a mount point, and cannot be replaced by a run folder',
      ],
      ['その中のフォルダーを --out に指定してください', 'give a folder inside it as --out'],
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
