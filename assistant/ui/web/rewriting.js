// Writing again: a small sheet beside a selection or a section, with ready instructions and room for one's own words.

/** Asks how a stretch should be written again; resolves with the instruction or null. */
function askInstruction(say, { words, place, whole }) {
  return new Promise((resolve) => {
    const box = el("div.rw-box", { role: "dialog", "aria-label": say(whole ? "rewrite.section" : "rewrite.selection") });
    const own = el("input", { type: "text", placeholder: say("rewrite.own"), "aria-label": say("rewrite.own"), maxlength: "200" });
    const done = (value) => {
      document.removeEventListener("mousedown", outside, true);
      box.remove();
      resolve(value);
    };
    const outside = (event) => !box.contains(event.target) && done(null);
    const chips = ["shorter", "opening", "list"].map((key) => button(say(`rewrite.${key}`), () => done(say(`rewrite.${key}`)), { kind: "chip" }));
    box.append(
      el("p.rw-words", { text: whole ? say("rewrite.whole", { heading: words }) : words }),
      el("div.rw-chips", null, chips),
      el("form", { onsubmit: (event) => { event.preventDefault(); if (own.value.trim()) done(own.value.trim()); } },
        own, el("button.dk-button.primary", { type: "submit", text: say("rewrite.go") })),
      el("p.rw-note", { text: say("rewrite.note") }));
    box.addEventListener("keydown", (event) => event.key === "Escape" && done(null));
    document.body.append(box);
    const width = box.offsetWidth;
    box.style.left = `${Math.max(8, Math.min(place.left, window.innerWidth - width - 8))}px`;
    box.style.top = `${Math.max(60, Math.min(place.bottom + 6, window.innerHeight - box.offsetHeight - 8))}px`;
    document.addEventListener("mousedown", outside, true);
    chips[0].focus();
  });
}

/** The bar that stands by a selection: write again, lock. It never takes the focus by itself. */
function selectionBar(say, acts) {
  const bar = el("div.rw-bar", { role: "toolbar", "aria-label": say("rewrite.bar"), hidden: true });
  const held = { editor: null, span: null };
  const hide = () => { bar.hidden = true; };
  bar.append(
    button(say("rewrite.go"), () => { hide(); acts.rewrite(held.editor, held.span); }, { icon: "↻" }),
    button(say("lock.toggle"), () => { hide(); acts.lock(held.editor, held.span); }, { icon: "锁" }));
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  document.body.append(bar);
  return {
    node: bar,
    hide,
    offer(editor) {
      const { selectionStart: start, selectionEnd: end, value, readOnly } = editor.area;
      if (readOnly || document.activeElement !== editor.area || value.slice(start, end).trim().length < 2) return hide();
      Object.assign(held, { editor, span: { start, end } });
      const place = placeOf(editor, end);
      bar.hidden = false;
      bar.style.left = `${Math.max(8, Math.min(place.left, window.innerWidth - bar.offsetWidth - 8))}px`;
      bar.style.top = `${Math.max(56, place.bottom + 6)}px`;
    },
  };
}
