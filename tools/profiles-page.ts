import { type Text, text } from '../src/base/text.ts';
import { markdownCell } from '../src/cli/render/markdown.ts';
import { type Translate, translateTo } from '../src/cli/terminal/language.ts';
import {
  BUILT_IN_PROFILES,
  type BuiltInProfileName,
  builtInProfile,
} from '../src/intake/profiles/built-in-profiles.ts';
import type { InputProfile } from '../src/intake/schema/profile.ts';
import { declarationOf } from '../src/tables/kinds/index.ts';
import { INPUT_KINDS } from '../src/tables/tables.ts';

type Source = NonNullable<NonNullable<InputProfile['columns']>[string]>;
type Conditions = Readonly<Record<string, readonly string[] | { readonly pattern: string }>>;

/** What the files themselves do not say. */
interface Notes {
  /** Where the export is made in that system. */
  readonly made: Text;
  /** What a person must check, for no profile can know it. */
  readonly check: readonly Text[];
}

const NOTES: Readonly<Record<BuiltInProfileName, Notes>> = {
  airpay: {
    made: text('Airペイ 管理画面「振込明細」の CSV', 'CSV of 振込明細 in the management screen of Airペイ'),
    check: [
      text(
        '明細に時刻がないので、売上報告の代わりにはなりません。カードなどの行は数えず、店の日は「報告あり」になりません。レジのジャーナルを別にもらってください。',
        'It has no clock, and is no journal: rows of cards and the like do not count, and the shop-day stays without a report. Ask for the till’s journal besides.',
      ),
      text(
        '決済ブランドがクーポンの行があれば、時刻がないとして示します(`DATE_WITHOUT_TIME`)。一覧にないブランドは合計が合わない行(`SALE_TOTAL`)になります。',
        'A row whose brand is a coupon is told as one without a time (`DATE_WITHOUT_TIME`); a brand that is not in the list leaves a sale that does not add up (`SALE_TOTAL`).',
      ),
      text(
        '売上の番号は行の番号から作ります。同じ売上を含む二つのファイルを渡さないでください。',
        'Ids are made of the numbers of lines: do not hand in two files that hold the same rows at other lines.',
      ),
    ],
  },
  airregi: {
    made: text(
      'Airレジ バックオフィス「取引履歴」の「ジャーナル履歴」の CSV(Shift_JIS)',
      'CSV of ジャーナル履歴 under 取引履歴 in the back office of Airレジ (Shift_JIS)',
    ),
    check: [
      text(
        '「地域クーポン」という列は推測です。支払い方法の列の名前は店が決めます。違えば `PROFILE_HEADER_MISSING` と似た見出しが出るので、写した profile の三か所を直してください。',
        'The column 地域クーポン is a guess: shops name their ways of paying themselves. Another name is told with the nearest header (`PROFILE_HEADER_MISSING`); write it in the three places of a copy.',
      ),
      text(
        '「店舗番号」が取引記録の店の番号と同じか。違えば写しの merchant_id を `{ "constant": "M01" }` のようにしてください。',
        'Whether 店舗番号 is the id that the log has for the shop; if not, state `{ "constant": "M01" }` for merchant_id in a copy.',
      ),
      text(
        '一回の会計は商品の数だけ行があり、合計はどの行にも同じです。二行目からは重複(duplicate)として数えます。',
        'A bill has a line for each item, with the same total on each: from the second on they are counted as duplicates.',
      ),
    ],
  },
  paypay: {
    made: text(
      'PayPay for Business「取引」のダウンロード(CSV)。列は選べるので、下の表の列を含めてください。',
      'Download (CSV) of 取引 in PayPay for Business. Its columns can be chosen: those of the table below are needed.',
    ),
    check: [
      text(
        '取引記録(`paypay:transactions`)と売上報告(`paypay:sales`)の両方を決めています。片方だけがこの形式なら、そちらだけを指定してください。',
        'It describes the log (`paypay:transactions`) and a report (`paypay:sales`). Where only one of them has this layout, name that one.',
      ),
      text(
        '取引記録としては「支払い方法」にクーポン番号がある場合だけ使えます。PayPay 自身の書き出しにクーポン番号はありません。',
        'As a log it serves only where 支払い方法 holds coupon numbers: PayPay’s own export has none.',
      ),
      text(
        '売上報告としては、PayPay で払われた行を数えません。この書き出しだけでは店のジャーナルではないので、店の日を「報告あり」にしないためです。一覧にない支払い方法(併用を含む)は `SALE_TOTAL` になります。',
        'As a report, what the wallet paid does not count: the export is no journal, and must not make a shop-day one with a report. A way of paying that is not in the list, two together among them, is told as `SALE_TOTAL`.',
      ),
    ],
  },
  smaregi: {
    made: text(
      'スマレジ 管理画面「取引履歴」の CSV ダウンロード。下の表の列を「CSVダウンロード設定」で選んでください。',
      'CSV download of 取引履歴 in the management screen of Smaregi; choose the columns of the table below under CSVダウンロード設定.',
    ),
    check: [
      text(
        'クーポンの列がないので、合計から現金とクレジットを引いた残りをすべてクーポンとみなします。ほかの支払い方法(電子マネー、商品券)も使う店では、写しで分けてください。',
        'It has no column for coupons: all that cash and credit leave of the total is taken for coupons. Tell the rest apart in a copy, where the shop takes other means (e-money, vouchers).',
      ),
      text(
        '入金・出金などの行(取引区分 1 以外)と取り消した行は数えません。返品は合計が負の行として読み、どの売上かは人に聞きます。',
        'Rows of cash put in or taken out (取引区分 other than 1) and voided ones do not count. A return is a row whose total is negative; of which sale is asked.',
      ),
    ],
  },
  square: {
    made: text(
      'Square データ「取引履歴」のエクスポート(取引 CSV)',
      'Export (transactions CSV) of 取引履歴 in the Square dashboard',
    ),
    check: [
      text(
        '「Location」が取引記録の店の番号か。違えば写しで merchant_id を定数にしてください。',
        'Whether Location is the id that the log has for the shop; if not, state a constant for merchant_id in a copy.',
      ),
      text(
        '「Time Zone」が日本であること。時刻は日本のものとして読みます。',
        'That Time Zone is Japan’s: times are read as such.',
      ),
      text(
        'その他の支払い(Other Tender Type)の名前は店が決めます。クーポンの名前は推測で、知らない名前の行は `SALE_TOTAL` になります。写しに名前を足してください。',
        'Shops name their other tenders: the names of coupons are a guess, and a row with a name that is not known is told as `SALE_TOTAL`. Add it in a copy.',
      ),
      text(
        '返金の行は元の売上を示しません。`REFUND` として示し、それがありうる決済だけを確認に回します。',
        'Refunds do not name their sale: they are told as `REFUND`, and only payments that they may touch are asked about.',
      ),
    ],
  },
  stores: {
    made: text(
      'STORES 決済 管理画面「売上一覧」の CSV ダウンロード',
      'CSV download of 売上一覧 in the management screen of STORES payments',
    ),
    check: [
      text(
        '店舗名を店の番号にしています。たいていは写しで merchant_id を `{ "constant": "M01" }` のように直す必要があります。',
        'The shop’s name stands for its id: mostly merchant_id has to be a constant in a copy, `{ "constant": "M01" }`.',
      ),
      text(
        'クーポンもこの端末で打っている店か。打っていない店では、これは店のジャーナルではなく、売上報告として渡してはいけません。',
        'That the shop rings up its coupons on this terminal: where it does not, the file is no journal of the shop, and must not be handed in as its report.',
      ),
      text(
        '知らない決済方法の行は `SALE_TOTAL` になります。キャンセルの行は元の売上を示さないので `REFUND` になります。',
        'A way of paying that is not known is told as `SALE_TOTAL`; cancels do not name their sale, and are told as `REFUND`.',
      ),
    ],
  },
};

