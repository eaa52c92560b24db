import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../support/program.ts';
import { BIN, INPUTS, inFolder, put, regionpay, toldCodes } from '../command.ts';

/** What is typed once something has been shown: of a question its last key, for whoever asks listens then. */
type Step = readonly [shown: RegExp, typed: string];

/** Calls the program at a terminal that `script` makes (util-linux). */
function atTerminal(
  words: readonly string[],
  steps: readonly Step[],
): Promise<{ status: number | null; shown: string }> {
  // A terminal of no size has no place for a word.
  const command = `stty cols 100 rows 40; ${[process.execPath, BIN, ...words].map((word) => `'${word}'`).join(' ')}`;
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = [...steps];
  let shown = '';
  let seen = 0;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    shown += chunk;
    // One step a time: what is typed changes what is shown next.
    const [step] = waiting;
    const found = step?.[0].exec(shown.slice(seen));
    if (step === undefined || found === null || found === undefined) return;
    seen += found.index + found[0].length;
    waiting.shift();
    child.stdin.write(step[1]);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, shown }));
  });
}

async function withRun<T>(use: (folder: string, run: string) => Promise<T>): Promise<T> {
  return inFolder(async (folder) => {
    const run = join(folder, 'run');
    expect((await regionpay(['run', ...INPUTS, '--out', run, '--quiet'])).status).toBe(0);
    return use(folder, run);
  });
}

describe('review', () => {
  it('says what to do where nobody can be asked', () =>
    withRun(async (folder, run) => {
      const ended = await regionpay(['review', run]);
      expect(ended.status).toBe(2);
      expect(toldCodes(ended)).toEqual(['NOT_A_TERMINAL']);
      expect(ended.stderr).toContain('review.csv');
      expect(existsSync(join(folder, 'decisions.csv'))).toBe(false);
    }));

  it('asks who decides, and writes each answer beside the run; Ctrl-C loses none', () =>
    withRun(async (folder, run) => {
      const ended = await atTerminal(
        ['review', run, '--lang', 'en'],
        [
          [/Your name/, 'sato\r'],
          [/1 of 8[\s\S]*quit/, 'a'],
          [/2 of 8[\s\S]*quit/, 'r'],
          [/3 of 8[\s\S]*quit/, '\u0003'],
        ],
      );
      expect(ended.shown).toContain('decided now: 2, left: 6');
      const [header, ...rows] = readFileSync(join(folder, 'decisions.csv'), 'utf8').trimEnd().split('\n');
      expect(header).toBe('\uFEFFreview_id,evidence_hash,decision,decided_by,decided_at,note');
      expect(rows.map((row) => row.split(',').slice(2, 4).join(' '))).toEqual(['approve sato', 'reject sato']);
      expect(ended.status).toBe(130);
      // What is written is what run takes: its questions are asked, and its times are after the run's as-of.
      const words = [
        'run',
        ...INPUTS,
        '--decisions',
        join(folder, 'decisions.csv'),
        '--out',
        join(folder, 'next'),
        '--quiet',
      ];
      expect((await regionpay(words)).status).toBe(0);
    }));

  it('leaves a file of another form as it is', () =>
    withRun(async (folder, run) => {
      const file = put(folder, 'mine.csv', 'review_id,decision\n');
      const ended = await atTerminal(['review', run, '--decisions', file, '--lang', 'en'], []);
      expect(ended.status).toBe(2);
      expect(ended.shown).toContain('OTHER_DECISIONS_FILE');
      expect(readFileSync(file, 'utf8')).toBe('review_id,decision\n');
    }));

  it('says so where nothing waits', () =>
    inFolder(async (folder) => {
      const log = put(
        folder,
        'log.csv',
        'transaction_id,coupon_number,occurred_at,kind,status,amount_yen,merchant_id\n',
      );
      const reports = put(folder, 'sales.csv', 'report_id,merchant_id,sold_at,total_yen,coupon_yen,cash_yen\n');
      const issued = 'coupon_number,medium,prefecture,face_yen,issued_at,expires_on\n';
      const run = join(folder, 'run');
      const inputs = ['--issuance', put(folder, 'i.csv', issued), '--transactions', log, '--merchant-reports', reports];
      expect((await regionpay(['run', ...inputs, '--out', run, '--quiet', '--allow-empty-file'])).status).toBe(0);
      const ended = await atTerminal(['review', run, '--lang', 'en'], []);
      expect(ended.shown).toContain('nothing waits for an answer');
      expect(ended.status).toBe(0);
    }));
});
