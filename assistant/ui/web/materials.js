// 材料: facts in by paste or upload, shown back as a table with every figure as it was understood.

/** One fact with its figures marked in place; each marked figure tells below how it was read. */
function factText(say, fact) {
  const at = (points) => desk.units(fact.text, points);
  const nodes = [];
  let last = 0;
  for (const figure of [...fact.figures].sort((a, b) => a.start - b.start)) {
    const [start, end] = [at(figure.start), at(figure.end)];
    if (start < last) continue;
    nodes.push(fact.text.slice(last, start), el(`mark.ma-figure${figure.masked ? ".masked" : ""}`, { text: fact.text.slice(start, end), title: figure.reading }));
    last = end;
  }
  return [...nodes, fact.text.slice(last)];
}

/** How one figure was understood; its own words stand first and are not said twice. */
function readingLine(say, figure) {
  const told = figure.masked ? say("facts.masked") : figure.reading;
  const rest = told.startsWith(`${figure.text} · `) ? told.slice(figure.text.length) : ` ${told}`;
  return el(`li${figure.masked ? ".masked" : ""}`, null, el("b", { text: figure.text }), rest);
}

/** The table of facts: heading rows, then fact | how its figures were understood. */
function factsTable(say, facts) {
  const rows = facts.sections.flatMap((section) => [
    section.heading && el("tr.ma-heading", { "data-level": section.level }, el("th", { colspan: "2", scope: "colgroup", text: section.heading })),
    ...section.facts.map((fact) => el("tr", null,
      el("td.ma-fact", null, factText(say, fact)),
      el("td.ma-readings", null, fact.figures.length
        ? el("ul", null, fact.figures.map((figure) => readingLine(say, figure)))
        : el("span.quiet", { text: say("facts.nofigure") })))),
  ]);
  return el("table.ma-table", null,
    el("caption.sr-only", { text: say("facts.table") }),
    el("thead", null, el("tr", null, el("th", { scope: "col", text: say("facts.fact") }), el("th", { scope: "col", text: say("facts.reading") }))),
    el("tbody", null, rows));
}

function factsSummary(say, facts) {
  const all = facts.sections.flatMap((section) => section.facts);
  const figures = all.flatMap((fact) => fact.figures);
  const masked = figures.filter((figure) => figure.masked).length;
  return el("div.ma-summary", { role: "status" },
    el("span", null, el("b", { text: all.length }), ` ${say("facts.count")}`),
    el("span", null, el("b", { text: figures.length - masked }), ` ${say("facts.figures")}`),
    masked > 0 && el("span.masked", null, el("b", { text: masked }), ` ${say("facts.maskedcount")}`),
    facts.organisation && el("span", { text: facts.organisation }), facts.year && el("span", { text: say("facts.year", { year: facts.year }) }));
}

/** A place to drop or choose files; `take(files)` gets what arrived: [{id, name, size}]. */
function dropPlace(label, accept, take, { many = false, hint = null } = {}) {
  const place = el("desk-drop", { label, accept, multiple: many, hint });
  place.addEventListener("files", (event) => take(event.detail));
  return place;
}

/**
 * The panel of facts. `acts`: read(text), readFile(file), template(format), accept(text, facts), cancel().
 * `text` is what is there already; `settled` names the button that takes the facts.
 */
function materialsPanel(say, acts, { text = "", facts = null, settled }) {
  const area = el("textarea.ma-area", { rows: "14", placeholder: say("facts.placeholder"), "aria-label": say("facts.paste"), spellcheck: "false", value: text });
  const before = area.value; // as the browser holds it, with its own line ends
  const result = el("div.ma-result", { "aria-live": "polite" });
  const take = button(settled, () => accept(), { kind: "primary", disabled: true });
  const state = { facts: null, busy: 0 };
  const templates = ["md", "docx", "xlsx"].map((format) => button(`.${format}`, () => acts.template(format), { kind: "link" }));
  const node = el("div.ma-panel", null,
    el("div.ma-give", null,
      el("header", null, el("h2", { text: say("facts.title") }), el("p.quiet", { text: say("facts.lead") })),
      dropPlace(say("facts.upload"), ".md,.txt,.docx,.xlsx,.csv,.pdf", ([file]) => readFile(file)),
      area,
      el("p.ma-templates", null, el("span", { text: say("facts.template") }), ...templates,
        button(say("facts.sample"), () => acts.sample(), { kind: "link" }))),
    el("div.ma-shown", null, result,
      el("div.ma-foot", null, button(say("cancel"), () => acts.cancel(), { kind: "quiet" }), take)));

  const show = (facts) => {
    state.facts = facts;
    take.disabled = false;
    result.replaceChildren(
      el("h3", { text: facts.title || facts.name || say("facts.untitled") }), factsSummary(say, facts),
      ...facts.notes.map((note) => el("p.ma-note", { text: note })), factsTable(say, facts));
  };
  const empty = () => {
    state.facts = null;
    take.disabled = true;
    result.replaceChildren(el("div.ma-empty", null, el("h3", { text: say("facts.empty") }), el("p", { text: say("facts.empty.how") }),
      el("pre", { text: say("facts.example") })));
  };
  async function run(read) {
    const mine = (state.busy += 1);
    result.setAttribute("aria-busy", "true");
    try {
      const facts = await read();
      if (mine === state.busy) show(facts);
      return facts;
    } catch (fault) {
      if (mine !== state.busy) return null;
      take.disabled = true;
      result.replaceChildren(faultLine(say, fault));
      return null;
    } finally {
      if (mine === state.busy) result.removeAttribute("aria-busy");
    }
  }
  async function readFile(file) {
    const facts = await run(() => acts.readFile(file));
    if (facts) area.value = facts.text;
  }
  const read = debounced(() => (area.value.trim() ? run(() => acts.read(area.value)) : empty()), 400);
  area.addEventListener("input", (event) => event.isComposing || read());
  area.addEventListener("compositionend", read);
  async function accept() {
    take.disabled = true;
    try {
      await acts.accept(area.value, state.facts);
    } catch (fault) {
      take.disabled = false;
      result.prepend(faultLine(say, fault));
    }
  }
  if (facts) show(facts);
  else empty();
  return { node, accept, changed: () => area.value !== before, fill(value) { area.value = value; read(); } };
}
