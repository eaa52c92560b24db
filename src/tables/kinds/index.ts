import { APPLICATIONS } from './applications.ts';
import { CLAIMS } from './claims.ts';
import { DECISIONS } from './decisions.ts';
import { ISSUANCE } from './issuance.ts';
import { PAID } from './paid.ts';
import { SALES } from './sales.ts';
import { TRANSACTIONS } from './transactions.ts';

/** Inputs whose rows are many, and lie in columns. */
export const BULK_DECLARATIONS = { issuance: ISSUANCE, transactions: TRANSACTIONS, sales: SALES } as const;
/** Inputs whose rows are few, and are objects. */
export const FEW_DECLARATIONS = {
  claims: CLAIMS,
  applications: APPLICATIONS,
  decisions: DECISIONS,
  paid: PAID,
} as const;

/** Every kind of input, in the order in which they are read. */
export const DECLARATIONS = { ...BULK_DECLARATIONS, ...FEW_DECLARATIONS } as const;

export type BulkKind = keyof typeof BULK_DECLARATIONS;
export type FewKind = keyof typeof FEW_DECLARATIONS;
