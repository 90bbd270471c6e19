"""Where words of a Document stand in the runs of its Word file.

The loader leaves out blanks, automatic numbers, deletions and furniture, so places are found by comparing
blocks with paragraphs in order, blanks apart; then the runs around the words are cut, which changes nothing
that shows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from docx.oxml.ns import qn

from assistant.export.word_file import Element
from assistant.records import Document, Span

_BLANKS = frozenset(" \u3000\t\r\n\u00a0")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset((*(qn(name) for name in ("w:del", "w:moveFrom", "w:txbxContent")), _FALLBACK))
_TEXT = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_REACH = 400  # paragraphs that may stand between two blocks in the file


@dataclass(frozen=True, slots=True)
class Place:
    """Characters `start` to `end` of one paragraph's own text, `paragraph` counting from 0."""

    paragraph: int
    start: int
    end: int


@dataclass(slots=True)
class _Paragraph:
    """A paragraph's element; its text without blanks, and where each character of that stands in the whole.

    `holder` is the run of the main text that a text box or a footnote hangs on: comments cannot stand in these.
    """

    element: Element
    bare: str
    offsets: list[int]
    holder: Element = None


@dataclass(frozen=True, slots=True)
class _Home:
    """Where a stretch of the Document is: its paragraph, and where in that paragraph's bare text it begins.

    `shift` is negative by the length of an automatic number, which is not in the paragraph.
    """

    start: int
    end: int
    paragraph: int
    shift: int


class Anchors:
    """The paragraphs of a Word document: `body` with tables and text boxes, then its `footnotes`."""

    def __init__(self, body: Element, *footnotes: Element) -> None:
        self._paragraphs = [
            _read(element, _box_holder(element))
            for element in body.iter(qn("w:p"))
            if next(element.iterancestors(_FALLBACK), None) is None
        ]
        for root in footnotes:
            self._paragraphs += _noted(body, root)
        self._homes: dict[str, list[_Home]] = {}
        self._reached = (0, 0)

    def find(self, document: Document, span: Span) -> Place | None:
        """Where `span` of `document` stands; `None` when the words are not in the file, or `span` is empty."""
        homes = self._homes.get(document.id)
        if homes is None:
            homes = self._homes[document.id] = list(self._located(document))
        index = bisect_right([home.start for home in homes], span.start) - 1
        if index < 0 or span.start >= homes[index].end:
            return None
        home = homes[index]
        low = home.shift + len(bare(document.text[home.start : span.start]))
        length = len(bare(document.text[span.start : min(span.end, home.end)])) + min(low, 0)
        return self._place(home.paragraph, max(low, 0), length)

    def first(self) -> Place | None:
        """The first words of the document."""
        for number, paragraph in enumerate(self._paragraphs):
            if paragraph.bare:
                return self._place(number, 0, len(paragraph.bare))
        return None

    def runs(self, place: Place) -> tuple[Element, Element]:
        """The first and the last run element of exactly these characters; runs are cut where needed.

        For words of a text box or a footnote, the run that it hangs on, twice.
        """
        holder = self._paragraphs[place.paragraph].holder
        if holder is not None:
            return holder, holder
        inside = self.inside(place)
        return inside[0], inside[-1]

    def hangs(self, place: Place) -> bool:
        """Whether the words stand in a text box or a footnote."""
        return self._paragraphs[place.paragraph].holder is not None

    def inside(self, place: Place) -> list[Element]:
        """The run elements of exactly these characters; runs are cut where needed."""
        element = self._paragraphs[place.paragraph].element
        _cut(element, place.start)
        _cut(element, place.end)
        inside = []
        at = 0
        for run in runs_of(element):
            length = len(run_text(run))
            if length and place.start <= at and at + length <= place.end:
                inside.append(run)
            at += length
        return inside

    def _place(self, number: int, low: int, length: int) -> Place | None:
        offsets = self._paragraphs[number].offsets
        if not length or low + length > len(offsets):
            return None
        return Place(number, offsets[low], offsets[low + length - 1] + 1)

    def _located(self, document: Document) -> Iterator[_Home]:
        """The lines and cells of `document` that are in the file, in order."""
        number, begin = self._reached
        for start, end, enumerator in _stretches(document):
            wanted = bare(document.text[start:end])
            for words in dict.fromkeys((wanted, wanted.removeprefix(bare(enumerator)))):
                found = self._after(words, number, begin) if words else None
                if found is not None:
                    number, at = found
                    begin = at + len(words)
                    yield _Home(start, end, number, at - (len(wanted) - len(words)))
                    break
        self._reached = (number, begin)

    def _after(self, words: str, number: int, begin: int) -> tuple[int, int] | None:
        """The first place of `words` at or behind the place that is reached."""
        for other in range(number, min(number + _REACH, len(self._paragraphs))):
            at = self._paragraphs[other].bare.find(words, begin if other == number else 0)
            if at >= 0:
                return other, at
        return None


