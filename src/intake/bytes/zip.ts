import { crc32, inflateRawSync } from 'node:zlib';

/** It is no zip, or a damaged one, or holds more than is read. */
export class BadZip extends Error {
  readonly isTooLarge: boolean;
  constructor(why: string, isTooLarge = false) {
    super(why);
    this.isTooLarge = isTooLarge;
  }
}

/** A file in a zip, as its directory states it. */
export interface ZipEntry {
  /** In small letters, with `/` between folders: programs differ in both. */
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly crc32: number;
  readonly storedBytes: number;
  readonly sizeBytes: number;
  readonly offset: number;
}

const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END = 0x06054b50;
const END_BYTES = 22;
const MOST_COMMENT_BYTES = 0xffff;
const ENTRY_BYTES = 0x2e;
const LOCAL_BYTES = 30;
const [STORED, DEFLATED] = [0, 8];

/** Whether bytes begin as a zip with something in it does. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;

/**
 * What a zip holds, by its directory. Zip64 is not read: what is as large is not read either.
 *
 * @throws BadZip
 */
export function zipEntries(zip: Buffer): ReadonlyMap<string, ZipEntry> {
  const end = endOf(zip);
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  const entries = new Map<string, ZipEntry>();
  for (let index = 0; index < count; index++) {
    if (at + ENTRY_BYTES > zip.length || zip.readUInt32LE(at) !== ENTRY)
      throw new BadZip('no entry where one should be');
    const nameEnd = at + ENTRY_BYTES + zip.readUInt16LE(at + 28);
    const name = zip
      .toString('utf8', at + ENTRY_BYTES, nameEnd)
      .replaceAll('\\', '/')
      .replace(/^\//, '')
      .toLowerCase();
    entries.set(name, {
      name,
      isEncrypted: (zip.readUInt16LE(at + 8) & 1) === 1,
      method: zip.readUInt16LE(at + 10),
      crc32: zip.readUInt32LE(at + 16),
      storedBytes: zip.readUInt32LE(at + 20),
      sizeBytes: zip.readUInt32LE(at + 24),
      offset: zip.readUInt32LE(at + 42),
    });
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

function endOf(zip: Buffer): number {
  const first = Math.max(0, zip.length - END_BYTES - MOST_COMMENT_BYTES);
  for (let at = zip.length - END_BYTES; at >= first; at--) if (zip.readUInt32LE(at) === END) return at;
  throw new BadZip('no directory');
}

/**
 * A file out of a zip: exactly as many bytes as its directory states, with the checksum that it states.
 *
 * @throws BadZip
 */
export function unzipped(zip: Buffer, entry: ZipEntry, mostBytes: number): Buffer {
  if (entry.sizeBytes > mostBytes) throw new BadZip('more than is read', true);
  const { offset } = entry;
  if (offset + LOCAL_BYTES > zip.length || zip.readUInt32LE(offset) !== LOCAL)
    throw new BadZip('no file where it should be');
  const from = offset + LOCAL_BYTES + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
  const content = inflated(zip.subarray(from, from + entry.storedBytes), entry);
  if (content.length !== entry.sizeBytes || crc32(content) !== entry.crc32) throw new BadZip('damaged');
  return content;
}

/** No more than is stated: a zip that unpacks to more lies. */
function inflated(stored: Buffer, { method, sizeBytes, isEncrypted }: ZipEntry): Buffer {
  if (method === STORED && !isEncrypted) return stored;
  if (method !== DEFLATED || isEncrypted) throw new BadZip('packed in another way');
  try {
    return inflateRawSync(stored, { maxOutputLength: Math.max(1, sizeBytes) });
  } catch (error) {
    throw new BadZip((error as Error).message);
  }
}
