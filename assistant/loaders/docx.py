"""Word files: text in reading order, read from the XML itself.

Kept: tracked insertions, text boxes, footnotes and endnotes (at the end), automatic numbers, tables with
merged cells. Dropped and told in the notes: tracked deletions, hidden text, comments, a table of contents.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree  # type: ignore[import-untyped]

from assistant.errors import FileUnreadable
from assistant.loaders.docx_numbering import Numbering, W, read_numbering
from assistant.loaders.lines import Line, SourceText, table_line

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
_CONTENTS = re.compile(r"^(?:TOC|目录)\s?\d$", re.I)
_HEADING = re.compile(r"^(?:heading|标题)\s?(\d)$", re.I)
_TITLE = re.compile(r"^(?:title|标题)$", re.I)
_HIGHEST_NESTING = 20


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style says: heading level (0 none, -1 title), list, table of contents."""

    level: int = 0
    number_id: str = ""
    number_level: int = 0
    contents: bool = False


@dataclass(slots=True)
class _Reading:
    """The state while one file is read."""

    numbering: Numbering
    styles: dict[str, _Style]
    lines: list[Line] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    paragraph: int = 0
    gap: int = 0
    deleted: int = 0
    hidden: int = 0
    contents: int = 0


def read_docx(data: bytes, name: str) -> SourceText:
    """The lines of a .docx file.

    Raises:
        FileUnreadable: the archive or its XML is broken, or no document is in it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive, name)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, EOFError, NotImplementedError) as error:
        raise FileUnreadable(name=name, reason="Word 文件已损坏") from error


def _read(archive: zipfile.ZipFile, name: str) -> SourceText:
    parts = set(archive.namelist())
    body = _part(archive, parts, "word/document.xml")
    if body is None:
        raise FileUnreadable(name=name, reason="文件中没有 Word 正文")
    reading = _Reading(
        read_numbering(_part(archive, parts, "word/numbering.xml")),
        _styles(_part(archive, parts, "word/styles.xml")),
    )
    for element in body.iterchildren(W + "body"):
        _blocks(reading, element, 0)
    for part in ("word/footnotes.xml", "word/endnotes.xml"):
        _footnotes(reading, _part(archive, parts, part))
    comments = _part(archive, parts, "word/comments.xml")
    notes = _notes(reading, 0 if comments is None else len(comments))
    return SourceText(tuple(reading.lines), notes=notes)


def _part(archive: zipfile.ZipFile, parts: set[str], name: str) -> etree._Element | None:
    """One XML part; entities are never resolved and nothing is fetched."""
    if name not in parts:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(archive.read(name), parser)


def _notes(reading: _Reading, comments: int) -> tuple[str, ...]:
    told = (
        (reading.deleted, "修订中已删除的文字 {} 处未读入"),
        (reading.hidden, "隐藏文字 {} 处未读入"),
        (reading.contents, "目录 {} 行未读入"),
        (comments, "批注 {} 条未读入"),
    )
    return tuple(sentence.format(count) for count, sentence in told if count)


# -- styles ---------------------------------------------------------------------------------------


def _styles(root: etree._Element | None) -> dict[str, _Style]:
    """Paragraph styles by id, what they inherit included."""
    if root is None:
        return {}
    elements = {style.get(W + "styleId", ""): style for style in root.iterchildren(W + "style")}
    return {key: _style(elements, key) for key in elements}


def _style(elements: dict[str, etree._Element], key: str) -> _Style:
    """One style; follows `basedOn` at most ten steps."""
    found = _Style()
    for _ in range(10):
        element = elements.get(key)
        if element is None:
            break
        own = _own_style(element)
        found = _Style(
            found.level or own.level,
            found.number_id or own.number_id,
            found.number_level or own.number_level,
            found.contents or own.contents,
        )
        key = _value(element, "basedOn")
    return found


def _own_style(element: etree._Element) -> _Style:
    name = _value(element, "name")
    heading = _HEADING.match(name)
    level = int(heading[1]) if heading else -1 if _TITLE.match(name) else 0
    properties = element.find(W + "pPr")
    if properties is None:
        return _Style(level, contents=bool(_CONTENTS.match(name)))
    outline = _value(properties, "outlineLvl")
    if not level and outline.isdigit() and int(outline) < 9:
        level = int(outline) + 1
    number_id, number_level = _number_properties(properties)
    return _Style(level, number_id, number_level, bool(_CONTENTS.match(name)))


def _number_properties(properties: etree._Element) -> tuple[str, int]:
    number = properties.find(W + "numPr")
    if number is None:
        return "", 0
    level = _value(number, "ilvl")
    return _value(number, "numId"), int(level) if level.isdigit() else 0


def _value(element: etree._Element, tag: str) -> str:
    found = element.find(W + tag)
    return "" if found is None else found.get(W + "val", "")


# -- blocks ---------------------------------------------------------------------------------------


def _blocks(reading: _Reading, parent: etree._Element, depth: int) -> None:
    """Paragraphs and tables of the body, also those inside content controls and tracked insertions."""
    if depth > _HIGHEST_NESTING:
        return
    for element in parent:
        if element.tag == W + "p":
            _paragraph(reading, element)
        elif element.tag == W + "tbl":
            _table(reading, element)
        elif element.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "moveTo", W + "customXml"):
            _blocks(reading, element, depth + 1)


def _paragraph(reading: _Reading, element: etree._Element) -> None:
    reading.paragraph += 1
    words = "".join(_words(reading, element)).strip()
    style, number = _shape(reading, element, bool(words))
    if style.contents:
        reading.contents += bool(words)
    elif words:
        _add(reading, words, style, number)
    else:
        reading.gap += 1
    boxes, reading.boxes = reading.boxes, []
    for box in boxes:
        _blocks(reading, box, 1)


def _add(reading: _Reading, words: str, style: _Style, number: str | None) -> None:
    """One line for the paragraph, or several where it has line breaks inside."""
    for index, text in enumerate(part.strip() for part in words.split("\n")):
        if not text:
            continue
        line = Line(text, None, 0, reading.paragraph, gap=reading.gap)
        if index == 0:
            line = replace(line, text=(number or "") + text)
            if style.level == -1:
                line = replace(line, kind="title")
            elif style.level:
                line = replace(line, kind="heading", level=style.level)
            elif number == "":
                line = replace(line, kind="list_item")
        reading.lines.append(line)
        reading.gap = 0


def _shape(reading: _Reading, element: etree._Element, counts: bool) -> tuple[_Style, str | None]:
    """The paragraph's style with its own settings laid over, and its automatic number."""
    properties = element.find(W + "pPr")
    if properties is None:
        return _Style(), None
    style = reading.styles.get(_value(properties, "pStyle"), _Style())
    outline = _value(properties, "outlineLvl")
    if outline.isdigit() and int(outline) < 9 and style.level != -1:
        style = replace(style, level=int(outline) + 1)
    number_id, level = _number_properties(properties)
    if not number_id:
        number_id, level = (
            style.number_id,
            style.number_level or max(0, style.level - 1) * bool(style.number_id),
        )
    if not counts or number_id in ("", "0"):
        return style, None
    return style, reading.numbering.next(number_id, level)


