// 本句依据: what the sentence under the cursor rests on.

/** The panel; `ask(section, position)` gets a WhyView, `open(citation)` shows a source. */
function basisPanel(say, acts) {
  const node = el("div.ba-panel", { "aria-live": "polite" });
  let wanted = 0;
  const panel = { node, why: null };
  const quiet = (text) => node.replaceChildren(el("p.ba-quiet", { text }));
  quiet(say("basis.none"));

  panel.look = async (sectionId, position) => {
    const mine = (wanted += 1);
    let why;
    try {
      why = await acts.why(sectionId, position);
    } catch (fault) {
      if (mine === wanted) quiet(fault.message || say("basis.none"));
      return;
    }
    if (mine !== wanted) return;
    panel.why = why;
    if (why && why.text) node.replaceChildren(...basisOf(say, why, acts));
    else quiet(say("basis.none"));
  };
  return panel;
}

function basisOf(say, why, acts) {
  const group = (key, items) => (items.length ? [el("h3", { text: say(key, { n: items.length }) }), el("ul", null, items)] : []);
  const nothing = !why.facts.length && !why.citations.length;
  return [
    el("p.ba-sentence", { text: why.text }),
    el("p.ba-role", null,
      el(`span.ba-tag.${why.role}`, { text: say(`role.${why.role}`) }),
      button(say(why.locked ? "lock.off" : "lock.on"), () => acts.lock(why), { kind: "quiet", "aria-pressed": String(why.locked) })),
    ...group("basis.facts", why.facts.map((fact) => el("li.ba-fact", null, el("span", { text: fact.text }), el("small", { text: fact.place })))),
    ...group("basis.citations", why.citations.map((citation) => el("li", null, citationLine(say, citation, acts.open)))),
    ...group("basis.figures", why.figures.map((figure) => figureLine(say, figure, acts.open))),
    ...(nothing ? [el("p.ba-quiet", { text: say(`basis.why.${why.role}`) })] : []),
  ];
}

/** A quoted passage with its place: title, heading path, page. */
function citationLine(say, citation, open) {
  const page = citation.page ? say("place.page", { n: citation.page }) : "";
  const paragraph = citation.paragraph !== null && citation.paragraph !== undefined ? say("place.paragraph", { n: citation.paragraph }) : "";
  const where = [citation.title, ...citation.heading_path, page, paragraph].filter(Boolean).join(" · ");
  return el("button.ba-citation", { type: "button", onclick: () => open(citation), title: say("evidence.open") },
    el("q", { text: citation.quote }), el("small", { text: where }));
}

const FIGURE_SIGNS = { supported: "✓", derived: "∑", unsupported: "?", masked: "□", not_assessable: "–" };

function figureLine(say, figure, open) {
  const source = figure.source;
  const where = source ? whereLine(say, source) : say(`figure.none.${figure.state}`);
  return el(`li.ba-figure.${figure.state}`, null,
    el("span.ba-sign", { "aria-hidden": "true", text: FIGURE_SIGNS[figure.state] }),
    el("div", null,
      el("strong", { text: figure.text }), ` ${say(`figure.${figure.state}`)}`, figure.indicator && ` · ${figure.indicator}`,
      figure.formula && el("code", { text: figure.formula }),
      source && source.document_id && !["draft", "facts"].includes(source.source)
        ? el("button.ba-citation", { type: "button", onclick: () => open(source), title: say("evidence.open") }, el("q", { text: source.quote }), el("small", { text: where }))
        : el("small", { text: source ? `${where}：${source.quote}` : where })));
}
