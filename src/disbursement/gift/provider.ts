import * as z from 'zod';
import { said } from '../../base/text.ts';
import { encodeWindows31j } from '../../base/windows-31j.ts';

/** The way a provider reaches people: by text message to a mobile number, or by mail. */
export const GIFT_CHANNELS = ['sms', 'mail'] as const;
export type GiftChannel = (typeof GIFT_CHANNELS)[number];

export const DATE_FORMS = ['yyyy-MM-dd', 'yyyy/MM/dd', 'yyyy/M/d', 'yyyyMMdd', 'yyyy年M月d日'] as const;
export const PHONE_FORMS = ['digits', 'hyphens', 'international'] as const;

const headerSchema = z.string().min(1);
const columnHeader = headerSchema.meta(said('列の見出し', 'the header of the column'));
const FROM = said('列に入るもの', 'what stands in the column');
const columnSchema = z.union(
  [
    z.strictObject({
      header: columnHeader,
      constant: z.string().meta(said('どの行でも同じ値', 'what stands in every row')),
    }),
    z.strictObject({
      header: columnHeader,
      from: z
        .enum(['key', 'payout_id', 'amount_yen', 'units', 'product'])
        .meta(
          said(
            '列に入るもの。key はギフトの名で、結果に返ってくる。units は unitYen を単位とする数',
            'what stands in the column; key names the gift, and comes back in the result; units is the amount in units of unitYen',
          ),
        ),
    }),
    z.strictObject({
      header: columnHeader,
      from: z.literal('contact').meta(FROM),
      phone: z
        .enum(PHONE_FORMS)
        .optional()
        .meta(
          said(
            '電話番号の書き方(数字だけ、ハイフン入り、+81 から)。なければ数字だけ',
            'how a phone number is written: digits, with hyphens, or with +81 in front; left out, digits',
          ),
        ),
    }),
    z.strictObject({
      header: columnHeader,
      from: z
        .enum(['order_date', 'expires_on'])
        .meta(
          said(
            '列に入る日。expires_on は受取期限か、ギフトがそれより先に切れるときはその日',
            'the day in the column; expires_on is by when it must be received, or sooner where the gift does not live as long',
          ),
        ),
      date: z.enum(DATE_FORMS).meta(said('日付の書き方', 'how the day is written')),
    }),
  ],
  { error: () => COLUMN_FAULT },
);
const COLUMN_FAULT =
  'header と、constant か from のどちらかを書く(order_date と expires_on には date も) / must have a header, and either a constant or a from (with a date for order_date and expires_on)';

const yen = z.int().min(1).max(1_000_000_000_000);

