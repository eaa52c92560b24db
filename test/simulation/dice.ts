import { createRandom } from '../support/random.ts';

/** Chances of one seed. Different names give different, unrelated chances of the same seed. */
export class Dice {
  private readonly random: () => number;

  constructor(seed: number, name = '') {
    let mixed = Math.imul(seed | 0, 2654435761) ^ 0x9e3779b9;
    for (const letter of name) mixed = Math.imul(mixed ^ (letter.codePointAt(0) ?? 0), 16777619);
    this.random = createRandom(mixed);
    for (let index = 0; index < 4; index++) this.random();
  }

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  /** From low to high, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.random() * (high - low + 1));
  }

  pick<X>(things: readonly X[]): X {
    if (things.length === 0) throw new Error('nothing to pick from');
    return things[Math.floor(this.random() * things.length)] as X;
  }
}
