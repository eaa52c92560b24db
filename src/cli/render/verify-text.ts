import type { Check, CheckedNight } from '../../audit/verify/check.ts';
import type { Verification } from '../../audit/verify/verify.ts';
import { type Text, text } from '../../base/text.ts';
import { shownName } from '../../base/visible-text.ts';
import type { Translate } from '../terminal/language.ts';

const CHECKS: Readonly<Record<Check['check'], Text>> = {
  checksums: text('チェックサム', 'checksums'),
  modes: text('ファイルのモード', 'file modes'),
  manifest: text('manifest.json', 'manifest.json'),
  totals: text('合計の再計算', 'control totals'),
  inputs: text('入力', 'inputs'),
  're-execution': text('再実行', 're-execution'),
  report: text('report.html とその元', 'report.html, and what is made for it'),
  statements: text('manifest.json の記載', 'what manifest.json says'),
  pin: text('次の夜の記録', 'as the next night has it'),
  chain: text('前回までの鎖', 'chain of runs'),
  purged: text('消したファイル', 'purged files'),
  expected: text('控えの指紋', 'fingerprint as noted down'),
  sealed: text('封印', 'seals'),
  signatures: text('封印の署名', 'signatures of the seals'),
};
const RESULTS: Readonly<Record<Check['result'], Text>> = {
  ok: text('一致', 'ok'),
  failed: text('不一致', 'FAILED'),
  'not checked': text('未確認', 'not checked'),
};

/** What was proved of a run, check by check, the nights that were walked, and who made it by its own word. */
export function verifyText({ checks, nights, manifestSays }: Verification, t: Translate): string {
  const lines = checks.flatMap(({ check, result, details }) => [
    `${t(RESULTS[result])}: ${t(CHECKS[check])}`,
    ...details.map((detail) => `    ${t(detail)}`),
  ]);
  const says = manifestSays === undefined ? [] : [t(saysWords(manifestSays))];
  return `${[...says, ...lines, ...(nights === undefined ? [] : nightLines(nights, t))].join('\n')}\n`;
}

const SHOWN = 16;

function saysWords({ program, ruleSetSha256, fingerprint }: NonNullable<Verification['manifestSays']>): Text {
  const [name, version, revision] = [program.name, program.version, program.revision].map(shownName);
  const rules = shownName(ruleSetSha256.slice(0, SHOWN));
  return text(
    `manifest.json の記載: ${name} ${version}(${revision})が作成、規則 ${rules}、指紋 ${shownName(fingerprint)}`,
    `manifest.json says: made by ${name} ${version} (${revision}), rule set ${rules}, fingerprint ${shownName(fingerprint)}`,
  );
}

/** A row a night, the last first: what it is known by, and what was checked of it with which result. */
function nightLines(nights: readonly CheckedNight[], t: Translate): readonly string[] {
  const cells = nights.map(({ folder, asOf, fingerprint }) =>
    [folder, asOf, fingerprint.slice(0, SHOWN)].map(shownName),
  );
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const rows = nights.map(({ checks }, place) => {
    const known = (cells[place] ?? []).map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
    const checked = checks.map(({ check, result }) => `${t(CHECKS[check])} ${t(RESULTS[result])}`);
    return `  ${known}  ${checked.join(t(text('、', ', ')))}`;
  });
  const head = text(`たどった夜(${nights.length})`, `nights walked (${nights.length})`);
  return ['', `${t(head)}:`, ...rows];
}
