import { expect, test } from 'vitest';
import { csv, HEADERS, read } from '../read-files.ts';

const R = 'R0123456789abcdef';

/** A row behind review_id and evidence_hash; what becomes of it (2-data.md, "Review decisions"). */
const CASES: readonly (readonly [string, string, 'undecided' | 'answered' | 'read' | string])[] = [
  ['nothing', ',,,', 'undecided'],
  ['a note only: somebody is at it', ',,,店に照会中', 'undecided'],
  ['a name that was filled down', ',佐藤,,', 'undecided'],
  ['what review.csv shows of a stale one', 'stale,,,', 'undecided'],
  ['what it shows where a second person is waited for', 'needs_second,,,', 'undecided'],
  ['what it shows of an approved one', 'approved,,,', 'answered'],
  ['the same in Japanese', '却下済み,,,', 'answered'],
  ['the same, signed', 'approved,佐藤,2023/5/9 10:00,', 'read'],
  ['an answer', '承認,佐藤,2023/5/9 10:00,', 'read'],
  ['an answer that nobody has signed', 'approve,,,', 'MISSING_VALUE'],
  ['a time, and no answer', ',佐藤,2023/5/9 10:00,', 'MISSING_VALUE'],
  ['no time', 'approve,佐藤,,', 'MISSING_VALUE'],
  ['a signed word that is no answer', 'stale,佐藤,2023/5/9 10:00,', 'BAD_VALUE'],
  ['another word', 'はい,佐藤,2023/5/9 10:00,', 'BAD_VALUE'],
];

test.each(CASES)('%s', async (_, cells, expected) => {
  for (const reader of ['bytes', 'csv-parse'] as const) {
    const { tables } = await read({ decisions: csv('decisions', `${R},abc,${cells}`) }, { reader });
    const [file] = tables?.files.filter(({ kind }) => kind === 'decisions') ?? [];
    const became = [
      ...Object.keys(file?.passedOver ?? {}),
      ...(tables?.decisions.map(() => 'read') ?? []),
      ...(tables?.rejects.map(({ code }) => code) ?? []),
    ];
    expect([...new Set(became)]).toEqual([expected]);
    // What is passed over counts for no row.
    expect(file?.rowsRead).toBe(expected === 'undecided' || expected === 'answered' ? 0 : 1);
    expect(tables?.answered).toEqual(expected === 'answered' ? [R] : []);
  }
});

test('what is passed over is forgotten where a file is read anew', async () => {
  // A quote out of place in the second half is for the other reader, which begins at the first record.
  const rows = [`${R},abc,approved,,,`, `${R},abc,,,,`, 'R1,abc,approve,sato,2023-05-09T10:00:00+09:00,"a'];
  const { problems } = await read({ decisions: `${[HEADERS.decisions, ...rows].join('\n')}\n` });
  expect(problems.map(({ code }) => code)).toEqual(['QUOTE_NEVER_CLOSED']);
  const mended = await read({ decisions: `${[HEADERS.decisions, ...rows].join('\n')}"\n` });
  expect(mended.tables?.answered).toEqual([R]);
  expect(mended.tables?.files.find(({ kind }) => kind === 'decisions')?.passedOver).toEqual({
    answered: 1,
    undecided: 1,
  });
});
