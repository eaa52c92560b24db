import { type Text, text } from '../../base/text.ts';
import type { Case } from '../../ledger/case.ts';
import { shownId } from '../../policy/personal-data.ts';
import type { Terms } from '../../policy/terms.ts';
import type { ReviewReason } from '../../policy/vocabulary.ts';
import type { Channel, Sought } from '../../rules/channels/channel.ts';
import { channelsOf } from '../../rules/channels/index.ts';
import { payableInAll, standingApplicationIn } from '../../rules/conclusions.ts';
import type { JudgedFinding } from '../../rules/finding.ts';
import type { Settlement } from '../../settlement/settlement.ts';
import type { RouteLine, Row } from './explanation.ts';

type Standing = RouteLine['standing'];
type Line = Pick<RouteLine, 'standing' | 'says'>;

/** A line for every way that the money could take: taken, or why not. */
export function routeLines(
  facts: Case,
  settlement: Settlement,
  terms: Terms,
  rowOf: (id: string) => Row,
): readonly RouteLine[] {
  const { findings } = settlement;
  const sought: Sought = { coupon: facts, application: standingApplicationIn(findings) };
  let ended = whyNotSought(facts, settlement);
  return channelsOf(terms).map((channel) => {
    const route = channel.id;
    const finding = findings.find(({ observed }) => observed?.kind === 'way' && observed.route === route);
    const obstacle =
      finding === undefined ? obstacleOn(channel, facts, findings, terms) : obstacleIn(channel, finding, sought);
    // What a person is asked of a way is only asked where the search comes by.
    const passed = obstacle !== undefined && STOPS[obstacle.standing] !== undefined && ended !== undefined;
    const line = (passed ? undefined : obstacle) ?? ended ?? way(channel, sought, settlement);
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
  const holds = items.filter(({ holds, reason }) => holds && !isAskedOnRoute(reason, findings));
  if (holds.some(({ verdict }) => verdict === 'reject')) return STOPS.rejected;
  if (holds.every(({ verdict }) => verdict === 'approve')) return undefined;
  return {
    standing: 'not sought',
    says: text('支払いを止めているので、探しません', 'not sought while the payment is held'),
  };
}

/** What the search itself asks does not keep it from being begun. */
const isAskedOnRoute = (reason: ReviewReason, findings: readonly JudgedFinding[]): boolean =>
  reason === 'PAST_RECEIVE_BY' ||
  findings.some(({ question }) => question?.onRoute === true && question.reason === reason);

const notPossible = (says: Text): Line => ({ standing: 'not possible', says });

/** Why the channel had nothing to look at. */
function obstacleOn({ words }: Channel, facts: Case, findings: readonly JudgedFinding[], terms: Terms): Line {
  return notPossible(
    words.nothingThere === 'no application' ? noApplication(facts, findings) : words.nothingThere(facts, terms),
  );
}

/** Why no application for the channel stands. */
function noApplication(facts: Case, findings: readonly JudgedFinding[]): Text {
  if (facts.applications.length === 0) return text('申請がありません', 'no application was made');
  const standing = findings.find((finding) => finding.standing !== undefined);
  if (standing?.standing === undefined) return noneCounts(facts, findings);
  if (standing.outcome === 'undetermined' && standing.item?.verdict !== 'approve')
    return standing.item?.verdict === 'reject'
      ? text('食い違う申請を、人が却下しました', 'a person has rejected the applications, which differ')
      : text('どの申請が有効か決まっていません', 'which application stands is not decided');
  const applicationId = shownId(standing.standing.applicationId);
  return standing.standing.method === 'points'
    ? text(
        `振込の申請はありません(申請 ${applicationId} はポイントを希望しています)`,
        `no application asks for a transfer (application ${applicationId} asks for points)`,
      )
    : text(
        `ポイントの申請はありません(申請 ${applicationId} は振込を希望しています)`,
        `no application asks for points (application ${applicationId} asks for a transfer)`,
      );
}

function noneCounts({ applications }: Case, findings: readonly JudgedFinding[]): Text {
  const late = findings.filter((finding) => finding.reasons?.includes('APPLICATION_OUT_OF_TIME'));
  const names = late.map(({ about }) => about);
  const others = findings.filter((finding) => finding.reasons?.includes('METHOD_NOT_OFFERED'));
  if (others.length === applications.length) {
    const asked = others.map(({ about }) => about);
    return text(
      `申請 ${asked.join('、')} の受取方法は、この補償にはありません`,
      `application ${asked.join(', ')} ${asked.length === 1 ? 'asks' : 'ask'} for a way in which nothing is paid here`,
    );
  }
  if (names.length === applications.length) {
    return text(
      `申請 ${names.join('、')} は受付期間の外でした`,
      `application ${names.join(', ')} ${names.length === 1 ? 'was' : 'were'} out of time`,
    );
  }
  return text(
    '受付期間内の申請は都道府県が違い、このクーポンのものと認められていません',
    'the application in time names another prefecture and has not been accepted for this coupon',
  );
}

/** What the channel found in the way. */
function obstacleIn({ words }: Channel, finding: JudgedFinding, sought: Sought): Line | undefined {
  if (finding.outcome === 'met') return undefined;
  if (finding.outcome === 'not met') return notPossible(words.unusable(sought));
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

function way({ words }: Channel, sought: Sought, { items }: Settlement): Line {
  const late = items.find((item) => item.reason === 'PAST_RECEIVE_BY');
  if (late === undefined || late.verdict === 'approve') return taken(words.taken(sought));
  return taken(
    late.verdict === 'reject'
      ? text(
          '送り先はここですが、受取期限を過ぎたので送らないと人が決めました',
          'taken, but the receiving deadline has passed, and a person has decided not to send it',
        )
      : text(
          '送り先はここですが、受取期限を過ぎたので、人が決めるまで送りません',
          'taken, but the receiving deadline has passed: not sent before a person decides',
        ),
  );
}

const taken = (says: Text): Line => ({ standing: 'taken', says });
