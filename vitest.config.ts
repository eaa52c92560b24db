import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { globSync } from 'tinyglobby';
import { defineConfig } from 'vitest/config';

const report = process.env.VITEST_JSON;

/** What replaces modules, clocks or globals must not be seen by other tests: such files have a process each. */
const ALL = 'test/**/*.test.ts';
const apart = globSync(ALL, { cwd: import.meta.dirname }).filter((path) =>
  /\bvi\.|process\.(chdir|umask|exitCode)/.test(readFileSync(`${import.meta.dirname}/${path}`, 'utf8')),
);

export default defineConfig({
  test: {
    globalSetup: ['test/support/build.ts'],
    // Half of a test's time is another process's: by default one processor of two would idle.
    maxWorkers: Math.max(2, availableParallelism()),
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // .ci/run counts the tests from a report beside what a person reads.
    ...(report === undefined ? {} : { reporters: ['default', 'json'], outputFile: { json: report } }),
    projects: [
      // To load the program anew for each file takes as long as to try it.
      { extends: true, test: { name: 'together', include: [ALL], exclude: apart, isolate: false } },
      { extends: true, test: { name: 'apart', include: apart } },
    ],
  },
});
