// What is marked in a text: findings, figures, locks. Marks are spans in UTF-16 units of the text they belong to.

const SIGNS = { error: "⨯", warning: "!", note: "i" };

/** Code points to UTF-16 units in one text; most texts need no counting at all. */
function unitsIn(text) {
  return /[\ud800-\udbff]/.test(text) ? (points) => desk.units(text, points) : (points) => Math.min(points, text.length);
}

/** Marks of one section from a review (spans in code points of `text`). */
function marksOf(text, sectionId, review, sentences) {
  const units = unitsIn(text);
  const marks = [];
  const add = (item, kind, more) => {
    const mark = { start: units(item.start), end: units(item.end), kind, ...more };
    if (mark.end > mark.start) marks.push(mark);
  };
  for (const figure of review ? review.figures : []) {
    if (figure.section_id === sectionId && figure.field === "text") add(figure, `figure ${figure.state}`, { figure });
  }
  for (const finding of review ? review.findings : []) {
    if (finding.section_id === sectionId && finding.field === "text" && !finding.ignored) {
      add(finding, `finding ${finding.severity}`, { key: finding.key, sign: SIGNS[finding.severity] });
    }
  }
  for (const sentence of sentences || []) if (sentence.locked) add(sentence, "locked", { sign: "锁" });
  return marks;
}

/** The marks after an edit: those it cut into are gone until the next review. */
function movedMarks(marks, before, after) {
  if (before === after || !marks.length) return marks;
  const change = changeBetween(before, after);
  return marks.map((mark) => moved(mark, change)).filter(Boolean);
}

/** The sentences of a section after its text became `text`: whole ones move along, cut ones wait for the next view. */
function movedSentences(section, text) {
  const change = changeBetween(Array.from(section.text), Array.from(text));
  return section.sentences.map((sentence) => moved(sentence, change)).filter(Boolean);
}

/** The text cut where any mark begins or ends: [{text, end, marks}], in one sweep from the left. */
function piecesOf(text, marks) {
  const waiting = marks.map((mark) => ({ mark, start: mark.start, end: Math.min(mark.end, text.length) })).sort((a, b) => a.start - b.start);
  const edges = [...new Set([0, text.length, ...waiting.flatMap((one) => [Math.min(one.start, text.length), one.end])])].sort((a, b) => a - b);
  const pieces = [];
  let open = [];
  let next = 0;
  for (let i = 0; i + 1 < edges.length; i += 1) {
    open = open.filter((one) => one.end > edges[i]);
    while (next < waiting.length && waiting[next].start <= edges[i]) open.push(waiting[next++]);
    pieces.push({ text: text.slice(edges[i], edges[i + 1]), end: edges[i + 1], marks: open.filter((one) => one.end >= edges[i + 1]).map((one) => one.mark) });
  }
  return pieces;
}

/** Paints `text` with its marks into the sheet behind the textarea; gives the first element of each finding by key. */
function paint(sheet, text, marks, activeKey) {
  const places = new Map();
  const nodes = piecesOf(text, marks).map((piece) => {
    if (!piece.marks.length) return document.createTextNode(piece.text);
    const names = new Set(piece.marks.flatMap((mark) => mark.kind.split(" ")).map((name) => `m-${name}`));
    const span = el(`span.mark.${[...names].join(".")}`, { text: piece.text });
    const found = piece.marks.filter((mark) => mark.key);
    for (const { key } of found) if (!places.has(key)) places.set(key, span);
    if (found.some((mark) => mark.key === activeKey)) span.classList.add("active");
    const last = piece.marks.find((mark) => mark.sign && mark.end === piece.end);
    if (last) span.dataset.sign = last.sign;
    return span;
  });
  // What stands after a closing line break gives the empty last line its height, as a textarea has it.
  sheet.replaceChildren(...nodes, document.createTextNode("\u200b"));
  return places;
}
