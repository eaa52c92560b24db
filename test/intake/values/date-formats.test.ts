import { UTCDate } from '@date-fns/utc';
import { format } from 'date-fns';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDate } from '../../../src/base/instants.ts';
import { type Profile, profileSchema } from '../../../src/intake/schema/profile.ts';
import { dateFormatFault } from '../../../src/intake/values/date-formats.ts';
import { isReadable, readByPattern, readDateByPattern } from '../../../src/intake/values/date-patterns.ts';
import { type Clock, JAPAN, readInstant } from '../../../src/intake/values/dates.ts';

const at = (written: string): number => {
  const read = readInstant(written);
  if ('problem' in read) throw new Error(`no instant: ${written}`);
  return read.value;
};

describe('a pattern of dates', () => {
  it.each([
    'yyyy/MM/dd',
    'yyyyMMdd',
    'yy.M.d',
    'd MMM yyyy',
    "yyyy'年'M'月'd'日'",
    'yyyy年MM月dd日',
    'uuuu-MM-dd',
    'yyyy/MM/dd HH:mm',
    'yyyyMMddHHmmss',
    'yyyyMMddHHmmssSSS',
    'yyyy/MM/dd hh:mm a',
    'yyyy/MM/dd ahh:mm',
    'dd.MM.yyyy H:mm:ss.SSS',
    "yyyy-MM-dd'T'HH:mm:ssXXX",
    'yyyy-MM-dd HH時mm分',
  ])('may be %s', (pattern) => {
    expect(dateFormatFault(pattern)).toBeUndefined();
    expect(isReadable(pattern)).toBe(true);
  });

  it.each<[string, string, string | undefined]>([
    // What other programs write for the same, and would be read to another day.
    ['yyyy/mm/dd', 'mm means minutes (months are MM); the month is missing', 'yyyy/MM/dd'],
    ['yyyy-mm-dd HH:mm', 'mm means minutes (months are MM); the month is missing', 'yyyy-MM-dd HH:mm'],
    ['yyyy/MM/dd HH:MM', 'MM means months (minutes are mm); the minute is missing', 'yyyy/MM/dd HH:mm'],
    ['yyyy/mm/dd HH:MM', 'mm means minutes (months are MM); MM means months (minutes are mm)', 'yyyy/MM/dd HH:mm'],
    [
      'YYYY/MM/DD',
      'YYYY is the year of a week (years are yyyy); DD is the day of the year (days are dd)',
      'yyyy/MM/dd',
    ],
    ['yyyy/MM/DD', 'DD is the day of the year (days are dd); the day is missing', 'yyyy/MM/dd'],
    ['yyyy/MM/dd hh:mm', 'the 12-hour clock (h) is without AM or PM (a)', 'yyyy/MM/dd HH:mm'],
    ['yyyy/MM/dd KK:mm', 'the 12-hour clock (h) is without AM or PM (a)', 'yyyy/MM/dd HH:mm'],
    ['yyyy/MM/dd HH:mm a', 'AM or PM (a) goes with the 12-hour clock (h)', 'yyyy/MM/dd hh:mm a'],
    ['yyyy/MM/dd hh:mm tt', 'tt is a count of seconds, no written date', 'yyyy/MM/dd hh:mm a'],
    ['yyyy/MM/dd hh:mm A', 'A is no token (AM and PM are a)', 'yyyy/MM/dd hh:mm a'],
    ['yyyy/MM/dd HH:mm:SS', 'SS means fractions of a second (seconds are ss)', 'yyyy/MM/dd HH:mm:ss'],
    ['yyyy/MM/dd kk:mm', 'kk counts hours from 1 to 24 (hours are HH)', 'yyyy/MM/dd HH:mm'],
    // What is missing.
    ['yyyy/MM', 'the day is missing', undefined],
    ['MM/dd', 'the year is missing', undefined],
    ['yyyy', 'the month is missing; the day is missing', undefined],
    ['HH:mm', 'the year is missing; the month is missing; the day is missing', undefined],
    ['yyyy/MM/dd HH', 'the minute is missing', undefined],
    ['yyyy/MM/dd ss', 'the hour is missing', undefined],
    ['', 'the year is missing; the month is missing; the day is missing', undefined],
    // What is no written date, or not the same everywhere.
    ['t', 't is a count of seconds, no written date', undefined],
    ['T', 'T is a count of seconds, no written date', undefined],
    ['P', 'P differs from language to language: write it out', undefined],
    ['Pp', 'P differs from language to language: write it out', undefined],
    ['RRRR-II-dd', 'RRRR is the year of a week (years are yyyy)', undefined],
    ['yyyy/MM/dd (EEE)', 'EEE is a weekday and to be left out', undefined],
    ['yyyy/MM/dd (iiii)', 'iiii is a weekday and to be left out', undefined],
    [
      "yyyy-MM-dd'T'HH:mm:ss'Z'",
      "'Z' would be passed over (an offset is X or XXX; where all have the same, say so by zone)",
      "yyyy-MM-dd'T'HH:mm:ssX",
    ],
    ["yyyy/MM/dd HH:mm 'UTC'", "'UTC' would be passed over", undefined],
    ["yyyy/MM/dd HH:mm'(UTC)'", "'(UTC)' would be passed over", undefined],
    ["yyyy/MM/dd HH:mm' UTC+0'", "' UTC+0' would be passed over", undefined],
    ["yyyy/MM/dd HH:mm' -03:00'", "' -03:00' would be passed over", undefined],
    ["yyyy-MM-dd'T'HH:mm:ss'.000Z'", "'.000Z' would be passed over", undefined],
    ["'H'yy.M.d", 'a year behind H would be one of our calendar', undefined],
    ["'R'y.M.d", 'a year behind R would be one of our calendar', undefined],
    ['令和y年M月d日', 'a year behind 令和 would be one of our calendar', undefined],
    ["'平成'yy年M月d日", 'a year behind 平成 would be one of our calendar', undefined],
    ['%Y/%m/%d %H:%M', 'is written as for strftime', 'yyyy/MM/dd HH:mm'],
    ['%d.%m.%y %I:%M %p', 'is written as for strftime', 'dd.MM.yy hh:mm a'],
    ['%c', 'is written as for strftime', undefined],
    ['yyyy-MM-dd HH:mm:ss+00:00', '+00:00 is only signs (an offset is XXX)', 'yyyy-MM-dd HH:mm:ssXXX'],
    ['yyyy-MM-ddTHH:mm', 'T is a count of seconds, no written date', "yyyy-MM-dd'T'HH:mm"],
    ['GGGGy年M月d日', 'GGGG cannot be used here', undefined],
    ['yyy/MM/dd', 'yyy cannot be used here', undefined],
  ])('may not be %j: %s', (pattern, words, meant) => {
    const fault = dateFormatFault(pattern)?.en ?? '';
    expect(fault).toContain(words);
    if (meant === undefined) expect(fault).not.toContain('did you mean');
    else expect(fault.endsWith(`did you mean ${meant}?`)).toBe(true);
    if (meant !== undefined) expect([dateFormatFault(meant), isReadable(meant)]).toEqual([undefined, true]);
  });

  it('that is taken reads back any date that date-fns writes by it', () => {
    const patterns = fc.constantFrom('yyyy/MM/dd HH:mm:ss', 'yyyyMMddHHmmss', 'd.M.yyyy h:mm:ss a', 'yy/M/d H:mm:ss');
    // Of earlier years two digits could be a year of Reiwa.
    const seconds = fc.integer({ min: Date.UTC(2014, 0, 1) / 1000, max: Date.UTC(2043, 0, 1) / 1000 });
    fc.assert(
      fc.property(patterns, seconds, (pattern, second) => {
        const written = format(new UTCDate(second * 1000), pattern);
        const clock: Clock = { ...JAPAN, aroundYear: 2023, zoneMinutes: 0 };
        expect(readByPattern(written, pattern, clock)).toEqual({ value: second * 1_000_000 });
      }),
    );
  });
});

