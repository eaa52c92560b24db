import { APPLICATIONS } from './applications.ts';
import { CLAIMS } from './claims.ts';
import type { KindDeclaration } from './column.ts';
import { DECISIONS } from './decisions.ts';
import { type FewRowFacts, fewRowFacts } from './few-rows.ts';
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

/** A kind as any other, for who asks all of them the same. */
export const declarationOf = (kind: BulkKind | FewKind): KindDeclaration => DECLARATIONS[kind];

/** What rows that are few are asked for, by kind. */
export const FEW_ROWS = Object.fromEntries(
  Object.entries(FEW_DECLARATIONS).map(([kind, declaration]) => [kind, fewRowFacts(declaration)]),
) as Readonly<Record<FewKind, FewRowFacts>>;
