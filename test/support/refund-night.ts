import { profileSchema } from '../../src/intake/schema/profile.ts';
import { type RunResult, runTables } from './run-tables.ts';

const ISSUANCE = `coupon_number,medium,prefecture,face_yen,issued_at,expires_on
501,paper,46,3000,2023-02-20 10:00,2023-02-25
502,paper,46,3000,2023-02-20 10:00,2023-02-25
`;
const LOG = `transaction_id,coupon_number,occurred_at,kind,status,amount_yen,merchant_id
T1,501,2023-02-24 18:00:00,payment,completed,1000,M1
T2,501,2023-02-24 18:02:00,payment,completed,1000,M1
T3,502,2023-02-24 20:00:00,payment,completed,1000,M1
T4,502,2023-02-24 20:02:00,payment,completed,1000,M1
`;
const CLAIMS = `claim_id,received_at,kind,coupon_number,expires_on,prefecture,merchant_id
C1,2023-03-08 11:00,double_charge,501,2023-02-25,46,M1
C2,2023-03-08 11:00,double_charge,502,2023-02-25,46,M1
`;
const PROFILE = profileSchema().parse({
  schemaVersion: 2,
  id: 'till',
  inputs: { sales: { refunds: { negative: true, of: 'of' } } },
});
/** Each coupon was rung up once, and pressed twice. */
const JOURNAL = ['S1,M1,18:00,1000,1000,0,', 'S2,M1,20:00,1000,1000,0,', 'S3,M1,12:00,800,0,800,'];

/** A shop’s journal with further rows: two coupons with a sale each, and one that was paid in cash. */
export async function refundNight(...rows: readonly string[]): Promise<RunResult> {
  const sales = ['report_id,merchant_id,sold_at,total_yen,coupon_yen,cash_yen,of', ...JOURNAL, ...rows]
    .map((row, index) => (index === 0 ? row : row.replace(/,(\d\d:\d\d),/, ',2023-02-24 $1,')))
    .join('\n');
  const inputs = { issuance: ISSUANCE, transactions: LOG, sales: `${sales}\n`, claims: CLAIMS };
  return await runTables(inputs, { asOf: '2023-05-10T00:00:00+09:00', profile: PROFILE });
}
