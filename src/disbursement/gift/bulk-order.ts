import { type CalendarDate, civilDate, formatDate } from '../../base/instants.ts';
import { mapped } from '../../base/steps.ts';
import { encodeWindows31j } from '../../base/windows-31j.ts';
import type { Gift } from './gifts.ts';
import { channelOf } from './gifts.ts';
import { writtenPhone } from './phone.ts';
import type { ChannelForm, DATE_FORMS, GiftChannel, OrderColumn, Provider } from './provider.ts';

/** A file of an order, as a provider takes it. */
export interface OrderFile {
  readonly name: string;
  readonly channel: GiftChannel;
  readonly gifts: readonly Gift[];
  readonly bytes: Uint8Array;
}

type GiftsOfChannel = Readonly<Record<GiftChannel, readonly (readonly Gift[])[]>>;

/**
 * The files of an order, channel by channel, in steps; of a channel as many as its limits demand, numbered where there are several.
 * The gifts of one payout stay together.
 *
 * @param payouts each as its gifts
 */
export function* orderFiles(
  payouts: GiftsOfChannel,
  provider: Provider,
  orderedOn: CalendarDate,
): Generator<undefined, readonly OrderFile[]> {
  const files: OrderFile[] = [];
  for (const channel of ['sms', 'mail'] as const) {
    const form = provider.channels[channel];
    if (form === undefined || payouts[channel].length === 0) continue;
    const parts = partsOf(payouts[channel], form.file);
    for (const [place, gifts] of parts.entries())
      files.push({
        name: nameOf(provider.id, channel, orderedOn, parts.length === 1 ? undefined : place + 1),
        channel,
        gifts,
        bytes: yield* bytesOf(gifts, form, orderedOn),
      });
  }
  return files;
}

function nameOf(id: string, channel: GiftChannel, orderedOn: CalendarDate, number: number | undefined): string {
  const part = number === undefined ? '' : `-${String(number).padStart(2, '0')}`;
  return `${id}-${channel}-${formatDate(orderedOn)}${part}.csv`;
}

function partsOf(payouts: readonly (readonly Gift[])[], limits: ChannelForm['file']): readonly (readonly Gift[])[] {
  const { mostRows = Number.POSITIVE_INFINITY, mostYen = Number.POSITIVE_INFINITY } = limits;
  const parts: Gift[][] = [];
  let yen = 0;
  for (const gifts of payouts) {
    const more = yenOf(gifts);
    const open = parts.at(-1);
    if (open !== undefined && open.length + gifts.length <= mostRows && yen + more <= mostYen) {
      open.push(...gifts);
      yen += more;
    } else {
      parts.push([...gifts]);
      yen = more;
    }
  }
  return parts;
}

export const yenOf = (gifts: readonly Gift[]): number => gifts.reduce((sum, { amountYen }) => sum + amountYen, 0);

function* bytesOf(
  gifts: readonly Gift[],
  form: ChannelForm,
  orderedOn: CalendarDate,
): Generator<undefined, Uint8Array> {
  const { columns, headerLine, encoding, lineEnd, quotes } = form;
  const rows = yield* mapped(gifts, (gift) => columns.map((column) => cellOf(gift, column, form, orderedOn)));
  const lines = headerLine ? [columns.map(({ header }) => header), ...rows] : rows;
  const end = lineEnd === 'crlf' ? '\r\n' : '\n';
  const content = lines.map((cells) => cells.map((cell) => quoted(cell, quotes)).join(',') + end).join('');
  if (encoding === 'windows-31j') return encodeWindows31j(content);
  return Buffer.from(encoding === 'utf-8-bom' ? `\ufeff${content}` : content, 'utf8');
}

/** A blank around a cell would be taken off by some who read it. */
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

const quoted = (cell: string, quotes: ChannelForm['quotes']): string =>
  quotes === 'all' || NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

function cellOf(gift: Gift, column: OrderColumn, form: ChannelForm, orderedOn: CalendarDate): string {
  if ('constant' in column) return column.constant;
  const { payout, amountYen, expiresOn } = gift;
  switch (column.from) {
    case 'key':
      return gift.key;
    case 'payout_id':
      return payout.payoutId;
    case 'amount_yen':
      return String(amountYen);
    case 'units':
      return String(amountYen / form.gift.unitYen);
    case 'product':
      return form.gift.product;
    case 'contact':
      return channelOf(payout.deliverTo) === 'mail'
        ? payout.deliverTo
        : writtenPhone(payout.deliverTo, column.phone ?? 'digits');
    case 'order_date':
      return writtenDate(orderedOn, column.date);
    case 'expires_on':
      if (expiresOn === undefined) throw new Error('a gift without a deadline is to be written with one');
      return writtenDate(expiresOn, column.date);
  }
}

function writtenDate(date: CalendarDate, form: (typeof DATE_FORMS)[number]): string {
  const { year, month, day } = civilDate(date);
  switch (form) {
    case 'yyyy-MM-dd':
      return formatDate(date);
    case 'yyyy/MM/dd':
      return formatDate(date).replaceAll('-', '/');
    case 'yyyyMMdd':
      return formatDate(date).replaceAll('-', '');
    case 'yyyy/M/d':
      return `${year}/${month}/${day}`;
    case 'yyyy年M月d日':
      return `${year}年${month}月${day}日`;
  }
}
