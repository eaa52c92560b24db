import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { text } from '../../base/text.ts';
import { type OrderedTransfers, orderTransfers, type TransferRequest } from '../../disbursement/order-transfers.ts';
import { ORDERS_FILE } from '../../disbursement/orders.ts';
import { branchIn, DIRECTORY_DATE, loadBankDirectory } from '../../disbursement/zengin/bank-directory.ts';
import { readZengin } from '../../disbursement/zengin/read.ts';
import type { LineEnd } from '../../disbursement/zengin/write.ts';
import { locate } from '../../intake/bytes/file.ts';
import { readInstant } from '../../intake/values/dates.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { mayEnd, wholeInTurns } from '../../run/turns.ts';
import { Collected, type GivenOptions, oneOf } from '../options/given.ts';
import { readOutside } from '../options/outside-runs.ts';
import { readRequester, requesterFlag } from '../options/requester.ts';
import { runFolderWords } from '../options/run-folder.ts';
import { tellingFlags } from '../options/telling.ts';
import { type RunToSend, runToSend } from '../options/to-send.ts';
import { addIfFarFrom, readTransferDate, transferDateFlag } from '../options/transfer-date.ts';
import { orderProblems } from '../render/order-problems.ts';
import { readZenginJson, readZenginText } from '../render/zengin-read-text.ts';
import { type ToldTransfers, transfersJson, transfersText } from '../render/zengin-text.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import { orderFailureOf } from '../terminal/order-failure.ts';
import { shown } from '../terminal/path-problem.ts';
import { write } from '../terminal/terminal.ts';
import { addCommand, type Invocation } from './command.ts';

/** `zengin`: the bank transfers of a run as a file for the bank; `zengin read`: what such a file holds. */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  flags(made.argument('<run>', runFolderWords(t)), t).action((run: string, given: GivenOptions) =>
    zengin(run, given, invocation),
  );
  tellingFlags(made, t).addHelpText('after', `\n${t(EXAMPLES)}`);
  const read = addCommand(
    made,
    'read',
    text('総合振込ファイルの中身を示し、確かめる', 'show what a Zengin file holds, and check it'),
    t,
  );
  read
    .argument('<file>', t(text('総合振込ファイル', 'a Zengin file')))
    .action(async (file: string, _: GivenOptions, command: Command) => {
      process.exitCode = await readFile(file, command.optsWithGlobals(), invocation);
    });
  tellingFlags(read, t);
}

function flags(made: Command, t: Translate): Command {
  const option = (flag: string, ja: string, en: string): Option => new Option(flag, t(text(ja, en)));
  return made
    .addOption(transferDateFlag(t))
    .addOption(requesterFlag(t))
    .addOption(option('--out <file>', '書き出すファイル(必須)', 'the file to write (required)'))
    .addOption(
      option(
        '--line-end <which>',
        'レコードの区切り(none、crlf。既定 none)',
        'between records: none or crlf (default none)',
      ),
    )
    .addOption(
      option('--skip-unusable', '書けない支払を除いて書き出す', 'leave out the payouts that cannot be written'),
    )
    .addOption(
      option(
        '--again',
        '前に振込依頼に入れた支払も、もう一度入れる(二重払いに注意)',
        'take what was ordered before once more (it may be paid twice)',
      ),
    );
}

const EXAMPLES = text(
  `例:
  regionpay-reconcile zengin runs/RUN --transfer-date 2031-01-31 --requester requester.json --out zengin.txt
  # 銀行に渡す前に確かめる
  regionpay-reconcile zengin read zengin.txt`,
  `Examples:
  regionpay-reconcile zengin runs/RUN --transfer-date 2031-01-31 --requester requester.json --out zengin.txt
  # look at it before the bank gets it
  regionpay-reconcile zengin read zengin.txt`,
);

/** @throws CommandFailure */
async function zengin(run: string, given: GivenOptions, { t, signal }: Invocation): Promise<void> {
  const request = await readRequest(resolve(run), given, signal);
  const { out } = request;
  let ordered: OrderedTransfers;
  try {
    ordered = await wholeInTurns(orderTransfers(request), () => mayEnd(signal));
  } catch (error) {
    throw orderFailureOf(error, out);
  }
  const problems = orderProblems(ordered, shown(out));
  if (problems.length > 0) throw new CommandFailure(EXIT.refused, problems);
  const told: ToldTransfers = {
    ...ordered,
    ...request,
    file: shown(out),
    ordersFile: shown(resolve(request.seriesFolder, ORDERS_FILE)),
    directoryDate: DIRECTORY_DATE,
    payerNotices: branchIn(request.directory, request.payer.bankCode, request.payer.branchCode).notices,
  };
  if (given.json === true) await write(process.stdout, canonicalJson(transfersJson(told)));
  else if (given.quiet !== true) await write(process.stdout, transfersText(told, t));
}

const LINE_ENDS: readonly LineEnd[] = ['none', 'crlf'];

/** @throws CommandFailure with everything that is wrong with the options */
async function readRequest(folder: string, given: GivenOptions, signal: AbortSignal): Promise<TransferRequest> {
  const found = new Collected();
  const transferDate = readTransferDate(given.transferDate, found);
  const payer = readRequester(given.requester, found);
  const lineEnd = oneOf('--line-end', given.lineEnd, LINE_ENDS, found) ?? 'none';
  const out = readOut(given, folder, found);
  if (transferDate === undefined || payer === undefined || out === undefined || found.problems.length > 0)
    throw new CommandFailure(EXIT.usage, found.problems);
  const run = await runToSend(folder, signal);
  addIfFarFrom(asOfOf(run), transferDate, found);
  if (found.problems.length > 0) throw new CommandFailure(EXIT.usage, found.problems);
  return {
    seriesFolder: dirname(folder),
    rows: run.rows,
    policyId: run.manifest.policy.id,
    transferDate,
    payer,
    directory: await loadBankDirectory(),
    lineEnd,
    out,
    again: given.again === true,
    skipUnusable: given.skipUnusable === true,
  };
}

function asOfOf({ manifest }: RunToSend): number {
  const asOf = readInstant(manifest.asOf);
  if ('problem' in asOf) throw new Error('a manifest without an instant');
  return asOf.value;
}

function readOut({ out }: GivenOptions, folder: string, found: Collected): string | undefined {
  if (typeof out !== 'string')
    return found.add(
      'MISSING_OPTION',
      '--out',
      ['書き出すファイルの指定がありません', 'no file was named'],
      ['--out ファイル を足してください', 'add --out FILE'],
    );
  return readOutside(out, [folder], found);
}

/** Returns the exit code. */
async function readFile(file: string, given: GivenOptions, { t }: Invocation): Promise<number> {
  const found = locate(file, shown(file));
  if ('problem' in found) throw new CommandFailure(EXIT.refused, [found.problem]);
  const read = readZengin(readFileSync(file));
  if (given.json === true) await write(process.stdout, canonicalJson(readZenginJson(read)));
  else if (given.quiet !== true) await write(process.stdout, readZenginText(read, t));
  return read.faults.length > 0 ? EXIT.different : EXIT.done;
}
