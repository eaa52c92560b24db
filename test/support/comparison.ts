import { GROUPS, type Net, type RunComparison } from '../../src/audit/diff/difference.ts';

export const net = (netYen: number, netReinstateYen = 0, netKeptYen = 0): Net => ({
  netYen,
  netReinstateYen,
  netKeptYen,
});

const NOTHING = { coupons: 0, ...net(0) };
const run = (asOf: string, letter: string) => ({ asOf, fingerprint: letter.repeat(64) });

/** Two runs of which nothing differs, but for what a test says. */
export const comparison = (changes: Partial<RunComparison> = {}): RunComparison => ({
  before: run('2023-05-10T02:00:00+09:00', 'a'),
  after: run('2023-05-11T02:00:00+09:00', 'b'),
  runs: [],
  attribution: { how: 'nothing differs', why: null, steps: [] },
  couponsDiffering: 0,
  money: false,
  ...net(0),
  groups: Object.fromEntries(GROUPS.map((group) => [group, NOTHING])) as RunComparison['groups'],
  moves: [],
  coupons: [],
  tables: [],
  ...changes,
});

/** What a reader of one language sees of a piece of a page: tags away, the other language away, signs as they were. */
export const seen = (html: string, language: 'ja' | 'en'): string => {
  const other = language === 'ja' ? 'en' : 'ja';
  return html
    .replace(new RegExp(`<(span|text) class="${other}" lang="${other}"[^>]*>.*?</\\1>`, 'gs'), '')
    .replace(/<desc.*?<\/desc>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
};
