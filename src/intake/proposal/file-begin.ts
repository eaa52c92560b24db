import type { Problem } from '../../base/problem.ts';
import { type DetectedFormat, detectFormat } from '../bytes/detect-format.ts';
import { locate } from '../bytes/file.ts';
import type { FileFormat } from '../bytes/file-format.ts';
import { readSample, type SampleRecord } from '../bytes/sample.ts';

/** What a file begins with. */
export interface FileBegin {
  readonly name: string;
  readonly format: DetectedFormat;
  /** From its first line on: at most those of its sample (2-data.md). */
  readonly records: readonly SampleRecord[];
}

/** Reads what a file begins with, or says why it is none that can be read. */
export async function readFileBegin(
  path: string,
  name: string,
): Promise<{ readonly begin: FileBegin } | { readonly problem: Problem }> {
  const detected = await detectFormat(path, name);
  if ('problem' in detected) return detected;
  const found = locate(path, name);
  if ('problem' in found) return found;
  const { format } = detected;
  const sample = await readSample(found.location, statedBy(format));
  return { begin: { name, format, records: sample.records() } };
}

/** What is to be stated of a file for it to be read: what is usual is found again. */
export function statedBy(format: DetectedFormat): Pick<FileFormat, 'encoding'> & {
  readonly delimiter?: 'tab' | 'semicolon';
} {
  if (format.what === 'workbook') return {};
  const { encoding, isToState, delimiter } = format;
  return {
    ...(isToState && encoding !== undefined ? { encoding } : {}),
    ...(delimiter === 'comma' ? {} : { delimiter }),
  };
}
