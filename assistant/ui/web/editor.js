// 起草: the list of drafts, the materials, the outline and the text of the draft that is open.

function mountWrite(root, server) {
  const say = wordingOf(words);
  const quietly = (name, data) => desk.call(server, name, data, { quiet: true });
  const loudly = (name, data) => desk.call(server, name, data).catch(() => undefined); // told already; undefined: it failed
  const reading = (name, data) => desk.call(server, name, data, { quiet: true, reads: true });
  const page = { root, say, quietly, loudly, reading, open: null };
  const home = homePanel(say, {
    drafts: () => quietly("drafts", {}),
    open: (id) => desk.open(id, "write"),
    facts: () => newFacts(page),
    check: () => desk.show("check"),
    sample: () => loudly("sample_facts", {}).then((facts) => facts && newFacts(page, facts)),
    rename: (row) => rename(page, row),
    discard: (row) => loudly("discard", { id: row.id }),
    undiscard: (id) => loudly("undiscard", { id }),
  });
  page.home = home;
  page.showHome = () => {
    closeDraft(page);
    show(page, "home", home.node);
    return home.show();
  };
  sourceDrawer(page);
  fitBelowHead(root);
  desk.on("place", (place) => toPlace(page, place));
  desk.on("draft", ({ id }) => (id ? openById(page, id) : page.showHome()));
  desk.on("tab", ({ tab }) => {
    if (tab !== "write") return;
    if (page.open && page.open.held.id === desk.current.draft) page.open.held.refresh();
    else if (!page.open && root.dataset.view === "home") home.show();
  });
  desk.on("saved", ({ id, from }) => page.open && from !== "write" && page.open.held.id === id && page.open.held.refresh());
  desk.on("insert", (what) => insertText(page, what));
  window.addEventListener("beforeunload", (event) => page.open && page.open.held.unsaved() && event.preventDefault());
  document.addEventListener("visibilitychange", () => !document.hidden && page.open && !page.open.held.unsaved() && !running(page.open.held.job) && page.open.held.refresh());
  if (desk.current.draft) openById(page, desk.current.draft);
  else page.showHome();
  return page;
}

/** The panel that shows where a quote stands, for all tabs of a draft. */
function sourceDrawer(page) {
  const panel = sourcePanel({
    load: ({ document_id: document, start, end }, before, after) =>
      page.quietly("context", { id: desk.current.draft, document_id: document, start, end, before, after }),
  });
  document.body.append(el("div.wr-source", null, panel.node));
  desk.on("source:open", (evidence) => panel.open(evidence));
  for (const name of ["tab", "draft"]) desk.on(name, () => panel.shown && panel.close());
}

/** The editor fills what the header leaves of the window, also while the header tells of preparations. */
function fitBelowHead(root) {
  const head = document.getElementById("desk-head");
  const fit = () => root.style.setProperty("--top", `${head.offsetHeight}px`);
  new ResizeObserver(fit).observe(head);
  fit();
}

/** Goes to a finding (`key`) or a stretch of a section, as soon as the draft is open. */
function toPlace(page, place) {
  if (!page.open || page.open.held.id !== place.id) {
    page.place = place;
    return;
  }
  page.place = null;
  const { bar, pane, held } = page.open;
  bar.go("text");
  requestAnimationFrame(() => {
    if (!place.key) pane.choose(place);
    else if (held.review) pane.pick(place.key, true);
    else page.place = place; // the review is on its way
  });
}

function show(page, view, node) {
  page.root.dataset.view = view;
  page.root.replaceChildren(node);
}

async function rename(page, row) {
  const input = el("input.dk-field", { type: "text", value: row.title, maxlength: "200", "aria-label": page.say("draft.title") });
  const title = await ask({
    heading: page.say("rename"), body: input,
    choices: [{ label: page.say("cancel"), value: null }, { label: page.say("ok"), value: () => input.value.trim(), kind: "primary" }],
  });
  if (title) await page.loudly("rename", { id: row.id, title });
}

/** New facts: given, looked at, taken; the draft with its proposed outline is opened then. */
function newFacts(page, facts = null) {
  closeDraft(page);
  const { say } = page;
  let upload = null;
  const panel = materialsPanel(say, {
    read: (text) => { upload = null; return page.quietly("read_facts", { text }); },
    readFile: async (file) => { const read = await page.reading("read_facts_file", { file: file.id }); upload = file; return read; },
    template: (format) => download(page, "facts_template", { format }),
    sample: () => page.loudly("sample_facts", {}).then((sample) => sample && panel.fill(sample.text)),
    cancel: () => page.showHome(),
    accept: async (text) => {
      const draft = await page.reading("new_from_facts", upload ? { file: upload.id } : { text });
      openView(page, draft, "outline");
      desk.open(draft.id, "write");
    },
  }, { text: facts ? facts.text : "", facts, settled: say("facts.take") });
  show(page, "facts", panel.node);
}

async function download(page, name, data) {
  const file = await page.loudly(name, data);
  if (file) desk.download(file.file);
}

