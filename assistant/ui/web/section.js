// One section on the paper: a heading, and a textarea over a sheet that carries the marks.
// The textarea is never written to while a person composes (IME); its own undo is kept by typing changes into it.

/** `acts`: select(section, span), caret(section), pick(key), menu(section, anchor), write(id), stop(). */
function sectionEditor(say, held, view, acts) {
  const heading = el("input.ed-heading", {
    type: "text", value: view.heading, "aria-label": say("section.heading"), placeholder: view.level ? "" : say("opening"),
    spellcheck: "false", autocomplete: "off", readonly: !view.level,
  });
  const sheet = el("div.ed-sheet", { "aria-hidden": "true" });
  const area = el("textarea.ed-text", {
    rows: "1", spellcheck: "false", autocomplete: "off", autocapitalize: "off", "aria-label": say("section.text", { heading: view.heading }),
  });
  const count = el("span.ed-count");
  const more = button(say("section.more"), () => acts.menu(editor, more), { kind: "quiet", icon: "✎", "aria-haspopup": "dialog" });
  const foot = el("div.ed-foot");
  const node = el("section.ed-section", { "data-id": view.id },
    el("div.ed-head", null, heading, el("div.ed-tools", null, more, count)),
    el("div.ed-body", null, sheet, area), foot);
  const editor = {
    id: view.id, node, heading, area, sheet, marks: [], places: new Map(), active: null, composing: false, applying: false, value: view.text,
  };
  editingOf(say, held, editor, acts);
  showingOf(say, held, editor, { count, more, foot }, acts);
  area.value = view.text;
  editor.show(view);
  return editor;
}

/** What a person does in the textarea and the heading. */
function editingOf(say, held, editor, acts) {
  const { area, heading } = editor;
  const typed = () => {
    if (editor.composing || editor.applying || area.value === editor.value) return;
    editor.accept();
    held.edit(editor.id, "text", area.value);
  };
  editor.accept = () => {
    editor.marks = movedMarks(editor.marks, editor.value, area.value);
    editor.value = area.value;
    editor.paint();
    editor.showCount();
  };
  area.addEventListener("beforeinput", (event) => {
    if (!touchesLocked(editor) || event.inputType.startsWith("history")) return;
    event.preventDefault();
    acts.refused(editor);
  });
  area.addEventListener("compositionstart", () => { editor.composing = true; });
  area.addEventListener("compositionend", () => {
    editor.composing = false;
    typed();
    editor.repaint();
  });
  area.addEventListener("input", () => {
    if (editor.composing) editor.places = paint(editor.sheet, area.value, movedMarks(editor.marks, editor.value, area.value), editor.active);
    else typed();
  });
  heading.addEventListener("input", (event) => {
    if (!event.isComposing) held.edit(editor.id, "heading", heading.value);
  });
  heading.addEventListener("compositionend", () => held.edit(editor.id, "heading", heading.value));
  heading.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) area.focus();
  });
  for (const name of ["keyup", "click", "focus"]) area.addEventListener(name, () => acts.caret(editor));
  area.addEventListener("click", () => {
    if (area.selectionStart !== area.selectionEnd) return;
    const at = area.selectionStart;
    const hit = editor.marks.find((mark) => mark.key && mark.start <= at && at <= mark.end);
    if (hit) acts.pick(hit.key, false);
  });
  for (const name of ["select", "mouseup", "keyup", "blur"]) {
    area.addEventListener(name, (event) => setTimeout(() => acts.select(editor, event.type), 0));
  }
}

/** Whether what is about to be typed would change a locked sentence. */
function touchesLocked({ area, marks, applying }) {
  if (applying) return false;
  const { selectionStart: start, selectionEnd: end } = area;
  return marks.some((mark) => mark.kind === "locked" && (start === end ? start > mark.start && start < mark.end : start < mark.end && end > mark.start));
}

