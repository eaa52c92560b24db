import { type Command, Option } from 'commander';
import { isDifferent, type RunComparison } from '../../audit/diff/difference.ts';
import { text } from '../../base/text.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { evidenceKeyFlag } from '../options/evidence-key.ts';
import type { GivenOptions } from '../options/given.ts';
import { memoryFlags } from '../options/memory.ts';
import { runFolderWords } from '../options/run-folder.ts';
import { tellingFlags } from '../options/telling.ts';
import { diffMarkdown } from '../render/diff-markdown.ts';
import { diffText } from '../render/diff-text.ts';
import { EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import { write } from '../terminal/terminal.ts';
import type { Invocation } from './command.ts';
import { comparedRuns, failOnFlag, failOnOf, limitOf } from './compared-runs.ts';

/** `diff`: two runs, coupon by coupon. */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  const flagged = flags(made, t).action(async (before: string, after: string, given: GivenOptions) => {
    process.exitCode = await diff(before, after, given, invocation);
  });
  tellingFlags(evidenceKeyFlag(memoryFlags(flagged, t), t), t).addHelpText('after', `\n${t(EXAMPLES)}`);
}

const flags = (made: Command, t: Translate): Command =>
  made
    .argument('<before>', runFolderWords(t))
    .argument('<after>', runFolderWords(t))
    .addOption(failOnFlag(t))
    .addOption(
      new Option(
        '--limit <n>',
        t(
          text(
            '表示するクーポンと、各ファイルの行の数(既定 50)',
            'how many coupons, and rows of each other file, to show (default 50)',
          ),
        ),
      ),
    )
    .addOption(
      new Option('--markdown', t(text('Markdown で出力する(プルリクエスト用)', 'print Markdown, for a pull request'))),
    );

const EXAMPLES = text(
  `例:
  regionpay-reconcile diff runs/BEFORE runs/AFTER --fail-on money
  regionpay-reconcile diff runs/BEFORE runs/AFTER --markdown --limit 20 > comment.md
原因を分けるには、両方の入力が実行結果に残っている必要があります(run --archive)`,
  `Examples:
  regionpay-reconcile diff runs/BEFORE runs/AFTER --fail-on money
  regionpay-reconcile diff runs/BEFORE runs/AFTER --markdown --limit 20 > comment.md
To tell several causes apart, the inputs of both runs must have been kept (run --archive)`,
);

const DEFAULT_LIMIT = 50;

/** Returns the exit code. @throws CommandFailure */
async function diff(before: string, after: string, given: GivenOptions, invocation: Invocation): Promise<number> {
  const limit = limitOf(given.limit, DEFAULT_LIMIT);
  const failOn = failOnOf(given.failOn);
  const comparison = await comparedRuns({ before, after, limit }, given, invocation);
  const differs = failOn === 'money' ? comparison.money : isDifferent(comparison);
  if (given.quiet !== true) await write(process.stdout, shown(comparison, given, invocation.t));
  return differs ? EXIT.different : EXIT.done;
}

function shown(comparison: RunComparison, given: GivenOptions, t: Translate): string {
  if (given.json === true) return canonicalJson(comparison);
  return given.markdown === true ? diffMarkdown(comparison, t) : diffText(comparison, t);
}
