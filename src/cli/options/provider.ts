import { type Command, Option } from 'commander';
import { text } from '../../base/text.ts';
import { type Provider, providerSchema } from '../../disbursement/gift/provider.ts';
import type { Translate } from '../terminal/language.ts';
import type { Collected, GivenOption } from './given.ts';
import { readJsonFile } from './json-file.ts';

export const providerFlag = (made: Command, t: Translate): Command =>
  made.addOption(
    new Option(
      '--provider <file>',
      t(
        text(
          '業者プロファイル(一括依頼と結果の形を書いた JSON。必須)',
          'the provider profile: how its bulk orders and results are written, as JSON (required)',
        ),
      ),
    ),
  );

export function readProvider(path: GivenOption, found: Collected): Provider | undefined {
  if (typeof path !== 'string')
    return found.add(
      'MISSING_OPTION',
      '--provider',
      ['業者プロファイルの指定がありません', 'no provider profile was given'],
      [
        '--provider ファイル を足してください。形は policy schema provider で見られます',
        'add --provider FILE; the expected shape: policy schema provider',
      ],
    );
  const read = readJsonFile<Provider>(path, providerSchema, 'PROVIDER');
  if ('value' in read) return read.value;
  found.problems.push(...read.problems);
  return undefined;
}
