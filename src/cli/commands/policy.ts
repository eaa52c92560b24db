import { type ZodType, z } from 'zod';
import { comparisonSchema } from '../../audit/difference.ts';
import { explanationsSchema } from '../../audit/explanation.ts';
import { profileSchema } from '../../intake/profile.ts';
import { policyFileSchema } from '../../policy/policy.ts';
import { text } from '../../policy/text.ts';
import { canonicalJson } from '../../publish/canonical-json.ts';
import { configSchema } from '../options/request.ts';
import { CommandFailure, EXIT } from '../terminal/exit.ts';

const SCHEMAS: Readonly<Record<string, () => ZodType>> = {
  policy: () => policyFileSchema,
  profile: profileSchema,
  config: () => configSchema,
  explain: () => explanationsSchema,
  diff: () => comparisonSchema,
};

/** The JSON Schema of a file that users write, or of what `explain --json` or `diff --json` prints. @throws CommandFailure for any other name */
export function schemaText(which: string): string {
  const schema = SCHEMAS[which]?.();
  if (schema === undefined) {
    const names = Object.keys(SCHEMAS).join(', ');
    throw new CommandFailure(EXIT.usage, [
      {
        code: 'UNKNOWN_VALUE',
        where: `policy schema ${which}`,
        what: text('そのスキーマはありません', 'no such schema'),
        advice: text(`${names} のどれかを指定してください`, `give one of ${names}`),
      },
    ]);
  }
  return canonicalJson(z.toJSONSchema(schema, { io: 'input' }));
}
