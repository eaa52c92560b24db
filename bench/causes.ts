/** A time in which the main thread let nobody else have a turn, by the clock of {@link Profile}. */
export interface Gap {
  readonly fromUs: number;
  readonly toUs: number;
  /** Less what the thread waited for a processor. */
  readonly ms: number;
}

/** What of V8's `.cpuprofile` is read. */
export interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string };
    readonly children?: readonly number[];
  }[];
  readonly startTime: number;
  /** Nodes that were at work, and for how many microseconds. */
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** A function and all that it called, joined by name. */
interface Called {
  us: number;
  readonly callees: Map<string, Called>;
}

/** A function is told while it, with all that it called, has this share of the time. */
const LEAST_SHARE = 0.3;
/** They stand in every stack. */
const UNTOLD = /^$|^\(anonymous\)$|^processTicksAndRejections$|^next$/;

/** Which functions stood in a gap, the outermost first, each with its share of the samples. */
export function standingIn(gap: Gap, profile: Profile): readonly string[] {
  const called = calledIn(gap, profile);
  const told: string[] = [];
  for (let at: Called | undefined = called; at !== undefined; ) {
    const [name, next]: [string, Called] | [] = [...at.callees].sort(([, a], [, b]) => b.us - a.us)[0] ?? [];
    if (name === undefined || next === undefined || next.us < LEAST_SHARE * called.us) break;
    if (!UNTOLD.test(name)) told.push(`${name} ${Math.round((100 * next.us) / called.us)} %`);
    at = next;
  }
  return told;
}

function calledIn({ fromUs, toUs }: Gap, { nodes, startTime, samples, timeDeltas }: Profile): Called {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.functionName]));
  const callers = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const root: Called = { us: 0, callees: new Map() };
  let at = startTime;
  for (const [place, sample] of samples.entries()) {
    const us = timeDeltas[place] ?? 0;
    at += us;
    if (at < fromUs || at > toUs) continue;
    const stack: string[] = [];
    for (let id: number | undefined = sample; id !== undefined; id = callers.get(id)) stack.push(names.get(id) ?? '');
    // The last is the root, which is no function.
    add(root, stack.slice(0, -1).reverse(), us);
  }
  return root;
}

function add(root: Called, stack: readonly string[], us: number): void {
  root.us += us;
  let at = root;
  for (const name of stack) {
    const callee = at.callees.get(name) ?? { us: 0, callees: new Map() };
    at.callees.set(name, callee);
    callee.us += us;
    at = callee;
  }
}
