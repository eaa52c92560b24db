import type { PolicyFile, PolicyFile1, PolicyFile2 } from './policy-file.ts';

/** What a policy says, as version 2 of its file has it. */
export const asVersion2 = (file: PolicyFile): PolicyFile2 =>
  file.schemaVersion === 2 ? file : { ...file, schemaVersion: 2, terms: termsAsVersion2(file.terms) };

/** The same with its cohorts as a list, so that it can be held against one that lists several. */
export function withCohorts(file: PolicyFile2): PolicyFile2 {
  const { originalExpiry, firstExtension, ...others } = file.terms;
  if (originalExpiry === undefined) return file;
  const { secondExtension } = others;
  const cohorts = [{ originalExpiry, ...stated({ firstExtension }), secondExtension }];
  return { ...file, terms: { ...others, cohorts } };
}

function termsAsVersion2(terms: PolicyFile1['terms']): PolicyFile2['terms'] {
  const { prefecture, medium, outageFrom, outageTo, originalExpiry, firstExtension, secondExtension, ...others } =
    terms;
  const { applicationsOpen, applicationsClose, bankApplicationsClose, claimsClose, pointsFrom, bankTransfersFrom } =
    terms;
  const { receiveBy, minimumResidualYen, repeatPressGapSeconds, matchToleranceMinutes } = others;
  return {
    prefectures: [prefecture],
    media: [medium],
    outages: [{ from: outageFrom, to: outageTo }],
    originalExpiry,
    ...stated({ firstExtension }),
    secondExtension,
    minimumResidualYen,
    points: { ...stated({ applicationsOpen, applicationsClose }), from: pointsFrom, ...stated({ receiveBy }) },
    bank: { ...stated({ applicationsOpen, applicationsClose: bankApplicationsClose }), from: bankTransfersFrom },
    ...stated({ claimsClose }),
    repeatPressGapSeconds,
    matchToleranceMinutes,
    ...stated({ mostCouponsPerAccount: terms.mostCouponsPerAccount }),
  };
}

/** A term that is not stated has no place in a file. */
const stated = <Stated extends object>(terms: Stated) =>
  Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined)) as {
    [Term in keyof Stated]?: Exclude<Stated[Term], undefined>;
  };
