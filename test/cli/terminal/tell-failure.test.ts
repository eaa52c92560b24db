import { describe, expect, it } from 'vitest';
import { inFolder, put, regionpay } from '../command.ts';

interface Line {
  readonly level: number;
  readonly time: string;
  readonly code?: string;
  readonly where?: string;
  readonly msg: string;
}

const linesOf = (stderr: string): readonly Line[] =>
  stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

describe('a failure in a JSON log', () => {
  it('is a line for each problem, as all others are lines', () =>
    inFolder(async () => {
      const { status, stderr } = await regionpay(['run', '--log-format', 'json']);
      expect(status).toBe(2);
      const lines = linesOf(stderr);
      // Three inputs and the folder are required.
      expect(lines.map(({ level, code, msg }) => `${level} ${code} ${msg}`)).toEqual(
        Array<string>(4).fill('50 MISSING_OPTION problem'),
      );
      for (const { time } of lines) expect(time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    }));

  it('is one where the config file asks for such a log, and where the level is silent', () =>
    inFolder(async (folder) => {
      const config = put(folder, 'run.json', JSON.stringify({ logFormat: 'json', logLevel: 'silent' }));
      const { stderr } = await regionpay(['run', '--config', config]);
      expect(linesOf(stderr).every(({ level }) => level === 50)).toBe(true);
    }));

  it('is words for people where no such log is asked for, and one JSON text with --json', () =>
    inFolder(async () => {
      expect((await regionpay(['run'])).stderr).toMatch(/^error \[MISSING_OPTION\]/);
      const { stderr } = await regionpay(['run', '--json', '--log-format', 'json']);
      expect(JSON.parse(stderr)).toHaveProperty('problems');
    }));
});
