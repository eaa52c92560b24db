import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { text } from '../../base/text.ts';
import type { MemoryLimit } from '../../intake/read-inputs.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import { Collected, type GivenOption, type GivenOptions } from './given.ts';
import { DEFAULT_MEMORY, memoryBytes } from './memory-limit.ts';

export interface MemoryOptions {
  /** How much the tables of a run may take. */
  readonly memoryBytes: number;
  /** Where that is put which exceeds it: beside the run folder, without one. */
  readonly tempDirectory: string | undefined;
}

/** In how much memory a run is settled, or settled again. */
export const memoryFlags = (made: Command, t: Translate): Command =>
  made
    .addOption(
      new Option(
        '--memory <size>',
        t(
          text(
            '表に使うメモリ(2GB、512MB、60% など。既定 60%)。超える分はディスクに置く',
            'memory for the tables: 2GB, 512MB, 60% (the default); what exceeds it goes to disk',
          ),
        ),
      ),
    )
    .addOption(
      new Option(
        '--temp-directory <folder>',
        t(
          text(
            'ディスクに置く先(既定は run では --out のとなり、ほかでは一時フォルダー)。終われば消える',
            'where that goes (default: run beside --out, others the system\u2019s temporary folder); gone when it ends',
          ),
        ),
      ),
    );

/** @returns no bytes where a problem was found */
export const readMemoryLimit = ({ memory, tempDirectory }: GivenOptions, found: Collected): MemoryOptions => ({
  memoryBytes: readMemory(memory ?? DEFAULT_MEMORY, found) ?? 0,
  tempDirectory: typeof tempDirectory === 'string' ? resolve(tempDirectory) : undefined,
});

/** Where what exceeds the memory goes, of commands that have no inputs of their own. @throws CommandFailure */
export function readMemoryOptions({ memory, tempDirectory }: GivenOptions): Pick<MemoryLimit, 'bytes' | 'folder'> {
  const found = new Collected();
  const bytes = readMemory(memory ?? DEFAULT_MEMORY, found);
  if (bytes === undefined) throw new CommandFailure(EXIT.usage, found.problems);
  return { bytes, folder: typeof tempDirectory === 'string' ? resolve(tempDirectory) : tmpdir() };
}

function readMemory(value: NonNullable<GivenOption>, found: Collected): number | undefined {
  return (
    memoryBytes(String(value)) ??
    found.add(
      'BAD_MEMORY',
      `--memory ${String(value)}`,
      ['メモリの量でも割合でもありません', 'is neither an amount of memory nor a share'],
      [
        '2GB、512MB、または 60%(この計算機のメモリに対する割合)のように書いてください',
        'write 2GB, 512MB, or 60% (of this machine\u2019s memory)',
      ],
    )
  );
}
