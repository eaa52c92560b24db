import { type CalendarDate, DAY, endOfDay, formatDate } from '../base/instants.ts';
import { type Text, text } from '../base/text.ts';
import { firstExtensionEnd, type Policy } from './policy.ts';
import { PREFECTURE } from './policy-file.ts';
import {
  type CohortTerm,
  cohortsStated,
  type Stated,
  type StatedCohort,
  type StatedTerm,
  statedIn,
  type TermName,
  windowsStated,
} from './stated.ts';
import { type Cohort, isOffered, secondExtensionsOf, type Terms } from './terms.ts';

/** What is to be said of a term: why it cannot be meant, or what is odd about it. */
export interface PolicyRemark {
  /** Where it stands in the file, under its terms. */
  readonly term: string;
  readonly says: Text;
}

/** A row of the tables of 1-notice.md, "What cannot be meant" and "What is odd". */
export interface PolicyCheck {
  readonly term: (terms: Terms) => TermName;
  readonly applies: (terms: Terms) => boolean;
  /**
   * @param values as the policy writes them
   * @param stated where it does
   */
  readonly says: (values: Readonly<Record<TermName, StatedTerm['value']>>, stated: Stated, terms: Terms) => Text;
}

export function remarksOf(checks: readonly PolicyCheck[], { terms, file }: Policy): readonly PolicyRemark[] {
  const stated = statedIn(file);
  const values = valuesIn(stated);
  return checks
    .filter(({ applies }) => applies(terms))
    .map(({ term, says }) => ({ term: stated[term(terms)].path, says: says(values, stated, terms) }));
}

/** The same of a row that is held against each cohort. */
export interface CohortCheck {
  readonly term: CohortTerm | ((cohort: Cohort) => CohortTerm);
  readonly applies: (cohort: Cohort, terms: Terms) => boolean;
  readonly says: (cohort: StatedCohort, values: Parameters<PolicyCheck['says']>[0]) => Text;
}

/** Of one cohort after the other, each with all that is to be said of it. */
export function remarksOfCohorts(checks: readonly CohortCheck[], { terms, file }: Policy): readonly PolicyRemark[] {
  const values = valuesIn(statedIn(file));
  return cohortsStated(file).flatMap((own, place) => {
    const cohort = terms.cohorts[place] as Cohort;
    return checks
      .filter(({ applies }) => applies(cohort, terms))
      .map(({ term, says }) => ({
        term: `${own.path}${typeof term === 'string' ? term : term(cohort)}`,
        says: says(own, values),
      }));
  });
}

const valuesIn = (stated: Stated) =>
  Object.fromEntries(Object.entries(stated).map(([name, { value }]) => [name, value])) as Parameters<
    PolicyCheck['says']
  >[0];

/** What contradicts the rules whatever the notice says: nobody could ever be paid, or somebody before there was an outage. */
export const impossibilitiesOf = (policy: Policy): readonly PolicyRemark[] => [
  ...windowsThatCannotBe(policy),
  ...waysThatCannotBe(policy),
  ...sharesThatCannotBe(policy),
  ...remarksOf(IMPOSSIBLE_FIRST, policy),
  ...expiriesWrittenTwice(policy),
  ...remarksOfCohorts(IMPOSSIBLE_OF_COHORTS, policy),
  ...remarksOf(IMPOSSIBLE, policy),
];

/** A coupon is in one cohort: told at each that another before it is of the same expiry. */
const expiriesWrittenTwice = ({ file }: Policy): readonly PolicyRemark[] =>
  cohortsStated(file).flatMap(({ path, originalExpiry }, place, all) => {
    const before = all[place - 1];
    return before?.originalExpiry === originalExpiry
      ? [
          {
            term: `${path}originalExpiry`,
            says: text(
              `${before.path}originalExpiry と同じ日(${originalExpiry})です。ひとつの有効期限は一度だけ書いてください`,
              `is the same as ${before.path}originalExpiry (${originalExpiry}): write each expiry once`,
            ),
          },
        ]
      : [];
  });

/** Several windows: each of some length, and none before the one before it is over. */
function windowsThatCannotBe({ file, terms }: Policy): readonly PolicyRemark[] {
  const { outages } = terms;
  if (outages.length === 1) return [];
  const written = windowsStated(file);
  return outages.flatMap(({ from, end }, place): readonly PolicyRemark[] => {
    const [before, own] = [outages[place - 1], written[place]];
    const isEarly = before !== undefined && from < before.end;
    return [
      ...(end <= from ? [{ term: `outages.${place}.to`, says: endsBefore(own?.from) }] : []),
      ...(isEarly ? [{ term: `outages.${place}.from`, says: beginsWithin(written[place - 1]?.to) }] : []),
    ];
  });
}

