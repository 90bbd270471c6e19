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

/* ---- an answer ---- */

const insert = (text, citations) => {
  if (!desk.current.draft) {
    desk.toast(words['insert_none'], { hint: words['insert_none_hint'], action: { label: words['insert_go'], run: () => desk.show('write') } });
    return;
  }
  desk.emit('insert', { text, citation: citations[0], citations });
};

const copy = async (text) => {
  await navigator.clipboard.writeText(text);
  desk.toast(words.copied, { kind: 'done' });
};

const reference = (turn, number) => {
  const citation = turn.sources[number - 1];
  return el('button.cite', { type: 'button', 'aria-label': say('cite', { number, title: citation.title }), title: citation.title, onclick: (event) => panel.open(citation, event.currentTarget) }, `[${number}]`);
};

const statementLine = (turn, one) => el('p.statement', {},
  el('span', {}, one.text), one.citations.map((number) => reference(turn, number)),
  one.remark && el('span.remark', {}, one.remark),
  one.formula && !one.text.includes(one.formula.split('；')[0]) && el('span.formula', {}, one.formula),
  el('button.statement-insert', { type: 'button', 'aria-label': say('insert_label', { text: one.text.slice(0, 20) }), title: words.insert, onclick: () => insert(one.text, one.citations.map((number) => turn.sources[number - 1])) }, words.insert_short));

const sourceRow = (citation, number) => el('li', {},
  el('button.source-row', { type: 'button', onclick: (event) => panel.open(citation, event.currentTarget) },
    number && el('span.source-number', {}, `[${number}]`),
    el('span', {}, el('strong', {}, citation.title), el('small', {}, whereIs(citation).join(' › ')), el('q', {}, citation.quote))));

const tableOf = ({ head, rows }) => el('div.table-wrap', { tabindex: 0, role: 'region', 'aria-label': shared['table.label'] }, el('table', {},
  el('thead', {}, el('tr', {}, head.map((cell) => el('th', { scope: 'col' }, cell)))),
  el('tbody', {}, rows.map((row) => el('tr', {}, row.map((cell) => el('td', {}, cell)))))));

const body = (turn) => {
  const parts = turn.statements.map((one) => statementLine(turn, one));
  const cited = turn.statements.flatMap((one) => one.citations.map((number) => turn.sources[number - 1]));
  if (turn.state === 'running') {
    parts.push(el('p.ask-working', { role: 'status' }, el('span.dots', { 'aria-hidden': 'true' }, el('i'), el('i'), el('i')), words[parts.length ? 'working_more' : 'working']));
    return parts;
  }
  if (turn.declined && !turn.incomplete) parts.push(el('p.declined', {}, words.declined));
  if (turn.incomplete) parts.push(el('p.incomplete', {}, el('span', { 'aria-hidden': 'true' }, '! '), turn.statements.length ? words.incomplete : words.incomplete_none));
  parts.push(...turn.notes.map((note) => el(note.includes('不一致') ? 'p.note.conflicting' : 'p.note', {}, note)));
  if (turn.series.length) parts.push(seriesChart(turn.series, panel.open), seriesTable(turn.series, panel.open));
  else if (turn.table) parts.push(tableOf(turn.table));
  if (turn.sources.length) parts.push(el('details.sources', { open: turn.sources.length <= 3 }, el('summary', {}, say('sources', { count: turn.sources.length })), el('ol', {}, turn.sources.map((one, at) => sourceRow(one, at + 1)))));
  if (turn.nearest.length) parts.push(el('div.nearest', {}, el('h3', {}, words.nearest), el('ol', {}, turn.nearest.map((one) => sourceRow(one)))));
  parts.push(el('div.answer-foot', {},
    el(`span.model-name${turn.model ? '.written' : ''}`, { title: words[turn.model ? 'model_title' : 'rules_title'] }, turn.model ? say('model', { name: turn.model }) : words.rules),
    turn.statements.length > 0 && el('button.quiet', { type: 'button', onclick: () => insert(turn.statements.map((one) => one.text).join(''), cited) }, words.insert),
    turn.statements.length > 0 && el('button.quiet', { type: 'button', onclick: () => copy(turn.statements.map((one) => one.text).join('\n')) }, words.copy),
    turn.incomplete && el('button.quiet', { type: 'button', onclick: () => ask(turn.question, scopeOf(turn.scope)) }, words.again)));
  return parts;
};

const turnNode = (turn) => {
  const line = scopeLine(turn.scope);
  return el('article.turn', { 'data-position': turn.position, 'aria-busy': String(turn.state === 'running') },
    el('div.question', {}, el('p', {}, turn.question), line && el('small', {}, say('scope.used', { scope: line }))),
    el('div.answer', {}, turn.asked !== turn.question && el('p.understood', {}, say('understood', { text: turn.asked })), body(turn)));
};

/* What was said stays where it is, so that a citation keeps the focus; the rest is painted again. */
const renew = (at, made) => {
  const answer = at.querySelector('.answer');
  const parts = [...made.querySelector('.answer').children];
  const said = [...answer.querySelectorAll(':scope > .statement')];
  for (const child of [...answer.children]) if (!said.includes(child)) child.remove();
  let same = 0;
  for (const part of parts) {
    if (part.matches('.understood')) answer.prepend(part);
    else if (part.matches('.statement') && said[same] && said[same].textContent === part.textContent) same += 1;
    else answer.append(part);
  }
  for (const old of said.slice(same)) old.remove();
  at.setAttribute('aria-busy', made.getAttribute('aria-busy'));
};

