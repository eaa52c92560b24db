import { existsSync } from 'node:fs';
import { Option } from 'commander';
import { text } from '../../base/text.ts';
import { KAGOSHIMA } from '../../policy/kagoshima-2023-02-24.ts';
import { type Policy, type PolicyFile, policyFileSchema, policyOf } from '../../policy/policy.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import { Collected, type GivenOption } from './given.ts';
import { readJsonFile } from './json-file.ts';

export const policyFlag = (t: Translate): Option =>
  new Option(
    '--policy <file>',
    t(text('policy ファイル(既定は鹿児島県の障害)', 'a policy file (default: the Kagoshima outage)')),
  );

export function readPolicy(path: GivenOption, found: Collected): Policy | undefined {
  if (typeof path !== 'string') return KAGOSHIMA;
  if (path === KAGOSHIMA.id && !existsSync(path)) return KAGOSHIMA;
  const read = readJsonFile<PolicyFile>(path, policyFileSchema, 'POLICY');
  if ('value' in read) {
    if (!isRetitled(read.value)) return policyOf(read.value);
    return found.add(
      'BAD_POLICY',
      `${path}: title`,
      [
        `組み込みの policy(${KAGOSHIMA.id})と同じ id・同じ条件なのに、表題が違います`,
        `is another title than that of the built-in policy ${KAGOSHIMA.id}, whose id and terms the file has`,
      ],
      ['表題を元に戻すか、別の id を付けてください', 'write its own title, or give the file another id'],
    );
  }
  found.problems.push(...read.problems);
  return undefined;
}

/** What is called the built-in policy and has its terms is that: under another title a run would be told as another\u2019s. */
function isRetitled(file: PolicyFile): boolean {
  const { title, ...own } = file;
  const { title: builtIn, ...built } = KAGOSHIMA.file;
  return canonicalJson(own) === canonicalJson(built) && canonicalJson(title) !== canonicalJson(builtIn);
}

/** The policy that `--policy` names, for commands that take nothing else. @throws CommandFailure */
export function readPolicyOption(path: GivenOption): Policy {
  const found = new Collected();
  const policy = readPolicy(path, found);
  if (policy === undefined) throw new CommandFailure(EXIT.usage, found.problems);
  return policy;
}