/** Whatever is due has to be paid in some way. */
const waysThatCannotBe = ({ terms }: Policy): readonly PolicyRemark[] =>
  isOffered(terms, 'points') || isOffered(terms, 'bank_transfer')
    ? []
    : [
        {
          term: 'points',
          says: text(
            'points と bank のどちらも書かれていません。誰にも支払えません',
            'is not stated, and neither is bank: nobody could be paid',
          ),
        },
      ];

/** A cap or a fixed sum below what is paid at least. */
function sharesThatCannotBe({ terms: { compensation } }: Policy): readonly PolicyRemark[] {
  const { minimumYen, capPerCouponYen, capPerPersonYen } = compensation;
  const remark = (term: string, yen: number): readonly PolicyRemark[] =>
    yen >= minimumYen
      ? []
      : [
          {
            term: `compensation.${term}`,
            says: text(
              `minimumYen(${minimumYen})より小さくはできません。誰にも支払えません`,
              `must not be less than minimumYen (${minimumYen}): nobody could be paid`,
            ),
          },
        ];
  return [
    ...(compensation.kind === 'fixed' ? remark('yen', compensation.yen) : []),
    ...(capPerCouponYen === undefined ? [] : remark('capPerCouponYen', capPerCouponYen)),
    ...(capPerPersonYen === undefined ? [] : remark('capPerPersonYen', capPerPersonYen)),
  ];
}

const endsBefore = (outageFrom: StatedTerm['value']): Text =>
  text(
    `障害の始まり(${outageFrom})より前にはできません。障害中に決済した人がいないことになります`,
    `must not be before outageFrom (${outageFrom}): nobody could have paid during the outage`,
  );

const beginsWithin = (outageTo: StatedTerm['value']): Text =>
  text(
    `前の障害の終わり(${outageTo})より後でなければなりません。早い順に、重ならないように書いてください`,
    `must be after the end of the one before it (${outageTo}): write them in order, none within another`,
  );

export type DateTerm =
  | 'applicationsOpen'
  | 'applicationsClose'
  | 'bankApplicationsOpen'
  | 'bankApplicationsClose'
  | 'claimsClose'
  | 'pointsFrom'
  | 'bankTransfersFrom'
  | 'receiveBy';

/** A day that must not come before another, where both are stated. */
const notBefore = (later: DateTerm, earlier: DateTerm, why: Text): PolicyCheck => ({
  term: () => later,
  applies: (terms) => {
    const [first, second] = [terms[earlier], terms[later]];
    return first !== undefined && second !== undefined && second < first;
  },
  says: (values, stated) =>
    text(
      `${stated[earlier].path}(${values[earlier]})より前にはできません。${why.ja}`,
      `must not be before ${stated[earlier].path} (${values[earlier]}): ${why.en}`,
    ),
});

/** A day that must not be over when the outage begins. */
const notOverBefore = (term: DateTerm, why: Text): PolicyCheck => ({
  term: () => term,
  applies: (terms) => {
    const day = terms[term];
    return day !== undefined && endOfDay(day) <= terms.outageFrom;
  },
  says: ({ outageFrom }) =>
    text(
      `障害の始まり(${outageFrom})より前の日にはできません。${why.ja}`,
      `must not be a day before the outage begins (${outageFrom}): ${why.en}`,
    ),
});

/** Within a day: a shop's report is of a date (R14), and one press repeated is no other day's purchase (R7). */
const withinADay = (term: 'repeatPressGapSeconds' | 'matchToleranceMinutes', words: Text): PolicyCheck => ({
  term: () => term,
  applies: ({ repeatPressGap, matchTolerance }) =>
    (term === 'repeatPressGapSeconds' ? repeatPressGap : matchTolerance) > DAY,
  says: () => words,
});

const EXTENSION = text('延長で期限が短くなることはありません(R5)', 'an extension never shortens (R5)');
const RECEIPT_OVER = text(
  'ポイントを期限までに受け取れる人がいません',
  'nobody could receive points by then without a person deciding each of them',
);

const IMPOSSIBLE_FIRST: readonly PolicyCheck[] = [
  {
    term: () => 'prefecture',
    applies: ({ prefectures }) => !prefectures.every((prefecture) => PREFECTURE.test(prefecture)),
    says: ({ prefecture }) => {
      const none = String(prefecture)
        .split(', ')
        .filter((each) => !PREFECTURE.test(each));
      return text(
        `${none.join('、')} という都道府県はありません(JIS X 0401 は 01 から 47)`,
        `there is no prefecture ${none.join(', ')}: JIS X 0401 has 01 to 47`,
      );
    },
  },
  {
    term: () => 'outageTo',
    applies: ({ outages, outageFrom, outageEnd }) => outages.length === 1 && outageEnd <= outageFrom,
    says: ({ outageFrom }) => endsBefore(outageFrom),
  },
];

