import { DamagedOrders } from '../../disbursement/orders.ts';
import { CommandFailure, EXIT } from './exit.ts';
import { problem, shown } from './path-problem.ts';
import { publishFailureOf } from './publish-failure.ts';

/** Why an order cannot be written or noted, as something a user can mend; any other error as it is. */
export function orderFailureOf(error: unknown, out: string): unknown {
  if (!(error instanceof DamagedOrders)) return publishFailureOf(error, out);
  const { path, line } = error;
  return new CommandFailure(EXIT.refused, [
    {
      ...problem(
        'DAMAGED_ORDERS',
        path,
        [
          '何を振込・発注に出したかの控えが読めません',
          'what was ordered before cannot be read, so it could be ordered twice',
        ],
        [
          '控えから戻すか、表計算ソフトが直した書き方(桁区切り、指数、日付)を元に戻してください',
          'restore it from a copy, or take back what a spreadsheet made of it (grouped digits, exponents, dates)',
        ],
      ),
      where: line === undefined ? shown(path) : `${shown(path)}:${line}`,
    },
  ]);
}
