import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Verification, verifyRun } from '../../../src/audit/verify/verify.ts';
import { summaryFile } from '../../../src/cli/render/summary-file.ts';
import { canonicalJson } from '../../../src/publish/canonical-json.ts';
import { sha256 } from '../../../src/publish/hash.ts';
import { pageOf } from '../../../src/report/page.ts';
import type { Resources } from '../../../src/run/read-run-inputs.ts';
import { program, ROOT, withFolder } from '../../support/program.ts';

const CONFIG = join(ROOT, 'fixtures/outage-night/run.json');
let base = '';

/** Three nights in a chain, archived; and one night without an archive. */
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'regionpay-'));
  const run = (name: string, asOf: string, ...more: string[]) => {
    const result = program(['run', '--config', CONFIG, '--as-of', asOf, '--out', join(base, name), '--quiet', ...more]);
    expect(result).toEqual({ status: 0, stdout: '', stderr: '' });
  };
  run('first', '2023-04-05T02:00:00+09:00', '--archive');
  run('second', '2023-05-10T02:00:00+09:00', '--archive', '--previous', join(base, 'first'));
  run('third', '2023-05-20T02:00:00+09:00', '--archive', '--excel', '--previous', join(base, 'second'));
  run('bare', '2023-05-10T02:00:00+09:00');
});
afterAll(() => rmSync(base, { recursive: true }));

const identity = () => {
  const { program: made } = JSON.parse(readFileSync(join(base, 'first/manifest.json'), 'utf8')) as {
    program: { name: string; version: string; revision: string };
  };
  return made;
};
const verify = (folder: string, chain = false) =>
  verifyRun(folder, { program: identity(), summaryText: summaryFile, page: pageOf, chain });
const resultOf = (verification: Verification, check: string) =>
  verification.checks.find((each) => each.check === check)?.result;
const details = (verification: Verification) =>
  verification.checks.flatMap((each) => each.details.map((detail) => detail.en)).join('\n');

/** A copy of a run to do harm to. */
const harmed = async (
  run: string,
  harm: (folder: string) => void,
  then: (verification: Verification) => void,
  chain = false,
) =>
  withFolder(async (folder) => {
    for (const name of ['first', 'second', 'third', 'bare'])
      cpSync(join(base, name), join(folder, name), { recursive: true });
    harm(join(folder, run));
    then(await verify(join(folder, run), chain));
  });

describe('a run that nobody touched', () => {
  test('verifies in every respect, back to the first night', async () => {
    const verification = await verify(join(base, 'third'), true);
    expect(verification.checks.map(({ check, result }) => `${check} ${result}`)).toEqual([
      'checksums ok',
      'modes ok',
      'manifest ok',
      'totals ok',
      'inputs ok',
      're-execution ok',
      'report ok',
      'statements ok',
      'chain ok',
    ]);
  });

  test('without an archive is not called re-executed', async () => {
    const verification = await verify(join(base, 'bare'));
    expect(resultOf(verification, 'checksums')).toBe('ok');
    expect(resultOf(verification, 'inputs')).toBe('not checked');
    expect(resultOf(verification, 're-execution')).toBe('not checked');
    const { status, stdout } = program(['verify', join(base, 'bare'), '--lang', 'en']);
    expect(status).toBe(0);
    expect(stdout).toContain('not checked: re-execution');
    expect(stdout).not.toContain('ok: re-execution');
  });
});

test('one byte changed in any file of the run folder is found, and the file is named', async () => {
  const names = readdirSync(join(base, 'third'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(base, 'third', name)).isFile(),
  );
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) {
    const size = statSync(join(base, 'third', name)).size;
    for (const at of [0, Math.floor(size / 2), size - 1]) {
      await harmed(
        'third',
        (folder) => {
          const bytes = readFileSync(join(folder, name));
          bytes[at] = (bytes[at] ?? 0) ^ 1;
          writeFileSync(join(folder, name), bytes);
        },
        (verification) => {
          expect(
            verification.checks.some((check) => check.result === 'failed'),
            `${name} byte ${at}`,
          ).toBe(true);
          expect(details(verification), `${name} byte ${at}`).toContain(name.startsWith('inputs/') ? 'inputs/' : name);
        },
      );
    }
  }
});