/** What each built-in profile makes of an export, for whoever hands it in. */
export async function profilesPage(language: 'ja' | 'en'): Promise<string> {
  const t = translateTo(language);
  const sections = await Promise.all(BUILT_IN_PROFILES.map((name) => profileSection(name, t)));
  return [...OPENING.map(t), ...sections.flat()].join('\n');
}

const OPENING: readonly Text[] = [
  text('# 組み込みのプロファイル\n', '# Built-in profiles\n'),
  text(
    'ほかのシステムの書き出しをそのまま読むための取り決めです。`--profile 名前`、ひとつの入力だけなら `--profile 名前:入力`。',
    'How exports of other systems are read as they are: `--profile NAME`, or `--profile NAME:INPUT` for one input of it.',
  ),
  text(
    '店や契約で違うところは `regionpay-reconcile profiles show 名前 > my.json` で写して直します。書き方は[データ](contract/2-data.md)の「A source’s own table」。\n',
    'What a shop does its own way is changed in a copy (`regionpay-reconcile profiles show NAME > my.json`), in the terms of "A source’s own table" in [the contract](contract/2-data.md).\n',
  ),
];

async function profileSection(name: BuiltInProfileName, t: Translate): Promise<readonly string[]> {
  const profile = await builtInProfile({ name, input: undefined });
  if (profile?.schemaVersion !== 2) throw new Error(`${name} is not of version 2`);
  const { made, check } = NOTES[name];
  const inputs = INPUT_KINDS.flatMap((kind) => {
    const input = profile.inputs[kind] as InputProfile | undefined;
    return input === undefined ? [] : inputSection(`${name}:${kind}`, t(declarationOf(kind).option.words), input, t);
  });
  return [
    `## ${name}\n`,
    `${t(profile.title ?? text('', ''))}\n`,
    `- ${t(text('作るところ', 'Made'))}: ${t(made)}`,
    `- ${t(text('見たページ', 'Page that was read'))}: <${profile.source?.url}> (${profile.source?.readOn})\n`,
    ...inputs,
    `${t(text('確かめること:', 'To be checked:'))}\n`,
    ...check.map((each) => `- ${t(each)}`),
    '',
  ];
}

