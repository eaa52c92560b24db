import type { Check } from '../../audit/verify/check.ts';
import type { Verification } from '../../audit/verify/verify.ts';
import { type Text, text } from '../../base/text.ts';
import type { Translate } from '../terminal/language.ts';

const CHECKS: Readonly<Record<Check['check'], Text>> = {
  checksums: text('チェックサム', 'checksums'),
  manifest: text('manifest.json', 'manifest.json'),
  totals: text('合計の再計算', 'control totals'),
  inputs: text('保存された入力', 'archived inputs'),
  're-execution': text('再実行', 're-execution'),
  chain: text('前回までの鎖', 'chain of runs'),
  expected: text('控えの指紋', 'fingerprint as noted down'),
};
const RESULTS: Readonly<Record<Check['result'], Text>> = {
  ok: text('一致', 'ok'),
  failed: text('不一致', 'FAILED'),
  'not checked': text('未確認', 'not checked'),
};

/** What was proved of a run, check by check, and who made it. */
export function verifyText({ checks, madeBy, ruleSetSha256 }: Verification, t: Translate): string {
  const lines = checks.flatMap(({ check, result, details }) => [
    `${t(RESULTS[result])}: ${t(CHECKS[check])}`,
    ...details.map((detail) => `    ${t(detail)}`),
  ]);
  const by =
    madeBy === undefined
      ? []
      : [
          t(
            text(
              `作成: ${madeBy.name} ${madeBy.version}(${madeBy.revision})、規則 ${ruleSetSha256?.slice(0, 16)}`,
              `made by ${madeBy.name} ${madeBy.version} (${madeBy.revision}), rule set ${ruleSetSha256?.slice(0, 16)}`,
            ),
          ),
        ];
  return `${[...by, ...lines].join('\n')}\n`;
}
