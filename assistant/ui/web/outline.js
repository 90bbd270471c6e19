// 提纲: headings in order, with their level and how long they should be. Every change is saved; nothing waits for a button.

/** The outline of the draft `held`; `acts.after()` runs when the writer goes on to the text. */
function outlineEditor(say, held, acts) {
  const list = el("ol.ol-list", { "aria-label": say("outline.list") });
  const state = el("span.ol-state", { role: "status" });
  const node = el("div.ol-panel", null,
    el("header", null, el("h2", { text: say("outline.title") }), el("p.quiet", { text: say("outline.lead") })),
    list,
    el("div.ol-foot", null,
      button(say("outline.add"), () => add(rows.length), { icon: "＋" }),
      button(say("outline.renumber"), () => renumber(), { kind: "quiet", title: say("outline.renumber.how") }), state,
      button(say("outline.go"), () => go(), { kind: "primary" })));
  let rows = [];
  let opening = []; // the opening of a report has neither heading nor facts: it stays in front and is not shown here
  let sending = null;
  let dragged = null;
  let asked = false; // to count headings anew with the next change

  const isOpening = (section) => section.level === 0;
  const rowOf = (section) => ({ id: section.id, heading: section.heading, level: section.level, target: section.target, facts: section.fact_ids.length, written: Boolean(section.text) });
  const show = (view) => {
    if (sending || send.waiting) return;
    opening = view.sections.filter(isOpening).map(rowOf);
    rows = view.sections.filter((section) => !isOpening(section)).map(rowOf);
    draw();
  };
  const draw = () => {
    const focused = document.activeElement && list.contains(document.activeElement) ? document.activeElement.dataset : null;
    list.replaceChildren(...rows.map((row, index) => line(row, index)));
    if (focused && focused.row) {
      const again = [...list.querySelectorAll(`[data-part="${focused.part}"]`)].find((item) => item.dataset.row === focused.row);
      if (again && !again.disabled) again.focus();
    }
  };
  const name = (row) => row.id || `new-${rows.indexOf(row)}`;

  function line(row, index) {
    const part = (kind) => ({ "data-part": kind, "data-row": name(row) });
    const tool = (kind, sign, run, off) => el("button.ol-tool", {
      type: "button", "aria-label": say(`outline.${kind}`, { heading: row.heading }), title: say(`outline.${kind}`, { heading: row.heading }),
      text: sign, disabled: off, onclick: run, ...part(kind),
    });
    const item = el("li.ol-row", { "data-level": row.level, "data-row": name(row) },
      el("span.ol-grip", { draggable: "true", title: say("outline.drag"), "aria-hidden": "true", text: "⠿" }),
      el("select.ol-level", { "aria-label": say("outline.level"), onchange: (event) => change(row, { level: Number(event.target.value) }), ...part("level") },
        [1, 2, 3].map((n) => el("option", { value: n, text: say(`outline.level.${n}`), selected: n === row.level }))),
      el("input.ol-heading", { type: "text", value: row.heading, "aria-label": say("section.heading"), oninput: (event) => change(row, { heading: event.target.value }, false), ...part("heading") }),
      el("span.ol-facts", { text: row.facts ? say("outline.facts", { n: row.facts }) : "" }),
      el("label.ol-target", null, el("input", {
        type: "number", min: "0", max: "20000", step: "50", value: row.target || "", placeholder: say("outline.target.short"), "aria-label": say("outline.target"),
        oninput: (event) => change(row, { target: Number(event.target.value) || null }, false), ...part("target"),
      }), el("span", { text: say("outline.words") })),
      el("span.ol-tools", null,
        tool("up", "↑", () => shift(index, -1), index === 0), tool("down", "↓", () => shift(index, 1), index === rows.length - 1),
        tool("below", "＋", () => add(index + 1)), tool("remove", "×", () => remove(row), rows.length === 1)));
    item.addEventListener("keydown", (event) => {
      if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      shift(index, event.key === "ArrowUp" ? -1 : 1);
    });
    dragging(item, row);
    return item;
  }
  function dragging(item, row) {
    item.querySelector(".ol-grip").addEventListener("dragstart", (event) => {
      dragged = row;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.heading);
      event.dataTransfer.setDragImage(item, 10, 10);
    });
    item.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      const after = event.offsetY > item.offsetHeight / 2;
      item.dataset.drop = after ? "after" : "before";
    });
    item.addEventListener("dragleave", () => delete item.dataset.drop);
    item.addEventListener("drop", (event) => {
      event.preventDefault();
      const after = item.dataset.drop === "after";
      delete item.dataset.drop;
      if (!dragged || dragged === row) return;
      rows = rows.filter((other) => other !== dragged);
      rows.splice(rows.indexOf(row) + (after ? 1 : 0), 0, dragged);
      dragged = null;
      draw();
      send();
    });
    item.addEventListener("dragend", () => { dragged = null; });
  }
  function change(row, values, redraw = true) {
    Object.assign(row, values);
    if (redraw) draw();
    send();
  }
  function shift(index, step) {
    const to = index + step;
    if (to < 0 || to >= rows.length) return;
    [rows[index], rows[to]] = [rows[to], rows[index]];
    draw();
    send();
  }
  function add(at) {
    const beside = rows[Math.min(at, rows.length) - 1];
    rows.splice(at, 0, { id: null, heading: say("outline.new"), level: beside ? beside.level : 1, target: null, facts: 0, written: false });
    draw();
    const input = list.children[at].querySelector(".ol-heading");
    input.focus();
    input.select();
    send();
  }
  async function remove(row) {
    if (row.written || row.facts) {
      const key = row.written ? "outline.remove.written" : "outline.remove.facts";
      const sure = await ask({
        heading: say("outline.remove", { heading: row.heading }), lines: [say(key, { n: row.facts })],
        choices: [{ label: say("cancel"), value: null }, { label: say("outline.remove.yes"), value: "yes", kind: "danger" }],
      });
      if (!sure) return;
    }
    rows = rows.filter((other) => other !== row);
    draw();
    send();
  }

  const later = debounced(() => push(), 400);
  function send() {
    send.waiting = true;
    state.textContent = say("state.saving");
    later();
  }
  /** Sends the rows as they stand; rows made here get their names from the answer, by their order. */
  async function push() {
    later.cancel();
    if (sending) await sending;
    if (!send.waiting) return true;
    send.waiting = false;
    const sent = [...opening, ...rows.filter((row) => row.id || row.heading.trim())];
    sending = put(sent);
    try {
      const view = await sending;
      sending = null;
      state.textContent = say("state.saved", { time: desk.when(new Date().toISOString()) });
      held.takeDraft(view);
      return true;
    } catch (fault) {
      sending = null;
      state.textContent = fault.message;
      if (fault.code === "draft.changed") await held.refresh();
      return false;
    }
  }
  async function renumber() {
    if (!(await push())) return;
    asked = true;
    send();
    if (await push()) show(held.view);
  }
  async function put(sent) {
    const again = asked;
    asked = false;
    let view = await held.call("set_outline", { id: held.id, version: held.version, renumber: again, rows: sent.map(({ id, heading, level }) => ({ id, heading, level })) });
    sent.forEach((row, index) => { row.id = view.sections[index].id; });
    for (const row of sent) {
      if (row.target === view.sections.find((section) => section.id === row.id).target) continue;
      view = await held.call("set_target", { id: held.id, section_id: row.id, target: row.target });
    }
    return view;
  }
  async function go() {
    if (await push()) acts.after();
  }
  return { node, show, push };
}
