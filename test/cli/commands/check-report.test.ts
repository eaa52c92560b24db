import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkReportSchema } from '../../../src/cli/commands/check-report.ts';
import { DISPOSITIONS, INPUT_KINDS } from '../../../src/tables/tables.ts';
import { csv, ROW } from '../../intake/read-files.ts';
import { ROOT } from '../../support/program.ts';
import { INPUTS, inFolder, put, regionpay } from '../command.ts';

it('check --json is of its schema for files of every kind', async () => {
  const { stdout } = await inFolder((folder) =>
    regionpay([
      'check',
      ...INPUTS,
      ...['--decisions', put(folder, 'decisions.csv', csv('decisions', ROW.decisions))],
      ...['--paid', put(folder, 'paid.csv', csv('paid', ROW.paid))],
      ...['--json', '--sample', '3', '--log-level', 'silent'],
    ]),
  );
  const { files } = checkReportSchema.parse(JSON.parse(stdout));
  expect(files.map(({ kind }) => kind)).toEqual(INPUT_KINDS);
  const [issuance] = files;
  expect(Object.keys(issuance?.dispositions ?? {}).sort()).toEqual(
    DISPOSITIONS.filter((each) => each !== 'refund').sort(),
  );
});

it('policy schema check prints the schema that is published', async () => {
  const { status, stdout } = await regionpay(['policy', 'schema', 'check']);
  expect([status, stdout]).toEqual([0, readFileSync(join(ROOT, 'docs/check.schema.json'), 'utf8')]);
  expect(JSON.parse(stdout)).toMatchObject({ required: expect.arrayContaining(['files', 'losses']) });
});
