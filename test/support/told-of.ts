import type { Policy } from '../../src/policy/policy.ts';
import { sha256 } from '../../src/publish/hash.ts';
import { SettlementWriter, type WrittenSettlements } from '../../src/publish/settlement-writer.ts';
import type { WholeOutcome } from '../../src/settlement/outcome.ts';
import type { InputFile } from '../../src/tables/tables.ts';

/** What a run tells whose settlements all lie in memory. */
export function toldOf(outcome: WholeOutcome, files: readonly InputFile[], policy: Policy): WrittenSettlements {
  const settlements = new SettlementWriter();
  for (const settlement of outcome.settlements) settlements.add(settlement);
  settlements.addFacts(outcome);
  return settlements.finish(files, policy, sha256).written;
}
