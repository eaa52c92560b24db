import * as z from 'zod';
import { encodeWindows31j } from '../../base/windows-31j.ts';

/** The way a provider reaches people: by text message to a mobile number, or by mail. */
export const GIFT_CHANNELS = ['sms', 'mail'] as const;
export type GiftChannel = (typeof GIFT_CHANNELS)[number];

export const DATE_FORMS = ['yyyy-MM-dd', 'yyyy/MM/dd', 'yyyy/M/d', 'yyyyMMdd', 'yyyy年M月d日'] as const;
export const PHONE_FORMS = ['digits', 'hyphens', 'international'] as const;

const headerSchema = z.string().min(1);
const columnSchema = z.union(
  [
    z.strictObject({ header: headerSchema, constant: z.string() }),
    /** `key` names the gift, and comes back in the result; `units` is the amount in units of `unitYen`. */
    z.strictObject({ header: headerSchema, from: z.enum(['key', 'payout_id', 'amount_yen', 'units', 'product']) }),
    z.strictObject({
      header: headerSchema,
      from: z.literal('contact'),
      phone: z.enum(PHONE_FORMS).optional(),
    }),
    /** `expires_on`: by when it must be received, or sooner where the provider's gifts do not live as long. */
    z.strictObject({
      header: headerSchema,
      from: z.enum(['order_date', 'expires_on']),
      date: z.enum(DATE_FORMS),
    }),
  ],
  { error: () => COLUMN_FAULT },
);
const COLUMN_FAULT =
  'header と、constant か from のどちらかを書く(order_date と expires_on には date も) / must have a header, and either a constant or a from (with a date for order_date and expires_on)';

const yen = z.int().min(1).max(1_000_000_000_000);

const channelSchema = z
  .strictObject({
    encoding: z.enum(['utf-8', 'utf-8-bom', 'windows-31j']),
    lineEnd: z.enum(['lf', 'crlf']),
    /** Whether the first line names the columns. */
    headerLine: z.boolean(),
    quotes: z.enum(['where needed', 'all']),
    columns: z.array(columnSchema).min(1),
    gift: z.strictObject({
      product: z.string().min(1),
      leastYen: yen,
      mostYen: yen,
      /** An amount must be a multiple of it. */
      unitYen: yen.default(1),
      /** Into how many gifts a payout may be split that is more than `mostYen`. */
      mostGiftsPerPayout: z.int().min(1).max(99).default(1),
      /** A gift lives so long from the order on, whatever the notice says. */
      mostDays: z.int().min(1).max(3650).optional(),
    }),
    file: z.strictObject({ mostRows: z.int().min(1).optional(), mostYen: yen.optional() }).prefault({}),
  })
  .superRefine((channel, context) => {
    for (const [path, fault] of faultsOf(channel))
      context.addIssue({ code: 'custom', path: [...path], message: fault });
  });
export type ChannelForm = z.infer<typeof channelSchema>;
export type OrderColumn = ChannelForm['columns'][number];

type Fault = readonly [path: readonly (string | number)[], message: string];

