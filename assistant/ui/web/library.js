/* The archive: files in, the table of documents, search, a document to read, an indicator over the years. */
const { el } = desk;
const root = element.querySelector('.library');
const say = (key, details) => desk.fill(words[key], details);
const GENRES = ['annual-summary', 'government-report', 'policy', 'statistics', 'facts', 'other'];
const COLUMNS = ['title', 'organisation', 'year', 'genre', 'passages', 'source_name'];

let shelf = { documents: [], failed: [] };
let sorted = { by: 'title', up: true };
let view = 'documents';
const chosen = new Set();
const filter = { words: '', organisation: '', year: '', genre: '' };

const select = (name, onchange) => el('select', { 'aria-label': words[`filter.${name}`], 'data-filter': name, onchange });
const option = (value, text) => el('option', { value }, text);
const plain = (text, onclick, more = {}) => el('button.plain-button', { type: 'button', onclick, ...more }, text);

/* ---- frame ---- */

const sum = el('p.lib-sum', { role: 'status' });
const health = el('div.lib-health', { role: 'status' });
const drop = el('desk-drop', { accept: accepted, multiple: true, label: words['drop.label'], hint: words['drop.hint'] });
const work = el('div.lib-work', { 'aria-live': 'polite' });
const failed = el('div.lib-failed');
const documentsView = el('div.lib-documents');
const indicatorView = el('div.lib-indicator', { hidden: true });
const main = el('div.lib-main', {},
  el('div.lib-head', {}, el('div', {}, el('h2', {}, words.title), sum), health),
  el('div.lib-take', {}, drop, work, failed),
  el('div.lib-switch', { role: 'group', 'aria-label': words['switch.label'] }, ['documents', 'indicator'].map((name) =>
    el('button', { type: 'button', 'data-view': name, 'aria-pressed': String(name === view), onclick: () => showView(name) }, words[`switch.${name}`]))),
  documentsView, indicatorView);
const panel = sourcePanel({
  load: ({ document_id: id, start, end }, before, after) => desk.call(server, 'context', { id, start, end, before, after }, { quiet: true }),
  actions: (citation, close) => [plain(words.read_whole, () => { close(); read(citation.document_id, citation.start); })],
});
const reader = el('aside.source.reader', { 'aria-label': words['reader.label'], hidden: true });
root.append(main, reader, panel.node);

const showView = (name) => {
  view = name;
  for (const button of root.querySelectorAll('.lib-switch button')) button.setAttribute('aria-pressed', button.dataset.view === name);
  documentsView.hidden = name !== 'documents';
  indicatorView.hidden = name !== 'indicator';
  drop.hidden = name === 'indicator';
  if (name === 'indicator') startExplorer();
};

/* ---- taking files in ---- */

const rowOf = (name) => {
  const state = el('span.lib-state', {}, words['row.waiting']);
  return { node: el('li', {}, el('span.lib-name', { title: name }, name), state), state };
};

const workRows = new Map();

const workCard = (job, files) => {
  const rows = files.map(rowOf);
  const bar = el('progress', { max: job.total || 1, value: job.done, 'aria-label': job.label });
  const text = el('strong', {}, job.label);
  const cancel = plain(words.cancel, async () => {
    cancel.disabled = true;
    await desk.call(server, 'cancel', { id: job.id });
  });
  const list = el('ul.lib-rows', {}, rows.map((row) => row.node));
  const card = el('section.lib-job', { 'aria-label': job.label }, el('div.lib-jobhead', {}, text, bar, cancel), list);
  work.append(card);
  return { card, rows, bar, text, cancel, list };
};

const paintProgress = (row, { detail }) => {
  const [stage, share] = detail.split(' ');
  row.state.textContent = `${words[`stage.${stage}`] || words['stage.work']} ${stage === 'load' ? '' : share || ''}`.trim();
};

const paintRow = (row, event) => {
  row.node.className = event.ok ? 'done' : 'failed';
  row.state.textContent = event.ok ? event.detail : `! ${event.detail}`;
};

