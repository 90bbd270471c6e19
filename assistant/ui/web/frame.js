/* The header: name, tabs, model in use, language, user; the line below it tells what is still being prepared. */
const { el } = desk;
const head = element.querySelector('.desk-header');
const POLL = 1500;

/* ---- tabs ---- */

const buttons = tabs.map((name) =>
  el('button.desk-tab', {
    type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': `panel-${name}`, onclick: () => desk.show(name),
  }, words[`tab.${name}`]));
const list = el('div.desk-tabs', { role: 'tablist', 'aria-label': words.tabs }, buttons);
list.addEventListener('keydown', (event) => {
  const at = buttons.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined || at < 0) return;
  event.preventDefault();
  const next = buttons[(to + buttons.length) % buttons.length];
  next.focus();
  next.click();
});

const paint = ({ tab }) => {
  const shown = tabs.includes(tab) ? tab : tabs[0];
  desk.current.tab = shown;
  for (const name of tabs) {
    const selected = name === shown;
    const button = buttons[tabs.indexOf(name)];
    button.setAttribute('aria-selected', selected);
    button.tabIndex = selected ? 0 : -1;
    const panel = document.getElementById(`panel-${name}`);
    if (!panel) continue;
    panel.classList.toggle('shown', selected);
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', `tab-${name}`);
    if (selected) buttons[tabs.indexOf(name)].scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
  document.title = `${words[`tab.${shown}`]} · ${words.name}`;
};
desk.on('tab', paint);

/* ---- model, language, user ---- */

const chip = el('span.model-chip', {}, '');
const other = desk.language === 'zh' ? 'en' : 'zh';
const language = el('a.desk-link', { href: `/desk/language/${other}`, lang: other === 'zh' ? 'zh-CN' : 'en', title: words['language.title'] }, words['language.switch']);
language.addEventListener('click', () => (language.href = `/desk/language/${other}${location.hash}`));
const user = el('span.desk-user', { hidden: true });
const prepare = el('div.desk-prepare', { role: 'status', hidden: true });

head.append(
  el('a.sr-only.desk-skip', { href: '#panels', onclick: (event) => {
    event.preventDefault();
    const panel = document.querySelector('.desk-panel.shown');
    panel.tabIndex = -1;
    panel.focus();
  } }, words.skip),
  el('h1.desk-name', {}, words.name),
  list,
  el('div.desk-right', {}, chip, language, user),
);
head.after(prepare);

const logOut = async () => {
  await desk.fetch('/desk/logout', { method: 'POST' });
  location.assign('/login');
};

const paintModel = ({ model }) => {
  const outside = model.outside_hosts.length > 0;
  chip.className = `model-chip ${outside ? 'outside' : 'here'}`;
  chip.title = desk.fill(words['model.title'], model);
  const said = outside ? desk.fill(words['model.outside'], { hosts: model.outside_hosts.join('、') }) : words['model.here'];
  chip.replaceChildren(el('span.chip-sign', { 'aria-hidden': 'true' }, outside ? '▲' : '●'), el('span', {}, said));
};

const paintUser = (session) => {
  user.hidden = !session.user;
  user.replaceChildren(el('span', { title: session.user }, session.user || ''), el('button.quiet', { type: 'button', onclick: logOut }, words['user.out']));
};

/* ---- what is still being prepared ---- */

const line = (step) => {
  const percent = step.total ? Math.floor((100 * step.done) / step.total) : 0;
  if (step.state === 'failed') {
    return el('span.prepare-failed', {}, `! ${step.error.message} `, el('small', {}, step.error.hint), el('button', { type: 'button', onclick: () => again(step) }, words['prepare.again']));
  }
  const key = step.name === 'model'
    ? (step.stage === 'download' ? 'prepare.model' : 'prepare.verify')
    : (step.stage === 'load' ? 'prepare.samples' : 'prepare.samples_index');
  const megabytes = step.stage === 'download' ? 1024 * 1024 : 1;
  const said = desk.fill(words[key], { percent, done: Math.floor(step.done / megabytes), total: Math.floor(step.total / megabytes) });
  return el('span', {}, el('progress', { max: step.total || null, value: step.total ? step.done : null, 'aria-label': said }), said);
};

const again = async (step) => {
  await desk.fetch(`/desk/prepare/${step.name}`, { method: 'POST' }).catch(desk.tell);
  desk.refreshSession().catch(desk.tell);
};

let before = new Map();

const paintPrepare = ({ preparing }) => {
  const open = preparing.filter((step) => step.state === 'running' || step.state === 'failed');
  prepare.hidden = open.length === 0;
  prepare.replaceChildren(...open.map(line));
  for (const step of preparing) {
    if (step.state === 'done' && before.get(step.name) === 'running') {
      desk.toast(desk.fill(words['prepare.done'], { what: words[`prepare.done_${step.name}`] }), { kind: 'done' });
      if (step.name === 'samples') desk.emit('archive', {});
    }
  }
  before = new Map(preparing.map((step) => [step.name, step.state]));
  if (preparing.some((step) => step.state === 'running')) setTimeout(() => desk.refreshSession().catch(() => null), POLL);
};

desk.on('session', (session) => {
  paintModel(session);
  paintUser(session);
  paintPrepare(session);
});

const start = () => {
  if (!tabs.every((name) => document.getElementById(`panel-${name}`))) return requestAnimationFrame(start);
  paint({ tab: desk.current.tab });
  document.body.classList.add('desk-started');
  if (desk.session) desk.emit('session', desk.session);
  return null;
};
start();
