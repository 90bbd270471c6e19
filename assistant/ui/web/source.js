/* The panel that shows a quoted span where it stands, with as many neighbours as one wants; a sheet where it is narrow. */

/* Text with some stretches marked; `marks` count code points. Lines become paragraphs. */
function marked(text, marks) {
  const spans = marks.map((mark) => desk.span(text, mark));
  const lines = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const end = at + line.length;
    const parts = [];
    let from = at;
    for (const [start, stop] of spans) {
      const [first, last] = [Math.max(start, at), Math.min(stop, end)];
      if (first >= last) continue;
      parts.push(text.slice(from, first), desk.el('mark', {}, text.slice(first, last)));
      from = last;
    }
    parts.push(text.slice(from, end));
    if (line.trim()) lines.push(desk.el('p', {}, parts));
    at = end + 1;
  }
  return lines;
}

function whereIs(citation) {
  const place = citation.page ? desk.fill(shared['place.page'], { page: citation.page })
    : citation.paragraph ? desk.fill(shared['place.paragraph'], { paragraph: citation.paragraph }) : '';
  return [...(citation.heading_path || []), place].filter(Boolean);
}

/* `load(citation, before, after)` gives an AroundView; `actions(citation)` further buttons. */
function sourcePanel({ load, actions = () => [] }) {
  const { el } = desk;
  const node = el('aside.source', { 'aria-label': shared['source.title'], hidden: true });
  let [shown, from, before, after] = [null, null, 0, 0];

  const close = () => {
    node.hidden = true;
    node.parentElement.classList.remove('with-source');
    shown = null;
    if (from && from.isConnected) from.focus();
  };
  node.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  });

  const further = (side) => async () => {
    if (side === 'earlier') before += 1;
    else after += 1;
    await fill(side);
  };

  const head = () => {
    return el('div.source-head', {}, el('span.source-kicker', {}, shared['source.title']),
      el('button.quiet.source-close', { type: 'button', 'aria-label': shared['source.close'], onclick: close }, '×'));
  };

  const told = (view) => {
    const path = whereIs(view);
    const kind = shared[`genre.${view.genre}`];
    return [
      el('p.source-facts', {}, [view.organisation, view.year && `${view.year}`, kind].filter(Boolean).join(' · ')),
      path.length > 0 && el('ol.source-path', { 'aria-label': shared['source.path'] }, path.map((step) => el('li', {}, step))),
      el('div.source-text', {},
        view.earlier && el('button.source-more', { type: 'button', 'data-side': 'earlier', onclick: further('earlier') }, `↑ ${shared['source.earlier']}`),
        marked(view.text, view.start === null ? [] : [[view.start, view.end]]),
        view.later && el('button.source-more', { type: 'button', 'data-side': 'later', onclick: further('later') }, `↓ ${shared['source.later']}`)),
      view.start === null && el('p.source-lost', {}, shared['source.unlocated']),
      el('p.source-file', {}, desk.fill(shared['source.file'], { name: view.source_name })),
    ];
  };

  /* A document that was removed meanwhile: the quote is still here, with the reason. */
  const lost = (error) => [
    el('ol.source-path', {}, whereIs(shown).map((step) => el('li', {}, step))),
    el('div.source-text', {}, el('p', {}, el('mark', {}, shown.quote))),
    el('p.source-lost', { role: 'alert' }, `${error.message}`, ' ', el('small', {}, error.hint || '')),
  ];

  const fill = async (side) => {
    const wanted = shown;
    let parts;
    try {
      parts = told(await load(wanted, before, after));
    } catch (error) {
      parts = lost(error);
    }
    if (shown !== wanted) return;
    const more = actions(shown, close);
    const body = el('div.source-body', { tabindex: 0, role: 'region', 'aria-label': shown.title }, parts);
    node.replaceChildren(head(), el('h2', { tabindex: -1 }, shown.title), body, ...(more.length ? [el('div.source-actions', {}, more)] : []));
    const mark = node.querySelector('mark');
    if (side) (node.querySelector(`[data-side=${side}]`) || node.querySelector('h2')).focus();
    else {
      node.querySelector('h2').focus({ preventScroll: true });
      if (mark) body.scrollTop = mark.getBoundingClientRect().top - body.getBoundingClientRect().top - body.clientHeight / 3;
    }
  };

  const open = async (citation, button) => {
    [shown, from, before, after] = [citation, button || document.activeElement, 0, 0];
    node.hidden = false;
    node.parentElement.classList.add('with-source');
    node.replaceChildren(head(), el('h2', {}, citation.title), el('p.source-wait', { role: 'status' }, shared['source.wait']));
    await fill();
  };

  return { node, open, close, get shown() { return shown; } };
}

function saveText(name, text, kind) {
  const url = URL.createObjectURL(new Blob([text], { type: `${kind};charset=utf-8` }));
  const link = desk.el('a', { href: url, download: name.replace(/[\\/:*?"<>|\u0000-\u001f\u202a-\u202e]/g, '_') });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
