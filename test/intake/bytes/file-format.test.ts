import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inspect, locate, readAgain } from '../../../src/intake/bytes/file.ts';
import { type FileFormat, formatInBytes, isUtf16, statedDelimiter } from '../../../src/intake/bytes/file-format.ts';
import { readSample } from '../../../src/intake/bytes/sample.ts';
import { csv, inFolder, put, ROW, readProblems, readTables } from '../read-files.ts';

/** 券番 in EUC-JP, 東 and 京 too. */
const EUC = Buffer.from('b7f4c8d6', 'hex');

/** What both the sample and the reference reader see of a file: its records, and what it was found to be. */
const seen = (content: string | Uint8Array, format: FileFormat) =>
  inFolder(async (folder) => {
    const path = put(folder, 'file.csv', '');
    writeFileSync(path, content);
    const found = locate(path, 'file.csv');
    if ('problem' in found) throw new Error(found.problem.code);
    const sample = (await readSample(found.location, format)).records().map(({ fields }) => fields.join('|'));
    const inspected = await inspect(found.location, format);
    if ('problem' in inspected) return { sample, problem: inspected.problem.code };
    let text = '';
    await readAgain(inspected.source, async (bytes) => {
      text = bytes.toString();
    });
    const { encoding, delimiter } = inspected.source;
    return { sample, encoding, delimiter, text };
  });

describe('a stated format', () => {
  it.each<[string, string | Uint8Array, FileFormat, Awaited<ReturnType<typeof seen>>]>([
    [
      'EUC-JP',
      Buffer.concat([EUC, Buffer.from(',b\n')]),
      { encoding: 'euc-jp' },
      { sample: ['券番|b'], encoding: 'euc-jp', delimiter: ',', text: '券番,b\n' },
    ],
    ['EUC-JP that is none', '券番,b\n', { encoding: 'euc-jp' }, { sample: [], problem: 'BAD_ENCODING' }],
    [
      'UTF-16 without a mark',
      Buffer.from('a,b\n1,2\n', 'utf16le'),
      { encoding: 'utf-16le' },
      { sample: ['a|b', '1|2'], encoding: 'utf-16le', delimiter: ',', text: 'a,b\n1,2\n' },
    ],
    [
      'UTF-16 with tabs',
      Buffer.from('a\tb\n', 'utf16le').swap16(),
      { encoding: 'utf-16be' },
      { sample: ['a|b'], encoding: 'utf-16be', delimiter: '\t', text: 'a\tb\n' },
    ],
    [
      'UTF-16 cut in half a sign',
      Buffer.from('a,b\n', 'utf16le').subarray(0, 7),
      { encoding: 'utf-16le' },
      { sample: ['a|b'], problem: 'BAD_ENCODING' },
    ],
    [
      'UTF-16 with the mark of the other',
      Buffer.from('\ufeffa,b\n', 'utf16le'),
      { encoding: 'utf-16be' },
      { sample: [], problem: 'BAD_ENCODING' },
    ],
    [
      'tabs',
      'a\t"b,\tc"\n',
      { delimiter: 'tab' },
      { sample: ['a|b,\tc'], encoding: 'utf-8', delimiter: '\t', text: 'a\t"b,\tc"\n' },
    ],
    [
      'semicolons in Windows-31J',
      Buffer.from('8c9494d43b620a', 'hex'),
      { delimiter: 'semicolon' },
      { sample: ['券番|b'], encoding: 'windows-31j', delimiter: ';', text: '券番;b\n' },
    ],
    [
      'commas in UTF-16 with tabs',
      Buffer.from('\ufeffa\tb,c\n', 'utf16le'),
      { delimiter: 'comma' },
      { sample: ['a\tb|c'], encoding: 'utf-16le', delimiter: ',', text: 'a\tb,c\n' },
    ],
  ])('%s', async (_, content, format, expected) => {
    if (expected.sample.length === 0 && 'problem' in expected)
      expect((await seen(content, format)).problem).toBe(expected.problem);
    else expect(await seen(content, format)).toEqual(expected);
  });

  it('is read from bytes where these are of the two usual encodings, with commas', () => {
    expect(formatInBytes({})).toEqual({ encoding: undefined });
    expect(formatInBytes({ encoding: 'windows-31j', delimiter: 'comma' })).toEqual({ encoding: 'windows-31j' });
    expect([formatInBytes({ encoding: 'euc-jp' }), formatInBytes({ delimiter: 'tab' })]).toEqual([
      undefined,
      undefined,
    ]);
    expect([statedDelimiter({}), statedDelimiter({ delimiter: 'semicolon' })]).toEqual([undefined, ';']);
    expect([isUtf16(undefined), isUtf16('euc-jp'), isUtf16('utf-16be')]).toEqual([false, false, true]);
  });
});

describe('EUC-JP', () => {
  // 見本太郎, in the characters of JIS X 0208 as EUC-JP writes them.
  const name = Buffer.from('b8abcbdcc2c0cfba', 'hex');
  const [before = '', after = ''] = csv('applications', ROW.applications).split('見本太郎');
  const file = Buffer.concat([Buffer.from(before), name, Buffer.from(after)]);

  it('is read where it is asked for', async () => {
    const { applications, files } = await readTables({ applications: file }, { encoding: 'euc-jp' });
    expect(applications.map((row) => row.name)).toEqual(['見本太郎']);
    expect(files[0]?.encoding).toBe('euc-jp');
  });

  it('is refused, or another name, where it is not: never guessed', async () => {
    const problems = await readProblems({ applications: file }).catch(() => undefined);
    const read = problems === undefined ? (await readTables({ applications: file })).applications[0]?.name : undefined;
    expect([problems?.map(({ code }) => code) ?? read]).not.toEqual(['見本太郎']);
  });
});
