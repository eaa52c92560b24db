import type { FileToPurge, PurgePlan } from '../../audit/record/purge-plan.ts';
import { type Text, text } from '../../base/text.ts';
import type { Translate } from '../terminal/language.ts';

/** A run by the name of its folder. */
export type PurgedRun = Pick<PurgePlan, 'take' | 'noted'> & { readonly name: string };

/** What was taken out of runs, what is still elsewhere, and what a purge does not reach. */
export function purgeText(runs: readonly PurgedRun[], dryRun: boolean, t: Translate): string {
  const lines = runs.flatMap((run) => runLines(run, dryRun, t));
  return `${[...lines, '', ...NOT_REACHED.map((each) => t(each))].join('\n')}\n`;
}

function runLines({ name, take, noted }: PurgedRun, dryRun: boolean, t: Translate): readonly string[] {
  if (take.length === 0) {
    const nothing = noted.length === 0 ? NOTHING : NOTHING_MORE;
    return [`${name}: ${t(nothing)}`];
  }
  return [`${name}: ${t(dryRun ? WOULD_TAKE : TAKEN)}`, ...take.flatMap((file) => fileLines(file, t))];
}

function fileLines({ name, inputs, alsoIn }: FileToPurge, t: Translate): readonly string[] {
  const kept = inputs.length === 0 ? '' : ` (${inputs.join(', ')})`;
  const runs = alsoIn.join(', ');
  const elsewhere = t(text(`同じ内容がまだ ${runs} にあります`, `the same content is still in ${runs}`));
  return [`  ${name}${kept}`, ...(alsoIn.length === 0 ? [] : [`      ${elsewhere}`])];
}

const TAKEN = text('消したもの(purged.json に記録)', 'taken, as noted in purged.json:');
const WOULD_TAKE = text('消すことになるもの', 'would be taken:');
const NOTHING = text('連絡先のあるファイルはありません', 'holds no file with contacts');
const NOTHING_MORE = text('連絡先のあるファイルはもうありません', 'holds no file with contacts any more');

const NOT_REACHED: readonly Text[] = [
  text(
    '銀行・業者用のファイル、元の入力、控え(バックアップ)はそのままです。別に消してください。',
    'Files for banks and providers, original inputs and backups are not touched: see to them as well.',
  ),
  text(
    'ファイルは消しますが、ディスクの上の跡を上書きはしません(docs/keeping.ja.md)。',
    'Files are unlinked; what they leave on the disk is not overwritten (docs/keeping.md).',
  ),
];
