import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadBankDirectory } from '../../../src/disbursement/zengin/bank-directory.ts';
import { jisBytes, jisCharacter, PERMITTED, zenginText } from '../../../src/disbursement/zengin/kana.ts';

const written = (name: string): string => {
  const result = zenginText(name);
  if ('refused' in result) throw new Error(result.refused.map(({ place, what }) => `${place} ${what.en}`).join('; '));
  return result.text;
};
const refused = (name: string): readonly string[] => {
  const result = zenginText(name);
  return 'refused' in result ? result.refused.map(({ place, what }) => `${place} ${what.ja}`) : [];
};

describe('a name in a bank file', () => {
  test.each([
    ['full width', 'ヤマダ ハナコ', 'ﾔﾏﾀﾞ ﾊﾅｺ'],
    ['hiragana', 'やまだ　はなこ', 'ﾔﾏﾀﾞ ﾊﾅｺ'],
    ['half width', 'ﾔﾏﾀﾞ ﾊﾅｺ', 'ﾔﾏﾀﾞ ﾊﾅｺ'],
    // jaconv and iconv-lite lose the mark of such a letter.
    ['marks apart from their letters', 'カ\u3099ハ\u309a', 'ｶﾞﾊﾟ'],
    ['marks of their own', 'カ\u309bハ\u309c', 'ｶﾞﾊﾟ'],
    ['small kana', 'キャッシュ', 'ｷﾔﾂｼﾕ'],
    ['small kana of half width', 'ｷｬｯｼｭｧｨｩｪｫｮ', 'ｷﾔﾂｼﾕｱｲｳｴｵﾖ'],
    // moji, encoding-japanese and japanese-string-utils leave the first three wide; hanzen makes "undefined" of ヵ and ヶ.
    ['old and rare kana', 'ヱヰヮヵヶヴヲゑゐゔを', 'ｴｲﾜｶｹｳﾞｵｴｲｳﾞｵ'],
    ['long marks of all kinds', 'アーｰ-－‐‑‒–—―−─﹣', `ｱ${'-'.repeat(13)}`],
    ['letters and digits', 'abＣｄ1２', 'ABCD12'],
    ['signs', 'カ）（．', 'ｶ)(.'],
    ['blanks around', ' ア　', 'ｱ'],
  ])('is written from %s', (_, name, expected) => {
    expect(written(name)).toBe(expected);
  });

  test.each([
    ['ヤマダ花子', ['4 漢字', '5 漢字']],
    ['ヤマ・ダ', ['3 中点 U+30FB(ピリオドか空白にする)']],
    ['ﾔﾏ･ﾀﾞ', ['3 中点 U+FF65(ピリオドか空白にする)']],
    ['ヷヸヽ', ['1 全銀にない片仮名の記号', '2 全銀にない片仮名の記号', '3 全銀にない片仮名の記号']],
    ['アゝ', ['2 全銀にない平仮名の記号']],
    ['Ré', ['2 全銀にない英字']],
    ['Иван', [1, 2, 3, 4].map((place) => `${place} 日本語でも英数字でもない文字`)],
    ['①', ['1 日本語でも英数字でもない文字']],
    ['ア゛', ['2 行き場のない濁点・半濁点']],
    ['カ\u309a', ['2 行き場のない濁点・半濁点']],
    ['\u3099ア', ['1 行き場のない濁点・半濁点']],
    ['ア/', ['2 記号 U+002F']],
    ['ア,「」¥', [2, 3, 4, 5].map((place) => `${place} 記号 U+${'002C 300C 300D 00A5'.split(' ')[place - 2]}`)],
    ['ア\u200bイ', ['2 記号 U+200B']],
    ['ア\u00a0イ', ['2 記号 U+00A0']],
    ['🙂ア', ['1 記号 U+1F642']],
  ])('%s is refused, each sign with its place', (name, expected) => {
    expect(refused(name)).toEqual(expected);
  });

  test('is nothing where nothing is written', () => expect(written(' ')).toBe(''));

  test('is made of these signs and no others', () => {
    // 全銀協使用可能文字 of 委託者名 and 振込先名: kana but ヲ and small ones, both marks, A to Z, digits, a blank and four signs.
    const listed = ' ()-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ';
    expect(PERMITTED.join('')).toBe(listed);
  });

  test('written again is itself', () => {
    const sign = fc.constantFrom('ガ', 'パ', 'ァ', 'ヴ', 'ー', 'ｶﾞ', 'a', 'Ｚ', '９', '（', ' ', 'ヤ', 'ゐ');
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 20 }), (signs) => {
        const once = written(signs.join(''));
        expect(written(once)).toBe(once);
        expect([...once].every((character) => PERMITTED.includes(character))).toBe(true);
      }),
    );
  });
});

