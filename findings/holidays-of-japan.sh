#!/bin/sh
# Where packages of Japanese holidays end, and what they say beyond: that there is none. By the law (国民の祝日に関する法律 第3条
# 第3項) a day between two holidays is one: 2032-09-21, between 敬老の日 (09-20) and 秋分の日 (09-22), as reckoned today.
# Shows, of pinned versions: date-holidays lacks that day; @holiday-jp/holiday_jp, whose table ends with 2050, says of every
# day from 2051 on that it is no holiday, New Year's Day included.
# Exits with 1 if any of it is no longer so. Needs Node.js and the npm registry.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund date-holidays@3.37.0 @holiday-jp/holiday_jp@2.5.1
cat > holidays.cjs <<'JS'
const holidayJp = require('@holiday-jp/holiday_jp');
const DateHolidays = require('date-holidays');

const japan = new DateHolidays('JP');
const publicDays = japan.getHolidays(2032).filter(({ type }) => type === 'public').map(({ date }) => date.slice(0, 10));
const seen = [
  ['date-holidays 3.37.0', '2032-09-20', publicDays.includes('2032-09-20'), true],
  ['date-holidays 3.37.0', '2032-09-21', publicDays.includes('2032-09-21'), false],
  ['date-holidays 3.37.0', '2032-09-22', publicDays.includes('2032-09-22'), true],
  ['@holiday-jp/holiday_jp 2.5.1', '2032-09-21', '2032-09-21' in holidayJp.holidays, true],
  ['@holiday-jp/holiday_jp 2.5.1', '2050-01-01', holidayJp.isHoliday(new Date(2050, 0, 1)), true],
  ['@holiday-jp/holiday_jp 2.5.1', '2051-01-01', holidayJp.isHoliday(new Date(2051, 0, 1)), false],
];
for (const [by, day, says, said] of seen)
  console.log(`${says === said ? 'as found' : 'CHANGED '}  ${by}: ${day} -> ${says ? 'a holiday' : 'none'}`);
process.exitCode = seen.every(([, , says, said]) => says === said) ? 0 : 1;
JS
node holidays.cjs
