/** Does the cases that main.ts sends, one after the other, of the attack that it was started for. */
import { Dice } from '../../test/simulation/dice.ts';
import type { Attempt, Ground } from './attack.ts';
import { ATTACKS } from './attacks.ts';

/** What a worker is started with. */
export interface WorkerSettings extends Ground {
  readonly attack: string;
}

/** What came of a case. */
export interface Answer {
  readonly index: number;
  readonly attempt: Attempt;
}

const settings = JSON.parse(process.argv[2] ?? '{}') as WorkerSettings;
const attack = ATTACKS.find(({ name }) => name === settings.attack);
if (attack === undefined) throw new Error(`no attack ${settings.attack}`);
const opened = attack.open(settings);

async function answer(index: number): Promise<Answer> {
  const { attempt } = await opened;
  try {
    return { index, attempt: await attempt(index, new Dice(settings.seed, `${settings.attack} ${index}`)) };
  } catch (error) {
    return { index, attempt: { label: 'the harness', faults: [String((error as Error).stack)] } };
  }
}

opened.catch((error: unknown) => {
  process.stderr.write(`${String((error as Error).stack)}\n`);
  process.exit(1);
});
process.on('message', (index: number) => {
  answer(index).then((said) => process.send?.(said));
});
process.on('disconnect', () => process.exit());
