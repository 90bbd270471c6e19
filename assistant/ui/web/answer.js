/* The tab “ask”, second part: one answer. */
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
  parts.push(...turn.notes.map((note) => el(/不一致|differ/.test(note) ? 'p.note.conflicting' : 'p.note', {}, note)));
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
