import { recordedSummary } from '../../audit/record/recorded-summary.ts';
import { DamagedRun } from '../../audit/record/records.ts';
import type { Manifest } from '../../audit/record/run-record.ts';
import { text } from '../../base/text.ts';
import type { Summary } from '../../publish/summary.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import { damagedRun, manifestOf } from './run-folder.ts';

/** A run as it was published. */
export interface RecordedRun {
  readonly manifest: Manifest;
  readonly summary: Summary;
}

/** @throws CommandFailure where the folder is no run, not as it was published, or of a version that told less */
export function recordedRunIn(folder: string): RecordedRun {
  const manifest = manifestOf(folder);
  try {
    const summary = recordedSummary(folder, manifest);
    if (summary !== undefined) return { manifest, summary };
  } catch (error) {
    throw error instanceof DamagedRun ? damagedRun(error.path) : error;
  }
  throw new CommandFailure(EXIT.refused, [
    {
      code: 'OLDER_RUN',
      where: folder,
      what: text(
        `この版より前に作った実行結果で、集計の項目が足りません(版 ${manifest.program.version})`,
        `was made before this version, and its summary holds less (version ${manifest.program.version})`,
      ),
      advice: text('summary.json を直接見てください', 'look at its summary.json'),
    },
  ]);
}
