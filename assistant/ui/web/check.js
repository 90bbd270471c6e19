// 核对: a draft from elsewhere is taken in with its sources; the findings, evidence and outcomes of the draft that is open.

function mountCheck(root, server) {
  const say = wordingOf(words);
  const quietly = (name, data) => desk.call(server, name, data, { quiet: true });
  const loudly = (name, data) => desk.call(server, name, data).catch(() => undefined); // told already; undefined: it failed
  const reading = (name, data) => desk.call(server, name, data, { quiet: true, reads: true });
  const archived = () => quietly("archived", {});
  const page = { root, say, quietly, loudly, reading, archived, id: null, now: "findings", draft: null, waiting: true };
  const seen = () => root.offsetParent !== null;
  const look = async () => {
    if (!seen()) {
      page.waiting = true;
      return;
    }
    page.waiting = false;
    if (root.dataset.view === "intake" && page.typed()) return; // what was begun here is not taken away
    if (desk.current.draft) await openReport(page, desk.current.draft);
    else showIntake(page);
  };
  desk.on("draft", () => {
    if (root.dataset.view === "report" || !page.typed()) root.replaceChildren(el("p.wr-loading", { role: "status", text: say("loading") }));
    look();
  });
  desk.on("saved", ({ id }) => id === page.id && (seen() ? look() : (page.waiting = true)));
  desk.on("tab", ({ tab }) => tab === "check" && requestAnimationFrame(() => page.waiting && look()));
  page.typed = () => false;
  requestAnimationFrame(look);
  return page;
}

/** The form for a draft that was not written here. */
function showIntake(page) {
  const { say, root } = page;
  page.id = null;
  const state = { file: null };
  const title = el("input.dk-field", { type: "text", placeholder: say("intake.title.hint"), "aria-label": say("draft.title"), maxlength: "200" });
  const text = el("textarea.dk-field.ck-text", { rows: "12", placeholder: say("intake.paste"), "aria-label": say("intake.paste"), spellcheck: "false" });
  const chosen = el("p.ck-chosen", { role: "status" });
  const sources = sourcesForm(say, { archived: page.archived });
  const fault = el("div");
  const go = button(say("intake.go"), () => send(), { kind: "primary" });
  const file = dropPlace(say("intake.upload"), readable, ([one]) => {
    state.file = one;
    text.disabled = title.disabled = true;
    chosen.replaceChildren(el("span", { text: say("sources.chosen", { name: one.name }) }), button(say("intake.unchoose"), () => {
      state.file = null;
      text.disabled = title.disabled = false;
      chosen.replaceChildren();
    }, { kind: "link" }));
  }, { hint: say("sources.kinds") });
  async function send() {
    fault.replaceChildren();
    if (!state.file && !text.value.trim()) {
      text.focus();
      fault.replaceChildren(faultLine(say, { message: say("intake.nothing") }));
      return;
    }
    go.disabled = true;
    go.setAttribute("aria-busy", "true");
    try {
      const given = { ...sources.value(), ...(state.file ? { file: state.file.id } : { title: title.value, text: text.value }) };
      const draft = await page.reading("take_in", given);
      showIntake(page);
      desk.open(draft.id, "write");
    } catch (error) {
      fault.replaceChildren(faultLine(say, error));
    } finally {
      go.disabled = false;
      go.removeAttribute("aria-busy");
    }
  }
  page.typed = () => Boolean(state.file || text.value.trim());
  root.dataset.view = "intake";
  root.replaceChildren(el("div.ck-intake", null,
    el("header", null, el("h2", { text: say("intake.title") }), el("p.quiet", { text: say("intake.lead") })),
    el("div.ck-columns", null,
      el("section.ck-draft", null, el("h3", { text: say("intake.draft") }), file, chosen, el("p.ck-or", { text: say("intake.or") }), title, text),
      el("section.ck-sources", null, el("h3", { text: say("intake.sources") }), sources.node)),
    fault, el("div.ck-foot", null,
      desk.current.draft ? button(say("intake.back"), () => openReport(page, desk.current.draft), { kind: "quiet" }) : null, go)));
}

const REPORTS = ["findings", "evidence", "outcomes", "sources", "rules"];