def bare(text: str) -> str:
    """`text` without blanks."""
    return "".join(sign for sign in text if sign not in _BLANKS)


def _stretches(document: Document) -> list[tuple[int, int, str]]:
    """Each line of a block and each cell of a table: start, end, and the number that Word may have given it."""
    found: list[tuple[int, int, str]] = []
    for block in document.blocks:
        if block.cells:
            found += [(cell.span.start, cell.span.end, "") for cell in block.cells]
            continue
        start = block.span.start
        for line in block.span.of(document.text).split("\n"):
            found.append((start, start + len(line), block.enumerator if start == block.span.start else ""))
            start += len(line) + 1
    return sorted(found)


def _read(element: Element, holder: Element = None) -> _Paragraph:
    text = "".join(run_text(run) for run in runs_of(element))
    offsets = [offset for offset, sign in enumerate(text) if sign not in _BLANKS]
    return _Paragraph(element, "".join(text[offset] for offset in offsets), offsets, holder)


def _box_holder(element: Element) -> Element:
    """The outermost run around a paragraph of a text box; `None` in the main text."""
    return next(reversed([run for run in element.iterancestors(qn("w:r"))]), None)


def _noted(body: Element, root: Element) -> Iterator[_Paragraph]:
    """The paragraphs of footnotes or endnotes that are referred to, each with the run of its sign."""
    kind = root.tag.removesuffix("s")
    references = {sign.get(qn("w:id")): sign.getparent() for sign in body.iter(kind + "Reference")}
    for note in root.iterchildren(kind):
        holder = references.get(note.get(qn("w:id")))
        if holder is not None:
            yield from (_read(element, holder) for element in note.iter(qn("w:p")))


def runs_of(element: Element) -> Iterator[Element]:
    """The run elements of a paragraph that show, also those in links and insertions; not those of text boxes."""
    for child in element:
        if child.tag == qn("w:r"):
            if child.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is None:
                yield child
        elif child.tag not in _SKIPPED:
            yield from runs_of(child)


def run_text(run: Element) -> str:
    """The text of a run, tabs and breaks as one sign each."""
    return "".join(_piece(child) for child in run)


def _piece(child: Element) -> str:
    return (child.text or "") if child.tag == qn("w:t") else _TEXT.get(child.tag, "")


def _cut(paragraph: Element, offset: int) -> None:
    """Cut the run that holds the boundary `offset`, so that one ends there and another begins."""
    at = 0
    for run in list(runs_of(paragraph)):
        length = len(run_text(run))
        if at < offset < at + length:
            _halve(run, offset - at)
            return
        at += length


def _halve(run: Element, offset: int) -> None:
    """The first `offset` characters stay in `run`, the others go to a copy behind it with the same format."""
    rest = deepcopy(run)
    run.addnext(rest)
    at = 0
    for left, right in zip(list(run), list(rest), strict=True):
        if left.tag == qn("w:rPr"):
            continue
        length = len(_piece(left))
        if at >= offset:
            run.remove(left)
        elif at + length <= offset:
            rest.remove(right)
        else:
            _set(left, left.text[: offset - at])
            _set(right, right.text[offset - at :])
        at += length


def _set(element: Element, text: str) -> None:
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
