import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { verifyRun } from '../../src/audit/verify/verify.ts';
import type { Instant } from '../../src/base/instants.ts';
import { drained } from '../../src/base/steps.ts';
import { summaryFile } from '../../src/cli/render/summary-file.ts';
import { readInputs } from '../../src/intake/read-inputs.ts';
import { readInstant } from '../../src/intake/values/dates.ts';
import { KAGOSHIMA } from '../../src/policy/kagoshima-2023-02-24.ts';
import { archiveInputs } from '../../src/publish/archive.ts';
import { sha256 } from '../../src/publish/hash.ts';
import { withPaid } from '../../src/publish/paid-payouts.ts';
import { readPrevious, withCarried } from '../../src/publish/previous.ts';
import { runFiles } from '../../src/publish/run-files.ts';
import { openPublisher, type Publisher, type Step } from '../../src/publish/run-folder.ts';
import { settle, type WholeOutcome } from '../../src/settlement/settle.ts';
import { INPUT_KINDS, type InputKind } from '../../src/tables/tables.ts';
import { toldOf } from '../support/told-of.ts';
import { asOfText, type Day, dateText, dayOf, FIRST_NIGHT, LAST_NIGHT } from './calendar.ts';
import { Broken, Ledger, type Published } from './checks.ts';
import { Dice } from './dice.ts';
import { holdsRows } from './feed.ts';
import { Office } from './office.ts';
import { Provider } from './provider.ts';
import { type Meet, type NightInputs, type Row, World } from './world.ts';

/** Ways to break a run on purpose, so that tests can see the checks fail. */
export interface Sabotage {
  readonly carry?: typeof withCarried;
  readonly settled?: (outcome: WholeOutcome) => WholeOutcome;
  /** After it was published. */
  readonly folder?: (folder: string, night: Day) => void;
  /** After the machine stopped, before anybody looks. */
  readonly crashed?: (folder: string) => void;
}

export interface SimulationOptions {
  /** First and last night, as dates. */
  readonly from?: string;
  readonly to?: string;
  readonly sabotage?: Sabotage;
  /** Every so many nights keep their inputs and are executed again; 1 is every night. */
  readonly archiveEvery?: number;
  /** Where its files lie while it runs. */
  readonly folder?: string;
}

export interface Report {
  readonly seed: number;
  readonly nights: number;
  readonly runs: number;
  readonly crashes: number;
  readonly repeats: number;
  readonly replaced: number;
  readonly missed: number;
  readonly executedAgain: number;
  readonly payouts: number;
  readonly sentYen: number;
  /** Statuses, reasons and failures of delivery that were met, with the coupon-nights. */
  readonly met: Readonly<Record<string, number>>;
}

/** What nobody can check of a run that keeps no inputs. */
const NEEDS_INPUTS: ReadonlySet<string> = new Set(['inputs', 're-execution', 'statements']);

/** What went wrong, with what is needed to see it again. */
export class SimulationFailure extends Error {
  readonly seed: number;
  readonly night: string;
  constructor(seed: number, night: string, cause: unknown) {
    super(`seed ${seed}, night ${night}: ${(cause as Error).message}`, { cause });
    this.seed = seed;
    this.night = night;
  }
}

const PROGRAM = { name: 'regionpay-reconcile', version: '0.0.0', revision: 'simulation' };
/** The last nights bring nothing new, so that all can be answered and delivered. */
const QUIET_NIGHTS = 22;
const MEMORY_DISK = '/dev/shm';

/** Memory where there is some to write to: nothing here is to be kept, and every file is synced. */
export const fastFolder = (): string => (existsSync(MEMORY_DISK) ? MEMORY_DISK : tmpdir());

