import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { couponsMeant, type Meant } from '../../audit/explain/asked-coupons.ts';
import { explainCoupons, knownTo, type LostInput, openForExplaining } from '../../audit/explain/explain.ts';
import type { Explanation } from '../../audit/explain/explanation.ts';
import { namedByRun, ownRowsOf, whyOtherwise } from '../../audit/explain/own-rows.ts';
import { DamagedRun } from '../../audit/record/records.ts';
import type { Problem } from '../../base/problem.ts';
import { text } from '../../base/text.ts';
import { canonicalJsonPieces } from '../../publish/canonical-json.ts';
import { mayEnd, wholeInTurns } from '../../run/turns.ts';
import { evidenceKeyFileOf, evidenceKeyFlag, keyFailureOf } from '../options/evidence-key.ts';
import type { GivenOptions } from '../options/given.ts';
import { originalsFlags, originalsOf } from '../options/originals.ts';
import { damagedRun, manifestOf, runFolderWords } from '../options/run-folder.ts';
import { tellingFlags } from '../options/telling.ts';
import { letterOn } from '../render/letter.ts';
import { originalsNote, spokenOn, togetherWords } from '../render/spoken-letter.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import { write, writeInPieces } from '../terminal/terminal.ts';
import type { Invocation } from './command.ts';

/** `explain`: why each coupon came out as it did, and what can be read out of it to its holder. */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  made
    .argument('<run>', runFolderWords(t))
    .argument(
      '<who...>',
      t(
        text(
          'クーポン番号か支払い ID(--show-contact では電話番号・メール・アカウント・口座も)',
          'coupon numbers or payout ids (with --show-contact also phones, e-mail addresses, accounts of the app or a bank)',
        ),
      ),
    )
    .addOption(
      new Option(
        '--short',
        t(text('電話で読み上げる文だけを表示する', 'print only what can be read out on the telephone')),
      ),
    )
    .addOption(
      new Option(
        '--show-contact',
        t(
          text(
            '連絡先と、誰がなぜ決めたかを伏せずに表示し、連絡先でも探す',
            'show contacts, and who decided and why; find coupons by contacts',
          ),
        ),
      ),
    )
    .action(async (run: string, words: string[], given: GivenOptions) => {
      process.exitCode = await explain(run, words, given, invocation);
    });
  tellingFlags(evidenceKeyFlag(originalsFlags(made, t), t), t).addHelpText('after', `\n${t(EXAMPLES)}`);
}

const EXAMPLES = text(
  `例:
  regionpay-reconcile explain runs/RUN 000000000201 --short
  regionpay-reconcile explain runs/RUN 201 --config run.json
  regionpay-reconcile explain runs/RUN 090-0000-0021 --show-contact --short`,
  `Examples:
  regionpay-reconcile explain runs/RUN 000000000201 --short
  regionpay-reconcile explain runs/RUN 201 --config run.json
  regionpay-reconcile explain runs/RUN 090-0000-0021 --show-contact --short`,
);

