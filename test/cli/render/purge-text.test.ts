import { describe, expect, test } from 'vitest';
import { purgeText } from '../../../src/cli/render/purge-text.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';

const plan = (take: readonly object[], noted: readonly object[] = []) =>
  ({ name: 'night', take, noted }) as unknown as Parameters<typeof purgeText>[0][number];
const FILE = { name: 'inputs/abc.gz', inputs: ['issuance.csv'], sha256: 'abc', alsoIn: ['later'] };

describe('a purge', () => {
  test('names what it took, and where the same is still kept', () => {
    const told = purgeText([plan([FILE])], false, translateTo('en'));
    expect(told).toContain('night: taken, as noted in purged.json:\n  inputs/abc.gz (issuance.csv)\n');
    expect(told).toContain('the same content is still in later');
    expect(told).toContain('not overwritten');
  });

  test('says of a trial that nothing was taken yet, in Japanese too', () => {
    expect(purgeText([plan([FILE])], true, translateTo('ja'))).toContain('night: 消すことになるもの\n');
  });

  test('tells nothing to take from nothing more to take', () => {
    expect(purgeText([plan([])], false, translateTo('en'))).toContain('night: holds no file with contacts\n');
    expect(purgeText([plan([], [FILE])], false, translateTo('en'))).toContain('contacts any more\n');
  });
});
