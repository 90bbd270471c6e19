"""Ruled tables of a PDF page: their grid from the rules, their words from the letters inside each cell."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from typing import Any

import pypdfium2

from assistant.loaders.letters import Letter, rows_of
from assistant.loaders.page import Grid, Row
from assistant.loaders.ruled import Ruled

_FAULTS = (
    struct.error, ArithmeticError, AssertionError, AttributeError, LookupError,
    RecursionError, TypeError, ValueError,
)  # fmt: skip
_MOST_CELLS = 5_000


class Tables:
    """The tables of one PDF; it is opened a second time, by the library that knows rules, only when asked."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: Any = None

    def rows(self, page: pypdfium2.PdfPage, index: int, lines: Sequence[list[Letter]]) -> list[Row]:
        """The rows of the page with its tables among them; none when it has no table."""
        height = page.get_height()
        found = [] if page.get_rotation() else self._found(index, page.get_width(), height)
        if not found:
            return []
        rows: list[Row] = []
        rest = [list(line) for line in lines]
        for table in found:
            cells, rest = _filled(table, rest, height)
            left, top, right, bottom = table.area
            if cells:
                rows.append(Row("", index + 1, left, right, height - top, bottom - top, height, cells=cells))
        rows += rows_of(rest, index + 1, height)
        return sorted(rows, key=lambda row: -row.top)

    def _found(self, index: int, width: float, height: float) -> list[Ruled]:
        """Tables of at least two rows and two columns; none where both libraries see the page differently."""
        import pdfplumber
        from pdfminer.psexceptions import PSException
        from pdfplumber.utils.exceptions import PdfminerException

        try:
            if self._document is None:
                self._document = pdfplumber.open(io.BytesIO(self._data))
            page = self._document.pages[index]
            tables = [(table.bbox, tuple(table.cells)) for table in page.find_tables()]
            same = abs(page.width - width) < 1 and abs(page.height - height) < 1 and page.bbox[:2] == (0, 0)
            page.close()
        except (PSException, PdfminerException, *_FAULTS):
            return []  # the page is then read as text, which loses no words
        found = [Ruled(area, cells) for area, cells in tables if len(cells) <= _MOST_CELLS]
        return [one for one in found if same and len(one.rows) > 2 and len(one.columns) > 2]


def _filled(table: Ruled, lines: Sequence[list[Letter]], height: float) -> tuple[Grid, list[list[Letter]]]:
    """The table's cells with their words, and the lines without the letters that went into them."""
    inside: list[list[list[Letter]]] = [[] for _ in table.cells]
    rest: list[list[Letter]] = []
    for line in lines:
        left_over: list[Letter] = []
        parts: dict[int, list[Letter]] = {}
        for letter in line:
            place = _cell_of(letter, table, height)
            (left_over if place is None else parts.setdefault(place, [])).append(letter)
        rest.append(left_over)
        for place, letters in parts.items():
            inside[place].append(letters)
    grid = (
        (*table.place(area), "".join(row.text for row in rows_of(inside[number], 0, height)))
        for number, area in enumerate(table.cells)
    )
    return tuple(sorted(grid)), rest


def _cell_of(letter: Letter, table: Ruled, height: float) -> int | None:
    """The number of the cell that holds the middle of a letter."""
    return table.cell_at((letter.left + letter.right) / 2, height - (letter.top + letter.bottom) / 2)
