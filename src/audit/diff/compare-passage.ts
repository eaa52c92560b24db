import { compareText } from '../../base/text.ts';
import { COMPARED_COLUMNS } from '../../publish/eligibility.ts';
import { type Cells, rowsThatDiffer } from '../record/records.ts';
import type { Passage } from './attribution.ts';
import {
  type Attribution,
  type Cause,
  type Changes,
  type CouponDifference,
  type DifferenceGroup,
  GROUPS,
  type Move,
  type Net,
  type RunComparison,
  type Step,
} from './difference.ts';

/** What a comparison of coupons comes to. */
export interface Tally
  extends Pick<RunComparison, 'coupons' | 'couponsDiffering' | 'money' | 'groups' | 'moves' | keyof Net> {
  readonly steps: Attribution['steps'];
}

type Count = { -readonly [Name in keyof Net]: number } & { coupons: number };
const none = (): Count => ({ coupons: 0, netYen: 0, netReinstateYen: 0, netKeptYen: 0 });

function count(total: Count, { netYen, netReinstateYen, netKeptYen }: Net): void {
  total.coupons++;
  total.netYen += netYen;
  total.netReinstateYen += netReinstateYen;
  total.netKeptYen += netKeptYen;
}

/**
 * Follows each coupon from the first file of a passage to the last. A step is the cause where the coupon's row changes;
 * as each step starts where the one before it ended, their yen add up.
 *
 * @param couldBe what a difference could come from, for a passage whose steps are not known
 */
export async function comparePassage(
  passage: Passage,
  couldBe: readonly Cause[],
  limit: number,
  signal?: AbortSignal,
): Promise<Tally> {
  const [total, groups] = [none(), Object.fromEntries(GROUPS.map((group) => [group, none()]))];
  const steps = passage.steps.map((step) => ({ ...step, ...none() }));
  const moves = new Moves();
  const coupons: CouponDifference[] = [];
  let money = false;
  for await (const rows of rowsThatDiffer(passage.files, signal)) {
    const whole = between(rows[0], rows.at(-1));
    if (whole === undefined) continue;
    const because: Step[] = [];
    for (const [index, step] of passage.steps.entries()) {
      const part = between(rows[index], rows[index + 1]);
      if (part === undefined) continue;
      because.push({ cause: step.cause, what: step.what, ...part, rows: [] });
      count(steps[index] ?? none(), part);
    }
    const group = groupOf(rows[0], rows.at(-1), whole);
    count(total, whole);
    count(groups[group] ?? none(), whole);
    moves.add(rows[0], rows.at(-1), whole);
    const moved = moneyIn(rows[0]) !== moneyIn(rows.at(-1));
    money ||= moved;
    if (coupons.length >= limit) continue;
    const couponNumber = (rows.at(-1) ?? rows[0])?.coupon_number ?? '';
    coupons.push({ couponNumber, group, money: moved, ...whole, because, couldBe });
  }
  const { coupons: couponsDiffering, ...net } = total;
  return { coupons, couponsDiffering, money, ...net, groups: groups as Tally['groups'], moves: moves.sorted(), steps };
}

/** From which status coupons went to which, and what that comes to. */
class Moves {
  private readonly found = new Map<string, Pick<Move, 'before' | 'after'> & Count>();

  add(was: Cells | undefined, is: Cells | undefined, net: Net): void {
    const [before, after] = [was?.status ?? '', is?.status ?? ''];
    const key = `${before}\n${after}`;
    const move = this.found.get(key) ?? { before, after, ...none() };
    this.found.set(key, move);
    count(move, net);
  }

  sorted(): readonly Move[] {
    return [...this.found.values()].sort((a, b) => compareText(a.before, b.before) || compareText(a.after, b.after));
  }
}

interface Between extends Net {
  readonly changes: Changes;
}

function between(before: Cells | undefined, after: Cells | undefined): Between | undefined {
  const changes: { -readonly [Name in keyof Changes]: Changes[Name] } = {};
  for (const column of COMPARED_COLUMNS) {
    const [was, is] = [before?.[column] ?? '', after?.[column] ?? ''];
    if (was !== is) changes[column] = { before: was, after: is };
  }
  const listed = (before === undefined) === (after === undefined);
  if (listed && Object.keys(changes).length === 0) return undefined;
  return {
    changes,
    netYen: yenIn(after, 'payable_yen') - yenIn(before, 'payable_yen'),
    netReinstateYen: yenIn(after, 'reinstate_yen') - yenIn(before, 'reinstate_yen'),
    netKeptYen: keptYen(after) - keptYen(before),
  };
}

const yenIn = (row: Cells | undefined, column: string): number => Number(row?.[column] ?? 0);

const KEPT: readonly string[] = ['extended', 'still_valid', 'in_review'];

/** What is left on a coupon that a ground lets its holder use, or that waits for a person; later it is payable. */
const keptYen = (row: Cells | undefined): number =>
  row?.grounds !== '' && KEPT.includes(row?.status ?? '') ? yenIn(row, 'residual_yen') : 0;

/**
 * What a coupon is worth to its holder: what is paid, was paid and is put back, and what is left on it where a ground
 * holds or is pending. All else is words.
 */
const moneyIn = (row: Cells | undefined): string =>
  [
    yenIn(row, 'payable_yen'),
    yenIn(row, 'already_paid_yen'),
    yenIn(row, 'reinstate_yen'),
    row?.grounds === '' && row.status !== 'pending' ? 0 : yenIn(row, 'residual_yen'),
  ].join(' ');

function groupOf(
  before: Cells | undefined,
  after: Cells | undefined,
  { netYen, netReinstateYen }: Between,
): DifferenceGroup {
  const [had, has] = [(before?.grounds ?? '') !== '', (after?.grounds ?? '') !== ''];
  if (!had && has) return 'newly eligible';
  if (had && !has) return 'no longer eligible';
  if (netYen < 0 && yenIn(after, 'already_paid_yen') - yenIn(before, 'already_paid_yen') >= -netYen) return 'paid';
  const net = netYen !== 0 ? netYen : netReinstateYen;
  if (net !== 0) return net > 0 ? 'more' : 'less';
  return before?.route !== after?.route && before !== undefined && after !== undefined ? 'moved' : 'otherwise';
}
