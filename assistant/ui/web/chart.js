/* A chart of one indicator over the years, drawn here: results on lines, targets and forecasts as other shapes.
   Every point is a button that opens its source. `series`: SeriesView[]; `open(citation, from)`. */

const CHART = { height: 280, top: 26, right: 26, bottom: 34, left: 62 };
const CHART_LINES = [
  { colour: '#1456a0', dash: '' }, { colour: '#a8480f', dash: '7 4' }, { colour: '#22693f', dash: '2 4' },
  { colour: '#6a3d9a', dash: '10 3 2 3' }, { colour: '#5a5f66', dash: '1 3' },
];
const CHART_SHAPES = { actual: '●', plan: '◇', forecast: '△' };

function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function lineName(one) {
  return [one.organisation || one.place, one.measure].filter(Boolean).join(' · ');
}

/* Points of whole years, each value once however many documents repeat it. */
function drawn(one) {
  const seen = new Set();
  return one.points.filter((point) => {
    const key = `${point.year} ${point.status} ${point.value}`;
    if (point.months || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function ticks(low, high) {
  const span = high - low || Math.abs(high) || 1;
  const rough = span / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= rough);
  const first = Math.floor(low / step) * step;
  const found = [];
  for (let n = 0; first + n * step < high + step * 0.999; n += 1) found.push(Number((first + n * step).toPrecision(12)));
  return found;
}

function shape(status, x, y, colour) {
  const size = 6.5;
  if (status === 'plan') return svg('path', { d: `M${x} ${y - size} L${x + size} ${y} L${x} ${y + size} L${x - size} ${y} Z`, fill: '#fff', stroke: colour, 'stroke-width': 2 });
  if (status === 'forecast') return svg('path', { d: `M${x} ${y - size} L${x + size} ${y + size - 1} L${x - size} ${y + size - 1} Z`, fill: '#fff', stroke: colour, 'stroke-width': 2 });
  return svg('circle', { cx: x, cy: y, r: 5, fill: colour, stroke: '#fff', 'stroke-width': 1.5 });
}

function pointButton(one, point, x, y, colour, above, open) {
  const label = desk.fill(shared['chart.point'], { line: lineName(one), year: point.year, status: shared[`status.${point.status}`], text: point.text });
  const go = (event) => open(point.citation, event.currentTarget);
  return svg('g', {
    class: 'chart-point', role: 'button', tabindex: 0, 'aria-label': label, 'data-status': point.status, onclick: go,
    onkeydown: (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      go(event);
    },
  }, svg('circle', { class: 'chart-touch', cx: x, cy: y, r: 14, fill: 'transparent' }), shape(point.status, x, y, colour),
  svg('text', { x, y: above ? y - 12 : y + 21, 'text-anchor': 'middle', class: 'chart-value', fill: colour }, point.value),
  svg('title', {}, label));
}

function drawChart(group, width, open) {
  const points = group.flatMap(drawn);
  const years = [...new Set(points.map((point) => point.year))].sort((a, b) => a - b);
  const values = points.map((point) => Number(point.value));
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const marks = ticks(least > 0 && least < most * 0.7 ? 0 : least > 0 ? least - (most - least || most) * 0.3 : least, most);
  const [low, high] = [marks[0], marks[marks.length - 1]];
  const inner = width - CHART.left - CHART.right;
  const x = (year) => CHART.left + (years.length > 1 ? (inner * (years.indexOf(year) + 0.5)) / years.length : inner / 2);
  const y = (value) => CHART.top + (CHART.height - CHART.top - CHART.bottom) * (1 - (value - low) / (high - low || 1));
  const picture = svg('svg', { viewBox: `0 0 ${width} ${CHART.height}`, width, height: CHART.height, role: 'group', 'aria-label': desk.fill(shared['chart.label'], { name: group[0].indicator, unit: group[0].unit }) });
  for (const mark of marks) {
    picture.append(svg('line', { x1: CHART.left, x2: width - CHART.right, y1: y(mark), y2: y(mark), class: 'chart-grid' }),
      svg('text', { x: CHART.left - 9, y: y(mark) + 4, 'text-anchor': 'end', class: 'chart-axis' }, String(mark)));
  }
  for (const year of years) picture.append(svg('text', { x: x(year), y: CHART.height - 11, 'text-anchor': 'middle', class: 'chart-axis' }, String(year)));
  picture.append(svg('text', { x: CHART.left - 9, y: 14, 'text-anchor': 'end', class: 'chart-axis' }, group[0].unit));
  group.forEach((one, number) => {
    const look = CHART_LINES[number % CHART_LINES.length];
    const results = drawn(one).filter((point) => point.status === 'actual');
    const path = results.map((point) => `${x(point.year)},${y(Number(point.value))}`).join(' ');
    picture.append(svg('polyline', { points: path, fill: 'none', stroke: look.colour, 'stroke-width': 2, 'stroke-dasharray': look.dash }));
  });
  group.forEach((one, number) => {
    const look = CHART_LINES[number % CHART_LINES.length];
    for (const point of drawn(one)) {
      const pair = drawn(one).filter((other) => other.year === point.year);
      const above = pair.every((other) => Number(other.value) <= Number(point.value));
      const near = point.status !== 'actual' && pair.some((other) => other.status === 'actual' && Math.abs(y(Number(other.value)) - y(Number(point.value))) < 16);
      picture.append(pointButton(one, point, x(point.year) + (near ? 13 : 0), y(Number(point.value)), look.colour, above, open));
    }
  });
  return picture;
}

function legend(group) {
  const statuses = ['actual', 'plan', 'forecast'].filter((status) => group.some((one) => drawn(one).some((point) => point.status === status)));
  return desk.el('figcaption.chart-legend', {},
    group.map((one, number) => {
      const look = CHART_LINES[number % CHART_LINES.length];
      return desk.el('span', {}, svg('svg', { width: 26, height: 10, 'aria-hidden': 'true' }, svg('line', { x1: 1, x2: 25, y1: 5, y2: 5, stroke: look.colour, 'stroke-width': 2.5, 'stroke-dasharray': look.dash })), lineName(one));
    }),
    statuses.map((status) => desk.el('span.chart-shape', {}, `${CHART_SHAPES[status]} ${shared[`status.${status}`]}`)));
}

/* One figure for each unit, drawn again when its width changes. */
function seriesChart(series, open) {
  const units = [...new Set(series.map((one) => one.unit))];
  const figures = units.map((unit) => {
    const group = series.filter((one) => one.unit === unit && drawn(one).length).slice(0, CHART_LINES.length);
    if (!group.length) return null;
    const place = desk.el('div.chart-place');
    let last = 0;
    const draw = () => {
      const width = Math.max(280, Math.floor(place.clientWidth));
      if (!place.clientWidth || width === last) return;
      last = width;
      place.replaceChildren(drawChart(group, width, open));
    };
    new ResizeObserver(draw).observe(place);
    return desk.el('figure.chart', {}, place, legend(group));
  });
  return desk.el('div.charts', {}, figures);
}

/* The same points as a table, with those of a part of a year; a value opens its source. */
function seriesTable(series, open) {
  const rows = series.flatMap((one) => one.points.map((point) => ({ one, point })))
    .sort((a, b) => a.point.year - b.point.year || lineName(a.one).localeCompare(lineName(b.one), 'zh'));
  const head = ['year', 'line', 'status', 'value', 'source'].map((name) => desk.el('th', { scope: 'col' }, shared[`table.${name}`]));
  return desk.el('div.table-wrap', { tabindex: 0, role: 'region', 'aria-label': shared['table.label'] }, desk.el('table.series-table', {},
    desk.el('thead', {}, desk.el('tr', {}, head)),
    desk.el('tbody', {}, rows.map(({ one, point }) => desk.el('tr', { class: one.conflicts.includes(point.year) && point.status === 'actual' ? 'conflict' : null },
      desk.el('td', {}, `${point.year}${point.months ? `（${point.months}）` : ''}`), desk.el('td', {}, lineName(one)),
      desk.el('td', {}, `${CHART_SHAPES[point.status] || ''} ${shared[`status.${point.status}`]}`),
      desk.el('td.number', {}, desk.el('button.link', { type: 'button', onclick: (event) => open(point.citation, event.currentTarget) }, point.text)),
      desk.el('td', {}, point.citation.title))))));
}
