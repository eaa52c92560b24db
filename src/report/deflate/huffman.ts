/** A Huffman code: of each symbol how many bits it has, 0 for one that does not occur, and the longest of them. */
export interface CodeLengths {
  readonly lengths: Uint8Array;
  readonly longest: number;
}

/** A symbol, or two trees under one root; how often it, or what is below it, occurs. */
interface Tree {
  readonly count: number;
  readonly symbol: number;
  readonly children?: readonly [Tree, Tree];
}

const NO_SYMBOL = -1;
const NONE: CodeLengths = { lengths: new Uint8Array(0), longest: 0 };

/**
 * The lengths of a code for symbols that occur so often each. Of all codes that are equally short, and where the longest
 * are to be cut to `most` bits, it is the one that fflate 0.8.3 makes.
 */
export function codeLengths(counts: Uint16Array, most: number): CodeLengths {
  const leaves: Tree[] = [];
  for (let symbol = 0; symbol < counts.length; symbol++)
    if (counts[symbol] !== 0) leaves.push({ symbol, count: counts[symbol] as number });
  const last = leaves.at(-1);
  if (last === undefined) return NONE;
  const lengths = new Uint16Array(last.symbol + 1);
  if (leaves.length === 1) {
    lengths[last.symbol] = 1;
    return { lengths: Uint8Array.from(lengths), longest: 1 };
  }
  const longest = fillLengths(treeOf(leaves), lengths, 0);
  if (longest > most) shorten(leaves, lengths, longest, most);
  return { lengths: Uint8Array.from(lengths), longest: Math.min(longest, most) };
}

/** More than any count of a block. */
const BEHIND_ALL: Tree = { symbol: NO_SYMBOL, count: 25_001 };

/** The two rarest go under one root, again and again: roots come about in the order of their counts, as leaves stand. */
function treeOf(leaves: readonly Tree[]): Tree {
  const rising = [...leaves.toSorted((a, b) => a.count - b.count), BEHIND_ALL];
  const joined = (one: Tree, other: Tree): Tree => ({
    symbol: NO_SYMBOL,
    count: one.count + other.count,
    children: [one, other],
  });
  const roots: Tree[] = [joined(rising[0] as Tree, rising[1] as Tree)];
  let [root, leaf] = [0, 2];
  const rarest = (): Tree => {
    const isRoot = root < roots.length && (roots[root] as Tree).count < (rising[leaf] as Tree).count;
    return (isRoot ? roots[root++] : rising[leaf++]) as Tree;
  };
  while (roots.length < leaves.length - 1) roots.push(joined(rarest(), rarest()));
  return roots.at(-1) as Tree;
}

/** @returns the longest */
function fillLengths({ symbol, children }: Tree, lengths: Uint16Array, depth: number): number {
  if (children !== undefined)
    return Math.max(fillLengths(children[0], lengths, depth + 1), fillLengths(children[1], lengths, depth + 1));
  lengths[symbol] = depth;
  return depth;
}

/** Cuts codes to the most bits there may be, and lengthens others until all have room again. */
function shorten(leaves: readonly Tree[], lengths: Uint16Array, longest: number, most: number): void {
  const lengthOf = ({ symbol }: Tree): number => lengths[symbol] as number;
  const falling = leaves.toSorted((a, b) => lengthOf(b) - lengthOf(a) || a.count - b.count);
  const cut = longest - most;
  let [at, owed] = [0, 0];
  for (; at < falling.length && lengthOf(falling[at] as Tree) > most; at++) {
    const leaf = falling[at] as Tree;
    owed += (1 << cut) - (1 << (longest - lengthOf(leaf)));
    lengths[leaf.symbol] = most;
  }
  owed >>= cut;
  while (owed > 0) {
    const { symbol } = falling[at] as Tree;
    const length = lengths[symbol] as number;
    if (length < most) {
      owed -= 1 << (most - length - 1);
      lengths[symbol] = length + 1;
    } else at++;
  }
  for (; at >= 0 && owed !== 0; at--) {
    const { symbol } = falling[at] as Tree;
    if (lengths[symbol] !== most) continue;
    lengths[symbol] = most - 1;
    owed++;
  }
}

const MOST_BITS = 15;

/** Of each symbol its bits, the first of them lowest. */
export function codesOf({ lengths, longest }: CodeLengths): Uint16Array {
  const withLength = new Uint16Array(longest + 1);
  for (const length of lengths) if (length !== 0) withLength[length] = (withLength[length] as number) + 1;
  const next = new Uint16Array(longest + 1);
  for (let length = 2; length <= longest; length++)
    next[length] = ((next[length - 1] as number) + (withLength[length - 1] as number)) << 1;
  const codes = new Uint16Array(lengths.length);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    const code = next[length] as number;
    next[length] = code + 1;
    codes[symbol] = reversed(code) >> (MOST_BITS - length);
  }
  return codes;
}

function reversed(code: number): number {
  let bits = 0;
  for (let bit = 0; bit < MOST_BITS; bit++) bits |= ((code >> bit) & 1) << (MOST_BITS - 1 - bit);
  return bits;
}
