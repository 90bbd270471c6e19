/* The desk's own script, loaded before any tab: window.desk.

   Bus       desk.on(name, fn) -> off        desk.emit(name, detail)
             'tab'    {tab}                  another tab is shown
             'draft'  {id}                   another draft is current (null: none)
             'insert' {text, citation}       put this into the current draft, at the cursor
             'saved'  {id, version, from}    a draft was changed; `from` names the tab that did it
             'archive' {}                    documents were added, corrected or removed
             'review' {review, id}           new findings of the current draft
   State     desk.current {tab, draft}       desk.show(tab)    desk.open(draftId, tab = 'write')
   Calls     await desk.call(server, 'name', data, {quiet, reads})    throws DeskError {code, message, hint, details}
             reads: it may read a long scan, whose pages are told, and which can be stopped  (reading.js)
   Text      spans on the wire count code points, the browser counts UTF-16 units:
             desk.units(text, points)  desk.points(text, units)  desk.span(text, [s, e])  desk.cut(text, s, e)
             desk.count(text)
   Words     desk.say(key, details)          desk.fill(sentence, details)          desk.when(iso)
   DOM       desk.el('button.primary', {onclick, 'aria-label': …}, ...children)    text only, never HTML
   Keeping   desk.keep(key, text)  desk.kept(key)  desk.drop(key)    unsaved text, in this browser only
   Files     desk.upload(file, onprogress) -> {id, name, size}       desk.download(id)
   People    desk.toast(text, {kind, hint, code, action: {label, run}})  desk.announce(text)
             await desk.confirm({title, text, yes, no, danger}) -> true | false          (dialogs.js)
   Elements  <desk-drop accept=".docx,.xlsx" multiple> fires 'files' {detail: [{id, name, size}]}   (drop.js) */
