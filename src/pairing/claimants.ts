/**
 * Which claimants every maximum pairing pairs with a sale (3-rules.md §4.2): left-hand vertices that all of them pair (Dulmage
 * and Mendelsohn 1958), for few vertices with listed edges.
 *
 * @param sides for each claimant the sales it could stand for
 */
export type ClaimantPairing = 'none' | 'some' | 'every';

export function claimantPairings(sides: readonly (readonly number[])[]): readonly ClaimantPairing[] {
  const claimantOf = new Map<number, number>();
  const saleOf = new Map<number, number>();
  sides.forEach((_, claimant) => {
    augment(claimant, sides, claimantOf, saleOf);
  });
  const spare = new Set<number>(sides.flatMap((_, claimant) => (saleOf.has(claimant) ? [] : [claimant])));
  const seen = new Set<number>();
  for (const claimant of spare) {
    for (const sale of sides[claimant] ?? []) {
      if (seen.has(sale)) continue;
      seen.add(sale);
      const other = claimantOf.get(sale);
      if (other === undefined) throw new Error('the pairing of claimants is not maximum');
      spare.add(other);
    }
  }
  return sides.map((sales, claimant) => (sales.length === 0 ? 'none' : spare.has(claimant) ? 'some' : 'every'));
}

/** One breadth-first augmenting search. */
function augment(
  root: number,
  sides: readonly (readonly number[])[],
  claimantOf: Map<number, number>,
  saleOf: Map<number, number>,
): void {
  const cameFrom = new Map<number, number>();
  const queue = [root];
  for (const claimant of queue) {
    for (const sale of sides[claimant] ?? []) {
      if (cameFrom.has(sale)) continue;
      cameFrom.set(sale, claimant);
      const other = claimantOf.get(sale);
      if (other !== undefined) {
        queue.push(other);
        continue;
      }
      for (let step: number | undefined = sale; step !== undefined; ) {
        const payer = cameFrom.get(step) as number;
        const before = saleOf.get(payer);
        claimantOf.set(step, payer);
        saleOf.set(payer, step);
        step = before;
      }
      return;
    }
  }
}
