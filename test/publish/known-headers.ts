import { DECISIONS } from '../../src/tables/kinds/decisions.ts';

/** The column that a header means without a profile, as the kind declares it. */
export const KIND_HEADERS = {
  decisions: (header: string): string | undefined =>
    Object.values(DECISIONS.columns).find(({ name, headers }) => name === header || headers.split(' ').includes(header))
      ?.name,
};
