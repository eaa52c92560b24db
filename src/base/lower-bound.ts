/** The first of `size` places whose value is at least so much, or `size`. Values ascend with their places. */
export function lowerBound(size: number, atLeast: number, valueAt: (place: number) => number): number {
  let [low, high] = [0, size];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (valueAt(middle) < atLeast) low = middle + 1;
    else high = middle;
  }
  return low;
}
