import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { previousOf } from '../../../src/cli/options/earlier-runs.ts';
import type { CommandRequest } from '../../../src/cli/options/request.ts';
import { CommandFailure } from '../../../src/cli/terminal/exit.ts';
import { KAGOSHIMA } from '../../../src/policy/kagoshima-2023-02-24.ts';
import { policyOf } from '../../../src/policy/policy.ts';
import { ROOT } from '../../support/program.ts';

/** A run under the terms of the built-in policy. */
const RUN = join(ROOT, 'fixtures/earlier-version');

/** What a run under other terms is told of it, or its policy's id. */
async function following(changed: object, otherTerms = false): Promise<string> {
  const policy = policyOf({ ...KAGOSHIMA.file, terms: { ...KAGOSHIMA.file.terms, ...changed } });
  const request = { policy, asOf: Number.MAX_SAFE_INTEGER, allowed: { otherTerms } } as unknown as CommandRequest;
  try {
    return (await previousOf(request, RUN, undefined))?.policyId ?? 'nothing';
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return error.problems.map(({ code, what }) => `${code} ${what.en}`).join();
  }
}

describe('a run that follows another under the same policy id', () => {
  it('may have the same terms', async () => {
    expect(await following({})).toBe(KAGOSHIMA.id);
  });

  it('may not have others: each is named with both values', async () => {
    expect(await following({ repeatPressGapSeconds: 601, claimsClose: '2023-05-31' })).toBe(
      'BAD_PREVIOUS was made under the same policy id, and other terms: repeatPressGapSeconds 600 → 601; claimsClose none → 2023-05-31',
    );
  });

  it('may where the notice was amended, and somebody says so', async () => {
    expect(await following({ repeatPressGapSeconds: 601 }, true)).toBe(KAGOSHIMA.id);
  });
});