/** What the parts of a channel say against each other. */
function faultsOf({ columns, encoding, gift, file }: ChannelForm): readonly Fault[] {
  const faults: Fault[] = [];
  const holds = (name: string): number => columns.filter((column) => 'from' in column && column.from === name).length;
  if (holds('key') !== 1)
    faults.push([
      ['columns'],
      'from: "key" の列がちょうどひとつ要る / needs exactly one column from "key", by which nothing is sent twice',
    ]);
  if (holds('contact') !== 1)
    faults.push([['columns'], 'from: "contact" の列がちょうどひとつ要る / needs exactly one column from "contact"']);
  if (holds('amount_yen') + holds('units') < 1)
    faults.push([
      ['columns'],
      'from: "amount_yen" か "units" の列が要る / needs a column from "amount_yen" or "units"',
    ]);
  for (const [place, column] of columns.entries()) {
    const constant = 'constant' in column ? column.constant : gift.product;
    const isWritable = encoding !== 'windows-31j' || (isInWindows31j(column.header) && isInWindows31j(constant));
    if (!isWritable)
      faults.push([
        ['columns', place],
        'Windows-31J で書けない文字がある / holds a character that Windows-31J does not have',
      ]);
  }
  if (gift.mostYen < gift.leastYen || wholeUnits(gift.leastYen, gift.unitYen, Math.ceil) > gift.mostYen)
    faults.push([['gift', 'mostYen'], 'leastYen 以上の額がひとつもない / lets no amount through that leastYen does']);
  if (file.mostRows !== undefined && file.mostRows < gift.mostGiftsPerPayout)
    faults.push([
      ['file', 'mostRows'],
      'ひとつの支払を分けたギフトが一つのファイルに入らない / is too few for the gifts of one payout',
    ]);
  return faults;
}

/** The amount in whole units, in yen. */
export const wholeUnits = (amountYen: number, unitYen: number, round: (units: number) => number): number =>
  round(amountYen / unitYen) * unitYen;

function isInWindows31j(written: string): boolean {
  try {
    encodeWindows31j(written);
    return true;
  } catch {
    return false;
  }
}

export const DELIVERY_STATES = ['sent', 'received', 'failed', 'expired', 'waiting'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

const wordsSchema = z
  .strictObject(
    Object.fromEntries(DELIVERY_STATES.map((state) => [state, z.array(z.string().min(1)).optional()])) as {
      [State in DeliveryState]: z.ZodOptional<z.ZodArray<z.ZodString>>;
    },
  )
  .superRefine((words, context) => {
    const all = DELIVERY_STATES.flatMap((state) => words[state] ?? []);
    const twice = all.find((word, place) => all.indexOf(word) !== place);
    if (twice !== undefined)
      context.addIssue({
        code: 'custom',
        message: `${twice} が二つの状態にある / has ${twice} for two states`,
      });
  });

const resultSchema = z.strictObject({
  /** Found in the file where it is not stated. */
  encoding: z.enum(['utf-8', 'windows-31j']).optional(),
  /** The headers of its columns. */
  columns: z.strictObject({
    key: headerSchema,
    status: headerSchema,
    /** When the state was reached: the first of them that is not empty in a row. */
    at: z.array(headerSchema).min(1),
    amount_yen: headerSchema.optional(),
  }),
  /** The provider's words for each state; `waiting` is whatever is not done yet. */
  words: wordsSchema,
  /** Of instants without an offset; without it, Japan's. */
  zone: z
    .string()
    .regex(/^(?:UTC|JST|[+-](?:0\d|1[0-4]):[0-5]\d)$/, {
      message: 'JST、UTC、+09:00 のどれか / must be JST, UTC, or an offset like +09:00',
    })
    .optional(),
  /** What time a date alone stands for; without it, a date alone is no instant. */
  timeOfDatesAlone: z
    .string()
    .regex(/^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/, {
      message: '12:00 のように書く / must be a time like 12:00',
    })
    .optional(),
});
export type ResultForm = z.infer<typeof resultSchema>;

/** A provider profile: how a provider of digital gifts takes orders in bulk, and how it answers. */
export const providerSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** Begins the names of the files of an order. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, {
    message: '英小文字・数字・ハイフンで書く / must be of small letters, digits and hyphens',
  }),
  channels: z
    .strictObject({ sms: channelSchema.optional(), mail: channelSchema.optional() })
    .refine(({ sms, mail }) => sms !== undefined || mail !== undefined, {
      message: 'sms か mail のどちらかが要る / needs sms or mail',
    }),
  /** What may be ordered at once, over all files: a deposit, a contract. */
  mostYenPerOrder: yen.optional(),
  result: resultSchema,
});
export type Provider = z.infer<typeof providerSchema>;
