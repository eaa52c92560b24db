import { configure } from 'safe-stable-stringify';

const stringify = configure({ deterministic: true, strict: true, bigint: false });

/** JSON in the one form that is hashed and compared: keys sorted, two spaces, a line end at the end. */
export function canonicalJson(value: unknown): string {
  const written = stringify(value, null, 2);
  if (written === undefined) throw new Error('nothing to write as JSON');
  return `${written}\n`;
}

/** Values so far down are written at once: of whatever a command tells, lists of many things lie above. */
const LEVELS = 8;

/** The same piece by piece, for what may be very long: whoever waits for something else has a turn between two. */
export function* canonicalJsonPieces(value: unknown): Generator<string> {
  yield* piecesOf(value, '', LEVELS);
  yield '\n';
}

function* piecesOf(value: unknown, indent: string, levels: number): Generator<string> {
  const written = levels === 0 ? [] : membersOf(value);
  if (written.length === 0) {
    yield canonicalJson(value).trimEnd().replaceAll('\n', `\n${indent}`);
    return;
  }
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const inner = `${indent}  `;
  let before = open;
  for (const [name, member] of written) {
    yield `${before}\n${inner}${name}`;
    yield* piecesOf(member, inner, levels - 1);
    before = ',';
  }
  yield `\n${indent}${close}`;
}

/** What is written between brackets, each with what stands before it; none where there are no brackets, or nothing is between. */
function membersOf(value: unknown): readonly (readonly [name: string, member: unknown])[] {
  if (Array.isArray(value)) return value.map((member) => ['', member ?? null]);
  if (typeof value !== 'object' || value === null) return [];
  const members = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(members).filter((name) => members[name] !== undefined);
  return names.sort().map((name) => [`${JSON.stringify(name)}: `, members[name]]);
}
