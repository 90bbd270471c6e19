// Findings beside the text: one card each, as near to its words as the others leave room.

const SEVERITIES = ["error", "warning", "note"];

/** The evidence of a finding: each line opens its place in the source. */
function evidenceList(say, evidence, open) {
  return el("ul.fi-evidence", null, evidence.map((item) => {
    const where = whereLine(say, item);
    const opens = Boolean(item.document_id) && !["draft", "facts"].includes(item.source);
    return el("li", null,
      el("span.fi-where", { text: where }),
      opens
        ? el("button.fi-quote", { type: "button", onclick: () => open(item), title: say("evidence.open"), text: item.quote })
        : el("q.fi-quote", { text: item.quote }));
  }));
}

/** One card. Its content is drawn again only when the finding changed. */
function findingCard(say, finding, acts) {
  const label = `${say(`severity.${finding.severity}`)} · ${finding.rule_name}`;
  const card = el(`article.fi-card.${finding.severity}${finding.ignored ? ".ignored" : ""}`, {
    "data-key": finding.key, tabindex: "0", "aria-label": `${label}：${finding.message}`,
  },
  el("header", null,
    el("span.fi-shape", { "aria-hidden": "true", text: SIGNS[finding.severity] }),
    el("span.fi-severity", { text: say(`severity.${finding.severity}`) }),
    el("span.fi-rule", { text: finding.rule_name, title: finding.rule })),
  el("p.fi-message", { text: finding.message }),
  el("div.fi-more", null,
    finding.words && el("p.fi-words", null, el("span", { text: say("finding.words") }), el("q", { text: finding.words })),
    finding.formula && el("p.fi-formula", null, el("span", { text: say("finding.formula") }), el("code", { text: finding.formula })),
    finding.evidence.length > 0 && evidenceList(say, finding.evidence, acts.open)),
  finding.fix && !finding.ignored && el("p.fi-fix", null,
    el("span", { text: say("finding.fix") }), el("del", { text: finding.fix.old }), " → ", el("ins", { text: finding.fix.text || say("finding.delete") })),
  el("div.fi-foot", null,
    finding.fix && !finding.ignored && button(say("finding.adopt"), () => acts.adopt(finding), { kind: "primary" }),
    finding.ignored
      ? button(say("finding.unignore"), () => acts.unignore(finding))
      : button(say("finding.ignore"), () => acts.ignore(finding), { title: say("finding.ignore.why") }),
    button(say("finding.off"), () => acts.off(finding), { kind: "quiet", title: say("finding.off.why") })));
  card.addEventListener("click", (event) => {
    if (!event.target.closest("button")) acts.pick(finding.key, false);
  });
  card.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === card) {
      event.preventDefault();
      acts.pick(finding.key, true);
    }
  });
  return card;
}

/** Findings about the draft as a whole have no words to stand beside: they share a group above the others. */
const ofWhole = (finding) => finding.section_id === "" && !finding.fix;

