/* The tab “ask”, third part: asking, following an answer, beginning. */
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
