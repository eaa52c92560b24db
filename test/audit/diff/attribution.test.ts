import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareRuns } from '../../../src/audit/diff/diff.ts';
import { comparisonSchema, type Net, type RunComparison } from '../../../src/audit/diff/difference.ts';
import { readManifest } from '../../../src/audit/record/run-record.ts';
import { DiskFailure } from '../../../src/intake/spill/unlinked-file.ts';
import { program, ROOT, readRows } from '../../support/program.ts';

let base = '';
const at = (...names: string[]) => join(base, ...names);
/** Under a policy of the built-in one's terms and another id, for the built-in id stands for its terms alone. */
const run = (name: string, config: string, ...more: string[]) => {
  const words = ['run', '--config', config, '--out', at(name), '--quiet', '--policy', at('as-built-in.json'), ...more];
  const result = program(words);
  expect(result).toEqual({ status: 0, stdout: '', stderr: '' });
};
const diff = (before: string, after: string, ...more: string[]) =>
  program(['diff', at(before), at(after), '--lang', 'en', ...more]);
/** The schema is strict: what it does not name is not printed. */
function compared(before: string, after: string): RunComparison {
  const { status, stdout, stderr } = diff(before, after, '--json', '--limit', '1000');
  expect([status === 0 || status === 1, stderr]).toEqual([true, '']);
  return comparisonSchema.parse(JSON.parse(stdout));
}
const coupon = (result: RunComparison, ending: string) =>
  result.coupons.find((each) => each.couponNumber === `000000000${ending}`);
const causesOf = (result: RunComparison, ending: string) => coupon(result, ending)?.because.map(({ cause }) => cause);

/** Inputs of the worked night with something added to them. */
function inputs(name: string, additions: Readonly<Record<string, string>>): string {
  cpSync(join(ROOT, 'fixtures/outage-night'), at(name), { recursive: true });
  for (const [file, rows] of Object.entries(additions)) appendFileSync(at(name, file), `${rows}\n`);
  return at(name, 'run.json');
}

/** A run as it would stand had something else made it: parts of the folder written over. */
function altered(from: string, to: string, manifest: (text: string) => string, eligibility?: (text: string) => string) {
  cpSync(at(from), at(to), { recursive: true });
  for (const [file, change] of [
    ['manifest.json', manifest],
    ['eligibility.csv', eligibility ?? ((text: string) => text)],
  ] as const)
    writeFileSync(at(to, file), change(readFileSync(at(to, file), 'utf8')));
}

const night = join(ROOT, 'fixtures/outage-night/run.json');
const later = ['--as-of', '2023-05-11T02:00:00+09:00'];

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'regionpay-'));
  const builtIn = JSON.parse(program(['policy', '--json']).stdout) as { terms: Record<string, unknown> };
  const policy = { ...builtIn, id: 'an-outage' };
  writeFileSync(at('as-built-in.json'), JSON.stringify(policy));
  run('before', night, '--archive');
  const withTerms = (terms: object) => JSON.stringify({ ...policy, terms: { ...policy.terms, ...terms } });
  // Coupon 111 has 1,000 yen; the second presses of 208 come 8 minutes after the first.
  writeFileSync(at('policy.json'), withTerms({ minimumResidualYen: 1001, repeatPressGapSeconds: 300 }));
  const moved = { firstExtension: '2023-04-26', secondExtension: '2023-05-30', outageFrom: '2023-02-24T17:46' };
  writeFileSync(at('moved.json'), withTerms({ ...moved, originalExpiry: '2023-04-02' }));
  const item = readRows(at('before', 'review.csv')).find((row) => row.coupon_number === '000000000204');
  writeFileSync(
    at('decisions.csv'),
    `review_id,evidence_hash,decision,decided_by,decided_at\n${item?.review_id},${item?.evidence_hash},approve,K,2023-05-01T00:00:00+09:00\n`,
  );
  const more = inputs('more', {
    // The claim that 205 awaited; it came between the two as-ofs.
    'claims.csv': 'CL20,2023-05-10T12:00:00+09:00,double_charge,000000000205,2023-02-24,46,M01',
    // A second sale of 1,100 yen at the shop where 305 and 306 paid that.
    'merchant_reports.csv': 'S305B,M03,2023-02-24T21:04:00+09:00,1100,1100,0,0,,',
  });
  run('more-only', more, '--archive');
  run('after', more, '--archive', '--policy', at('policy.json'), '--decisions', at('decisions.csv'), ...later);
  run('next', more, '--archive', '--decisions', at('decisions.csv'), '--previous', at('before'), ...later);
});
afterAll(() => rmSync(base, { recursive: true }));

