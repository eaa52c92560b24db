import { type CalendarDate, endOfDay, formatDate, type Instant, MINUTE, SECOND } from '../base/instants.ts';
import { compareText, type Text } from '../base/text.ts';
import { CLAUSES, type Clause } from './clauses.ts';
import { type PolicyFile, type PolicyFile1, type PolicyFile2, readBound, readDate } from './policy-file.ts';
import { READINGS, type Reading } from './readings.ts';
import { cohortsStated, statedIn, windowsStated } from './stated.ts';
import { type Cohort, type Compensation, type OutageWindow, secondExtensionOf, type Terms } from './terms.ts';
import { outageDates, type Wording, wordedBy } from './wording.ts';

/** A policy in force: the file as it was given, and the terms computed from it. */
export interface Policy {
  readonly id: string;
  readonly title: Text;
  readonly file: PolicyFile;
  readonly terms: Terms;
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a policy file that passed its schema holds a date that does not exist');
  return value;
}

const dateIn = (value: string): CalendarDate => must(readDate(value));

const optionalDate = (value: string | undefined): CalendarDate | undefined =>
  value === undefined ? undefined : dateIn(value);

/** @param file a policy file that its schema has accepted */
export const policyOf = <File extends PolicyFile>(file: File): Policy & { readonly file: File } => ({
  id: file.id,
  title: file.title,
  file,
  terms: termsOf(file),
});

function termsOf(file: PolicyFile): Terms {
  const { programme, outages, compensation, routes } = file.schemaVersion === 1 ? partsOf1(file) : partsOf2(file);
  const { terms } = file;
  return {
    ...programme,
    outageFrom: must(outages[0]).from,
    outageEnd: must(outages.at(-1)).end,
    outages,
    cohorts: cohortsStated(file).map((cohort) => ({
      originalExpiry: dateIn(cohort.originalExpiry),
      firstExtension: optionalDate(cohort.firstExtension),
      secondExtension: dateIn(cohort.secondExtension),
    })),
    secondExtension: dateIn(terms.secondExtension),
    minimumResidualYen: terms.minimumResidualYen,
    compensation,
    ...routes,
    claimsClose: optionalDate(terms.claimsClose),
    repeatPressGap: terms.repeatPressGapSeconds * SECOND,
    matchTolerance: terms.matchToleranceMinutes * MINUTE,
    mostCouponsPerAccount: terms.mostCouponsPerAccount,
  };
}

/** What the versions of a policy file state otherwise. */
interface Parts {
  readonly programme: Pick<Terms, 'prefectures' | 'media'>;
  readonly outages: readonly OutageWindow[];
  readonly compensation: Compensation;
  readonly routes: Pick<
    Terms,
    | 'applicationsOpen'
    | 'applicationsClose'
    | 'bankApplicationsOpen'
    | 'bankApplicationsClose'
    | 'pointsFrom'
    | 'bankTransfersFrom'
    | 'receiveBy'
  >;
}

const windowOf = (from: string, to: string): OutageWindow => ({
  from: must(readBound(from)).from,
  end: must(readBound(to)).end,
});

const THE_BALANCE: Compensation = {
  kind: 'balance',
  minimumYen: 1,
  capPerCouponYen: undefined,
  capPerPersonYen: undefined,
};

const partsOf1 = ({ terms }: PolicyFile1): Parts => ({
  programme: { prefectures: [terms.prefecture], media: [terms.medium] },
  outages: [windowOf(terms.outageFrom, terms.outageTo)],
  compensation: THE_BALANCE,
  routes: {
    applicationsOpen: optionalDate(terms.applicationsOpen),
    applicationsClose: optionalDate(terms.applicationsClose),
    bankApplicationsOpen: optionalDate(terms.applicationsOpen),
    bankApplicationsClose: optionalDate(terms.bankApplicationsClose),
    pointsFrom: dateIn(terms.pointsFrom),
    bankTransfersFrom: dateIn(terms.bankTransfersFrom),
    receiveBy: optionalDate(terms.receiveBy),
  },
});

const compensationOf = ({ compensation = THE_BALANCE }: PolicyFile2['terms']): Compensation => ({
  ...compensation,
  minimumYen: compensation.minimumYen ?? THE_BALANCE.minimumYen,
  capPerCouponYen: compensation.capPerCouponYen,
  capPerPersonYen: compensation.capPerPersonYen,
});

