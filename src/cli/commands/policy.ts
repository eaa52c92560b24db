import { Command, Option } from 'commander';
import type { ZodType } from 'zod';
import * as z from 'zod';
import { comparisonSchema } from '../../audit/diff/difference.ts';
import { policyComparisonSchema } from '../../audit/diff/policy-difference.ts';
import { explanationsSchema } from '../../audit/explain/explanation.ts';
import { verificationSchema } from '../../audit/verify/check.ts';
import { ownOf } from '../../base/own.ts';
import { inBoth, text } from '../../base/text.ts';
import { providerSchema } from '../../disbursement/gift/provider.ts';
import { requesterSchema } from '../../disbursement/zengin/requester.ts';
import { profileSchema } from '../../intake/schema/profile.ts';
import { KAGOSHIMA } from '../../policy/kagoshima-2023-02-24.ts';
import { odditiesOf } from '../../policy/oddities.ts';
import { policyFileSchema } from '../../policy/policy-file.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { describedConfigSchema } from '../options/config-file.ts';
import type { GivenOptions } from '../options/given.ts';
import { policyFlag, readPolicyOption } from '../options/policy.ts';
import { tellingFlags } from '../options/telling.ts';
import { policyText } from '../render/rules-text.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import { translateTo } from '../terminal/language.ts';
import { write } from '../terminal/terminal.ts';
import { checkReportSchema } from './check-report.ts';
import { addCommand, type Invocation } from './command.ts';
import { declarePolicyDiff } from './policy-diff.ts';
import { declarePolicyNew } from './policy-new.ts';
import { runFlags } from './run.ts';

/**
 * `policy`: the terms in force; `policy new` asks for those of another notice, `policy check` and `policy schema` say whether a file is one and
 * what it looks like, `policy diff` what differs between two.
 */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  made.addOption(policyFlag(t)).action((given: GivenOptions) => show(given, invocation));
  tellingFlags(made, t).addHelpText('after', `\n${t(EXAMPLES)}`);
  const check = addCommand(made, 'check', text('policy ファイルを確かめる', 'check a policy file'), t);
  check
    .argument('<file>', t(text('policy ファイル', 'the policy file')))
    .addOption(
      new Option(
        '--strict',
        t(text('気になる点があれば終了コード 1', 'exit 1 where something is odd, though it may be meant')),
      ),
    )
    .action(async (file: string, _: GivenOptions, command: Command) => {
      process.exitCode = await checkFile(file, command.optsWithGlobals(), invocation);
    });
  tellingFlags(check, t);
  declarePolicyDiff(made, invocation);
  const drafting = declarePolicyNew(made, invocation, (file, given) => checkFile(file, given, invocation));
  tellingFlags(drafting, t);
  const schema = addCommand(made, 'schema', SCHEMA_DESCRIPTION, t);
  schema
    .argument(
      '[which]',
      'policy | profile | config | requester | provider | check | explain | diff | verify | policy-diff',
      'policy',
    )
    .action((which: string) => write(process.stdout, schemaText(which)));
  tellingFlags(schema, t);
}

const SCHEMA_DESCRIPTION = text(
  'policy・profile・config・requester・provider ファイルと check --json・explain --json・diff --json・verify --json・policy diff --json の JSON Schema を出す',
  'print the JSON Schema of policy, profile, config, requester or provider files, or of check --json, explain --json, diff --json, verify --json or policy diff --json',
);

const EXAMPLES = text(
  `例:
  regionpay-reconcile policy new my-policy.json
  regionpay-reconcile policy check my-policy.json
  regionpay-reconcile policy diff ${KAGOSHIMA.id} my-policy.json
  regionpay-reconcile policy schema profile`,
  `Examples:
  regionpay-reconcile policy new my-policy.json
  regionpay-reconcile policy check my-policy.json
  regionpay-reconcile policy diff ${KAGOSHIMA.id} my-policy.json
  regionpay-reconcile policy schema profile`,
);

/** @throws CommandFailure */
async function show(given: GivenOptions, { t }: Invocation): Promise<void> {
  const policy = readPolicyOption(given.policy);
  await write(process.stdout, given.json === true ? canonicalJson(policy.file) : policyText(policy, t));
}

/** What cannot be meant is refused; what is odd is told. @throws CommandFailure */
async function checkFile(file: string, given: GivenOptions, { t }: Invocation): Promise<number> {
  const policy = readPolicyOption(file);
  const odd = odditiesOf(policy);
  const valid = text(`${file}: 正しい policy です(${policy.id})`, `${file}: a valid policy (${policy.id})`);
  const lines = odd.map(({ term, says }) => `  ${t(text('注意', 'warning'))}: terms.${term} ${t(says)}`);
  if (given.quiet !== true) await write(process.stdout, `${[t(valid), ...lines].join('\n')}\n`);
  return given.strict === true && odd.length > 0 ? EXIT.different : EXIT.done;
}

/** What help says of the options of `run`, by their names in a config file. */
function runOptionWords(): ReadonlyMap<string, string> {
  const [ja, en] = (['ja', 'en'] as const).map((language) =>
    runFlags(new Command(), translateTo(language)).options.filter(({ hidden }) => !hidden),
  );
  return new Map(
    (ja ?? []).map((option, place) => {
      const english = en?.[place]?.description ?? '';
      const words = option.description === english ? english : inBoth(text(option.description, english));
      return [option.attributeName(), option.negate ? `false: ${words}` : words];
    }),
  );
}

const SCHEMAS: Readonly<Record<string, () => ZodType>> = {
  policy: () => policyFileSchema,
  profile: profileSchema,
  config: () => describedConfigSchema(runOptionWords()),
  requester: () => requesterSchema,
  provider: () => providerSchema,
  check: () => checkReportSchema,
  explain: () => explanationsSchema,
  diff: () => comparisonSchema,
  verify: () => verificationSchema,
  'policy-diff': () => policyComparisonSchema,
};

/** The JSON Schema of a file that users write, or of what `check`, `explain`, `diff`, `verify` or `policy diff` prints with `--json`. @throws CommandFailure for any other name */
export function schemaText(which: string): string {
  const schema = ownOf(SCHEMAS, which)?.();
  if (schema === undefined) {
    const names = Object.keys(SCHEMAS).join(', ');
    throw new CommandFailure(EXIT.usage, [
      {
        code: 'UNKNOWN_VALUE',
        where: `policy schema ${which}`,
        what: text('そのスキーマはありません', 'no such schema'),
        advice: text(`${names} のどれかを指定してください`, `give one of ${names}`),
      },
    ]);
  }
  return canonicalJson(z.toJSONSchema(schema, { io: 'input' }));
}