/** What holds of every comparison whose causes were told apart. */
function expectYenToAddUp(result: RunComparison): void {
  const sum = (parts: readonly Net[]): Net => ({
    netYen: parts.reduce((total, part) => total + part.netYen, 0),
    netReinstateYen: parts.reduce((total, part) => total + part.netReinstateYen, 0),
    netKeptYen: parts.reduce((total, part) => total + part.netKeptYen, 0),
  });
  for (const { because, couldBe, netYen, netReinstateYen, netKeptYen } of result.coupons) {
    expect(because.length).toBeGreaterThan(0);
    expect(couldBe).toEqual([]);
    expect(sum(because)).toEqual({ netYen, netReinstateYen, netKeptYen });
  }
  const { netYen, netReinstateYen, netKeptYen } = result;
  expect(sum(result.attribution.steps)).toEqual({ netYen, netReinstateYen, netKeptYen });
  expect(sum(result.coupons)).toEqual({ netYen, netReinstateYen, netKeptYen });
}

describe('where several things differ and the inputs are kept, each coupon is given its own cause', () => {
  test('a term, named among others that changed nothing for it', () => {
    const result = compared('before', 'after');
    expect(result.attribution).toMatchObject({ how: 'executed', why: null });
    expect(coupon(result, '111')?.because).toMatchObject([
      { cause: 'term', what: ['minimumResidualYen: 1 → 1001'], netYen: -1000 },
    ]);
    expectYenToAddUp(result);
  });

  test('its own row, with file and line', () => {
    expect(coupon(compared('before', 'after'), '205')?.because).toMatchObject([
      {
        cause: 'input',
        netYen: 1800,
        rows: [{ id: 'claim:CL20', change: 'added', relation: 'own', before: [], after: ['claims.csv:12'] }],
      },
    ]);
  });

  test('else a row of the same shop and day', () => {
    for (const ending of ['305', '306'])
      expect(coupon(compared('before', 'after'), ending)?.because).toMatchObject([
        {
          cause: 'input',
          rows: [{ id: 'sale:S305B', relation: 'same shop and day', after: ['merchant_reports.csv:18'] }],
        },
      ]);
  });

  test('a decision, named with its question', () => {
    const [step, ...others] = coupon(compared('before', 'after'), '204')?.because ?? [];
    expect(step).toMatchObject({ cause: 'decision', netYen: 2600, netReinstateYen: 1400 });
    expect(step?.what.join()).toMatch(/^REPEAT_UNVERIFIED R[0-9a-f]{16}: – → approved$/);
    expect(others).toEqual([]);
  });

  test('what an earlier run paid, named with its payout; two causes where there are two', () => {
    const result = compared('before', 'next');
    expect(causesOf(result, '101')).toEqual(['previous']);
    expect(coupon(result, '101')?.because[0]?.what.join()).toMatch(/^\+ P[0-9a-f]{16} amount_yen 2000$/);
    // 1,800 yen more through the claim, and the 1,300 of the first run are paid.
    expect(coupon(result, '205')?.because).toMatchObject([
      { cause: 'input', netYen: 1800 },
      { cause: 'previous', netYen: -1300 },
    ]);
    expectYenToAddUp(result);
  });

  test('the same, the other way round', () => {
    const [there, back] = [compared('before', 'after'), compared('after', 'before')];
    const stepsOf = (result: RunComparison, ending: string) =>
      coupon(result, ending)?.because.map(({ cause, netYen }) => [cause, Math.abs(netYen)]);
    for (const { couponNumber } of there.coupons) {
      const ending = couponNumber.slice(-3);
      expect(stepsOf(back, ending)?.reverse(), couponNumber).toEqual(stepsOf(there, ending));
    }
    expect(back.netYen).toBe(-there.netYen);
    expect(coupon(back, '205')?.because).toMatchObject([
      { cause: 'input', rows: [{ id: 'claim:CL20', change: 'removed', before: ['claims.csv:12'], after: [] }] },
    ]);
    expectYenToAddUp(back);
  });

  test('one cause is narrowed to its rows too', () => {
    const result = compared('before', 'more-only');
    expect(result.attribution.how).toBe('one cause');
    expect(coupon(result, '305')?.because).toMatchObject([{ cause: 'input', rows: [{ id: 'sale:S305B' }] }]);
    expectYenToAddUp(result);
  });

  test('terms that would contradict each other on the way are exchanged together', () => {
    run('moved', night, '--archive', '--policy', at('moved.json'), '--count-unclaimed');
    const result = compared('before', 'moved');
    const terms = result.attribution.steps.filter((step) => step.cause === 'term');
    expect(terms.map((step) => step.what.length)).toEqual([4]);
    expectYenToAddUp(result);
  });
});