/** Lives through the nights of a seed. The same seed gives the same nights. @throws SimulationFailure */
export async function simulate(seed: number, options: SimulationOptions = {}): Promise<Report> {
  const folder = mkdtempSync(join(options.folder ?? fastFolder(), 'regionpay-simulation-'));
  const simulation = new Simulation(seed, folder, options);
  try {
    return await simulation.live();
  } catch (error) {
    throw new SimulationFailure(seed, dateText(simulation.night), error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The machine stops here. */
class Crash extends Error {}

interface Plan {
  readonly archive: boolean;
  readonly replace: boolean;
  /** The step at which the machine stops. */
  readonly crash: Step | undefined;
  /** Nothing is tidied up, and the lock stays, as after `kill -9`. */
  readonly hard: boolean;
}

class Simulation {
  night: Day = 0;
  private readonly seed: number;
  private readonly dice: Dice;
  private readonly runsFolder: string;
  private readonly inputsFolder: string;
  private readonly first: Day;
  private readonly last: Day;
  private readonly sabotage: Sabotage;
  private readonly archiveEvery: number;
  private readonly world: World;
  private readonly office: Office;
  private readonly provider: Provider;
  private readonly ledger: Ledger;
  private readonly counts = { runs: 0, crashes: 0, repeats: 0, replaced: 0, missed: 0, executedAgain: 0 };
  private readonly met = new Map<string, number>();
  private readonly written = new Map<string, string>();
  private previous: string | undefined;

  constructor(seed: number, folder: string, options: SimulationOptions) {
    this.seed = seed;
    this.dice = new Dice(seed, 'machine');
    this.first = options.from === undefined ? FIRST_NIGHT : dayOf(options.from);
    this.last = options.to === undefined ? LAST_NIGHT : dayOf(options.to);
    this.sabotage = options.sabotage ?? {};
    this.archiveEvery = options.archiveEvery ?? 13;
    this.runsFolder = join(folder, 'runs');
    this.inputsFolder = join(folder, 'inputs');
    mkdirSync(this.runsFolder);
    mkdirSync(this.inputsFolder);
    const quietFrom = this.last - QUIET_NIGHTS;
    this.world = new World(seed, quietFrom, this.meet);
    this.office = new Office(seed, quietFrom);
    this.provider = new Provider(
      seed,
      quietFrom,
      this.world.coupons.filter(({ inScope }) => inScope).map(({ number }) => number),
      this.meet,
    );
    this.ledger = new Ledger(this.provider, this.world);
  }

  async live(): Promise<Report> {
    let run: Published | undefined;
    for (this.night = 1; this.night <= this.last; this.night++) {
      run = this.night < this.first ? undefined : await this.liveNight();
      this.world.live(this.night, run);
    }
    this.night = this.last;
    if (run === undefined) throw new Error('no run on the last night');
    this.ledger.end(this.last, run);
    const { payoutCount: payouts, sentYen } = this.ledger;
    const nights = this.last - this.first + 1;
    return { seed: this.seed, nights, ...this.counts, payouts, sentYen, met: Object.fromEntries(this.met) };
  }

  /** One night, with all that a machine does to it. Undefined where it brought no run. */
  private async liveNight(): Promise<Published | undefined> {
    const { dice, night } = this;
    const isLast = night === this.last;
    const target = join(this.runsFolder, dateText(night));
    // Two nights in a row, so that the second links what the first has kept.
    const archive = (night + this.seed) % (2 * this.archiveEvery) < 2 || isLast;
    const plan: Plan = { archive, replace: false, crash: undefined, hard: dice.chance(0.5) };
    const [missed, crashes, twice, again] = [0.015, 0.07, 0.04, 0.06].map((chance) => dice.chance(chance));
    if (missed && !isLast) {
      // The machine was down, or stopped before it was done and nobody noticed: the next night follows an older one.
      this.counts.missed++;
      this.meet('night missed');
      if (dice.chance(0.5)) await this.abandon(target, plan);
      return undefined;
    }
    if (twice) {
      // The newest export came after the run: it is run again with it, in place of the first.
      await this.runAnyhow(target, this.inputsOf(true), { ...plan, crash: crashes ? this.stepOf(false) : undefined });
      const crash = dice.chance(0.5) ? this.stepOf(true) : undefined;
      const done = await this.runAnyhow(target, this.inputsOf(false), { ...plan, replace: true, crash });
      if (done === 'replaced') this.counts.replaced++;
      this.meet(`late export: ${done}`);
    } else {
      await this.runAnyhow(target, this.inputsOf(false), { ...plan, crash: crashes ? this.stepOf(false) : undefined });
    }
    if (again) {
      this.counts.repeats++;
      this.meet('run repeated');
      const done = await this.run(target, this.inputsOf(false), plan);
      if (done !== 'unchanged') throw new Broken('REPEAT', `an unchanged repeat was ${done}`);
    }
    this.sabotage.folder?.(target, night);
    const hidden = readdirSync(this.runsFolder).filter((name) => name.startsWith(`.${basename(target)}`));
    if (hidden.length > 0) throw new Broken('LEFT_BEHIND', hidden.join(' '));
    await this.verify(target, isLast);
    const published = readRun(target);
    this.ledger.night(night, published);
    this.count(published);
    this.previous = target;
    this.provider.take(night, published.payouts, published.eligibility);
    this.office.work(night, published.review);
    return published;
  }

  private async abandon(target: string, plan: Plan): Promise<void> {
    this.counts.crashes++;
    this.meet('night abandoned');
    await this.run(target, this.inputsOf(false), { ...plan, crash: 'staged', hard: true }).catch((error: unknown) => {
      if (!(error instanceof Crash)) throw error;
    });
    this.checkWholeOrNone(target, 'staged', undefined);
  }

  private stepOf(replaces: boolean): Step {
    return this.dice.pick(replaces ? ['staged', 'moved aside', 'moved aside', 'in place'] : ['staged', 'in place']);
  }

  // ----- A run ------------------------------------------------------------------------------------------------------------

  /** Runs, and where the machine stopped in between, runs again. */
  private async runAnyhow(target: string, inputs: NightInputs, plan: Plan): Promise<ReturnType<Publisher['publish']>> {
    if (plan.crash === undefined) return this.run(target, inputs, plan);
    const stood = existsSync(target) ? readFileSync(join(target, 'SHA256SUMS'), 'utf8') : undefined;
    try {
      const done = await this.run(target, inputs, plan);
      // Nothing to put in place where the night was the same, so that step was never reached.
      if (done === 'unchanged') return done;
      throw new Broken('CRASH', `no crash at ${plan.crash}`);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
    this.counts.crashes++;
    this.meet(`crash: ${plan.crash}, ${plan.hard ? 'the lock stays' : 'tidied up'}`);
    this.sabotage.crashed?.(target);
    this.checkWholeOrNone(target, plan.crash, stood);
    const done = await this.run(target, inputs, { ...plan, crash: undefined });
    if (plan.crash === 'in place' && done !== 'unchanged') throw new Broken('CRASH', `the repeat was ${done}`);
    return done;
  }

  private checkWholeOrNone(target: string, step: Step, stood: string | undefined): void {
    const now = existsSync(target) ? readFileSync(join(target, 'SHA256SUMS'), 'utf8') : undefined;
    const expected = step === 'staged' ? now === stood : step === 'moved aside' ? now === undefined : now !== undefined;
    if (!expected)
      throw new Broken('CRASH', `after a crash at "${step}" the folder is neither the old run nor the new`);
  }

  /** What `run` does (src/cli/commands/run.ts), in this process. */
  private async run(target: string, inputs: NightInputs, plan: Plan): Promise<ReturnType<Publisher['publish']>> {
    this.counts.runs++;
    const asOf = instantOf(asOfText(this.night));
    const publisher = openPublisher(target, (step) => {
      if (step === plan.crash) throw new Crash(step);
    });
    let crashed = false;
    try {
      const previous = this.previous === undefined ? undefined : drained(readPrevious(this.previous));
      const read = await readInputs({
        paths: this.write(inputs),
        profile: undefined,
        encoding: undefined,
        terms: KAGOSHIMA.terms,
        asOf,
      });
      if (!('tables' in read)) throw new Error(read.problems.map(({ where, code }) => `${where} ${code}`).join(', '));
      for (const { kind, dispositions } of read.tables.files)
        for (const [disposition, count] of Object.entries(dispositions))
          if (count !== undefined && count.rows > 0) this.meet(`${disposition} rows of ${kind}`);
      const carry = this.sabotage.carry ?? withCarried;
      const tables =
        previous === undefined ? read.tables : withPaid(read.tables, carry(read.tables.paid, previous.carried, asOf));
      const facts = { policy: KAGOSHIMA, asOf, countUnclaimed: false };
      const settled = settle({ ...facts, tables, digest: sha256 });
      const outcome = this.sabotage.settled?.(settled) ?? settled;
      if (outcome.problems.length > 0)
        throw new Broken('INVARIANT', outcome.problems.map(({ where, what }) => `${where}: ${what.en}`).join(', '));
      const archived = plan.archive
        ? await archiveInputs(publisher.staging, tables.files, read.paths, { folder: this.previous, sharing: 'link' })
        : undefined;
      if (archived?.some(({ name }) => statSync(join(publisher.staging, name)).nlink > 1)) this.meet('archive linked');
      const { files } = drained(
        runFiles({
          ...facts,
          outcome,
          written: toldOf(outcome, tables, facts.policy, facts.asOf),
          tables,
          profile: undefined,
          encoding: undefined,
          excel: false,
          // A page a week: it is made from the files alone, whatever the night.
          report: this.night % 7 === 0,
          allowPaidRowsGone: false,
          program: PROGRAM,
          archived,
          paidPayouts: [],
          unmatchedPaid: [],
          previous,
          summaryText: summaryFile,
        }),
      );
      await publisher.write(files);
      return publisher.publish(files, plan.replace);
    } catch (error) {
      crashed = error instanceof Crash && plan.hard;
      throw error;
    } finally {
      if (crashed) abandonLock(target);
      else publisher.close();
    }
  }

  private inputsOf(short: boolean): NightInputs {
    return {
      ...this.world.inputs(this.night, short),
      decisions: [this.office.file()].filter(holdsRows),
      paid: [this.provider.file(this.night)].filter(holdsRows),
    };
  }

  private write(inputs: NightInputs): Record<InputKind, string[]> {
    const pathsOf = (kind: InputKind) =>
      (inputs[kind] ?? []).map(({ name, content }) => {
        const path = join(this.inputsFolder, name);
        if (this.written.get(name) !== content) writeFileSync(path, content);
        this.written.set(name, content);
        return path;
      });
    return Object.fromEntries(INPUT_KINDS.map((kind) => [kind, pathsOf(kind)])) as Record<InputKind, string[]>;
  }

  // ----- Afterwards -------------------------------------------------------------------------------------------------------

  private async verify(folder: string, chain: boolean): Promise<void> {
    const { checks } = await verifyRun(folder, { program: PROGRAM, summaryText: summaryFile, chain });
    const archived = existsSync(join(folder, 'inputs'));
    if (archived) this.counts.executedAgain++;
    for (const { check, result, details } of checks) {
      const excused = !archived && NEEDS_INPUTS.has(check);
      if (result !== 'ok' && !(excused && result === 'not checked'))
        throw new Broken('VERIFY', `${basename(folder)} ${check} ${result}: ${details.map(({ en }) => en).join('; ')}`);
    }
  }

  private readonly meet: Meet = (what) => {
    this.met.set(what, (this.met.get(what) ?? 0) + 1);
  };

  private count({ eligibility, payouts, review, extensions, reinstatements }: Published): void {
    const { meet } = this;
    const parts = (cell: string | undefined, between: string) =>
      (cell ?? '').split(between).filter((each) => each !== '');
    for (const row of eligibility) {
      meet(`status ${row.status}`);
      for (const ground of parts(row.grounds, '+')) meet(`ground ${ground}`);
      for (const reason of parts(row.reasons, ' ')) meet(`reason ${reason}`);
      if (row.payout_id !== '' && Number(row.already_paid_yen) > 0) meet('top-up');
    }
    for (const row of review) meet(row.decision === '' ? 'review item open' : `review item ${row.decision}`);
    for (const payout of payouts) {
      meet(`route ${payout.route}`);
      if (parts(payout.coupons, ' ').length > 1) meet('payout for several coupons');
      if (this.ledger.isRetry(payout)) meet('retry');
    }
    if (extensions.length > 0) meet('expiry extended');
    if (reinstatements.length > 0) meet('balance to be put back');
  }
}

const instantOf = (text: string): Instant => {
  const instant = readInstant(text);
  if ('problem' in instant) throw new Error(`no instant: ${text}`);
  return instant.value;
};

/** The lock of a process that is gone: its number, if anybody has it now, began at another time. */
function abandonLock(target: string): void {
  const path = join(target, '..', `.${basename(target)}.lock`);
  const holder = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  // This process holds the file open: the one that is put there is held by nobody, as after the end of a process.
  rmSync(path);
  if (holder.started !== '') writeFileSync(path, JSON.stringify({ ...holder, started: '0' }));
}

/** A table in which nothing is quoted, as most are on most nights. */
function cut(content: string): readonly Row[] {
  const [header = [], ...rows] = content
    .slice(0, -1)
    .split('\n')
    .map((line) => line.split(','));
  return rows.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
}

function readRun(folder: string): Published {
  const rows = (name: string): readonly Row[] => {
    const path = join(folder, name);
    if (!existsSync(path)) return [];
    const content = readFileSync(path, 'utf8');
    return content.includes('"') ? parse(content, { columns: true, record_delimiter: '\n' }) : cut(content);
  };
  return {
    folder,
    payouts: rows('payouts.csv'),
    eligibility: rows('eligibility.csv'),
    review: rows('review.csv'),
    extensions: rows('extensions.csv'),
    reinstatements: rows('reinstatements.csv'),
    carried: rows('carried.csv'),
  };
}
