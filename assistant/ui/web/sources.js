// What a draft is held against: facts, last year's report, other documents, the archive.

/**
 * The form of sources. `acts.archived()` gives the archive's documents [{id, title, year, organisation}].
 * `value()` is what was chosen: {facts, prior, documents, archive}; uploads stand as {file: id}, archived ones as {id}.
 */
function sourcesForm(say, acts, now = null) {
  const state = {
    facts: null, archive: now ? now.archive : true,
    prior: now ? now.prior.map((one) => ({ id: one.id, name: one.title })) : [],
    documents: now ? now.documents.map((one) => ({ id: one.id, name: one.title })) : [],
  };
  const touched = new Set();
  const filled = [];
  const factsText = el("textarea.dk-field", { rows: "4", placeholder: say("sources.facts.paste"), "aria-label": say("sources.facts.paste"), spellcheck: "false" });
  const factsNow = el("p.quiet", { text: now && now.facts ? say("sources.facts.now", { name: now.facts_name, n: now.facts }) : "" });
  const factsFile = dropPlace(say("sources.facts.file"), ".md,.txt,.docx,.xlsx,.csv,.pdf", ([file]) => {
    state.facts = { file: file.id };
    factsText.value = "";
    factsNow.textContent = say("sources.chosen", { name: file.name });
  });
  const archive = el("input", { type: "checkbox", checked: state.archive, onchange: (event) => { state.archive = event.target.checked; } });
  let archived = [];
  const node = el("div.so-form", null,
    el("fieldset", null, el("legend", { text: say("sources.facts") }), el("p.quiet", { text: say("sources.facts.why") }), factsNow, factsText, factsFile),
    part("prior"), part("documents"),
    el("label.so-archive", null, archive, el("span", null, el("strong", { text: say("sources.archive") }), el("small", { text: say("sources.archive.why") }))));

  function part(name) {
    const list = el("ul.so-list");
    const choose = el("select.dk-field", { "aria-label": say("sources.choose") }, el("option", { value: "", text: say("sources.choose") }));
    const draw = () => list.replaceChildren(...state[name].map((one) => el("li", null, el("span", { text: one.name }), el("button", {
      type: "button", "aria-label": say("sources.remove", { name: one.name }), text: "×",
      onclick: () => { touched.add(name); state[name] = state[name].filter((other) => other !== one); draw(); },
    }))));
    const add = (one) => {
      touched.add(name);
      state[name].push(one);
      draw();
    };
    choose.addEventListener("change", () => {
      const one = archived.find((row) => row.id === choose.value);
      if (one && !state[name].some((other) => other.id === one.id)) add({ id: one.id, name: one.title });
      choose.value = "";
    });
    filled.push(choose);
    draw();
    return el("fieldset", null, el("legend", { text: say(`sources.${name}`) }), el("p.quiet", { text: say(`sources.${name}.why`) }), list, choose,
      dropPlace(say("sources.upload"), readable, (files) => files.forEach((file) => add({ file: file.id, name: file.name })), { many: true, hint: say("sources.kinds") }));
  }
  acts.archived().then((rows) => {
    archived = rows;
    for (const choose of filled) {
      choose.append(...rows.map((row) => el("option", { value: row.id, text: [row.title, row.year].filter(Boolean).join(" · ") })));
      choose.hidden = !rows.length;
    }
  }, () => filled.forEach((choose) => { choose.hidden = true; }));

  return {
    node,
    value() {
      const given = { archive: state.archive };
      if (factsText.value.trim()) given.facts = { text: factsText.value };
      else if (state.facts) given.facts = state.facts;
      const plain = ({ id, file }) => (file ? { file } : { id });
      for (const name of ["prior", "documents"]) if (touched.has(name)) given[name] = state[name].map(plain);
      return given;
    },
  };
}