const readWithinOutage = (outageTo: StatedTerm['value']): Text =>
  text(
    `障害の終わり(${outageTo})より前に終わる日にはできません。残高を読んだあとの引き落としまで戻すことになります`,
    `must not end before the outage does (${outageTo}): what is deducted after the balance was read would be put back on top of it`,
  );

/** A date of a cohort that must not come before another of it, where both are stated. */
const inCohortNotBefore = (later: CohortTerm, earlier: CohortTerm): CohortCheck => ({
  term: later,
  applies: (cohort) => {
    const [first, second] = [cohort[earlier], cohort[later]];
    return first !== undefined && second !== undefined && second < first;
  },
  says: (cohort) =>
    text(
      `${cohort.path}${earlier}(${cohort[earlier]})より前にはできません。${EXTENSION.ja}`,
      `must not be before ${cohort.path}${earlier} (${cohort[earlier]}): ${EXTENSION.en}`,
    ),
});

const IMPOSSIBLE_OF_COHORTS: readonly CohortCheck[] = [
  inCohortNotBefore('firstExtension', 'originalExpiry'),
  {
    ...inCohortNotBefore('secondExtension', 'originalExpiry'),
    // With a first extension, that is what it is held against.
    applies: ({ firstExtension, secondExtension, originalExpiry }) =>
      firstExtension === undefined && secondExtension < originalExpiry,
  },
  inCohortNotBefore('secondExtension', 'firstExtension'),
  {
    term: ({ firstExtension }) => (firstExtension === undefined ? 'originalExpiry' : 'firstExtension'),
    applies: (cohort, { outageFrom }) => firstExtensionEnd(cohort) <= outageFrom,
    says: (_, { outageFrom }) =>
      text(
        `障害の始まり(${outageFrom})より前の日にはできません。障害が起きる前に (A) が決まってしまいます`,
        `must not be a day before the outage begins (${outageFrom}): (A) would hold before there was an outage`,
      ),
  },
  {
    term: 'secondExtension',
    applies: ({ secondExtension }, { outageEnd }) => endOfDay(secondExtension) < outageEnd,
    says: (_, { outageTo }) => readWithinOutage(outageTo),
  },
];

/** The last day until which any coupon is extended. */
export const lastExtensionOf = (terms: Terms): CalendarDate =>
  secondExtensionsOf(terms).at(-1) ?? terms.secondExtension;

const IMPOSSIBLE: readonly PolicyCheck[] = [
  {
    // Among the terms themselves it is told as the cohort\u2019s.
    term: () => 'secondExtension',
    applies: ({ cohorts, secondExtension, outageEnd }) =>
      endOfDay(secondExtension) < outageEnd && !cohorts.some((cohort) => cohort.secondExtension === secondExtension),
    says: ({ outageTo }) => readWithinOutage(outageTo),
  },
  notBefore('applicationsClose', 'applicationsOpen', text('申請できる日がありません', 'nobody could apply')),
  notBefore('bankApplicationsClose', 'bankApplicationsOpen', text('申請できる日がありません', 'nobody could apply')),
  notOverBefore('applicationsClose', text('誰も申請できません', 'nobody could apply')),
  notOverBefore('bankApplicationsClose', text('誰も申請できません', 'nobody could apply')),
  notOverBefore('claimsClose', text('誰も申し出られません', 'nobody could call')),
  notOverBefore('pointsFrom', text('送るものがまだありません', 'there is nothing to send yet')),
  notOverBefore('bankTransfersFrom', text('振り込むものがまだありません', 'there is nothing to transfer yet')),
  notBefore('receiveBy', 'pointsFrom', RECEIPT_OVER),
  notBefore('receiveBy', 'applicationsOpen', RECEIPT_OVER),
  {
    term: () => 'receiveBy',
    applies: (terms) => terms.receiveBy !== undefined && terms.receiveBy <= lastExtensionOf(terms),
    says: (_, __, terms) => {
      const last = formatDate(lastExtensionOf(terms));
      return text(
        `secondExtension(${last})より後の日でなければなりません。支払えるようになったときには受取期限が過ぎています`,
        `must be after secondExtension (${last}): whatever becomes payable would be past it`,
      );
    },
  },
  withinADay(
    'repeatPressGapSeconds',
    text(
      '1 日(86400 秒)を超えることはできません。別の日の買物は、押し直しではありません(R7)',
      'must not exceed a day (86400 seconds): what is bought on another day is no press repeated (R7)',
    ),
  ),
  withinADay(
    'matchToleranceMinutes',
    text(
      '1 日(1440 分)を超えることはできません。店の報告は日ごとに読むからです(R14)',
      'must not exceed a day (1440 minutes): a shop’s report is read by the date (R14)',
    ),
  ),
];
