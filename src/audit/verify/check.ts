import type { Text } from '../../base/text.ts';

export interface Check {
  readonly check: 'checksums' | 'manifest' | 'totals' | 'inputs' | 're-execution' | 'chain' | 'expected';
  readonly result: 'ok' | 'failed' | 'not checked';
  readonly details: readonly Text[];
}

export const verdict = (check: Check['check'], problems: readonly Text[]): Check => ({
  check,
  result: problems.length === 0 ? 'ok' : 'failed',
  details: problems,
});
export const skipped = (check: Check['check'], why: Text): Check => ({ check, result: 'not checked', details: [why] });
