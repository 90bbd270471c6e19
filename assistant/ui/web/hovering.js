// A few words over a figure or a locked sentence under the pointer.

/** A few words over a mark under the pointer: what a figure rests on. The textarea itself stays untouched. */
function hoverOn(say, pane) {
  const card = el("div.ho-card", { "aria-hidden": "true", hidden: true });
  pane.node.append(card);
  let waiting = false;
  const hide = () => { card.hidden = true; };
  pane.sheet.addEventListener("mousemove", (event) => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      over(event);
    });
  });
  pane.sheet.addEventListener("mouseleave", hide);
  pane.sheet.addEventListener("keydown", hide);
  function over(event) {
    const area = event.target.closest && event.target.closest(".ed-text");
    const editor = area && pane.editors.get(area.closest(".ed-section").dataset.id);
    const hit = editor && [...editor.sheet.querySelectorAll(".mark.m-figure, .mark.m-locked")].find((node) => [...node.getClientRects()].some((box) =>
      event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom));
    if (!hit) return hide();
    const at = offsetOf(editor.sheet, hit);
    const mark = editor.marks.find((m) => m.figure && m.start <= at && at < m.end);
    const text = mark ? figureTold(say, mark.figure) : say("lock.told");
    if (card.textContent !== text) card.textContent = text;
    const box = hit.getBoundingClientRect();
    card.hidden = false;
    card.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - card.offsetWidth - 8))}px`;
    card.style.top = `${box.top - card.offsetHeight - 6}px`;
    return undefined;
  }
}

const offsetOf = (sheet, node) => {
  let length = 0;
  for (const other of sheet.childNodes) {
    if (other === node) break;
    length += other.textContent.length;
  }
  return length;
};

function figureTold(say, figure) {
  const source = figure.source ? whereLine(say, figure.source) : say(`figure.none.${figure.state}`);
  return `${FIGURE_SIGNS[figure.state]} ${say(`figure.${figure.state}`)}${figure.formula ? `　${figure.formula}` : ""}　${source}`;
}