describe('a run folder', () => {
  test('with a file too many is found out', () =>
    harmed(
      'third',
      (folder) => writeFileSync(join(folder, 'extra.csv'), 'x\n'),
      (verification) => {
        expect(resultOf(verification, 'checksums')).toBe('failed');
        expect(details(verification)).toContain('extra.csv');
      },
    ));

  test('with a file too few is found out', () =>
    harmed(
      'third',
      (folder) => rmSync(join(folder, 'extensions.csv')),
      (verification) => {
        expect(details(verification)).toContain('extensions.csv is missing');
      },
    ));

  test('whose payout was altered together with every checksum is still found out, by the totals and by running it again', () =>
    harmed(
      'first',
      (folder) => {
        const payouts = readFileSync(join(folder, 'payouts.csv'), 'utf8').replace(',3000,', ',9000,');
        expect(payouts).toContain(',9000,');
        forge(folder, 'payouts.csv', payouts);
      },
      (verification) => {
        expect(resultOf(verification, 'checksums')).toBe('ok');
        expect(resultOf(verification, 'totals')).toBe('failed');
        expect(details(verification)).toMatch(/payouts\.csv amount_yen: adds up to/);
        expect(details(verification)).toContain('payouts.csv comes out otherwise');
      },
    ));

  test('of which a row without a coupon was taken out together with every checksum is found out by the totals', () =>
    harmed(
      'first',
      (folder) => {
        const [header = '', row = '', ...others] = readFileSync(join(folder, 'unmatched.csv'), 'utf8').split('\n');
        expect([row, others]).toEqual(['claims.csv,11,claims,000000000999,0,', ['']]);
        forge(folder, 'unmatched.csv', `${header}\n`, (manifest) => ({
          ...manifest,
          outputs: (manifest.outputs as { name: string }[]).map((output) =>
            output.name === 'unmatched.csv' ? { ...output, rows: 0, totals: { amount_yen: 0 } } : output,
          ),
        }));
      },
      (verification) => {
        expect(resultOf(verification, 'manifest')).toBe('ok');
        expect(resultOf(verification, 'totals')).toBe('failed');
        expect(details(verification)).toContain(
          'unmatched.csv has 0 rows of claims.csv with 0 yen, but 1 with 0 are recorded',
        );
      },
    ));

  // All checksums and counts are forged with it: nothing but the execution can tell.
  const withTotals =
    (change: (totals: { rows: number; yen: number }) => { rows: number; yen: number }) =>
    (manifest: Record<string, unknown>) => ({
      ...manifest,
      outputs: (manifest.outputs as { name: string; rows: number; totals: { amount_yen: number } }[]).map((output) => {
        if (output.name !== 'to_send.csv') return output;
        const { rows, yen } = change({ rows: output.rows, yen: output.totals.amount_yen });
        return { ...output, rows, totals: { amount_yen: yen } };
      }),
    });

  test('whose row of an earlier night was taken out of to_send.csv, with all counts, is found out by running it again', () =>
    harmed(
      'second',
      (folder) => {
        const lines = readFileSync(join(folder, 'to_send.csv'), 'utf8').split('\n');
        const gone = lines.findIndex((line) => line.includes(',2023-04-05T02:00:00+09:00,'));
        expect(gone).toBeGreaterThan(0);
        const yen = Number(lines[gone]?.split(',')[4]);
        lines.splice(gone, 1);
        forge(
          folder,
          'to_send.csv',
          lines.join('\n'),
          withTotals((totals) => ({ rows: totals.rows - 1, yen: totals.yen - yen })),
        );
      },
      (verification) => {
        expect(resultOf(verification, 'checksums')).toBe('ok');
        expect(resultOf(verification, 'manifest')).toBe('ok');
        expect(details(verification)).toContain('to_send.csv comes out otherwise');
      },
    ));

  test.each([
    ['amount', /^(P\w+,\w+,[^,]*,[^,]*,)1(\d*,.*2023-04-05T02)/m, '$12$2'],
    ['day', /,2023-04-05T02:00:00/, ',2023-04-06T02:00:00'],
  ])('whose row of an earlier night says another %s in to_send.csv is found out by running it again', (_, from, to) =>
    harmed(
      'second',
      (folder) => {
        const before = readFileSync(join(folder, 'to_send.csv'), 'utf8');
        expect(before).toMatch(from);
        forge(folder, 'to_send.csv', before.replace(from, to));
      },
      (verification) => {
        expect(resultOf(verification, 'checksums')).toBe('ok');
        expect(details(verification)).toContain('to_send.csv comes out otherwise');
      },
    ));

  test('whose row of an earlier night goes to somebody else is found out by the chain', () =>
    harmed(
      'second',
      (folder) => {
        const lines = readFileSync(join(folder, 'to_send.csv'), 'utf8').split('\n');
        const place = lines.findIndex((line) => line.includes(',2023-04-05T02:00:00+09:00,'));
        const cells = lines[place]?.split(',') ?? [];
        lines[place] = cells.with(3, '09099999999').join(',');
        forge(folder, 'to_send.csv', lines.join('\n'));
      },
      (verification) => {
        expect(resultOf(verification, 'manifest')).toBe('ok');
        expect(details(verification)).toBe(
          'rows of earlier nights in to_send.csv of second are not those of the run before it',
        );
      },
      true,
    ));

  test('made by another program that comes out otherwise is a failure, whoever is said to have made it', () =>
    harmed(
      'first',
      (folder) => {
        const text = readFileSync(join(folder, 'review.csv'), 'utf8').replaceAll(
          'UNSUPPORTED_PAYMENT',
          'UNSUPPORTED_PAYMENTS',
        );
        forge(folder, 'review.csv', text, (manifest) => ({
          ...manifest,
          program: { ...(manifest.program as object), version: '0.0.1' },
        }));
      },
      (verification) => {
        expect(resultOf(verification, 're-execution')).toBe('failed');
        expect(resultOf(verification, 'statements')).toBe('not checked');
        expect(details(verification)).toContain('another program made the run');
      },
    ));

  test('whose predecessor was altered breaks the chain', () =>
    harmed(
      'third',
      (folder) => appendFileSync(join(folder, '../first/payouts.csv'), 'x'),
      (verification) => {
        expect(resultOf(verification, 'chain')).toBe('failed');
        expect(details(verification)).toContain('first: payouts.csv');
      },
      true,
    ));

  test('whose predecessor is gone says that the chain was not checked', () =>
    harmed(
      'third',
      (folder) => rmSync(join(folder, '../second'), { recursive: true }),
      (verification) => {
        expect(resultOf(verification, 'chain')).toBe('not checked');
      },
      true,
    ));
});

