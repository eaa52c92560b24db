import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KeptContents } from '../../../src/audit/record/kept-contents.ts';
import type { Check } from '../../../src/audit/verify/check.ts';
import { checkNight } from '../../../src/audit/verify/night.ts';
import { summaryFile } from '../../../src/cli/render/summary-file.ts';
import type { ProgramIdentity } from '../../../src/publish/manifest.ts';
import { pageOf } from '../../../src/report/page.ts';
import { alter, redoAll, redoManifest, redoSums } from '../../support/forged-run.ts';
import { copied, madeBy, nightsInChain } from '../../support/nights-in-chain.ts';

let nights = '';
let program: ProgramIdentity;
beforeAll(() => {
  nights = nightsInChain(2);
  program = madeBy(join(nights, 'second'));
});
afterAll(() => rmSync(nights, { recursive: true }));

const check = async (run: string): Promise<readonly Check[]> => {
  const contents = new KeptContents(undefined);
  const { checks } = await checkNight(run, {
    program,
    summaryText: summaryFile,
    page: pageOf,
    executes: true,
    contents,
  });
  return checks;
};

/** What is found in the second night once harm was done to it: the checks that failed, and what they say. */
const foundAfter = (harm: (run: string) => void | Promise<void>) =>
  copied(nights, async (folder) => {
    const run = join(folder, 'second');
    await harm(run);
    const failed = (await check(run)).filter(({ result }) => result === 'failed');
    for (const { details } of failed) for (const { ja, en } of details) expect([ja, en]).not.toContain('');
    return failed.map(({ check: name, details }) => `${name}: ${details.map(({ en }) => en).join('; ')}`);
  });

const fifoAt = (path: string) => execFileSync('mkfifo', ['-m', '600', path]);
const listening = (path: string) =>
  new Promise<void>((done) => {
    const server = createServer().listen(path, () => {
      // The socket stays in its folder for as long as somebody listens.
      server.unref();
      done();
    });
  });

type Outputs = { name: string; rows?: number; totals?: Record<string, number> }[];
type Inputs = Record<string, unknown>[];

test('a run that nobody touched has nothing wrong with it', async () => {
  expect((await check(join(nights, 'second'))).map(({ check: name, result }) => `${name} ${result}`)).toEqual([
    'checksums ok',
    'modes ok',
    'manifest ok',
    'totals ok',
    'inputs ok',
    're-execution ok',
    'report ok',
    'statements ok',
  ]);
});

describe('in the folder', () => {
  test.each<readonly [string, (run: string) => void | Promise<void>, string]>([
    [
      'a file too many',
      (run) => writeFileSync(join(run, 'x.csv'), '', { mode: 0o600 }),
      'checksums: x.csv is not in SHA256SUMS',
    ],
    [
      'a file too many that SHA256SUMS lists',
      (run) => {
        writeFileSync(join(run, 'x.csv'), '', { mode: 0o600 });
        redoSums(run, ['x.csv']);
      },
      'manifest: x.csv is not in manifest.json',
    ],
    [
      'a file too many among the archived inputs',
      (run) => {
        writeFileSync(join(run, 'inputs/x.gz'), '', { mode: 0o600 });
        redoSums(run, ['inputs/x.gz']);
      },
      'manifest: inputs/x.gz is not in manifest.json',
    ],
    ['a folder too many', (run) => mkdirSync(join(run, 'x'), { mode: 0o700 }), 'checksums: x is a folder, no file'],
    ['a link', (run) => symlinkSync('payouts.csv', join(run, 'x')), 'checksums: x is a link, no file'],
    ['a dangling link', (run) => symlinkSync('nowhere', join(run, 'x')), 'checksums: x is a link, no file'],
    [
      'a link to the file itself in its place',
      (run) => {
        renameSync(join(run, 'payouts.csv'), join(run, '../payouts.csv'));
        symlinkSync('../payouts.csv', join(run, 'payouts.csv'));
      },
      'checksums: payouts.csv is a link, no file',
    ],
    ['a pipe', (run) => fifoAt(join(run, 'x')), 'checksums: x is a pipe (FIFO), no file'],
    [
      'a pipe in the place of what is executed from',
      (run) => {
        rmSync(join(run, 'carried.csv'));
        fifoAt(join(run, 'carried.csv'));
      },
      'checksums: carried.csv is a pipe (FIFO), no file',
    ],
    [
      'a pipe in the place of the manifest',
      (run) => {
        rmSync(join(run, 'manifest.json'));
        fifoAt(join(run, 'manifest.json'));
      },
      'manifest: manifest.json is no file',
    ],
    [
      'a pipe in the place of an archived input',
      (run) => {
        const [{ sha256 = '' } = {}] = (
          JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')) as { inputs: { sha256: string }[] }
        ).inputs;
        rmSync(join(run, `inputs/${sha256}.gz`));
        fifoAt(join(run, `inputs/${sha256}.gz`));
      },
      'inputs: the archived input issuance.csv was altered',
    ],
    ['a socket', (run) => listening(join(run, 'x')), 'checksums: x is a socket, no file'],
    [
      'a line of SHA256SUMS twice',
      (run) => alter(run, 'SHA256SUMS', (sums) => `${sums}${sums.split('\n')[0]}\n`),
      'checksums: asked.csv stands twice in SHA256SUMS',
    ],
    [
      'a name in SHA256SUMS that leads out',
      (run) => alter(run, 'SHA256SUMS', (sums) => `${sums}${'0'.repeat(64)}  ../../etc/passwd\n`),
      'checksums: ../../etc/passwd in SHA256SUMS is no name of a file in the run folder',
    ],
    [
      'a name in SHA256SUMS that begins at the root',
      (run) => alter(run, 'SHA256SUMS', (sums) => `${sums}${'0'.repeat(64)}  /etc/passwd\n`),
      'checksums: /etc/passwd in SHA256SUMS is no name of a file in the run folder',
    ],
    [
      'control signs in a name, which are not shown as they are',
      (run) => writeFileSync(join(run, 'x\u001b[2J'), '', { mode: 0o600 }),
      'checksums: x\\u001b[2J is not in SHA256SUMS',
    ],
    [
      'a file that others may read',
      (run) => chmodSync(join(run, 'payouts.csv'), 0o640),
      'modes: payouts.csv has the mode 0640, wider than 0600',
    ],
    [
      'a folder that others may read',
      (run) => chmodSync(join(run, 'inputs'), 0o750),
      'modes: inputs has the mode 0750, wider than 0700',
    ],
    [
      'a run folder that others may read',
      (run) => chmodSync(run, 0o755),
      'modes: . has the mode 0755, wider than 0700',
    ],
  ])('%s is found', async (_, harm, says) => {
    expect(await foundAfter(harm)).toContainEqual(expect.stringContaining(says));
  });
});

