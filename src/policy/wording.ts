import { type CalendarDate, dateOf, HOUR, type Instant, startOfDay } from '../base/instants.ts';
import { type Text, text } from '../base/text.ts';
import { type Medium, secondExtensionsOf, type Terms } from './terms.ts';

/** Words that are the same under every policy, or are made from the terms in force: no notice speaks through another's. */
export type Wording = Text | ((terms: Terms) => Text);

/** The words under a policy. */
export const wordedBy = (terms: Terms, wording: Wording): Text =>
  typeof wording === 'function' ? wording(terms) : wording;

/** The date on which the outage began, and the last on which it lasted. */
export const outageDates = ({ outageFrom, outageEnd }: Terms): readonly [first: CalendarDate, last: CalendarDate] => [
  dateOf(outageFrom),
  dateOf(outageEnd - 1),
];

/** Whether the outage lasted one day and all coupons of (A) expired on it: else no expiry is called the day of the outage. */
export function expireOnDayOfOutage(terms: Terms): boolean {
  const [first, last] = outageDates(terms);
  return first === last && terms.cohorts.every(({ originalExpiry }) => originalExpiry === first);
}

/** Whether all coupons that are extended are so until one day. */
export const isExtendedAlike = (terms: Terms): boolean => secondExtensionsOf(terms).length === 1;

/** Whether (A) is read when a first extension ends, when the expiry does, or now at the one and now at the other. */
export function readAfter({ cohorts }: Pick<Terms, 'cohorts'>): 'extension' | 'expiry' | 'either' {
  const extended = cohorts.filter(({ firstExtension }) => firstExtension !== undefined).length;
  if (extended === 0) return 'expiry';
  return extended === cohorts.length ? 'extension' : 'either';
}

/** When (A) is read of each coupon, where no day is named. */
export const firstReading = (terms: Pick<Terms, 'cohorts'>): Text => FIRST_READINGS[readAfter(terms)];
const FIRST_READINGS = {
  extension: text('最初の延長の終わり', 'the end of the first extension'),
  expiry: text('有効期限の終わり', 'the end of its expiry'),
  either: text(
    '最初の延長の終わり(延長のない期限ではその日の終わり)',
    'the end of the first extension, or of an expiry that has none',
  ),
};

/** One of several of a kind, in a sentence: of one alone nothing but that. */
export const anyOf = (words: readonly Text[]): Text => {
  const [ja, en] = [words.map((word) => word.ja).join('・'), words.map((word) => word.en).join(', ')];
  return words.length === 1 ? text(ja, en) : text(`${ja}のいずれか`, en.replace(/, (?=[^,]*$)/, ' or '));
};

interface PartOfDay {
  /** Hours between which an outage of this part of the day begins. */
  readonly begins: readonly [from: number, before: number];
  /** The hour by which it is over, counted from the midnight before it. */
  readonly over: number;
  /** Put before what could not be done then. */
  readonly says: Text;
}

/** In the order in which they are sought; an outage that none of them fits is told by its dates alone. */
const PARTS_OF_DAY: readonly PartOfDay[] = [
  { begins: [5, 12], over: 12, says: text('{outageDate} 午前、', 'On the morning of {outageDate}') },
  { begins: [12, 17], over: 18, says: text('{outageDate} 午後、', 'On the afternoon of {outageDate}') },
  { begins: [17, 19], over: 23, says: text('{outageDate} 夕方、', 'On the evening of {outageDate}') },
  { begins: [19, 24], over: 24, says: text('{outageDate} 夜、', 'On the evening of {outageDate}') },
  {
    begins: [18, 24],
    over: 30,
    says: text(
      '{outageDate} から {outageLastDate} にかけての夜、',
      'In the night from {outageDate} to {outageLastDate}',
    ),
  },
];