/** Alters a file and makes manifest, fingerprint and checksums agree with it, as a careful forger would. */
function forge(
  folder: string,
  name: string,
  content: string,
  more: (manifest: Record<string, unknown>) => Record<string, unknown> = (manifest) => manifest,
): void {
  writeFileSync(join(folder, name), content);
  const { fingerprint: _, ...read } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const outputs = (read.outputs as { name: string; sha256: string }[]).map((output) =>
    output.name === name ? { ...output, sha256: sha256(content) } : output,
  );
  const body = more({ ...read, outputs });
  const manifest = canonicalJson({ ...body, fingerprint: sha256(canonicalJson(body)) });
  writeFileSync(join(folder, 'manifest.json'), manifest);
  const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8')
    .split('\n')
    .map((line) => {
      if (line.endsWith(`  ${name}`)) return `${sha256(content)}  ${name}`;
      return line.endsWith('  manifest.json') ? `${sha256(manifest)}  manifest.json` : line;
    });
  writeFileSync(join(folder, 'SHA256SUMS'), sums.join('\n'));
}

describe('control totals', () => {
  const TABLES = [
    'eligibility.csv',
    'payouts.csv',
    'to_send.csv',
    'paid_template.csv',
    'extensions.csv',
    'reinstatements.csv',
    'review.csv',
    'outage_payments.csv',
    'merchant_days.csv',
    'rejects.csv',
    'unmatched.csv',
    'input_days.csv',
    'carried.csv',
    'asked.csv',
  ];
  const totalsOf = ({ checks }: Verification) => {
    const totals = checks.find(({ check }) => check === 'totals');
    return { result: totals?.result, says: totals?.details.map(({ en }) => en) };
  };

  test('are of every table of the run', () => {
    const names = readdirSync(join(base, 'third')).filter((name) => name.endsWith('.csv'));
    expect([...names].sort()).toEqual([...TABLES].sort());
  });

  test.each([...TABLES, 'excel/payouts.csv'])('are not ok where %s is missing, and say so', (name) =>
    harmed(
      'third',
      (folder) => rmSync(join(folder, name)),
      (verification) =>
        expect(totalsOf(verification)).toEqual({
          result: 'failed',
          says: [`${name} is missing, so it cannot be added up`],
        }),
    ));

  test.each([
    ...TABLES,
    'excel/payouts.csv',
  ])('are not ok where %s is missing and nothing speaks of it any more', (name) =>
    harmed(
      'third',
      (folder) => {
        forge(folder, name, '', (manifest) => ({
          ...manifest,
          outputs: (manifest.outputs as { name: string }[]).filter((output) => output.name !== name),
        }));
        rmSync(join(folder, name));
        const sums = join(folder, 'SHA256SUMS');
        const lines = readFileSync(sums, 'utf8').split('\n');
        writeFileSync(sums, lines.filter((line) => !line.endsWith(`  ${name}`)).join('\n'));
      },
      (verification) => {
        expect(resultOf(verification, 'checksums')).toBe('ok');
        expect(resultOf(verification, 'manifest')).toBe('ok');
        expect(totalsOf(verification)).toEqual({
          result: 'failed',
          says: [`manifest.json records nothing of ${name}`],
        });
      },
    ));

  test('are not ok where a table is no CSV, or a folder stands in its place', async () => {
    const broken = (folder: string) => writeFileSync(join(folder, 'extensions.csv'), 'a\n"');
    await harmed('third', broken, (verification) =>
      expect(totalsOf(verification)).toEqual({ result: 'failed', says: ['extensions.csv cannot be read as CSV'] }),
    );
    const folderInstead = (folder: string) => {
      rmSync(join(folder, 'extensions.csv'));
      mkdirSync(join(folder, 'extensions.csv'));
    };
    await harmed('third', folderInstead, (verification) =>
      expect(totalsOf(verification)).toEqual({
        result: 'failed',
        says: ['extensions.csv is missing, so it cannot be added up'],
      }),
    );
  });

  test('are not ok where nothing was recorded of the rows', () =>
    harmed(
      'third',
      (folder) =>
        forge(folder, 'extensions.csv', readFileSync(join(folder, 'extensions.csv'), 'utf8'), (manifest) => ({
          ...manifest,
          outputs: (manifest.outputs as { name: string; rows?: number }[]).map(({ rows, ...output }) =>
            output.name === 'extensions.csv' || rows === undefined ? output : { ...output, rows },
          ),
        })),
      (verification) =>
        expect(totalsOf(verification)).toEqual({
          result: 'failed',
          says: ['manifest.json records no rows of extensions.csv'],
        }),
    ));
});