/** What the section shows: its text from the server, its marks, its state. */
function showingOf(say, held, editor, { count, more, foot }, acts) {
  const { area, sheet, heading, node } = editor;
  editor.paint = () => { editor.places = paint(sheet, area.value, editor.marks, editor.active); };
  /** Marks anew from the last review, moved along with what was typed since. */
  editor.repaint = () => {
    if (editor.composing) return;
    const view = held.section(editor.id);
    if (!view) return;
    editor.marks = movedMarks(marksOf(view.text, editor.id, held.review, view.sentences), view.text, area.value);
    editor.paint();
  };
  editor.showCount = () => {
    const view = held.section(editor.id);
    const have = countCharacters(area.value);
    count.textContent = view.target ? say("section.of", { n: have, target: view.target }) : say("section.characters", { n: have });
    count.classList.toggle("short", Boolean(view.target) && have < view.target * 0.8);
    count.classList.toggle("long", Boolean(view.target) && have > view.target * 1.2);
  };
  editor.show = (view) => {
    const waiting = held.pending.has(`${view.id}/text`);
    if (!waiting && !editor.composing && area.value !== view.text) editor.put(view.text);
    if (!held.pending.has(`${view.id}/heading`) && heading.value !== view.heading) heading.value = view.heading;
    const atWork = view.state === "writing" || view.state === "queued";
    area.readOnly = atWork;
    node.dataset.state = area.value && view.state === "empty" ? "done" : view.state;
    node.dataset.level = view.level;
    area.setAttribute("aria-label", say("section.text", { heading: view.heading }));
    more.disabled = atWork;
    foot.replaceChildren(...footOf(say, view, area.value, acts));
    editor.showCount();
    editor.repaint();
  };
  /** Puts a text in place of what is there; only what differs is typed in, so that the browser's undo goes on working. */
  editor.put = (text) => {
    const before = area.value;
    const change = changeBetween(before, text);
    const focused = document.activeElement === area;
    const caret = [area.selectionStart, area.selectionEnd];
    editor.applying = true;
    const replaced = text.slice(change.start, change.newEnd);
    if (focused && !area.readOnly) {
      area.setSelectionRange(change.start, change.oldEnd);
      document.execCommand(replaced ? "insertText" : "delete", false, replaced);
    }
    if (area.value !== text) area.value = text;
    if (focused) {
      const at = caret.map((n) => (n <= change.start ? n : n >= change.oldEnd ? n + change.newEnd - change.oldEnd : change.newEnd));
      area.setSelectionRange(...at);
    }
    editor.applying = false;
    editor.marks = movedMarks(editor.marks, before, text);
    editor.value = text;
    editor.paint();
  };
  editor.activate = (key) => {
    if (editor.active === key) return;
    editor.active = key;
    editor.paint();
  };
}

/** Below the text: what the section waits for, or what was noted while it was written. */
function footOf(say, view, text, acts) {
  if (view.state === "writing") return [el("p.ed-note.live", null, el("span.dk-spin", { "aria-hidden": "true" }), say("section.writing"))];
  if (view.state === "queued") return [el("p.ed-note", { text: say("section.queued") })];
  if (!text) {
    return [el("div.ed-empty", null,
      el("p", { text: view.fact_ids.length ? say("section.empty", { n: view.fact_ids.length }) : say("section.bare") }),
      view.fact_ids.length > 0 && button(say("section.write"), () => acts.write([view.id]), { kind: "soft" }))];
  }
  return view.notes.map((note) => el("p.ed-note", { text: note }));
}

/** The place of a character on the screen, read from the sheet behind the text. */
function placeOf(editor, position) {
  const walker = document.createTreeWalker(editor.sheet, NodeFilter.SHOW_TEXT);
  let left = position;
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    if (left <= text.length) {
      const range = document.createRange();
      range.setStart(text, Math.min(left, text.length));
      range.setEnd(text, Math.min(left + 1, text.length));
      return range.getBoundingClientRect();
    }
    left -= text.length;
  }
  return editor.sheet.getBoundingClientRect();
}
