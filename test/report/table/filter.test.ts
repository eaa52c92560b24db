import { expect, test } from 'vitest';
import { drained } from '../../../src/base/steps.ts';
import { NO_TABLE } from '../../../src/report/published-table.ts';
import { ALL, rowsSought, type Sought } from '../../../src/report/table/filter.ts';
import { packCoupons } from '../../../src/report/table/packed-coupons.ts';
import { unpackDetails, unpackList } from '../../../src/report/table/unpacked-coupons.ts';
import { tableIn } from '../worked-night.ts';

const COUPONS = tableIn(`coupon_number,status,grounds,route,reasons
000000000201,payable,A,app_url,
000000000205,payable,A+B2,bank_transfer,CLAIM_AWAITED
000000002010,in_review,,,X Y
AB-7,in_review,B2,,Y
`);
const PAYMENTS = tableIn('coupon_number,merchant_id\n000000000205,M03\n000000002010,m3\n');
const { list: packed, details } = drained(
  packCoupons({
    coupons: COUPONS.column,
    review: NO_TABLE.column,
    payments: PAYMENTS.column,
    rows: [0, 1, 2, 3],
  }),
);
const table = { packed, coupons: unpackList(packed), details: unpackDetails(details) };

test.each<readonly [Partial<Sought>, readonly number[]]>([
  [{}, [0, 1, 2, 3]],
  [{ number: '201' }, [0, 2]],
  [{ number: '0201' }, [0, 2]],
  // More zeros before it than it has, none, in full width, in groups.
  [{ number: '00000000000205' }, [1]],
  [{ number: '205' }, [1]],
  [{ number: '２０５' }, [1]],
  [{ number: ' 0000-0000 0205 ' }, [1]],
  [{ number: 'ab7' }, [3]],
  // Zeros before it are none of it: 0 and 00205 do not end as 5 alone does.
  [{ number: '0000000000000005' }, []],
  [{ number: '999' }, []],
  [{ status: 'payable' }, [0, 1]],
  [{ ground: 'A' }, [0, 1]],
  [{ ground: 'B2' }, [1, 3]],
  [{ ground: 'none' }, [2]],
  [{ reason: 'Y' }, [2, 3]],
  [{ route: 'app_url' }, [0]],
  [{ shop: 'm03' }, [1]],
  [{ shop: 'M' }, [1, 2]],
  [{ status: 'payable', ground: 'B2' }, [1]],
  [{ status: 'no such' }, []],
])('%j finds %j', (sought, rows) => {
  expect(rowsSought(table, { ...ALL, ...sought })).toEqual(rows);
});

test('by a shop nothing is found until the details are read', () => {
  expect(rowsSought({ ...table, details: undefined }, { ...ALL, shop: 'M' })).toEqual([]);
});
