#!/bin/sh
# A chart that ECharts draws on a server comes out otherwise where the machine was busy for a moment.
# Shows, of echarts 6.1.0 (zrender 6.1.0, lib/contain/text.js): it measures how long it takes to measure the ASCII letters of the first
# font, and after 17 ms gives every letter of any later font one width. The same option, drawn as SVG once as the clock runs and once with a
# clock that jumps 20 ms during that measurement, wraps the same label of the second font elsewhere: three lines, and four. Nothing is thrown.
# A page whose bytes are to be the same in years, and are compared, cannot hold such a picture. So this project computes scales and
# shapes with d3-scale and d3-shape, writes the SVG itself and measures no text (docs/decisions/0035).
# Exits with 1 if it is no longer so. Needs Node.js and the npm registry.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --save-exact echarts@6.1.0
cat > seen.mjs <<'JS'
import * as echarts from 'echarts';

// As on a machine that does something else for 20 ms, once, while the first font is measured.
if (process.argv[2] === 'busy') {
  const Clock = Date;
  let late = 0;
  globalThis.Date = class extends Clock {
    constructor(...given) {
      if (given.length > 0) super(...given);
      else {
        if (/createASCIIWidthMap/i.test(new Error().stack)) late += 20;
        super(Clock.now() + late);
      }
    }
  };
}
const axis = (fontSize) => ({
  type: 'category',
  data: ['fill till illicit pilfering till 2, WWWW MMMM'],
  axisLabel: { overflow: 'break', width: 90, fontSize },
});
const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 400, height: 200 });
chart.setOption({ animation: false, xAxis: [axis(12), axis(11)], yAxis: {}, series: [{ type: 'bar', data: [1] }] });
const texts = [...chart.renderToSVGString().matchAll(/<text[^>]*>([^<]*)</g)].map(([, words]) => words);
chart.dispose();
console.log(texts.slice(texts.lastIndexOf(texts.findLast((words) => words.startsWith('fill till')))).join('|'));
JS
idle=$(node seen.mjs)
busy=$(node seen.mjs busy)
echo "idle: $idle"
echo "busy: $busy"
if [ "$idle" = 'fill till illicit pilfering| till 2, WWWW |MMMM' ] && [ "$busy" = 'fill till |illicit |pilfering till| 2, WWWW MMMM' ]; then
  echo 'as found'
else
  echo 'CHANGED'
  exit 1
fi
