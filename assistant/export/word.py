"""A draft as a Word document in the layout of GB/T 9704-2012."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import docx

from assistant.export import gbt9704, word_layout
from assistant.export.files import replacing
from assistant.export.placeholders import placeholders
from assistant.records import Draft, Section, Span

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph


def write_word(draft: Draft, path: Path, *, signed: date | None = None) -> Path:
    """Write `draft` to `path`, whole or not at all; what waits for the writer is highlighted.

    `signed` is the date below the name of the body (成文日期); without it only the name stands there.

    Raises:
        ExportError: the folder or the file cannot be written.
    """
    document = compose(draft, signed)
    with replacing(path) as temporary:
        document.save(str(temporary))
    return path


def compose(draft: Draft, signed: date | None = None) -> WordDocument:
    """The Word document of `draft`, not yet saved."""
    document = docx.Document()
    word_layout.prepare(document)
    word_layout.describe(document, title=draft.title, author=draft.organisation)
    _title(document, draft)
    for section in draft.sections:
        _section(document, section)
    _signature(document, draft.organisation, signed)
    return document


def _title(document: WordDocument, draft: Draft) -> None:
    """The title, and the blank line under it (7.3.1, 7.3.2)."""
    if not draft.title:
        return
    paragraph = document.add_paragraph(style="Title")
    for number, line in enumerate(title_lines(draft.title, draft.organisation)):
        if number:
            paragraph.runs[-1].add_break()
        _write(paragraph, line, gbt9704.TITLE)
    document.add_paragraph(style="Normal")


def title_lines(title: str, organisation: str = "") -> tuple[str, ...]:
    """The title, in two lines where it is too long for one and its sense breaks (回行时词意完整).

    It breaks after the body's name or before 和, 及, 暨, 并; where neither leaves two lines that fit,
    the title stays whole and the word processor wraps it.

    >>> title_lines("云溪县科学技术局2025年工作总结和2026年工作计划", "云溪县科学技术局")
    ('云溪县科学技术局', '2025年工作总结和2026年工作计划')
    """
    room = int(gbt9704.TYPE_AREA_WIDTH_MM * 72 / 25.4 / gbt9704.advance_pt(gbt9704.TITLE))
    if gbt9704.width_characters(title) <= room:
        return (title,)
    places = [place for place, sign in enumerate(title) if place and sign in "和及暨并关"]
    if organisation and title.startswith(organisation) and title != organisation:
        places.insert(0, len(organisation))
    fitting = [place for place in places if _longer(title, place) <= room]
    if not fitting:
        return (title,)
    best = min(fitting, key=lambda place: (_longer(title, place), places.index(place)))
    return (title[:best], title[best:])


def _longer(title: str, place: int) -> float:
    return max(gbt9704.width_characters(title[:place]), gbt9704.width_characters(title[place:]))


def _section(document: WordDocument, section: Section) -> None:
    level = min(max(section.level, 1), len(gbt9704.HEADINGS))
    if section.heading:
        paragraph = document.add_paragraph(style=f"Heading {level}")
        _write(paragraph, section.heading, gbt9704.HEADINGS[level - 1])
    for line in section.text.split("\n"):
        if line.strip():
            _write(document.add_paragraph(style=word_layout.BODY_STYLE), line, gbt9704.BODY)


def _signature(document: WordDocument, organisation: str, signed: date | None) -> None:
    """7.3.5.2, without a seal: the name two characters from the right, the date below it.

    The date starts two characters further in than the name; a date that would then pass the edge
    stands two characters from the right itself and pushes the name to the left.
    """
    if not organisation:
        return
    document.add_paragraph(style="Normal")
    edge = float(gbt9704.SIGNATURE_RIGHT_CHARACTERS)
    written = gbt9704.date_text(signed.year, signed.month, signed.day) if signed else ""
    name_width = gbt9704.width_characters(organisation)
    date_width = gbt9704.width_characters(written)
    date_right = edge + name_width - gbt9704.DATE_FURTHER_CHARACTERS - date_width
    shift = max(edge - date_right, 0.0) if written else 0.0
    _right_aligned(document, organisation, edge + shift)
    if written:
        _right_aligned(document, written, date_right + shift)


def _right_aligned(document: WordDocument, text: str, characters: float) -> None:
    paragraph = document.add_paragraph(style="Normal")
    word_layout.align_right(paragraph, characters)
    _write(paragraph, text, gbt9704.BODY)


def _write(paragraph: Paragraph, text: str, kind: gbt9704.Type) -> None:
    """Add `text`, one run for plain text and one for each placeholder."""
    for piece, waiting in _pieces(text, placeholders(text)):
        word_layout.style_run(paragraph.add_run(piece), kind, highlighted=waiting)


def _pieces(text: str, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    end = 0
    for span in spans:
        if span.start > end:
            yield text[end : span.start], False
        yield span.of(text), True
        end = span.end
    if end < len(text):
        yield text[end:], False
