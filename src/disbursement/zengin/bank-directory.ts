import { type Text, text } from '../../base/text.ts';
import { RENAMED_CODES, RENAMED_SINCE } from './renamed-codes.ts';

/** zengin-code, by which codes are looked up. It is as old as its version says: banks open, close and move branches monthly. */
export const DIRECTORY_VERSION = '1.0.0-p20260824';
export const DIRECTORY_DATE = '2026-08-24';

/** A bank or a branch as the directory has it: kana in full-width signs. */
interface Entry {
  readonly name: string;
  readonly kana: string;
}
export type BankDirectory = Readonly<Record<string, Entry & { readonly branches: Readonly<Record<string, Entry>> }>>;

/** Some megabytes: loaded where it is needed, from the disk. */
export async function loadBankDirectory(): Promise<BankDirectory> {
  // @ts-expect-error: the package states no types.
  const { default: directory } = await import('zengin-code');
  return directory as BankDirectory;
}

/** What is known of a bank and a branch by their codes. */
export interface KnownBranch {
  /** In kana of any width; empty where the directory does not know the code. */
  readonly bankKana: string;
  readonly branchKana: string;
  /** What somebody should look at: nothing of it keeps a transfer back. */
  readonly notices: readonly Text[];
}

export function branchIn(directory: BankDirectory, bankCode: string, branchCode: string): KnownBranch {
  const bank = entryOf(directory, bankCode);
  if (bank === undefined) {
    const notice = text(`銀行コード ${bankCode} が一覧にない`, `bank code ${bankCode} is not in the directory`);
    return { bankKana: '', branchKana: '', notices: [notice] };
  }
  const branch = entryOf(bank.branches, branchCode);
  const code = `${bankCode}-${branchCode}`;
  const unknown = text(
    `支店コード ${code}(${bank.name})が一覧にない`,
    `branch code ${code} (${bank.name}) is not in the directory`,
  );
  return {
    bankKana: bank.kana,
    branchKana: branch?.kana ?? '',
    notices: [
      ...renamed(bankCode, bank.name),
      ...(branch === undefined ? [unknown] : renamed(code, `${bank.name} ${branch.name}`)),
    ],
  };
}

/** Codes come from a file: `constructor` is no bank. */
const entryOf = <E>(entries: Readonly<Record<string, E>>, code: string): E | undefined =>
  Object.hasOwn(entries, code) ? entries[code] : undefined;

/** A code that somebody wrote down under another name may mean what it meant then: branch codes are given anew. */
function renamed(code: string, name: string): readonly Text[] {
  const before = RENAMED_CODES.get(code);
  if (before === undefined) return [];
  return [
    text(
      `${code} は今 ${name}(${RENAMED_SINCE} には ${before})`,
      `${code} is ${name} now (${before} on ${RENAMED_SINCE})`,
    ),
  ];
}
