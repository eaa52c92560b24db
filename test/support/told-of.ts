import type { Instant } from '../../src/base/instants.ts';
import { drained } from '../../src/base/steps.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { AskedQuestions } from '../../src/publish/decision-counts.ts';
import { sha256 } from '../../src/publish/hash.ts';
import { SettlementWriter, type WrittenSettlements } from '../../src/publish/settlement-writer.ts';
import type { WholeOutcome } from '../../src/settlement/outcome.ts';
import type { Tables } from '../../src/tables/tables.ts';

/** What a run tells whose settlements all lie in memory. */
export function toldOf(
  outcome: WholeOutcome,
  { files, decisions }: Pick<Tables, 'files' | 'decisions'>,
  policy: Policy,
  asOf: Instant,
): WrittenSettlements {
  const settlements = new SettlementWriter(undefined, new AskedQuestions(decisions, asOf));
  for (const settlement of outcome.settlements) settlements.add(settlement);
  settlements.addFacts(outcome);
  return drained(settlements.finish(files, policy, { digest: sha256 })).written;
}
