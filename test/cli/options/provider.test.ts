import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Collected } from '../../../src/cli/options/given.ts';
import { readProvider } from '../../../src/cli/options/provider.ts';
import { ROOT } from '../../support/program.ts';
import { providerFile } from '../../support/sending-run.ts';

function read(path: string | undefined) {
  const found = new Collected();
  const provider = readProvider(path, found);
  return { provider, codes: found.problems.map(({ code, where }) => `${code} ${where.replace(ROOT, '')}`) };
}

describe('a provider profile', () => {
  test('is read, with what it does not say', () => {
    const { provider, codes } = read(providerFile('sakura-gift'));
    expect(codes).toEqual([]);
    // A gift is by the yen and not split where nothing else is said.
    expect(provider?.channels.mail?.gift).toMatchObject({ unitYen: 1, mostGiftsPerPayout: 1 });
  });

  test.each([
    [undefined, ['MISSING_OPTION --provider']],
    [join(ROOT, 'fixtures/none.json'), ['BAD_PROVIDER fixtures/none.json']],
    [
      join(ROOT, 'fixtures/errors/BAD_PROVIDER/provider.json'),
      ['BAD_PROVIDER fixtures/errors/BAD_PROVIDER/provider.json: channels.sms.gift.mostYen'],
    ],
  ])('%s is none', (path, told) => {
    expect(read(path)).toEqual({ provider: undefined, codes: told });
  });
});
