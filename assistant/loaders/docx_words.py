"""The words of Word's paragraphs and cells: runs, breaks, text boxes, tracked changes, hidden text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from assistant.loaders.docx_numbering import Numbering, W
from assistant.loaders.docx_styles import Style, number_properties, value
from assistant.loaders.lines import Line

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DROPPED = {
    W + name for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "commentReference")
}
_LEAVES = {
    W + "t": "",
    W + "tab": " ",
    W + "ptab": " ",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}


@dataclass(slots=True)
class Reading:
    """The state while one file is read."""

    numbering: Numbering
    styles: dict[str, Style]
    lines: list[Line] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    paragraph: int = 0
    gap: int = 0
    deleted: int = 0
    hidden: int = 0
    contents: int = 0


def shape(reading: Reading, element: etree._Element, counts: bool) -> tuple[Style, str | None]:
    """The paragraph's style with its own settings laid over, and its automatic number."""
    properties = element.find(W + "pPr")
    if properties is None:
        return Style(), None
    style = reading.styles.get(value(properties, "pStyle"), Style())
    outline = value(properties, "outlineLvl")
    if outline.isdigit() and int(outline) < 9 and style.level != -1:
        style = replace(style, level=int(outline) + 1)
    number_id, level = number_properties(properties)
    if not number_id:
        number_id, level = (
            style.number_id,
            style.number_level or max(0, style.level - 1) * bool(style.number_id),
        )
    if not counts or number_id in ("", "0"):
        return style, None
    return style, reading.numbering.next(number_id, level)


def numbered(number: str | None, words: str) -> str:
    """`words` behind their automatic number, apart where both would read as one figure (1. and 5亿元).

    >>> [numbered("1.", "研发投入"), numbered("1.", "5亿元"), numbered(None, "5亿元")]
    ['1.研发投入', '1. 5亿元', '5亿元']
    """
    apart = " " if number and number[-1] in ".0123456789" and words[:1].isdigit() else ""
    return f"{number or ''}{apart}{words}"


def words_of(reading: Reading, element: etree._Element) -> Iterator[str]:
    """The text of a paragraph in order; text boxes are put aside for after it."""
    for child in element:
        tag = child.tag
        if tag in _DROPPED:
            reading.deleted += tag in (W + "del", W + "moveFrom")
        elif tag in _LEAVES:
            yield _leaf(child)
        elif tag == W + "txbxContent":
            reading.boxes.append(child)
        elif tag == _MC + "AlternateContent":
            chosen = child.find(_MC + "Choice")
            yield from words_of(reading, child if chosen is None else chosen)
        elif tag == W + "r" and _is_hidden(child):
            reading.hidden += 1
        elif isinstance(tag, str):
            yield from words_of(reading, child)


def outside_boxes(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs in a cell or note without those of its text boxes, which `words_of` puts aside."""
    for paragraph in parent.iter(W + "p"):
        above = (one.tag for one in paragraph.iterancestors(W + "txbxContent", parent.tag))
        if next(above, parent.tag) == parent.tag:
            yield paragraph


def _leaf(element: etree._Element) -> str:
    """The text of `w:t`, or what a tab, break or hyphen stands for; a page break is nothing."""
    if element.tag == W + "t":
        return element.text or ""
    if element.tag == W + "br" and element.get(W + "type") in ("page", "column"):
        return ""
    return _LEAVES[element.tag]


def _is_hidden(run: etree._Element) -> bool:
    properties = run.find(W + "rPr")
    vanish = None if properties is None else properties.find(W + "vanish")
    return vanish is not None and vanish.get(W + "val", "1") not in ("0", "false", "off")
