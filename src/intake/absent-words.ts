/**
 * What people and systems write where there is nothing, out of the box: in an optional column it is no value, and in an
 * identifier it never is one. Compared after NFKC, without space around, in capitals; any row of dashes is one dash. A profile
 * can state its own.
 */
export const ABSENT_WORDS: readonly string[] = [
  '-',
  'NULL',
  '(NULL)',
  'NIL',
  'NONE',
  'NAN',
  'N/A',
  'なし',
  '無し',
  '無',
  'ナシ',
  '未登録',
  '未設定',
  '未入力',
  '該当なし',
];

/** Columns of which a lone 0 is no value either. */
const ZERO_IS_ABSENT: ReadonlySet<string> = new Set([
  'account_id',
  'phone',
  'email',
  'related_transaction_id',
  'coupon_number',
]);

/** Hyphens and dashes of all lengths, the minus sign, and the sign that makes vowels long. */
const DASHES = /^[-\u2010-\u2015\u2212\u30fc]+$/;

function compared(word: string): string {
  const plain = word.normalize('NFKC').trim().toUpperCase();
  return DASHES.test(plain) ? '-' : plain;
}

/** Whether a written value stands for none. */
export class AbsentWords {
  private readonly words: ReadonlySet<string>;
  /** What the words of ASCII begin with, in capitals: most values are told by their first character. */
  private readonly firstLetters: ReadonlySet<string>;
  /** Room for full-width forms and some space around: longer values are not looked at. */
  private readonly mostCharacters: number;
  private readonly hasZero: boolean;

  /** @param own a profile's words, in place of those out of the box */
  constructor(own: readonly string[] | undefined) {
    this.words = new Set((own ?? ABSENT_WORDS).map(compared));
    this.hasZero = own === undefined;
    this.firstLetters = new Set([...this.words].map((word) => word[0] ?? '').concat(' ', this.hasZero ? '0' : ''));
    this.mostCharacters = Math.max(0, ...Array.from(this.words, (word) => word.length)) + 8;
  }

  /** @param column by its name in 2-data.md; a lone 0 is only no value where there need be none */
  includes(raw: string, column: string, isRequired: boolean): boolean {
    if (raw === '' || raw.length > this.mostCharacters) return false;
    const first = raw[0] as string;
    if (first <= '\x7f' && !this.firstLetters.has(first.toUpperCase())) return false;
    const word = compared(raw);
    return this.words.has(word) || (word === '0' && this.hasZero && !isRequired && ZERO_IS_ABSENT.has(column));
  }
}
