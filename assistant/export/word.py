"""A draft as a Word document in the layout of GB/T 9704-2012."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH

from assistant.export import gbt9704, word_layout
from assistant.export.files import replacing
from assistant.export.letterhead import Letterhead, write_head, write_record
from assistant.export.numbering import heading_end, remarked
from assistant.export.placeholders import placeholders
from assistant.export.signs import storable
from assistant.export.style import STANDARD, WordStyle
from assistant.export.word_tables import add_table, is_table_line, rows_of_text
from assistant.records import Draft, Section, Span

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph


@dataclass(frozen=True, slots=True)
class WordOptions:
    """What goes around a draft: `signed` is the date below the body's name (成文日期), `addressee` 主送机关.

    Everything may be left out. `attachments` are the names for 附件说明.
    """

    signed: date | None = None
    style: WordStyle = STANDARD
    letterhead: Letterhead | None = None
    addressee: str = ""
    attachments: tuple[str, ...] = ()


def write_word(
    draft: Draft,
    path: Path,
    *,
    signed: date | None = None,
    options: WordOptions | None = None,
    pages: Callable[[Path], int | None] = lambda path: None,
) -> Path:
    """Write `draft` to `path`, whole or not at all; what waits for the writer is highlighted.

    `signed` is short for options with a date. `pages` counts the pages of a Word file (`None` where nobody can):
    with it, 版记 that is wanted on an even page takes a new page only where the last one is odd.

    Raises:
        ExportError: the folder or the file cannot be written.
    """
    options = replace(options or WordOptions(), signed=signed or (options.signed if options else None))
    head = options.letterhead
    with replacing(path) as temporary:
        compose(draft, options=options).save(str(temporary))
        if head and head.has_record and head.even_page:
            count = pages(temporary)
            if count is None or count % 2:
                compose(draft, options=options, new_page=True).save(str(temporary))
    return path


def compose(
    draft: Draft,
    signed: date | None = None,
    *,
    options: WordOptions | None = None,
    new_page: bool = False,
) -> WordDocument:
    """The Word document of `draft`, not yet saved; `new_page` puts 版记 on the next even page."""
    options = options or WordOptions(signed=signed)
    style, head = options.style, options.letterhead
    document = docx.Document()
    word_layout.prepare(document, style)
    word_layout.describe(document, title=storable(draft.title), author=storable(draft.organisation))
    if head and head.has_head:
        write_head(document, head, style)
    _title(document, draft, style)
    if options.addressee:
        _plain(document, f"{options.addressee.rstrip('：:')}：", style)
    for section in draft.sections:
        _section(document, section, style)
    _attachments(document, options.attachments, style)
    _signature(document, draft.organisation, options.signed, style)
    if head and head.has_record:
        write_record(document, head, style, new_page=new_page)
    return document


def _title(document: WordDocument, draft: Draft, style: WordStyle) -> None:
    """The title, and the blank line under it (7.3.1, 7.3.2)."""
    if not draft.title:
        return
    paragraph = document.add_paragraph(style="Title")
    for number, line in enumerate(title_lines(draft.title, draft.organisation, style)):
        if number:
            paragraph.runs[-1].add_break()
        _write(paragraph, line, style.title)
    document.add_paragraph(style="Normal")


def title_lines(title: str, organisation: str = "", style: WordStyle = STANDARD) -> tuple[str, ...]:
    """The title, in two lines where it is too long for one and its sense breaks (回行时词意完整).

    It breaks after the body's name or before 和, 及, 暨, 并; where neither leaves two lines that fit,
    the title stays whole and the word processor wraps it.

    >>> title_lines("云溪县科学技术局2025年工作总结和2026年工作计划", "云溪县科学技术局")
    ('云溪县科学技术局', '2025年工作总结和2026年工作计划')
    """
    room = int(style.width_mm * 72 / 25.4 / gbt9704.advance_pt(style.title))
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


def _section(document: WordDocument, section: Section, style: WordStyle) -> None:
    level = min(max(section.level, 1), len(gbt9704.HEADINGS))
    if section.heading:
        paragraph = document.add_paragraph(style=f"Heading {level}")
        _write(paragraph, remarked(section.heading, style.marks), style.heading(level))
    rows: list[str] = []
    for line in [line for line in section.text.split("\n") if line.strip()] + [""]:
        if is_table_line(line):
            rows.append(line)
            continue
        _table(document, rows, style)
        rows = []
        if line:
            _paragraph(document, line, style)


def _table(document: WordDocument, rows: Sequence[str], style: WordStyle) -> None:
    """Rows as a table; a single one is a paragraph with a sign in it."""
    if len(rows) > 1:
        add_table(document, rows_of_text(rows))
        return
    for line in rows:
        _paragraph(document, line, style)


def _paragraph(document: WordDocument, line: str, style: WordStyle) -> None:
    """A paragraph of text; a heading that runs in (（一）…。) has its level's type."""
    paragraph = document.add_paragraph(style=word_layout.BODY_STYLE)
    line = remarked(line, style.marks)
    heading = heading_end(line)
    if heading:
        level, end = heading
        _write(paragraph, line[:end], style.heading(level))
        line = line[end:]
    _write(paragraph, line, style.body)


def _plain(document: WordDocument, text: str, style: WordStyle) -> Paragraph:
    """A paragraph that is not indented."""
    paragraph = document.add_paragraph(style="Normal")
    _write(paragraph, text, style.body)
    return paragraph


def _attachments(document: WordDocument, names: Sequence[str], style: WordStyle) -> None:
    """7.3.4: 附件：1. …; each name in a line of its own, its second line under its first sign."""
    if not names:
        return
    document.add_paragraph(style="Normal")
    word = gbt9704.width_characters(gbt9704.ATTACHMENT_WORD)
    for number, name in enumerate(names, 1):
        count = f"{number}. " if len(names) > 1 else ""
        hanging = gbt9704.width_characters(count) + (word if number == 1 else 0.0)
        start = gbt9704.ATTACHMENT_INDENT_CHARACTERS + (0.0 if number == 1 else word)
        text = f"{gbt9704.ATTACHMENT_WORD if number == 1 else ''}{count}{name.rstrip('。；，')}"
        paragraph = _plain(document, text, style)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        properties = paragraph._p.get_or_add_pPr()
        word_layout.indent(properties, "left", start + hanging, style.body)
        word_layout.indent(properties, "hanging", hanging, style.body)


def _signature(document: WordDocument, organisation: str, signed: date | None, style: WordStyle) -> None:
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
    _right_aligned(document, organisation, edge + shift, style)
    if written:
        _right_aligned(document, written, date_right + shift, style)


def _right_aligned(document: WordDocument, text: str, characters: float, style: WordStyle) -> None:
    word_layout.align_right(_plain(document, text, style), characters, style.body)


def _write(paragraph: Paragraph, text: str, kind: gbt9704.Type) -> None:
    """Add `text`, one run for plain text and one for each placeholder."""
    text = storable(text)
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
