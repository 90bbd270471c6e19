/* The tab “library”, second part: the table of documents and the search. */
/* ---- documents ---- */

const distinct = (name) => [...new Set(shelf.documents.map((one) => one[name]).filter(Boolean))].sort((a, b) => (name === 'year' ? b - a : String(a).localeCompare(String(b), 'zh')));

const worded = { organisation: (value) => value, year: (value) => String(value), genre: (value) => shared[`genre.${value}`] };
const filters = ['organisation', 'year', 'genre'].map((name) => select(name, (event) => {
  filter[name] = event.target.value;
  apply();
}));
const query = el('input.lib-query', { type: 'search', placeholder: words['search.placeholder'], 'aria-label': words['search.label'], maxlength: 500 });
const bar = el('form.lib-bar', { role: 'search', onsubmit: (event) => { event.preventDefault(); find(); } },
  query, el('button.primary', { type: 'submit' }, words['search.go']), filters);
const narrow = el('input.lib-narrow', { type: 'search', placeholder: words['narrow'], 'aria-label': words['narrow'], oninput: (event) => { filter.words = event.target.value.trim(); paintTable(); } });
const tools = el('div.lib-tools');
const hits = el('div.lib-hits', { hidden: true });
const tableBox = el('div.lib-table');
documentsView.append(bar, hits, tools, tableBox);

const apply = () => (hits.hidden ? paintTable() : find());

const fillFilters = () => {
  filters.forEach((node) => {
    const name = node.dataset.filter;
    node.replaceChildren(option('', words[`filter.${name}`]), ...distinct(name).map((value) => option(value, worded[name](value))));
    node.value = filter[name];
  });
};

const shownRows = () => {
  const rows = shelf.documents.filter((one) =>
    (!filter.organisation || one.organisation === filter.organisation) && (!filter.year || String(one.year) === filter.year) && (!filter.genre || one.genre === filter.genre)
    && (!filter.words || [one.title, one.organisation, one.source_name, one.number].join(' ').includes(filter.words)));
  const sign = sorted.up ? 1 : -1;
  return rows.sort((a, b) => sign * (typeof a[sorted.by] === 'number' || typeof b[sorted.by] === 'number'
    ? (a[sorted.by] || 0) - (b[sorted.by] || 0) : String(a[sorted.by]).localeCompare(String(b[sorted.by]), 'zh')));
};

const headCell = (name) => el('th', { scope: 'col', class: `col-${name}`, 'aria-sort': sorted.by === name ? (sorted.up ? 'ascending' : 'descending') : null },
  el('button', { type: 'button', onclick: () => { sorted = { by: name, up: sorted.by === name ? !sorted.up : true }; paintTable(); root.querySelector(`.col-${name} button`).focus(); } },
    words[`column.${name}`], el('span', { 'aria-hidden': 'true' }, sorted.by === name ? (sorted.up ? ' ↑' : ' ↓') : '')));

const mark = (id, on) => {
  if (on) chosen.add(id);
  else chosen.delete(id);
  paintTools();
};

const bodyRow = (one) => el('tr', { 'data-id': one.id },
  el('td.col-pick', {}, el('input', { type: 'checkbox', checked: chosen.has(one.id), 'aria-label': say('pick', { title: one.title }), onchange: (event) => mark(one.id, event.target.checked) })),
  el('td.col-title', {}, el('button.link', { type: 'button', onclick: (event) => read(one.id, null, event.currentTarget) }, one.title), one.number && el('small', {}, one.number)),
  el('td.col-organisation', {}, one.organisation || el('span.missing', {}, words.missing)), el('td.col-year', {}, one.year ? String(one.year) : el('span.missing', {}, words.missing)),
  el('td.col-genre', {}, shared[`genre.${one.genre}`]), el('td.col-passages', {}, String(one.passages)), el('td.col-source_name', {}, one.source_name));

