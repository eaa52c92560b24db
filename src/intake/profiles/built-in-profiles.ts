import { INPUT_KINDS, type InputKind } from '../../tables/tables.ts';
import { type Profile, profileSchema } from '../schema/profile.ts';

/** Loaded one by one, for a run has one at most. */
const WRITTEN = {
  airpay: () => import('./airpay.json', { with: { type: 'json' } }),
  airregi: () => import('./airregi.json', { with: { type: 'json' } }),
  paypay: () => import('./paypay.json', { with: { type: 'json' } }),
  smaregi: () => import('./smaregi.json', { with: { type: 'json' } }),
  square: () => import('./square.json', { with: { type: 'json' } }),
  stores: () => import('./stores.json', { with: { type: 'json' } }),
} as const;

export type BuiltInProfileName = keyof typeof WRITTEN;
export const BUILT_IN_PROFILES = Object.keys(WRITTEN) as readonly BuiltInProfileName[];

export const isBuiltInProfile = (name: string): name is BuiltInProfileName => Object.hasOwn(WRITTEN, name);

/** A profile that comes with the program, as its file is written: to be shown, copied and changed. */
export async function writtenProfile(name: BuiltInProfileName): Promise<unknown> {
  const { default: written } = await WRITTEN[name]();
  return written;
}

/** A profile that comes with the program, or what it says of one input. */
export interface ChosenProfile {
  readonly name: BuiltInProfileName;
  readonly input: InputKind | undefined;
}

/** `paypay`, or `paypay:sales` where another system wrote the log. Undefined of anything else. */
export function chosenProfile(words: string): ChosenProfile | undefined {
  const [name = '', input, ...more] = words.split(':');
  if (!isBuiltInProfile(name) || more.length > 0) return undefined;
  if (input === undefined) return { name, input };
  const kind = INPUT_KINDS.find((each) => each === input);
  return kind === undefined ? undefined : { name, input: kind };
}

/** Undefined where the profile says nothing of the input. */
export async function builtInProfile({ name, input }: ChosenProfile): Promise<Profile | undefined> {
  const profile = profileSchema().parse(await writtenProfile(name));
  if (input === undefined) return profile;
  const own = profile.inputs[input];
  return own === undefined ? undefined : ({ ...profile, inputs: { [input]: own } } as Profile);
}

/** All of them, by their names. */
export async function builtInProfiles(): Promise<readonly { readonly name: string; readonly profile: Profile }[]> {
  return await Promise.all(
    BUILT_IN_PROFILES.map(async (name) => ({ name, profile: profileSchema().parse(await writtenProfile(name)) })),
  );
}
