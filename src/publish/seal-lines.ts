import * as z from 'zod';
import { type Text, text } from '../base/text.ts';
import { shownName } from '../base/visible-text.ts';
import { sha256 } from './hash.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const lineSchema = z.strictObject({
  line: z.int(),
  before: hash.nullable(),
  policy: z.string(),
  asOf: z.string(),
  fingerprint: hash,
  manifestSha256: hash,
  previous: hash.nullable(),
  signer: z.string().optional(),
  signature: z
    .string()
    .regex(/^[A-Za-z0-9+/]+={0,2}$/)
    .optional(),
});

/** A run as a line of a file of seals has it (4-cli.md, "seal"). */
export type SealLine = z.infer<typeof lineSchema>;
export type Sealable = Pick<SealLine, 'policy' | 'asOf' | 'fingerprint' | 'manifestSha256' | 'previous'>;

/** What a signature of a line is made over: the line without it. */
export const signedText = ({ signature: _, ...line }: SealLine): string => `${lineText(line)}\n`;

/** A line as it is written: its entries in this order. */
export function lineText(line: SealLine): string {
  const { line: number, before, policy, asOf, fingerprint, manifestSha256, previous, signer, signature } = line;
  return JSON.stringify({
    line: number,
    before,
    policy,
    asOf,
    fingerprint,
    manifestSha256,
    previous,
    ...(signer === undefined ? {} : { signer }),
    ...(signature === undefined ? {} : { signature }),
  });
}

/** A line behind others, each of which it binds by the hash of the last. */
export const nextLine = (content: string, run: Sealable, signer: string | undefined): SealLine => {
  const lines = linesOf(content);
  const last = lines.at(-1);
  return {
    line: lines.length + 1,
    before: last === undefined ? null : sha256(`${last}\n`),
    ...run,
    ...(signer === undefined ? {} : { signer }),
  };
};

const linesOf = (content: string): readonly string[] => content.split('\n').slice(0, -1);

export interface ReadSeals {
  readonly lines: readonly SealLine[];
  /** Of a file that no one but `seal` has written: none. */
  readonly problems: readonly Text[];
}

/** Reads a file of seals: each line in its form, bound to the one before, none at odds with an earlier one. */
export function readSeals(content: string): ReadSeals {
  const problems: Text[] = [];
  const lines: SealLine[] = [];
  if (content !== '' && !content.endsWith('\n'))
    problems.push(text('最後の行が途中で終わっている', 'the last line is cut off'));
  let before: string | null = null;
  for (const [index, written] of linesOf(content).entries()) {
    const number = index + 1;
    const line = parseLine(written);
    if (line === undefined)
      problems.push(
        text(`${number} 行目が seal の書いた形でない`, `line ${number} is not in the form that seal writes`),
      );
    else {
      if (line.before !== before || line.line !== number)
        problems.push(
          text(
            `${number} 行目が前の行につながらない(行が変えられたか、抜かれた)`,
            `line ${number} does not follow the line before it: a line was altered or taken out`,
          ),
        );
      problems.push(...contradictions(lines, line).map((why) => atLine(number, why)));
      lines.push(line);
    }
    before = sha256(`${written}\n`);
  }
  return { lines, problems };
}

const atLine = (number: number, { ja, en }: Text): Text => text(`${number} 行目: ${ja}`, `line ${number}: ${en}`);

function parseLine(written: string): SealLine | undefined {
  try {
    const line = lineSchema.parse(JSON.parse(written));
    return lineText(line) === written ? line : undefined;
  } catch {
    return undefined;
  }
}

/** The last line of the run\u2019s policy. */
export const lastSealed = (lines: readonly SealLine[], policy: string): SealLine | undefined =>
  lines.findLast((line) => line.policy === policy);

/** Whether a line is of that very run. */
export const isOf = (line: SealLine, run: Sealable): boolean =>
  line.policy === run.policy &&
  line.asOf === run.asOf &&
  line.fingerprint === run.fingerprint &&
  line.manifestSha256 === run.manifestSha256 &&
  line.previous === run.previous;

/** Why a run cannot stand behind what was sealed before it. */
export function contradictions(lines: readonly SealLine[], run: Sealable): readonly Text[] {
  const last = lastSealed(lines, run.policy);
  // The same run once more, as when a signature is added to it.
  if (last === undefined || isOf(last, run)) return [];
  const other = lines.find(
    ({ policy, asOf, fingerprint }) => policy === run.policy && asOf === run.asOf && fingerprint !== run.fingerprint,
  );
  if (other !== undefined)
    return [
      text(
        `基準時刻 ${shownName(run.asOf)} の実行は、別の指紋 ${other.fingerprint.slice(0, SHOWN)}… で ${other.line} 行目に封印されている`,
        `the run as of ${shownName(run.asOf)} was sealed in line ${other.line} with another fingerprint, ${other.fingerprint.slice(0, SHOWN)}…`,
      ),
    ];
  if (run.previous === last.fingerprint) return [];
  return [
    text(
      `この policy で最後に封印された実行(${last.line} 行目、基準時刻 ${shownName(last.asOf)})に続くものでない`,
      `it does not follow the run of its policy that was sealed last (line ${last.line}, as of ${shownName(last.asOf)})`,
    ),
  ];
}

const SHOWN = 16;
