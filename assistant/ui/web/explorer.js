/* The tab “library”, last part: an indicator over the years, and the beginning. */
/* ---- an indicator over the years ---- */

const explored = { name: '', known: [], organisations: new Set(), measures: new Set(), first: 0, last: 0 };
const nameList = el('datalist', { id: 'lib-names' });
const nameBox = el('input', { id: 'lib-name', list: 'lib-names', autocomplete: 'off', placeholder: words['indicator.placeholder'], maxlength: 60 });
const choices = el('div.lib-choices');
const result = el('div.lib-result');
indicatorView.append(el('form.lib-ask', { onsubmit: (event) => { event.preventDefault(); choose(nameBox.value); } },
  el('label', { for: 'lib-name' }, words['indicator.name']), nameBox, nameList, el('button.primary', { type: 'submit' }, words['indicator.show'])), choices, result);

const fillNames = async () => {
  explored.known = await desk.call(server, 'names', { part: nameBox.value }, { quiet: true }).catch(() => explored.known);
  nameList.replaceChildren(...explored.known.map((one) => el('option', { value: one.name }, say('indicator.known', { values: one.values, years: one.years.length }))));
};
let waiting = 0;
nameBox.addEventListener('input', () => {
  clearTimeout(waiting);
  if (explored.known.some((one) => one.name === nameBox.value)) choose(nameBox.value);
  else waiting = setTimeout(fillNames, 200);
});

let explorerStarted = false;
const startExplorer = async () => {
  if (explorerStarted) return;
  explorerStarted = true;
  await fillNames();
  paintStart();
};

const paintStart = () => {
  choices.replaceChildren();
  result.replaceChildren(explored.known.length
    ? el('div.lib-start', {}, el('p', {}, words['indicator.start']), el('div.lib-known', {}, explored.known.slice(0, 12).map((one) => plain(one.name, () => { nameBox.value = one.name; choose(one.name); }))))
    : el('div.lib-empty', {}, el('h3', {}, words['indicator.empty']), el('p', {}, words['empty.text'])));
};

const choose = async (name) => {
  explored.name = name.trim();
  explored.organisations.clear();
  if (!explored.name) return paintStart();
  const all = await desk.call(server, 'series', { name: explored.name }).catch(() => null);
  if (!all) return null;
  const bodies = [...new Set(all.map((one) => one.organisation || one.place).filter(Boolean))];
  const years = [...new Set(all.flatMap((one) => one.points.map((point) => point.year)))].sort((a, b) => a - b);
  for (const body of bodies.slice(0, 2)) explored.organisations.add(body);
  [explored.first, explored.last] = [years[0], years[years.length - 1]];
  const measures = [...new Set(all.map((one) => one.measure))];
  explored.measures = new Set([(all.find((one) => one.organisation === bodies[0] || one.place === bodies[0]) || { measure: '' }).measure]);
  paintChoices(bodies, measures, years);
  return paintSeries(all);
};

const boxes = (values, held, named) => values.map((value) => el('label.lib-choice', {}, el('input', { type: 'checkbox', checked: held.has(value), onchange: (event) => {
  if (event.target.checked) held.add(value);
  else held.delete(value);
  again();
} }), el('span', {}, named(value))));

const paintChoices = (bodies, measures, years) => {
  const range = (name, label) => {
    const node = el('select', { 'aria-label': label, onchange: (event) => { explored[name] = Number(event.target.value); again(); } }, years.map((year) => option(year, String(year))));
    node.value = explored[name];
    return node;
  };
  choices.replaceChildren(...[
    el('fieldset', {}, el('legend', {}, words['column.organisation']), boxes(bodies, explored.organisations, (body) => body)),
    measures.length > 1 && el('fieldset', {}, el('legend', {}, words['indicator.measure']), boxes(measures, explored.measures, (measure) => measure || words['indicator.unspecified'])),
    el('fieldset', {}, el('legend', {}, words['column.year']), range('first', words['indicator.first']), ' — ', range('last', words['indicator.last'])),
  ].filter(Boolean));
};

const asked = () => {
  const years = [];
  for (let year = explored.first; year <= explored.last; year += 1) years.push(year);
  return { name: explored.name, organisations: [...explored.organisations], years };
};
const again = async () => paintSeries(await desk.call(server, 'series', asked()));

const paintSeries = (all) => {
  const { organisations, years } = asked();
  const found = all.filter((one) => !organisations.length || organisations.includes(one.organisation) || organisations.includes(one.place))
    .filter((one) => !explored.measures.size || explored.measures.has(one.measure))
    .map((one) => ({ ...one, points: one.points.filter((point) => years.includes(point.year)) })).filter((one) => one.points.length);
  if (!found.length) {
    result.replaceChildren(el('div.lib-empty', {}, el('h3', {}, say('indicator.none', { name: explored.name })), el('p', {}, words['indicator.none_hint'])));
    return;
  }
  const conflicts = [...new Set(found.flatMap((one) => one.conflicts))].filter((year) => years.includes(year)).sort();
  result.replaceChildren(
    el('div.lib-resulthead', {}, el('h3', {}, found[0].indicator), plain(words['indicator.export'], async () => {
      const { text } = await desk.call(server, 'table', asked());
      saveText(`${explored.name}.csv`, text, 'text/csv');
    })),
    el('p.lib-hint', {}, words['indicator.hint']),
    ...(conflicts.length ? [el('p.source-lost', {}, say('indicator.conflicts', { years: conflicts.join('、') }))] : []),
    seriesChart(telling(found), openSource), seriesTable(found, openSource));
};

/* The chart draws what has results over the years first; a line of one lone value says little. */
const telling = (found) => {
  const strong = found.filter((one) => one.points.filter((point) => point.status === 'actual').length > 1);
  return strong.length ? strong : found;
};

/* ---- beginning ---- */

const refresh = async () => {
  shelf = await desk.call(server, 'rows');
  const passages = shelf.documents.reduce((count, one) => count + one.passages, 0);
  sum.textContent = say('sum', { documents: shelf.documents.length, passages });
  for (const id of [...chosen]) if (!shelf.documents.some((one) => one.id === id)) chosen.delete(id);
  fillFilters();
  paintTable();
  paintFailed();
  explorerStarted = false;
  if (view === 'indicator' && !explored.name) startExplorer();
};

let started = false;
const start = async () => {
  if (started) return;
  started = true;
  await desk.ready;
  await refresh();
  for (const job of await desk.call(server, 'ongoing')) follow(job, []);
  checkHealth();
};
const begin = () => start().catch(() => (started = false));
desk.on('tab', ({ tab }) => tab === 'library' && begin());
desk.on('archive', () => started && refresh());
if (desk.current.tab === 'library') begin();
