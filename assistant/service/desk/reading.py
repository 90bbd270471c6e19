"""Manuscript to Document and back, so that a place in the one can be told in the other."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.loaders.lines import Line
from assistant.loaders.masks import find_masks, find_spellings
from assistant.loaders.metadata import read_metadata
from assistant.loaders.structure import structure
from assistant.records import Document, Reading, SourceFile, Span
from assistant.service.desk.manuscript import HeldSection, Manuscript, new_id
from assistant.service.desk.views import Field

_BLANKS = " \t\u3000\xa0"


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of one field of a manuscript; `section_id` is "" for the title."""

    section_id: str
    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """One line of the Document: where it begins there, and what it is in the manuscript."""

    at: int
    spot: Spot


class ReadDraft:
    """A manuscript read as a Document, with the way back from its offsets to sections."""

    def __init__(self, state: Manuscript) -> None:
        pieces: list[_Piece] = []
        lines: list[Line] = []
        at = 0
        for line, spot in _lines(state):
            pieces.append(_Piece(at, spot))
            lines.append(line)
            at += len(line.text) + 1
        self._pieces = pieces
        self._starts = [piece.at for piece in pieces]
        self.document = _document(state, lines)

    def heading_span(self, section_id: str) -> Span:
        """Where a section's heading (or, without one, its text) stands in the Document."""
        for piece in self._pieces:
            if piece.spot.section_id == section_id:
                return Span(piece.at, piece.at + piece.spot.end - piece.spot.start)
        return Span(0, 0)

    def spot(self, span: Span) -> Spot:
        """Where `span` of the Document stands; one that runs over several lines is cut at the end of its field."""
        index = max(bisect_right(self._starts, span.start) - 1, 0)
        if not self._pieces:
            return Spot("", "title", 0, 0)
        piece = self._pieces[index]
        start = min(piece.spot.start + span.start - piece.at, piece.spot.end)
        return Spot(piece.spot.section_id, piece.spot.field, start, self._end(span, index, start))

    def _end(self, span: Span, index: int, start: int) -> int:
        """The end in the same field, found through the last line of that field that `span` reaches."""
        last = max(bisect_right(self._starts, max(span.end - 1, span.start)) - 1, index)
        field = (self._pieces[index].spot.section_id, self._pieces[index].spot.field)
        while (self._pieces[last].spot.section_id, self._pieces[last].spot.field) != field:
            last -= 1
        piece = self._pieces[last]
        return max(start, min(piece.spot.start + span.end - piece.at, piece.spot.end))


def _lines(state: Manuscript) -> Iterator[tuple[Line, Spot]]:
    number = 1
    for spot, text, line in _fields(state):
        start = 0
        for raw in text.split("\n"):
            words = raw.strip(_BLANKS)
            if words:
                at = start + len(raw) - len(raw.lstrip(_BLANKS))
                here = Spot(spot.section_id, spot.field, at, at + len(words))
                yield Line(words, line.kind, line.level, paragraph=number), here
                number += 1
            start += len(raw) + 1


def _fields(state: Manuscript) -> Iterator[tuple[Spot, str, Line]]:
    yield Spot("", "title", 0, 0), state.title, Line("", "title")
    for section in state.sections:
        yield Spot(section.id, "heading", 0, 0), section.heading, Line("", "heading", section.level)
        yield Spot(section.id, "text", 0, 0), section.text, Line("")


def _document(state: Manuscript, lines: list[Line]) -> Document:
    text, blocks = structure(lines, state.title)
    found = read_metadata(text, blocks, state.title, "given", {}, "")
    return Document(
        id=hashlib.sha256(f"{state.title}\n{text}".encode("utf-8", "replace")).hexdigest()[:16],
        text=text,
        title=state.title,
        blocks=blocks,
        source=SourceFile(state.title, "desk", "", len(text)),
        genre=state.genre,
        organisation=Reading(state.organisation, "given") if state.organisation else found.organisation,
        place=found.place,
        year=Reading(str(state.year), "given") if state.year else found.year,
        years=found.years,
        number=found.number,
        masks=find_masks(text),
        spellings=find_spellings(text),
    )


def manuscript_of_all(documents: Sequence[Document], title: str = "") -> Manuscript:
    """The reports of one file or paste as one draft: those after the first stand under their titles."""
    first, *others = documents
    state = manuscript_of(first, title)
    sections = list(state.sections)
    for other in others:
        sections += [HeldSection(new_id(), other.title), *manuscript_of(other).sections]
    return replace(state, sections=tuple(sections))


def manuscript_of(document: Document, title: str = "") -> Manuscript:
    """A loaded draft as sections: a heading and what stands under it down to the next heading.

    `title` is what the writer calls it; by default the title that was read.
    """
    title = title or document.title
    sections: list[HeldSection] = []
    texts: list[str] = []
    for block in document.blocks:
        words = block.span.of(document.text)
        if words == title if block is document.blocks[0] else block.kind == "title" and words in title:
            continue
        if block.kind == "heading":
            sections = _closed(sections, texts)
            texts = []
            sections.append(HeldSection(new_id(), words, max(block.level, 1)))
        else:
            texts.append(words)
    return Manuscript(
        title=title,
        organisation=document.organisation.value if document.organisation else "",
        year=document.reported_year,
        genre=document.genre,
        sections=tuple(_closed(sections, texts)),
    )


def _closed(sections: list[HeldSection], texts: list[str]) -> list[HeldSection]:
    """`sections` with `texts` as the text of the last one, or of one without a heading before them all."""
    if not texts:
        return sections
    text = "\n".join(texts)
    if not sections:
        return [HeldSection(new_id(), "", 1, text)]
    last = sections[-1]
    return [*sections[:-1], HeldSection(last.id, last.heading, last.level, text)]
