import { expect, it } from 'vitest';
import * as schema from '../../../src/audit/record/summary-schema.ts';

it('is made once, when a summary is first read', () => {
  const [make] = Object.values(schema) as (() => unknown)[];
  expect(make?.()).toBe(make?.());
});
