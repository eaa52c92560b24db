import { Option } from 'commander';
import { text } from '../../base/text.ts';
import { payingAccountOf, type RequesterFile, requesterSchema } from '../../disbursement/zengin/requester.ts';
import type { PayingAccount } from '../../disbursement/zengin/transfer.ts';
import type { Translate } from '../terminal/language.ts';
import type { Collected, GivenOption } from './given.ts';
import { readJsonFile } from './json-file.ts';

export const requesterFlag = (t: Translate): Option =>
  new Option(
    '--requester <file>',
    t(
      text(
        '振込依頼人(委託者コード、名義、口座)の JSON ファイル(必須)',
        'a JSON file of who pays: code, name, account (required)',
      ),
    ),
  );

export function readRequester(path: GivenOption, found: Collected): PayingAccount | undefined {
  if (typeof path !== 'string')
    return found.add(
      'MISSING_OPTION',
      '--requester',
      ['振込依頼人の指定がありません', 'nobody was named who pays'],
      [
        '--requester ファイル を足してください。形は policy schema requester で見られます',
        'add --requester FILE; its shape: policy schema requester',
      ],
    );
  const read = readJsonFile<RequesterFile>(path, requesterSchema, 'REQUESTER');
  if ('value' in read) return payingAccountOf(read.value);
  found.problems.push(...read.problems);
  return undefined;
}
