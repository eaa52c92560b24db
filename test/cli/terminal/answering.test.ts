import { expect, it, test } from 'vitest';
import type { OpenQuestion } from '../../../src/audit/record/questions.ts';
import { type At, answerQuestions, type Key } from '../../../src/cli/terminal/answering.ts';
import type { SignedDecision } from '../../../src/publish/signed-decisions.ts';

const question = (reviewId: string, state: OpenQuestion['state'] = 'open'): OpenQuestion => ({
  reviewId,
  evidenceHash: `E-${reviewId}`,
  couponNumber: 'C1',
  reason: 'OVERDRAWN',
  holds: true,
  stakeYen: 1400,
  detail: '',
  evidence: [],
  state,
});
const signed = (reviewId: string, decidedBy = 'sato', evidenceHash = `E-${reviewId}`): SignedDecision => ({
  reviewId,
  evidenceHash,
  decision: 'approve',
  decidedBy,
  decidedAt: 'then',
  note: '',
});

const QUESTIONS = ['R1', 'R2', 'R3'].map((id) => question(id));

/** What somebody presses, one key after the other; behind them they press Ctrl-C. */
async function walk(
  keys: string,
  { questions = QUESTIONS, before = [] as readonly SignedDecision[], notes = ['a note'] } = {},
) {
  const pressed = [...keys];
  const noted = [...notes];
  const seen: At[] = [];
  const written: (readonly SignedDecision[])[] = [];
  const walked = await answerQuestions(
    { questions, decidedBy: 'sato', before, now: () => `now ${written.length}`, write: (rows) => written.push(rows) },
    {
      key: (at) => {
        seen.push(at);
        return Promise.resolve(pressed.shift() as Key | undefined);
      },
      note: () => Promise.resolve(noted.shift()),
    },
  );
  return { walked, written, seen: seen.map((at) => at.question.reviewId), screens: seen };
}

const words = (rows: readonly SignedDecision[] | undefined) =>
  rows?.map((row) => `${row.reviewId} ${row.decision} ${row.note}`.trim());

test('each answer is written at once, before the next question is asked', async () => {
  const { walked, written, seen } = await walk('ara');
  expect(seen).toEqual(['R1', 'R2', 'R3']);
  expect(written.map(words)).toEqual([
    ['R1 approve'],
    ['R1 approve', 'R2 reject'],
    ['R1 approve', 'R2 reject', 'R3 approve'],
  ]);
  expect(written.at(-1)?.[1]).toEqual({
    reviewId: 'R2',
    evidenceHash: 'E-R2',
    decision: 'reject',
    decidedBy: 'sato',
    decidedAt: 'now 1',
    note: '',
  });
  expect(walked).toEqual({ answered: 3, left: 0, ending: 'done' });
});

test('Ctrl-C loses no answer', async () => {
  const { walked, written } = await walk('a');
  expect(written.map(words)).toEqual([['R1 approve']]);
  expect(walked).toEqual({ answered: 1, left: 2, ending: 'interrupted' });
});

it('goes on, back, and ends, as it is told', async () => {
  expect(await walk('sbq')).toMatchObject({
    seen: ['R1', 'R2', 'R1'],
    walked: { answered: 0, left: 3, ending: 'quit' },
  });
  // There is nothing before the first.
  expect((await walk('bq')).seen).toEqual(['R1', 'R1']);
});

test('whoever goes back and answers otherwise has answered once', async () => {
  const { walked, written } = await walk('abrq');
  expect(written.map(words)).toEqual([['R1 approve'], ['R1 reject']]);
  expect(walked.answered).toBe(1);
});

test('a note belongs to its question', async () => {
  const { written, screens } = await walk('naaq');
  expect(words(written.at(-1))).toEqual(['R1 approve a note', 'R2 approve']);
  expect(screens.map(({ note }) => note)).toEqual(['', 'a note', '', '']);
  expect((await walk('n', { notes: [] })).walked.ending).toBe('interrupted');
});

test('it begins at the first that waits, and keeps what others have written', async () => {
  const before = [signed('R1'), signed('R0', 'mori')];
  const { seen, written } = await walk('aq', { before });
  expect(seen).toEqual(['R2', 'R3']);
  expect(words(written.at(-1))).toEqual(['R1 approve', 'R0 approve', 'R2 approve']);
});

test('an answer on other evidence is none', async () => {
  expect((await walk('q', { before: [signed('R1', 'sato', 'E-old')] })).seen).toEqual(['R1']);
});

test('what waits for a second person waits for whoever has not said it yet', async () => {
  const questions = [question('R1', 'needs_second'), question('R2')];
  expect((await walk('q', { questions, before: [signed('R1', 'mori')] })).seen).toEqual(['R1']);
  expect((await walk('q', { questions, before: [signed('R1', ' Sato')] })).seen).toEqual(['R2']);
  const { written } = await walk('aq', { questions, before: [signed('R1', 'mori')] });
  expect(written.at(-1)?.map(({ decidedBy }) => decidedBy)).toEqual(['mori', 'sato']);
});

test('an answer that cannot be written ends the walk', async () => {
  const failing = answerQuestions(
    {
      questions: QUESTIONS,
      decidedBy: 'sato',
      before: [],
      now: () => '',
      write: () => {
        throw new Error('full');
      },
    },
    { key: () => Promise.resolve('a'), note: () => Promise.resolve('') },
  );
  await expect(failing).rejects.toThrow('full');
});
