// 修订·导出: the ways out of the desk, and what the draft looked like before.

const EXPORTS = [["docx", "W"], ["docx-comments", "批"], ["md", "M"], ["evidence", "表"]];

function mountRevise(root, server) {
  const say = wordingOf(words);
  const page = {
    root, say, id: null, waiting: true,
    quietly: (name, data) => desk.call(server, name, data, { quiet: true }), loudly: (name, data) => desk.call(server, name, data).catch(() => undefined), // told already; undefined: it failed
  };
  const look = () => {
    if (root.offsetParent === null) page.waiting = true;
    else {
      page.waiting = false;
      showRevisions(page);
    }
  };
  desk.on("draft", look);
  desk.on("saved", ({ id, from }) => id === page.id && from !== "revise" && (page.waiting = true));
  desk.on("tab", ({ tab }) => tab === "revise" && requestAnimationFrame(() => page.waiting && look()));
  requestAnimationFrame(look);
  return page;
}

async function showRevisions(page) {
  const { say, root } = page;
  page.id = desk.current.draft;
  if (!page.id) {
    root.replaceChildren(el("div.rv-none", null, el("h2", { text: say("revise.none") }), el("p.quiet", { text: say("revise.none.next") }),
      button(say("revise.choose"), () => desk.show("write"), { kind: "primary" })));
    return;
  }
  try {
    const [draft, rows] = await Promise.all([page.quietly("draft", { id: page.id }), page.quietly("revisions", { id: page.id })]);
    root.replaceChildren(el("div.rv-root", null,
      el("header.rv-head", null, el("p.quiet", { text: say("revise.of") }), el("h2", { text: draft.title || say("untitled") })),
      exportsOf(page), historyOf(page, rows, bringBack(page, draft))));
  } catch (fault) {
    root.replaceChildren(faultLine(say, fault, () => showRevisions(page)));
  }
}

function exportsOf(page) {
  const { say } = page;
  const addressee = el("input.dk-field", { type: "text", maxlength: "100", placeholder: say("export.addressee.hint") });
  const signed = el("input.dk-field", { type: "date" });
  const tracked = el("input", { type: "checkbox" });
  const options = () => ({ addressee: addressee.value.trim(), signed: signed.value, tracked: tracked.checked });
  return el("section.rv-exports", { "aria-label": say("exports") }, el("h3", { text: say("exports") }), el("div.rv-ways", null, EXPORTS.map(([format, sign]) => {
    const way = el("button.rv-way", { type: "button", "data-format": format, onclick: () => leave() },
      el("span.rv-sign", { "aria-hidden": "true", text: sign }), el("strong", { text: say(`export.${format}`) }), el("span", { text: say(`export.${format}.how`) }));
    async function leave() {
      way.disabled = true;
      way.setAttribute("aria-busy", "true");
      const file = await page.loudly("export", { id: page.id, format, ...options() });
      way.disabled = false;
      way.removeAttribute("aria-busy");
      way.focus();
      if (!file) return;
      desk.download(file.file);
      desk.toast(say("exported", { name: file.name }), { kind: "done" });
    }
    return way;
  })), el("details.rv-options", null, el("summary", { text: say("export.options") }), el("div", null,
    el("label", null, el("span", { text: say("export.addressee") }), addressee),
    el("label", null, el("span", { text: say("export.signed") }), signed),
    el("label.rv-tracked", null, tracked, el("span", { text: say("export.tracked") })))));
}

/** A Word file that was edited elsewhere comes back as one revision of this draft. */
function bringBack(page, draft) {
  const { say } = page;
  const place = el("desk-drop", { label: say("back.file"), accept: ".docx", hint: say("back.how") });
  place.addEventListener("files", async ({ detail: [file] }) => {
    const now = await page.loudly("bring_back", { id: draft.id, version: draft.version, file: file.id });
    if (!now) return;
    desk.emit("saved", { id: draft.id, version: now.version, from: "revise" });
    desk.toast(say("back.done"), { kind: "done" });
    showRevisions(page);
  });
  return el("div.rv-back", null, place);
}

