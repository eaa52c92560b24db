import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { couponNumberOf, explainCoupons, type LostInput, openForExplaining } from '../../audit/explain/explain.ts';
import { ownRowsOf, whyOtherwise } from '../../audit/explain/own-rows.ts';
import { DamagedRun } from '../../audit/record/records.ts';
import type { Problem } from '../../base/problem.ts';
import { text } from '../../base/text.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import type { GivenOptions } from '../options/given.ts';
import { damagedRun, manifestOf, runFolderWords } from '../options/run-folder.ts';
import { tellingFlags } from '../options/telling.ts';
import { letterOn } from '../render/letter.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import { write } from '../terminal/terminal.ts';
import type { Invocation } from './command.ts';

/** `explain`: why each coupon came out as it did. */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  made
    .argument('<run>', runFolderWords(t))
    .argument('<coupon...>', t(text('クーポン番号', 'coupon numbers')))
    .addOption(
      new Option(
        '--inputs <dir>',
        t(text('保存がないとき、元の入力を探すフォルダー', 'where the original inputs lie, if the run keeps none')),
      ),
    )
    .addOption(
      new Option(
        '--show-contact',
        t(text('連絡先と、誰がなぜ決めたかを伏せずに表示する', 'show contacts, and who decided and why')),
      ),
    )
    .action(async (run: string, coupons: string[], given: GivenOptions) => {
      process.exitCode = await explain(run, coupons, given, invocation);
    });
  tellingFlags(made, t).addHelpText('after', `\n${t(EXAMPLES)}`);
}

const EXAMPLES = text(
  '例:\n  regionpay-reconcile explain runs/RUN 000000000201\n  regionpay-reconcile explain runs/RUN 000000000201 --inputs exports',
  'Examples:\n  regionpay-reconcile explain runs/RUN 000000000201\n  regionpay-reconcile explain runs/RUN 000000000201 --inputs exports',
);

/** Returns the exit code: whether the run has published the same. @throws CommandFailure */
async function explain(
  run: string,
  coupons: readonly string[],
  given: GivenOptions,
  { t, signal, threads, program }: Invocation,
): Promise<number> {
  const folder = resolve(run);
  const manifest = manifestOf(folder);
  const originals = typeof given.inputs === 'string' ? resolve(given.inputs) : undefined;
  if (coupons.some((coupon) => coupon.trim() === '')) throw new CommandFailure(EXIT.usage, [NO_COUPON]);
  const asDamage = (error: unknown): never => {
    throw error instanceof DamagedRun ? damagedRun(error.path) : error;
  };
  const inputs = await openForExplaining(folder, manifest, originals, { signal, threads }).catch(asDamage);
  if ('lost' in inputs) throw new CommandFailure(EXIT.refused, inputs.lost.map(lostProblem));
  const { countUnclaimed } = manifest.options;
  const own = await ownRowsOf(folder, new Set(coupons.map(couponNumberOf))).catch(asDamage);
  const contacts = given.showContact === true ? 'shown' : 'masked';
  const explanations = await explainCoupons(inputs.gathered, coupons, { countUnclaimed, contacts, own, signal });
  const isOtherwise = explanations.some((each) => each.publishedOtherwise.length > 0);
  const otherwise = isOtherwise ? whyOtherwise(folder, manifest, program) : null;
  const { fingerprint, asOf } = manifest;
  await write(
    process.stdout,
    given.json === true
      ? canonicalJson({ run: fingerprint, asOf, coupons: explanations, otherwise })
      : explanations.map((each) => letterOn(each, asOf, t, otherwise)).join('\n'),
  );
  return isOtherwise ? EXIT.different : EXIT.done;
}

const NO_COUPON: Problem = {
  code: 'UNKNOWN_VALUE',
  where: 'explain <run> <coupons...>',
  what: text('クーポン番号が空です', 'a coupon number is empty'),
  advice: text('番号を指定してください', 'give a number'),
};

const lostProblem = ({ name, altered }: LostInput): Problem =>
  altered
    ? {
        code: 'INPUT_ALTERED',
        where: name,
        what: text('この実行が読んだときの内容ではありません', 'is not what the run has read'),
        advice: text(
          '控えから戻すか、--inputs に元ファイルのフォルダーを指定してください',
          'restore it from a copy, or name the folder of the original with --inputs',
        ),
      }
    : {
        code: 'INPUT_NOT_KEPT',
        where: name,
        what: text(
          '実行結果に保存されておらず、元ファイルも見つかりません',
          'was not kept with the run, and no original was found',
        ),
        advice: text(
          '--inputs に元ファイルのフォルダーを指定してください(次からは run --archive)',
          'name its folder with --inputs (and use run --archive next time)',
        ),
      };
