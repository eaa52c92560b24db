/** The places of rows that have the same id, in their order. */
export function groupBy<Row>(rows: readonly Row[], idOf: (row: Row) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  rows.forEach((row, index) => {
    const id = idOf(row);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [index]);
    else group.push(index);
  });
  return groups;
}
