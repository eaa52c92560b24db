import * as z from 'zod';

const head = z.object({ run: z.string(), asOf: z.string(), manifestSha256: z.string(), fingerprint: z.string() });

const schema = z.object({
  schemaVersion: z.literal(1),
  heads: z.record(z.string(), head),
  ended: z.record(z.string(), z.array(head).readonly()),
  pending: z.object({ policyId: z.string(), head, ended: z.array(head).readonly() }).nullable(),
});

/** The run that a chain has come to: its folder's name, its as-of, and what it is known by. */
export type Head = z.infer<typeof head>;

/**
 * series.json (4-cli.md): the head of each policy's chain, heads that were left for another chain (`--first`), and what is
 * about to become a head.
 */
export type Series = z.infer<typeof schema>;

/** Undefined where it is no series.json. */
export function parseSeries(content: string): Series | undefined {
  try {
    return schema.parse(JSON.parse(content));
  } catch {
    return undefined;
  }
}
