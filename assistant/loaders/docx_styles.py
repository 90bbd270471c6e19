"""Word's paragraph styles: which are headings, titles, numbered lists or lines of a table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from assistant.loaders.docx_numbering import W

_CONTENTS = re.compile(r"^(?:TOC|目录)\s?\d$", re.I)
_HEADING = re.compile(r"^(?:heading|标题)\s?(\d)$", re.I)
_TITLE = re.compile(r"^(?:title|标题)$", re.I)


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says: heading level (0 none, -1 title), list, table of contents."""

    level: int = 0
    number_id: str = ""
    number_level: int = 0
    contents: bool = False


def styles_of(root: etree._Element | None) -> dict[str, Style]:
    """Paragraph styles by id, what they inherit included."""
    if root is None:
        return {}
    elements = {style.get(W + "styleId", ""): style for style in root.iterchildren(W + "style")}
    return {key: _style(elements, key) for key in elements}


def _style(elements: dict[str, etree._Element], key: str) -> Style:
    """One style; follows `basedOn` at most ten steps."""
    found = Style()
    for _ in range(10):
        element = elements.get(key)
        if element is None:
            break
        own = _own_style(element)
        found = Style(
            found.level or own.level,
            found.number_id or own.number_id,
            found.number_level or own.number_level,
            found.contents or own.contents,
        )
        key = value(element, "basedOn")
    return found


def _own_style(element: etree._Element) -> Style:
    name = value(element, "name")
    heading = _HEADING.match(name)
    level = int(heading[1]) if heading else -1 if _TITLE.match(name) else 0
    properties = element.find(W + "pPr")
    if properties is None:
        return Style(level, contents=bool(_CONTENTS.match(name)))
    outline = value(properties, "outlineLvl")
    if not level and outline.isdigit() and int(outline) < 9:
        level = int(outline) + 1
    number_id, number_level = number_properties(properties)
    return Style(level, number_id, number_level, bool(_CONTENTS.match(name)))


def number_properties(properties: etree._Element) -> tuple[str, int]:
    """The list id and level that `w:numPr` names; "" and 0 without one."""
    number = properties.find(W + "numPr")
    if number is None:
        return "", 0
    level = value(number, "ilvl")
    return value(number, "numId"), int(level) if level.isdigit() else 0


def value(element: etree._Element, tag: str) -> str:
    """The `w:val` of the child `tag`; "" without one."""
    found = element.find(W + tag)
    return "" if found is None else found.get(W + "val", "")