/** The same by what Unicode and the encoding know, without a table: bytes of Shift_JIS below 0xE0 are JIS X 0201. */
const HALF_BY_FULL = new Map(
  Array.from({ length: 0xdf - 0xb1 + 1 }, (_, index) => {
    const half = new TextDecoder('shift_jis').decode(Uint8Array.of(0xb1 + index));
    return [half.normalize('NFKC'), half] as const;
  }),
);
const LARGE: Readonly<Record<string, string>> = Object.fromEntries(
  [...'ァアィイゥウェエォオッツャヤュユョヨヮワヵカヶケヰイヱエヲオ'.matchAll(/(.)(.)/gu)].map(
    ([, small = '', large = '']) => [small, large],
  ),
);
function byUnicode(name: string): string {
  const katakana = name
    .normalize('NFKC')
    .replace(/[ぁ-ゖ]/g, (kana) => String.fromCodePoint((kana.codePointAt(0) ?? 0) + 0x60))
    .toUpperCase();
  const apart = [...katakana]
    .map((character) => LARGE[character] ?? character)
    .join('')
    .normalize('NFD');
  return [...apart]
    .map((character) => (character === 'ー' ? '-' : (HALF_BY_FULL.get(character) ?? character)))
    .join('')
    .trim();
}

test('every kana, letter and digit comes out as by Unicode', () => {
  const kana = Array.from({ length: 0x30f4 - 0x30a1 + 1 }, (_, index) => String.fromCodePoint(0x30a1 + index));
  const hiragana = kana.map((character) => String.fromCodePoint((character.codePointAt(0) ?? 0) - 0x60));
  const half = Array.from({ length: 0xdd - 0xa6 + 1 }, (_, index) =>
    new TextDecoder('shift_jis').decode(Uint8Array.of(0xa6 + index)),
  );
  const letters = [...'AZaz09()', ...'ＡＺａｚ０９（）．　'];
  const all = [...kana, 'ヵ', 'ヶ', ...hiragana, ...half, ...letters];
  expect(all.length).toBeGreaterThan(230);
  for (const character of all) expect(written(`ア${character}ア`)).toBe(byUnicode(`ア${character}ア`));
});

describe('a byte of JIS X 0201', () => {
  test('is what Shift_JIS has for it', () => {
    for (let byte = 0x20; byte <= 0xff; byte++) {
      const expected = byte < 0x7f || (byte >= 0xa1 && byte <= 0xdf);
      const character = expected ? new TextDecoder('shift_jis').decode(Uint8Array.of(byte)) : undefined;
      expect(jisCharacter(byte)).toBe(character);
    }
  });

  test('comes back as it was', () => {
    const text = PERMITTED.join('');
    expect(Array.from(jisBytes(text), jisCharacter).join('')).toBe(text);
  });

  test('is never made of another character', () => {
    for (const character of 'ァ漢é\n\u007f') expect(() => jisBytes(character)).toThrow('JIS X 0201');
  });
});

test('every bank and branch of the directory has a name that can be written', async () => {
  const names = Object.values(await loadBankDirectory()).flatMap(({ kana, branches }) => [
    kana,
    ...Object.values(branches).map((branch) => branch.kana),
  ]);
  expect(names.length).toBeGreaterThan(25_000);
  expect(names.filter((name) => 'refused' in zenginText(name) || written(name) === '')).toEqual([]);
});
