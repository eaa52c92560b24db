/** Lives through the nights of the seeds that run.ts sends, one after the other. */
import { type Report, type SimulationOptions, simulate } from './simulate.ts';

/** What came of a seed. */
export interface Answer {
  readonly seed: number;
  readonly report?: Report;
  readonly failure?: string;
}

async function answer(seed: number, options: SimulationOptions): Promise<Answer> {
  try {
    return { seed, report: await simulate(seed, options) };
  } catch (error) {
    const { message, cause } = error as Error;
    // A check that failed says all there is to say; anything else is a bug, and its place is wanted.
    const isBug = cause instanceof Error && cause.name === 'Error' && !/^[A-Z_]+: /.test(cause.message);
    return { seed, failure: isBug ? `${message}\n${cause.stack}` : message };
  }
}

const options = JSON.parse(process.argv[2] ?? '{}') as SimulationOptions;
process.on('message', (seed: number) => {
  answer(seed, options).then((said) => process.send?.(said));
});
// All is said, or nobody is left to say it to.
process.on('disconnect', () => process.exit());
