import { totalmem } from 'node:os';
import { ownOf } from '../../base/own.ts';

const UNITS: Readonly<Record<string, number>> = {
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

export const DEFAULT_MEMORY = '60%';

/** A size or a share as a JSON Schema can have it: of a share beyond all there is, it knows nothing. */
export const MEMORY_PATTERN = '^\\s*\\d{1,9}(\\.\\d{1,6})?\\s*([kKmMgGtT][iI]?[bB]|%)\\s*$';

/** Bytes of a size as it is written, or of a share of the machine's memory; undefined where it is neither. */
export function memoryBytes(written: string, machineBytes = memoryOfMachine()): number | undefined {
  const parts = /^(\d{1,9}(?:\.\d{1,6})?)\s*([a-z]+|%)$/i.exec(written.trim());
  const amount = Number(parts?.[1]);
  const unit = parts?.[2]?.toLowerCase() ?? '';
  const bytes = unit === '%' ? (machineBytes * amount) / 100 : amount * (ownOf(UNITS, unit) ?? Number.NaN);
  const fits = unit !== '%' || amount <= 100;
  return bytes >= 1 && fits ? Math.floor(bytes) : undefined;
}

/** Of the container, where one sets bounds. */
function memoryOfMachine(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}