describe('a run is executed again', () => {
  const verifyWith = (resources: Resources) =>
    verifyRun(join(base, 'second'), {
      program: identity(),
      summaryText: summaryFile,
      page: pageOf,
      chain: false,
      resources,
    });
  const files = (folder: string): readonly string[] => readdirSync(folder).sort();

  test('in as little memory as there may be, a part of the coupons at a time', async () => {
    await withFolder(async (folder) => {
      const parts: boolean[] = [];
      const memory = { bytes: 1, folder, chunkRows: 3, onSpill: () => parts.push(true) };
      expect(resultOf(await verifyWith({ memory }), 're-execution')).toBe('ok');
      expect(parts).toEqual([true]);
      expect(files(folder)).toEqual([]);
    });
  });

  test('until somebody ends it', async () => {
    const ending = new AbortController();
    ending.abort(new Error('ended'));
    await expect(verifyWith({ signal: ending.signal })).rejects.toThrow('ended');
  });
});

describe('a chain that was asked about', () => {
  const verifyThird = (folder: string) => program(['verify', join(folder, 'third'), '--chain', '--lang', 'en']);
  const afterHarm = (harm: (folder: string) => void) =>
    withFolder(async (folder) => {
      for (const name of ['first', 'second', 'third'])
        cpSync(join(base, name), join(folder, name), { recursive: true });
      harm(folder);
      return verifyThird(folder);
    });

  test('is proved', async () => {
    expect((await afterHarm(() => undefined)).status).toBe(0);
  });

  test.each<[string, (folder: string) => void]>([
    ['an earlier manifest was altered', (folder) => appendFileSync(join(folder, 'second/manifest.json'), '\n')],
    ['an earlier manifest is gone', (folder) => rmSync(join(folder, 'first/manifest.json'))],
    ['a table of an earlier night is gone', (folder) => rmSync(join(folder, 'second/eligibility.csv'))],
    ['a table of an earlier night is none', (folder) => writeFileSync(join(folder, 'first/eligibility.csv'), 'a\n"')],
  ])('is not where %s', async (_, harm) => {
    const { status, stderr } = await afterHarm(harm);
    expect([status, stderr]).toEqual([1, '']);
  });
});