describe('an archived night against another', () => {
  const nights = readdirSync(join(ROOT, 'fixtures/nights')).filter((name) => name.startsWith('random'));
  test.each(
    nights.flatMap((name, index) => (index % 3 === 1 ? [[nights[index - 1] ?? '', name] as const] : [])),
  )('%s and %s: the yen of the steps add up, though next to everything differs', (one, other) => {
    const config = (name: string) => join(ROOT, 'fixtures/nights', name, 'run.json');
    run(`${one}-a`, config(one), '--archive', '--as-of', '2023-05-02T02:00:00+09:00', '--count-unclaimed');
    run(`${other}-b`, config(other), '--archive', '--policy', at('policy.json'));
    const result = compared(`${one}-a`, `${other}-b`);
    expect(result.attribution.how).toBe('executed');
    expect(result.attribution.steps.length).toBeGreaterThanOrEqual(5);
    expectYenToAddUp(result);
  });
});

describe('what no execution can exchange', () => {
  const elsewhere = (text: string) => text.replace(/"revision": "[^"]*"/, '"revision": "0123456789"');
  const losing = (text: string) =>
    text.replace(/^(000000000101,)payable(.*),2000,([a-z_]+,)/m, '$1not_eligible$2,0,$3');

  test('is the rest: another program', () => {
    altered('after', 'other-program', elsewhere, losing);
    const result = compared('before', 'other-program');
    expect(coupon(result, '101')?.because).toMatchObject([{ cause: 'program', netYen: -2000 }]);
    expect(causesOf(result, '111')).toEqual(['term']);
    expectYenToAddUp(result);
  });

  test('is called a rule where the rules differ, and names them', () => {
    altered(
      'after',
      'other-rule',
      (text) => elsewhere(text).replace(/("id": "double-charge",[^}]*"version": )1/s, '$199'),
      losing,
    );
    const result = compared('before', 'other-rule');
    const [step] = coupon(result, '101')?.because ?? [];
    expect(step?.cause).toBe('rule');
    expect(step?.what.join()).toMatch(/double-charge: v1 .*→ v99 /);
    expectYenToAddUp(result);
  });

  test('may lie before as well: the earlier run was made by another program than this one', () => {
    altered('before', 'other-before', elsewhere, losing);
    const result = compared('other-before', 'after');
    expect(coupon(result, '101')?.because).toMatchObject([{ cause: 'program', netYen: 2000 }]);
    expect(causesOf(result, '205')).toEqual(['input']);
    expectYenToAddUp(result);
  });

  test('is asked after where nothing is recorded that differs', () => {
    altered('before', 'touched', (text) => text, losing);
    const result = compared('before', 'touched');
    expect(result.runs).toEqual([]);
    expect(result.attribution.how).toBe('not told apart');
    expect(diff('before', 'touched').stdout).toContain('nothing that the runs record differs');
  });
});

