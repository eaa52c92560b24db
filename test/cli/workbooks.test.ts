import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { textWorkbook } from '../intake/workbooks.ts';
import { filesOf } from '../support/program.ts';
import { INPUTS, inFolder, NIGHT, put, regionpay } from './command.ts';

/** The outputs that do not say how an input was written: all but what is told of inputs, and their proof. */
const OF_INPUTS = /^(?:inputs\/|manifest\.json|SHA256SUMS|summary\.(?:json|txt)|input_days\.csv)/;
const settled = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(filesOf(folder)).filter(([name]) => !OF_INPUTS.test(name)));

it('a run of a workbook of sales comes to the same as one of its CSV, and is executed again from its archive', async () => {
  await inFolder(async (folder) => {
    const sales: string[][] = parse(readFileSync(join(NIGHT, 'merchant_reports.csv')));
    const book = put(folder, 'merchant_reports.xlsx', textWorkbook(...sales));
    const inputs = INPUTS.map((word) => (word.endsWith('merchant_reports.csv') ? book : word));
    const asOf = ['--as-of', '2023-05-10T02:00:00+09:00', '--quiet'];
    const [plain, read] = [join(folder, 'plain'), join(folder, 'read')];
    expect(await regionpay(['run', ...INPUTS, ...asOf, '--out', plain])).toMatchObject({ status: 0, stderr: '' });
    expect(await regionpay(['run', ...inputs, ...asOf, '--archive', '--out', read])).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(settled(read)).toEqual(settled(plain));
    const verified = await regionpay(['verify', read, '--strict', '--json']);
    const { checks } = JSON.parse(verified.stdout) as { readonly checks: readonly { check: string; result: string }[] };
    expect(checks.filter(({ check }) => check === 're-execution' || check === 'statements')).toEqual([
      { check: 're-execution', details: [], result: 'ok' },
      { check: 'statements', details: [], result: 'ok' },
    ]);
  });
});
