/* The tab “library”, third part: a document to read and to correct. */
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