describe('a chain blames the night that was damaged, and no other', () => {
  const append = (name: string, content: string) => (folder: string) => appendFileSync(join(folder, name), content);
  const remove = (name: string) => (folder: string) => rmSync(join(folder, name));
  /** Alters a file and its sum, but not the manifest, whose hash is in the next run. */
  const alterWithSum = (name: string, change: (text: string) => string) => (folder: string) => {
    const [path, sums] = [join(folder, name), join(folder, 'SHA256SUMS')];
    const before = readFileSync(path, 'utf8');
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(path, after);
    writeFileSync(sums, readFileSync(sums, 'utf8').replace(sha256(before), sha256(after)));
  };

  const HARM: readonly (readonly [string, (folder: string) => void, string])[] = [
    ['a yen in its eligibility.csv', append('eligibility.csv', 'x\n'), 'eligibility.csv differs'],
    ['its eligibility.csv is gone', remove('eligibility.csv'), 'eligibility.csv is missing'],
    ['its payouts.csv', append('payouts.csv', 'x\n'), 'payouts.csv differs'],
    ['its manifest', append('manifest.json', '\n'), 'manifest.json differs'],
    ['its manifest is none', (folder) => writeFileSync(join(folder, 'manifest.json'), '{'), 'manifest.json differs'],
    ['its manifest is gone', remove('manifest.json'), 'manifest.json is missing'],
    ['its sums are gone', remove('SHA256SUMS'), 'SHA256SUMS is missing'],
    [
      'a table and its sum, as a forger would',
      alterWithSum('extensions.csv', (text) => `${text}x\n`),
      'extensions.csv differs from manifest.json',
    ],
    [
      'a payable yen and its sum, as a forger would',
      alterWithSum('eligibility.csv', (text) =>
        text.replace(/,payable,([^,]*,[^,]*,\d+,\d+,\d+),\d+,/, ',payable,$1,9,'),
      ),
      'eligibility.csv differs from manifest.json',
    ],
  ];

  const chainOf = ({ checks }: Verification) => checks.find(({ check }) => check === 'chain');
  const NIGHTS = ['first', 'second', 'third'];
  const expectBlamed = (verification: Verification, night: string, says: string) => {
    const chain = chainOf(verification);
    expect(chain?.result).toBe('failed');
    for (const language of ['ja', 'en'] as const) {
      const said = chain?.details.map((detail) => detail[language]).join('\n') ?? '';
      expect(NIGHTS.filter((name) => said.includes(name))).toEqual([night]);
      if (language === 'en') expect(said).toContain(`${night}: ${says}`);
    }
  };

  describe.each(['first', 'second'])('%s', (night) => {
    test.each(HARM)('%s', (_, harm, says) =>
      harmed(
        'third',
        (folder) => harm(join(folder, '..', night)),
        (verification) => expectBlamed(verification, night, says),
        true,
      ));
  });

  test('what the second carries', () =>
    harmed(
      'third',
      (folder) => append('carried.csv', 'P1,000000000201,5,2023-04-05\n')(join(folder, '../second')),
      (verification) => expectBlamed(verification, 'second', 'carried.csv differs'),
      true,
    ));

  test('both, each by its own name', () =>
    harmed(
      'third',
      (folder) => {
        for (const night of ['first', 'second']) append('eligibility.csv', 'x\n')(join(folder, '..', night));
      },
      (verification) =>
        expect(chainOf(verification)?.details.map(({ en }) => en)).toEqual([
          'second: eligibility.csv differs from SHA256SUMS (one of them was altered)',
          'first: eligibility.csv differs from SHA256SUMS (one of them was altered)',
        ]),
      true,
    ));

  test('the last, where it carries what no night before it paid', () =>
    harmed(
      'third',
      (folder) => {
        const path = join(folder, 'carried.csv');
        forge(folder, 'carried.csv', `${readFileSync(path, 'utf8')}P1,000000000201,5,2023-04-05T02:00:00+09:00\n`);
      },
      (verification) =>
        expect(chainOf(verification)?.details.map(({ en }) => en)).toEqual([
          'carried.csv of third is not what the run before it paid',
        ]),
      true,
    ));

  // Whoever adds an id there has a decision on a question that there never was taken for one of an earlier night.
  test('the last, where it says that a question was asked which no night before it asked', () =>
    harmed(
      'third',
      (folder) => {
        const asked = readFileSync(join(folder, 'asked.csv'), 'utf8');
        forge(folder, 'asked.csv', `${asked}Rffffffffffffffff,2023-04-05T02:00:00+09:00\n`);
      },
      (verification) =>
        expect(chainOf(verification)?.details.map(({ en }) => en)).toEqual([
          'asked.csv of third is not what the runs before it asked',
        ]),
      true,
    ));
});

