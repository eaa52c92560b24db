import { pathToFileURL } from 'node:url';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gunzipped, gunzippedWhole } from '../../../src/intake/bytes/gzip.ts';
import { type IntakeRequest, readInputs } from '../../../src/intake/read-inputs.ts';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import { INPUT_KINDS, type InputKind } from '../../../src/tables/tables.ts';
import { WORKER } from '../../support/program.ts';
import { csv, inFolder, instant, put, ROW } from '../read-files.ts';

const [FHCRC, FEXTRA, FNAME, FCOMMENT] = [2, 4, 8, 16];

interface Member {
  readonly content: Buffer;
  readonly flags: number;
  readonly level: number;
  readonly damage: 'none' | 'crc' | 'length' | 'cut' | 'reserved flag';
}

/** A member by RFC 1952, made by hand. */
function memberOf({ content, flags, level, damage }: Member): Buffer {
  const head = Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, flags | (damage === 'reserved flag' ? 0x20 : 0), 1, 2, 3, 4, 0, 3]),
    ...(flags & FEXTRA ? [Buffer.from([4, 0, 0x41, 0, 0, 0])] : []),
    ...(flags & FNAME ? [Buffer.from('売上.csv\0')] : []),
    ...(flags & FCOMMENT ? [Buffer.from('a comment\0')] : []),
  ]);
  const headSum = Buffer.alloc(2);
  headSum.writeUInt16LE(crc32(head) & 0xffff);
  const end = Buffer.alloc(8);
  end.writeUInt32LE((crc32(content) ^ (damage === 'crc' ? 1 : 0)) >>> 0, 0);
  end.writeUInt32LE(content.length + (damage === 'length' ? 1 : 0), 4);
  const whole = Buffer.concat([head, ...(flags & FHCRC ? [headSum] : []), deflateRawSync(content, { level }), end]);
  if (damage !== 'cut') return whole;
  // In its head or its checksum: padding that follows makes no member of it.
  return whole.subarray(0, content.length === 0 ? 5 : whole.length - 5 - (content.length % 10));
}

type Part = { readonly member: Member } | { readonly zeros: number } | { readonly junk: Buffer };

const bytesOf = (part: Part): Buffer =>
  'member' in part ? memberOf(part.member) : 'zeros' in part ? Buffer.alloc(part.zeros) : part.junk;

/** What the parts hold, by how they were put together; undefined where something is neither a member nor padding at the end. */
function truthOf(parts: readonly Part[]): string | undefined {
  const behind = parts.findIndex((part) => 'zeros' in part);
  const members = behind === -1 ? parts : parts.slice(0, behind);
  const isSound = members.every((part) => 'member' in part && part.member.damage === 'none');
  const isPadded = behind === -1 || parts.slice(behind).every((part) => 'zeros' in part);
  if (!isSound || !isPadded || members.length === 0) return undefined;
  return Buffer.concat(members.map((part) => ('member' in part ? part.member.content : Buffer.alloc(0)))).toString(
    'latin1',
  );
}

/** `bytes` in chunks of some length. */
async function* inChunks(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function read(bytes: Buffer, chunk: number): Promise<string | undefined> {
  const content: Buffer[] = [];
  try {
    for await (const each of gunzipped(inChunks(bytes, chunk), { chunkBytes: 64 })) content.push(each);
    return Buffer.concat(content).toString('latin1');
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toMatch(/^Z_/);
    return undefined;
  }
}

function readWhole(bytes: Buffer): string | undefined {
  try {
    return gunzippedWhole(bytes).toString('latin1');
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toMatch(/^Z_/);
    return undefined;
  }
}

const content = fc
  .oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.nat(2000).map((length) => new Uint8Array(length).fill(0x41)),
  )
  .map((bytes) => Buffer.from(bytes));
const member = fc.record({
  content,
  flags: fc.subarray([FHCRC, FEXTRA, FNAME, FCOMMENT]).map((flags) => flags.reduce((all, flag) => all | flag, 0)),
  level: fc.constantFrom(0, 1, 9),
  damage: fc.oneof(
    { weight: 12, arbitrary: fc.constant('none' as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('crc' as const, 'length' as const, 'cut' as const, 'reserved flag' as const),
    },
  ),
});
const junk = fc
  .uint8Array({ minLength: 1, maxLength: 20 })
  .map((bytes) => Buffer.from(bytes.with(0, bytes[0] || 0x1f)));
const part: fc.Arbitrary<Part> = fc.oneof(
  { weight: 8, arbitrary: member.map((each) => ({ member: each })) },
  { weight: 2, arbitrary: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 300 })).map((zeros) => ({ zeros })) },
  { weight: 1, arbitrary: junk.map((bytes) => ({ junk: bytes })) },
);

