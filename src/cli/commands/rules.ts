import { type Command, Option } from 'commander';
import { text } from '../../base/text.ts';
import type { Policy } from '../../policy/policy.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import type { GivenOptions } from '../options/given.ts';
import { policyFlag, readPolicyOption } from '../options/policy.ts';
import { tellingFlags } from '../options/telling.ts';
import { rulesData, rulesMarkdown, rulesText } from '../render/rules-text.ts';
import type { Translate } from '../terminal/language.ts';
import { write } from '../terminal/terminal.ts';
import type { Invocation } from './command.ts';

/** `rules`: clauses, readings and rules. */
export function declare(made: Command, { t }: Invocation): void {
  made
    .addOption(policyFlag(t))
    .addOption(new Option('--markdown', t(text('Markdown で出力する', 'print Markdown'))))
    .action((given: GivenOptions) => write(process.stdout, rendered(readPolicyOption(given.policy), given, t)));
  tellingFlags(made, t).addHelpText('after', `\n${t(EXAMPLES)}`);
}

const EXAMPLES = text(
  '例:\n  regionpay-reconcile rules\n  regionpay-reconcile rules --markdown > rules.md',
  'Examples:\n  regionpay-reconcile rules\n  regionpay-reconcile rules --markdown > rules.md',
);

function rendered(policy: Policy, { json, markdown }: GivenOptions, t: Translate): string {
  if (json === true) return canonicalJson(rulesData(policy));
  return markdown === true ? rulesMarkdown(policy, t) : rulesText(policy, t);
}
