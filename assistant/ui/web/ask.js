/* Questions to the archive: conversations left, answers in the middle, the source of a sentence right. */
const { el } = desk;
const root = element.querySelector('.ask');
const say = (key, details) => desk.fill(words[key], details);
const NEW = '';
const MENUS = '.ask-menu[open], .scope-picker[open]';
const emptyScope = () => ({ documents: [], years: [], organisations: [], kinds: [] });

let talk = { id: NEW, title: '', turns: [] };
let scope = emptyScope();
let shelf = { documents: [] };
let following = 0;
let listed = [];
let suggested = [];

/* ---- frame ---- */

const list = el('ul.ask-conversations');
const log = el('div.ask-log', { role: 'log', 'aria-live': 'off', 'aria-label': words['log.label'], tabindex: 0 });
const title = el('h2.ask-title', {});
const chips = el('div.ask-chips');
const box = el('textarea.ask-box', { rows: 2, 'aria-label': words['box.label'], placeholder: words['box.placeholder'], maxlength: 2000 });
const send = el('button.primary.ask-send', { type: 'submit' }, words.send);
const stop = el('button.ask-stop', { type: 'button', hidden: true, onclick: () => halt() }, words.stop);
const composer = el('form.ask-composer', { onsubmit: (event) => { event.preventDefault(); ask(box.value); } },
  chips, el('div.ask-line', {}, box, el('div.ask-buttons', {}, stop, send)), el('p.ask-hint', {}, words['box.hint']));
const drawer = el('button.quiet.ask-drawer', { type: 'button', 'aria-expanded': 'false', onclick: () => toggleList() }, words['list.open']);
const side = el('nav.ask-list', { 'aria-label': words['list.label'] },
  el('button.ask-new', { type: 'button', onclick: () => begin() }, `＋ ${words.new}`), list);
const panel = sourcePanel({
  load: ({ document_id: id, start, end }, before, after) => desk.call(server, 'context', { id, start, end, before, after }, { quiet: true }),
  actions: (citation) => [
    el('button', { type: 'button', onclick: () => insert(citation.quote, [citation]) }, words.insert_quote),
    el('button', { type: 'button', onclick: () => copy(`${citation.quote}（《${citation.title}》）`) }, words.copy_quote),
  ],
});
root.append(side, el('section.ask-main', { 'aria-label': words.label }, el('div.ask-head', {}, drawer, title), log, composer), panel.node);

const toggleList = (shown = !root.classList.contains('with-list')) => {
  root.classList.toggle('with-list', shown);
  drawer.setAttribute('aria-expanded', shown);
};

/* ---- conversations ---- */

const conversationRow = (one) => {
  const current = one.id === talk.id;
  return el('li', { class: current ? 'current' : null },
    el('button.ask-open', { type: 'button', 'aria-current': current ? 'true' : null, onclick: () => { toggleList(false); open(one.id); } },
      el('strong', {}, one.title), el('span', {}, one.running ? words.running : desk.when(one.updated))),
    el('details.ask-menu', {}, el('summary', { 'aria-label': say('menu.label', { title: one.title }) }, '⋯'),
      el('div', {},
        el('button.quiet', { type: 'button', onclick: () => renameRow(one) }, words['menu.rename']),
        el('button.quiet', { type: 'button', onclick: () => exportOne(one) }, words['menu.export']),
        el('button.quiet.danger-text', { type: 'button', onclick: () => removeOne(one) }, words['menu.remove']))));
};

const paintList = () => list.replaceChildren(...(listed.length ? listed.map(conversationRow) : [el('li.ask-none', {}, words['list.none'])]));

const refreshList = async () => {
  listed = await desk.call(server, 'conversations');
  paintList();
};

const renameRow = (one) => {
  const field = el('input', { value: one.title, maxlength: 60, 'aria-label': words['menu.rename'] });
  const done = async (keep) => {
    form.onsubmit = null;
    if (keep && field.value.trim() && field.value !== one.title) await desk.call(server, 'rename', { id: one.id, title: field.value });
    await refreshList();
    if (keep && one.id === talk.id) title.textContent = field.value.trim() || one.title;
  };
  const form = el('form.ask-rename', { onsubmit: (event) => { event.preventDefault(); done(true); } }, field, el('button.primary', { type: 'submit' }, words.save));
  field.addEventListener('keydown', (event) => event.key === 'Escape' && done(false));
  list.children[listed.indexOf(one)].replaceChildren(form);
  field.select();
};

