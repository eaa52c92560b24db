import type { Command } from 'commander';
import { text } from '../../base/text.ts';
import {
  BUILT_IN_PROFILES,
  builtInProfile,
  isBuiltInProfile,
  writtenProfile,
} from '../../intake/profiles/built-in-profiles.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import type { GivenOptions } from '../options/given.ts';
import { tellingFlags } from '../options/telling.ts';
import { describeProfile, profilesText } from '../render/profiles-text.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import { write } from '../terminal/terminal.ts';
import { addCommand, type Invocation } from './command.ts';

/** `profiles`: the built-in ones; `profiles show`: one of them as its file is written. */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  made.action((given: GivenOptions) => list(given, invocation));
  tellingFlags(made, t).addHelpText('after', `\n${t(EXAMPLES)}`);
  const show = addCommand(made, 'show', text('プロファイルを JSON で出す', 'print a profile as JSON'), t);
  show.argument('<name>', BUILT_IN_PROFILES.join(' | ')).action((name: string) => showWritten(name));
  tellingFlags(show, t);
}

const EXAMPLES = text(
  '例:\n  regionpay-reconcile profiles\n  regionpay-reconcile profiles show square > my-square.json   # 写して、店に合わせて直す\n  regionpay-reconcile check --profile my-square.json …',
  'Examples:\n  regionpay-reconcile profiles\n  regionpay-reconcile profiles show square > my-square.json   # to be changed as the shop needs it\n  regionpay-reconcile check --profile my-square.json …',
);

async function list({ json }: GivenOptions, { t }: Invocation): Promise<void> {
  const profiles = await Promise.all(BUILT_IN_PROFILES.map((name) => builtInProfile({ name, input: undefined })));
  const described = profiles.flatMap((profile) => (profile === undefined ? [] : [describeProfile(profile)]));
  await write(process.stdout, json === true ? canonicalJson(described) : profilesText(described, t));
}

/** In the order in which it is written, for people read it. @throws CommandFailure */
async function showWritten(name: string): Promise<void> {
  if (isBuiltInProfile(name)) {
    await write(process.stdout, `${JSON.stringify(await writtenProfile(name), null, 2)}\n`);
    return;
  }
  const names = BUILT_IN_PROFILES.join(', ');
  throw new CommandFailure(EXIT.usage, [
    {
      code: 'UNKNOWN_VALUE',
      where: `profiles show ${name}`,
      what: text('その組み込みプロファイルはありません', 'no such built-in profile'),
      advice: text(`${names} のどれかを指定してください`, `give one of ${names}`),
    },
  ]);
}