test('what carried over is not as the run wrote it', async () => {
  await withFolder(async (folder) => {
    cpSync(join(base, 'second'), join(folder, 'second'), { recursive: true });
    const path = join(folder, 'second/carried.csv');
    for (const harm of [() => appendFileSync(path, 'P1,000000000201,5,2023-04-05\n'), () => rmSync(path)]) {
      harm();
      const { status, stderr } = program(['explain', join(folder, 'second'), '000000000201', '--lang', 'en']);
      expect(status).toBe(3);
      expect(stderr).toContain('DAMAGED_RUN');
      expect(stderr).toContain('carried.csv');
    }
  });
});

test('what carried over was altered, and its sum with it', async () => {
  await withFolder(async (folder) => {
    for (const [place, content] of ['P1,000000000201,5,2023-04-05\n', 'a\n"'].entries()) {
      const run = join(folder, `second-${place}`);
      cpSync(join(base, 'second'), run, { recursive: true });
      const path = join(run, 'carried.csv');
      const before = sha256(readFileSync(path, 'utf8'));
      appendFileSync(path, content);
      const sums = join(run, 'SHA256SUMS');
      writeFileSync(sums, readFileSync(sums, 'utf8').replace(before, sha256(readFileSync(path, 'utf8'))));
      const { status, stdout, stderr } = program(['verify', run, '--lang', 'en']);
      expect([status, stderr]).toEqual([1, '']);
      expect(stdout).toContain('carried.csv is not what the run wrote, so that it cannot be executed again');
    }
  });
});

