import { expect, test } from 'vitest';
import { BadXml, readXml } from '../../../src/intake/bytes/xml.ts';

function told(content: string | Buffer): string {
  const all: string[] = [];
  readXml(Buffer.from(content), {
    open: (name, attribute) => all.push(`<${name} ${attribute('id') ?? '-'}>`),
    text: (text) => all.push(text),
    close: (name) => all.push(`</${name}>`),
  });
  return all.join('');
}

test('tells elements and attributes by their local names, and texts with their entities undone', () => {
  expect(told('<x:a r:id="1"><b>&lt;&#x3042;<![CDATA[<]]></b></x:a>')).toBe('<a 1><b -><あ<</b></a>');
});

test('reads UTF-16 where it says so', () => {
  expect(told(Buffer.from('\ufeff<a>あ</a>', 'utf16le'))).toBe('<a ->あ</a>');
});

test.each([
  '<a>',
  '<a></b>',
  '<a b=1/>',

  '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
  Buffer.of(0x3c, 0x61, 0x3e, 0xff),
])('refuses %s', (content) => {
  expect(() => told(content)).toThrow(BadXml);
});
