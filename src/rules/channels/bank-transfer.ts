import { text } from '../../base/text.ts';
import { shownId } from '../../policy/personal-data.ts';
import { areBankDetailsUsable, bankAccountOf, type Destination } from '../destinations.ts';
import type { Question } from '../finding.ts';
import { type Channel, foundInApplication, shownApplication } from './channel.ts';

const id = 'bank_transfer';

/** To the bank account in an application for a transfer. */
export const bankTransfer: Channel = {
  id,
  name: text('銀行振込', 'bank transfer'),
  paidBy: text('申請された口座に振り込みます', 'by transfer to the account in the application'),
  notBefore: (terms) => terms.bankTransfersFrom,
  hasDeadline: false,
  namesRecipient: true,
  seek: ({ application: row }) => {
    if (row?.method !== id) return undefined;
    if (areBankDetailsUsable(row)) {
      const account = bankAccountOf(row);
      const destination: Destination = { kind: 'bank account', account, holderKana: row.accountHolderKana };
      return foundInApplication(id, { outcome: 'met', route: { route: id, destination } }, row);
    }
    const detail = text(
      `申請 ${shownId(row.applicationId)} の口座の記載が使えない`,
      `the bank details of application ${shownId(row.applicationId)} cannot be used`,
    );
    const question: Question = { reason: 'BANK_DETAILS', onRoute: true, detail };
    return foundInApplication(id, { outcome: 'undetermined', question }, row);
  },
  onPlainCoupon: 'silent',
  words: {
    taken: (sought) =>
      text(`これを使います(申請 ${shownApplication(sought)})`, `taken: application ${shownApplication(sought)} stands`),
    unusable: () => {
      throw new Error('bank details that cannot be used are asked about');
    },
    nothingThere: 'no application',
  },
};
