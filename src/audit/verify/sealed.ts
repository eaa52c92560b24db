import { basename, dirname, join } from 'node:path';
import { drained } from '../../base/steps.ts';
import { type Text, text } from '../../base/text.ts';
import { shownName } from '../../base/visible-text.ts';
import { hashPlainFile } from '../../publish/folder-entries.ts';
import { isOf, lastSealed, readSeals, type Sealable, type SealLine, signedText } from '../../publish/seal-lines.ts';
import type { Verified } from '../../publish/ssh-signature.ts';
import { foldersIn } from '../record/files.ts';
import { type Check, skipped, verdict } from './check.ts';
import type { Night } from './night.ts';

export interface SealOptions {
  /** What the file of seals holds. */
  readonly content: string;
  /** Whether a line was signed by whom it must be; undefined where nobody said who may sign. */
  readonly verified?: ((content: string, signature: string) => Verified) | undefined;
}

/** Whether the nights stand in a file of seals that is in order, and that nothing which was sealed has gone. */
export function checkSealed(
  nights: readonly Night[],
  { content, verified }: SealOptions,
  isChain: boolean,
): readonly Check[] {
  const { lines, problems } = readSeals(content);
  const standing = nights.flatMap((night) => standsIn(night, lines));
  const gone = isChain ? goneAfter(nights, lines) : [];
  const sealed = verdict('sealed', [...problems, ...standing, ...gone]);
  const isSigned = lines.some(({ signature }) => signature !== undefined);
  if (verified !== undefined)
    return [
      sealed,
      verdict(
        'signatures',
        lines.flatMap((line) => checkSignature(line, verified)),
      ),
    ];
  if (!isSigned) return [sealed];
  const why = text(
    '署名は確かめていない(--allowed-signers で署名者の一覧を渡す)',
    'signatures were not verified: name who may sign with --allowed-signers',
  );
  return [sealed, skipped('signatures', why)];
}

function sealableOf({ read, run }: Night): Sealable | undefined {
  if ('unreadable' in read) return undefined;
  const { policy, asOf, fingerprint, previous } = read.manifest;
  return {
    policy: policy.id,
    asOf,
    fingerprint,
    manifestSha256: drained(run.hashOf('manifest.json')),
    previous: previous?.fingerprint ?? null,
  };
}

function standsIn(night: Night, lines: readonly SealLine[]): readonly Text[] {
  const run = sealableOf(night);
  const name = shownName(basename(night.folder));
  if (run === undefined)
    return [
      text(
        `${name} の manifest.json が読めず、照合できない`,
        `${name} cannot be looked up: its manifest.json cannot be read`,
      ),
    ];
  if (lines.some((line) => isOf(line, run))) return [];
  const other = lines.find(({ policy, asOf }) => policy === run.policy && asOf === run.asOf);
  return [
    other === undefined
      ? text(`${name} は封印されていない`, `${name} was not sealed`)
      : text(
          `${name} は ${other.line} 行目に封印された実行と違う(指紋 ${other.fingerprint.slice(0, SHOWN)}…)`,
          `${name} is not the run that was sealed in line ${other.line} (fingerprint ${other.fingerprint.slice(0, SHOWN)}…)`,
        ),
  ];
}

const SHOWN = 16;

/** The run that was sealed last must still be there: who deletes the last nights leaves a chain that looks whole. */
function goneAfter(nights: readonly Night[], lines: readonly SealLine[]): readonly Text[] {
  const [own] = nights;
  if (own === undefined || 'unreadable' in own.read) return [];
  const last = lastSealed(lines, own.read.manifest.policy.id);
  if (last === undefined || isBeside(own.folder, last.manifestSha256)) return [];
  return [
    text(
      `最後に封印された実行(${last.line} 行目、基準時刻 ${shownName(last.asOf)})がフォルダーにない`,
      `the run that was sealed last (line ${last.line}, as of ${shownName(last.asOf)}) is not among the folders`,
    ),
  ];
}

const isBeside = (folder: string, manifestSha256: string): boolean =>
  foldersIn(dirname(folder)).some((run) => {
    try {
      return hashPlainFile(join(run, 'manifest.json')) === manifestSha256;
    } catch {
      return false;
    }
  });

const FAULTS: Readonly<Record<'unknown signer' | 'another signer' | 'invalid', Text>> = {
  'unknown signer': text('署名者が許可された一覧にない', 'signed by none of those who may'),
  'another signer': text('指定された署名者の署名でない', 'signed by another than was named'),
  invalid: text('署名が行の内容と合わない', 'its signature is not of what it says'),
};

function checkSignature(line: SealLine, verified: NonNullable<SealOptions['verified']>): readonly Text[] {
  const of = ({ ja, en }: Text): readonly Text[] => [text(`${line.line} 行目: ${ja}`, `line ${line.line}: ${en}`)];
  if (line.signature === undefined) return of(text('署名がない', 'is not signed'));
  const result = verified(signedText(line), line.signature);
  if ('fault' in result) return of(FAULTS[result.fault]);
  if (line.signer === undefined || line.signer === result.signer) return [];
  return of(text('署名者の名が署名と合わない', 'was signed by another than it names'));
}
