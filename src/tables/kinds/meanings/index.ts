import type { BulkKind, FewKind } from '../index.ts';
import { APPLICATIONS_IN_WORDS } from './applications.ts';
import { CLAIMS_IN_WORDS } from './claims.ts';
import { DECISIONS_IN_WORDS } from './decisions.ts';
import { ISSUANCE_IN_WORDS } from './issuance.ts';
import type { AnyKindMeaning } from './meaning.ts';
import { PAID_IN_WORDS } from './paid.ts';
import { SALES_IN_WORDS } from './sales.ts';
import { TRANSACTIONS_IN_WORDS } from './transactions.ts';

/** Every kind of input in words; the made-up rows of all of them belong together. */
export const MEANINGS: Readonly<Record<BulkKind | FewKind, AnyKindMeaning>> = {
  issuance: ISSUANCE_IN_WORDS,
  transactions: TRANSACTIONS_IN_WORDS,
  sales: SALES_IN_WORDS,
  claims: CLAIMS_IN_WORDS,
  applications: APPLICATIONS_IN_WORDS,
  decisions: DECISIONS_IN_WORDS,
  paid: PAID_IN_WORDS,
};
