// 正文: the rail of headings, the paper with its sections, the margin with findings and what a sentence rests on.

function paperPane(say, held, acts) {
  const title = el("input.pa-title", { type: "text", "aria-label": say("draft.title"), value: held.view.title, spellcheck: "false", autocomplete: "off" });
  const rail = el("nav.pa-rail", { "aria-label": say("rail") });
  const sheet = el("div.pa-paper", null, title);
  const editors = new Map();
  const pane = { editors, title, caret: null, active: null, rail, sheet };
  const order = () => {
    const places = new Map(held.view.sections.map((section, index) => [section.id, index]));
    return (id) => (id === "" ? -1 : places.get(id) ?? places.size);
  };
  const column = findingColumn(say, { ...acts, order: () => order(), pick: (key, focus) => pick(key, focus), filtered: () => column.arrange() }, placed);
  const basis = basisPanel(say, {
    open: acts.open,
    why: async (sectionId, position) => (await held.flush(), held.call("why", { id: held.id, section_id: sectionId, position })),
    lock: (why) => acts.lock(why.section_id, why.start, why.end, !why.locked).then(() => lookAgain()),
  });
  const margin = marginOf(say, column, basis, () => lookAgain());
  const scroller = el("div.pa-scroll", null, sheet, margin.node);
  pane.node = el("div.pa-grid", null, rail, scroller);
  Object.assign(pane, { column, basis, margin, scroller });

  const bar = selectionBar(say, {
    rewrite: (editor, span) => rewrite(editor, span),
    lock: (editor, span) => toggleLock(editor, span),
  });
  const look = debounced(() => lookAgain(), 220);
  const touch = {
    select: (editor, why) => (why === "blur" || pane.moving ? bar.hide() : bar.offer(editor)),
    caret: (editor) => {
      pane.caret = { id: editor.id, at: editor.area.selectionStart };
      mark();
      look();
    },
    pick: (key, focus) => pick(key, focus),
    menu: (editor) => rewrite(editor, null),
    write: acts.write,
    refused: () => desk.toast(say("lock.refused")),
  };
  function lookAgain() {
    if (!margin.shows("basis") || !pane.caret) return;
    const editor = editors.get(pane.caret.id);
    if (editor) basis.look(editor.id, desk.points(editor.area.value, Math.min(pane.caret.at, editor.area.value.length)));
  }
  async function rewrite(editor, span) {
    const text = editor.area.value;
    const place = placeOf(editor, span ? span.end : 0);
    const whole = !span;
    const words = whole ? editor.heading.value : text.slice(span.start, span.end);
    const instruction = await askInstruction(say, { words, place, whole });
    if (instruction) acts.rewrite(editor.id, text, span || { start: 0, end: text.length }, instruction);
  }
  function toggleLock(editor, span) {
    const text = editor.area.value;
    const locked = editor.marks.some((m) => m.kind === "locked" && m.start < span.end && m.end > span.start);
    acts.lock(editor.id, desk.points(text, span.start), desk.points(text, span.end), !locked);
  }

  /** Sections as the draft has them: made, removed and put in order; those that stay keep their element and its focus. */
  pane.show = (draft) => {
    if (!held.pending.has("/title") && title.value !== draft.title) title.value = draft.title;
    const wanted = new Set(draft.sections.map((section) => section.id));
    for (const [id, editor] of editors) {
      if (wanted.has(id)) continue;
      editor.node.remove();
      editors.delete(id);
    }
    let before = title;
    for (const section of draft.sections) {
      let editor = editors.get(section.id);
      if (editor) editor.show(section);
      else editors.set(section.id, (editor = sectionEditor(say, held, section, touch)));
      if (before.nextSibling !== editor.node) before.after(editor.node);
      before = editor.node;
    }
    draft.sections.forEach((section, index) => {
      const next = draft.sections[index + 1];
      const frame = !section.text && !section.fact_ids.length && next && next.level > section.level;
      editors.get(section.id).node.toggleAttribute("data-frame", Boolean(frame));
    });
    drawRail(draft);
    column.arrange();
  };
  pane.showSection = (section) => {
    const editor = editors.get(section.id);
    if (!editor) return;
    editor.show(section);
    drawRail(held.view);
    if (section.state === "writing") keepInSight(editor);
  };
  pane.showReview = (review) => {
    for (const editor of editors.values()) editor.repaint();
    const headings = new Set(review.findings.filter((f) => !f.ignored && f.field === "heading").map((f) => f.section_id));
    for (const editor of editors.values()) editor.heading.classList.toggle("found", headings.has(editor.id));
    title.classList.toggle("found", review.findings.some((f) => !f.ignored && f.field === "title" && !ofWhole(f)));
    column.show(review);
    margin.count(review);
    drawRail(held.view);
  };
  /** The end of what is being written stays in sight as long as the writer had it in sight. */
  function keepInSight(editor) {
    const bottom = editor.node.getBoundingClientRect().bottom;
    const view = scroller.getBoundingClientRect();
    if (bottom > view.bottom && bottom < view.bottom + 160) scroller.scrollTop += bottom - view.bottom + 24;
  }
  function drawRail(draft) {
    const findings = held.review ? held.review.findings.filter((f) => !f.ignored) : [];
    const lines = draft.sections.map((section) => {
      const n = findings.filter((f) => f.section_id === section.id).length;
      const editor = editors.get(section.id);
      const text = editor ? editor.area.value : section.text;
      const frame = Boolean(editor) && editor.node.hasAttribute("data-frame");
      return [section.id, section.heading, section.level, section.state, countCharacters(text), n, Boolean(pane.caret) && pane.caret.id === section.id, frame];
    });
    const said = JSON.stringify(lines);
    if (rail.dataset.said === said) return;
    rail.dataset.said = said;
    rail.replaceChildren(el("h2", { text: say("rail") }), el("ol", null, lines.map(([id, heading, level, state, characters, n, here, frame]) =>
      el("li", { "data-level": level, "data-state": characters && state === "empty" ? "done" : state }, el("button", {
        type: "button", onclick: () => goto(id), "aria-current": here ? "true" : null,
      }, el("span.pa-name", { text: heading || say("opening") }),
      el("small", { text: state === "writing" ? say("rail.writing") : state === "queued" ? say("rail.queued") : characters ? say("section.characters", { n: characters }) : frame ? "" : say("rail.empty") }),
      n > 0 && el("span.pa-n", { text: n, title: say("home.findings", { n }) }))))));
  }
  const mark = () => drawRail(held.view);
  function goto(id) {
    const editor = editors.get(id);
    editor.node.scrollIntoView({ block: "start", behavior: "smooth" });
    if (!editor.area.readOnly) editor.area.focus({ preventScroll: true });
  }

  function placed(finding, top) {
    const node = wordsOf(finding);
    return node ? node.getBoundingClientRect().top - top : null;
  }
  function wordsOf(finding) {
    if (finding.field === "title") return title;
    const editor = editors.get(finding.section_id);
    if (!editor) return null;
    if (finding.field === "heading") return editor.heading;
    return editor.places.get(finding.key) || editor.area;
  }
  /** Makes one finding the active one: its card and its words; with `focus` the cursor goes to the words. */
  function pick(key, focus) {
    const known = column.known.get(key);
    if (!known) return;
    pane.active = key;
    margin.show("findings");
    if (ofWhole(known.finding)) column.group.open = true;
    column.activate(key);
    const { finding } = known;
    for (const editor of editors.values()) editor.activate(editor.id === finding.section_id ? key : null);
    const node = wordsOf(finding);
    margin.reveal(known.card, !focus);
    if (node && !insight(node)) intoSight(node);
    column.arrange();
    if (focus) toWords(finding);
  }
  function insight(node) {
    const box = node.getBoundingClientRect();
    const view = scroller.getBoundingClientRect();
    return box.top >= view.top + 20 && box.bottom <= view.bottom - margin.covered();
  }
  /** A third of the way down what the sheet at the bottom leaves free. */
  function intoSight(node) {
    const view = scroller.getBoundingClientRect();
    scroller.scrollTop += node.getBoundingClientRect().top - view.top - (view.height - margin.covered()) / 3;
  }
  function toWords(finding) {
    if (finding.field === "title") return title.focus();
    const editor = editors.get(finding.section_id);
    if (!editor) return undefined;
    if (finding.field === "heading") return editor.heading.focus();
    const found = editor.marks.find((m) => m.key === finding.key);
    editor.area.focus({ preventScroll: true });
    pane.moving = true; // chosen by the page: no offer to write it again
    if (found) editor.area.setSelectionRange(found.start, found.end);
    setTimeout(() => { pane.moving = false; }, 150);
    return undefined;
  }
  pane.step = (by) => {
    const list = column.steps();
    if (!list.length) return;
    const at = list.findIndex((finding) => finding.key === pane.active);
    const next = list[(at + by + list.length + (at < 0 && by < 0 ? 1 : 0)) % list.length];
    const inCards = margin.node.contains(document.activeElement);
    pick(next.key, !inCards);
    if (inCards) column.known.get(next.key).card.focus({ preventScroll: true });
    desk.announce(`${say(`severity.${next.severity}`)}：${next.message}`);
  };
  pane.pick = pick;
  /** Chooses a stretch (code points) of a section's text, its heading or the title. */
  pane.choose = ({ section_id: id, field, start, end }) => {
    const editor = editors.get(id);
    const into = field === "title" || !editor ? title : field === "heading" ? editor.heading : editor.area;
    pane.moving = true;
    into.focus({ preventScroll: true });
    into.setSelectionRange(desk.units(into.value, start), desk.units(into.value, end));
    (editor ? editor.node : title).scrollIntoView({ block: "center" });
    setTimeout(() => { pane.moving = false; }, 150);
  };

  title.addEventListener("input", (event) => event.isComposing || held.edit("", "title", title.value));
  title.addEventListener("compositionend", () => held.edit("", "title", title.value));
  pane.node.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    pane.step(event.key === "ArrowDown" ? 1 : -1);
  });
  scroller.addEventListener("scroll", () => bar.hide(), { passive: true });
  const sized = new ResizeObserver(debounced(() => column.arrange(), 60));
  sized.observe(sheet);
  hoverOn(say, pane);
  column.cards.append(el("div.fi-none.fi-waiting", null, el("p", { text: say("findings.waiting") })));
  pane.close = () => {
    sized.disconnect();
    bar.node.remove();
  };
  pane.insert = (text) => insertAt(pane, text);
  return pane;
}

