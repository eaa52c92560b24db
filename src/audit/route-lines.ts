import type { Case } from '../ledger/case.ts';
import { shownId, shownUnlessPersonal } from '../policy/personal-data.ts';
import { text } from '../policy/text.ts';
import type { ReviewReason, RouteId } from '../policy/vocabulary.ts';
import { payableInAll } from '../rules/conclusions.ts';
import type { JudgedFinding, Way } from '../rules/finding.ts';
import type { Settlement } from '../settlement/settlement.ts';
import type { RouteLine, Row } from './explanation.ts';

type Standing = RouteLine['standing'];
type Line = Pick<RouteLine, 'standing' | 'says'>;

/** In the order in which they are sought (3-rules.md §8). */
const ORDER: readonly RouteId[] = ['bank_transfer', 'app_url', 'application_url'];

/** Reasons that the search itself asks: they do not keep it from being begun. */
const ASKED_ON_ROUTE: readonly ReviewReason[] = [
  'NO_CONTACT',
  'CONTACT_CONFLICT',
  'SHARED_ACCOUNT',
  'BANK_DETAILS',
  'PAST_RECEIVE_BY',
];

/** A line for every way that the money could take: taken, or why not. */
export function routeLines(facts: Case, settlement: Settlement, rowOf: (id: string) => Row): readonly RouteLine[] {
  const { findings } = settlement;
  let ended = whyNotSought(facts, settlement);
  return ORDER.map((route) => {
    const finding = findings.find(({ observed }) => observed?.kind === 'way' && observed.way.route === route);
    const obstacle = finding === undefined ? obstacleOn(route, facts, findings) : obstacleIn(route, finding, facts);
    // What a person is asked of a way is only asked where the search comes by.
    const passed = obstacle !== undefined && STOPS[obstacle.standing] !== undefined && ended !== undefined;
    const line = (passed ? undefined : obstacle) ?? ended ?? way(finding, settlement);
    ended ??= STOPS[line.standing];
    return { route, ...line, rows: (finding?.evidence ?? []).map(({ id }) => rowOf(id)) };
  });
}

/** Where the search stops, and what is said of the ways behind. */
const STOPS: Readonly<Partial<Record<Standing, Line>>> = {
  taken: {
    standing: 'not needed',
    says: text('先の送り方が使えるので、使いません', 'not needed, as an earlier way can be used'),
  },
  waits: {
    standing: 'not sought',
    says: text(
      '先の送り方について人が決めるまで、探しません',
      'not sought until a person has decided on the way before it',
    ),
  },
  rejected: {
    standing: 'not sought',
    says: text('支払わないと人が決めたので、探しません', 'not sought, because a person has decided against paying'),
  },
};

function whyNotSought(facts: Case, { findings, items }: Settlement): Line | undefined {
  if (payableInAll(findings) - facts.alreadyPaidYen <= 0) {
    return {
      standing: 'not sought',
      says: text('支払う額がないので、探しません', 'not sought, because nothing is payable'),
    };
  }
  if (items.some((item) => item.holds && item.verdict === 'reject' && !ASKED_ON_ROUTE.includes(item.reason)))
    return STOPS.rejected;
  const held = items.some((item) => item.holds && item.verdict !== 'approve' && !ASKED_ON_ROUTE.includes(item.reason));
  if (!held) return undefined;
  return {
    standing: 'not sought',
    says: text('支払いを止めているので、探しません', 'not sought while the payment is held'),
  };
}

const notPossible = (ja: string, en: string): Line => ({ standing: 'not possible', says: text(ja, en) });