const partsOf2 = ({ terms }: PolicyFile2): Parts => ({
  programme: { prefectures: [...terms.prefectures].sort(compareText), media: terms.media },
  outages: terms.outages.map(({ from, to }) => windowOf(from, to)),
  compensation: compensationOf(terms),
  routes: {
    applicationsOpen: optionalDate(terms.points?.applicationsOpen),
    applicationsClose: optionalDate(terms.points?.applicationsClose),
    bankApplicationsOpen: optionalDate(terms.bank?.applicationsOpen),
    bankApplicationsClose: optionalDate(terms.bank?.applicationsClose),
    pointsFrom: optionalDate(terms.points?.from),
    bankTransfersFrom: optionalDate(terms.bank?.from),
    receiveBy: optionalDate(terms.points?.receiveBy),
  },
});

/** The last day before t1: that of the first extension, or the original expiry where the notice gave none. */
export const firstExtensionOf = ({ firstExtension, originalExpiry }: Cohort): CalendarDate =>
  firstExtension ?? originalExpiry;

/** t1 of 3-rules.md §0: the end of the first extension of a cohort. */
export const firstExtensionEnd = (cohort: Cohort): Instant => endOfDay(firstExtensionOf(cohort));

/** t2 of 3-rules.md §0, of a coupon of this expiry: the end of the second extension. */
export const secondExtensionEnd = (terms: Terms, expiresOn: CalendarDate): Instant =>
  endOfDay(secondExtensionOf(terms, expiresOn));

/** Whether an instant is in W (3-rules.md §0). It is asked of every row: of one window two numbers tell. */
export const duringOutage = (terms: Terms, instant: Instant): boolean =>
  instant >= terms.outageFrom &&
  instant < terms.outageEnd &&
  (terms.outages.length === 1 || terms.outages.some(({ from, end }) => instant >= from && instant < end));

/** How long it lasted in all. */
export const lengthOfOutage = ({ outages }: Terms): number =>
  outages.reduce((sum, { from, end }) => sum + end - from, 0);

/** What the words of a policy are filled with: terms by their names, and what there are several of by their places. */
function figuresOf({ file, terms }: Policy): Readonly<Record<string, string | number | undefined>> {
  const windows = windowsStated(file);
  const written = (time: string): string => time.replace('T', ' ');
  const ofWindows = windows.flatMap(({ from, to }, place) => [
    [`outageFrom${place}`, written(from)],
    [`outageTo${place}`, written(to)],
    [`outageDate${place}`, from.slice(0, 10)],
  ]);
  const ofCohorts = cohortsStated(file).flatMap(({ originalExpiry, firstExtension, secondExtension }, place) => [
    [`originalExpiry${place}`, originalExpiry],
    [`firstExtension${place}`, firstExtension],
    [`secondExtension${place}`, secondExtension],
  ]);
  const ofTerms = Object.entries(statedIn(file)).map(([name, { value }]) => [name, value]);
  return {
    ...Object.fromEntries([...ofTerms, ...ofWindows, ...ofCohorts]),
    ...Object.fromEntries(terms.prefectures.map((prefecture, place) => [`prefecture${place}`, prefecture])),
    outageDate: windows[0]?.from.slice(0, 10),
    outageLastDate: formatDate(outageDates(terms)[1]),
    outageFrom: written(windows[0]?.from ?? ''),
    outageTo: written(windows.at(-1)?.to ?? ''),
  };
}

/**
 * A clause or reading under a policy: worded by its terms, and `{term}` filled with the figures in force.
 *
 * @throws if it speaks of a term that the policy does not state: its wording has to ask first
 */
function withTerms(wording: Wording, terms: Terms, figures: ReturnType<typeof figuresOf>): Text {
  const words = wordedBy(terms, wording);
  const figure = (name: string): string => {
    const value = figures[name];
    if (value === undefined) throw new Error(`words speak of ${name}, which the policy does not state`);
    return String(value);
  };
  const fill = (sentence: string): string => sentence.replace(/\{(\w+)\}/g, (_, name: string) => figure(name));
  return { ja: fill(words.ja), en: fill(words.en) };
}

export const clausesOf = (policy: Policy): readonly Clause[] => saidUnder(policy, CLAUSES);

export const readingsOf = (policy: Policy): readonly Reading[] => saidUnder(policy, READINGS);

function saidUnder<Said extends { readonly says: Wording }>(policy: Policy, said: readonly Said[]) {
  const figures = figuresOf(policy);
  return said.map((each) => ({ ...each, says: withTerms(each.says, policy.terms, figures) }));
}