describe('a value that is read by a pattern', () => {
  const clock: Clock = { ...JAPAN, aroundYear: 2023, lateHours: true };
  it.each([
    ['has a year of two digits near the policy\u2019s', '23/02/24 17:45', 'yy/MM/dd HH:mm', '2023-02-24 17:45'],
    [
      'has a year of two digits that are as near as a year of Reiwa',
      '14/02/24 17:45',
      'yy/MM/dd HH:mm',
      '2014-02-24 17:45',
    ],
    ['has a year of two digits up to twenty away', '43/02/24 17:45', 'yy/MM/dd HH:mm', '2043-02-24 17:45'],
    ['may have its words for AM and PM in Japanese', '2023/02/24 午後 05:45', 'yyyy/MM/dd a hh:mm', '2023-02-24 17:45'],
    ['may have noon as 午後 0:15', '2023/02/24 午後 0:15', 'yyyy/MM/dd a K:mm', '2023-02-24 12:15'],
    ['may have midnight as 午前 12:15', '2023/02/24 午前 12:15', 'yyyy/MM/dd a hh:mm', '2023-02-24 00:15'],
    [
      'may have a weekday in brackets that the pattern leaves out',
      '2023/02/24(金) 17:45',
      'yyyy/MM/dd HH:mm',
      '2023-02-24 17:45',
    ],
    ['may be late', '2023/02/24 24:30', 'yyyy/MM/dd HH:mm', '2023-02-25 00:30'],
    ['may be as late as shops are open', '2023/02/28 29:59', 'yyyy/MM/dd HH:mm', '2023-03-01 05:59'],
    ['may be late, with its weekday', '2023/02/24(金) 25:00', 'yyyy/MM/dd HH:mm', '2023-02-25 01:00'],
    ['has minutes that are no hour', '2023-02-24 17:25:03', 'yyyy-MM-dd HH:mm:ss', '2023-02-24 17:25:03'],
    ['has a day that is no hour', '24:02:2023 10:00', 'dd:MM:yyyy HH:mm', '2023-02-24 10:00'],
    [
      'has minutes that are no hour, by AM and PM',
      '2023/02/24 05:29:00 PM',
      'yyyy/MM/dd hh:mm:ss a',
      '2023-02-24 17:29:00',
    ],
    ['may be late behind one digit a part', '2023/2/4 25:29:24', 'yyyy/M/d H:mm:ss', '2023-02-05 01:29:24'],
    ['may be late without separators', '202302242930', 'yyyyMMddHHmm', '2023-02-25 05:30'],
    ['may be late behind a word', '2023年2月24日 24時25分', "yyyy'年'M'月'd'日' H'時'mm'分'", '2023-02-25 00:25'],
    [
      'may have its weekday between date and time, without a blank',
      '2023年2月24日(金)18時05分',
      'yyyy年M月d日H時mm分',
      '2023-02-24 18:05',
    ],
    ['may have its weekday without brackets', '2023年2月24日 金曜日 18:05', 'yyyy年M月d日 HH:mm', '2023-02-24 18:05'],
    ['may have its weekday in front', 'Fri, 24 Feb 2023 18:05', 'd MMM yyyy HH:mm', '2023-02-24 18:05'],
    [
      'may have noon as 午後0:30 by the clock of twelve hours',
      '2023/02/24 午後0:30',
      'yyyy/MM/dd ah:mm',
      '2023-02-24 12:30',
    ],
    [
      'may be late where a part has fewer digits than the pattern',
      '2023.2.24 24:30',
      'yyyy.MM.dd HH:mm',
      '2023-02-25 00:30',
    ],
    ['may have its weekday beside an offset', '2023/02/24(金) 00:30+0900', 'yyyy/MM/dd HH:mmxx', '2023-02-24 00:30'],
    ['may be full-width', '２０２３／０２／２４　１７：４５', 'yyyy/MM/dd HH:mm', '2023-02-24 17:45'],
  ])('%s', (_, raw, pattern, expected) => expect(readByPattern(raw, pattern, clock)).toEqual({ value: at(expected) }));

  it.each([
    ['of another day of the week', '2023/02/24(木) 17:45', 'yyyy/MM/dd HH:mm', 'WRONG_WEEKDAY'],
    [
      'of another day of the week, beside an offset',
      '2023/02/24(木) 00:30+0900',
      'yyyy/MM/dd HH:mmxx',
      'WRONG_WEEKDAY',
    ],
    ['too far from the policy\u2019s year', '9999/12/31 17:45', 'yyyy/MM/dd HH:mm', 'IMPLAUSIBLE_DATE'],
    ['of the first century', '0023/02/24 17:45', 'yyyy/MM/dd HH:mm', 'IMPLAUSIBLE_DATE'],
    ['later than any shop is open', '2023/02/24 30:00', 'yyyy/MM/dd HH:mm', 'BAD_INSTANT'],
    ['that the calendar does not have', '2023/02/30 17:45', 'yyyy/MM/dd HH:mm', 'BAD_INSTANT'],
    ['late, where it has an offset', '2023/02/24 24:30+09:00', 'yyyy/MM/dd HH:mmXXX', 'BAD_INSTANT'],
    ['of two digits a year that are nearer as a year of Reiwa', '05/02/24 17:45', 'yy/MM/dd HH:mm', 'SHORT_YEAR'],
    [
      'of two digits a year that are a little nearer as a year of Reiwa',
      '13/02/24 17:45',
      'yy/MM/dd HH:mm',
      'SHORT_YEAR',
    ],
    ['of a date alone', '2023/02/24', 'yyyy/MM/dd', 'DATE_WITHOUT_TIME'],
    ['in another form', '2023-02-24 17:45', 'yyyy/MM/dd HH:mm', 'BAD_INSTANT'],
  ])('is refused %s', (_, raw, pattern, expected) =>
    expect(readByPattern(raw, pattern, clock)).toEqual({ problem: expected }));

  it.each([
    ['that of Japan, of an instant with another offset', '2023-02-23 15:00Z', 'yyyy-MM-dd HH:mmX', '2023-02-24'],
    ['as it is written, with a time', '2023-02-24 23:59', 'yyyy-MM-dd HH:mm', '2023-02-24'],
    ['as it is written, in two digits', '230224', 'yyMMdd', '2023-02-24'],
  ])('is a date: %s', (_, raw, pattern, expected) => {
    const read = readDateByPattern(raw, pattern, clock);
    expect('value' in read ? formatDate(read.value) : read.problem).toBe(expected);
  });
});