/** When the outage was, as a sentence begins with it. */
export function outageTime(terms: Terms): Text {
  const [first, last] = outageDates(terms);
  if (terms.outages.length > 1 && first !== last) return timeOfWindows(terms);
  const hours = (instant: Instant): number => (instant - startOfDay(first)) / HOUR;
  const [from, end] = [hours(terms.outageFrom), hours(terms.outageEnd)];
  const part = PARTS_OF_DAY.find(({ begins, over }) => from >= begins[0] && from < begins[1] && end <= over);
  if (part !== undefined) return part.says;
  return first === last
    ? text('{outageDate}、', 'On {outageDate}')
    : text('{outageDate} から {outageLastDate} にかけて、', 'From {outageDate} to {outageLastDate}');
}

/** Whether the outage was of one evening or night: only then it is called one. */
export function isOfOneNight(terms: Terms): boolean {
  const said = outageTime(terms);
  return PARTS_OF_DAY.some(({ begins, says }) => says === said && begins[0] >= EVENING_HOUR);
}

const EVENING_HOUR = 17;

/** The dates on which windows of the outage began, each once. */
function timeOfWindows({ outages }: Terms): Text {
  const dates = outages.flatMap(({ from }, place) =>
    outages.findIndex((other) => dateOf(other.from) === dateOf(from)) === place ? [`{outageDate${place}}`] : [],
  );
  return text(`${dates.join('、')}に始まった障害で、`, `In the outages that began on ${listed(dates).en}`);
}

interface MediumWords {
  readonly coupons: Text;
  readonly coupon: Text;
  /** What is done with them: one that is in the app already is not charged to it. */
  readonly used: Text;
  /** What is put before the expiry with which a coupon was issued: only on paper it is printed. */
  readonly own: Text;
  /** What Japanese puts before the yen for which it was issued. */
  readonly faceJa: string;
}

const MEDIUM_WORDS: Readonly<Record<Medium, MediumWords>> = {
  paper: {
    coupons: text('地域クーポン(紙)', 'paper regional coupons'),
    coupon: text('紙の地域クーポン', 'a paper coupon'),
    used: text('発行・チャージ・決済', 'issued, charged or paid with'),
    own: text('券面', 'printed'),
    faceJa: '券面',
  },
  app: {
    coupons: text('地域クーポン(アプリ)', 'regional coupons in the app'),
    coupon: text('アプリの地域クーポン', 'a coupon in the app'),
    used: text('発行・決済', 'issued or paid with'),
    own: text('もと', 'own'),
    faceJa: '発行時',
  },
};

/** Of a programme with both: what is true of every coupon of it. */
const OF_BOTH_MEDIA: MediumWords = {
  coupons: text('地域クーポン(紙・アプリ)', 'regional coupons, on paper and in the app,'),
  coupon: text('紙またはアプリの地域クーポン', 'a coupon on paper or in the app'),
  used: text('発行・決済', 'issued or paid with'),
  own: text('もと', 'own'),
  faceJa: '発行時',
};

/** What coupons of the programme are called by what they are on. */
export const mediumWords = ({ media: [medium, other] }: Pick<Terms, 'media'>): MediumWords =>
  medium === undefined || other !== undefined ? OF_BOTH_MEDIA : MEDIUM_WORDS[medium];

/** Then an expiry is a printed one, and a coupon is charged to the app before it is in it. */
export const isOnPaperAlone = ({ media }: Terms): boolean => media.length === 1 && media[0] === 'paper';

/** Several of a kind, in a sentence. */
export const listed = (words: readonly string[]): Text =>
  text(words.join('・'), words.join(', ').replace(/, (?=[^,]*$)/, ' and '));

/** When the outage was, of each window from and to. */
export const outageSpans = ({ outages }: Terms): Text => {
  const spans = outages.map((_, place) => [`{outageFrom${place}}`, `{outageTo${place}}`] as const);
  return text(
    spans.map(([from, to]) => `${from}〜${to}`).join('、'),
    listed(spans.map(([from, to]) => `${from} to ${to}`)).en,
  );
};
