import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a signature is for: one that was made for anything else is none. */
export const SIGNATURE_NAMESPACE = 'regionpay-reconcile';

export type SignatureFault = 'no program' | 'old program' | 'no key' | 'passphrase' | 'not in the agent' | 'refused';

/** ssh-keygen does not sign, or cannot be asked. */
export class CannotSign extends Error {
  readonly why: SignatureFault;
  constructor(why: SignatureFault) {
    super(why);
    this.why = why;
  }
}

const ARMOUR = /^-----BEGIN SSH SIGNATURE-----\n([\sA-Za-z0-9+/=]+)-----END SSH SIGNATURE-----\s*$/;
const LINE = /.{1,70}/g;

/** Where nobody sits at a terminal, nobody can be asked for a passphrase: it fails instead of waiting. */
const environment = (): NodeJS.ProcessEnv =>
  process.stdin.isTTY ? process.env : { ...process.env, SSH_ASKPASS: 'false', SSH_ASKPASS_REQUIRE: 'force' };

const MOST_MILLISECONDS = 60_000;

function sshKeygen(words: readonly string[], input: string) {
  const { status, stdout, stderr, error } = spawnSync('ssh-keygen', ['-Y', ...words], {
    input,
    encoding: 'utf8',
    env: environment(),
    timeout: MOST_MILLISECONDS,
  });
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') throw new CannotSign('no program');
  if (/(unknown|illegal|invalid) option -- ['‘"]?Y/.test(stderr ?? '')) throw new CannotSign('old program');
  return { status, stdout: stdout ?? '', stderr: stderr ?? '' };
}

const FAULTS: readonly (readonly [RegExp, SignatureFault])[] = [
  [/No such file or directory|Couldn't load public key|not a key file/i, 'no key'],
  [/passphrase/i, 'passphrase'],
  [/No private key found|agent refused|Couldn't get agent/i, 'not in the agent'],
];

/**
 * Signs a text with an SSH key, by the office\u2019s own ssh-keygen: a private key, or a public one whose private key the
 * agent holds.
 *
 * @returns the signature as base64, without its armour
 * @throws CannotSign
 */
export function sshSign(content: string, key: string): string {
  const { status, stdout, stderr } = sshKeygen(['sign', '-q', '-n', SIGNATURE_NAMESPACE, '-f', key], content);
  const signature = ARMOUR.exec(stdout)?.[1]?.replace(/\s/g, '');
  if (status === 0 && signature !== undefined) return signature;
  throw new CannotSign(FAULTS.find(([pattern]) => pattern.test(stderr))?.[1] ?? 'refused');
}

/** Who signed, or why it is no signature that counts. */
export type Verified =
  | { readonly signer: string }
  | { readonly fault: 'unknown signer' | 'another signer' | 'invalid' };

/**
 * Verifies a signature by the same tool.
 *
 * @param allowedSigners a file of those who may sign, as `man ssh-keygen` has it
 * @param signer who must have signed; undefined: any of them
 * @throws CannotSign where ssh-keygen cannot be asked
 */
export function sshVerify(
  content: string,
  signature: string,
  allowedSigners: string,
  signer: string | undefined,
): Verified {
  const folder = mkdtempSync(join(tmpdir(), 'regionpay-signature-'));
  try {
    const file = join(folder, 'signature');
    writeFileSync(file, armoured(signature), { mode: 0o600 });
    const found = sshKeygen(['find-principals', '-s', file, '-f', allowedSigners], '');
    const known = found.stdout.split('\n').filter((line) => line !== '');
    if (known.length === 0) return { fault: 'unknown signer' };
    const principal = signer ?? known[0] ?? '';
    if (!known.includes(principal)) return { fault: 'another signer' };
    const words = ['verify', '-q', '-n', SIGNATURE_NAMESPACE, '-f', allowedSigners, '-I', principal, '-s', file];
    return sshKeygen(words, content).status === 0 ? { signer: principal } : { fault: 'invalid' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const armoured = (signature: string): string =>
  `-----BEGIN SSH SIGNATURE-----\n${(signature.match(LINE) ?? []).join('\n')}\n-----END SSH SIGNATURE-----\n`;
