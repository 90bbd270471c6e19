// Small parts that the editor's modules share: elements, positions, dialogs. All text goes in as text, never as markup.

/** desk.el with two conveniences: `text` is the element's text, `value` a field's value; false, null: left out. */
function el(spec, props, ...children) {
  const { text, value, ...rest } = props || {};
  const node = desk.el(spec, rest, text === undefined || text === null ? null : String(text), ...children);
  if (value !== undefined && value !== null) {
    if (node.tagName === "OPTION") node.setAttribute("value", value);
    else node.value = value;
  }
  return node;
}

/** say(key, {n: 3}) out of the page's sentences; a missing key shows itself, so that a test sees it. */
function wordingOf(words) {
  const say = (key, details) => {
    const sentence = key in words ? words[key] : `‹${key}›`;
    return sentence.replace(/\{(\w+)\}/g, (whole, name) => (details && name in details ? details[name] : whole));
  };
  say.has = (key) => key in words;
  return say;
}

/** Characters as a writer counts them: without white space. */
const countCharacters = (text) => Array.from(text.replace(/\s/g, "")).length;

/** What changed between two texts: `before.slice(start, oldEnd)` became `after.slice(start, newEnd)`. */
function changeBetween(before, after) {
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < least - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { start, oldEnd: before.length - tail, newEnd: after.length - tail };
}

/** A span moved along with a change; null when the change cut into it. */
function moved(span, change) {
  if (span.end <= change.start) return span;
  const shift = change.newEnd - change.oldEnd;
  if (span.start >= change.oldEnd) return { ...span, start: span.start + shift, end: span.end + shift };
  return null;
}

/** Calls `run` once `wait` milliseconds after the last request. */
function debounced(run, wait) {
  let timer = 0;
  const later = (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...given), wait);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

/** Listeners by name, for what happens inside one draft. */
function listeners() {
  const known = new Map();
  return {
    on(name, run) {
      known.set(name, [...(known.get(name) || []), run]);
    },
    tell(name, data) {
      for (const run of known.get(name) || []) run(data);
    },
  };
}

/** A signed button: icon is a word or sign that is read out only through its label. */
function button(label, run, { kind = "", icon = "", title = null, ...rest } = {}) {
  return el(`button.dk-button${kind ? `.${kind}` : ""}`, { type: "button", onclick: run, title, ...rest },
    icon && el("span.dk-icon", { "aria-hidden": "true", text: icon }), el("span", { text: label }));
}

/** A dialog over the page; resolves with the chosen value, or null when it was left. */
function ask({ heading, lines = [], body = null, choices, wide = false }) {
  return new Promise((resolve) => {
    const box = el(`dialog.desk-dialog${wide ? ".wide" : ""}`, { "aria-label": heading });
    const close = (value) => {
      if (box.open) box.close();
      box.remove();
      resolve(value);
    };
    box.append(
      el("h2", { text: heading }),
      ...lines.map((line) => el("p", { text: line })),
      ...(body ? [body] : []),
      el("div.dialog-buttons", null, choices.map(({ label, value, kind }) =>
        button(label, () => close(typeof value === "function" ? value() : value), { kind, autofocus: kind === "primary" && !body }))),
    );
    box.addEventListener("cancel", (event) => {
      event.preventDefault();
      close(null);
    });
    document.body.append(box);
    box.showModal();
  });
}

/** Where an evidence stands: kind of source, title, place; what is the same is not said twice. */
function whereLine(say, item) {
  return [...new Set([say(`source.${item.source}`), item.title, item.place].filter(Boolean))].join(" · ");
}

/** What went wrong, as a line with its code; `again` adds a button. */
function faultLine(say, fault, again) {
  return el("div.dk-fault", { role: "alert" },
    el("strong", { text: fault.message }),
    fault.hint && el("span", { text: fault.hint }),
    fault.code && el("code", { text: fault.code }),
    again && button(say("again"), again));
}
