import { application } from './application.ts';
import { callCentreClaim } from './call-centre-claim.ts';
import { cashPlusDeduction } from './cash-plus-deduction.ts';
import { deliveryRoute } from './delivery-route.ts';
import { doubleCharge } from './double-charge.ts';
import { expiryExtension } from './expiry-extension.ts';
import { faceValue } from './face-value.ts';
import { programmeScope } from './programme-scope.ts';
import { reinstatement } from './reinstatement.ts';
import { residualBalance } from './residual-balance.ts';
import type { Rule } from './rule.ts';
import { shopRecord } from './shop-record.ts';
import { soundLedger } from './sound-ledger.ts';
import { standingApplication } from './standing-application.ts';
import { unsupportedPayment } from './unsupported-payment.ts';

/** All rules, in order of precedence: of those on one group, the first that concludes decides (3-rules.md §4). */
export const RULES: readonly Rule[] = [
  programmeScope,
  shopRecord,
  cashPlusDeduction,
  doubleCharge,
  unsupportedPayment,
  callCentreClaim,
  reinstatement,
  expiryExtension,
  soundLedger,
  residualBalance,
  faceValue,
  application,
  standingApplication,
  deliveryRoute,
];
