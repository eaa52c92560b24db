import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FILE } from '../../policy/made-up.ts';
import { program, withFolder } from '../../support/program.ts';

const check = (terms: object, ...more: readonly string[]) =>
  withFolder((folder) => {
    const path = join(folder, 'policy.json');
    writeFileSync(path, JSON.stringify({ ...FILE, terms: { ...FILE.terms, ...terms } }));
    const { status, stdout, stderr } = program(['policy', 'check', path, '--lang', 'en', ...more]);
    return { status, told: `${stdout}${stderr}`.replaceAll(path, '~') };
  });

const ODD = { pointsFrom: '2031-08-20' };
const WARNING =
  '  warning: terms.pointsFrom is before the balance is read (the end of 2031-08-20), and nothing can be paid until then\n';

describe('policy check', () => {
  it('says that a policy is valid, and ends with 0', () => {
    expect(check({}, '--strict')).toEqual({ status: 0, told: '~: a valid policy (tokyo-2031)\n' });
  });

  it('tells what is odd, and ends with 1 only where it is to be strict', () => {
    expect(check(ODD)).toEqual({ status: 0, told: `~: a valid policy (tokyo-2031)\n${WARNING}` });
    expect(check(ODD, '--strict')).toEqual({ status: 1, told: `~: a valid policy (tokyo-2031)\n${WARNING}` });
    expect(check(ODD, '--strict', '--quiet')).toEqual({ status: 1, told: '' });
  });

  it('refuses what cannot be meant', () => {
    const { status, told } = check({ receiveBy: '2031-08-20' });
    expect(status).toBe(2);
    expect(told).toContain('[BAD_POLICY] ~: terms.receiveBy\n');
  });
});