/** Why the rule had nothing to look at. */
function obstacleOn(route: RouteId, facts: Case, findings: readonly JudgedFinding[]): Line {
  if (route === 'app_url') {
    return facts.account === undefined
      ? notPossible('アプリにチャージされていません', 'the coupon was not charged to the app')
      : notPossible(
          `アカウント ${shownUnlessPersonal(facts.account.accountId)} は退会しています`,
          `the holder of account ${shownUnlessPersonal(facts.account.accountId)} has left the app`,
        );
  }
  if (facts.applications.length === 0) return notPossible('申請がありません', 'no application was made');
  const standing = findings.find((finding) => finding.standing !== undefined);
  if (standing?.standing === undefined) return noneCounts(facts, findings);
  if (standing.outcome === 'undetermined' && standing.item?.verdict !== 'approve')
    return standing.item?.verdict === 'reject'
      ? notPossible('食い違う申請を、人が却下しました', 'a person has rejected the applications, which differ')
      : notPossible('どの申請が有効か決まっていません', 'which application stands is not decided');
  const { method } = standing.standing;
  const applicationId = shownId(standing.standing.applicationId);
  return method === 'points'
    ? notPossible(
        `申請 ${applicationId} はポイントの申請で、振込の申請ではありません`,
        `application ${applicationId} asks for points, not for a transfer`,
      )
    : notPossible(
        `申請 ${applicationId} は振込の申請で、ポイントの申請ではありません`,
        `application ${applicationId} asks for a transfer, not for points`,
      );
}

function noneCounts({ applications }: Case, findings: readonly JudgedFinding[]): Line {
  const late = findings.filter((finding) => finding.reasons?.includes('APPLICATION_OUT_OF_TIME'));
  const names = late.map(({ about }) => about);
  if (names.length === applications.length) {
    return notPossible(
      `申請 ${names.join('、')} は受付期間の外でした`,
      `application ${names.join(', ')} ${names.length === 1 ? 'was' : 'were'} out of time`,
    );
  }
  return notPossible(
    '受付期間内の申請は都道府県が違い、このクーポンのものと認められていません',
    'the application in time names another prefecture and has not been accepted for this coupon',
  );
}

/** What the rule found in the way. */
function obstacleIn(route: RouteId, finding: JudgedFinding, { account }: Case): Line | undefined {
  if (finding.outcome === 'met') return undefined;
  if (finding.outcome === 'not met') {
    return route === 'app_url'
      ? notPossible(
          `アカウント ${shownUnlessPersonal(account?.accountId ?? '')} には、使える携帯電話番号もメールもありません`,
          `account ${shownUnlessPersonal(account?.accountId ?? '')} has neither a mobile number nor an e-mail address that can be used`,
        )
      : notPossible(
          '申請に、使える携帯電話番号もメールもありません',
          'the application has neither a mobile number nor an e-mail address that can be used',
        );
  }
  const detail = finding.question?.detail ?? text('', '');
  if (finding.item?.verdict === 'approve') {
    return {
      standing: 'passed over',
      says: text(
        `${detail.ja}ため、人の決定により見送りました`,
        `passed over by a person\u2019s decision: ${detail.en}`,
      ),
    };
  }
  if (finding.item?.verdict === 'reject') {
    return {
      standing: 'rejected',
      says: text(`${detail.ja}ため、人が支払わないと決めました`, `a person has decided against paying: ${detail.en}`),
    };
  }
  return {
    standing: 'waits',
    says: text(`${detail.ja}ため、人の確認を待っています`, `waits for a person: ${detail.en}`),
  };
}

function way(finding: JudgedFinding | undefined, { items }: Settlement): Line {
  const late = items.find((item) => item.reason === 'PAST_RECEIVE_BY');
  if (late !== undefined && late.verdict !== 'approve')
    return late.verdict === 'reject'
      ? taken(
          '送り先はここですが、受取期限を過ぎたので送らないと人が決めました',
          'taken, but the receiving deadline has passed, and a person has decided not to send it',
        )
      : taken(
          '送り先はここですが、受取期限を過ぎたので、人が決めるまで送りません',
          'taken, but the receiving deadline has passed: not sent before a person decides',
        );
  if (finding?.observed?.kind !== 'way') throw new Error('a way is taken that no rule has found');
  return takenWay(finding.observed.way);
}

function takenWay(found: Way): Line {
  if (found.route === 'app_url') {
    const account = shownUnlessPersonal(found.account.accountId);
    return taken(
      `アカウント ${account} の登録先を使います`,
      `taken: sent to the contact registered with account ${account}`,
    );
  }
  const applicationId = shownId(found.application.applicationId);
  return found.route === 'bank_transfer'
    ? taken(`これを使います(申請 ${applicationId})`, `taken: application ${applicationId} stands`)
    : taken(`申請 ${applicationId} の連絡先を使います`, `taken: sent to the contact in application ${applicationId}`);
}

const taken = (ja: string, en: string): Line => ({ standing: 'taken', says: text(ja, en) });
