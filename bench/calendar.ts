/** The benchmark's own clock: whole seconds since 2023-01-01 00:00 in Japan, and days since then. */
export const DAY = 86_400;
export const HOUR = 3_600;
export const MINUTE = 60;

/** The day of a date of 2023. */
export const dayOf = (month: number, date: number): number =>
  Math.round((Date.UTC(2023, month - 1, date) - Date.UTC(2023, 0, 1)) / (DAY * 1000));

export const OUTAGE_DAY = dayOf(2, 24);
export const OUTAGE_FROM = OUTAGE_DAY * DAY + 17 * HOUR + 45 * MINUTE;
/** The minute 22:15 is part of it. */
export const OUTAGE_TO = OUTAGE_DAY * DAY + 22 * HOUR + 16 * MINUTE;

const DATES: string[] = [];
export function dateText(day: number): string {
  const known = DATES[day];
  if (known !== undefined) return known;
  const made = new Date(Date.UTC(2023, 0, 1 + day)).toISOString().slice(0, 'yyyy-mm-dd'.length);
  DATES[day] = made;
  return made;
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** As exports write it: `2023-02-24T17:45:03+09:00`. */
export function instantText(second: number): string {
  const ofDay = second % DAY;
  const [hour, minute] = [Math.floor(ofDay / HOUR), Math.floor((ofDay % HOUR) / MINUTE)];
  return `${dateText(Math.floor(second / DAY))}T${two(hour)}:${two(minute)}:${two(ofDay % MINUTE)}+09:00`;
}
