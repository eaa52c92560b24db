/**
 * One thing at a time made wrong in a policy file that is right, or written otherwise and meant the same. Whether it is
 * to be told, and where, follows from the contract (1-notice.md), never from what the program says.
 */
import { cohortOrders, dateOrders, instantOrders, windowSlips } from './order-mutations.ts';
import {
  at,
  changed,
  fileText,
  type Json,
  type Mutation,
  type Path,
  type PolicyJson,
  placesIn,
} from './policy-json.ts';

export const mutationsOf = (file: PolicyJson): readonly Mutation[] =>
  file.id === BUILT_IN ? allMutationsOf(file).map(ofTheBuiltIn) : allMutationsOf(file);

const BUILT_IN = 'kagoshima-2023-02-24';

/** What is called the built-in policy is that: another term, or another title, is told of these before what is odd. */
const ofTheBuiltIn = (mutation: Mutation): Mutation =>
  mutation.places.length === 0 || mutation.bySchema
    ? mutation
    : { ...mutation, places: [...mutation.places, 'id', 'title'] };

const allMutationsOf = (file: PolicyJson): readonly Mutation[] => [
  ...dateOrders(file),
  ...cohortOrders(file),
  ...instantOrders(file),
  ...windowSlips(file),
  ...ofLists(file),
  ...ofRoutes(file),
  ...meantTheSame(file),
];

/** Of what stands at each place alone: the same of every policy that states the same terms. */
export const shapeMutationsOf = (file: PolicyJson): readonly Mutation[] => [
  ...placesIn(file).flatMap(([path, value]) => ofPlace(file, path, value)),
  ...ofText(file),
];

const NEED_NOT_BE_STATED =
  /^terms\.(?:firstExtension|claimsClose|mostCouponsPerAccount|compensation|points|bank|receiveBy|(?:points\.|bank\.)?(?:applicationsOpen|applicationsClose|receiveBy)|bankApplicationsClose|compensation\.(?:minimumYen|capPerCouponYen|capPerPersonYen)|cohorts\.\d+\.firstExtension)$/;

/** What any place can be made into, and what one of its kind can. */
function ofPlace(file: PolicyJson, path: Path, value: Json): readonly Mutation[] {
  if (path.length === 0) return others(file, path, [null, [], 'x', 1, true]);
  const removed = without(file, path);
  if (typeof value === 'string')
    return [...removed, ...others(file, path, [1, null, true, [value], {}]), ...ofString(file, path, value)];
  if (typeof value === 'number')
    return [
      ...removed,
      ...others(file, path, [String(value), null, true, [value], {}]),
      ...ofNumber(file, path, value),
    ];
  if (Array.isArray(value)) return [...removed, ...others(file, path, [null, {}, 'x', 1, []])];
  return [
    ...removed,
    ...others(file, path, [null, [], 'x', 1]),
    ...misspelt(file, path, value as { readonly [key: string]: Json }),
  ];
}

/** None of these is a value that could stand there. */
const others = (file: PolicyJson, path: Path, values: readonly Json[]): readonly Mutation[] =>
  values.map((value) => refused(file, path, value, `is ${JSON.stringify(value)}`));

const refused = (file: PolicyJson, path: Path, value: Json, what: string, bySchema = true): Mutation => ({
  what: `${path.join('.')} ${what}`,
  text: fileText(changed(file, path, value)),
  places: [path.join('.') || '(root)'],
  bySchema,
});

function without(file: PolicyJson, path: Path): readonly Mutation[] {
  const place = path.join('.');
  const text = fileText(changed(file, path, undefined));
  const what = `${place} is left out`;
  if (typeof path.at(-1) === 'number') return [];
  // In place of it one expiry could stand.
  if (place === 'terms.cohorts') return [{ what, text, places: [place, 'terms.originalExpiry'], bySchema: true }];
  if (!NEED_NOT_BE_STATED.test(place)) return [{ what, text, places: [place], bySchema: true }];
  // Whatever is due must be paid in some way, and what is called the built-in policy is that.
  if (place === 'terms.points' || place === 'terms.bank') return [];
  if (file.id === BUILT_IN) return [{ what, text, places: ['id', place], bySchema: false }];
  // Told as odd; and without a first extension others are read at the expiry.
  if (place === 'terms.claimsClose') return [{ what, text, places: [place], bySchema: false }];
  return /firstExtension$/.test(place) ? [] : [{ what, text, places: [], bySchema: false }];
}