async function openById(page, id) {
  if (page.open && page.open.held.id === id) return;
  if (page.open) await page.open.held.flush();
  closeDraft(page);
  show(page, "loading", el("p.wr-loading", { role: "status" }, el("span.dk-spin", { "aria-hidden": "true" }), page.say("loading")));
  try {
    const draft = await page.quietly("draft", { id });
    if (desk.current.draft === id) openView(page, draft, draft.kind === "checked" || draft.sections.some((s) => s.text) || draft.job ? "text" : "outline");
  } catch (fault) {
    if (fault.code === "draft.unknown") desk.open(null);
    show(page, "home", page.home.node);
    page.home.show();
    desk.tell(fault);
  }
}

function closeDraft(page) {
  if (!page.open) return;
  page.open.held.closed = true;
  page.open.pane.close();
  page.open = null;
}

/** Opens a draft: the bar above, its three steps, and everything that listens to it. */
function openView(page, draft, step) {
  closeDraft(page);
  const { say } = page;
  const held = openDraft(page.quietly, draft);
  const acts = actsOn(page, held);
  const pane = paperPane(say, held, acts);
  const outline = outlineEditor(say, held, { after: () => bar.go("text") });
  const facts = factsStep(page, held, () => bar.go("outline"));
  const bar = draftBar(page, held, acts, { facts: () => facts.node(), outline: () => outline.node, text: () => pane.node });
  page.open = { held, pane, outline, facts, bar };
  held.on("draft", (view) => {
    pane.show(view);
    outline.show(view);
    bar.draw();
  });
  held.on("section", (section) => { pane.showSection(section); bar.total(); });
  held.on("review", (review) => {
    pane.showReview(review);
    if (page.place) toPlace(page, page.place);
    desk.emit("review", { review, id: held.id });
  });
  held.on("state", () => { bar.state(); if (held.state === "saved") desk.emit("saved", { id: held.id, version: held.version, from: "write" }); });
  held.on("job", (job) => bar.job(job));
  held.on("fault", (fault) => desk.tell(fault));
  held.on("conflict", (clash) => settleConflict(say, held, clash));
  show(page, "draft", bar.node);
  pane.show(draft);
  outline.show(draft);
  bar.go(step);
  restorePending(held);
  if (draft.job) held.follow(draft.job);
  if (draft.sections.some((section) => section.text)) held.call("review", { id: held.id }).then(held.takeReview, (fault) => desk.tell(fault));
}

/** What a person can do to the open draft; each saves what is pending first. */
function actsOn(page, held) {
  const { say, loudly } = page;
  const changed = async (name, data) => {
    if (!(await held.flush())) return null;
    const answer = await loudly(name, { id: held.id, version: held.version, ...data });
    if (answer && answer.review) held.takeSaved(answer);
    else if (answer && answer.sections) {
      held.takeDraft(answer);
      held.takeReview(await loudly("review", { id: held.id }));
    } else if (answer && answer.findings) held.takeReview(answer);
    return answer;
  };
  return {
    adopt: (finding) => changed("adopt", { key: finding.key }).then((answer) => answer && desk.announce(say("adopted"))),
    ignore: async (finding) => {
      if (!(await changed("ignore", { key: finding.key }))) return;
      desk.toast(say("ignored"), { action: { label: say("undo"), run: () => changed("unignore", { key: finding.key }) } });
    },
    unignore: (finding) => changed("unignore", { key: finding.key }),
    off: async (finding) => {
      const sure = await desk.confirm({ title: say("finding.off.ask", { rule: finding.rule_name }), text: say("finding.off.why"), yes: say("finding.off") });
      if (!sure) return;
      if (await loudly("switch_rule", { rule: finding.rule, on: false })) held.takeReview(await loudly("review", { id: held.id }));
    },
    open: (evidence) => desk.emit("source:open", evidence),
    lock: async (sectionId, start, end, locked) => {
      await held.flush(); // text that a lock keeps from being saved is saved after it is gone
      const draft = await loudly("lock", { id: held.id, section_id: sectionId, start, end, locked });
      if (!draft) return;
      held.takeDraft(draft);
      if (await held.flush()) held.takeReview(await loudly("review", { id: held.id }));
    },
    write: async (ids) => {
      const { bar, outline, facts } = page.open; // what was changed there goes into the text
      if (!(await facts.save())) return bar.go("facts");
      if (!(await outline.push())) return bar.go("outline");
      return begin(page, held, "write", { section_ids: ids }, () => bar.step() !== "text" && toWork(page.open));
    },
    rewrite: (id, text, span, instruction) => {
      const whole = sentencesAround(held.section(id), text, span);
      held.rewriting = { id, before: text.slice(0, whole.start), after: text.slice(whole.end) };
      return begin(page, held, "rewrite", { section_id: id, start: desk.points(text, span.start), end: desk.points(text, span.end), instruction });
    },
    step: (name) => changed(name, {}),
  };
}

