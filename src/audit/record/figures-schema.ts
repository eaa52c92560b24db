import * as z from 'zod';

const figuresWith = () => {
  const count = z.int().min(0);
  const counts = z.array(count);
  // What a log says of a payment may be any number of yen, and so may their sum.
  const yen = z.number().refine(Number.isInteger);
  const coupons = z.looseObject({ coupons: count, faceYen: yen, spentYen: yen });
  const payments = z.looseObject({
    ...{ from: z.string(), binMinutes: z.int().min(1) },
    ...{ completed: counts, failed: counts, pending: counts, repeated: counts, unsupported: counts },
  });
  return z.looseObject({
    schemaVersion: z.literal(1),
    payments: payments.refine(({ completed, failed, pending, repeated, unsupported }) =>
      [failed, pending, repeated, unsupported].every(({ length }) => length === completed.length),
    ),
    gaps: z.looseObject({ limitSeconds: count, binSeconds: z.number().positive(), counts, longer: count }),
    balance: z.looseObject({ issued: coupons, cohort: coupons, listed: coupons }),
  });
};

let schema: ReturnType<typeof figuresWith> | undefined;
/** figures.json as far as it is drawn: that its manifest vouches for it does not make it what a run writes. */
export function figuresSchema(): ReturnType<typeof figuresWith> {
  schema ??= figuresWith();
  return schema;
}