const TIME = /^\d{4}-\d{2}-\d{2}[T ]/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function ofString(file: PolicyJson, path: Path, value: string): readonly Mutation[] {
  const never = (values: readonly string[]): readonly Mutation[] => others(file, path, values);
  const name = String(path.at(-1));
  if (path[0] === 'title')
    return [...never(['']), ...[' ', '\u3000\n'].map((blank) => refused(file, path, blank, 'is blank', false))];
  if (path[0] === 'id') return never(['', ' ', 'A', 'a b', '-a', 'a/b', '東京', `${value}\n`]).concat(takenId(file));
  if (DAY.test(value))
    return never([
      '',
      'x',
      `${value.slice(0, 4)}-02-30`,
      value.replaceAll('-', '/'),
      `${value}T00:00`,
      ` ${value}`,
      value.slice(2),
      value.replace('2', '２'),
      `${value.slice(0, 5)}00-10`,
    ]);
  if (TIME.test(value)) {
    const day = value.slice(0, 10);
    return never([
      '',
      day,
      `${value}Z`,
      `${value}+09:00`,
      `${day}T24:00`,
      `${day}T25:00`,
      `${day}T23:60`,
      `${day}T23:59:60`,
      `${value} `,
      `${day}T9:00`,
    ]).concat(refused(file, path, `${value.slice(0, 4)}-02-30T12:00`, 'is of no date', false));
  }
  if (name === 'prefecture' || path[1] === 'prefectures')
    return never(['00', '48', '99', '', '4', '046', '４６', 'Kagoshima']).map((each) => ({
      ...each,
      places: ['terms.prefecture', 'terms.prefectures', path.join('.')],
    }));
  return never(['', 'x', value.toUpperCase(), ` ${value}`]);
}

/** The id of the built-in policy, over terms of another. */
const takenId = (file: PolicyJson): readonly Mutation[] =>
  file.id === BUILT_IN ? [] : [refused(file, ['id'], BUILT_IN, 'is that of the built-in policy', false)];

/** Gap and tolerance can be nothing; what is paid, asked for or believed is at least 1. */
function ofNumber(file: PolicyJson, path: Path, value: number): readonly Mutation[] {
  const name = String(path.at(-1));
  const span = SPANS[name];
  const told = (number: number, what: string, bySchema: boolean): Mutation =>
    refused(file, path, number, `is ${what}`, bySchema);
  return [
    told(value + 0.5, 'a fraction more', true),
    told(-1, 'negative', true),
    told(0, 'nothing', span === undefined),
    told(1e300, 'beyond counting', true),
    told(1e12, 'far too large', span !== undefined || name === 'percent' || name === 'schemaVersion'),
    ...(name === 'schemaVersion' ? [told(value + 2, 'of a version to come', true)] : []),
    ...(name === 'percent' ? [told(101, 'more than all', true)] : []),
    ...(span === undefined
      ? []
      : [
          told(span.day + 1, 'more than a day', true),
          told(lengthOfOutage(file) / span.ms + 1, 'longer than the outage', false),
        ]),
  ].map((mutation) =>
    // Of another version, all terms are others; of kinds of compensation one may bound another.
    name === 'schemaVersion'
      ? { ...mutation, places: ['schemaVersion', 'terms'] }
      : path[1] === 'compensation'
        ? { ...mutation, places: [path.join('.'), 'terms.compensation'] }
        : mutation,
  );
}

const SPANS: Readonly<Record<string, { readonly day: number; readonly ms: number }>> = {
  repeatPressGapSeconds: { day: 86_400, ms: 1000 },
  matchToleranceMinutes: { day: 1440, ms: 60_000 },
};

/** The minute that ends a window is part of it (R1). */
function lengthOfOutage(file: PolicyJson): number {
  const windows = windowsOf(file);
  const instant = (written: string): number => Date.parse(`${written.replace(' ', 'T')}Z`);
  const minute = (written: string): number => (written.length > 16 ? 1000 : 60_000);
  return windows.reduce((sum, { from, to }) => sum + instant(to) + minute(to) - instant(from), 0);
}

const windowsOf = ({ terms }: PolicyJson): readonly { readonly from: string; readonly to: string }[] =>
  (terms.outages as readonly { readonly from: string; readonly to: string }[] | undefined) ?? [
    { from: String(terms.outageFrom), to: String(terms.outageTo) },
  ];

/** A key that there is not: one more, and each that there is, misspelt. */
function misspelt(file: PolicyJson, path: Path, value: { readonly [key: string]: Json }): readonly Mutation[] {
  const told = (key: string, changedFile: Json): Mutation => ({
    what: `${[...path, key].join('.')} is added`,
    text: fileText(changedFile),
    places: [[...path, key].join('.')],
    bySchema: true,
  });
  const optional = Object.keys(value).filter((key) => NEED_NOT_BE_STATED.test([...path, key].join('.')));
  return [
    ...['note', 'constructor', '__proto__'].map((key) => told(key, changed(file, [...path, key], 1))),
    ...optional.map((key) =>
      told(`${key}s`, changed(changed(file, [...path, key], undefined), [...path, `${key}s`], value[key])),
    ),
  ];
}