async function openReport(page, id) {
  const { say, root } = page;
  try {
    page.draft = await page.quietly("draft", { id });
  } catch (fault) {
    showIntake(page);
    return desk.tell(fault);
  }
  page.id = id;
  const tabs = REPORTS.map((name) => el("button.ck-tab", { type: "button", role: "tab", "data-report": name, "aria-selected": "false", onclick: () => showReport(page, name), text: say(`report.${name}`) }));
  page.body = el("div.ck-body", { role: "tabpanel" });
  page.tabs = tabs;
  const strip = el("div.ck-tabs", { role: "tablist", "aria-label": say("report") }, tabs);
  strip.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    next.focus();
    next.click();
  });
  root.dataset.view = "report";
  root.replaceChildren(el("div.ck-report", null,
    el("header.ck-head", null,
      el("div", null, el("p.quiet", { text: say("report.of") }), el("h2", { text: page.draft.title || say("untitled") })),
      el("div.ck-actions", null, button(say("intake.new"), () => showIntake(page), { icon: "＋" }), button(say("report.edit"), () => desk.open(id, "write"), { kind: "primary" }))),
    strip, page.body));
  return showReport(page, page.now);
}

async function showReport(page, name) {
  page.now = name;
  const mine = (page.asked = (page.asked || 0) + 1);
  for (const tab of page.tabs) {
    const here = tab.dataset.report === name;
    tab.setAttribute("aria-selected", String(here));
    tab.tabIndex = here ? 0 : -1;
  }
  page.body.setAttribute("aria-busy", "true");
  let nodes;
  try {
    nodes = await REPORT[name](page);
  } catch (fault) {
    nodes = [faultLine(page.say, fault, () => showReport(page, name))];
  }
  if (mine !== page.asked) return;
  page.body.removeAttribute("aria-busy");
  page.body.replaceChildren(...nodes);
}

/** Goes to the words of a finding or figure in the editor. */
function toEditor(page, place) {
  desk.open(page.id, "write");
  desk.emit("place", { id: page.id, ...place });
}

const REPORT = { findings: findingsReport, evidence: evidenceReport, outcomes: outcomesReport, sources: sourcesReport, rules: rulesReport };

async function findingsReport(page) {
  const { say } = page;
  const review = await page.quietly("review", { id: page.id });
  const places = new Map(page.draft.sections.map((section, index) => [section.id, { index, heading: section.heading }]));
  const redo = async (name, data) => {
    const answer = await page.loudly(name, { id: page.id, version: review.version, ...data });
    if (answer) desk.emit("saved", { id: page.id, version: answer.version, from: "check" });
  };
  const column = findingColumn(say, {
    order: () => (id) => (id === "" ? -1 : places.has(id) ? places.get(id).index : places.size),
    adopt: (finding) => redo("adopt", { key: finding.key }), ignore: (finding) => redo("ignore", { key: finding.key }),
    unignore: (finding) => redo("unignore", { key: finding.key }),
    off: async (finding) => {
      if (await page.loudly("switch_rule", { rule: finding.rule, on: false })) desk.emit("saved", { id: page.id, from: "check" });
    },
    pick: (key) => toEditor(page, { key }), open: (evidence) => desk.emit("source:open", evidence), filtered: () => undefined,
  }, () => null);
  column.show(review);
  column.group.open = true;
  const fixes = review.findings.filter((finding) => finding.fix && !finding.ignored).length;
  return [
    el("div.ck-summary", null, ...coverageTiles(say, review.coverage),
      fixes > 0 ? button(say("adopt.all", { n: fixes }), () => redo("adopt_all", {}), { kind: "soft" }) : null),
    ...review.notes.map((note) => el("p.ck-note", { text: note })),
    review.compared.length ? el("details.quiet.ck-compared", null, el("summary", { text: say("compared", { n: review.compared.length }) }), review.compared.join("；")) : null,
    column.filters, column.cards, column.group,
  ].filter(Boolean);
}

function coverageTiles(say, coverage) {
  return ["seen", "supported", "derived", "unsupported", "not_assessable"].map((name) =>
    el(`div.ck-tile.${name}${coverage[name] ? "" : ".zero"}`, null, el("b", { text: coverage[name] }), el("span", null, el("i", { "aria-hidden": "true", text: FIGURE_SIGNS[name] || "" }), ` ${say(`coverage.${name}`)}`)));
}

function table(say, caption, heads, rows) {
  return el("div.ck-scroll", { tabindex: "0", role: "region", "aria-label": caption }, el("table.ck-table", null,
    el("caption.sr-only", { text: caption }),
    el("thead", null, el("tr", null, heads.map((head) => el("th", { scope: "col", text: head })))),
    el("tbody", null, rows)));
}