describe('what is no run is told in plain words', () => {
  const make: Readonly<Record<string, (path: string) => void>> = {
    nothing: () => undefined,
    'a file': (path) => writeFileSync(path, 'x'),
    'an empty folder': (path) => mkdirSync(path),
    'a folder of something else': (path) => {
      mkdirSync(path);
      writeFileSync(join(path, 'notes.txt'), 'x');
    },
    'a folder in the place of the manifest': (path) => mkdirSync(join(path, 'manifest.json'), { recursive: true }),
    'a manifest that is not JSON': (path) => {
      mkdirSync(path);
      writeFileSync(join(path, 'manifest.json'), '{');
    },
    'a manifest of something else': (path) => {
      mkdirSync(path);
      writeFileSync(join(path, 'manifest.json'), '{"schemaVersion":1}');
    },
  };
  const SAYS: readonly (readonly [string, string, string])[] = [
    ['nothing', 'there is no such folder', 'そのようなフォルダーはない'],
    ['a file', 'a file stands there, no folder', 'フォルダーではなくファイルがある'],
    ['an empty folder', 'manifest.json is missing', 'manifest.json がない'],
    ['a folder of something else', 'manifest.json is missing', 'manifest.json がない'],
    ['a folder in the place of the manifest', 'manifest.json is no file', 'manifest.json がファイルでない'],
    ['a manifest that is not JSON', 'manifest.json is not JSON', 'manifest.json が JSON でない'],
    ['a manifest of something else', 'manifest.json lacks these entries', 'manifest.json に次の項目がない'],
  ];
  const told = (words: (path: string) => readonly string[], what: string, lang: string) =>
    withFolder((folder) => {
      const path = join(folder, 'night');
      make[what]?.(path);
      return program([...words(path), '--lang', lang]);
    });

  describe.each([
    ['explain', (path: string) => ['explain', path, '000000000201']],
    ['diff', (path: string) => ['diff', path, path]],
    ['report', (path: string) => ['report', path, '--out', `${path}.html`]],
    ['report of two', (path: string) => ['report', path, path, '--out', `${path}.html`]],
  ] as const)('by %s', (_, words) => {
    test.each(SAYS)('%s', (what, en, ja) => {
      const [english, japanese] = [told(words, what, 'en'), told(words, what, 'ja')];
      expect([english.status, english.stdout, japanese.status]).toEqual([3, '', 3]);
      expect(english.stderr).toContain(`not the folder of a run: ${en}`);
      expect(japanese.stderr).toContain(`実行のフォルダーではありません: ${ja}`);
      expect(english.stderr).toContain('NOT_A_RUN_FOLDER');
      expect(english.stderr + japanese.stderr).not.toMatch(/ENO|EISDIR|SyntaxError/);
    });
  });

  // With a manifest in it, it may be a run that was damaged: that is what verify is there to say.
  test.each(SAYS)('by verify: %s', (what, en) => {
    const { status, stdout, stderr } = told((path) => ['verify', path], what, 'en');
    const isKnown = what.includes('manifest');
    expect(status).toBe(isKnown ? 1 : 3);
    expect(isKnown ? stdout : stderr).toContain(isKnown ? `FAILED: manifest.json\n    ${en}` : 'NOT_A_RUN_FOLDER');
    expect(stdout + stderr).not.toMatch(/ENO|EISDIR|SyntaxError/);
  });
});