/** The sentences that a stretch touches: what is written anew is always whole sentences. */
function sentencesAround(section, text, span) {
  const touched = section.sentences
    .map(({ start, end }) => ({ start: desk.units(text, start), end: desk.units(text, end) }))
    .filter(({ start, end }) => start < span.end && span.start < end);
  return { start: Math.min(span.start, ...touched.map((one) => one.start)), end: Math.max(span.end, ...touched.map((one) => one.end)) };
}

/** To the text, where what is being written appears: the first section that waits for it, in sight. */
function toWork({ bar, pane, held }) {
  bar.go("text");
  const first = held.view.sections.find((section) => ["writing", "queued"].includes(section.state));
  if (first) pane.editors.get(first.id).node.scrollIntoView({ block: "nearest" });
}

async function begin(page, held, name, data, started = () => {}) {
  if (held.job && ["queued", "running", "stopping"].includes(held.job.state)) return desk.toast(page.say("job.busy"));
  try {
    return await held.start(name, data, started);
  } catch (fault) {
    return desk.tell(fault);
  }
}

/** Text that did not reach the server before the page was left is typed in again; a conflict is told as always. */
async function restorePending(held) {
  await desk.ready; // what is kept is kept by user
  const kept = desk.kept(`pending:${held.id}`);
  if (!kept || held.closed) return;
  for (const edit of JSON.parse(kept)) {
    if (edit.field !== "title" && !held.section(edit.sectionId)) continue;
    held.pending.set(`${edit.sectionId}/${edit.field}`, edit);
  }
  if (await held.flush()) await held.refresh();
}

/** A text with what differs from the other one marked. */
function differing(text, other) {
  const { start, newEnd } = changeBetween(other, text);
  return [text.slice(0, start), newEnd > start ? el("ins", { text: text.slice(start, newEnd) }) : null, text.slice(newEnd)];
}

/** Two windows wrote the same place: both texts are shown, the writer chooses, the other stays as a revision. */
async function settleConflict(say, held, { edit, theirs, text }) {
  const mine = held.pending.get(`${edit.sectionId}/${edit.field}`) || edit;
  const side = (key, words, other) => el("section.co-side", null, el("h3", { text: say(key) }),
    el("div.co-text", { tabindex: "0" }, words === null ? say("conflict.gone") : differing(words, other || "")));
  const choice = await ask({
    heading: say("conflict.title"), lines: [say("conflict.text")], wide: true,
    body: el("div.co-both", null, side("conflict.mine", mine.text, text), side("conflict.theirs", text, mine.text)),
    choices: [{ label: say("conflict.take.theirs"), value: "theirs" }, { label: say("conflict.take.mine"), value: "mine", kind: "primary" }],
  });
  const kept = text === null ? "theirs" : choice || "theirs";
  await held.settle(edit, theirs, kept);
  await held.refresh();
}

/** 材料 of a draft that is there already: read anew when one goes there, unless something typed is still to be saved. */
function factsStep(page, held, after) {
  const { say } = page;
  let box = null;
  let panel = null;
  const dirty = () => Boolean(panel) && panel.changed();
  const acts = {
    read: (text) => page.quietly("read_facts", { text }),
    readFile: (file) => page.reading("read_facts_file", { file: file.id }),
    template: (format) => download(page, "facts_template", { format }),
    sample: () => page.loudly("sample_facts", {}).then((sample) => sample && panel.fill(sample.text)),
    cancel: () => { panel = null; after(); },
    accept: async (text) => {
      if (!(await held.flush())) return;
      held.takeDraft(await page.quietly("set_facts", { id: held.id, version: held.version, text }));
      await held.refresh();
      panel = null;
      after();
    },
  };
  const load = (facts) => {
    panel = materialsPanel(say, acts, { text: facts.text, facts: facts.text ? facts : null, settled: say("facts.keep") });
    box.replaceChildren(panel.node);
  };
  return {
    node() {
      if (dirty()) return box;
      panel = null;
      box = el("div.wr-facts", null, el("p.wr-loading", { role: "status", text: say("loading") }));
      page.quietly("facts", { id: held.id }).then(load, (fault) => box.replaceChildren(faultLine(say, fault)));
      return box;
    },
    /** Saves what was typed; false when that failed, which the panel tells. */
    async save() {
      if (dirty()) await panel.accept();
      return !dirty();
    },
  };
}

/** Words of an answer go in at the cursor; once they are saved, they rest on what the answer cites. */
async function insertText(page, { text, citations = [] }) {
  if (!page.open) return desk.toast(page.say("insert.nowhere"), { kind: "error" });
  const { held, bar, pane } = page.open;
  desk.show("write");
  bar.go("text");
  const sectionId = pane.insert(text);
  if (!sectionId) return undefined;
  desk.toast(page.say("inserted"), { kind: "done" });
  const located = citations.filter((one) => one.start !== null && one.end !== null);
  if (located.length && (await held.flush())) {
    const view = await page.loudly("cite", { id: held.id, section_id: sectionId, text, citations: located });
    if (view) held.takeDraft(view);
  }
  return undefined;
}