const rowAt = (made, number, name) => {
  while (made.rows.length <= number) {
    const row = rowOf(name);
    made.rows.push(row);
    made.list.append(row.node);
  }
  return made.rows[number];
};

const endOf = (made, job) => {
  made.bar.remove();
  made.text.textContent = job.error ? `${job.error.message} ${job.error.hint}` : `${words[`job.${job.state}`]}${job.result ? `：${job.result}` : ''}`;
  made.cancel.replaceWith(plain(words.dismiss, () => made.card.remove()));
  if (job.state === 'stopped') for (const row of made.rows.filter((one) => !one.node.className)) row.state.textContent = words['row.stopped'];
};

const follow = async (job, files) => {
  if (workRows.has(job.id)) return;
  const made = workCard(job, files);
  workRows.set(job.id, made);
  let [since, told] = [0, 0];
  for (;;) {
    const news = await desk.call(server, 'ingested', { id: job.id, since });
    since = news.next;
    for (const event of news.events) {
      if (event.type === 'progress') paintProgress(rowAt(made, told, event.text), event);
      if (event.type === 'row') {
        paintRow(rowAt(made, told, event.text), event);
        told += 1;
      }
    }
    made.bar.max = news.job.total || 1;
    made.bar.value = news.job.done;
    if (['done', 'stopped', 'failed'].includes(news.job.state)) {
      endOf(made, news.job);
      desk.announce(made.text.textContent);
      break;
    }
  }
  desk.emit('archive', {});
  checkHealth();
};

drop.addEventListener('files', async (event) => {
  const files = event.detail;
  const job = await desk.call(server, 'ingest', { files: files.map((one) => one.id) });
  for (const row of drop.querySelectorAll('.drop-rows .done')) row.remove();
  follow(job, files.map((one) => one.name));
});

const paintFailed = () => {
  failed.replaceChildren(...(shelf.failed.length ? [el('details', {}, el('summary', {}, say('failed.summary', { count: shelf.failed.length })),
    el('ul.lib-rows', {}, shelf.failed.map((one) => el('li.failed', {}, el('span.lib-name', {}, one.name), el('span.lib-state', {}, `! ${one.reason}`),
      plain(words['failed.forget'], async () => {
        await desk.call(server, 'forget', { paths: [one.path] });
        refresh();
      }, { 'aria-label': say('failed.forget_label', { name: one.name }) })))))] : []));
};

/* ---- health ---- */

const checkHealth = async () => {
  try {
    paintHealth(await desk.call(server, 'health', {}, { quiet: true }));
  } catch (error) {
    health.replaceChildren(el('span', {}, error.message));
  }
};

const paintHealth = (state) => {
  if (state.sound) return health.replaceChildren(el('span.good', {}, '✓ ', words['health.sound']));
  return health.replaceChildren(el('span.bad', {}, '! ', say('health.found', { what: state.found.join('；') })), plain(words['health.mend'], mend));
};

const mend = async (event) => {
  event.currentTarget.disabled = true;
  health.replaceChildren(el('span', {}, words['health.mending']));
  const state = await desk.call(server, 'mend').catch(() => null);
  if (state && state.sound) desk.toast(words['health.mended'], { kind: 'done', hint: state.done.join('；') });
  checkHealth();
};

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

/* ---- a document to read ---- */

let readerFrom = null;
const closeReader = () => {
  if (reader.hidden) return;
  reader.hidden = true;
  root.classList.remove('with-source');
  if (readerFrom && readerFrom.isConnected) readerFrom.focus();
};
reader.addEventListener('keydown', (event) => event.key === 'Escape' && closeReader());

const readFrom = (described, name) => {
  const reading = described.readings.find((one) => one.name === name);
  if (!reading) return words['origin.none'];
  return desk.fill(words[reading.words ? 'origin.words' : 'origin.plain'], { origin: words[`origin.${reading.origin}`], words: reading.words });
};

