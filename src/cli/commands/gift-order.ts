import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type CalendarDate, dateOf, formatDate } from '../../base/instants.ts';
import { text } from '../../base/text.ts';
import { withPresentIds } from '../../disbursement/earlier-payout-ids.ts';
import { type GiftOrder, giftOrder } from '../../disbursement/gift/gift-order.ts';
import type { Provider } from '../../disbursement/gift/provider.ts';
import { appendOrders, lockOrders, type Order, readOrders } from '../../disbursement/orders.ts';
import { placeFiles, whatIsAt } from '../../disbursement/placed-files.ts';
import { readDate, readInstant } from '../../intake/values/dates.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { sha256 } from '../../publish/hash.ts';
import { mayEnd, wholeInTurns } from '../../run/turns.ts';
import { Collected, type GivenOptions } from '../options/given.ts';
import { addMissingFolder } from '../options/output.ts';
import { providerFlag, readProvider } from '../options/provider.ts';
import { runFolderWords } from '../options/run-folder.ts';
import { tellingFlags } from '../options/telling.ts';
import { type RunToSend, runToSend } from '../options/to-send.ts';
import { giftOrderSummary, giftOrderText, type OrderTold, unusableProblem } from '../render/gift-order-text.ts';
import { grouped } from '../render/yen-words.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import { orderFailureOf } from '../terminal/order-failure.ts';
import { problem } from '../terminal/path-problem.ts';
import { write } from '../terminal/terminal.ts';
import type { Invocation } from './command.ts';

/** `gift-order`: the bulk order of gifts for what is paid by URL. */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  made.argument('<run>', runFolderWords(t));
  flags(providerFlag(made, t), t).action((run: string, given: GivenOptions) => order(run, given, invocation));
  tellingFlags(made, t).addHelpText('after', `\n${t(EXAMPLES)}`);
}

function flags(made: Command, t: Translate): Command {
  const option = (flag: string, ja: string, en: string): Option => new Option(flag, t(text(ja, en)));
  return made
    .addOption(
      option(
        '--out <place>',
        '依頼ファイルを書くフォルダー。一つにまとまるなら .csv で終わる名前も(必須)',
        'the folder for the files of the order; if it is one file, a name that ends in .csv too (required)',
      ),
    )
    .addOption(
      option(
        '--order-date <date>',
        '依頼する日(既定は実行の基準日)。この日に送れるものだけを依頼する',
        'the day of the order (default: the as-of of the run); only what may be sent on it is ordered',
      ),
    )
    .addOption(
      option(
        '--skip-unusable',
        '業者が送れない支払を除いて依頼する',
        'leave out what the provider cannot send, and order the rest',
      ),
    )
    .addOption(
      option(
        '--trust-numbers',
        '携帯電話として存在しないはずの番号にも依頼する(番号計画が変わったばかりのとき)',
        'order to numbers that no mobile phone should have (where the numbering plan has just changed)',
      ),
    )
    .addOption(
      option(
        '--up-to-limit',
        '一回の上限(mostYenPerOrder)に収まる分だけを依頼する',
        'order no more than the limit of an order (mostYenPerOrder) lets through',
      ),
    )
    .addOption(
      option(
        '--again [what...]',
        '依頼済みの支払をもう一度依頼する(二重払いに注意)。支払 ID か依頼ファイルの名前で絞れる',
        'order once more what was ordered before (it may be paid twice); only some, by payout ids or names of order files',
      ),
    );
}

const EXAMPLES = text(
  `例:
  regionpay-reconcile gift-order runs/RUN --provider gift.json --out orders
  # 送れないものを除き、残りを依頼する
  regionpay-reconcile gift-order runs/RUN --provider gift.json --out orders --skip-unusable`,
  `Examples:
  regionpay-reconcile gift-order runs/RUN --provider gift.json --out orders
  # leave out what cannot be sent, and order the rest
  regionpay-reconcile gift-order runs/RUN --provider gift.json --out orders --skip-unusable`,
);

interface OrderRequest {
  readonly provider: Provider;
  readonly out: string;
  readonly orderDate: CalendarDate | undefined;
  readonly skipUnusable: boolean;
  readonly trustNumbers: boolean;
  readonly upToLimit: boolean;
  /** Payout ids and names of files; or everything that was ordered. */
  readonly again: readonly string[] | 'everything';
}

