/** Days and times of a policy, each set to where by the contract it cannot stand against another. */
import { at, changed, fileText, type Mutation, type Path, type PolicyJson } from './policy-json.ts';

/** `then` is never before `first`; or, where it has to be a later day, not on it either. */
type Order = readonly [first: string, then: string, isLater?: 'later'];

/** 1-notice.md, "What cannot be meant" and "What is odd". The outage stands for its first day, and for its last. */
const ORDERS: readonly Order[] = [
  ['outageFrom', 'originalExpiry'],
  ['originalExpiry', 'firstExtension'],
  ['originalExpiry', 'secondExtension'],
  ['firstExtension', 'secondExtension'],
  ['outageFrom', 'outageTo'],
  ['outageTo', 'secondExtension'],
  ['outageFrom', 'applicationsOpen'],
  ['outageFrom', 'bankApplicationsOpen'],
  ['applicationsOpen', 'applicationsClose'],
  ['bankApplicationsOpen', 'bankApplicationsClose'],
  ['secondExtension', 'applicationsClose', 'later'],
  ['secondExtension', 'bankApplicationsClose', 'later'],
  ['outageTo', 'claimsClose'],
  ['secondExtension', 'pointsFrom', 'later'],
  ['secondExtension', 'bankTransfersFrom', 'later'],
  ['bankApplicationsOpen', 'bankTransfersFrom'],
  ['pointsFrom', 'receiveBy'],
  ['applicationsOpen', 'receiveBy'],
  ['applicationsClose', 'receiveBy'],
  ['secondExtension', 'receiveBy', 'later'],
];

const TERMS = [...new Set([...ORDERS.map(([first]) => first), ...ORDERS.map(([, then]) => then)])];

/** Of a policy of several expiries, what is held against the extensions of each: {@link cohortOrders}. */
const isOfOneExpiry = ([first]: Order): boolean => first !== 'secondExtension';