/** The column of cards: filters, cards, their places. `placed(finding, from)` gives a card's wished top below `from`, null when unknown. */
function findingColumn(say, acts, placed) {
  const shown = { severities: new Set(SEVERITIES), rule: "", ignored: false };
  const filters = el("div.fi-filters", { role: "group", "aria-label": say("findings.filter") });
  const cards = el("div.fi-cards");
  const whole = el("div.fi-grouped");
  const groupHead = el("summary");
  const group = el("details.fi-group", { hidden: true }, groupHead, whole);
  const column = { filters, group, cards, review: null, known: new Map(), active: null };
  group.addEventListener("toggle", () => column.arrange());

  column.list = () => {
    const order = acts.order();
    const findings = column.review ? column.review.findings : [];
    return findings
      .filter((f) => f.ignored === shown.ignored && shown.severities.has(f.severity) && (!shown.rule || f.rule === shown.rule))
      .sort((a, b) => order(a.section_id) - order(b.section_id) || (a.field === "text") - (b.field === "text") || a.start - b.start);
  };
  column.show = (review) => {
    column.review = review;
    drawFilters();
    const wanted = column.list();
    const keep = new Set(wanted.map((finding) => finding.key));
    for (const [key, { card }] of column.known) {
      if (keep.has(key)) continue;
      card.remove();
      column.known.delete(key);
    }
    const inWhole = wanted.filter(ofWhole);
    const inPlace = wanted.filter((finding) => !ofWhole(finding));
    inWhole.reduce((before, finding) => put(finding, before, whole), null);
    inPlace.reduce((before, finding) => put(finding, before, cards), null);
    group.hidden = !inWhole.length;
    groupHead.replaceChildren(el("strong", { text: say("findings.whole", { n: inWhole.length }) }), el("span", { text: [...new Set(inWhole.map((finding) => finding.rule_name))].join("、") }));
    drawEmpty(wanted.length);
    column.activate(column.active);
    column.arrange();
  };
  /** What can be gone through: findings of the whole draft count while their group is open. */
  column.steps = () => column.list().filter((finding) => group.open || !ofWhole(finding));
  /** A card is made anew only when what it says changed; else it stays the node it was (focus and all). */
  function put(finding, before, into) {
    const { number, start, end, ...said } = finding;
    const said_ = JSON.stringify(said);
    let known = column.known.get(finding.key);
    if (!known || known.said !== said_) {
      const card = findingCard(say, finding, acts);
      if (known) known.card.replaceWith(card);
      known = { card, said: said_ };
      column.known.set(finding.key, known);
    }
    known.finding = finding;
    const next = before ? before.nextSibling : into.firstChild;
    if (next !== known.card) into.insertBefore(known.card, next);
    return known.card;
  }
  function drawEmpty(n) {
    const old = cards.querySelector(".fi-none");
    if (old) old.remove();
    if (n || !column.review) return;
    const all = column.review.findings.some((finding) => !finding.ignored);
    const key = shown.ignored ? "findings.none.ignored" : all ? "findings.none.filtered" : "findings.none";
    const seen = column.review.coverage;
    cards.append(el("div.fi-none", null, el("p", { text: say(key) }),
      !all && !shown.ignored && seen.seen > 0 && el("p.quiet", { text: say("coverage", seen) })));
  }
  function drawFilters() {
    const findings = column.review ? column.review.findings : [];
    const open = findings.filter((finding) => finding.ignored === shown.ignored);
    const chips = SEVERITIES.map((severity) => {
      const n = open.filter((finding) => finding.severity === severity).length;
      return el(`button.fi-chip.${severity}`, {
        type: "button", "aria-pressed": String(shown.severities.has(severity)), onclick: () => toggle(severity), "data-chip": severity,
      }, el("span.fi-shape", { "aria-hidden": "true", text: SIGNS[severity] }), `${say(`severity.${severity}`)} ${n}`);
    });
    const rules = [...new Map(open.map((finding) => [finding.rule, finding.rule_name]))];
    if (shown.rule && !rules.some(([id]) => id === shown.rule)) shown.rule = "";
    const choose = el("select", { "aria-label": say("findings.rule"), onchange: (event) => again(() => { shown.rule = event.target.value; }) },
      el("option", { value: "", text: say("findings.rule.all") }),
      rules.map(([id, name]) => el("option", { value: id, text: name, selected: id === shown.rule })));
    const ignored = findings.filter((finding) => finding.ignored).length;
    const focused = document.activeElement && filters.contains(document.activeElement) ? document.activeElement.dataset.chip : null;
    filters.replaceChildren(...chips, choose,
      ...(ignored || shown.ignored ? [el("button.fi-chip", {
        type: "button", "aria-pressed": String(shown.ignored), onclick: () => again(() => { shown.ignored = !shown.ignored; }),
        text: say("findings.ignored", { n: ignored }),
      })] : []));
    if (focused) filters.querySelector(`[data-chip="${focused}"]`).focus();
  }
  function again(change) {
    change();
    column.show(column.review);
    acts.filtered(column.list());
  }
  const toggle = (severity) => again(() => {
    if (!shown.severities.delete(severity)) shown.severities.add(severity);
  });
  column.activate = (key) => {
    column.active = key;
    for (const [own, { card }] of column.known) {
      card.classList.toggle("active", own === key);
      if (own === key) card.setAttribute("aria-current", "true");
      else card.removeAttribute("aria-current");
    }
  };
  column.arrange = () => arrangeCards(column, placed);
  return column;
}

/** Puts cards beside their words: the active one exactly, those above it pushed up, those below pushed down. */
function arrangeCards(column, placed) {
  const { cards } = column;
  const list = [...cards.querySelectorAll(".fi-card")].map((card) => column.known.get(card.dataset.key)).filter(Boolean);
  const free = getComputedStyle(cards).position !== "relative";
  if (free || !list.length) {
    for (const { card } of list) card.style.top = "";
    cards.style.height = "";
    return;
  }
  const gap = 8;
  const from = cards.getBoundingClientRect().top;
  const boxes = list.map(({ card, finding }) => ({ card, height: card.offsetHeight, wish: placed(finding, from), key: finding.key }));
  let low = 0;
  for (const box of boxes) {
    box.top = Math.max(low, box.wish === null ? low : box.wish);
    low = box.top + box.height + gap;
  }
  const at = boxes.findIndex((box) => box.key === column.active);
  if (at > 0 && boxes[at].wish !== null && boxes[at].top > boxes[at].wish) {
    let high = boxes[at].top = Math.max(boxes[at].wish, boxes.slice(0, at).reduce((sum, box) => sum + box.height + gap, 0));
    for (let i = at - 1; i >= 0; i -= 1) high = boxes[i].top = Math.min(boxes[i].top, high - boxes[i].height - gap);
    low = boxes[at].top + boxes[at].height + gap;
    for (let i = at + 1; i < boxes.length; i += 1) {
      boxes[i].top = Math.max(low, boxes[i].wish === null ? low : boxes[i].wish);
      low = boxes[i].top + boxes[i].height + gap;
    }
  }
  for (const { card, top } of boxes) {
    const at = `${Math.round(top)}px`;
    if (card.style.top !== at) card.style.top = at;
  }
  cards.style.height = `${Math.round(low)}px`;
}
