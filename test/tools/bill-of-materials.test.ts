import { describe, expect, test } from 'vitest';
import { type Bom, programBom } from '../../tools/bill-of-materials.ts';

const component = (name: string, development: boolean) => ({
  'bom-ref': `${name}@1`,
  name,
  version: '1',
  properties: [
    { name: 'cdx:npm:package:integrity', value: name },
    ...(development ? [{ name: 'cdx:npm:package:development', value: 'true' }] : []),
  ],
});
const WHOLE: Bom = {
  components: [component('installed', false), component('bundled', true), component('tester', true)],
  dependencies: [
    { ref: 'program@0', dependsOn: ['installed@1', 'bundled@1', 'tester@1'] },
    { ref: 'installed@1' },
    { ref: 'bundled@1', dependsOn: ['installed@1'] },
    { ref: 'tester@1', dependsOn: ['bundled@1'] },
  ],
};
const LOCK = {
  packages: {
    '': { version: '0' },
    'node_modules/a/node_modules/installed': { version: '1' },
    'node_modules/bundled': { version: '1', dev: true },
    'node_modules/tester': { version: '1', dev: true },
  },
};

describe('what the program is made of', () => {
  const { components, dependencies } = programBom(WHOLE, LOCK, [{ name: 'bundled', version: '1' }]);

  test('is what is installed and what is bundled, and nothing that is there to test', () => {
    expect(components.map(({ name }) => name)).toEqual(['installed', 'bundled']);
    expect(dependencies).toEqual([
      { ref: 'program@0', dependsOn: ['installed@1', 'bundled@1'] },
      { ref: 'installed@1', dependsOn: [] },
      { ref: 'bundled@1', dependsOn: ['installed@1'] },
    ]);
  });

  test('calls nothing that is bundled a development package', () => {
    expect(JSON.stringify(components)).not.toContain('development');
  });

  test('is not told where a bundled package is another than the lock file names', () => {
    expect(() => programBom(WHOLE, LOCK, [{ name: 'bundled', version: '2' }])).toThrow('not in the lock file');
  });
});