describe('causes that cannot be told apart are all named', () => {
  const untold = (before: string, after: string, why: RegExp) => {
    const result = compared(before, after);
    expect(result.attribution.how).toBe('not told apart');
    expect(result.attribution.why?.en).toMatch(why);
    for (const each of result.coupons) expect(each.because).toEqual([]);
    expect(diff(before, after).stdout).toContain('could be any of: ');
    return result;
  };

  test('where a run did not keep its inputs', () => {
    run('not-kept', join(base, 'more/run.json'), ...later);
    const result = untold('before', 'not-kept', /do not keep .*merchant_reports\.csv/);
    expect(coupon(result, '305')?.couldBe).toEqual(['as-of', 'input']);
  });

  test('but it is enough that one run keeps what both read', () => {
    run('same-inputs', night, '--count-unclaimed', ...later);
    const result = compared('before', 'same-inputs');
    expect(causesOf(result, '205')).toEqual(['option']);
    expectYenToAddUp(result);
  });

  test('where the kept inputs were altered', () => {
    cpSync(at('after'), at('altered-archive'), { recursive: true });
    const claims = /"name": "claims\.csv",\s*(?:"[^}]*?)"sha256": "([0-9a-f]+)"/.exec(
      readFileSync(at('after', 'manifest.json'), 'utf8'),
    )?.[1];
    writeFileSync(at('altered-archive', 'inputs', `${claims}.gz`), 'no longer');
    untold('before', 'altered-archive', /do not keep .*claims\.csv/);
  });

  test('where a run in between cannot be executed', () => {
    cpSync(at('next'), at('no-carried'), { recursive: true });
    rmSync(at('no-carried', 'carried.csv'));
    untold('no-carried', 'after', /cannot be executed \(.*carried\.csv/);
  });
});

describe('runs in between', () => {
  const compareIn = (onSpill: () => void) => {
    const recordedIn = (name: string) => {
      const read = readManifest(at(name));
      if ('unreadable' in read) throw new Error(read.unreadable.en);
      return { folder: at(name), manifest: read.manifest };
    };
    const [before, after] = [recordedIn('before'), recordedIn('after')];
    const resources = { memory: { bytes: 1, folder: at('little'), chunkRows: 3, onSpill } };
    return compareRuns(before, after, { program: before.manifest.program, limit: 1000, resources });
  };

  test('hide no bug: what nobody foresaw is not told as a run that cannot be executed', async () => {
    mkdirSync(at('little'), { recursive: true });
    const bug = (): never => {
      throw new TypeError('nobody foresaw this');
    };
    await expect(compareIn(bug)).rejects.toThrow('nobody foresaw this');
    rmSync(at('little'), { recursive: true });
  });

  test('are executed in as little memory as there may be, and come to the same', async () => {
    mkdirSync(at('little'));
    let spills = 0;
    const { attribution, coupons } = await compareIn(() => spills++);
    const whole = compared('before', 'after');
    expect(spills).toBeGreaterThan(0);
    expect(attribution).toEqual(whole.attribution);
    expect(coupons).toEqual(whole.coupons);
    expect(readdirSync(at('little'))).toEqual([]);
  });

  test('for which there is no room are no cause of anything', async () => {
    const taken = compareIn(() => rmSync(at('little'), { recursive: true }));
    await expect(taken).rejects.toBeInstanceOf(DiskFailure);
  });
});

test('nothing is left in the folder for temporary files', () => {
  mkdirSync(at('temporary'));
  const words = ['diff', at('before'), at('after'), '--quiet'];
  expect(program(words, { TMPDIR: at('temporary') }).status).toBe(1);
  expect(readdirSync(at('temporary'))).toEqual([]);
});
