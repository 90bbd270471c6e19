/* <desk-drop accept=".docx,.xlsx" multiple hint="…">: choose files or drop them here; each is sent to the owner's
   folder at once, with progress and its own result line. Fires 'files' with detail [{id, name, size}] of what arrived. */
(() => {
  'use strict';

  const desk = window.desk;
  const { el } = desk;
  const MEGABYTE = 1024 * 1024;

  const sized = (bytes) => (bytes < MEGABYTE ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / MEGABYTE).toFixed(1)} MB`);

  let numbered = 0;

  class Drop extends HTMLElement {
    connectedCallback() {
      if (this.input) return;
      const id = `drop-${++numbered}`;
      this.input = el('input.sr-only', {
        id,
        type: 'file',
        accept: this.getAttribute('accept') || '',
        multiple: this.hasAttribute('multiple'),
      });
      this.rows = el('ul.drop-rows', { 'aria-live': 'polite' });
      const label = el('label.drop-zone', { for: id }, el('strong', {}, this.getAttribute('label') || desk.say('drop.label')), el('span', {}, this.getAttribute('hint') || this.limit()));
      this.append(this.input, label, this.rows);
      this.input.addEventListener('change', () => this.take([...this.input.files]));
      label.addEventListener('dragover', (event) => {
        event.preventDefault();
        label.classList.add('over');
      });
      label.addEventListener('dragleave', () => label.classList.remove('over'));
      label.addEventListener('drop', (event) => {
        event.preventDefault();
        label.classList.remove('over');
        this.take([...event.dataTransfer.files]);
      });
    }

    limit() {
      const megabytes = desk.session && desk.session.max_file_mb;
      const kinds = (this.getAttribute('accept') || '').replaceAll(',', ' ');
      return [kinds, megabytes && desk.say('drop.limit', { megabytes })].filter(Boolean).join(' · ');
    }

    /* The rows of what was sent so far are taken away. */
    clear() {
      this.rows.replaceChildren();
      this.input.value = '';
    }

    async take(files) {
      const chosen = this.hasAttribute('multiple') ? files : files.slice(0, 1);
      const arrived = [];
      for (const file of chosen) {
        const one = await this.send(file);
        if (one) arrived.push(one);
      }
      this.input.value = '';
      if (arrived.length) this.dispatchEvent(new CustomEvent('files', { detail: arrived, bubbles: true }));
    }

    async send(file) {
      const bar = el('progress', { max: 1, value: 0, 'aria-label': desk.say('drop.sending', { name: file.name }) });
      const state = el('span.drop-state', {}, bar);
      const row = el('li', {}, el('span.drop-name', { title: file.name }, file.name), el('span.drop-size', {}, sized(file.size)), state);
      this.rows.append(row);
      try {
        const one = await desk.upload(file, (share) => (bar.value = share));
        state.replaceChildren('✓ ', desk.say('drop.done'));
        row.classList.add('done');
        return one;
      } catch (error) {
        state.replaceChildren('! ', error.message);
        if (error.hint) row.append(el('span.drop-hint', {}, error.hint));
        row.classList.add('failed');
        return null;
      }
    }
  }

  customElements.define('desk-drop', Drop);
})();
