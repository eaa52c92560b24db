import * as z from 'zod';
import { type CalendarDate, existingDate, type Instant, MINUTE, SECOND, startOfDay } from '../base/instants.ts';
import { said } from '../base/text.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const LOCAL = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?$/;

/** The 47 of JIS X 0401. */
export const PREFECTURE = /^(?:0[1-9]|[1-3]\d|4[0-7])$/;

export function readDate(value: string): CalendarDate | undefined {
  const parts = DATE.exec(value);
  return parts === null ? undefined : existingDate(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

/** An instant as a policy writes it. */
interface Bound {
  readonly from: Instant;
  /** Exclusive: the whole minute, or the whole second where seconds are given (R1). */
  readonly end: Instant;
}

export function readBound(value: string): Bound | undefined {
  const parts = LOCAL.exec(value);
  const date = parts === null ? undefined : readDate(parts[1] ?? '');
  if (parts === null || date === undefined) return undefined;
  const [hour, minute, second] = [Number(parts[2]), Number(parts[3]), Number(parts[4] ?? '0')];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const from = startOfDay(date) + (hour * 60 + minute) * MINUTE + second * SECOND;
  return { from, end: from + (parts[4] === undefined ? MINUTE : SECOND) };
}

const date = z
  .string()
  .refine((value) => readDate(value) !== undefined, {
    message: '実在する日付を 2031-01-31 のように書く / must be a date that exists, written 2031-01-31',
  })
  .meta({ format: 'date', pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
/** "24:00" is the end of a day to some, and by R1 the first minute of the next one: a minute that somebody may have paid in. */
const MIDNIGHT = /^\d{4}-\d{2}-\d{2}[T ]24:00(?::00)?$/;
const localTime = z
  .string()
  .refine((value) => readBound(value) !== undefined, {
    error: ({ input }) =>
      MIDNIGHT.test(String(input))
        ? '24:00 とは書けない。その日の終わりまでなら 23:59、次の日の 0 時 0 分も含むなら次の日の 00:00 と書く(R1) / cannot be 24:00: write 23:59 for the end of the day, or 00:00 of the next day if that minute is part of it (R1)'
        : '日本時間を 2031-01-31T17:05 のように書く / must be a time in Japan, written 2031-01-31T17:05',
  })
  .meta({
    pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])[T ]([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?$',
  });
const prefecture = z
  .string()
  .regex(/^\d{2}$/, { message: 'JIS X 0401 の 2 桁 / must be the two digits of JIS X 0401' })
  .meta({ pattern: PREFECTURE.source });
const EMPTY = '空にはできない / must not be empty';
const bilingual = z.strictObject({
  ja: z.string().min(1, EMPTY).meta(said('日本語で', 'in Japanese')),
  en: z.string().min(1, EMPTY).meta(said('英語で', 'in English')),
});

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, {
    message: '英小文字・数字・ハイフンだけ / must be lower-case letters, digits and hyphens',
  })
  .meta(
    said(
      'policy の id。実行のつながりと確認ID はこれで分かれる',
      'its id, which keeps runs and review ids of policies apart',
    ),
  );
const title = bilingual.meta(said('表題', 'its title'));
const medium = z.enum(['paper', 'app'], { error: 'paper か app と書く / must be paper or app' });
const whole = z.int({
  error: ({ code, minimum, maximum }) => {
    if (code === 'too_small') return `${minimum} 以上にする / must be ${minimum} or more`;
    if (code === 'too_big') return `${maximum} 以下にする / must be ${maximum} or less`;
    return '整数で書く / must be a whole number';
  },
});

/** Terms that both versions state alike. */
const minimumResidualYen = whole.min(1).meta(said('(A) に要る残高(円)', 'the balance that (A) asks for, in yen'));
const expiries = {
  originalExpiry: date.meta(said('(A) のクーポンの券面の有効期限', 'the printed expiry of the coupons of (A)')),
  firstExtension: date
    .optional()
    .meta(said('最初の延長。なければ書かない', 'the first extension; left out where there was none')),
  secondExtension: date.meta(
    said('二度目の延長。この日の終わりの残高を払う', 'the second extension: the balance at its end is paid'),
  ),
};
const claimsClose = date
  .optional()
  .meta(
    said(
      'コールセンターへの申出の締切日。なければ締切はない(R9)',
      'the last day of calls to the call centre; none stated, none (R9)',
    ),
  );
const applicationsClose = date
  .optional()
  .meta(said('ポイントの申請の締切日', 'the last day of applications for points'));
const bankApplicationsClose = date
  .optional()
  .meta(
    said(
      '口座振込の申請の締切日。なければ締切はない(R9)',
      'the last day of applications for a transfer; none stated, none (R9)',
    ),
  );
const pointsFrom = date.meta(said('ポイントを送り始める日', 'the day from which points are sent'));
const bankTransfersFrom = date.meta(said('口座振込を始める日', 'the day from which transfers are made'));
const receiveBy = date.optional().meta(said('ポイントの受取期限', 'the last day on which points can be received'));
const ofReadings = {
  repeatPressGapSeconds: whole.min(0).meta({
    maximum: 86_400,
    ...said('押し直しとみる間隔(秒、R7)', 'how far apart one press repeated lies at most, in seconds (R7)'),
  }),
  matchToleranceMinutes: whole.min(0).meta({
    maximum: 1440,
    ...said('店の売上と決済の時刻の差(分、R6)', 'how far a sale and its payment lie apart at most, in minutes (R6)'),
  }),
  mostCouponsPerAccount: whole
    .min(1)
    .optional()
    .meta(
      said('ひとつのアカウントのクーポンの数の上限(R15)', 'how many coupons one account is believed to hold (R15)'),
    ),
};
const outageFrom = localTime.meta(said('障害の始まり(日本時間)', 'when the outage began, in Japan'));
const outageTo = localTime.meta(
  said(
    '障害の終わり。書いた分(秒まで書けば秒)を含む',
    'when it ended; the minute, or the second, that is named is part of it (R1)',
  ),
);

/**
 * What a policy file holds. Dates are as the notice prints them; instants are computed, never typed in. What cannot be meant
 * of it is refused where a file is read (impossibilities.ts), not here: a run that was recorded stays readable.
 */
export const policyFile1Schema = z.strictObject({
  schemaVersion: z.literal(1).meta(said('この形の版', 'the version of this form')),
  id,
  title,
  terms: z
    .strictObject({
      prefecture: prefecture.meta(
        said('都道府県(JIS X 0401 の 2 桁)', 'the prefecture of the programme, two digits of JIS X 0401'),
      ),
      medium: medium.meta(said('クーポンの媒体', 'the medium of the coupons')),
      outageFrom,
      outageTo,
      ...expiries,
      minimumResidualYen,
      applicationsOpen: date.optional().meta(said('申請の受付開始日', 'the day on which applications open')),
      applicationsClose,
      bankApplicationsClose,
      claimsClose,
      pointsFrom,
      bankTransfersFrom,
      receiveBy,
      ...ofReadings,
    })
    .meta(said('お知らせの条件', 'the terms of the notice')),
});

const TWICE = '同じものを二度書かない / must not name the same twice';
const areDistinct = (values: readonly string[]): boolean => new Set(values).size === values.length;

const ofAnyCompensation = {
  minimumYen: whole.min(1).optional().meta(said('これより少ない額は払わない(円)', 'a lesser sum is not paid, in yen')),
  capPerCouponYen: whole
    .min(1)
    .optional()
    .meta(said('クーポン 1 枚の上限(円)', 'no more is paid for a coupon, in yen')),
  capPerPersonYen: whole
    .min(1)
    .optional()
    .meta(said('ひとつの送り先が受け取る額の上限(円)', 'no more is paid to one recipient in all, in yen')),
};

const KIND = said('払い方', 'how what is paid follows from the balance');
/** What is paid for what is left on a coupon; what was wrongly deducted is given back in full whatever stands here. */
const compensation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('balance').meta(KIND), ...ofAnyCompensation }),
  z.strictObject({
    kind: z.literal('fixed').meta(KIND),
    yen: whole.min(1).meta(said('残高にかかわらず払う額(円)', 'what is paid whatever is left, in yen')),
    ...ofAnyCompensation,
  }),
  z.strictObject({
    kind: z.literal('percentage').meta(KIND),
    percent: whole.min(1).max(100).meta(said('残高の何 % か', 'percent of the balance')),
    rounding: z
      .enum(['down', 'up', 'half-up'])
      .meta(said('1 円未満の扱い(切り捨て、切り上げ、四捨五入)', 'what becomes of a fraction of a yen')),
    ...ofAnyCompensation,
  }),
]);

