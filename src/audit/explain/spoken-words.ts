import { dayWords, momentWords, yenWords } from '../../base/figures.ts';
import { type CalendarDate, civilDate, dateOf, type Instant } from '../../base/instants.ts';
import { type Text, text } from '../../base/text.ts';
import type { Case } from '../../ledger/case.ts';
import type { Group } from '../../pairing/groups.ts';
import { type Terms, yearOf } from '../../policy/terms.ts';
import type { Payout } from '../../settlement/payouts.ts';
import type { SettledAmounts, Settlement } from '../../settlement/settlement.ts';
import type { DecisionRow } from '../../tables/tables.ts';
import type { EarlierPayment } from './payment-history.ts';

/** What is told of questions and their answers is made of this. */
export interface Deciding {
  /** Undefined of a coupon that is no case. */
  readonly facts: Case | undefined;
  readonly settlement: Settlement;
  readonly terms: Terms;
  readonly asOf: Instant;
  /** The accepted decisions, by review id. */
  readonly decided: ReadonlyMap<string, readonly DecisionRow[]>;
  /** Who decided, and the note, are told too. */
  readonly namesDecider: boolean;
}

/** What is read out to the holder of a case is made of this. */
export interface Told extends Deciding {
  readonly facts: Case;
  readonly amounts: SettledAmounts;
  readonly payments: readonly EarlierPayment[];
  /** The payout of this run that the coupon is part of. */
  readonly payout: Payout | undefined;
}

type Dated = Pick<Told, 'terms' | 'asOf'>;

/** Said of no date is the year of the outage, for as long as it is this year too: later "31 March" would be the next one. */
export const understoodYear = ({ terms, asOf }: Dated): number | undefined =>
  civilDate(dateOf(asOf)).year === yearOf(terms) ? yearOf(terms) : undefined;

export const spokenDay = (date: CalendarDate, told: Dated): Text => dayWords(date, understoodYear(told));

export const spokenDayOf = (instant: Instant, told: Dated): Text => spokenDay(dateOf(instant), told);

/** A group of payments by what its holder knows of it: when, and how much. Shops have numbers only. */
export function spokenPayments({ payments, amountYen }: Group, told: Dated): Text {
  const at = momentWords(payments[0]?.occurredAt ?? 0, understoodYear(told));
  const yen = yenWords(amountYen);
  return payments.length === 1
    ? text(`${at.ja}の${yen.ja}のお支払い`, `the payment of ${yen.en} on ${at.en}`)
    : text(
        `${at.ja}からの${yen.ja}のお支払い${payments.length}件`,
        `the ${payments.length} payments of ${yen.en} from ${at.en} on`,
      );
}

/** A sentence begins with a capital. */
export const capital = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);
