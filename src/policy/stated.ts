import { compareText } from '../base/text.ts';
import type { PolicyFile, PolicyFile1, PolicyFile2 } from './policy-file.ts';

/** A term by the name that it has in version 1 of a policy file, and in words of the program. */
export type TermName = Exclude<keyof PolicyFile1['terms'], CohortTerm> | 'bankApplicationsOpen' | 'secondExtension';

/** A date of a cohort. `secondExtension` is a term beside them, too: of coupons of no cohort. */
export type CohortTerm = 'originalExpiry' | 'firstExtension' | 'secondExtension';

/** Where in its file a policy states a term, and how it is written there. */
export interface StatedTerm {
  /** Under `terms`. */
  readonly path: string;
  /** Undefined where it is not stated. */
  readonly value: string | number | undefined;
}

export type Stated = Readonly<Record<TermName, StatedTerm>>;

/** What a policy states, whatever the version of its file. */
export const statedIn = (file: PolicyFile): Stated => (file.schemaVersion === 1 ? statedIn1(file) : statedIn2(file));

/** A window of the outage as it is written. */
interface StatedWindow {
  readonly from: string;
  readonly to: string;
}

export const windowsStated = (file: PolicyFile): readonly StatedWindow[] =>
  file.schemaVersion === 1 ? [{ from: file.terms.outageFrom, to: file.terms.outageTo }] : file.terms.outages;

/** The dates of a cohort as they are written, and where: under the terms themselves, or in `cohorts`. */
export interface StatedCohort {
  /** Put before the name of a date. */
  readonly path: string;
  readonly originalExpiry: string;
  readonly firstExtension: string | undefined;
  readonly secondExtension: string;
}

/** By expiry, whatever the order in which they are written. */
export function cohortsStated({ terms }: PolicyFile): readonly StatedCohort[] {
  const { originalExpiry, firstExtension, secondExtension } = terms;
  const listed = 'cohorts' in terms ? terms.cohorts : undefined;
  if (listed === undefined) {
    if (originalExpiry === undefined) throw new Error('a policy file that passed its schema states no expiry');
    return [{ path: '', originalExpiry, firstExtension, secondExtension }];
  }
  return listed
    .map((cohort, place) => ({ firstExtension: undefined, ...cohort, path: `cohorts.${place}.` }))
    .sort((a, b) => compareText(a.originalExpiry, b.originalExpiry));
}

/** Terms that both versions state by the same name. */
const ALIKE = [
  'secondExtension',
  'minimumResidualYen',
  'claimsClose',
  'repeatPressGapSeconds',
  'matchToleranceMinutes',
  'mostCouponsPerAccount',
] as const;

const stated = (path: string, value: StatedTerm['value']): StatedTerm => ({ path, value });

const statedAlike = ({ terms }: PolicyFile) =>
  Object.fromEntries(ALIKE.map((name) => [name, stated(name, terms[name])])) as Pick<Stated, (typeof ALIKE)[number]>;

/** Named in version 1 as they are in the program, but for what applications of both kinds share. */
const NAMED_1 = [
  'prefecture',
  'medium',
  'outageFrom',
  'outageTo',
  'applicationsOpen',
  'applicationsClose',
  'bankApplicationsClose',
  'pointsFrom',
  'bankTransfersFrom',
  'receiveBy',
] as const;

const statedIn1 = (file: PolicyFile1): Stated => ({
  ...statedAlike(file),
  ...(Object.fromEntries(NAMED_1.map((name) => [name, stated(name, file.terms[name])])) as Pick<
    Stated,
    (typeof NAMED_1)[number]
  >),
  bankApplicationsOpen: stated('applicationsOpen', file.terms.applicationsOpen),
});

function statedIn2(file: PolicyFile2): Stated {
  const { prefectures, media, outages, points, bank } = file.terms;
  return {
    ...statedAlike(file),
    prefecture: stated('prefectures', prefectures.join(', ')),
    medium: stated('media', media.join(', ')),
    outageFrom: stated('outages.0.from', outages[0]?.from),
    outageTo: stated(`outages.${outages.length - 1}.to`, outages.at(-1)?.to),
    applicationsOpen: stated('points.applicationsOpen', points?.applicationsOpen),
    applicationsClose: stated('points.applicationsClose', points?.applicationsClose),
    bankApplicationsOpen: stated('bank.applicationsOpen', bank?.applicationsOpen),
    bankApplicationsClose: stated('bank.applicationsClose', bank?.applicationsClose),
    pointsFrom: stated('points.from', points?.from),
    bankTransfersFrom: stated('bank.from', bank?.from),
    receiveBy: stated('points.receiveBy', points?.receiveBy),
  };
}