/** The margin: findings or the basis of a sentence; at the bottom of a narrow screen a sheet that can be pulled up. */
function marginOf(say, column, basis, changed) {
  const tab = (name) => el("button.mg-tab", { type: "button", role: "tab", "aria-selected": "false", "data-tab": name, id: `mg-${name}`, "aria-controls": `mg-pane-${name}`, onclick: () => { show(name); open(true); changed(); } });
  const tabs = { findings: tab("findings"), basis: tab("basis") };
  tabs.findings.textContent = say("margin.findings");
  tabs.basis.textContent = say("margin.basis");
  const pull = el("button.mg-pull", { type: "button", "aria-label": say("margin.pull"), "aria-expanded": "false", text: "▴", onclick: () => open(node.dataset.open !== "true") });
  const panes = {
    findings: el("div.mg-pane", { role: "tabpanel", id: "mg-pane-findings", "aria-labelledby": "mg-findings" }, column.filters, column.group, column.cards, el("p.fi-keys", { text: say("findings.keys") })),
    basis: el("div.mg-pane", { role: "tabpanel", id: "mg-pane-basis", "aria-labelledby": "mg-basis" }, basis.node),
  };
  const node = el("aside.pa-margin", { "aria-label": say("margin"), "data-open": "false" },
    el("div.mg-head", null, el("div.mg-tabs", { role: "tablist", "aria-label": say("margin") }, tabs.findings, tabs.basis), pull),
    panes.findings, panes.basis);
  let now = "";
  function show(name) {
    if (now === name) return;
    now = name;
    for (const key of Object.keys(tabs)) {
      tabs[key].setAttribute("aria-selected", String(key === name));
      tabs[key].tabIndex = key === name ? 0 : -1;
      panes[key].hidden = key !== name;
    }
    if (name === "findings") column.arrange();
  }
  function open(yes) {
    node.dataset.open = String(yes);
    pull.setAttribute("aria-expanded", String(yes));
    pull.textContent = yes ? "▾" : "▴";
  }
  node.querySelector(".mg-tabs").addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    show(now === "findings" ? "basis" : "findings");
    tabs[now].focus();
    changed();
  });
  show("findings");
  const narrow = () => getComputedStyle(node).position === "fixed";
  return {
    node, show, open,
    shows: (name) => now === name,
    count(review) {
      const n = review.findings.filter((finding) => !finding.ignored).length;
      tabs.findings.textContent = n ? say("margin.findings.n", { n }) : say("margin.findings");
    },
    /** On a narrow screen the sheet comes up and the card into view. */
    reveal(card, wanted) {
      if (!narrow()) return;
      if (wanted) open(true);
      if (node.dataset.open === "true") card.scrollIntoView({ block: "nearest" });
    },
    covered: () => (narrow() ? node.offsetHeight : 20),
  };
}

/** Text from elsewhere goes in at the last place of the cursor, or at the end of the last section; returns the section's id. */
function insertAt(pane, text) {
  const last = [...pane.editors.values()].pop();
  const editor = (pane.caret && pane.editors.get(pane.caret.id)) || last;
  if (!editor || editor.area.readOnly) return null;
  const at = pane.caret && pane.caret.id === editor.id ? Math.min(pane.caret.at, editor.area.value.length) : editor.area.value.length;
  editor.area.focus();
  editor.area.setSelectionRange(at, at);
  return document.execCommand("insertText", false, text) ? editor.id : null;
}