/** @throws CommandFailure with everything that is wrong with the options */
function readOrderRequest(given: GivenOptions, run: string): OrderRequest {
  const found = new Collected();
  const provider = readProvider(given.provider, found);
  const orderDate = readOrderDate(given.orderDate, found);
  if (typeof given.out !== 'string') addMissingFolder(found);
  else if (isInside(resolve(given.out), run)) addInsideRun(given.out, found);
  if (provider === undefined || found.problems.length > 0) throw new CommandFailure(EXIT.usage, found.problems);
  return {
    provider,
    out: resolve(String(given.out)),
    orderDate,
    skipUnusable: given.skipUnusable === true,
    trustNumbers: given.trustNumbers === true,
    upToLimit: given.upToLimit === true,
    again: given.again === true ? 'everything' : Array.isArray(given.again) ? given.again : [],
  };
}

const isInside = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return !way.startsWith('..') && resolve(way) !== way;
};

const addInsideRun = (out: string, found: Collected): undefined =>
  found.add(
    'UNKNOWN_VALUE',
    `--out ${out}`,
    ['実行結果のフォルダーの中には書けません', 'is inside the run folder'],
    [
      'フォルダーの外を指定してください。中に置くと verify が不一致になります',
      'name a place outside of it: with a file more in it the run would not verify',
    ],
  );

function readOrderDate(value: GivenOptions[string], found: Collected): CalendarDate | undefined {
  if (value === undefined) return undefined;
  const date = readDate(String(value));
  if ('value' in date) return date.value;
  return found.add(
    'BAD_ORDER_DATE',
    `--order-date ${String(value)}`,
    ['日付として読めません', 'is no date'],
    ['2031-01-31 のように書いてください', 'write 2031-01-31'],
  );
}

/** @throws CommandFailure */
async function order(run: string, given: GivenOptions, { t, signal }: Invocation): Promise<void> {
  const request = readOrderRequest(given, resolve(run));
  let told: OrderTold;
  try {
    told = await wholeInTurns(ordered(await runToSend(resolve(run), signal), request), () => mayEnd(signal));
  } catch (error) {
    throw orderFailureOf(error, request.out);
  }
  if (given.json === true) await write(process.stdout, canonicalJson(giftOrderSummary(told)));
  else if (given.quiet !== true) await write(process.stdout, giftOrderText(told, t));
}

/** In steps; nobody else orders in the series meanwhile. @throws CommandFailure, Locked, DamagedOrders, or the system's own error */
function* ordered(run: RunToSend, request: OrderRequest): Generator<undefined, OrderTold> {
  const orderedOn = orderDateOf(request, run);
  const series = dirname(run.folder);
  const lock = lockOrders(series);
  try {
    const before = yield* withPresentIds(yield* readOrders(series), run.rows, run.manifest.policy.id);
    const orderedBefore = new Set(before.map(({ payoutId }) => payoutId));
    for (const payoutId of againIn(request.again, before)) orderedBefore.delete(payoutId);
    const { provider, trustNumbers } = request;
    const made = yield* giftOrder(run.rows, { provider, orderedOn, orderedBefore, trustNumbers });
    refuseIncomplete(made, request, before);
    const files = placesOf(made, request.out);
    place(files, run, request);
    return { provider: provider.id, orderedOn: formatDate(orderedOn), order: made, files };
  } finally {
    lock.release();
  }
}

/** @throws CommandFailure */
function orderDateOf({ orderDate }: OrderRequest, { manifest }: RunToSend): CalendarDate {
  const asOf = readInstant(manifest.asOf);
  if ('problem' in asOf) throw new Error('a manifest without an instant');
  const first = dateOf(asOf.value);
  if (orderDate === undefined || orderDate >= first) return orderDate ?? first;
  const found = new Collected();
  found.add(
    'BAD_ORDER_DATE',
    `--order-date ${formatDate(orderDate)}`,
    [`実行の基準日 ${formatDate(first)} より前です`, `is before ${formatDate(first)}, the as-of of the run`],
    ['基準日かその後の日を指定してください', 'give that day, or a later one'],
  );
  throw new CommandFailure(EXIT.usage, found.problems);
}

/** The payouts that may be ordered once more. @throws CommandFailure for what was never ordered */
function againIn(again: OrderRequest['again'], before: readonly Order[]): readonly string[] {
  if (again === 'everything') return before.map(({ payoutId }) => payoutId);
  const found = new Collected();
  const payoutIds = again.flatMap((each) => {
    const meant = before.filter(({ payoutId, file }) => payoutId === each || file === each);
    if (meant.length === 0)
      found.add(
        'UNKNOWN_VALUE',
        `--again ${each}`,
        ['依頼の記録にありません', 'is neither a payout nor a file that was ordered'],
        ['orders.csv にある payout_id か file を指定してください', 'give a payout_id or a file of orders.csv'],
      );
    return meant.map(({ payoutId }) => payoutId);
  });
  if (found.problems.length > 0) throw new CommandFailure(EXIT.usage, found.problems);
  return payoutIds;
}