/** Either one cohort of (A) among the terms, or a list of them. */
const statesExpiriesOnce: z.core.CheckFn<StatedExpiries> = ({ value, issues }) => {
  const refuse = (term: keyof StatedExpiries, message: string) =>
    issues.push({ code: 'custom', path: [term], message, input: value });
  if (value.cohorts === undefined) {
    if (value.originalExpiry === undefined)
      refuse(
        'originalExpiry',
        'originalExpiry か cohorts のどちらかを書く / must be stated, or cohorts in place of it',
      );
    return;
  }
  const both = 'cohorts と一緒には書けない。その中に書く / must not stand beside cohorts: write it there';
  if (value.originalExpiry !== undefined) refuse('originalExpiry', both);
  if (value.firstExtension !== undefined) refuse('firstExtension', both);
};

interface StatedExpiries {
  readonly originalExpiry?: string | undefined;
  readonly firstExtension?: string | undefined;
  readonly cohorts?: readonly unknown[] | undefined;
}

const NOT_BESIDE = { not: {} } as const;
/** Which of them is stated says how many printed expiries there are. */
const ONE_EXPIRY = { type: 'object', required: ['originalExpiry'], properties: { cohorts: NOT_BESIDE } } as const;
const SEVERAL_EXPIRIES = {
  type: 'object',
  required: ['cohorts'],
  properties: { originalExpiry: NOT_BESIDE, firstExtension: NOT_BESIDE },
} as const;

