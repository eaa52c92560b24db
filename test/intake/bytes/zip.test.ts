import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { BadZip, isZip, unzipped, type ZipEntry, zipEntries } from '../../../src/intake/bytes/zip.ts';

const made = Buffer.from(zipSync({ 'A/b.xml': strToU8('bb'.repeat(50)), 'c.txt': [strToU8('stored'), { level: 0 }] }));
const entry = (name: string, zip = made): ZipEntry => {
  const found = zipEntries(zip).get(name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

/** The same with some bytes of its directory's first entry written over. */
function altered(offset: number, value: number) {
  const zip = Buffer.from(made);
  zip.writeUInt32LE(value, zip.indexOf(Buffer.from('504b0102', 'hex')) + offset);
  return zip;
}

describe('a zip', () => {
  it('is known by what it begins with', () => {
    expect([isZip(made), isZip(Buffer.from('PK,1\n')), isZip(Buffer.alloc(0))]).toEqual([true, false, false]);
  });

  it('gives its files by their names in small letters, packed or not', () => {
    expect([...zipEntries(made).keys()]).toEqual(['a/b.xml', 'c.txt']);
    expect(unzipped(made, entry('a/b.xml'), 100).toString()).toBe('bb'.repeat(50));
    expect(unzipped(made, entry('c.txt'), 6).toString()).toBe('stored');
  });

  it('gives no more than is asked for', () => {
    expect(() => unzipped(made, entry('a/b.xml'), 99)).toThrow(expect.objectContaining({ isTooLarge: true }));
  });

  it.each([
    ['says that a file is smaller than it is', altered(24, 99)],
    ['says that a file is larger than it is', altered(24, 101)],
    ['has another checksum', altered(16, 1)],
    ['has no file where it says', altered(42, 3)],
    ['is packed in another way', altered(10, 12)],
  ])('that %s is damaged', (_, zip) => {
    expect(() => unzipped(zip, entry('a/b.xml', zip), 1000)).toThrow(BadZip);
  });

  it.each([
    ['without a directory', made.subarray(0, 40)],
    ['with a directory of something else', altered(0, 0)],
  ])('%s is damaged', (_, zip) => {
    expect(() => zipEntries(zip)).toThrow(BadZip);
  });
});
