import { expect, test } from 'vitest';
import { text } from '../../../src/base/text.ts';
import { chartFigure, label, legendOf, percent, plain, tableMarkup } from '../../../src/report/charts/frame.ts';
import { markup } from '../../../src/report/markup.ts';

const CHART = {
  id: 'it',
  title: text('題', 'Title'),
  says: text('説明', 'Says'),
  heightPixels: 10,
  drawing: markup`<rect/>`,
  table: markup`<table></table>`,
};

test('a drawing is one picture with a name and words, and its figures behind it', () => {
  const { html } = chartFigure(CHART);
  expect(html).toContain('<svg role="img" aria-labelledby="it-title" aria-describedby="it-says" height="10">');
  expect(html).toMatch(/<h3 id="it-title">.*Title.*<p class="quiet" id="it-says">.*Says/);
  expect(html).toMatch(/<details><summary>.*<table><\/table><\/details>/);
});

test('one with links is none: what is within a picture cannot be reached', () => {
  expect(chartFigure({ ...CHART, hasLinks: true }).html).toContain('<svg role="group"');
});

test('one that is moved sideways can be reached by the keyboard', () => {
  expect(chartFigure({ ...CHART, isWide: true }).html).toContain('<div class="wide" tabindex="0"');
});

test.each([
  [0, '0%'],
  [1 / 3, '33.333%'],
  [1, '100%'],
])('%d is %s', (share, shown) => {
  expect(percent(share)).toBe(shown);
});

test('a label of one text in both languages stands there once', () => {
  expect(label({ words: plain('18:00'), x: '0', y: 1 }).html.match(/<text/g)).toHaveLength(1);
  expect(label({ words: text('月', 'May'), x: '0', y: 1 }).html.match(/<text/g)).toHaveLength(2);
});

test('a legend says in words what a colour means', () => {
  expect(legendOf([{ colour: 'held', words: text('止', 'held') }]).html).toContain(
    '<span class="key ink-held"></span>',
  );
});

test('a table without links can be reached by the keyboard, for it may be moved; cells of a stacked one have names', () => {
  const columns = [{ name: text('何', 'What') }, { name: text('円', 'Yen'), isNumber: true }];
  const rows = (first: string) => [[{ html: first }, markup`1`]];
  expect(tableMarkup(columns, rows('x')).html).toContain('<div class="scroll" tabindex="0" role="group">');
  expect(tableMarkup(columns, rows('<a href="#a">x</a>')).html).toContain('<div class="scroll">');
  expect(tableMarkup(columns, rows('x'), [], true).html).toMatch(/<td class="number"><span class="label".*Yen/);
});
