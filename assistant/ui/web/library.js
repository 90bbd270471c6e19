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