describe('a profile', () => {
  const parse = (inputs: unknown) => profileSchema().safeParse({ schemaVersion: 1, id: 'x', inputs } as Profile);
  it.each([
    ['a date alone for dates', { issuance: { dateFormats: ['yyyy/MM/dd'] } }, true],
    ['a date alone for instants', { transactions: { dateFormats: ['yyyy/MM/dd'] } }, false],
    [
      'a date alone for instants, and its time',
      { transactions: { dateFormats: ['yyyy/MM/dd'], timeOfDatesAlone: '12:00' } },
      true,
    ],
    ['a time of 24:00', { transactions: { timeOfDatesAlone: '24:00' } }, false],
    ['a time with seconds', { transactions: { timeOfDatesAlone: '23:59:59' } }, true],
    ['the zone UTC', { transactions: { zone: 'UTC' } }, true],
    ['the zone JST', { transactions: { zone: 'JST' } }, true],
    ['a zone by its offset', { transactions: { zone: '-05:30' } }, true],
    ['Japan\u2019s zone in quotes', { transactions: { dateFormats: ["yyyy/MM/dd h:mm:ss a 'GMT+9'"] } }, true],
    ['Japan\u2019s offset in quotes', { transactions: { dateFormats: ["yyyy/MM/dd HH:mm:ss' +09:00'"] } }, true],
    ['a zone in quotes, and no zone', { transactions: { dateFormats: ["yyyy-MM-dd HH:mm:ss 'UTC'"] } }, false],
    [
      'a zone in quotes, and a zone',
      { transactions: { dateFormats: ["yyyy-MM-dd HH:mm:ss 'UTC'"], zone: 'UTC' } },
      true,
    ],
    ['a zone by its place', { transactions: { zone: 'Asia/Tokyo' } }, false],
    ['a zone that no place has', { transactions: { zone: '+15:00' } }, false],
    ['its own words for nothing', { transactions: { absent: ['X'] } }, true],
    ['no words for nothing', { transactions: { absent: [] } }, true],
    ['an empty word for nothing', { transactions: { absent: [''] } }, false],
    ['a key that is none', { transactions: { timezone: 'UTC' } }, false],
  ])('with %s is taken or not', (_, inputs, taken) => expect(parse(inputs).success).toBe(taken));
});