/** The same for notices of another shape: an outage that came back, several prefectures, both media. */
export const policyFile2Schema = z.strictObject({
  schemaVersion: z.literal(2).meta(said('この形の版', 'the version of this form')),
  id,
  title,
  terms: z
    .strictObject({
      prefectures: z
        .array(prefecture)
        .min(1)
        .refine(areDistinct, { message: TWICE })
        .meta({
          uniqueItems: true,
          ...said('都道府県(JIS X 0401 の 2 桁)', 'the prefectures of the programme, two digits of JIS X 0401 each'),
        }),
      media: z
        .array(medium)
        .min(1)
        .refine(areDistinct, { message: TWICE })
        .meta({ uniqueItems: true, ...said('クーポンの媒体', 'the media of the coupons') }),
      outages: z
        .array(z.strictObject({ from: outageFrom, to: outageTo }))
        .min(1)
        .meta(
          said(
            '障害の間。早い順に、重ならないように',
            'when the outage was: one time or several, in order, none within another',
          ),
        ),
      originalExpiry: expiries.originalExpiry.optional(),
      firstExtension: expiries.firstExtension,
      secondExtension: expiries.secondExtension.meta(
        said(
          '二度目の延長。この日の終わりの残高を払う。cohorts を書くときは、そのどれでもないクーポンのうち (B) のもの',
          'the second extension: the balance at its end is paid; beside cohorts, that of (B) coupons that are in none of them',
        ),
      ),
      cohorts: z
        .array(z.strictObject(expiries))
        .min(1)
        .optional()
        .meta(
          said(
            '(A) の有効期限がいくつもあるとき、それぞれの期限とその延長。書くときは originalExpiry と firstExtension を書かない',
            'where coupons of several expiries are in (A): each expiry with its extensions, instead of originalExpiry and firstExtension',
          ),
        ),
      minimumResidualYen,
      compensation: compensation
        .optional()
        .meta(
          said(
            '残高に対して払う額(balance: 残高、fixed: 決まった額、percentage: 残高の割合)。なければ残高',
            'what is paid for the balance: all of it, a fixed sum or a percentage; left out, the balance',
          ),
        ),
      points: z
        .strictObject({
          applicationsOpen: date
            .optional()
            .meta(said('ポイントの申請の受付開始日', 'the day on which applications for points open')),
          applicationsClose,
          from: pointsFrom,
          receiveBy,
        })
        .optional()
        .meta(said('ポイントで送る。送らないなら書かない', 'what is sent as points; left out where nothing is')),
      bank: z
        .strictObject({
          applicationsOpen: date
            .optional()
            .meta(said('口座振込の申請の受付開始日', 'the day on which applications for a transfer open')),
          applicationsClose: bankApplicationsClose,
          from: bankTransfersFrom,
        })
        .optional()
        .meta(
          said('口座に振り込む。振り込まないなら書かない', 'what is sent by bank transfer; left out where nothing is'),
        ),
      claimsClose,
      ...ofReadings,
    })
    .check(statesExpiriesOnce)
    .meta({
      oneOf: [ONE_EXPIRY, SEVERAL_EXPIRIES],
      ...said('お知らせの条件', 'the terms of the notice'),
    }),
});

export const policyFileSchema = z.discriminatedUnion('schemaVersion', [policyFile1Schema, policyFile2Schema], {
  error: '1 か 2 にする / must be 1 or 2',
});

export type PolicyFile1 = z.infer<typeof policyFile1Schema>;
export type PolicyFile2 = z.infer<typeof policyFile2Schema>;
/** Of either version, as it was given. */
export type PolicyFile = PolicyFile1 | PolicyFile2;
