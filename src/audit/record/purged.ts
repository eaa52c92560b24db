import * as z from 'zod';
import { type Text, text } from '../../base/text.ts';
import { archivedName } from '../../publish/archive.ts';
import { PAYOUTS } from '../../publish/output-files.ts';
import { TO_SEND_FILE } from '../../publish/unsent-payouts.ts';
import type { Manifest } from './run-record.ts';

/** Says which files were taken out of a run folder because they hold contacts (4-cli.md, "purge"). No sum covers it. */
export const PURGED_FILE = 'purged.json';

/** Whether a name is one line of signs that can be seen. */
export const isPlainName = (name: string): boolean => name !== '' && name.length <= 100 && !/\p{C}/u.test(name);

const schema = z.strictObject({
  schemaVersion: z.literal(1),
  purged: z
    .array(
      z.strictObject({
        name: z.string(),
        /** As SHA256SUMS of the run has it. */
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        at: z.string().regex(/^[\dT:+-]{10,30}$/),
        /** Shown on terminals: nothing that would steer one. */
        by: z.string().refine(isPlainName).nullable(),
      }),
    )
    .readonly(),
});

/** A file that was taken out, when and by whom. */
export type PurgedFile = z.infer<typeof schema>['purged'][number];
export type PurgedNote = z.infer<typeof schema>;

/** Outputs with contacts, and their copies for Excel. */
const OUTPUTS_WITH_CONTACTS = [PAYOUTS, TO_SEND_FILE].flatMap((name) => [name, `excel/${name}`]);
const ARCHIVED_INPUT = /^inputs\/[0-9a-f]{64}(\.gz)?$/;

/** What may be taken out and no more be checked: nothing that says what anybody is due. */
export const mayBePurged = (name: string): boolean => OUTPUTS_WITH_CONTACTS.includes(name) || ARCHIVED_INPUT.test(name);

/** Reads purged.json. Whoever can write it could name any file there: only what may be purged is believed. */
export function readPurged(
  content: string,
): { readonly purged: readonly PurgedFile[] } | { readonly unreadable: Text } {
  try {
    const { purged } = schema.parse(JSON.parse(content));
    const other = purged.find(({ name }) => !mayBePurged(name));
    if (other === undefined) return { purged };
    return {
      unreadable: text(
        `${PURGED_FILE} が、消してよいものでない ${JSON.stringify(other.name)} を消したとしている`,
        `${PURGED_FILE} says that ${JSON.stringify(other.name)} was purged, which may not be`,
      ),
    };
  } catch {
    return { unreadable: text(`${PURGED_FILE} が読めない`, `${PURGED_FILE} cannot be read`) };
  }
}

/** Bulk rows of payments and sales name coupons and shops; every other input may name a person, or who decided. */
const WITHOUT_CONTACTS: readonly string[] = ['transactions', 'sales'];

/** A file of a run folder that holds contacts, and the inputs that it keeps. */
export interface ContactFile {
  readonly name: string;
  readonly inputs: readonly string[];
}

/** The files of a run that hold contacts, as its manifest names them. */
export function contactFiles({ outputs, inputs, options }: Manifest, allInputs: boolean): readonly ContactFile[] {
  const written = outputs.map(({ name }) => name).filter((name) => OUTPUTS_WITH_CONTACTS.includes(name));
  const kept = new Map<string, string[]>();
  for (const input of options.archive ? inputs : []) {
    const path = archivedName(input);
    const isMeant = allInputs || !WITHOUT_CONTACTS.includes(input.kind);
    if (isMeant) kept.set(path, [...(kept.get(path) ?? []), input.name]);
  }
  return [
    ...written.map((name) => ({ name, inputs: [] })),
    ...[...kept].map(([name, names]) => ({ name, inputs: names })),
  ];
}
