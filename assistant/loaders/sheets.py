"""What spreadsheet formats share: rows of one sheet to lines, with titles, units and places of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.loaders.lines import Line, table_line
from assistant.loaders.plain import METADATA_KEYS

_UNIT = re.compile(r"^[（(]?\s*(?:计量)?单位\s*[：:]\s*[^，。]{1,30}[）)]?$")
_NOTE = re.compile(r"^(?:注|说明|备注|数据来源|来源|资料来源)\s*[：:]?.{2,}")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows of cells as shown; `merged` are (first row, first column, last row, last column)."""

    name: str
    rows: Sequence[Sequence[str]]
    merged: tuple[tuple[int, int, int, int], ...] = ()


def column_letters(column: int) -> str:
    """The letters of a column counted from 0.

    >>> [column_letters(column) for column in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def place(sheet: str, row: int, column: int) -> str:
    """A cell's locator as a spreadsheet shows it (`表1!B3`); rows and columns count from 0."""
    return f"{sheet}!{column_letters(column)}{row + 1}" if sheet else f"{column_letters(column)}{row + 1}"


def given_in(sheet: Sheet) -> dict[str, str]:
    """Metadata in the first rows of a sheet: a known key (标题, 单位, 年份 …) and its value, nothing else."""
    given: dict[str, str] = {}
    for row in sheet.rows[:12]:
        filled = [cell for cell in row if cell]
        if len(filled) != 2 or filled[0].rstrip("：:").lower() not in METADATA_KEYS:
            break
        given[METADATA_KEYS[filled[0].rstrip("：:").lower()]] = filled[1]
    return given


def sheet_lines(sheet: Sheet, first_paragraph: int) -> Iterator[Line]:
    """Titles, units (`单位：万元`) and notes as lines of their own, what is between as tables."""
    paragraph = first_paragraph
    table: list[int] = []
    for index in [*range(len(sheet.rows)), len(sheet.rows)]:
        filled = _filled(sheet.rows[index]) if index < len(sheet.rows) else []
        alone = len(filled) == 1 and _stands_alone(sheet, index, filled[0], bool(table))
        if filled and not alone:
            table.append(index)
            continue
        if table:
            yield replace(_table(sheet, table), paragraph=paragraph)
            paragraph += 1
            table = []
        if alone:
            yield _single(sheet, index, filled[0], paragraph)
            paragraph += 1


def _filled(row: Sequence[str]) -> list[int]:
    return [column for column, cell in enumerate(row) if cell]


def _stands_alone(sheet: Sheet, row: int, column: int, in_table: bool) -> bool:
    """A single filled cell that is a title, a unit or a note, and not a row of the table around it."""
    text = sheet.rows[row][column]
    if _UNIT.match(text) or _NOTE.match(text):
        return True
    if in_table:
        return False
    wide = any(first == row and left == column and right > left for first, left, _, right in sheet.merged)
    following = _filled(sheet.rows[row + 1]) if row + 1 < len(sheet.rows) else []
    return wide or len(following) != 1 or column == 0


def _single(sheet: Sheet, row: int, column: int, paragraph: int) -> Line:
    text = sheet.rows[row][column]
    kind = "metadata" if _UNIT.match(text) else "footnote" if _NOTE.match(text) else None
    return Line(text, kind, 0, paragraph, place=place(sheet.name, row, column))  # type: ignore[arg-type]


def _table(sheet: Sheet, rows: list[int]) -> Line:
    """Rows that follow each other as one table; merged cells stand once, empty cells keep their column."""
    spans = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merged}
    covered = {
        (row, column)
        for top, left, bottom, right in sheet.merged
        for row in range(top, min(bottom, rows[-1]) + 1)
        for column in range(left, min(right, left + 500) + 1)
        if (row, column) != (top, left)
    }
    columns = [column for row in rows for column in _filled(sheet.rows[row])]
    left, right = min(columns), max(columns)
    grid: list[list[tuple[int, int, int, int, str, str]]] = []
    for row in rows:
        grid.append([])
        for column in range(left, right + 1):
            if (row, column) in covered:
                continue
            text = sheet.rows[row][column] if column < len(sheet.rows[row]) else ""
            bottom, end = spans.get((row, column), (row, column))
            own = place(sheet.name, row, column)
            grid[-1].append((row - rows[0], column - left, bottom - row + 1, end - column + 1, text, own))
    corners = f"{place(sheet.name, rows[0], left)}:{column_letters(right)}{rows[-1] + 1}"
    return table_line(grid, corners)