const paintTable = () => {
  const rows = shownRows();
  paintTools(rows);
  if (!shelf.documents.length) {
    tableBox.replaceChildren(el('div.lib-empty', {}, el('h3', {}, words['empty.title']), el('p', {}, words['empty.text'])));
    return;
  }
  const all = el('input', { type: 'checkbox', 'aria-label': words['pick_all'], checked: rows.length > 0 && rows.every((one) => chosen.has(one.id)), onchange: (event) => {
    for (const one of rows) mark(one.id, event.target.checked);
    paintTable();
  } });
  tableBox.replaceChildren(el('div.table-wrap', { tabindex: 0, role: 'region', 'aria-label': words['table.label'] }, el('table', {},
    el('thead', {}, el('tr', {}, el('th.col-pick', { scope: 'col' }, all), COLUMNS.map(headCell))), el('tbody', {}, rows.map(bodyRow)))),
  rows.length === 0 && el('p.lib-none', {}, words['table.none']));
};

const paintTools = (rows = shownRows()) => {
  const held = [...chosen].filter((id) => shelf.documents.some((one) => one.id === id));
  tools.replaceChildren(
    ...(held.length
      ? [el('strong', {}, say('picked', { count: held.length })), el('button.plain-button.danger-text', { type: 'button', onclick: () => removeThem(held) }, words.remove), plain(words['pick_none'], () => { chosen.clear(); paintTable(); })]
      : [el('span', {}, say('shown', { count: rows.length }))]),
    narrow);
};

const removeThem = async (ids) => {
  const rows = shelf.documents.filter((one) => ids.includes(one.id));
  const passages = rows.reduce((count, one) => count + one.passages, 0);
  const named = rows.slice(0, 3).map((one) => `《${one.title}》`).join('、') + (rows.length > 3 ? '…' : '');
  const sure = await desk.confirm({ title: say('remove_title', { count: rows.length }), text: say('remove_text', { titles: named, count: rows.length, passages }), yes: say('remove_yes', { count: rows.length }), danger: true });
  if (!sure) return;
  const gone = await desk.call(server, 'remove', { ids });
  chosen.clear();
  closeReader();
  desk.emit('archive', {});
  desk.toast(say('removed', gone), { kind: 'done', action: { label: words.undo, run: async () => {
    await desk.call(server, 'put_back');
    desk.emit('archive', {});
  } } });
};

/* ---- search ---- */

/* What stands around the first mark: a passage may be long. */
const excerpt = ({ text, marks }) => {
  const signs = Array.from(text.replaceAll('\n', ' '));
  const from = Math.max(0, (marks.length ? marks[0][0] : 0) - 50);
  const to = Math.min(signs.length, from + 230);
  const lead = from > 0 ? 1 : 0;
  const cut = `${lead ? '…' : ''}${signs.slice(from, to).join('')}${to < signs.length ? '…' : ''}`;
  return [cut, marks.filter(([start, end]) => start >= from && end <= to).map(([start, end]) => [start - from + lead, end - from + lead])];
};

const find = async () => {
  const question = query.value.trim();
  if (!question) {
    hits.hidden = true;
    tableBox.hidden = tools.hidden = false;
    paintTable();
    return;
  }
  const found = await desk.call(server, 'search', { question, organisation: filter.organisation, year: Number(filter.year) || 0, genre: filter.genre }).catch(() => null);
  if (!found) return;
  hits.hidden = false;
  tableBox.hidden = tools.hidden = true;
  hits.replaceChildren(
    el('div.lib-hithead', {}, el('h3', {}, found.length ? say('hits', { count: found.length }) : words['hits_none']), plain(words['hits_back'], () => { query.value = ''; find(); })),
    el('ol', {}, found.map((hit) => el('li', {},
      el('button.link', { type: 'button', onclick: (event) => openSource(hit.citation, event.currentTarget) }, hit.citation.title),
      el('small', {}, [hit.organisation, hit.year, shared[`genre.${hit.genre}`], ...whereIs(hit.citation)].filter(Boolean).join(' · ')),
      el('div.lib-hittext', {}, marked(...excerpt(hit)))))));
  desk.announce(say('hits', { count: found.length }));
};

const openSource = (citation, from) => {
  closeReader();
  panel.open(citation, from);
};
