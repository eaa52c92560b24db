/** Skips what is already visited: a union-find over indices 0..size, with the touched ones remembered for reset. */
export class Unvisited {
  private readonly next: Int32Array;
  private readonly touched: number[] = [];

  constructor(size: number) {
    this.next = new Int32Array(size + 1);
    for (let index = 0; index <= size; index++) this.next[index] = index;
  }

  /** The first unvisited index at or after `from`; the size where there is none. */
  from(from: number): number {
    let root = from;
    while (this.next[root] !== root) root = this.next[root] ?? root;
    let at = from;
    while (at !== root) {
      const following = this.next[at] ?? root;
      this.set(at, root);
      at = following;
    }
    return root;
  }

  visit(index: number): void {
    if (this.next[index] === index) this.set(index, index + 1);
  }

  reset(): void {
    for (const index of this.touched) this.next[index] = index;
    this.touched.length = 0;
  }

  private set(index: number, to: number): void {
    if (this.next[index] === index) this.touched.push(index);
    this.next[index] = to;
  }
}
