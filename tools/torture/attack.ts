import type { Dice } from '../../test/simulation/dice.ts';

/** How long it may take: beside every change, at a desk, or over night. */
export const FORMS = ['short', 'usual', 'long'] as const;
export type Form = (typeof FORMS)[number];

/** Where an attack takes place. */
export interface Ground {
  /** A folder of its own, in memory where there is some. */
  readonly folder: string;
  /** A folder for what is made once, for all workers and attacks. */
  readonly shared: string;
  /** The script that is attacked: the built program, or in tests one with a fault planted. */
  readonly program: string;
  readonly seed: number;
  readonly form: Form;
}

/** What one case came to. */
export interface Attempt {
  /** What was done, so that somebody can do it by hand. */
  readonly label: string;
  /** What did not hold, a sentence each; none is well. */
  readonly faults: readonly string[];
  /** Cases that it stands for: none where there are not so many different ones. */
  readonly counts?: number;
}

/** An attack made ready: cases are told by their number, so that each can be met again by itself. */
export interface Opened {
  readonly attempt: (index: number, dice: Dice) => Promise<Attempt>;
}

/** A way to break the program on purpose. The same seed and number make the same case. */
export interface Attack {
  readonly name: string;
  /** What is done, as docs/reliability.md says it. */
  readonly done: string;
  /** What must hold. */
  readonly held: string;
  readonly cases: Readonly<Record<Form, number>>;
  /** It measures, or fills the machine: no other case beside it. */
  readonly alone?: boolean;
  /** Seconds of CPU that a case may take in the worker itself; processes that it starts have limits of their own. */
  readonly mostCpuSeconds?: number;
  /** Why this machine cannot bear it. */
  readonly impossible?: () => string | undefined;
  readonly open: (ground: Ground) => Promise<Opened>;
}