const correctForm = (described) => {
  const { row } = described;
  const id = `lib-${row.id}`;
  const line = (name, input, hint) => el('div.field', {}, el('label', { for: `${id}-${name}` }, words[`column.${name}`]), input, hint && el('small', {}, hint));
  const organisation = el('input', { id: `${id}-organisation`, value: row.organisation, maxlength: 60, list: 'lib-organisations' });
  const year = el('input', { id: `${id}-year`, value: row.year || '', inputmode: 'numeric', pattern: '(19|20)\\d\\d', maxlength: 4 });
  const place = el('input', { id: `${id}-place`, value: row.place, maxlength: 60 });
  const genre = el('select', { id: `${id}-genre` }, GENRES.map((name) => option(name, shared[`genre.${name}`])));
  genre.value = row.genre;
  const submit = async (event) => {
    event.preventDefault();
    const changed = await desk.call(server, 'correct', { id: row.id, organisation: organisation.value.trim(), place: place.value.trim(), year: Number(year.value) || 0, genre: genre.value });
    desk.toast(words.corrected, { kind: 'done' });
    desk.emit('archive', {});
    paintReader(changed);
  };
  return el('details.lib-correct', {}, el('summary', {}, [row.organisation, row.year, shared[`genre.${row.genre}`]].filter(Boolean).join(' · ') || words.missing, el('span', {}, words.correct)),
    el('form', { onsubmit: submit },
      line('organisation', organisation, readFrom(described, 'organisation')), line('year', year, readFrom(described, 'year')),
      line('place', place, readFrom(described, 'place')), line('genre', genre),
      el('datalist', { id: 'lib-organisations' }, distinct('organisation').map((value) => option(value, value))),
      el('button.primary', { type: 'submit' }, words.save)));
};

const blockNode = (block) => {
  if (block.kind === 'title') return el('h3.doc-title', { 'data-start': block.start }, block.text);
  if (block.kind === 'heading') return el(`h4.doc-heading`, { 'data-start': block.start, 'data-level': block.level }, block.text);
  if (block.kind === 'table') return el('pre.doc-table', { 'data-start': block.start, tabindex: 0 }, block.text);
  return el('p', { 'data-start': block.start }, block.text);
};

const jump = (start) => {
  const blocks = [...reader.querySelectorAll('[data-start]')];
  const target = blocks.filter((one) => Number(one.dataset.start) <= start).pop() || blocks[0];
  if (!target) return;
  target.scrollIntoView({ block: 'start' });
  target.classList.add('reached');
  setTimeout(() => target.classList.remove('reached'), 1600);
};

const paintReader = (described) => {
  const contents = described.headings.length > 1 && el('details.lib-contents', {}, el('summary', {}, say('contents', { count: described.headings.length })),
    el('ol', {}, described.headings.map((one) => el('li', { 'data-level': one.level }, el('button.link', { type: 'button', onclick: () => jump(one.start) }, one.text.slice(0, 60))))));
  reader.replaceChildren(
    el('div.source-head', {}, el('span.source-kicker', {}, words['reader.label']), el('button.quiet.source-close', { type: 'button', 'aria-label': words['reader.close'], onclick: closeReader }, '×')),
    el('div.source-body', { tabindex: 0, role: 'region', 'aria-label': described.row.title },
      el('h2', { tabindex: -1 }, described.row.title), correctForm(described), ...[contents].filter(Boolean),
      ...described.notes.map((note) => el('p.source-lost', {}, note)),
      el('div.source-text.doc', {}, described.blocks.filter((block) => block.kind !== 'title').map(blockNode)),
      ...(described.cut ? [el('p.source-lost', {}, words['reader.cut'])] : []),
      el('p.source-file', {}, desk.fill(shared['source.file'], { name: described.row.source_name }))),
    el('div.source-actions', {}, el('button.danger-text', { type: 'button', onclick: () => removeThem([described.row.id]) }, words['remove_this'])));
};

const read = async (id, start = null, from = document.activeElement) => {
  const described = await desk.call(server, 'describe', { id });
  if (!panel.node.hidden) panel.close();
  readerFrom = from;
  reader.hidden = false;
  root.classList.add('with-source');
  paintReader(described);
  reader.querySelector('h2').focus({ preventScroll: true });
  if (start !== null) jump(start);
};

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
