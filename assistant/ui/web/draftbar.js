// The bar above an open draft: where one is, what is saved, undo, length, the work that runs, and the steps below it.

function draftBar(page, held, acts, steps) {
  const { say } = page;
  const names = held.view.kind === "checked" ? ["text", "outline"] : ["facts", "outline", "text"];
  const tabs = new Map(names.map((name, index) => [name, el("button.db-step", {
    type: "button", role: "tab", "aria-selected": "false", "data-step": name, onclick: () => go(name),
  }, names.length > 2 && el("span.db-n", { "aria-hidden": "true", text: index + 1 }), el("span", { text: say(`step.${name}`) }))]));
  const state = el("span.db-state", { role: "status" });
  const total = el("span.db-total");
  const undo = button(say("undo"), () => acts.step("undo_draft"), { kind: "quiet", icon: "↶" });
  const redo = button(say("redo"), () => acts.step("redo_draft"), { kind: "quiet", icon: "↷" });
  const write = button(say("write.all"), () => acts.write(null), { kind: "primary" });
  const leave = button(say("export"), () => desk.open(held.id, "revise"), { kind: "soft" });
  const work = el("div.db-job", { hidden: true });
  const body = el("div.db-body");
  const node = el("div.db-root", null,
    el("div.db-bar", null,
      el("button.db-back", { type: "button", "aria-label": say("back"), title: say("back"), onclick: () => back(), text: "‹" }),
      el("div.db-steps", { role: "tablist", "aria-label": say("steps") }, ...tabs.values()),
      el("div.db-right", null, state, total, undo, redo, write, leave)),
    work, body);
  const bar = { node };
  let now = "";
  let kept = false;

  async function back() {
    if (!(await held.flush()) && !(await desk.confirm({ title: say("leave.title"), text: say("leave.text"), yes: say("leave.yes"), danger: true }))) return;
    desk.open(null, "write");
  }
  function go(name) {
    now = name;
    for (const [key, tab] of tabs) tab.setAttribute("aria-selected", String(key === name));
    node.dataset.step = name;
    body.replaceChildren(steps[name]());
    if (name === "text") page.open && page.open.pane.column.arrange();
  }
  bar.go = go;
  bar.step = () => now;
  bar.draw = () => {
    undo.disabled = !held.view.can_undo;
    redo.disabled = !held.view.can_redo;
    const busy = running(held.job);
    const open = held.view.sections.some((section) => !section.text && section.fact_ids.length);
    write.hidden = busy || !open || held.view.kind === "checked";
    write.querySelector("span").textContent = say(held.view.sections.some((section) => section.text) ? "write.rest" : "write.all");
    bar.total();
  };
  bar.total = () => {
    const texts = held.view.sections.map((section) => {
      const editor = page.open && page.open.pane.editors.get(section.id);
      return editor ? editor.area.value : section.text;
    });
    const have = texts.reduce((sum, text) => sum + countCharacters(text), 0);
    const target = held.view.sections.reduce((sum, section) => sum + (section.target || 0), 0);
    total.textContent = target ? say("total.of", { n: have, target }) : say("total", { n: have });
  };
  bar.state = () => {
    const key = `state.${held.state}`;
    state.textContent = say(key, { time: desk.when(held.savedAt), reason: held.fault ? held.fault.message : "" });
    state.dataset.state = held.state;
    state.title = held.fault ? `${held.fault.message}${held.fault.hint ? ` ${held.fault.hint}` : ""}` : "";
    bar.total();
    if (held.pending.size) desk.keep(`pending:${held.id}`, JSON.stringify([...held.pending.values()]));
    else if (kept) desk.drop(`pending:${held.id}`);
    kept = held.pending.size > 0;
  };
  let fading = 0;
  bar.job = (job) => {
    clearTimeout(fading);
    const busy = running(job);
    work.hidden = false;
    work.dataset.state = job.state;
    const words = busy ? say(`job.${job.state}`, job) : job.error ? `${job.error.message} ${job.error.hint || ""}` : job.result || say(`job.${job.state}`, job);
    const told = el("span.db-told", { role: job.error ? "alert" : "status", text: words });
    const share = job.total ? job.done / job.total : 0;
    const parts = busy
      ? [el("span.dk-spin", { "aria-hidden": "true" }), told, el("progress", { max: "1", value: job.total ? share : undefined, "aria-label": say("job.progress") }),
        button(say("stop"), () => held.stop(), { kind: "danger", disabled: job.state === "stopping" })]
      : [told, job.unwritten && job.unwritten.length > 0 && button(say("again"), () => acts.write(job.unwritten), { kind: "soft", title: say("job.again") }),
        button(say("close"), () => { work.hidden = true; }, { kind: "quiet" })];
    work.replaceChildren(...parts.filter(Boolean));
    if (!busy && !job.error) fading = setTimeout(() => { work.hidden = true; }, 12000);
    bar.draw();
  };
  bar.draw();
  bar.state();
  return bar;
}

const running = (job) => Boolean(job) && ["queued", "running", "stopping"].includes(job.state);
