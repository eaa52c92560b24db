import { cpSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRows } from '../../support/program.ts';
import { inFolder, NIGHT, regionpay, toldAsJson } from '../command.ts';

const COMPETING = 'AP9,2023-04-02T10:00:00+09:00,000000000102,46,2023-02-23,西四郎,points,09011112222,,,,,,\n';

/** An office where two people apply for one coupon. */
class Office {
  readonly folder: string;
  constructor(folder: string) {
    this.folder = folder;
    cpSync(NIGHT, folder, { recursive: true });
    this.applications(COMPETING);
    const config = JSON.parse(readFileSync(join(NIGHT, 'run.json'), 'utf8')) as object;
    writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...config, archive: true, quiet: true, json: true }));
  }

  applications(more: string): void {
    writeFileSync(join(this.folder, 'applications.csv'), readFileSync(join(NIGHT, 'applications.csv'), 'utf8') + more);
  }

  run(out: string, day: string, ...more: readonly string[]) {
    const words = ['run', '--config', 'run.json', '--out', out, '--as-of', `2023-05-${day}T02:00`, ...more];
    return regionpay(words, { cwd: this.folder });
  }

  async night(day: string, ...more: readonly string[]): Promise<void> {
    const { status, stderr } = await this.run('runs/{date}', day, ...more);
    expect([status, stderr]).toEqual([0, '']);
  }

  command(...words: readonly string[]) {
    return regionpay([...words, '--json'], { cwd: this.folder });
  }

  question(run: string) {
    const row = readRows(join(this.folder, run, 'review.csv')).find(
      ({ reason }) => reason === 'COMPETING_APPLICATIONS',
    );
    if (row === undefined) throw new Error('nobody asks which application stands');
    return row;
  }

  approve(run: string): void {
    const { review_id, evidence_hash } = this.question(run);
    const rows = `review_id,evidence_hash,decision,decided_by,decided_at,note\n${review_id},${evidence_hash},approve,佐藤,2023-05-10T12:00:00+09:00,\n`;
    writeFileSync(join(this.folder, 'decisions.csv'), rows);
  }

  keyOf(run: string): unknown {
    const manifest = readFileSync(join(this.folder, run, 'manifest.json'), 'utf8');
    return (JSON.parse(manifest) as { options: { evidenceKey: unknown } }).options.evidenceKey;
  }
}

const inOffice = (use: (office: Office) => Promise<void>): Promise<void> =>
  inFolder((folder) => use(new Office(folder)));

describe('in a series', () => {
  test('an approval stands while the evidence is the same, and is stale once a telephone number in it is another', () =>
    inOffice(async (office) => {
      await office.night('10');
      expect(statSync(join(office.folder, 'runs/series.key')).mode & 0o777).toBe(0o600);
      office.approve('runs/2023-05-10');
      await office.night('11', '--decisions', 'decisions.csv');
      expect(office.question('runs/2023-05-11').decision).toBe('approved');
      office.applications(COMPETING.replace('09011112222', '09011112223'));
      await office.night('12', '--decisions', 'decisions.csv');
      expect(office.question('runs/2023-05-12').decision).toBe('stale');
    }));

  test('every manifest names the key, none holds it, and a night is proved by it wherever both lie', () =>
    inOffice(async (office) => {
      await office.night('10');
      const key = readFileSync(join(office.folder, 'runs/series.key'), 'utf8').trim();
      const named = office.keyOf('runs/2023-05-10');
      expect(named).toMatch(/^[0-9a-f]{16}$/);
      expect(key).not.toContain(named);
      cpSync(join(office.folder, 'runs/2023-05-10'), join(office.folder, 'away/2023-05-10'), { recursive: true });
      const without = await office.command('explain', 'away/2023-05-10', '102');
      expect([without.status, toldAsJson(without)[0]?.code]).toEqual([3, 'EVIDENCE_KEY_GONE']);
      const beside = ['--evidence-key', 'runs/series.key'];
      expect((await office.command('explain', 'away/2023-05-10', '102', ...beside)).status).toBe(0);
      expect((await office.command('verify', 'away/2023-05-10', ...beside)).status).toBe(0);
      expect((await office.command('diff', 'runs/2023-05-10', 'away/2023-05-10', ...beside)).status).toBe(0);
    }));

  test('a lost key is told, and the series goes on with another one only where that is asked for', () =>
    inOffice(async (office) => {
      await office.night('10');
      renameSync(join(office.folder, 'runs/series.key'), join(office.folder, 'series.key'));
      const refused = await office.run('runs/{date}', '11');
      expect([refused.status, toldAsJson(refused)[0]?.code]).toEqual([2, 'EVIDENCE_KEY_GONE']);
      await office.night('11', '--evidence-key', 'series.key');
      expect(office.keyOf('runs/2023-05-11')).toBe(office.keyOf('runs/2023-05-10'));
      await office.night('12', '--evidence-key', 'new');
      expect(office.keyOf('runs/2023-05-12')).not.toBe(office.keyOf('runs/2023-05-10'));
      await office.night('13');
      expect(office.keyOf('runs/2023-05-13')).toBe(office.keyOf('runs/2023-05-12'));
    }));
});

describe('of no series', () => {
  test('a run has no key, and comes to the same bytes wherever it is made', () =>
    inOffice(async (office) => {
      await office.run('a', '10');
      await office.run('elsewhere/b', '10');
      expect(office.keyOf('a')).toBeNull();
      expect(readFileSync(join(office.folder, 'a/SHA256SUMS'), 'utf8')).toBe(
        readFileSync(join(office.folder, 'elsewhere/b/SHA256SUMS'), 'utf8'),
      );
    }));

  test('a run that follows one with a key goes on with it', () =>
    inOffice(async (office) => {
      await office.night('10');
      await office.run('away/b', '11', '--previous', 'runs/2023-05-10');
      expect(office.keyOf('away/b')).toBe(office.keyOf('runs/2023-05-10'));
    }));
});

test('what is no key is refused', () =>
  inOffice(async (office) => {
    writeFileSync(join(office.folder, 'my.key'), 'secret\n');
    const refused = await office.run('a', '10', '--evidence-key', 'my.key');
    expect([refused.status, toldAsJson(refused)[0]?.code]).toEqual([2, 'BAD_EVIDENCE_KEY']);
    const missing = await office.run('a', '10', '--evidence-key', 'none.key');
    expect([missing.status, toldAsJson(missing)[0]?.code]).toEqual([4, 'SYSTEM_ENOENT']);
  }));
