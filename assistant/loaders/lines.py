"""What every format gives: the lines of a source file, before structure and metadata are read from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from assistant.records import BlockKind


@dataclass(frozen=True, slots=True)
class LineCell:
    """One table cell; `start` and `end` count in the line's text, `place` is its own locator (`表1!B3`)."""

    row: int
    column: int
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1
    place: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or table as the format gives it.

    `kind` is `None` where the format says nothing and the text itself must decide; `level` is the format's
    own heading level from 1 (Markdown `##` is 2), 0 when it has none. `gap` counts the blank lines before.
    Only a table's text has line breaks. `confidence` (0 to 1) belongs to text recognised in an image.
    """

    text: str
    kind: BlockKind | None = None
    level: int = 0
    paragraph: int | None = None
    page: int | None = None
    place: str = ""
    gap: int = 0
    cells: tuple[LineCell, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside a file: its name and bytes (as base64, so that it travels as plain data)."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """The lines of one source file.

    `given` holds metadata that stands apart from the text (front matter): title, organisation, place, year,
    genre, number. `title` is what the format itself calls the title (Word's title style, a web page's
    `<title>`). `web` says that furniture of a web page may stand around the text. `attached` are files that came
    with it (a mail's attachments).
    """

    lines: tuple[Line, ...]
    given: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    web: bool = False
    notes: tuple[str, ...] = ()
    attached: tuple[Attached, ...] = ()


def to_data(source: SourceText) -> dict[str, Any]:
    """Plain lists, strings and numbers, for the way from the parsing process back to this one."""
    return asdict(source)


def from_data(data: Mapping[str, Any]) -> SourceText:
    """The inverse of `to_data`, also after a way through JSON."""
    lines = tuple(
        Line(**{**line, "cells": tuple(LineCell(**cell) for cell in line["cells"])}) for line in data["lines"]
    )
    attached = tuple(Attached(**one) for one in data["attached"])
    return SourceText(lines, dict(data["given"]), data["title"], data["web"], tuple(data["notes"]), attached)


def table_line(rows: list[list[tuple[int, int, int, int, str, str]]], place: str = "") -> Line:
    """A table as one line of text: a row a line, cells parted by ` | `.

    Each cell is (row, column, row span, column span, text, place); rows keep their order.
    """
    parts: list[str] = []
    cells: list[LineCell] = []
    offset = 0
    for row in rows:
        for number, (at_row, at_column, row_span, column_span, text, cell_place) in enumerate(row):
            if number:
                parts.append(" | ")
                offset += 3
            cells.append(
                LineCell(at_row, at_column, offset, offset + len(text), row_span, column_span, cell_place)
            )
            parts.append(text)
            offset += len(text)
        parts.append("\n")
        offset += 1
    return Line("".join(parts)[:-1], kind="table", place=place, cells=tuple(cells))
