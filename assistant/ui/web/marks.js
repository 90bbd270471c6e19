// What is marked in a text: findings, figures, locks. Marks are spans in UTF-16 units of the text they belong to.

const SIGNS = { error: "⨯", warning: "!", note: "i" };

/** Marks of one section from a review (spans in code points of `text`). */
function marksOf(text, sectionId, review, sentences) {
  const marks = [];
  const add = (item, kind, more) => {
    const mark = { start: desk.units(text, item.start), end: desk.units(text, item.end), kind, ...more };
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

/** The text cut where any mark begins or ends: [{text, marks}]. */
function piecesOf(text, marks) {
  const cuts = new Set([0, text.length]);
  for (const mark of marks) {
    cuts.add(Math.min(mark.start, text.length));
    cuts.add(Math.min(mark.end, text.length));
  }
  const edges = [...cuts].sort((a, b) => a - b);
  return edges.slice(0, -1).map((start, index) => ({
    text: text.slice(start, edges[index + 1]),
    end: edges[index + 1],
    marks: marks.filter((mark) => mark.start <= start && mark.end >= edges[index + 1]),
  }));
}

/** Paints `text` with its marks into the sheet behind the textarea; returns nothing, changes only that sheet. */
function paint(sheet, text, marks, activeKey) {
  const nodes = piecesOf(text, marks).map((piece) => {
    if (!piece.marks.length) return document.createTextNode(piece.text);
    const names = new Set(piece.marks.flatMap((mark) => mark.kind.split(" ")).map((name) => `m-${name}`));
    const span = el(`span.mark.${[...names].join(".")}`, { text: piece.text });
    const found = piece.marks.filter((mark) => mark.key);
    if (found.length) span.dataset.keys = found.map((mark) => mark.key).join(" ");
    if (found.some((mark) => mark.key === activeKey)) span.classList.add("active");
    const last = piece.marks.find((mark) => mark.sign && mark.end === piece.end);
    if (last) span.dataset.sign = last.sign;
    return span;
  });
  // What stands after a closing line break gives the empty last line its height, as a textarea has it.
  sheet.replaceChildren(...nodes, document.createTextNode("\u200b"));
}
