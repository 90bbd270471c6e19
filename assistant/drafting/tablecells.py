"""A table of a Document as rows of cells, and its figures as they stand in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from assistant.drafting.tableheads import is_unit
from assistant.records import Block, Document

_FIGURE = re.compile(
    r"^(?P<about>约|近|超过?|逾)?(?P<number>[-－−+]?\d[\d,，]*(?:\.\d+)?)(?P<unit>[^\d\s]{0,8})$"
)
_MASKED = re.compile(r"^[xX×]+(?:\.[xX×]+)?(?P<unit>[^\dxX×]{0,8})$")
_YEAR = re.compile(r"^(?:19|20)\d\d(?:年度?)?$")
_LONGEST = 20
_NOTHING = re.compile(r"^[-－—–/、.…*\s]*$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell's figure: its text without the unit, its value (`None` for a mask), its own unit if it has one.

    `complete`: the text needs no unit from elsewhere.
    """

    text: str
    value: Decimal | None
    unit: str
    complete: bool = False


def figure_of(text: str) -> Figure | None:
    """The figure that a cell holds and nothing else; `None` for words, blanks and dashes.

    >>> figure_of("5.6亿元")
    Figure(text='5.6', value=Decimal('5.6'), unit='亿元', complete=False)
    >>> figure_of("已完成") is None
    True
    """
    bare = re.sub(r"\s+", "", text)
    found = _FIGURE.match(bare)
    if found and (not found["unit"] or is_unit(found["unit"])):
        number = re.sub(r"[－−]", "-", re.sub(r"[,，]", "", found["number"]))
        shown = (found["about"] or "") + found["number"].lstrip("+")
        return Figure(shown, Decimal(number), found["unit"].replace("％", "%"))
    masked = _MASKED.match(bare)
    return Figure(bare[: masked.start("unit")], None, masked["unit"]) if masked else None


def stated(text: str) -> Figure | None:
    """The figure of a cell, or its words where a figure is among them (20余家, 3—5家): they say their unit."""
    bare = re.sub(r"\s+", "", text)
    worded = 0 < len(bare) <= _LONGEST and re.search(r"\d[^\d]*[^\d.,，）)]", bare)
    return figure_of(text) or (Figure(bare, None, "", complete=True) if worded else None)


@dataclass(frozen=True)
class Grid:
    """The cells of a table by row and column; a merged cell stands in every place that it covers."""

    document: Document
    block: Block
    first: int = 0  # rows above it (title, organisation, year) are no part of the table

    @cached_property
    def cells(self) -> dict[tuple[int, int], str]:
        """The text at each place, without line breaks."""
        found: dict[tuple[int, int], str] = {}
        for cell in self.block.cells:
            text = " ".join(cell.span.of(self.document.text).split())
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    found[row, column] = text
        return found

    @cached_property
    def rows(self) -> int:
        """How many rows it has."""
        return max((row for row, _ in self.cells), default=-1) + 1

    @cached_property
    def columns(self) -> int:
        """How many columns it has."""
        return max((column for _, column in self.cells), default=-1) + 1

    def text(self, row: int, column: int) -> str:
        """The text at a place; "" where there is no cell."""
        return self.cells.get((row, column), "")

    def row(self, row: int) -> list[str]:
        """The texts of one row."""
        return [self.text(row, column) for column in range(self.columns)]

    def blank(self, row: int, column: int) -> bool:
        """Whether a cell is empty or holds only a dash."""
        return bool(_NOTHING.match(self.text(row, column)))

    def body(self) -> int:
        """The row of the first figure that is no year: the rows before it are heads."""
        for row in range(self.first, self.rows):
            texts = [text for text in self.row(row) if text]
            figures = [text for text in texts if figure_of(text)]
            if figures and not (
                row < self.first + 3 and all(_YEAR.match(text.replace(" ", "")) for text in figures)
            ):
                return row
        return self.rows

    def place(self, row: int, column: int) -> str:
        """Where a cell stands: `表1!B3`, or paragraph, row and column in a text."""
        own = next((one for one in self.block.cells if (one.row, one.column) == (row, column)), None)
        if own is not None and own.place:
            return own.place
        table = f"第{self.block.paragraph}段表格" if self.block.paragraph else "表格"
        return f"{table}第{row + 1}行第{column + 1}列"

    def whole(self, row: int) -> str:
        """The text of a row that is one merged cell; "" for other rows."""
        texts = set(self.row(row))
        return texts.pop() if len(texts) == 1 and self.columns > 1 else ""

    @property
    def name(self) -> str:
        """How to call the table in a note."""
        return self.block.place or (f"第{self.block.paragraph}段的表格" if self.block.paragraph else "表格")
