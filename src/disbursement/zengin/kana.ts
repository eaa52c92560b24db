import { type Text, text } from '../../base/text.ts';

/**
 * Names as bank files have them: half-width katakana without small ones and without ヲ, A to Z, digits, a blank and `( ) - .`,
 * which is what every bank takes in a name. One table, every permitted sign in it; whatever else there is, is refused.
 */

const FULL = 'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン';
const HALF = 'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ';
const VOICED_FULL = 'ガギグゲゴザジズゼゾダヂヅデドバビブベボヴ';
const VOICED_HALF = 'ｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎｳ';
const HALF_VOICED_FULL = 'パピプペポ';
const HALF_VOICED_HALF = 'ﾊﾋﾌﾍﾎ';
/** Small ones become large ones; the old ヰ and ヱ, and ヲ, are written as they are said. */
const SAID_FULL = 'ァィゥェォッャュョヮヵヶヰヱヲ';
const SAID_HALF = 'ｱｲｳｴｵﾂﾔﾕﾖﾜｶｹｲｴｵ';
const SMALL_HALF = 'ｧｨｩｪｫｯｬｭｮｦ';
const LARGE_HALF = 'ｱｲｳｴｵﾂﾔﾕﾖｵ';
/** Marks of a long vowel, and what is typed or converted in their place: bank files have the hyphen for it. */
const LONG = '\u30fc\uff70-\uff0d\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\ufe63';
const VOICED_MARKS = '\uff9e\u309b\u3099';
const HALF_VOICED_MARKS = '\uff9f\u309c\u309a';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';
const SIGNS = '().';

const VOICED = '\uff9e';
const HALF_VOICED = '\uff9f';

/** What stands for a character of a name. */
const TABLE: ReadonlyMap<string, string> = new Map([
  ...withHiragana(FULL, HALF, ''),
  ...withHiragana(VOICED_FULL, VOICED_HALF, VOICED),
  ...withHiragana(HALF_VOICED_FULL, HALF_VOICED_HALF, HALF_VOICED),
  ...withHiragana(SAID_FULL, SAID_HALF, ''),
  ...pairs(HALF, HALF),
  ...pairs(SMALL_HALF, LARGE_HALF),
  ...pairs(LONG, '-'.repeat(LONG.length)),
  ...pairs(VOICED_MARKS, VOICED.repeat(VOICED_MARKS.length)),
  ...pairs(HALF_VOICED_MARKS, HALF_VOICED.repeat(HALF_VOICED_MARKS.length)),
  ...pairs(LETTERS, LETTERS),
  ...pairs(LETTERS.toLowerCase(), LETTERS),
  ...pairs(fullWidth(LETTERS), LETTERS),
  ...pairs(fullWidth(LETTERS.toLowerCase()), LETTERS),
  ...pairs(DIGITS, DIGITS),
  ...pairs(fullWidth(DIGITS), DIGITS),
  ...pairs(SIGNS, SIGNS),
  ...pairs(fullWidth(SIGNS), SIGNS),
  ...pairs(' \u3000', '  '),
]);

function pairs(from: string, to: string, behind = ''): (readonly [string, string])[] {
  return [...from].map((character, index) => [character, `${to[index] ?? ''}${behind}`] as const);
}

/** Hiragana stand 0x60 before their katakana. */
function withHiragana(from: string, to: string, behind: string): (readonly [string, string])[] {
  const hiragana = [...from].map((character) => String.fromCharCode(character.charCodeAt(0) - 0x60)).join('');
  return [...pairs(from, to, behind), ...pairs(hiragana, to, behind)];
}

function fullWidth(ascii: string): string {
  return [...ascii].map((character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)).join('');
}

/** A character that cannot stand in a bank file. */
export interface RefusedCharacter {
  /** From 1, in characters as they were written; a decomposed mark counts with its letter. */
  readonly place: number;
  /** What it is; letters by their kind alone, since they are of somebody's name. */
  readonly what: Text;
}

export type ZenginText = { readonly text: string } | { readonly refused: readonly RefusedCharacter[] };

/**
 * A name as a bank file has it, in half-width signs, a byte each: `ガ` is two. Decomposed marks are put together first; a
 * mark that follows nothing that can be voiced is refused, for something was lost before it.
 */
export function zenginText(written: string): ZenginText {
  const refused: RefusedCharacter[] = [];
  let text = '';
  for (const [index, character] of [...written.normalize('NFC')].entries()) {
    const sign = TABLE.get(character);
    if (sign === undefined) refused.push({ place: index + 1, what: kindOf(character) });
    else if (isMark(sign) && !canCarry(text.at(-1), sign)) refused.push({ place: index + 1, what: STRAY_MARK });
    else text += sign;
  }
  return refused.length > 0 ? { refused } : { text: text.trim() };
}

const isMark = (sign: string): boolean => sign === VOICED || sign === HALF_VOICED;
const canCarry = (before: string | undefined, mark: string): boolean =>
  before !== undefined && (mark === VOICED ? VOICED_HALF : HALF_VOICED_HALF).includes(before);

const STRAY_MARK = text('行き場のない濁点・半濁点', 'a voicing mark behind nothing that it could belong to');
const KINDS: readonly (readonly [RegExp, Text])[] = [
  [/\p{Script=Han}/u, text('漢字', 'a kanji')],
  [/[\u30a0-\u30ff\u31f0-\u31ff]/, text('全銀にない片仮名の記号', 'a sign of katakana that bank files lack')],
  [/\p{Script=Hiragana}/u, text('全銀にない平仮名の記号', 'a sign of hiragana that bank files lack')],
  [/\p{Script=Latin}/u, text('全銀にない英字', 'a Latin letter that bank files lack')],
  [/[\p{L}\p{N}\p{M}]/u, text('日本語でも英数字でもない文字', 'a letter of another script')],
];

function kindOf(character: string): Text {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  // The middle dot is no katakana of a name, but what is most often typed between its parts.
  if (character === '\u30fb' || character === '\uff65')
    return text(`中点 ${code}(ピリオドか空白にする)`, `a middle dot, ${code} (banks have a full stop or a blank)`);
  const [, kind] = KINDS.find(([pattern]) => pattern.test(character)) ?? [];
  return kind ?? text(`記号 ${code}`, `the sign ${code}`);
}

/** Every sign that a name can be made of, in the order of their bytes. */
export const PERMITTED = [...new Set([...TABLE.values()].join(''))].sort();

/** Half-width katakana stand at 0xA1 in JIS X 0201, and at U+FF61 in Unicode; the rest is ASCII. */
const KANA_DISTANCE = 0xff61 - 0xa1;

/** A text of {@link zenginText}, or of digits, as bytes of JIS X 0201. @throws Error for any other character: a fault of ours */
export function jisBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    if (code >= 0x20 && code < 0x7f) return code;
    if (code >= 0xff61 && code <= 0xff9f) return code - KANA_DISTANCE;
    throw new Error('a character that JIS X 0201 lacks');
  });
}

/** The reverse; `undefined` of a byte that is no sign of JIS X 0201. */
export function jisCharacter(byte: number): string | undefined {
  if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte);
  return byte >= 0xa1 && byte <= 0xdf ? String.fromCharCode(byte + KANA_DISTANCE) : undefined;
}
