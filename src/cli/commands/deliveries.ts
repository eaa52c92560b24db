import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { formatInstant } from '../../base/instants.ts';
import type { Problem } from '../../base/problem.ts';
import { text } from '../../base/text.ts';
import { type Deliveries, deliveriesOf } from '../../disbursement/gift/deliveries.ts';
import { deliveryRows, type ReadAt, type ResultFile } from '../../disbursement/gift/delivery-rows.ts';
import { GIFT_ROUTES } from '../../disbursement/gift/gift-order.ts';
import type { Provider, ResultForm } from '../../disbursement/gift/provider.ts';
import { ORDERS_FILE, type Order, readOrders } from '../../disbursement/orders.ts';
import { inspect, locate, readAgain } from '../../intake/bytes/file.ts';
import { timeOf, zoneMinutesOf } from '../../intake/schema/profile.ts';
import { readInstant } from '../../intake/values/dates.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { csvBytes } from '../../publish/csv-bytes.ts';
import { mayEnd, wholeInTurns } from '../../run/turns.ts';
import { Collected, type GivenOptions } from '../options/given.ts';
import { providerFlag, readProvider } from '../options/provider.ts';
import { tellingFlags } from '../options/telling.ts';
import { type DeliveriesTold, deliveriesSummary, deliveriesText, deliveryProblem } from '../render/deliveries-text.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';
import type { Translate } from '../terminal/language.ts';
import { orderFailureOf } from '../terminal/order-failure.ts';
import { placeWhole } from '../terminal/placed-file.ts';
import { write } from '../terminal/terminal.ts';
import type { Invocation } from './command.ts';

/** `deliveries`: what a provider says of its gifts, as paid rows. */
export function declare(made: Command, invocation: Invocation): void {
  const { t } = invocation;
  made.argument('<file...>', t(text('業者の結果(CSV)', 'results of the provider (CSV)')));
  flags(providerFlag(made, t), t).action(async (files: string[], given: GivenOptions) => {
    process.exitCode = await deliveries(files, given, invocation);
  });
  tellingFlags(made, t).addHelpText('after', `\n${t(EXAMPLES)}`);
}

function flags(made: Command, t: Translate): Command {
  const option = (flag: string, ja: string, en: string): Option => new Option(flag, t(text(ja, en)));
  return made
    .addOption(
      option(
        '--out <file>',
        '支払済みの記録を書くファイル。run --paid に渡す(必須)',
        'the file for the paid rows, for run --paid (required)',
      ),
    )
    .addOption(
      option(
        '--series <dir>',
        '依頼の記録(orders.csv)のあるフォルダー。金額と ID を照合する',
        'the folder of orders.csv: amounts and ids are held against what was ordered',
      ),
    )
    .addOption(option('--replace', '--out にあるファイルを置き換える', 'replace what is at --out'));
}

const EXAMPLES = text(
  `例:
  regionpay-reconcile deliveries result.csv --provider gift.json --series runs --out paid/gift-1.csv
  regionpay-reconcile run --config run.json --paid 'paid/*.csv'`,
  `Examples:
  regionpay-reconcile deliveries result.csv --provider gift.json --series runs --out paid/gift-1.csv
  regionpay-reconcile run --config run.json --paid 'paid/*.csv'`,
);

interface DeliveriesRequest {
  readonly provider: Provider;
  readonly out: string;
  readonly series: string | undefined;
  readonly replace: boolean;
}

/** @throws CommandFailure with everything that is wrong with the options */
function readDeliveriesRequest(given: GivenOptions): DeliveriesRequest {
  const found = new Collected();
  const provider = readProvider(given.provider, found);
  if (typeof given.out !== 'string')
    found.add(
      'MISSING_OPTION',
      '--out',
      ['書き出すファイルの指定がありません', 'no file to write was given'],
      ['--out ファイル を足してください', 'add --out FILE'],
    );
  const series = typeof given.series === 'string' ? resolve(given.series) : undefined;
  if (series !== undefined && !existsSync(join(series, ORDERS_FILE)))
    found.add(
      'UNKNOWN_VALUE',
      `--series ${given.series}`,
      [`${ORDERS_FILE} がありません`, `holds no ${ORDERS_FILE}`],
      [
        '実行結果のフォルダーが並ぶ、依頼を作ったときの系列のフォルダーを指定してください',
        'give the folder that holds the run folders from which was ordered',
      ],
    );
  if (provider === undefined || found.problems.length > 0) throw new CommandFailure(EXIT.usage, found.problems);
  return { provider, out: resolve(String(given.out)), series, replace: given.replace === true };
}

