"""The evidence table: every figure of a draft with its source sentence, its place and its derivation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from assistant.errors import ExportError, Language, Said, in_language
from assistant.export.files import replacing, write_text
from assistant.export.markdown import coverage_sentence, escape, labels, table
from assistant.export.shown import said_place
from assistant.export.signs import storable
from assistant.records import Coverage, Document
from assistant.wording import Wording

if TYPE_CHECKING:
    from assistant.checking import FigureTrace

COLUMNS = ("number", "figure", "indicator", "state", "place", "sentence", "source", "quote", "derivation")
_WIDTHS = (6, 14, 22, 12, 24, 60, 32, 60, 40)
_NOT_IN_NAMES = re.compile(r"[][:*?/\\]")
_SHEET = 31


def check_labels(language: Language = "zh") -> Wording:
    """The words of what a check leaves behind."""
    return Wording("assistant.export", "check_labels.yaml", language)


def evidence_rows(figures: Sequence[FigureTrace], language: Language = "zh") -> list[tuple[str, ...]]:
    """The cells of the table, `COLUMNS` wide."""
    return [_row(figure, language) for figure in figures]


def _row(figure: FigureTrace, language: Language) -> tuple[str, ...]:
    say, place = check_labels(language).say, labels(language).say
    source = figure.source
    where = [figure.heading] if figure.heading else []
    if figure.page is not None:
        where.append(place("place.page", number=figure.page))
    if figure.paragraph is not None:
        where.append(place("place.paragraph", number=figure.paragraph))
    told = (
        (place(f"source.{source.source}"), source.title, in_language(said_place(source.place), language))
        if source
        else ()
    )
    return (
        str(figure.number),
        figure.claim.quantity.text,
        figure.claim.indicator,
        say(f"state.{figure.state}"),
        " · ".join(where),
        " ".join(figure.sentence.split()),
        " · ".join(part for part in told if part),
        " ".join(source.quote.split()) if source else "",
        figure.derivation,
    )


def evidence_markdown(
    document: Document, coverage: Coverage, figures: Sequence[FigureTrace], language: Language = "zh"
) -> str:
    """The table as Markdown."""
    say = check_labels(language).say
    rows = [[escape(cell) for cell in row] for row in evidence_rows(figures, language)]
    parts = [
        f"# {escape(say('evidence.title', title=document.title))}",
        coverage_sentence(coverage, language),
        table([say(f"evidence.{name}") for name in COLUMNS], rows),
    ]
    return "\n\n".join(parts) + "\n"


Traced = tuple[Document, Coverage, "Sequence[FigureTrace]"]


def write_evidence(traced: Sequence[Traced], path: Path, language: Language = "zh") -> Path:
    """Write the table of each draft to `path`, a sheet each in .xlsx, one below the other in .md.

    Raises:
        ExportError: `path` has another ending, or cannot be written.
    """
    if path.suffix.lower() == ".md":
        return write_text(path, "\n".join(evidence_markdown(*one, language) for one in traced))
    if path.suffix.lower() != ".xlsx":
        reason = Said(zh="数字依据表只能写成 .xlsx 或 .md", en="evidence is written as .xlsx or .md")
        raise ExportError(name=path.name, reason=reason)
    book = Workbook()
    del book[book.sheetnames[0]]
    for number, one in enumerate(traced, start=1):
        _sheet(book, number, one, language)
    with replacing(path) as temporary:
        book.save(temporary)
    return path


def _sheet(book: Workbook, number: int, traced: Traced, language: Language) -> None:
    document, coverage, figures = traced
    say = check_labels(language).say
    sheet = book.create_sheet(_sheet_name(number, document.title))
    sheet.append([storable(say("evidence.title", title=document.title))])
    sheet.append([coverage_sentence(coverage, language)])
    sheet.append([say(f"evidence.{name}") for name in COLUMNS])
    for row in evidence_rows(figures, language):
        sheet.append([int(row[0]), *(storable(cell) for cell in row[1:])])
    for index, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    for cell in sheet[3]:
        cell.font = Font(bold=True)
    for cells in sheet.iter_rows(min_row=4):
        for cell in cells:
            cell.data_type = "s" if cell.data_type == "f" else cell.data_type  # text is never a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A4"


def _sheet_name(number: int, title: str) -> str:
    return f"{number} {_NOT_IN_NAMES.sub(' ', title)}"[:_SHEET]
