import { type Text, text } from '../../base/text.ts';
import type { Profile } from '../../intake/schema/profile.ts';
import { declarationOf } from '../../tables/kinds/index.ts';
import { INPUT_KINDS, type InputKind } from '../../tables/tables.ts';
import type { Translate } from '../terminal/language.ts';

/** What is told of a profile in a list. */
export interface DescribedProfile {
  readonly name: string;
  readonly title: Text;
  readonly inputs: readonly InputKind[];
  readonly source: { readonly url: string; readonly readOn: string } | undefined;
}

export function describeProfile(profile: Profile): DescribedProfile {
  const { title, source } = profile.schemaVersion === 2 ? profile : {};
  return {
    name: profile.id,
    title: title ?? text('', ''),
    inputs: INPUT_KINDS.filter((kind) => profile.inputs[kind] !== undefined),
    source,
  };
}

/** The built-in profiles for a terminal. */
export function profilesText(profiles: readonly DescribedProfile[], t: Translate): string {
  const blocks = profiles.map(({ name, title, inputs, source }) => {
    const kinds = inputs.map((kind) => `${kind} (${t(declarationOf(kind).option.words)})`).join(t(text('、', ', ')));
    const seen = source === undefined ? [] : [`    ${source.url} (${source.readOn})`];
    return [`${name}  ${kinds}`, `    ${t(title)}`, ...seen].join('\n');
  });
  return `${blocks.join('\n\n')}\n\n${t(FURTHER)}\n`;
}

const FURTHER = text(
  '使い方: --profile 名前。ひとつの入力だけなら --profile 名前:入力(paypay:sales)。店ごとの違いは profiles show 名前 で写して直す。何を確かめるかは docs/profiles.ja.md',
  'To use one: --profile NAME, or NAME:INPUT for one input of it (paypay:sales). What a shop does its own way is changed in a copy: profiles show NAME. What to check: docs/profiles.md',
);