/** The list of revisions at the left, two of them compared at the right. */
function historyOf(page, rows, back) {
  const { say } = page;
  const out = el("div.rv-diff", { "aria-live": "polite" });
  const list = el("ol.rv-list");
  const newest = rows.find((row) => row.current) || rows[0];
  const before = rows[rows.indexOf(newest) + 1] || newest;
  const chosen = { a: before && before.number, b: newest && newest.number };
  const pick = (row, side) => el("input", {
    type: "radio", name: `revision-${side}`, value: row.number, checked: chosen[side] === row.number,
    "aria-label": say(`revise.${side}`, { n: row.number }), onchange: () => { chosen[side] = row.number; compare(); },
  });
  list.append(el("li.rv-heads", { "aria-hidden": "true" }, el("span", { text: say("revise.old") }), el("span", { text: say("revise.new") })), ...rows.map((row) => el(`li.rv-row${row.current ? ".current" : ""}`, null,
    pick(row, "a"), pick(row, "b"),
    el("div", null, el("strong", { text: row.why }), el("span.quiet", null, el("time", { datetime: row.when, text: desk.when(row.when) }), ` · ${say("revise.n", { n: row.number })} · ${say("section.characters", { n: row.characters })}`)),
    row.current ? el("span.rv-now", { text: say("revise.current") }) : button(say("revise.restore"), () => restore(row), { kind: "quiet", "aria-label": say("revise.restore.of", { n: row.number }) }))));

  async function compare() {
    if (chosen.a === chosen.b) return out.replaceChildren(el("p.quiet", { text: say("revise.same") }));
    const [a, b] = [Math.min(chosen.a, chosen.b), Math.max(chosen.a, chosen.b)];
    try {
      const sections = await page.quietly("compare", { id: page.id, a, b });
      return out.replaceChildren(...comparison(say, sections, a, b));
    } catch (fault) {
      return out.replaceChildren(faultLine(say, fault, compare));
    }
  }
  async function restore(row) {
    const sure = await desk.confirm({ title: say("revise.restore.ask", { n: row.number }), text: say("revise.restore.text"), yes: say("revise.restore") });
    if (!sure) return;
    const draft = await page.loudly("restore", { id: page.id, number: row.number });
    if (!draft) return;
    desk.emit("saved", { id: page.id, version: draft.version, from: "revise" });
    desk.toast(say("revise.restored", { n: row.number }), { kind: "done" });
    showRevisions(page);
  }
  if (rows.length) compare();
  return el("section.rv-history", { "aria-label": say("revise.title") },
    el("div.rv-side", null, el("h3", { text: say("revise.title") }), el("p.quiet.rv-legend", { text: say("revise.pick") }), list, back),
    out);
}

/** Only what changed, with a little around it; gone and new differ by sign and line, not by colour alone. */
function comparison(say, sections, a, b) {
  const changed = sections.filter((section) => section.ops.some(([sign]) => sign !== "="));
  const size = (wanted) => changed.reduce((sum, section) => sum + section.ops.filter(([sign]) => sign === wanted).reduce((n, [, text]) => n + Array.from(text).length, 0), 0);
  const [added, removed] = [size("+"), size("-")];
  const heading = el("header", null, el("h3", { text: say("revise.between", { a, b }) }),
    el("p", null, added > 0 && el("ins", { text: say("revise.added", { n: added }) }), " ", removed > 0 && el("del", { text: say("revise.removed", { n: removed }) })));
  if (!changed.length) return [heading, el("p.quiet", { text: say("revise.nothing") })];
  return [heading, ...changed.map((section) => el("article.rv-section", null, el("h4", { text: section.heading || say("draft.title") }),
    el("p.rv-text", null, section.ops.map(([sign, text], index) => changeNode(say, sign, text, index === 0, index === section.ops.length - 1)))))];
}

const AROUND = 60;

function changeNode(say, sign, text, first, last) {
  if (sign === "+") return el("ins", null, el("span.sr-only", { text: say("revise.ins") }), text);
  if (sign === "-") return el("del", null, el("span.sr-only", { text: say("revise.del") }), text);
  const letters = Array.from(text);
  if (letters.length <= AROUND * 2 + 20) return document.createTextNode(text);
  const head = first ? "" : letters.slice(0, AROUND).join("");
  const tail = last ? "" : letters.slice(-AROUND).join("");
  return document.createTextNode(`${head} … ${tail}`);
}
