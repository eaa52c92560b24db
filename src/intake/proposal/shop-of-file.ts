import { text } from '../../base/text.ts';
import { comparedHeader } from '../schema/header.ts';
import { looksLikeHeader } from '../schema/header-names.ts';
import type { ColumnMatch, KnownNumbers } from './column-matches.ts';
import type { Answers, Draft } from './draft.ts';
import type { FoundColumn } from './found-table.ts';
import { isKnownHeader } from './header-weights.ts';
import { type Looked, whyOf } from './matched-columns.ts';

/** Whose sales they are: a column, a line above the headers, the file\u2019s name; else only a person knows. */
export function proposeShop(looked: Looked, rivals: readonly ColumnMatch[], known: KnownNumbers, draft: Draft): void {
  const [best] = rivals;
  if (best !== undefined) {
    byColumn(best, rivals, draft);
    return;
  }
  const title = titlePattern(looked.table.titles);
  if (title !== undefined) {
    draft.column('merchant_id', { title }, text('見出しの上の行から', 'by a line above the headers'));
    draft.guess(
      ['columns', 'merchant_id'],
      text('そこに書かれているのが店の ID だとした', 'what stands there is the shop\u2019s id'),
    );
    return;
  }
  const named = [...known.merchants].find((merchant) => looked.table.name.normalize('NFKC').includes(merchant));
  if (named !== undefined) {
    draft.column('merchant_id', { fileName: patternOf(named) }, text('ファイルの名前から', 'by the file\u2019s name'));
    return;
  }
  askForShop(looked, draft);
}

const LEAST_ALIKE = 0.7;
const SHOP_COLUMN = 'shop.column';

/** Columns that could all have the shop\u2019s id, and the one that is taken for it: a chain has one id for all of its shops. */
function alikeOf(rivals: readonly ColumnMatch[]): {
  readonly alike: readonly ColumnMatch[];
  readonly own: ColumnMatch | undefined;
} {
  const alike = rivals.filter(({ weight }) => weight >= LEAST_ALIKE);
  return { alike, own: alike[0] };
}

/** The column of a log by which shops are known to all files. */
export function shopColumn(rivals: readonly ColumnMatch[], answers: Answers): FoundColumn | undefined {
  const { alike, own } = alikeOf(rivals);
  const answer = answers.get(`transactions.${SHOP_COLUMN}`);
  return (alike.find(({ column }) => column.header === answer) ?? own ?? rivals[0])?.column;
}

function byColumn(best: ColumnMatch, rivals: readonly ColumnMatch[], draft: Draft): void {
  const { alike, own } = alikeOf(rivals);
  const isOpen = best.by !== 'merchants' && alike.length > 1 && own !== undefined;
  const header = isOpen ? askForColumn(own, alike, draft) : best.column.header;
  const chosen = rivals.find(({ column }) => column.header === header) ?? best;
  draft.column('merchant_id', chosen.column.header, whyOf(chosen));
  if (chosen.by !== 'merchants' && chosen.weight < LEAST_ALIKE)
    draft.guess(
      ['columns', 'merchant_id'],
      text(
        '店の名前を ID とした。取引記録の店の ID と同じ書き方か確かめる',
        'the shop\u2019s name stands for its id: check that the log writes it the same way',
      ),
    );
}

const askForColumn = (own: ColumnMatch, alike: readonly ColumnMatch[], draft: Draft): string =>
  draft.ask(
    {
      words: text(
        '店ごとの ID は、どの列ですか(取引記録と店の売上報告で同じ書き方のもの)',
        'Which column has the id of each shop, as both the transaction log and the shops\u2019 reports write it?',
      ),
      choices: alike.map(({ column }) => ({ value: column.header, words: text(column.shown, column.shown) })),
      otherwise: own.column.header,
      assumed: text(`店の ID は「${own.column.shown}」だとした`, `the shop\u2019s id is "${own.column.shown}"`),
    },
    SHOP_COLUMN,
  );

function askForShop({ files }: Looked, draft: Draft): void {
  if (files > 1) {
    draft.guess(
      ['columns'],
      text(
        'TODO merchant_id: 店の ID がどこにも見つからない。ファイルの名前に入れて { "fileName": "([A-Z0-9]+)" } のように書くか、列を足す',
        'TODO merchant_id: nothing says which shop it is. Put its id into the files\u2019 names, and write { "fileName": "([A-Z0-9]+)" }, or add a column',
      ),
    );
    return;
  }
  const shop = draft
    .ask(
      {
        words: text(
          'どの店の売上ですか。取引記録と同じ店の ID を入れてください(わからなければ空のまま)',
          'Whose sales are these? The shop\u2019s id as the transaction log writes it (leave it empty if you do not know)',
        ),
        otherwise: '',
        assumed: text(
          '店の ID がわからないので、merchant_id を書いていない(このままでは読めない)',
          'which shop it is was left open (merchant_id): the file cannot be read until it is written',
        ),
      },
      'shop',
    )
    .trim();
  if (shop === '')
    draft.note(
      ['columns'],
      text(
        'TODO "merchant_id": { "constant": "店の ID" } 取引記録と同じ書き方で',
        'TODO "merchant_id": { "constant": "the shop\u2019s id" }, as the transaction log writes it',
      ),
    );
  else draft.column('merchant_id', { constant: shop }, text('教えてもらった店の ID', 'as it was told'));
}

/** The shop behind a word for it, as titles of reports have it: `対象店舗,M01`. */
function titlePattern(titles: readonly string[]): string | undefined {
  for (const title of titles) {
    const parts = /^"?([^,:：]{1,20})\s*[,:：]\s*([A-Za-z0-9_-]{1,20})(?:,|$)/.exec(title.normalize('NFKC'));
    const label = comparedHeader(parts?.[1] ?? '');
    if (parts !== null && /店/.test(label) && isOpenLabel(label))
      return `${escaped(label)}\\s*[,:]\\s*([A-Za-z0-9_-]+)`;
  }
  return undefined;
}

const isOpenLabel = (label: string): boolean =>
  isKnownHeader(label) || looksLikeHeader(label) || looksLikeHeader(label.replace(/^(?:対象|利用|出力)/, ''));

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** Ids of one form: `M01` is `(M\d\d)`. */
const patternOf = (id: string): string =>
  `(${[...id].map((sign) => (/\d/.test(sign) ? '\\d' : escaped(sign))).join('')})`;