function inputSection(title: string, words: string, input: InputProfile, t: Translate): readonly string[] {
  const rows = Object.entries(input.columns ?? {}).flatMap(([column, source]) =>
    source === undefined ? [] : [`| \`${column}\` | ${markdownCell(sourceWords(source, t))} |`],
  );
  return [
    `### ${title} (${words})\n`,
    `| ${t(text('列', 'column'))} | ${t(text('書き出しの何からか', 'what of the export it is'))} |`,
    '| --- | --- |',
    ...rows,
    '',
    ...rowWords(input, t).map((line) => `- ${line}`),
    '',
  ];
}

function sourceWords(source: Source, t: Translate): string {
  if (typeof source === 'string') return source;
  if ('constant' in source) return t(text(`いつも ${source.constant}`, `always ${source.constant}`));
  if ('join' in source)
    return source.join
      .map((part) =>
        typeof part === 'string' ? part : 'line' in part ? t(text('行の番号', 'number of the line')) : part.constant,
      )
      .join(` + `);
  if ('minus' in source) return [source.from, ...source.minus].join(' − ');
  if ('sum' in source)
    return source.sum.map((part) => (typeof part === 'string' ? part : someRows(part.from, part.when, t))).join(' + ');
  if ('from' in source) return someRows(source.from, source.when, t);
  return t(text('ファイルの名前か題名から', 'from the file’s name or its titles'));
}

const someRows = (header: string, when: Conditions | undefined, t: Translate): string =>
  when === undefined
    ? header
    : t(text(`${header}(${conditionWords(when)} の行)`, `${header} (of rows with ${conditionWords(when)})`));

const conditionWords = (conditions: Conditions): string =>
  Object.entries(conditions)
    .map(
      ([header, meant]) =>
        `${header}: ${'pattern' in meant ? meant.pattern : meant.map((value) => value || '""').join(' / ')}`,
    )
    .join(', ');

function rowWords({ values, rows, refunds, table }: InputProfile, t: Translate): readonly string[] {
  const said: Text[] = Object.entries(values ?? {}).map(([column, meanings]) => {
    const words = Object.entries(meanings ?? {}).map(([written, ours]) => `${written} → ${ours}`);
    return text(`\`${column}\`: ${words.join('、')}`, `\`${column}\`: ${words.join(', ')}`);
  });
  if (rows?.only !== undefined) {
    const only = conditionWords(rows.only);
    said.push(text(`数える行: ${only}。ほかは外します(left_out)`, `Rows that count: ${only}. Others are left out`));
  }
  if (rows?.leaveOut !== undefined) {
    const out = conditionWords(rows.leaveOut);
    said.push(text(`外す行: ${out}`, `Rows that are left out: ${out}`));
  }
  if (table?.totals !== undefined) {
    const totals = table.totals.join(' / ');
    said.push(text(`合計の行: ${totals}`, `Rows of totals: ${totals}`));
  }
  if (refunds !== undefined) said.push(refundWords(refunds));
  return said.map(t);
}

function refundWords({ when, negative, of }: NonNullable<InputProfile['refunds']>): Text {
  const told = [...(when === undefined ? [] : [conditionWords(when)]), ...(negative === true ? ['< 0'] : [])].join(
    ' / ',
  );
  const other = typeof of === 'string' ? of : undefined;
  return text(
    `返金の行: ${told}。元の行: ${other ?? '示さない'}`,
    `Refunds: ${told}. The row that they take back: ${other ?? 'they do not name it'}`,
  );
}
