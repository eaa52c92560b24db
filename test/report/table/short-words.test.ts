import { expect, test } from 'vitest';
import { text } from '../../../src/base/text.ts';
import { shortWords } from '../../../src/report/table/short-words.ts';

test.each([
  [text('残高が足りない。確かめてください', 'not enough; look into it'), text('残高が足りない', 'not enough')],
  [
    text('使えない行(読めない)がある。直す', 'a row (unreadable) is there; mend it'),
    text('使えない行がある', 'a row is there'),
  ],
  [text('申請期限切れ', 'lapsed'), text('申請期限切れ', 'lapsed')],
])('%j', (words, short) => {
  expect(shortWords(words)).toEqual(short);
});
