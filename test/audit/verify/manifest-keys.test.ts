import { expect, test } from 'vitest';
import { unknownEntries } from '../../../src/audit/verify/manifest-keys.ts';

const said = (manifest: string): readonly string[] =>
  unknownEntries(manifest).map(({ en }) => en.replace('manifest.json has an entry that no run writes: ', ''));

test('entries that a run writes are known, whichever are there', () => {
  expect(
    said('{"asOf":"x","options":{"excel":true},"inputs":[{"name":"a"}],"outputs":[{"totals":{"any_yen":1}}]}'),
  ).toEqual([]);
});

test('any other is told by its place, each once', () => {
  expect(
    said('{"approved":1,"options":{"paid":true},"inputs":[{"x":1},{"x":2}],"policy":{"terms":{"any":1}}}'),
  ).toEqual(['approved', 'options.paid', 'inputs.x']);
  expect(said('{"__proto__":{"a":1},"constructor":1}')).toEqual(['__proto__', 'constructor']);
});
