import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Collected } from '../../../src/cli/options/given.ts';
import { readRequester } from '../../../src/cli/options/requester.ts';
import { inFolder, put } from '../command.ts';
import { REQUESTER } from '../run-to-send.ts';

const read = (path: string | undefined) => {
  const found = new Collected();
  const payer = readRequester(path, found);
  return { payer, problems: found.problems.map(({ code, where }) => `${code} ${where}`) };
};

test('--requester names a file of who pays', () =>
  inFolder(async (folder) => {
    const path = put(folder, 'r.json', `\ufeff${JSON.stringify(REQUESTER)}`);
    expect(read(path).payer).toMatchObject({ requesterName: 'ｶｺﾞｼﾏｹﾝ ｶﾝｺｳｶ', accountNumber: '0007654' });
  }));

test('and is asked for, read and checked field by field', () =>
  inFolder(async (folder) => {
    expect(read(undefined).problems).toEqual(['MISSING_OPTION --requester']);
    const nowhere = join(folder, 'no.json');
    expect(read(nowhere).problems).toEqual([`BAD_REQUESTER ${nowhere}`]);
    const broken = put(folder, 'b.json', '{\n"requesterCode": }');
    // Where in it is what Node says, if it says so.
    expect(read(broken).problems).toEqual([expect.stringContaining(`BAD_REQUESTER ${broken}`)]);
    const wrong = put(folder, 'w.json', JSON.stringify({ ...REQUESTER, branchCode: '1' }));
    expect(read(wrong).problems).toEqual([`BAD_REQUESTER ${wrong}: branchCode`]);
  }));
