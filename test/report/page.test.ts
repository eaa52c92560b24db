import { describe, expect, test } from 'vitest';
import { contentsIn, pageIn, shownIn, withFiles, workedNight } from './worked-night.ts';

const night = workedNight();
const html = pageIn(night);

/** Every figure that the page marks as one of summary.json, with where it stands there. */
const figuresIn = (page: string): readonly (readonly [string, number])[] =>
  [...page.matchAll(/data-figure="([^"]*)">([^<]*)</g)].map(([, place = '', shown = '']) => [
    place,
    Number(shown.replaceAll(',', '')),
  ]);

const valueAt = (value: unknown, place: string): unknown =>
  place.split('.').reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], value);

describe('the page of the worked night', () => {
  test('states figures as the summary does', () => {
    const { summary } = contentsIn(night);
    const found = figuresIn(html);
    expect(found.length).toBeGreaterThan(30);
    for (const [place, shown] of found) expect([place, valueAt(summary, place)]).toEqual([place, shown]);
    const places = found.map(([place]) => place);
    for (const place of [
      'payouts.yen',
      'payouts.count',
      'sending.toSend.now.yen',
      'statuses.awaiting_application.coupons',
    ])
      expect(places).toContain(place);
  });

  test('has the same bytes each time', () => {
    expect(pageIn(night)).toBe(html);
  });

  test('says first whether it can go out, in both languages', () => {
    const [ja, en] = [shownIn(html, 'ja'), shownIn(html, 'en')];
    expect(ja).toContain('いま 11 件、24,401円を送れます。');
    expect(en).toContain('11 payouts of 24,401 yen can be sent now.');
    expect(ja.indexOf('24,401')).toBeLessThan(ja.indexOf('だれに、いくら、どうやって'));
  });

  test('needs no figures and no payments', () => {
    const older = pageIn(withFiles(night, { 'figures.json': undefined, 'outage_payments.csv': undefined }));
    expect(older).toContain('この実行には図の数字(figures.json)がないため');
    expect(older).not.toContain('id="payments"');
    // Shops cannot be sought without payments: no mark leads there.
    expect(older).not.toContain('#shop=');
  });

  test('tells what the night before said', () => {
    const summary = JSON.parse(Buffer.from(night.get('summary.json') ?? '').toString());
    summary.sending.toSend.now.yen = 9_000;
    const later = pageIn(withFiles(night, { 'previous_summary.json': JSON.stringify(summary) }));
    expect(shownIn(later, 'ja')).toContain('前回 9,000円');
    expect(shownIn(html, 'ja')).not.toContain('前回 9,000円');
  });

  test('is made of no file with contacts', () => {
    const contacts = 'payout_id,deliver_to\nP1,09000000021\n';
    const with_ = pageIn(withFiles(night, { 'payouts.csv': contacts, 'to_send.csv': contacts }));
    expect(with_).toBe(html);
    expect(shownIn(html, 'ja')).not.toMatch(/0900000|@/);
  });
});

describe('what people write in files is text', () => {
  const HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(1)>\u202e=1+1';
  const cell = `"${HOSTILE}"`;
  const spoiled = (name: string, from: string): string =>
    Buffer.from(night.get(name) ?? '')
      .toString()
      .replaceAll(from, cell);
  const page = pageIn(
    withFiles(night, {
      'eligibility.csv': spoiled('eligibility.csv', '000000000201'),
      'merchant_days.csv': spoiled('merchant_days.csv', 'M03'),
      'outage_payments.csv': spoiled('outage_payments.csv', 'M03'),
      'summary.json': Buffer.from(night.get('summary.json') ?? '')
        .toString()
        .replaceAll('"claims.csv"', JSON.stringify(HOSTILE))
        .replaceAll('"warnings": []', '"warnings": ["MAY_BE_UTC"]'),
    }),
  );

  test('no element comes of it', () => {
    expect(page).not.toContain('<img');
    // One script that runs, four blocks of data.
    expect(page.match(/<script/g)).toHaveLength(5);
    expect(page).not.toContain('\u202e</');
  });

  test('and it can be read', () => {
    expect(page).toContain(
      '&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;\\u202e=1+1',
    );
  });
});
