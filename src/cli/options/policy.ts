import { existsSync } from 'node:fs';
import { Option } from 'commander';
import type { Problem } from '../../base/problem.ts';
import { text } from '../../base/text.ts';
import { impossibilitiesOf } from '../../policy/impossibilities.ts';
import { KAGOSHIMA } from '../../policy/kagoshima-2023-02-24.ts';
import { type Policy, policyOf } from '../../policy/policy.ts';
import { type PolicyFile, policyFileSchema } from '../../policy/policy-file.ts';
import { differenceWords, termDifferences } from '../../policy/term-differences.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import { Collected, type GivenOption } from './given.ts';
import { type JsonFile, readJsonFile } from './json-file.ts';

export const policyFlag = (t: Translate): Option =>
  new Option(
    '--policy <file>',
    t(text('policy ファイル(既定は鹿児島県の障害)', 'a policy file (default: the Kagoshima outage)')),
  );

export function readPolicy(path: GivenOption, found: Collected): Policy | undefined {
  if (typeof path !== 'string') return KAGOSHIMA;
  if (path === KAGOSHIMA.id && !existsSync(path)) return KAGOSHIMA;
  const read = meantPolicy(readJsonFile<PolicyFile>(path, policyFileSchema, 'POLICY'), path);
  if ('value' in read) return read.value;
  found.problems.push(...read.problems);
  return undefined;
}

/** The policy of a file that was read, if it can be meant. */
export function meantPolicy(read: JsonFile<PolicyFile>, path: string): JsonFile<Policy> {
  if ('problems' in read) return read;
  const policy = policyOf(read.value);
  const problems = [...blankTitle(read.value, path), ...impossible(policy, path), ...takenId(read.value, path)];
  return problems.length === 0 ? { value: policy } : { problems };
}

const impossible = (policy: Policy, path: string): readonly Problem[] =>
  impossibilitiesOf(policy).map(({ term, says }) => ({
    code: 'BAD_POLICY',
    where: `${path}: terms.${term}`,
    what: says,
    advice: text('お知らせの日付と見比べてください', 'compare it with the notice'),
  }));

/** It stands above every run. */
const blankTitle = ({ title }: PolicyFile, path: string): readonly Problem[] =>
  (['ja', 'en'] as const)
    .filter((language) => title[language].trim() === '')
    .map((language) => ({
      code: 'BAD_POLICY',
      where: `${path}: title.${language}`,
      what: text('空白だけにはできません', 'must not be blank'),
      advice: text('お知らせの名前を書いてください', 'write what the notice is called'),
    }));

/** What is called the built-in policy is that: with other terms, or another title, a run would be told as another\u2019s. */
function takenId({ id, title, terms }: PolicyFile, path: string): readonly Problem[] {
  if (id !== KAGOSHIMA.id) return [];
  const differing = termDifferences(KAGOSHIMA.file.terms, terms);
  if (differing.length > 0) {
    const [ja, en] = [differenceWords(differing).ja, differenceWords(differing).en];
    return [
      {
        code: 'BAD_POLICY',
        where: `${path}: id`,
        what: text(
          `組み込みの policy(${id})の id ですが、条件が違います: ${ja}`,
          `is the id of the built-in policy, whose terms are others: ${en}`,
        ),
        advice: OWN_ID,
      },
    ];
  }
  if (canonicalJson(title) === canonicalJson(KAGOSHIMA.title)) return [];
  return [
    {
      code: 'BAD_POLICY',
      where: `${path}: title`,
      what: text(
        `組み込みの policy(${id})と同じ id・同じ条件なのに、表題が違います`,
        `is another title than that of the built-in policy ${id}, whose id and terms the file has`,
      ),
      advice: text('表題を元に戻すか、別の id を付けてください', 'write its own title, or give the file another id'),
    },
  ];
}

const OWN_ID = text('別の id を付けてください', 'give the file an id of its own');

/** The policy that `--policy` names, for commands that take nothing else. @throws CommandFailure */
export function readPolicyOption(path: GivenOption): Policy {
  const found = new Collected();
  const policy = readPolicy(path, found);
  if (policy === undefined) throw new CommandFailure(EXIT.usage, found.problems);
  return policy;
}