const channelSchema = z
  .strictObject({
    encoding: z
      .enum(['utf-8', 'utf-8-bom', 'windows-31j'])
      .meta(said('注文ファイルの文字コード', 'the encoding of the order file')),
    lineEnd: z.enum(['lf', 'crlf']).meta(said('改行', 'what ends a line')),
    headerLine: z.boolean().meta(said('一行目に見出しを書くか', 'whether the first line names the columns')),
    quotes: z
      .enum(['where needed', 'all'])
      .meta(said('引用符で囲む項目(要るものだけ、すべて)', 'which fields stand in quotes')),
    columns: z.array(columnSchema).min(1).meta(said('列。この順に書く', 'the columns, in their order')),
    gift: z
      .strictObject({
        product: z.string().min(1).meta(said('商品コード', 'what the provider calls the gift')),
        leastYen: yen.meta(said('ギフト 1 つの最低額(円)', 'what a gift is worth at least, in yen')),
        mostYen: yen.meta(said('ギフト 1 つの最高額(円)', 'what a gift is worth at most, in yen')),
        unitYen: yen
          .default(1)
          .meta(said('額の単位(円)。額はその倍数になる', 'an amount must be a multiple of so many yen')),
        mostGiftsPerPayout: z
          .int()
          .min(1)
          .max(99)
          .default(1)
          .meta(
            said(
              'mostYen を超える支払をいくつのギフトまで分けるか',
              'into how many gifts a payout may be split that is more than mostYen',
            ),
          ),
        mostDays: z
          .int()
          .min(1)
          .max(3650)
          .optional()
          .meta(
            said(
              'ギフトを受け取れる日数。注文の日から数える',
              'a gift lives so many days from the order on, whatever the notice says',
            ),
          ),
      })
      .meta(said('ギフトのきまり', 'what a gift may be')),
    file: z
      .strictObject({
        mostRows: z.int().min(1).optional().meta(said('ひとつのファイルの行数の上限', 'how many rows a file may have')),
        mostYen: yen.optional().meta(said('ひとつのファイルの合計額の上限(円)', 'what a file may come to, in yen')),
      })
      .prefault({})
      .meta(said('注文ファイルの上限', 'what an order file may hold')),
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

const STATE_WORDS: Readonly<Record<DeliveryState, ReturnType<typeof said>>> = {
  sent: said('送った、という事業者の言葉', 'the provider’s words for sent'),
  received: said('受け取られた、という言葉', 'its words for received'),
  failed: said('送れなかった、という言葉', 'its words for what could not be sent'),
  expired: said('受け取られずに切れた、という言葉', 'its words for what was not received in time'),
  waiting: said('まだ終わっていない、という言葉', 'its words for whatever is not done yet'),
};

const wordsSchema = z
  .strictObject(
    Object.fromEntries(
      DELIVERY_STATES.map((state) => [state, z.array(z.string().min(1)).optional().meta(STATE_WORDS[state])]),
    ) as {
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
  encoding: z
    .enum(['utf-8', 'windows-31j'])
    .optional()
    .meta(
      said(
        '結果ファイルの文字コード。なければファイルから見分ける',
        'the encoding of the result; left out, it is found in the file',
      ),
    ),
  columns: z
    .strictObject({
      key: headerSchema.meta(said('ギフトの名(注文の key)の列', 'the header of the key that the order gave')),
      status: headerSchema.meta(said('状態の列', 'the header of the state')),
      at: z
        .array(headerSchema)
        .min(1)
        .meta(
          said(
            'その状態になった時刻の列。行の中で空でない最初のもの',
            'headers of when the state was reached: the first of them that is not empty in a row',
          ),
        ),
      amount_yen: headerSchema
        .optional()
        .meta(said('額の列。あれば注文と突き合わせる', 'the header of the amount, which is held against the order')),
    })
    .meta(said('結果の列の見出し', 'the headers of the result')),
  words: wordsSchema.meta(said('状態ごとの事業者の言葉', 'the provider’s words for each state')),
  zone: z
    .string()
    .regex(/^(?:UTC|JST|[+-](?:0\d|1[0-4]):[0-5]\d)$/, {
      message: 'JST、UTC、+09:00 のどれか / must be JST, UTC, or an offset like +09:00',
    })
    .optional()
    .meta(
      said('時差の書かれていない時刻の時間帯。なければ日本', 'the zone of instants without an offset; left out, Japan'),
    ),
  timeOfDatesAlone: z
    .string()
    .regex(/^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/, {
      message: '12:00 のように書く / must be a time like 12:00',
    })
    .optional()
    .meta(
      said(
        '日付だけが書かれているときの時刻。なければ日付だけでは読めない',
        'what time a date alone stands for; left out, a date alone is no instant',
      ),
    ),
});
export type ResultForm = z.infer<typeof resultSchema>;

/** A provider profile: how a provider of digital gifts takes orders in bulk, and how it answers. */
export const providerSchema = z.strictObject({
  schemaVersion: z.literal(1).meta(said('この形の版', 'the version of this form')),
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,40}$/, {
      message: '英小文字・数字・ハイフンで書く / must be of small letters, digits and hyphens',
    })
    .meta(said('事業者の id。注文ファイルの名の始まり', 'its id, which begins the names of the files of an order')),
  channels: z
    .strictObject({
      sms: channelSchema.optional().meta(said('携帯電話番号への注文', 'orders to mobile numbers')),
      mail: channelSchema.optional().meta(said('メールアドレスへの注文', 'orders to mail addresses')),
    })
    .refine(({ sms, mail }) => sms !== undefined || mail !== undefined, {
      message: 'sms か mail のどちらかが要る / needs sms or mail',
    })
    .meta(said('送り方ごとの注文の形', 'how orders are taken, by the way that the provider reaches people')),
  mostYenPerOrder: yen
    .optional()
    .meta(
      said(
        '一度に注文できる合計額の上限(円)。預り金や契約による',
        'what may be ordered at once, over all files, in yen: a deposit, a contract',
      ),
    ),
  result: resultSchema.meta(said('結果ファイルの形', 'how the provider answers')),
});
export type Provider = z.infer<typeof providerSchema>;
