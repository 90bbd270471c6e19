"""Word files: text in reading order, read from the XML itself.

Kept: tracked insertions, text boxes, footnotes and endnotes (at the end), automatic numbers, tables with
merged cells. Dropped and told in the notes: tracked deletions, hidden text, comments, a table of contents.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from lxml import etree

from assistant.errors import FileUnreadable, Said
from assistant.loaders.docx_numbering import W, read_numbering
from assistant.loaders.docx_styles import Style, styles_of
from assistant.loaders.docx_tables import grid_of
from assistant.loaders.docx_words import Reading, numbered, outside_boxes, shape, words_of
from assistant.loaders.lines import Line, SourceText, table_line

_HIGHEST_NESTING = 20


def read_docx(data: bytes, name: str) -> SourceText:
    """The lines of a .docx file.

    Raises:
        FileUnreadable: the archive or its XML is broken, or no document is in it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive, name)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, EOFError, NotImplementedError) as error:
        raise FileUnreadable(name=name, reason=Said("Word 文件已损坏", "the Word file is broken")) from error


def _read(archive: zipfile.ZipFile, name: str) -> SourceText:
    parts = set(archive.namelist())
    body = _part(archive, parts, "word/document.xml")
    if body is None:
        raise FileUnreadable(name=name, reason=Said("文件中没有 Word 正文", "there is no Word text in it"))
    reading = Reading(
        read_numbering(_part(archive, parts, "word/numbering.xml")),
        styles_of(_part(archive, parts, "word/styles.xml")),
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


def _notes(reading: Reading, comments: int) -> tuple[str, ...]:
    told = (
        (reading.deleted, "修订中已删除的文字 {} 处未读入"),
        (reading.hidden, "隐藏文字 {} 处未读入"),
        (reading.contents, "目录 {} 行未读入"),
        (comments, "批注 {} 条未读入"),
    )
    return tuple(sentence.format(count) for count, sentence in told if count)


# -- blocks ---------------------------------------------------------------------------------------


def _blocks(reading: Reading, parent: etree._Element, depth: int) -> None:
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


def _paragraph(reading: Reading, element: etree._Element) -> None:
    reading.paragraph += 1
    words = "".join(words_of(reading, element)).strip()
    style, number = shape(reading, element, bool(words))
    if style.contents:
        reading.contents += bool(words)
    elif words:
        _add(reading, words, style, number)
    else:
        reading.gap += 1
    _boxes(reading)


def _boxes(reading: Reading) -> None:
    """The text boxes that were put aside, behind what they were anchored in."""
    boxes, reading.boxes = reading.boxes, []
    for box in boxes:
        _blocks(reading, box, 1)


def _add(reading: Reading, words: str, style: Style, number: str | None) -> None:
    """One line for the paragraph, or several where it has line breaks inside; a title is one, however broken."""
    if style.level == -1:
        words = words.replace("\n", "")
    for index, text in enumerate(part.strip() for part in words.split("\n")):
        if not text:
            continue
        line = Line(text, None, 0, reading.paragraph, gap=reading.gap)
        if index == 0:
            line = replace(line, text=numbered(number, text))
            if style.level == -1:
                line = replace(line, kind="title")
            elif style.level:
                line = replace(line, kind="heading", level=style.level)
            elif number == "":
                line = replace(line, kind="list_item")
        reading.lines.append(line)
        reading.gap = 0


def _footnotes(reading: Reading, root: etree._Element | None) -> None:
    """Footnotes as blocks behind the text; separators are no footnotes."""
    if root is None:
        return
    for note in root:
        if note.get(W + "type") in (None, "normal"):
            paragraphs = outside_boxes(note)
            words = "".join("".join(words_of(reading, paragraph)) for paragraph in paragraphs).strip()
            if words:
                reading.lines.append(Line(words, "footnote"))
            _boxes(reading)


def _table(reading: Reading, element: etree._Element) -> None:
    """A table as one line; a table that only lays out one cell is read as its paragraphs."""
    grid = grid_of(reading, element)
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
    _boxes(reading)