(() => {
  'use strict';

  const words = JSON.parse(document.getElementById('desk-words').textContent);
  const listeners = new Map();

  class DeskError extends Error {
    constructor({ code, message, hint, details = null }) {
      super(message);
      this.code = code;
      this.hint = hint;
      this.details = details;
    }
  }

  const desk = {
    DeskError,
    words,
    language: document.documentElement.lang.startsWith('en') ? 'en' : 'zh',
    current: { tab: 'write', draft: null },
    session: null,
  };
  window.desk = desk;

  /* Gradio sets the page's language to the browser's; the page is in the one that it was sent in. */
  const root = document.documentElement;
  const lang = root.lang;
  new MutationObserver(() => root.lang !== lang && (root.lang = lang)).observe(root, { attributeFilter: ['lang'] });

  /* ---- bus ---- */

  desk.on = (name, fn) => {
    const target = listeners.get(name) || new Set();
    listeners.set(name, target);
    target.add(fn);
    return () => target.delete(fn);
  };

  desk.emit = (name, detail = {}) => {
    for (const fn of [...(listeners.get(name) || [])]) {
      try {
        fn(detail);
      } catch (failure) {
        console.error(`desk: a listener of ${name} failed`, failure);
      }
    }
  };

  /* ---- what is shown: in the address too, so that a reload comes back to it ---- */

  const remember = () => {
    const hash = `#${desk.current.tab}${desk.current.draft ? `/${desk.current.draft}` : ''}`;
    if (location.hash !== hash) history.replaceState(null, '', hash);
  };

  desk.show = (tab) => {
    desk.current.tab = tab;
    remember();
    desk.emit('tab', { tab });
  };

  desk.open = (draft, tab = 'write') => {
    const changed = desk.current.draft !== draft;
    desk.current.draft = draft;
    if (tab !== desk.current.tab) desk.show(tab);
    remember();
    if (changed) desk.emit('draft', { id: draft });
  };

  const addressed = () => {
    const [tab, draft = ''] = decodeURIComponent(location.hash.slice(1)).split('/');
    return { tab: /^[a-z]+$/.test(tab) ? tab : null, draft: /^[\w-]+$/.test(draft) ? draft : null };
  };
  const { tab, draft } = addressed();
  desk.current = { tab: tab || 'write', draft };
  addEventListener('hashchange', () => {
    const to = addressed();
    if (to.tab && to.draft) desk.open(to.draft, to.tab);
    else if (to.tab) desk.show(to.tab);
  });

  /* ---- words ---- */

  desk.fill = (sentence, details = {}) =>
    sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in details ? String(details[name]) : whole));

  desk.say = (key, details) => desk.fill(words[key] || key, details);

  desk.when = (iso) => {
    const date = new Date(iso);
    if (Number.isNaN(date.getTime())) return '';
    const today = new Date().toDateString() === date.toDateString();
    const locale = desk.language === 'zh' ? 'zh-CN' : 'en-GB';
    const time = date.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', hour12: false });
    return today ? time : `${date.toLocaleDateString(locale, { month: 'short', day: 'numeric' })} ${time}`;
  };

  /* ---- code points and UTF-16 units ---- */

  const astral = /[\ud800-\udbff][\udc00-\udfff]/;

  desk.units = (text, points) => {
    if (!astral.test(text)) return points;
    let units = 0;
    for (const sign of text) {
      if (points-- <= 0) break;
      units += sign.length;
    }
    return units;
  };

  desk.points = (text, units) => {
    const before = text.slice(0, units);
    return astral.test(before) ? Array.from(before).length : before.length;
  };

  desk.span = (text, [start, end]) => [desk.units(text, start), desk.units(text, end)];
  desk.cut = (text, start, end) => text.slice(...desk.span(text, [start, end]));
  desk.count = (text) => desk.points(text, text.length);

  /* ---- DOM: attributes and text, never HTML ---- */

  desk.el = (name, attributes = {}, ...children) => {
    const [tag, ...classes] = name.split('.');
    const made = document.createElement(tag || 'div');
    if (classes.length) made.className = classes.join(' ');
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
      else if (value === true) made.setAttribute(key, '');
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
    }
    made.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
    return made;
  };

  /* ---- unsaved text ---- */

  const place = (key) => `desk:${(desk.session && desk.session.user) || ''}:${key}`;
  desk.keep = (key, text) => {
    try {
      localStorage.setItem(place(key), text);
    } catch (full) {
      desk.announce(desk.say('kept.full'));
    }
  };
  desk.kept = (key) => localStorage.getItem(place(key));
  desk.drop = (key) => localStorage.removeItem(place(key));

  /* ---- the server ---- */

  desk.fetch = async (path, options = {}) => {
    let response;
    try {
      response = await fetch(path, { credentials: 'same-origin', ...options });
    } catch (away) {
      throw new DeskError({ code: 'page.away', message: desk.say('away.message'), hint: desk.say('away.hint') });
    }
    const body = await response.json().catch(() => ({}));
    if (body.error) throw new DeskError(body.error);
    if (!response.ok) {
      throw new DeskError({ code: `page.${response.status}`, message: desk.say('failed.message'), hint: desk.say('failed.hint') });
    }
    return body;
  };

  const refreshSession = async () => {
    desk.session = await desk.fetch('/desk/session');
    desk.emit('session', desk.session);
    return desk.session;
  };
  desk.refreshSession = refreshSession;
  desk.ready = refreshSession().catch(() => null);

  /* What went wrong when a call did not come back: no session (log in, then try again), or no server. */
  const recover = async () => {
    try {
      await refreshSession();
    } catch (error) {
      if (error.code !== 'page.login') throw error;
      await desk.logIn();
      return;
    }
    throw new DeskError({ code: 'page.failed', message: desk.say('failed.message'), hint: desk.say('failed.hint') });
  };

  const asked = async (server, name, data) => {
    for (;;) {
      let answer;
      try {
        answer = await server[name](data);
      } catch (failure) {
        answer = undefined;
      }
      if (answer === undefined) { // Gradio's script swallows what went wrong and gives nothing; None would be null
        await recover();
        continue;
      }
      if (!answer || !answer.error || !answer.error.code) return answer;
      if (answer.error.code !== 'page.login') throw new DeskError(answer.error);
      await desk.logIn();
    }
  };

  desk.call = async (server, name, data = {}, { quiet = false, reads = false } = {}) => {
    try {
      return await (reads ? desk.reading((reading) => asked(server, name, { ...data, reading })) : asked(server, name, data));
    } catch (error) {
      if (!quiet) desk.tell(error);
      throw error;
    }
  };

  desk.tell = (error) => {
    desk.toast(error.message || String(error), { kind: 'error', hint: error.hint, code: error.code });
  };

  /* ---- files ---- */

  const sent = (file, onprogress) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', '/desk/upload');
      request.setRequestHeader('X-Name', encodeURIComponent(file.name));
      request.setRequestHeader('Content-Type', 'application/octet-stream');
      request.upload.onprogress = (event) => onprogress && onprogress(event.loaded / (event.total || 1));
      request.onerror = () =>
        reject(new DeskError({ code: 'page.away', message: desk.say('away.message'), hint: desk.say('away.hint') }));
      request.onload = () => {
        let body = {};
        try {
          body = JSON.parse(request.responseText);
        } catch (unreadable) {
          body = { error: { code: `page.${request.status}`, message: desk.say('failed.message'), hint: desk.say('failed.hint') } };
        }
        if (body.error) reject(new DeskError(body.error));
        else resolve(body);
      };
      request.send(file);
    });

  desk.upload = async (file, onprogress) => {
    try {
      return await sent(file, onprogress);
    } catch (error) {
      if (error.code !== 'page.login') throw error;
      await desk.logIn();
      return sent(file, onprogress);
    }
  };

  desk.download = (id) => {
    const link = desk.el('a', { href: `/desk/files/${encodeURIComponent(id)}`, download: '' });
    document.body.append(link);
    link.click();
    link.remove();
  };
})();