/** Where a file of either version has a term. */
function pathOf({ schemaVersion, terms }: PolicyJson, term: string): Path {
  if (schemaVersion === 1) return ['terms', term === 'bankApplicationsOpen' ? 'applicationsOpen' : term];
  const windows = (terms.outages as readonly unknown[]).length;
  const elsewhere: Readonly<Record<string, Path>> = {
    outageFrom: ['outages', 0, 'from'],
    outageTo: ['outages', windows - 1, 'to'],
    applicationsOpen: ['points', 'applicationsOpen'],
    applicationsClose: ['points', 'applicationsClose'],
    pointsFrom: ['points', 'from'],
    receiveBy: ['points', 'receiveBy'],
    bankApplicationsOpen: ['bank', 'applicationsOpen'],
    bankApplicationsClose: ['bank', 'applicationsClose'],
    bankTransfersFrom: ['bank', 'from'],
  };
  return ['terms', ...(elsewhere[term] ?? [term])];
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Every two that are in an order, directly or by others between them, the wrong way round by a day. */
export function dateOrders(file: PolicyJson): readonly Mutation[] {
  const stated = new Map(
    TERMS.flatMap((term) => {
      const written = at(file, pathOf(file, term));
      return typeof written === 'string' ? [[term, written] as const] : [];
    }),
  );
  const orders = ordersAmong(stated, 'cohorts' in file.terms ? ORDERS.filter(isOfOneExpiry) : ORDERS);
  const set = (term: string, day: string): Mutation => ({
    what: `${term} is ${day}`,
    text: fileText(
      changed(
        file,
        pathOf(file, term),
        /^outage/.test(term) ? `${day}${term === 'outageFrom' ? 'T00:00' : 'T12:00'}` : day,
      ),
    ),
    places: [term, ...contradicted(new Map(stated).set(term, day), orders, term)].flatMap((each) =>
      placesOf(file, each),
    ),
    bySchema: false,
  });
  const wrongWays = orders.flatMap(([first, then, isLater]) => {
    const [firstDay, thenDay] = [dayOf(stated, first), dayOf(stated, then)];
    const onIt = isLater === 'later' ? [set(then, firstDay), set(first, thenDay)] : [];
    return [set(then, dayAfter(firstDay, -1)), set(first, dayAfter(thenDay, 1)), ...onIt];
  });
  return [...wrongWays, ...slips(file, stated)];
}

type Stated = ReadonlyMap<string, string>;

const dayOf = (stated: Stated, term: string): string => (stated.get(term) ?? '').slice(0, 10);

/** Of a window among several, whatever is said of the windows; of an extension, of that of any cohort. */
const placesOf = (file: PolicyJson, term: string): readonly string[] => [
  pathOf(file, term)
    .slice(0, /^outage/.test(term) ? 2 : 3)
    .join('.'),
  // Each of them ends after the outage.
  ...(term === 'secondExtension' || term === 'outageTo' ? ['terms.cohorts'] : []),
];

/** Orders that are stated, and those that follow from them. */
function ordersAmong(stated: Stated, orders: readonly Order[]): readonly Order[] {
  const direct = orders.filter(([first, then]) => stated.has(first) && stated.has(then));
  const after = (first: string): readonly string[] =>
    direct.filter((order) => order[0] === first).flatMap(([, then]) => [then, ...after(then)]);
  const followed = [...stated.keys()].flatMap((first) =>
    [...new Set(after(first))]
      .filter((then) => !direct.some((order) => order[0] === first && order[1] === then))
      .map((then): Order => [first, then]),
  );
  return [...direct, ...followed];
}

/** What stands the wrong way round to a term. */
const contradicted = (stated: Stated, orders: readonly Order[], term: string): readonly string[] =>
  orders
    .filter(([first, then]) => first === term || then === term)
    .filter(([first, then, isLater]) => {
      const [firstDay, thenDay] = [dayOf(stated, first), dayOf(stated, then)];
      return thenDay < firstDay || (isLater === 'later' && thenDay === firstDay);
    })
    .map(([first, then]) => (first === term ? then : first));

/** A year or ten too early or too late, in one place alone. */
const slips = (file: PolicyJson, stated: Stated): readonly Mutation[] =>
  [...stated].flatMap(([term, written]) =>
    [-10, -1, 1, 10].map((years) => ({
      what: `${term} is off by ${years} years`,
      text: fileText(changed(file, pathOf(file, term), `${Number(written.slice(0, 4)) + years}${written.slice(4)}`)),
      places: ['terms'],
      bySchema: false,
    })),
  );

/** One window of several a year off, both ends of it: no window is longer for it, and none out of order. */
export const windowSlips = (file: PolicyJson): readonly Mutation[] => {
  const windows = windowsWritten(file);
  const yearsOff = (time: string, years: number): string => `${Number(time.slice(0, 4)) + years}${time.slice(4)}`;
  return windows.length === 1
    ? []
    : windows.map(([from, to, start, end], place) => {
        const years = place === 0 ? -1 : 1;
        const moved = changed(changed(file, from, yearsOff(start, years)), to, yearsOff(end, years));
        return {
          what: `window ${place} is off by ${years} years`,
          text: fileText(moved),
          places: ['terms.outages', 'terms.secondExtension', 'terms.cohorts'],
          bySchema: false,
        };
      });
};

/** Times of the outage against each other, in both ways to write them. */
export function instantOrders(file: PolicyJson): readonly Mutation[] {
  const windows = windowsWritten(file);
  return windows.flatMap(([from, to, start, end], place): readonly Mutation[] => {
    const told = (path: Path, time: string, places: readonly Path[]): Mutation => ({
      what: `${path.join('.')} is ${time}`,
      text: fileText(changed(file, path, time)),
      places: places.map((each) => each.join('.')),
      bySchema: false,
    });
    const [before, next] = [windows[place - 1], windows[place + 1]];
    const early = minutesAfter(start, -1);
    const late = minutesAfter(end, 1);
    const swapped = changed(changed(file, from, end), to, start);
    return [
      ...[early, early.replace('T', ' '), `${early}:59`].map((time) => told(to, time, [from, to])),
      ...[late, late.replace('T', ' '), `${late}:00`].map((time) => told(from, time, [from, to])),
      {
        what: `${from.join('.')} and its end are swapped`,
        text: fileText(swapped),
        places: [from.join('.'), to.join('.')],
        bySchema: false,
      },
      ...(before === undefined
        ? []
        : [told(from, before[3], [from, before[1]]), told(from, before[2], [from, before[1]])]),
      ...(next === undefined ? [] : [told(to, next[2], [to, next[0]]), told(to, next[3], [to, next[0], next[1]])]),
    ];
  });
}

type Window = readonly [from: Path, to: Path, start: string, end: string];

function windowsWritten(file: PolicyJson): readonly Window[] {
  const { outages } = file.terms;
  const paths: readonly (readonly [Path, Path])[] = Array.isArray(outages)
    ? outages.map((_, place) => [
        ['terms', 'outages', place, 'from'],
        ['terms', 'outages', place, 'to'],
      ])
    : [
        [
          ['terms', 'outageFrom'],
          ['terms', 'outageTo'],
        ],
      ];
  return paths.map(([from, to]) => [from, to, String(at(file, from)).slice(0, 16), String(at(file, to)).slice(0, 16)]);
}

const minutesAfter = (time: string, minutes: number): string =>
  new Date(Date.parse(`${time.replace(' ', 'T')}:00Z`) + minutes * 60_000).toISOString().slice(0, 16);

interface WrittenCohort {
  readonly originalExpiry: string;
  readonly firstExtension?: string;
  readonly secondExtension: string;
}

/** Several printed expiries: each against its own extensions, and what is sent, applied for and received against them all. */
export function cohortOrders(file: PolicyJson): readonly Mutation[] {
  const cohorts = file.terms.cohorts as readonly WrittenCohort[] | undefined;
  if (cohorts === undefined) return [];
  const extensions = [...cohorts.map(({ secondExtension }) => secondExtension), String(file.terms.secondExtension)];
  const [first = '', last = ''] = [extensions.toSorted()[0], extensions.toSorted().at(-1)];
  const set = (path: Path, day: string, places: readonly Path[] = [path]): Mutation => ({
    what: `${path.join('.')} is ${day}`,
    text: fileText(changed(file, path, day)),
    places: places.map((each) => each.join('.')),
    bySchema: false,
  });
  const against = [
    ...['pointsFrom', 'bankTransfersFrom'].map((term) => [term, first] as const),
    ...['applicationsClose', 'bankApplicationsClose', 'receiveBy'].map((term) => [term, last] as const),
  ].filter(([term]) => at(file, pathOf(file, term)) !== undefined);
  return [
    ...against.map(([term, day]) => set(pathOf(file, term), day)),
    ...cohorts.flatMap(({ originalExpiry, firstExtension }, place) => {
      const within = (name: string): Path => ['terms', 'cohorts', place, name];
      const both = (name: string): readonly Path[] => [
        within(name),
        within('originalExpiry'),
        within('secondExtension'),
      ];
      const early = dayAfter(originalExpiry, -1);
      return [
        set(within('secondExtension'), early, both('firstExtension')),
        ...(firstExtension === undefined ? [] : [set(within('firstExtension'), early, both('firstExtension'))]),
      ];
    }),
    ...cohorts.slice(1).map((_, place) =>
      set(['terms', 'cohorts', place + 1, 'originalExpiry'], cohorts[0]?.originalExpiry ?? '', [
        ['terms', 'cohorts', place + 1],
        ['terms', 'cohorts'],
      ]),
    ),
  ];
}
