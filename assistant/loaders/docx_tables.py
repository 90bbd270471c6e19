"""Word tables: a grid of cells, merged ones once at their start."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from assistant.loaders.docx_numbering import W
from assistant.loaders.docx_styles import value
from assistant.loaders.docx_words import Reading, numbered, outside_boxes, shape, words_of


def grid_of(reading: Reading, table: etree._Element) -> list[list[tuple[int, int, int, int, str, str]]]:
    """Rows of (row, column, row span, column span, text, place); merged cells stand once, at their start."""
    grid: list[list[tuple[int, int, int, int, str, str]]] = []
    open_merges: dict[int, tuple[int, int]] = {}
    for row_index, row in enumerate(_rows(table)):
        grid.append([])
        column = 0
        for cell in row.iter(W + "tc"):
            if next(cell.iterancestors(W + "tr")) is not row:
                continue
            width, merge = _cell_shape(cell)
            if merge == "continue" and column in open_merges:
                at_row, at_cell = open_merges[column]
                old = grid[at_row][at_cell]
                grid[at_row][at_cell] = (old[0], old[1], row_index - old[0] + 1, *old[3:])
            else:
                open_merges.pop(column, None)
                if merge == "restart":
                    open_merges[column] = (row_index, len(grid[-1]))
                grid[-1].append((row_index, column, 1, width, _cell_words(reading, cell), ""))
            column += width
    return grid


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of this table, not of tables inside its cells."""
    for row in table.iter(W + "tr"):
        if next(row.iterancestors(W + "tbl")) is table:
            yield row


def _cell_shape(cell: etree._Element) -> tuple[int, str]:
    """How many columns a cell covers, and "restart", "continue" or "" for a vertical merge."""
    properties = cell.find(W + "tcPr")
    if properties is None:
        return 1, ""
    width = value(properties, "gridSpan")
    merge = properties.find(W + "vMerge")
    return (
        min(int(width), 200) if width.isdigit() and int(width) else 1,
        "" if merge is None else merge.get(W + "val", "continue"),
    )


def _cell_words(reading: Reading, cell: etree._Element) -> str:
    """A cell's paragraphs joined by a space, with their automatic numbers; nested tables included."""
    parts: list[str] = []
    for paragraph in outside_boxes(cell):
        words = "".join(words_of(reading, paragraph)).strip()
        number = shape(reading, paragraph, bool(words))[1]
        parts.append(numbered(number, words))
    return " ".join(" ".join(part for part in parts if part).split())
