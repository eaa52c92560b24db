import type { KindDeclaration, ValueType } from '../../tables/kinds/column.ts';
import { DECLARATIONS } from '../../tables/kinds/index.ts';
import { INPUT_KINDS, type InputKind } from '../../tables/tables.ts';

export type { ValueType } from '../../tables/kinds/column.ts';

export interface ColumnLayout {
  readonly name: string;
  readonly type: ValueType;
  readonly required: boolean;
  /** Headers recognised without a profile, NFKC-normalised. */
  readonly headers: readonly string[];
  /** For a choice: written value → our value. */
  readonly values?: Readonly<Record<string, string>>;
}

/** How a file of some kind is written, as its readers look at it. */
export interface Layout {
  readonly columns: readonly ColumnLayout[];
  /** The column whose amounts the control totals add up; absent where there is none. */
  readonly yenColumn?: string;
}

function layoutOf({ columns, yen }: KindDeclaration): Layout {
  const yenColumn = yen === undefined ? undefined : columns[yen]?.name;
  return {
    columns: Object.values(columns).map(columnLayout),
    ...(yenColumn === undefined ? {} : { yenColumn }),
  };
}

const columnLayout = (column: KindDeclaration['columns'][string]): ColumnLayout => ({
  name: column.name,
  type: column.type,
  required: column.optional !== true,
  headers: column.headers.split(' '),
  ...('values' in column && column.values !== undefined ? { values: writtenValues(column.values) } : {}),
});

/** Each of ours, and the other words for it. */
const writtenValues = (values: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([ours, words]) => [ours, ...words.split(' ')].map((written) => [written, ours])),
  );

export const LAYOUTS = Object.fromEntries(INPUT_KINDS.map((kind) => [kind, layoutOf(DECLARATIONS[kind])])) as Readonly<
  Record<InputKind, Layout>
>;

const PREFECTURE_NAMES =
  '北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県'.split(
    ' ',
  );

/** JIS X 0401: a prefecture's name to its two digits. */
export const PREFECTURE_CODES: ReadonlyMap<string, string> = new Map(
  PREFECTURE_NAMES.map((name, index) => [name, String(index + 1).padStart(2, '0')]),
);
