import { guardOf, withoutGuard } from './identifiers.ts';

/**
 * What people and systems write where there is nothing, out of the box: in an optional column it is no value, and in an
 * identifier it never is one. Compared after NFKC, without a spreadsheet's guard and space around, in capitals; any row of
 * dashes is one dash. A profile can add its own.
 */
export const ABSENT_WORDS: readonly string[] = [
  '-',
  'NULL',
  '(NULL)',
  '\\N',
  'NIL',
  'NONE',
  'NAN',
  'NA',
  'N/A',
  'UNDEFINED',
  'UNKNOWN',
  'なし',
  '(なし)',
  '特になし',
  '無し',
  '無',
  'ナシ',
  '不明',
  '未登録',
  '未設定',
  '未入力',
  '該当なし',
  '0000-00-00',
  '0000/00/00',
  '0000-00-00 00:00:00',
];

/** Columns of which a lone 0 is no value either. */
const ZERO_IS_ABSENT: ReadonlySet<string> = new Set([
  'account_id',
  'phone',
  'email',
  'related_transaction_id',
  'coupon_number',
]);

/** Hyphens and dashes of all lengths, the minus sign, a line of a table, and the sign that makes vowels long. */
const DASHES = /^[-\u2010-\u2015\u2212\u2500\u30fc]+$/;

function compared(word: string): string {
  const plain = word.normalize('NFKC').trim();
  const bare = withoutGuard(plain, guardOf(plain)).trim().toUpperCase();
  return DASHES.test(bare) ? '-' : bare;
}

const OUT_OF_THE_BOX = ABSENT_WORDS.map(compared);

/** Whether a written value stands for none. */
export class AbsentWords {
  private readonly words: ReadonlySet<string>;
  /** What the words of ASCII begin with, in capitals: most values are told by their first character. */
  private readonly firstLetters: ReadonlySet<string>;
  /** Room for full-width forms, a guard and some space around: longer values are not looked at. */
  private readonly mostCharacters: number;

  /** @param own a profile's words, beside those out of the box */
  constructor(own: readonly string[] = []) {
    this.words = new Set([...OUT_OF_THE_BOX, ...own.map(compared)]);
    this.firstLetters = new Set([...this.words].map((word) => word[0] ?? '').concat(' ', '0', "'", '='));
    this.mostCharacters = Math.max(0, ...Array.from(this.words, (word) => word.length)) + 8;
  }

  /** @param column by its name in 2-data.md; a lone 0 is only no value where there need be none */
  includes(raw: string, column: string, isRequired: boolean): boolean {
    if (raw === '' || raw.length > this.mostCharacters) return false;
    const first = raw[0] as string;
    if (first <= '\x7f' && !this.firstLetters.has(first.toUpperCase())) return false;
    const word = compared(raw);
    return this.words.has(word) || (!isRequired && word === '0' && ZERO_IS_ABSENT.has(column));
  }
}
