"""Presentations: the text of each slide with its number, tables, notes; read from the XML itself."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from assistant.errors import FileUnreadable, Said
from assistant.loaders.lines import Line, SourceText, table_line
from assistant.loaders.plain import clean

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_MAIN = "ppt/presentation.xml"
_TITLES = ("title", "ctrTitle")
_FURNITURE = ("dt", "ftr", "sldNum", "hdr", "sldImg")
_DEEPEST = 20


def read_pptx(data: bytes, name: str) -> SourceText:
    """The lines of a .pptx file; `page` is the slide's number.

    Raises:
        FileUnreadable: the archive or its XML is broken.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            reading = _Reading(archive)
            for number, part in enumerate(reading.slides(), 1):
                reading.slide(part, number)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, EOFError, NotImplementedError) as error:
        raise FileUnreadable(
            name=name, reason=Said("演示文稿已损坏", "the presentation is broken")
        ) from error
    told = ((reading.hidden, "隐藏的幻灯片 {} 张未读入"), (reading.charts, "图表 {} 个未读入"))
    notes = tuple(sentence.format(count) for count, sentence in told if count)
    return SourceText(tuple(reading.lines), notes=notes)


@dataclass(slots=True)
class _Reading:
    """One presentation while it is read."""

    archive: zipfile.ZipFile
    lines: list[Line] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    page: int = 0
    hidden: int = 0
    charts: int = 0

    def slides(self) -> list[str]:
        """The parts of the slides in the order of the presentation."""
        links = self._links(_MAIN)
        ids = [item.get(_R + "id", "") for item in self._part(_MAIN).iter(_P + "sldId")]
        return [links[one] for one in ids if one in links]

    def slide(self, part: str, number: int) -> None:
        """Take in one slide: its title, its shapes, its notes."""
        root = self._part(part)
        if root.get("show") in ("0", "false"):
            self.hidden += 1
            return
        self.page, self.links = number, self._links(part)
        tree = root.find(f"{_P}cSld/{_P}spTree")
        if tree is not None:
            for shape in _in_reading_order(_shapes(tree, 0)):
                self._shape(shape)
        for target in self.links.values():
            if "notesSlides/" in target:
                self._notes(self._part(target))

    def _shape(self, shape: etree._Element) -> None:
        role = _role(shape)
        if role in _FURNITURE:
            return
        table = next(shape.iter(_A + "tbl"), None)
        if table is not None:
            self._add(_table(table))
            return
        self.charts += next(shape.iter(_C + "chart"), None) is not None
        diagram = next(shape.iter(_DGM + "relIds"), None)
        if diagram is not None:
            shape = self._part(self.links[diagram.get(_R + "dm", "")])
        paragraphs = [words for words in map(_words, shape.iter(_A + "p")) if words]
        if role in _TITLES and paragraphs:
            self._add(_headline("".join(paragraphs), first=not self.lines))
            return
        for words in paragraphs:
            self._add(Line(words))

    def _notes(self, root: etree._Element) -> None:
        """The speaker's notes, behind the slide."""
        for shape in root.iter(_P + "sp"):
            if _role(shape) == "body":
                for words in map(_words, shape.iter(_A + "p")):
                    if words:
                        self._add(Line(words, "footnote"))

    def _add(self, line: Line) -> None:
        self.lines.append(replace(line, page=self.page, paragraph=len(self.lines) + 1))

    def _part(self, part: str) -> etree._Element:
        """One XML part; entities are never resolved and nothing is fetched."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return etree.fromstring(self.archive.read(part), parser)

    def _links(self, part: str) -> dict[str, str]:
        """The parts inside the archive that `part` points to, by their ids."""
        folder, file = posixpath.split(part)
        path = f"{folder}/_rels/{file}.rels"
        if path not in self.archive.namelist():
            return {}
        inside = [link for link in self._part(path) if link.get("TargetMode") != "External"]
        targets = {link.get("Id", ""): link.get("Target", "") for link in inside}
        return {
            key: target.removeprefix("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(folder, target))
            for key, target in targets.items()
        }


def _shapes(tree: etree._Element, depth: int) -> Iterator[etree._Element]:
    """Shapes and frames, those of groups too."""
    for element in tree:
        if element.tag == _P + "grpSp" and depth < _DEEPEST:
            yield from _shapes(element, depth + 1)
        elif element.tag in (_P + "sp", _P + "graphicFrame", _P + "cxnSp"):
            yield element


def _in_reading_order(shapes: Iterator[etree._Element]) -> list[etree._Element]:
    """The title first; the others from the top down where all of them say where they stand."""
    found = list(shapes)
    titles = [shape for shape in found if _role(shape) in _TITLES]
    others = [shape for shape in found if _role(shape) not in _TITLES]
    places = [_position(shape) for shape in others]
    if all(places):
        others = [
            shape for _, shape in sorted(zip(places, others, strict=True), key=lambda pair: pair[0] or (0, 0))
        ]
    return titles + others


def _position(shape: etree._Element) -> tuple[int, int] | None:
    """Top and left of a shape; `None` where its layout decides."""
    offset = next(shape.iter(_A + "off", _P + "off"), None)
    if offset is None:
        return None
    return int(offset.get("y", "0")), int(offset.get("x", "0"))


def _role(shape: etree._Element) -> str:
    """What a placeholder is for; "" for a free shape."""
    place = next(shape.iter(_P + "ph"), None)
    return "" if place is None else place.get("type", "body")


def _words(paragraph: etree._Element) -> str:
    """The text of a paragraph; a line break inside it is a blank."""
    leaves = paragraph.iter(_A + "t", _A + "br", _A + "tab")
    return clean("".join((leaf.text or "") if leaf.tag == _A + "t" else " " for leaf in leaves))


def _headline(words: str, first: bool) -> Line:
    return Line(words, "title") if first else Line(words, "heading", 1)


def _table(table: etree._Element) -> Line:
    """A table; merged cells stand once, at their start."""
    grid: list[list[tuple[int, int, int, int, str, str]]] = []
    for row_index, row in enumerate(table.iter(_A + "tr")):
        grid.append([])
        for column, cell in enumerate(row.iterchildren(_A + "tc")):
            if cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true"):
                continue
            words = " ".join(filter(None, map(_words, cell.iter(_A + "p"))))
            spans = (_span(cell, "rowSpan"), _span(cell, "gridSpan"))
            grid[-1].append((row_index, column, *spans, words, ""))
    return table_line([row for row in grid if row])


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "1")
    return min(int(value), 200) if value.isdecimal() and int(value) else 1
