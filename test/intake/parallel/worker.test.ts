import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { isOfFile, isOutOfMemory } from '../../../src/intake/bytes/refusals.ts';
import { readInputs } from '../../../src/intake/read-inputs.ts';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import { INPUT_KINDS } from '../../../src/tables/tables.ts';
import { WORKER } from '../../support/program.ts';
import { csv, inFolder, instant, put, ROW } from '../read-files.ts';

const script = pathToFileURL(WORKER);

/** What the thread answers, or throws. */
const answerTo = async (job: unknown): Promise<unknown> => {
  const worker = new Worker(script);
  try {
    return await new Promise((resolve, reject) => {
      worker.on('error', reject);
      worker.on('message', (told: unknown) => (told === 'ready' ? worker.postMessage(job) : resolve(told)));
    });
  } finally {
    await worker.terminate();
  }
};

/** Reads a log by one thread that runs this code for each chunk, and the main one, which reads none. */
const readBy = (code: string) =>
  inFolder(async (folder) => {
    const thread = put(
      folder,
      'thread.mjs',
      `import { parentPort } from 'node:worker_threads';
parentPort.on('message', (job) => { ${code} });
parentPort.postMessage('ready');`,
    );
    const log = put(folder, 'transactions.csv', csv('transactions', ROW.transactions));
    const paths = Object.fromEntries(INPUT_KINDS.map((kind) => [kind, kind === 'transactions' ? [log] : []]));
    return readInputs({
      paths: paths as unknown as Parameters<typeof readInputs>[0]['paths'],
      profile: undefined,
      encoding: undefined,
      terms: KAGOSHIMA.terms,
      asOf: instant('2023-12-01T00:00:00+09:00'),
      threads: { script: pathToFileURL(thread), count: 2, leastBytes: 0, chunkBytes: 1 << 14, ownChunks: 0 },
    });
  });

describe('a bug in a thread', () => {
  test('is not told as a chunk that cannot be read', async () => {
    const chunk = { bytes: Buffer.from('a\n'), from: 0, to: 2, isLast: true, encoding: undefined };
    const file = { kind: 'transactions', file: 0, plan: undefined, profile: undefined };
    await expect(answerTo({ file, chunk, reader: 0, shapes: undefined })).rejects.toThrow(TypeError);
  });

  test('is thrown where the files are read, with the stack that it had', async () => {
    const error = await readBy('function nobodyForesawThis() { null.rows; } nobodyForesawThis();').catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).stack).toContain('nobodyForesawThis');
  });

  test('is thrown too where Node has a code for it', async () => {
    await expect(readBy('Buffer.from(null);')).rejects.toThrow('must be of type string');
  });
});

test('a thread that the system will not have leaves the file to the main one', async () => {
  const full = "Object.assign(new Error('no room'), { code: 'ERR_WORKER_OUT_OF_MEMORY' })";
  const read = await readBy(`throw ${full};`);
  expect(read.problems).toEqual([]);
  expect('tables' in read ? read.tables.transactions.rows : 0).toBe(1);
});

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

test('what there is no memory for is no bug, and a wrong length is one', () => {
  expect(isOutOfMemory(thrownBy(() => new SharedArrayBuffer(2 ** 52)))).toBe(true);
  expect(isOutOfMemory(thrownBy(() => new Uint8Array(1).set([1, 2])))).toBe(false);
  expect(isOutOfMemory(thrownBy(() => new Uint8Array(-1)))).toBe(false);
  expect(isOfFile(thrownBy(() => Buffer.from(null as never)))).toBe(false);
});
