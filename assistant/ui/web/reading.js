/* A file that takes long to read: which page of a scan is recognised, and a button that stops it. */
(() => {
  'use strict';
  const { desk } = window;
  const { el } = desk;
  const PATIENCE = 1200;
  const POLL = 500;

  /* Runs `work(token)`, and tells how far the reading with that token is for as long as it takes. */
  desk.reading = async (work) => {
    const token = crypto.getRandomValues(new Uint32Array(2)).join('');
    const text = el('span.reading-text', { role: 'status' });
    const stop = el('button', { type: 'button', onclick: () => {
      stop.disabled = true;
      text.textContent = desk.say('reading.stopping');
      desk.fetch(`/desk/reading/${token}/stop`, { method: 'POST' }).catch(() => { stop.disabled = false; });
    } }, desk.say('reading.stop'));
    const shown = el('div.reading', {}, el('span.reading-spin', { 'aria-hidden': 'true' }), text, stop);
    let timer = 0;
    const look = async () => {
      const told = await desk.fetch(`/desk/reading/${token}`).catch(() => ({}));
      if (!timer) return;
      if (!stop.disabled) text.textContent = told.pages ? desk.say('reading.page', told) : desk.say('reading.file');
      if (!shown.isConnected) document.body.append(shown);
      timer = setTimeout(look, POLL);
    };
    timer = setTimeout(look, PATIENCE);
    try {
      return await work(token);
    } finally {
      clearTimeout(timer);
      timer = 0;
      shown.remove();
    }
  };
})();
