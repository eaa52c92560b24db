import { expect, test } from 'vitest';
import { text } from '../../../src/base/text.ts';
import { type FlowNode, flowDrawing } from '../../../src/report/charts/flow.ts';

const node = (id: string, column: 0 | 1 | 2, href?: string): FlowNode => ({
  id,
  column,
  name: text(id, id),
  shown: text('', ''),
  colour: 'now',
  ...(href === undefined ? {} : { href }),
});
const NODES = [
  node('face', 0),
  node('left', 1),
  node('spent', 1),
  node('paid', 2, '#status=payable'),
  node('never', 2),
];
const LINKS = [
  { from: 'face', to: 'left', yen: 200 },
  { from: 'face', to: 'spent', yen: 100 },
  { from: 'left', to: 'paid', yen: 200 },
  { from: 'left', to: 'never', yen: 0 },
];

test('nodes are as high as there are yen, and none without yen is drawn', () => {
  const { html } = flowDrawing(NODES, LINKS).drawing;
  const heights = [...html.matchAll(/width="1.6%" height="([\d.]+)"/g)].map(([, height]) => Number(height));
  // All yen together are 300 pixels: face 300, left 200, spent 100, paid 200.
  expect(heights).toEqual([300, 200, 100, 200]);
  expect(html).not.toContain('>never<');
  expect(html.match(/class="ribbon/g)).toHaveLength(3);
});

test('a node leads to its coupons', () => {
  expect(flowDrawing(NODES, LINKS).drawing.html).toMatch(/<a href="#status=payable"><rect/);
});

test('the drawing is as high as its lowest name', () => {
  expect(flowDrawing(NODES, LINKS).heightPixels).toBe(324);
  expect(flowDrawing([], []).heightPixels).toBe(8);
});
