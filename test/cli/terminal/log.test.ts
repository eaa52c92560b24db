import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/base/text.ts';
import { translateTo } from '../../../src/cli/terminal/language.ts';
import { type LogEvent, type LogFacts, type LogFormat, openLog } from '../../../src/cli/terminal/log.ts';

function logged(language: Language, format: LogFormat, event: LogEvent, facts?: LogFacts): string {
  const lines: string[] = [];
  const destination = new Writable({
    write: (line, _, done) => {
      lines.push(String(line));
      done();
    },
  });
  openLog('info', format, translateTo(language), destination).info(event, facts);
  return stripVTControlCharacters(lines.join(''));
}

describe('a log line', () => {
  it.each<[Language, string]>([
    ['en', 'INFO: read: file a.csv, rows 1,003, rejected 0, encoding utf-8\n'],
    ['ja', 'INFO: 読みました: ファイル a.csv、行 1,003、読めない行 0、文字コード utf-8\n'],
  ])('is for people to read (%s)', (language, expected) => {
    const facts = { file: 'a.csv', rows: 1003, rejected: 0, encoding: 'utf-8' };
    const line = logged(language, 'text', 'read', facts);
    expect(line.replace(/^\[\d\d:\d\d:\d\d\] /, '')).toBe(expected);
  });

  it('may be an event alone', () => {
    expect(logged('ja', 'text', 'published')).toMatch(/ INFO: 書き出しました\n$/);
  });

  it.each<Language>(['en', 'ja'])('has one form for machines (%s)', (language) => {
    const line = JSON.parse(logged(language, 'json', 'rows to disk', { folder: 'here' })) as object;
    expect(line).toEqual({ level: 30, time: expect.any(String), folder: 'here', msg: 'rows to disk' });
  });
});