describe('gzip', () => {
  it('gives what all members hold, and refuses whatever is neither a member nor zero to the end', async () => {
    const seen = { read: 0, refused: 0 };
    const parts = fc.tuple(
      member.map((each) => ({ member: each })),
      fc.array(part, { maxLength: 5 }),
    );
    await fc.assert(
      fc.asyncProperty(parts, fc.constantFrom(1, 7, 64, 1000, 1 << 20), async ([first, others], chunk) => {
        const all = [first, ...others];
        const truth = truthOf(all);
        seen[truth === undefined ? 'refused' : 'read']++;
        const bytes = Buffer.concat(all.map(bytesOf));
        expect(await read(bytes, chunk)).toBe(truth);
        expect(readWhole(bytes)).toBe(truth);
      }),
      { seed: 16, numRuns: 250 },
    );
    expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(50);
  });

  it('stops reading where nobody asks for more', async () => {
    let taken = 0;
    const endless = async function* (): AsyncGenerator<Buffer> {
      for (const packed = gzipSync('a'.repeat(100_000)); ; taken++) yield packed;
    };
    let length = 0;
    for await (const chunk of gunzipped(endless())) {
      length += chunk.length;
      if (length > 1_000_000) break;
    }
    expect(taken).toBeLessThan(100);
  });
});

/** The head of a file of issuances, and a second part with another coupon. */
const FIRST = csv('issuance', ROW.issuance);
const SECOND = `${ROW.issuance.replace('0001', '0002')}\n`;
const HOWS: Readonly<Record<string, Partial<IntakeRequest>>> = {
  'the byte reader': {},
  'the byte reader in small blocks': { sizes: { blockBytes: 64, batchRecords: 2 } },
  'the reference reader': { reader: 'csv-parse' },
  'three threads': {
    threads: { script: pathToFileURL(WORKER), count: 3, leastBytes: 0, chunkBytes: 64, ownChunks: 0 },
  },
};

async function readBy(how: Partial<IntakeRequest>, bytes: Buffer): Promise<unknown> {
  return inFolder(async (folder) => {
    const path = put(folder, 'i.csv.gz', bytes);
    const paths = Object.fromEntries(INPUT_KINDS.map((kind) => [kind, kind === 'issuance' ? [path] : []]));
    const result = await readInputs({
      paths: paths as Record<InputKind, string[]>,
      profile: undefined,
      encoding: undefined,
      terms: KAGOSHIMA.terms,
      asOf: instant('2023-12-01T00:00:00+09:00'),
      ...how,
    });
    if ('tables' in result) return result.tables.issuance.rows;
    return result.problems.map(({ code, where }) => `${code} ${where}`);
  });
}

describe.each(Object.entries(HOWS))('%s', (_, how) => {
  const [first, second] = [gzipSync(FIRST), gzipSync(SECOND)];

  it('reads members one behind the other, and padding of any length', async () => {
    expect(await readBy(how, Buffer.concat([first, second]))).toBe(2);
    expect(await readBy(how, Buffer.concat([first, second, Buffer.alloc(9)]))).toBe(2);
    expect(await readBy(how, Buffer.concat([first, second, Buffer.alloc(9_000_000)]))).toBe(2);
  });

  it.each([
    ['a NUL between two members', [first, Buffer.alloc(1), second]],
    ['much padding between two members', [first, Buffer.alloc(9_000_000), second]],
    ['NULs and other bytes behind the last member', [first, second, Buffer.alloc(5), Buffer.from('tail')]],
    ['other bytes behind the last member', [first, second, Buffer.from('tail')]],
    ['a last member that is cut short', [first, second.subarray(0, -3)]],
  ])('refuses %s', async (_name, parts) => {
    expect(await readBy(how, Buffer.concat(parts))).toEqual(['BAD_GZIP i.csv.gz']);
  });
});