/** Lists name nothing twice; windows are in order. */
function ofLists(file: PolicyJson): readonly Mutation[] {
  return ['prefectures', 'media', 'outages'].flatMap((name): readonly Mutation[] => {
    const list = file.terms[name];
    if (!Array.isArray(list)) return [];
    const path = ['terms', name];
    const place = path.join('.');
    const again: Mutation = {
      what: `${place} has one twice`,
      text: fileText(changed(file, path, [...list, list[0] as Json])),
      places: [place, `${place}.${list.length}.from`],
      bySchema: name !== 'outages',
    };
    const turned = {
      what: `${place} is turned round`,
      text: fileText(changed(file, path, list.toReversed())),
      bySchema: false,
    };
    const inOrder = list.map((_, index) => `${place}.${index}.from`);
    return [again, ...(list.length > 1 ? [{ ...turned, places: name === 'outages' ? inOrder : [] }] : [])];
  });
}

/** Whatever is due must be paid in some way; a figure is not worth more than a coupon. */
function ofRoutes(file: PolicyJson): readonly Mutation[] {
  if (file.schemaVersion === 1) return [];
  const none = changed(changed(file, ['terms', 'points'], undefined), ['terms', 'bank'], undefined);
  const compensation = (value: Json, place: string): Mutation => ({
    what: `compensation is ${JSON.stringify(value)}`,
    text: fileText(changed(file, ['terms', 'compensation'], value)),
    places: ['terms.compensation', `terms.compensation.${place}`],
    bySchema: false,
  });
  return [
    { what: 'no way to be paid', text: fileText(none), places: ['terms.points', 'terms.bank'], bySchema: false },
    compensation({ kind: 'fixed', yen: 499, minimumYen: 500 }, 'yen'),
    compensation({ kind: 'balance', capPerCouponYen: 499, minimumYen: 500 }, 'capPerCouponYen'),
    compensation({ kind: 'fixed', yen: 1000, capPerCouponYen: 999 }, 'yen'),
    compensation({ kind: 'fixed', yen: 100_001 }, 'yen'),
    compensation({ kind: 'balance', minimumYen: 100_001 }, 'minimumYen'),
    compensation({ kind: 'percentage', percent: 1, rounding: 'up', minimumYen: 1001 }, 'minimumYen'),
    { ...compensation({ kind: 'balance', yen: 1000 }, 'yen'), bySchema: true },
    { ...compensation({ kind: 'percentage', percent: 50 }, 'rounding'), bySchema: true },
  ];
}

/** What no JSON is, and a name that stands twice: told at its line and column. */
function ofText(file: PolicyJson): readonly Mutation[] {
  const text = fileText(file);
  const lines = text.split('\n');
  const told = (what: string, broken: string, line: number): Mutation => ({
    what,
    text: broken,
    places: [`:${line}:`],
    bySchema: false,
  });
  const twice = lines.flatMap((line, index) =>
    /^\s*"\w+": [^[{]*$/.test(line)
      ? [
          told(
            `line ${index + 1} stands twice`,
            lines.toSpliced(index, 0, line.replace(/,?$/, ',')).join('\n'),
            index + 2,
          ),
        ]
      : [],
  );
  return [
    ...twice,
    told('a comma less', text.replace(',\n', '\n'), 3),
    told('nothing in it', '', 1),
    told('cut off', lines.slice(0, -2).join('\n'), lines.length - 2),
  ];
}

/** Nothing is to be told of these that is not told of the file as it is. */
function meantTheSame(file: PolicyJson): readonly Mutation[] {
  const text = fileText(file);
  const same = (what: string, written: string): Mutation => ({ what, text: written, places: [], bySchema: false });
  const windows = placesIn(file).filter(([, value]) => typeof value === 'string' && TIME.test(value));
  const rewritten = (path: Path, write: (time: string) => string): Json =>
    changed(file, path, write(String(at(file, path))));
  return [
    same('a byte order mark', `\ufeff${text}`),
    same('line ends of Windows', text.replaceAll('\n', '\r\n')),
    same(
      'comments and a last comma',
      `// of the notice\n${text.replace(/"\n/, '", // as printed\n').replace(/\n\s*\}\s*$/, ',\n}\n')}`,
    ),
    same('keys in another order', fileText(turned(file))),
    ...(file.id === BUILT_IN
      ? []
      : [
          same('another id', fileText(changed(file, ['id'], 'another-2031'))),
          ...windows.map(([path]) =>
            same(`${path.join('.')} with a blank`, fileText(rewritten(path, (time) => time.replace('T', ' ')))),
          ),
          ...windows
            .filter(([, value]) => String(value).length === 16)
            .map(([path]) =>
              same(
                `${path.join('.')} to the second`,
                fileText(rewritten(path, (time) => `${time}${/to/i.test(String(path.at(-1))) ? ':59' : ':00'}`)),
              ),
            ),
        ]),
  ];
}

const turned = (value: Json): Json =>
  typeof value !== 'object' || value === null
    ? value
    : Array.isArray(value)
      ? value.map(turned)
      : Object.fromEntries(
          Object.entries(value)
            .toReversed()
            .map(([key, each]) => [key, turned(each)]),
        );