/** Returns the exit code: whether something remains to be asked. @throws CommandFailure */
async function deliveries(files: readonly string[], given: GivenOptions, { t, signal }: Invocation): Promise<number> {
  const request = readDeliveriesRequest(given);
  const { provider, series } = request;
  const orders = series === undefined ? undefined : await ordersIn(series, signal);
  const made = await readDeliveries(files, provider.result, orders);
  placeWhole({ path: request.out, bytes: paidCsv(made) }, request.replace, PLACE_ELSEWHERE);
  const told: DeliveriesTold = { out: request.out, deliveries: made, unanswered: unansweredIn(made, provider, orders) };
  if (given.json === true) await write(process.stdout, canonicalJson(deliveriesSummary(told)));
  else if (given.quiet !== true || made.questions.length > 0) await write(process.stdout, deliveriesText(told, t));
  return made.questions.length > 0 ? EXIT.different : EXIT.done;
}

/** @throws CommandFailure, and what the signal was aborted with */
async function ordersIn(series: string, signal: AbortSignal): Promise<readonly Order[]> {
  try {
    return await wholeInTurns(readOrders(series), () => mayEnd(signal));
  } catch (error) {
    throw orderFailureOf(error, series);
  }
}

const PLACE_ELSEWHERE: readonly [string, string] = [
  '別の --out を指定してください(run --paid には両方を渡せます)。置き換えてよければ --replace',
  'give another --out (run --paid takes both), or --replace to replace it',
];

/** @throws CommandFailure with everything that is wrong with the files */
async function readDeliveries(
  paths: readonly string[],
  form: ResultForm,
  orders: readonly Order[] | undefined,
): Promise<Deliveries> {
  const files = await Promise.all(paths.map((path) => readResult(path, form)));
  const readAt = instantsOf(form);
  const read = files.map((file) =>
    'code' in file ? { rows: [], problems: [file] } : deliveryRows(file, form, readAt),
  );
  refuse(read.flatMap(({ problems }) => problems));
  const outcome = deliveriesOf(
    read.flatMap(({ rows }) => rows),
    orders,
  );
  if ('deliveries' in outcome) return outcome.deliveries;
  throw new CommandFailure(EXIT.refused, outcome.faults.map(deliveryProblem));
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new CommandFailure(EXIT.refused, problems);
}

async function readResult(path: string, { encoding }: ResultForm): Promise<ResultFile | Problem> {
  const name = basename(path);
  const found = locate(resolve(path), name);
  if ('problem' in found) return found.problem;
  const inspected = await inspect(found.location, { encoding });
  if ('problem' in inspected) return inspected.problem;
  const parts: Buffer[] = [];
  const failure = await readAgain(inspected.source, async (bytes) => {
    if (bytes instanceof Buffer) parts.push(bytes);
    else for await (const part of bytes) parts.push(part as Buffer);
  });
  return failure ?? { name, content: Buffer.concat(parts).toString('utf8') };
}

function instantsOf({ zone, timeOfDatesAlone }: ResultForm): ReadAt {
  const time = timeOf(timeOfDatesAlone);
  const clock = {
    zoneMinutes: zoneMinutesOf(zone),
    lateHours: false,
    ...(time === undefined ? {} : { timeOfDatesAlone: time }),
  };
  return (written) => {
    const read = readInstant(written, clock);
    return 'value' in read ? read.value : undefined;
  };
}

const paidCsv = ({ paid }: Deliveries): Uint8Array =>
  csvBytes(
    ['payout_id', 'amount_yen', 'sent_at', 'status'],
    paid.map(({ payoutId, amountYen, sentAt, status }) => [payoutId, String(amountYen), formatInstant(sentAt), status]),
  );

/** Ordered of this provider, and not told of. */
function unansweredIn(made: Deliveries, { id }: Provider, orders: readonly Order[] | undefined): readonly string[] {
  const told = new Set([
    ...made.paid.map(({ payoutId }) => payoutId),
    ...made.waiting,
    ...made.questions.map(({ payoutId }) => payoutId),
  ]);
  const own = (orders ?? []).filter(({ route, file }) => GIFT_ROUTES.includes(route) && file.startsWith(`${id}-`));
  return [...new Set(own.map(({ payoutId }) => payoutId))].filter((payoutId) => !told.has(payoutId)).sort();
}
