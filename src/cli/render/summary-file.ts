import { visibleText } from '../../base/visible-text.ts';
import type { SummaryText } from '../../publish/run-files.ts';
import { summaryText } from './summary-text.ts';

/**
 * What stands in summary.txt: the summary as `run` prints it, in Japanese whatever the language asked for, for a published
 * file follows no locale. `show` prints it in either.
 */
export const summaryFile: SummaryText = (summary, asOf, policy) =>
  visibleText(summaryText(summary, asOf, policy, ({ ja }) => ja));
