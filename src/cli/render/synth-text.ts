import { text } from '../../base/text.ts';
import { type Answers, cohortTotals } from '../../synth/answers.ts';
import type { Place } from '../../synth/synthesise.ts';
import type { Translate } from '../terminal/language.ts';

/** What was made, for a program. */
export const synthSummary = ({ cohort, tillEvents, ...answers }: Answers, place: Place): unknown => ({
  out: place.folder,
  answers: place.answers,
  ...answers,
  cohortTotals: cohortTotals(cohort),
  tillEvents: tillEvents.length,
});

/** The same for a person. */
export function synthText(answers: Answers, place: Place, t: Translate): string {
  const yen = (value: number): string => value.toLocaleString('en-US');
  const files = Object.values(answers.files).map(({ name, rows, rejected, duplicate, conflicting }) =>
    t(
      text(
        `  ${name}: ${yen(rows)} 行(読めない ${yen(rejected)}、重複 ${yen(duplicate)}、矛盾 ${yen(conflicting)})`,
        `  ${name}: ${yen(rows)} rows (unreadable ${yen(rejected)}, repeated ${yen(duplicate)}, contradicted ${yen(conflicting)})`,
      ),
    ),
  );
  const { coupons, withGroundA, residualYen } = cohortTotals(answers.cohort);
  const known = t(
    text(
      `(A) の対象 ${yen(coupons)} 枚のうち ${yen(withGroundA)} 枚に残高があり、合計 ${yen(residualYen)}円。答えの分かる出来事 ${yen(answers.tillEvents.length)} 件`,
      `of ${yen(coupons)} coupons of the (A) cohort ${yen(withGroundA)} have something left, ${yen(residualYen)} yen in all; ${yen(answers.tillEvents.length)} events at tills with a known answer`,
    ),
  );
  const where = t(
    text(
      `書き出しました: ${place.folder}\n答え(--as-of ${answers.asOf} 以降): ${place.answers}`,
      `written to: ${place.folder}\nanswers (for --as-of ${answers.asOf} or later): ${place.answers}`,
    ),
  );
  return `${files.join('\n')}\n${known}\n${where}\n`;
}