/** Returns the exit code: whether the run has published the same. @throws CommandFailure */
async function explain(
  run: string,
  words: readonly string[],
  given: GivenOptions,
  { t, signal, threads, program }: Invocation,
): Promise<number> {
  const folder = resolve(run);
  const manifest = manifestOf(folder);
  if (words.some((word) => word.trim() === '')) throw new CommandFailure(EXIT.usage, [NOBODY]);
  const asDamage = (error: unknown): never => {
    throw error instanceof DamagedRun ? damagedRun(error.path) : keyFailureOf(error);
  };
  const places = originalsOf(folder, given);
  const resources = { signal, threads, evidenceKeyFile: evidenceKeyFileOf(given) };
  const inputs = await openForExplaining(folder, manifest, places, resources).catch(asDamage);
  if ('lost' in inputs) throw new CommandFailure(EXIT.refused, inputs.lost.map(lostProblem));
  const { gathered, originals } = inputs;
  const known = knownTo(gathered, await namedByRun(folder, words, signal).catch(asDamage));
  const isByContact = given.showContact === true;
  const meant = allMeant(words.map((word) => couponsMeant(word, known, isByContact)));
  const coupons = [...new Set(meant.flatMap((each) => each.coupons))];
  const own = await ownRowsOf(folder, new Set(coupons), signal).catch(asDamage);
  const contacts = isByContact ? 'shown' : 'masked';
  const { countUnclaimed, requireSecond = false } = manifest.options;
  const explanations = await explainCoupons(gathered, coupons, {
    countUnclaimed,
    requireSecond,
    contacts,
    own,
    signal,
  });
  const isOtherwise = explanations.some((each) => each.publishedOtherwise.length > 0);
  const otherwise = isOtherwise
    ? await wholeInTurns(whyOtherwise(folder, manifest, program), () => mayEnd(signal))
    : null;
  await mayEnd(signal);
  const { fingerprint, asOf } = manifest;
  if (given.json === true) {
    const told = { run: fingerprint, asOf, coupons: explanations, otherwise, originals: originals.length > 0 };
    await writeInPieces(process.stdout, canonicalJsonPieces(told), signal);
    return isOtherwise ? EXIT.different : EXIT.done;
  }
  // Of several words the coupons of one person would not stand under their heading.
  const together = (meant.length > 1 ? [] : meant)
    .filter(({ as }) => as !== 'coupon')
    .map((each) => togetherWords(ofThese(explanations, each.coupons), t));
  const note = originals.length > 0 ? [originalsNote(originals, t)] : [];
  const isShort = given.short === true;
  const letters = explanations.map((each) =>
    isShort
      ? [spokenOn(each, asOf, t, otherwise)]
      : letterOn(each, { asOf, terms: gathered.policy.terms }, t, otherwise),
  );
  // What is read out stands alone on the output.
  if (isShort && note.length > 0 && given.quiet !== true) await write(process.stderr, note.join(''));
  const parts = [...[...(isShort ? [] : note), ...together].map((each) => [each]), ...letters];
  await writeInPieces(process.stdout, withBlankLines(parts), signal);
  return isOtherwise ? EXIT.different : EXIT.done;
}

/** Of each part what it is made of, and a blank line before each but the first. */
function* withBlankLines(parts: readonly Iterable<string>[]): Generator<string> {
  for (const [index, part] of parts.entries()) {
    if (index > 0) yield '\n';
    yield* part;
  }
}

const ofThese = (all: readonly Explanation[], coupons: readonly string[]): readonly Explanation[] =>
  all.filter(({ couponNumber }) => coupons.includes(couponNumber));

type Found = Extract<Meant, { readonly coupons: readonly string[] }>;

/** @throws CommandFailure for the first word that means nobody, or more than one */
function allMeant(all: readonly Meant[]): readonly Found[] {
  const problems = all.flatMap((each, at) => ('coupons' in each ? [] : [notMeant(each.as, at)]));
  if (problems.length > 0) throw new CommandFailure(EXIT.usage, problems);
  return all.filter((each) => 'coupons' in each);
}

const WHERE = 'explain <run> <who...>';

/** What may be how to reach somebody is never repeated: a word is told by its place. */
function notMeant(as: Exclude<Meant['as'], Found['as']>, at: number): Problem {
  const where = `${WHERE}: ${at + 1}`;
  switch (as) {
    case 'contact not asked for':
      return {
        code: 'MISSING_OPTION',
        where,
        what: text('連絡先や口座のようです', 'seems to be a contact or a bank account'),
        advice: text(
          '連絡先で探すには --show-contact を付けてください',
          'to find coupons by a contact, add --show-contact',
        ),
      };
    case 'nobody':
      return {
        code: 'UNKNOWN_VALUE',
        where,
        what: text('この連絡先・口座の記録はありません', 'nobody has this contact or account'),
        advice: text(
          '番号を確かめるか、クーポン番号か支払い ID で探してください',
          'check it, or give a coupon number or a payout id',
        ),
      };
    case 'several people':
      return {
        code: 'UNKNOWN_VALUE',
        where,
        what: text(
          '同じ口座番号がほかの銀行や支店にもあります',
          'the same account number is known at more than one bank',
        ),
        advice: text(
          '銀行・支店・番号を 0185-001-1234567 のように指定してください',
          'give bank, branch and number, like 0185-001-1234567',
        ),
      };
  }
}

const NOBODY: Problem = {
  code: 'UNKNOWN_VALUE',
  where: WHERE,
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
          '--inputs に元ファイルのフォルダーか、--config に run の設定を指定してください(次からは run --archive)',
          'name its folder with --inputs, or the config of run with --config (and use run --archive next time)',
        ),
      };
