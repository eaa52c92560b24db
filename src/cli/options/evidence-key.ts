import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { EvidenceKeyGone } from '../../audit/record/re-execute.ts';
import { text } from '../../base/text.ts';
import {
  type EvidenceKey,
  evidenceKeyOfSeries,
  findEvidenceKey,
  NoEvidenceKey,
  readEvidenceKey,
  SERIES_KEY_FILE,
} from '../../publish/evidence-key.ts';
import type { Previous } from '../../publish/previous.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import { problem } from '../terminal/path-problem.ts';
import { systemFailureOf } from '../terminal/system-failure.ts';
import type { GivenOption, GivenOptions } from './given.ts';

/** In the place of a file: the series goes on with another key. */
const NEW = 'new';

/** What evidence is bound to decisions by, as it was asked for. */
export interface EvidenceKeyOptions {
  readonly evidenceKeyFile: string | undefined;
  /** The series goes on with another key, for its own was lost. */
  readonly newEvidenceKey: boolean;
}

export const evidenceKeyFlag = (made: Command, t: Translate): Command =>
  made.addOption(
    new Option(
      '--evidence-key <file>',
      t(
        text(
          '決定を根拠に結び付ける鍵(既定は実行結果と並ぶ series.key)',
          'the key that binds decisions to evidence (default: series.key beside the runs)',
        ),
      ),
    ),
  );

export const readEvidenceKeyOption = (value: GivenOption): EvidenceKeyOptions => ({
  evidenceKeyFile: typeof value === 'string' && value !== NEW ? resolve(value) : undefined,
  newEvidenceKey: value === NEW,
});

/** For commands that read runs. */
export const evidenceKeyFileOf = ({ evidenceKey }: GivenOptions): string | undefined =>
  readEvidenceKeyOption(evidenceKey).evidenceKeyFile;

/** Where a run that is made finds its key. */
export interface KeyPlace extends EvidenceKeyOptions {
  /** The folder of its series, which is open for it alone. */
  readonly series: string | undefined;
  readonly previousFolder: string | undefined;
  readonly previous: Pick<Previous, 'evidenceKey'> | undefined;
}

/**
 * The key of a run: the one that was named; that of its series, which gets one; or the one of the run before it. A run of no
 * series that follows none has none.
 *
 * @throws CommandFailure
 */
export function evidenceKeyFor(place: KeyPlace): EvidenceKey | undefined {
  const { evidenceKeyFile, newEvidenceKey, series, previousFolder, previous } = place;
  if (evidenceKeyFile !== undefined) return readOr(evidenceKeyFile, () => readEvidenceKey(evidenceKeyFile));
  const before = previous?.evidenceKey;
  const known =
    before === undefined || previousFolder === undefined
      ? undefined
      : findEvidenceKey(previousFolder, before, series && join(series, SERIES_KEY_FILE));
  if (known !== undefined) return known;
  if (before !== undefined && !newEvidenceKey) throw keyGone(before, EXIT.usage);
  if (series === undefined) return undefined;
  const path = join(series, SERIES_KEY_FILE);
  return readOr(path, () => evidenceKeyOfSeries(series));
}

function readOr(path: string, read: () => EvidenceKey): EvidenceKey {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof NoEvidenceKey)) throw systemFailureOf(error, path, '--evidence-key');
    throw new CommandFailure(EXIT.usage, [
      problem(
        'BAD_EVIDENCE_KEY',
        path,
        ['鍵のファイルではありません(16 進数 64 桁)', 'is no key (64 hexadecimal digits)'],
        ['控えから戻すか、正しいファイルを指定してください', 'restore it from a copy, or name the right file'],
      ),
    ]);
  }
}

const keyGone = (fingerprint: string, exit: number): CommandFailure =>
  new CommandFailure(exit, [
    problem(
      'EVIDENCE_KEY_GONE',
      SERIES_KEY_FILE,
      [
        `決定を根拠に結び付ける鍵(${fingerprint})がありません`,
        `the key that binds decisions to their evidence (${fingerprint}) is not there`,
      ],
      exit === EXIT.usage
        ? [
            'series.key を控えから戻すか、--evidence-key で指定してください。失われたなら --evidence-key new(連絡先に関わる確認事項には答え直しが要ります)',
            'restore series.key from a copy, or name it with --evidence-key; if it is lost: --evidence-key new, and questions on contacts are to be answered again',
          ]
        : [
            '実行結果と並べて series.key を置くか、--evidence-key で指定してください',
            'put series.key beside the run, or name it with --evidence-key',
          ],
    ),
  ]);

/** What a person is told where a run is to be executed again, and its key is not there; what was thrown else. */
export const keyFailureOf = (error: unknown): unknown =>
  error instanceof EvidenceKeyGone ? keyGone(error.fingerprint, EXIT.refused) : error;