describe('with everything redone', () => {
  test.each<readonly [string, (run: string) => void, string]>([
    [
      'an instant that is none in carried.csv',
      (run) => {
        alter(run, 'carried.csv', (content) => content.replace('2023-04-05T', '2023-44-05T'));
        redoAll(run);
      },
      're-execution: carried.csv is not what the run wrote, so that it cannot be executed again',
    ],
    [
      'yen that are none in carried.csv',
      (run) => {
        alter(run, 'carried.csv', (content) => content.replace(/,\d+,2023/, ',1e999,2023'));
        redoAll(run);
      },
      'totals: carried.csv amount_yen: cannot be added up',
    ],
    [
      'a coupon in carried.csv that nobody was issued',
      (run) => {
        alter(run, 'carried.csv', (content) => content.replace(/(P\w+),\d+,/, '$1,999999999999,'));
        redoAll(run);
      },
      're-execution: ',
    ],
    [
      'another recipient in payouts.csv',
      (run) => {
        alter(run, 'payouts.csv', (content) =>
          content.replace(/^(P\w+,\w+,)[^,]+/m, (_, before) => `${before}09099999999`),
        );
        redoAll(run);
      },
      're-execution: payouts.csv comes out otherwise',
    ],
    [
      'another recipient in payouts.csv, said to be by another revision',
      (run) => {
        alter(run, 'payouts.csv', (content) =>
          content.replace(/^(P\w+,\w+,)[^,]+/m, (_, before) => `${before}09099999999`),
        );
        redoAll(run, (body) => ({ ...body, program: { ...(body.program as object), revision: 'f'.repeat(40) } }));
      },
      're-execution: payouts.csv comes out otherwise',
    ],
    [
      'rows read',
      (run) =>
        redoManifest(run, (body) => ({
          ...body,
          inputs: (body.inputs as Inputs).map((input, place) => (place === 0 ? { ...input, rowsRead: 1 } : input)),
        })),
      'statements: executed again, manifest.json says otherwise of: inputs.0.rowsRead',
    ],
    [
      'the size of an input',
      (run) =>
        redoManifest(run, (body) => ({
          ...body,
          inputs: (body.inputs as Inputs).map((input, place) => (place === 1 ? { ...input, sizeBytes: 7 } : input)),
        })),
      'statements: executed again, manifest.json says otherwise of: inputs.1.sizeBytes',
    ],
    [
      'what became of rows',
      (run) => alterText(run, /("accepted": \{\s+"rows": )\d+/, '$17'),
      'dispositions.accepted.rows',
    ],
    ['an encoding', (run) => alterText(run, '"encoding": "utf-8"', '"encoding": "windows-31j"'), 'statements: '],
    [
      'the hash of the rules',
      (run) =>
        redoManifest(run, (body) => ({ ...body, ruleSet: { ...(body.ruleSet as object), sha256: '0'.repeat(64) } })),
      'says otherwise of: ruleSet.sha256',
    ],
    [
      'the version of a rule',
      (run) => alterText(run, /("id": "double-charge",\s+"readings": \[[^\]]*\],\s+"version": )\d+/, '$199'),
      'ruleSet.rules.',
    ],
    [
      'the title of the policy, in the summary too',
      (run) => {
        const title = '別の障害';
        const said = (
          JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')) as { policy: { title: { ja: string } } }
        ).policy.title.ja;
        alter(run, 'summary.txt', (content) => content.replaceAll(said, title));
        redoAll(run, (body) => {
          const policy = body.policy as { title: object };
          return { ...body, policy: { ...policy, title: { ...policy.title, ja: title } } };
        });
      },
      'statements: the title of the policy in manifest.json is not that of the built-in policy',
    ],
    [
      'coupons that were issued',
      (run) => alterText(run, /("neverInLog": )\d+/, '$177'),
      'says otherwise of: issued.neverInLog',
    ],
    ['when rows begin', (run) => alterText(run, /("firstAt": ")20/, '$119'), 'firstAt'],
    [
      'an entry that no run writes',
      (run) => redoManifest(run, (body) => ({ ...body, approvedBy: 'x' })),
      'manifest: manifest.json has an entry that no run writes: approvedBy',
    ],
    [
      'an entry that no run writes, further in',
      (run) => redoManifest(run, (body) => ({ ...body, options: { ...(body.options as object), approved: true } })),
      'entry that no run writes: options.approved',
    ],
    [
      'an entry named __proto__',
      (run) => alterText(run, '"asOf"', '"__proto__": {"asOf": 1},\n  "asOf"'),
      'manifest: ',
    ],
    [
      'a total that is no number of yen',
      (run) =>
        redoManifest(run, (body) => ({
          ...body,
          outputs: (body.outputs as Outputs).map((output) =>
            output.name === 'payouts.csv' ? { ...output, totals: { recipient: 5 } } : output,
          ),
        })),
      'totals: payouts.csv recipient: cannot be added up',
    ],
    [
      'an output that manifest.json names twice',
      (run) =>
        redoManifest(run, (body) => ({
          ...body,
          outputs: [...(body.outputs as Outputs), (body.outputs as Outputs)[0]],
        })),
      'stands twice in manifest.json',
    ],
    [
      'a table that is none',
      (run) => {
        writeFileSync(join(run, 'review.csv'), 'a,b\n"');
        redoAll(run);
      },
      'totals: review.csv cannot be read as CSV',
    ],
  ])('%s is found', async (_, harm, says) => {
    expect(await foundAfter(harm)).toContainEqual(expect.stringContaining(says));
  });

  test('a manifest larger than any is not read', async () => {
    const found = await foundAfter((run) => truncateSync(join(run, 'manifest.json'), 1 << 28));
    expect(found).toContainEqual('manifest: manifest.json is larger than any that a run writes');
  });

  test('a manifest nested as deep as can be is told, not fallen over', async () => {
    const found = await foundAfter((run) => {
      const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
      writeFileSync(
        join(run, 'manifest.json'),
        readFileSync(join(run, 'manifest.json'), 'utf8').replace('{', `{"deep": ${deep},`),
      );
      redoSums(run);
    });
    expect(found).toContainEqual(expect.stringContaining('manifest.json is not in canonical form'));
  });

  test('of another revision it is said which statements nobody checked, and they are no failure', async () => {
    await copied(nights, async (folder) => {
      const run = join(folder, 'second');
      redoManifest(run, (body) => ({
        ...body,
        program: { ...(body.program as object), revision: 'f'.repeat(40) },
        ruleSet: { ...(body.ruleSet as object), sha256: '0'.repeat(64) },
      }));
      const checks = await check(run);
      expect(checks.filter(({ result }) => result === 'failed')).toEqual([]);
      const statements = checks.find((each) => each.check === 'statements');
      expect(statements?.result).toBe('not checked');
      expect(statements?.details.map(({ en }) => en)).toEqual([
        `manifest.json says that another program made the run (version ${program.version}, ${'f'.repeat(40)}); nobody checked what it says of: program, ruleSet.sha256`,
      ]);
    });
  });
});

/** Alters the text of the manifest, in one place, and makes it whole again. */
function alterText(run: string, from: string | RegExp, to: string): void {
  alter(run, 'manifest.json', (content) => content.replace(from, to));
  redoManifest(run, (body) => body);
}

test('what is appended to any table is found', async () => {
  expect(await foundAfter((run) => appendFileSync(join(run, 'extensions.csv'), '\n'))).toContainEqual(
    'checksums: extensions.csv differs from SHA256SUMS (one of them was altered)',
  );
});
