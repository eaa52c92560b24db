import { text } from '../../base/text.ts';
import { deliverTo } from '../destinations.ts';
import { type Channel, foundInApplication, shownApplication } from './channel.ts';

const id = 'application_url';

/** The URL of the receiving site, to the contact in an application for points. */
export const applicationUrl: Channel = {
  id,
  name: text('申請の連絡先に URL を送付', 'URL to the applicant\u2019s contact'),
  paidBy: text(
    'ご申請の連絡先に、受取サイトのご案内をお送りする予定です',
    'as a link to the receiving site, to the contact in your application',
  ),
  sentBy: text(
    'ご申請の連絡先に、受取サイトのご案内をお送りしました',
    'as a link to the receiving site, to the contact in your application',
  ),
  notBefore: (terms) => terms.pointsFrom,
  hasDeadline: true,
  namesRecipient: false,
  seek: ({ application: row }) => {
    if (row?.method !== 'points') return undefined;
    const contact = deliverTo([row.phone], [row.email]);
    if (contact === undefined) return foundInApplication(id, { outcome: 'not met' }, row);
    const route = { route: id, destination: { kind: 'contact', contact } } as const;
    return foundInApplication(id, { outcome: 'met', route }, row);
  },
  onPlainCoupon: 'silent',
  words: {
    taken: (sought) =>
      text(
        `申請 ${shownApplication(sought)} の連絡先を使います`,
        `taken: sent to the contact in application ${shownApplication(sought)}`,
      ),
    unusable: () =>
      text(
        '申請に、使える携帯電話番号もメールもありません',
        'the application has neither a mobile number nor an e-mail address that can be used',
      ),
    nothingThere: 'no application',
  },
};
