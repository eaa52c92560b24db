import { expect, test } from 'vitest';
import { CLIENT_SCRIPT } from '../../../src/report/client-script.ts';

test('the script of the page is bundled, and can stand in one', () => {
  expect(CLIENT_SCRIPT).not.toMatch(/<\/script|<!--|\bimport\b|\brequire\(/i);
  // Whatever it shows becomes text: it parses no markup and runs no text.
  expect(CLIENT_SCRIPT).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
  expect(CLIENT_SCRIPT).not.toMatch(/fetch\(|XMLHttpRequest|WebSocket|https?:/);
});
