import type { PolicyFile, PolicyFile1, PolicyFile2 } from './policy-file.ts';

/** A term by the name that it has in version 1 of a policy file, and in words of the program. */
export type TermName = keyof PolicyFile1['terms'] | 'bankApplicationsOpen';

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

/** Terms that both versions state by the same name. */
const ALIKE = [
  'originalExpiry',
  'firstExtension',
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