def _words(reading: _Reading, element: etree._Element) -> Iterator[str]:
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
            yield from _words(reading, child if chosen is None else chosen)
        elif tag == W + "r" and _is_hidden(child):
            reading.hidden += 1
        elif isinstance(tag, str):
            yield from _words(reading, child)


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


def _footnotes(reading: _Reading, root: etree._Element | None) -> None:
    """Footnotes as blocks behind the text; separators are no footnotes."""
    if root is None:
        return
    for note in root:
        if note.get(W + "type") in (None, "normal"):
            words = "".join("".join(_words(reading, paragraph)) for paragraph in note.iter(W + "p")).strip()
            if words:
                reading.lines.append(Line(words, "footnote"))


# -- tables ---------------------------------------------------------------------------------------


def _table(reading: _Reading, element: etree._Element) -> None:
    """A table as one line; a table that only lays out one cell is read as its paragraphs."""
    grid = _grid(reading, element)
    if sum(len(row) for row in grid) <= 1:
        for cell in element.iter(W + "tc"):
            _blocks(reading, cell, 1)
            break
        return
    reading.paragraph += 1
    if any(cell[4] for row in grid for cell in row):
        line = table_line(grid)
        reading.lines.append(replace(line, paragraph=reading.paragraph, gap=reading.gap))
        reading.gap = 0


def _grid(reading: _Reading, table: etree._Element) -> list[list[tuple[int, int, int, int, str, str]]]:
    """Rows of (row, column, row span, column span, text, place); merged cells stand once, at their start."""
    grid: list[list[tuple[int, int, int, int, str, str]]] = []
    open_merges: dict[int, tuple[int, int]] = {}
    for row_index, row in enumerate(_rows(table)):
        grid.append([])
        column = 0
        for cell in row.iter(W + "tc"):
            if next(cell.iterancestors(W + "tr")) is not row:
                continue
            width, merge = _cell_shape(cell)
            if merge == "continue" and column in open_merges:
                at_row, at_cell = open_merges[column]
                old = grid[at_row][at_cell]
                grid[at_row][at_cell] = (old[0], old[1], row_index - old[0] + 1, *old[3:])
            else:
                open_merges.pop(column, None)
                if merge == "restart":
                    open_merges[column] = (row_index, len(grid[-1]))
                grid[-1].append((row_index, column, 1, width, _cell_words(reading, cell), ""))
            column += width
    return grid


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of this table, not of tables inside its cells."""
    for row in table.iter(W + "tr"):
        if next(row.iterancestors(W + "tbl")) is table:
            yield row


def _cell_shape(cell: etree._Element) -> tuple[int, str]:
    """How many columns a cell covers, and "restart", "continue" or "" for a vertical merge."""
    properties = cell.find(W + "tcPr")
    if properties is None:
        return 1, ""
    width = _value(properties, "gridSpan")
    merge = properties.find(W + "vMerge")
    return (
        min(int(width), 200) if width.isdigit() and int(width) else 1,
        "" if merge is None else merge.get(W + "val", "continue"),
    )


def _cell_words(reading: _Reading, cell: etree._Element) -> str:
    """A cell's paragraphs joined by a space, with their automatic numbers; nested tables included."""
    parts: list[str] = []
    for paragraph in cell.iter(W + "p"):
        words = "".join(_words(reading, paragraph)).strip()
        number = _shape(reading, paragraph, bool(words))[1]
        parts.append((number or "") + words)
    return " ".join(" ".join(part for part in parts if part).split())
