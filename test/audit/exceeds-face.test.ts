import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { drained } from '../../src/base/steps.ts';
import { madeOf, publishedRows } from '../../src/publish/published-rows.ts';
import { claim, inputsOf, issueToApp, pay, reinstate, sale } from '../settlement/tables.ts';
import { program, withFolder } from '../support/program.ts';

const FILES = {
  issuance: '--issuance',
  transactions: '--transactions',
  sales: '--merchant-reports',
  claims: '--claims',
};

/** C1 comes to 2500 yen of 2000: what it had spent was put back twice. C2 was never spent. */
const NIGHT = inputsOf({
  issuance: [issueToApp('C1'), issueToApp('C2')],
  transactions: [
    pay('T1', 'C1', '2023-02-21 10:00', 2000),
    reinstate('X1', 'C1', '2023-02-22 10:00', 2000),
    pay('T2', 'C1', '18:00:00', 500),
    reinstate('X2', 'C1', '2023-03-01 10:00', 500, 'T1'),
  ],
  sales: [sale('S1', '18:00:30', 500, { coupon: 0, names: 'C1' })],
  claims: [claim('K1', 'C1', 'cash_and_deducted')],
});

it('a run with a coupon that exceeds its face value is published and verified, and an approval pays the face value', () =>
  withFolder(async (folder) => {
    const at = (name: string) => join(folder, name);
    const inputs = Object.entries(FILES).flatMap(([kind, option]) => {
      writeFileSync(at(`${kind}.csv`), String(NIGHT[kind as keyof typeof FILES]));
      return [option, at(`${kind}.csv`)];
    });
    const run = (out: string, asOf: string, ...more: string[]) =>
      program([
        'run',
        ...inputs,
        '--as-of',
        `${asOf}T02:00:00+09:00`,
        '--out',
        at(out),
        '--archive',
        '--quiet',
        ...more,
      ]);
    const rows = (out: string, table: string) =>
      drained(madeOf(publishedRows([readFileSync(join(at(out), table))]), (row) => row));
    const paid = (out: string) => rows(out, 'payouts.csv').map((row) => `${row.coupons} ${row.amount_yen}`);
    const verified = (out: string) => program(['verify', at(out), '--chain', '--lang', 'en', '--json']);

    expect(run('held', '2023-04-05')).toMatchObject({ status: 0, stderr: '' });
    const [asked] = rows('held', 'review.csv');
    expect(asked).toMatchObject({ coupon_number: 'C1', reason: 'EXCEEDS_FACE', amount_at_stake_yen: '2000' });
    expect(
      rows('held', 'eligibility.csv').map((row) => `${row.coupon_number} ${row.status} ${row.payable_yen}`),
    ).toEqual(['C1 in_review 0', 'C2 payable 2000']);
    expect(paid('held')).toEqual(['C2 2000']);
    expect(verified('held').status).toBe(0);

    const answer = [asked?.review_id, asked?.evidence_hash, 'approve', 'Sato', '2023-04-06T10:00:00+09:00', ''].join();
    writeFileSync(at('decisions.csv'), `review_id,evidence_hash,decision,decided_by,decided_at,note\n${answer}\n`);
    const answered = ['--decisions', at('decisions.csv')];
    expect(run('paid', '2023-04-07', '--previous', at('held'), ...answered)).toMatchObject({ status: 0, stderr: '' });
    expect(paid('paid')).toEqual(['C1 2000']);
    const letter = program(['explain', at('paid'), 'C1', '--lang', 'en']).stdout;
    expect(letter).toContain('The sums come to 2,500 yen, but no more than the face value of 2,000 yen is paid.');

    // What the run has paid leaves the answer standing, and nothing is paid for the rest.
    expect(run('after', '2023-04-08', '--previous', at('paid'), ...answered)).toMatchObject({ status: 0, stderr: '' });
    expect(paid('after')).toEqual([]);
    expect(rows('after', 'eligibility.csv').map((row) => `${row.coupon_number} ${row.status}`)).toEqual([
      'C1 settled',
      'C2 settled',
    ]);
    expect(verified('after').status).toBe(0);
    expect(program(['explain', at('after'), 'C1', '--lang', 'en']).stdout).toContain('because nothing is payable');
  }));
