/* Toasts, the live regions, confirmation, and logging in again without leaving the page. */
(() => {
  'use strict';

  const desk = window.desk;
  const { el } = desk;
  const SHOWN = 4;
  const MILLISECONDS = 5000;

  const quiet = el('div.sr-only', { role: 'status', 'aria-live': 'polite' });
  const stack = el('div.toasts', { role: 'region', 'aria-label': desk.say('toast.region') });
  document.addEventListener('DOMContentLoaded', () => document.body.append(quiet, stack));

  desk.announce = (text) => {
    quiet.textContent = '';
    requestAnimationFrame(() => (quiet.textContent = text));
  };

  /* kind: 'info' (goes by itself), 'done' (the same, with a tick), 'error' (stays until it is closed) */
  desk.toast = (text, { kind = 'info', hint = '', code = '', action = null } = {}) => {
    const close = el('button.quiet.toast-close', { type: 'button', 'aria-label': desk.say('close') }, '×');
    const shown = el(
      `div.toast.${kind}`,
      { role: kind === 'error' ? 'alert' : 'status' },
      el('span.toast-sign', { 'aria-hidden': 'true' }, { info: 'i', done: '✓', error: '!' }[kind]),
      el('div.toast-text', {}, el('strong', {}, text), hint && el('span', {}, hint), code && el('code', {}, code)),
      action && el('button', { type: 'button', onclick: () => { shown.remove(); action.run(); } }, action.label),
      close,
    );
    const remove = () => shown.remove();
    close.addEventListener('click', remove);
    const same = [...stack.children].find((other) => other.dataset.text === text);
    if (same) same.remove();
    shown.dataset.text = text;
    stack.append(shown);
    while (stack.children.length > SHOWN) stack.firstElementChild.remove();
    if (kind !== 'error') setTimeout(remove, action ? 2 * MILLISECONDS : MILLISECONDS);
    return remove;
  };

  const opened = (dialog) => {
    document.body.append(dialog);
    dialog.addEventListener('close', () => dialog.remove());
    dialog.showModal();
    return dialog;
  };

  let numbered = 0;

  /* Resolves to true or false; Escape and the backdrop mean no. */
  desk.confirm = ({ title, text = '', yes = desk.say('yes'), no = desk.say('no'), danger = false }) =>
    new Promise((resolve) => {
      const id = `dialog-${++numbered}`;
      const dialog = el(
        'dialog.desk-dialog',
        { 'aria-labelledby': id },
        el('h2', { id }, title),
        text && el('p', {}, text),
        el(
          'div.dialog-buttons',
          {},
          el('button', { type: 'button', onclick: () => dialog.close('no') }, no),
          el(`button.${danger ? 'danger' : 'primary'}`, { type: 'button', onclick: () => dialog.close('yes') }, yes),
        ),
      );
      dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'));
      dialog.addEventListener('click', (event) => event.target === dialog && dialog.close('no'));
      opened(dialog);
    });

  /* ---- logging in again: the page and what was typed stay where they are ---- */

  let waiting = null;

  const field = (name, type, label, value, autocomplete) => {
    const id = `login-again-${name}`;
    return el('div.field', {}, el('label', { for: id }, label), el('input', { id, name, type, value, autocomplete, required: true }));
  };

  const dialogToLogIn = (resolve) => {
    const before = (desk.session && desk.session.user) || '';
    const failed = el('p.form-error', { role: 'alert' });
    const button = el('button.primary', { type: 'submit' }, desk.say('login.button'));
    const form = el(
      'form',
      {},
      el('h2', { id: 'login-again' }, desk.say('login.again')),
      el('p', {}, desk.say('login.again_text')),
      field('name', 'text', desk.say('login.name'), before, 'username'),
      field('password', 'password', desk.say('login.password'), '', 'current-password'),
      failed,
      el('div.dialog-buttons', {}, button),
    );
    const dialog = el('dialog.desk-dialog', { 'aria-labelledby': 'login-again' }, form);
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      button.disabled = true;
      failed.textContent = '';
      try {
        await desk.fetch('/desk/login', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ name: form.elements.name.value, password: form.elements.password.value }),
        });
        const session = await desk.refreshSession();
        if (before && session.user !== before) location.reload();
        dialog.close();
        resolve();
      } catch (error) {
        failed.textContent = `${error.message}。${error.hint || ''}`;
      } finally {
        button.disabled = false;
      }
    });
    opened(dialog);
    form.elements[before ? 'password' : 'name'].focus();
  };

  /* One dialog at a time, however many calls found the session gone. */
  desk.logIn = () => {
    waiting = waiting || new Promise(dialogToLogIn).finally(() => (waiting = null));
    return waiting;
  };
})();
