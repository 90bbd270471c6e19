// The list of drafts, and the three ways to begin.

/** `acts`: drafts(), open(id), facts(), check(), sample(), rename(row), discard(row), undiscard(id). */
function homePanel(say, acts) {
  const list = el("div.ho-list");
  const node = el("div.ho-panel", null,
    el("div.ho-ways", null, ["facts", "check", "sample"].map((way, index) => el("button.ho-way", { type: "button", onclick: () => acts[way](), "data-way": way },
      el("span.ho-sign", { "aria-hidden": "true", text: ["写", "核", "例"][index] }),
      el("strong", { text: say(`home.${way}`) }), el("span", { text: say(`home.${way}.how`) })))),
    list);

  const row = (draft) => el("li.ho-row", null,
    el("button.ho-open", { type: "button", onclick: () => acts.open(draft.id) },
      el("strong", { text: draft.title || say("untitled") }),
      el("span.ho-facts", null,
        el("span.ho-kind", { text: say(`kind.${draft.kind}`) }),
        el("span", { text: say("home.sections", { n: draft.sections }) }), el("span", { text: say("section.characters", { n: draft.characters }) }),
        draft.open_findings === null ? null : el(`span${draft.open_findings ? ".ho-findings" : ".ho-clean"}`, { text: draft.open_findings ? say("home.findings", { n: draft.open_findings }) : say("home.clean") }),
        draft.job && el("span.ho-job", { text: say("section.writing") })),
      el("time", { text: desk.when(draft.updated), datetime: draft.updated })),
    el("div.ho-tools", null,
      button(say("rename"), () => acts.rename(draft).then(show), { kind: "quiet", "aria-label": say("rename.of", { title: draft.title }) }),
      button(say("discard"), () => discard(draft), { kind: "quiet", "aria-label": say("discard.of", { title: draft.title }) })));

  async function discard(draft) {
    await acts.discard(draft);
    await show();
    const undo = el("div.ho-undo", { role: "status" }, el("span", { text: say("discarded", { title: draft.title }) }),
      button(say("discard.undo"), async () => { await acts.undiscard(draft.id); await show(); }));
    list.prepend(undo);
  }
  async function show() {
    try {
      const drafts = await acts.drafts();
      list.replaceChildren(...(drafts.length
        ? [el("h2", { text: say("home.mine") }), el("ul", null, drafts.map(row))]
        : [el("p.ho-none", { text: say("home.none") })]));
    } catch (fault) {
      list.replaceChildren(faultLine(say, fault, show));
    }
  }
  return { node, show };
}