/** @throws CommandFailure where an order would leave out what nobody has agreed to leave out */
function refuseIncomplete(made: GiftOrder, request: OrderRequest, before: readonly Order[]): void {
  const { unusable, leftOut, ordered } = made;
  if (unusable.length > 0 && !request.skipUnusable)
    throw new CommandFailure(
      EXIT.refused,
      unusable.map(({ payout, why }) => unusableProblem(payout, why)),
    );
  const over = leftOut['over the limit'];
  if (over.length > 0 && !request.upToLimit) throw new CommandFailure(EXIT.refused, [tooLarge(made, request)]);
  const again = new Set(leftOut['ordered before'].map(({ payoutId }) => payoutId));
  if (ordered.length > 0 || again.size === 0) return;
  const files = [...new Set(before.filter(({ payoutId }) => again.has(payoutId)).map(({ file }) => file))];
  throw new CommandFailure(
    EXIT.refused,
    files.map((file) =>
      problem(
        'ALREADY_ORDERED',
        file,
        [
          '送る日が来ている支払は、すべてこのファイルなどで依頼済みです',
          'all that is due was ordered before, in this file',
        ],
        [
          `業者の結果を待ち、deliveries で読んでください。ファイルを業者に渡していないと確かめられたら --again ${file}`,
          `wait for the provider\u2019s result and read it with deliveries; if the file was certainly never handed over, --again ${file}`,
        ],
      ),
    ),
  );
}

function tooLarge({ ordered, leftOut }: GiftOrder, { provider, out }: OrderRequest) {
  const yen = [...ordered, ...leftOut['over the limit']].reduce((sum, { amountYen }) => sum + amountYen, 0);
  const most = provider.mostYenPerOrder ?? 0;
  return problem(
    'ORDER_TOO_LARGE',
    out,
    [
      `合計 ${grouped(yen)}円は、一回の上限 ${grouped(most)}円を超えます`,
      `${grouped(yen)} yen in all are more than the ${grouped(most)} that an order may come to`,
    ],
    [
      '収まる分だけを先に依頼するなら --up-to-limit、上限が変わったなら業者プロファイルの mostYenPerOrder を直してください',
      'give --up-to-limit to order as much as fits, or mend mostYenPerOrder in the provider profile if the limit has changed',
    ],
  );
}

/** Where each file goes. @throws CommandFailure where there is no such place */
function placesOf({ files }: GiftOrder, out: string): OrderTold['files'] {
  const isFile = out.toLowerCase().endsWith('.csv') && !(existsSync(out) && statSync(out).isDirectory());
  if (isFile && files.length > 1)
    throw new CommandFailure(EXIT.usage, [
      problem(
        'UNKNOWN_VALUE',
        out,
        [`依頼は ${files.length} 個のファイルになります`, `the order comes to ${files.length} files`],
        ['--out にフォルダーを指定してください', 'give --out a folder'],
      ),
    ]);
  return files.map((file) => ({ path: isFile ? out : join(out, file.name), sha256: sha256(file.bytes), file }));
}

/** Notes the orders and puts the files in place. @throws CommandFailure, DamagedOrders, or the system's own error */
function place(files: OrderTold['files'], { folder, manifest }: RunToSend, { orderDate }: OrderRequest): void {
  const placed = files.map(({ path, file }) => ({ path, bytes: file.bytes }));
  const taken = placed.filter((file) => whatIsAt(file) === 'other');
  if (taken.length > 0)
    throw new CommandFailure(
      EXIT.refused,
      taken.map(({ path }) =>
        problem(
          'FILE_EXISTS',
          path,
          [
            '別の内容のファイルがすでにあります。依頼ファイルは上書きしません',
            'another file is there, and a file of an order is never overwritten',
          ],
          ['別の --out を指定してください', 'give another --out'],
        ),
      ),
    );
  const orderedAt = orderDate === undefined ? manifest.asOf : formatDate(orderDate);
  const orders = files.flatMap(({ path, sha256: fileSha256, file }) =>
    [...new Set(file.gifts.map(({ payout }) => payout))].map(({ payoutId, route, amountYen }) => ({
      payoutId,
      route,
      amountYen,
      orderedAt,
      file: basename(path),
      fileSha256,
    })),
  );
  if (orders.length > 0) placeFiles(placed, () => appendOrders(dirname(folder), orders));
}
