import { type Text, text } from '../../base/text.ts';
import { shownId } from '../../policy/personal-data.ts';
import { type BankField, bankAccountOf, type Destination, unusableBankFields } from '../destinations.ts';
import type { Question } from '../finding.ts';
import { type Channel, foundInApplication, shownApplication } from './channel.ts';

const id = 'bank_transfer';

/** What is wrong with a field, without what stands in it: that is a person's. */
const FIELDS: Readonly<Record<BankField, Text>> = {
  bankCode: text('銀行コード(4 桁の数字でない)', 'bank code (not four digits)'),
  branchCode: text(
    '支店コード(3 桁の数字でも、ゆうちょ銀行 9900 の記号 5 桁でもない)',
    'branch code (neither three digits nor, of bank 9900, a post office symbol of five)',
  ),
  accountType: text(
    '預金種目(1・2・4 でないか、ゆうちょの記号と合わない)',
    'account type (not 1, 2 or 4, or not that of the post office symbol)',
  ),
  accountNumber: text(
    '口座番号(1〜7 桁の数字でないか、ゆうちょの番号の末尾が 1 でない)',
    'account number (not one to seven digits, or a post office number that does not end in 1)',
  ),
  accountHolderKana: text(
    '口座名義(カナのほかの文字があるか、カナがない)',
    'account holder (signs other than kana, or no kana)',
  ),
};

/** To the bank account in an application for a transfer. */
export const bankTransfer: Channel = {
  id,
  name: text('銀行振込', 'bank transfer'),
  paidBy: text('ご申請の口座にお振り込みする予定です', 'by transfer to the account in your application'),
  sentBy: text('ご申請の口座にお振り込みしました', 'by transfer to the account in your application'),
  notBefore: (terms) => terms.bankTransfersFrom,
  hasDeadline: false,
  namesRecipient: true,
  seek: ({ application: row }) => {
    if (row?.method !== id) return undefined;
    const unusable = unusableBankFields(row);
    if (unusable.length === 0) {
      const account = bankAccountOf(row);
      const destination: Destination = { kind: 'bank account', account, holderKana: row.accountHolderKana };
      return foundInApplication(id, { outcome: 'met', route: { route: id, destination } }, row);
    }
    const detail = text(
      `申請 ${shownId(row.applicationId)} の口座の記載が使えない: ${unusable.map((field) => FIELDS[field].ja).join('、')}`,
      `the bank details of application ${shownId(row.applicationId)} cannot be used: ${unusable.map((field) => FIELDS[field].en).join(', ')}`,
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
