import { formatDate } from '../base/instants.ts';
import type { InputDay } from '../tables/tables.ts';
import type { RunTable } from './output-table.ts';
import { INPUT_DAYS_FILE } from './published-days.ts';

/** What the bulk inputs held, day by day: the next night is held against it. */
export const inputDays: RunTable<InputDay> = {
  name: INPUT_DAYS_FILE,
  columns: [
    { name: 'input', of: (day) => day.kind },
    { name: 'date', of: (day) => formatDate(day.date) },
    { name: 'rows', of: (day) => String(day.rows) },
    { name: 'total_yen', yenOf: (day) => day.yen },
  ],
  rowsIn: ({ tables }) => tables.byDay?.days ?? [],
  forMachines: false,
};