const paintTurn = (turn) => {
  const at = log.querySelector(`[data-position="${turn.position}"]`);
  const near = log.scrollHeight - log.scrollTop - log.clientHeight < 120;
  const made = turnNode(turn);
  if (at) renew(at, made);
  else log.append(made);
  const top = () => (at || made).getBoundingClientRect().top - log.getBoundingClientRect().top - 16;
  if (near || !at) log.scrollTop = turn.state === 'running' || !at ? log.scrollHeight : log.scrollTop + Math.max(0, top());
};

const welcome = () => {
  if (!shelf.documents.length) {
    return el('div.ask-empty', {}, el('h3', {}, words['empty.title']), el('p', {}, words['empty.text']), el('button.primary', { type: 'button', onclick: () => desk.show('library') }, words['empty.go']));
  }
  return el('div.ask-empty', {}, el('h3', {}, words['welcome.title']), el('p', {}, say('welcome.text', { count: shelf.documents.length })),
    suggested.length > 0 && el('ul.suggestions', { 'aria-label': words.suggestions }, suggested.map((one) => el('li', {}, el('button', { type: 'button', onclick: () => ask(one) }, one)))));
};

const paintTalk = () => {
  title.textContent = talk.title || words.new_title;
  log.replaceChildren(...(talk.turns.length ? talk.turns.map(turnNode) : [welcome()]));
  log.scrollTop = log.scrollHeight;
  paintList();
};

/* ---- asking ---- */

const busy = (on) => {
  send.hidden = on;
  stop.hidden = !on;
  stop.disabled = false;
};

const follow = async (id, position) => {
  const mine = (following += 1);
  busy(true);
  let step = 0;
  try {
    for (;;) {
      const turn = await desk.call(server, 'turn', { id, position, step }, { quiet: true });
      if (mine !== following) return;
      talk.turns[position - 1] = turn;
      paintTurn(turn);
      if (turn.state === 'done') {
        desk.announce(turn.declined ? words.declined : say('answered', { count: turn.statements.length }));
        break;
      }
      step = turn.step;
    }
  } catch (error) {
    desk.tell(error);
  } finally {
    if (mine === following) busy(false);
  }
  await refreshList();
};

const halt = async () => {
  stop.disabled = true;
  await desk.call(server, 'halt', { id: talk.id });
};

const ask = async (text, within = scope) => {
  const question = text.trim();
  if (!question || !stop.hidden) return;
  send.disabled = true;
  try {
    const { conversation, position } = await desk.call(server, 'ask', { question, id: talk.id, scope: within });
    if (text === box.value) box.value = '';
    desk.drop('ask-text');
    grow();
    if (!talk.turns.length) {
      talk = { id: conversation, title: question.slice(0, 60), turns: [] };
      log.replaceChildren();
      title.textContent = talk.title;
      desk.keep('ask', conversation);
    }
    follow(conversation, position);
    refreshList();
  } catch (error) {
    box.focus();
  } finally {
    send.disabled = false;
  }
};

const begin = () => {
  following += 1;
  busy(false);
  panel.close();
  talk = { id: NEW, title: '', turns: [] };
  scope = emptyScope();
  desk.drop('ask');
  paintScope();
  paintTalk();
  toggleList(false);
  box.focus();
};

const open = async (id) => {
  following += 1;
  busy(false);
  if (!panel.node.hidden) panel.close();
  talk = await desk.call(server, 'talk', { id });
  desk.keep('ask', talk.id);
  const last = talk.turns[talk.turns.length - 1];
  scope = last ? scopeOf(last.scope) : emptyScope();
  paintScope();
  paintTalk();
  if (last && last.state === 'running') follow(talk.id, last.position);
};

const grow = () => {
  box.style.height = 'auto';
  box.style.height = `${Math.min(160, box.scrollHeight + 2)}px`;
};
box.addEventListener('input', () => {
  grow();
  desk.keep('ask-text', box.value);
});
box.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  ask(box.value);
});

/* ---- beginning ---- */

const readShelf = async () => {
  shelf = await desk.call(server, 'shelf');
  paintScope();
  if (talk.turns.length) return;
  paintTalk();
  if (!shelf.documents.length) return;
  suggested = await desk.call(server, 'suggest', {}, { quiet: true }).catch(() => []);
  if (!talk.turns.length) paintTalk();
};

const start = async () => {
  await desk.ready;
  box.value = desk.kept('ask-text') || '';
  await refreshList();
  const last = desk.kept('ask');
  if (last && listed.some((one) => one.id === last)) await open(last);
  await readShelf();
};
let started = false;
const startOnce = () => {
  if (started) return;
  started = true;
  start().catch(() => (started = false));
};
desk.on('tab', ({ tab }) => tab === 'ask' && startOnce());
desk.on('archive', () => started && readShelf());
paintTalk();
if (desk.current.tab === 'ask') startOnce();
