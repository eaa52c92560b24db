/** Days are counted from the outage: 2023-02-24 is day 0. */
export type Day = number;

const OUTAGE = Date.UTC(2023, 1, 24);
const DAY_MS = 86_400_000;
const SECOND_OF = { hour: 3600, minute: 60 };

export const dateText = (day: Day): string => new Date(OUTAGE + day * DAY_MS).toISOString().slice(0, 10);
export const dayOf = (date: string): Day =>
  Math.round((Date.parse(`${date.slice(0, 10)}T00:00:00Z`) - OUTAGE) / DAY_MS);

/** A second of that day in Japan. */
export const instantText = (day: Day, second: number): string =>
  `${new Date(OUTAGE + day * DAY_MS + second * 1000).toISOString().slice(0, 19)}+09:00`;

export const clock = (hour: number, minute = 0, second = 0): number =>
  hour * SECOND_OF.hour + minute * SECOND_OF.minute + second;

export const asOfText = (night: Day): string => instantText(night, clock(2));

export const FIRST_NIGHT = dayOf('2023-02-25');
export const LAST_NIGHT = dayOf('2023-06-30');
/** The last day of the second extension; from the next one on points are paid. */
export const CUT_OFF_DAY = dayOf('2023-03-31');
export const FIRST_EXTENSION_DAY = dayOf('2023-02-26');
export const BANK_FROM_DAY = dayOf('2023-05-15');
export const RECEIVE_BY_DAY = dayOf('2023-05-31');
export const APPLICATIONS_OPEN_DAY = dayOf('2023-03-22');
export const POINTS_CLOSE_DAY = dayOf('2023-04-30');