const nothing = (say, key) => el("div.ck-none", null, el("p", { text: say(key) }), el("p.quiet", { text: say(`${key}.next`) }));

async function evidenceReport(page) {
  const { say } = page;
  const rows = await page.quietly("evidence_table", { id: page.id });
  if (!rows.length) return [nothing(say, "evidence.none")];
  return [table(say, say("report.evidence"), ["number", "figure", "indicator", "state", "sentence", "source"].map((key) => say(`evidence.${key}`)),
    rows.map((row) => el("tr", null,
      el("td", { text: row.number }),
      el("td", null, el("button.ck-link", { type: "button", text: row.figure, title: say("report.goto"), onclick: () => toEditor(page, row) })),
      el("td", { text: row.indicator }), el("td.fixed", { text: row.state }),
      el("td", null, el("small", { text: row.place }), el("span", { text: row.sentence })),
      el("td", null, el("small", { text: row.source }), row.quote && el("q", { text: row.quote }), row.derivation && el("code", { text: row.derivation })))))];
}

const OUTCOME_SIGNS = { met: "✓", missed: "⨯", told: "○", unreported: "?" };

async function outcomesReport(page) {
  const { say } = page;
  const outcomes = await page.quietly("outcomes", { id: page.id });
  const notes = outcomes.notes.map((note) => el("p.ck-note", { text: note }));
  if (!outcomes.rows.length) return [...notes, nothing(say, "outcomes.none")];
  const evidence = (item) => item && el("button.ck-link", { type: "button", text: item.quote, title: item.place, onclick: () => desk.emit("source:open", item) });
  return [...notes, el("p.quiet", { text: say("outcomes.prior", { titles: outcomes.prior.join("；") }) }),
    table(say, say("report.outcomes"), ["indicator", "target", "outcome", "state", "planned", "told"].map((key) => say(`outcomes.${key}`)),
      outcomes.rows.map((row) => el(`tr.${row.state}`, null,
        el("th", { scope: "row", text: row.indicator }), el("td", { text: row.target }), el("td", null, row.outcome || "—", row.difference && el("small", { text: row.difference })),
        el("td", null, el(`span.ck-state.${row.state}`, null, el("i", { "aria-hidden": "true", text: OUTCOME_SIGNS[row.state] }), ` ${say(`outcome.${row.state}`)}`)),
        el("td", null, evidence(row.planned)), el("td", null, row.told ? el("q", { text: row.told.quote }) : "—"))))];
}

async function sourcesReport(page) {
  const { say } = page;
  const form = sourcesForm(say, { archived: page.archived }, await page.quietly("sources", { id: page.id }));
  const fault = el("div");
  const keep = button(say("sources.keep"), async () => {
    fault.replaceChildren();
    try {
      await page.reading("set_sources", { id: page.id, ...form.value() });
      desk.toast(say("sources.kept"), { kind: "done" });
      desk.emit("saved", { id: page.id, from: "check" });
      page.now = "findings";
    } catch (error) {
      fault.replaceChildren(faultLine(say, error));
    }
  }, { kind: "primary" });
  return [form.node, fault, el("div.ck-foot", null, keep)];
}

async function rulesReport(page) {
  const { say } = page;
  const rules = await page.quietly("rules", {});
  const line = (rule) => {
    const box = el("input", { type: "checkbox", checked: rule.on, role: "switch", "aria-label": say("rule.switch", { name: rule.name }) });
    box.addEventListener("change", async () => {
      if (!(await page.loudly("switch_rule", { rule: rule.id, on: box.checked }))) box.checked = !box.checked;
      else desk.emit("saved", { id: "", from: "check" });
    });
    const { "": first, ...parts } = rule.page;
    return el(`li.ck-rule.${rule.severity}`, null, box, el("details", null,
      el("summary", null, el("span.fi-shape", { "aria-hidden": "true", text: SIGNS[rule.severity] }), el("strong", { text: rule.name }), el("code", { text: rule.id }), el("span.quiet", { text: first || "" })),
      ...Object.entries(parts).flatMap(([heading, text]) => [el("h4", { text: heading }), el("p", { text })])));
  };
  return [el("p.quiet", { text: say("rules.lead", { n: rules.length, off: rules.filter((rule) => !rule.on).length }) }), el("ul.ck-rules", null, rules.map(line))];
}