const exportOne = async (one) => {
  const { text } = await desk.call(server, 'markdown', { id: one.id });
  saveText(`${one.title}.md`, text, 'text/markdown');
};

const removeOne = async (one) => {
  const sure = await desk.confirm({ title: words['remove.title'], text: say('remove.text', { title: one.title, turns: one.turns }), yes: words['menu.remove'], danger: true });
  if (!sure) return;
  await desk.call(server, 'remove', { id: one.id });
  if (one.id === talk.id) begin();
  await refreshList();
};

document.addEventListener('click', (event) => {
  for (const menu of root.querySelectorAll(MENUS)) if (!menu.contains(event.target)) menu.open = false;
});
root.addEventListener('keydown', (event) => {
  const menu = event.key === 'Escape' && event.target.closest(MENUS);
  if (!menu) return;
  menu.open = false;
  menu.querySelector('summary').focus();
});

/* ---- scope ---- */

const known = (name) => {
  const values = { years: (one) => one.year, organisations: (one) => one.organisation, kinds: (one) => one.genre }[name];
  const found = [...new Set(shelf.documents.map(values).filter(Boolean))];
  return name === 'years' ? found.sort((a, b) => b - a) : found.sort((a, b) => String(a).localeCompare(String(b), 'zh'));
};
const titleOf = (id) => (shelf.documents.find((one) => one.id === id) || { title: id.slice(0, 8) }).title;
const worded = (name, value) => ({ years: () => say('scope.year', { year: value }), kinds: () => shared[`genre.${value}`], documents: () => `《${titleOf(value)}》` }[name] || (() => value))();

const toggle = (name, value, on) => {
  scope[name] = on ? [...scope[name], value] : scope[name].filter((one) => one !== value);
  paintPicked();
};

const picker = (name) => {
  const values = name === 'documents' ? shelf.documents.map((one) => one.id) : known(name);
  const options = el('div.scope-options', { role: 'group', 'aria-label': words[`scope.${name}`] }, values.map((value) => {
    const input = el('input', { type: 'checkbox', checked: scope[name].includes(value), onchange: (event) => toggle(name, value, event.target.checked) });
    return el('label', {}, input, el('span', {}, name === 'documents' ? titleOf(value) : worded(name, value)));
  }));
  const filter = values.length > 8 && el('input.scope-filter', { type: 'search', placeholder: words['scope.filter'], 'aria-label': words['scope.filter'], oninput: (event) => {
    for (const label of options.children) label.hidden = !label.textContent.includes(event.target.value.trim());
  } });
  return el('details.scope-picker', { 'data-name': name }, el('summary', {}, words[`scope.${name}`]), el('div.scope-pop', {}, filter, options));
};

const picked = el('span.scope-picked');
const paintPicked = () => {
  const parts = Object.keys(scope).flatMap((name) => scope[name].map((value) =>
    el('button.scope-chip', { type: 'button', 'aria-label': say('scope.drop', { what: worded(name, value) }), onclick: () => { toggle(name, value, false); paintScope(); } }, worded(name, value), el('span', { 'aria-hidden': 'true' }, ' ×'))));
  picked.replaceChildren(...(parts.length ? parts : [el('span.scope-all', {}, words['scope.all'])]));
};
const paintScope = () => {
  chips.replaceChildren(el('span.scope-name', {}, words.scope_name), ...['years', 'organisations', 'kinds', 'documents'].map(picker), picked);
  paintPicked();
};

const scopeOf = (view) => ({ ...view, documents: view.documents.map((one) => one.id) });
const scopeLine = (view) => [
  ...view.years.map((year) => say('scope.year', { year })), ...view.organisations, ...view.kinds.map((kind) => shared[`genre.${kind}`]), ...view.documents.map((one) => `《${one.title}》`),
].join('、');
